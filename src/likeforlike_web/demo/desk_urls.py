"""The desk's addresses, and one more by which a made-up person signs in."""

from django.urls import path

from likeforlike_web.demo.sign_in import sign_in
from likeforlike_web.desk.urls import handler400, handler403, handler404, handler500
from likeforlike_web.desk.urls import urlpatterns as of_the_desk

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [*of_the_desk, path("demo/<str:token>/", sign_in, name="demo_sign_in")]
