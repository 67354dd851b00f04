"""Addresses of proving one's workplace."""

from django.urls import path

from collegium.workplaces import views

app_name = "workplaces"

urlpatterns = [
    path("", views.workplace, name="workplace"),
    path("code/", views.code, name="code"),
    path("<int:pk>/removal/", views.removal, name="removal"),
    path("<int:pk>/restoration/", views.restoration, name="restoration"),
]
