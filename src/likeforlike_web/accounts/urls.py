"""Addresses about accounts; signing in itself is allauth's."""

from django.urls import path

from likeforlike_web.accounts import views

urlpatterns = [
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("your-account/", views.your_account, name="your_account"),
    path("your-organisation/", views.team, name="team"),
]
