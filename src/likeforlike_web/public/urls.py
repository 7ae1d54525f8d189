"""Addresses of the public pages."""

from django.urls import path

from likeforlike_web.public import views

urlpatterns = [
    path("", views.start, name="start"),
    path("how-it-works/", views.how_it_works, name="how_it_works"),
    path("check/", views.check_suitable, name="suitable"),
    path("size/", views.size, name="size"),
    path("prepare/", views.prepare, name="prepare"),
    path("prepare/<slug:lab>.<slug:kind>", views.template, name="template"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("cookies/", views.cookies, name="cookies"),
    path("health/", views.health, name="health"),
]
