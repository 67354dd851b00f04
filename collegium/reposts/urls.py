"""Addresses of reposts; the key is that of the post which is passed on, or of a repost of it."""

from django.urls import path

from collegium.reposts import views

app_name = "reposts"

urlpatterns = [
    path("<int:pk>/", views.reposts, name="reposts"),
    path("<int:pk>/new/", views.new, name="new"),
    path("<int:pk>/removal/", views.removal, name="removal"),
    path("<int:pk>/forbidding/", views.forbidding, name="forbidding"),
    path("<int:pk>/permission/", views.permission, name="permission"),
]
