"""Addresses of messages and invitations from elsewhere, below the page of what came from there."""

from django.urls import path

from collegium.portability.correspondence import views

urlpatterns = [
    path("messages/", views.threads, name="threads"),
    path("messages/removal/", views.removal, name="correspondence_removal"),
    path("messages/<int:pk>/", views.thread, name="thread"),
    path("messages/<int:pk>/removal/", views.thread_removal, name="thread_removal"),
    path("invitations/", views.invitations, name="invitations"),
]
