"""Addresses of the output checkers' pages, on the desk."""

from django.urls import path

from likeforlike_web.checking import views

urlpatterns = [
    path("<uuid:case_id>/", views.check, name="check"),
    path("<uuid:case_id>/send-back/", views.send_back, name="send_back"),
]
