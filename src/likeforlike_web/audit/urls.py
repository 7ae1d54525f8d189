"""Addresses of the audit that anybody may read."""

from django.urls import path

from likeforlike_web.audit import views

urlpatterns = [path("head.json", views.tree_head, name="audit_head")]
