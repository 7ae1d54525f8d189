"""The website for a web server such as gunicorn."""

import django
from django.core.handlers.wsgi import WSGIHandler

django.setup()
application = WSGIHandler()
