"""Addresses of the files of posts."""

from django.urls import path

from collegium.documents import views

app_name = "documents"

urlpatterns = [path("<int:pk>/", views.one, name="one")]
