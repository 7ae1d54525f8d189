"""Addresses of the library."""

from django.urls import path

from likeforlike_web.library import views
from likeforlike_web.library.feed import PublishedFeed

urlpatterns = [
    path("", views.library, name="library"),
    path("feed/", PublishedFeed(), name="library_feed"),
    path("together/", views.all_together, name="together"),
    path("performance/", views.performance, name="performance"),
    path("<str:reference>/", views.entry, name="library_entry"),
    path("<str:reference>/<path:name>", views.file, name="library_file"),
]
