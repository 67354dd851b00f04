"""Addresses of what came in from elsewhere: the page, and what is decided about all of it."""

from django.urls import include, path

from collegium.portability.elsewhere import views

app_name = "elsewhere"

urlpatterns = [
    path("", views.elsewhere, name="elsewhere"),
    path("posts/", views.posts, name="posts"),
    path("posts/removal/", views.posts_removal, name="posts_removal"),
    path("", include("collegium.portability.correspondence.urls")),
    path("removal/", views.removal, name="removal"),
]
