"""Addresses of what one welcomes, and of contact keys."""

from django.urls import path

from collegium.reach import views

app_name = "reach"

urlpatterns = [
    path("", views.contact, name="contact"),
    path("account/", views.account, name="account"),
    path("keys/", views.make, name="keys"),
    path("keys/<int:pk>/revocation/", views.revocation, name="revocation"),
    path("keys/<int:pk>/restoration/", views.restoration, name="restoration"),
]
