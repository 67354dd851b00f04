"""The address of one's visitors."""

from django.urls import path

from collegium.visits import views

app_name = "visits"

urlpatterns = [
    path("", views.visitors, name="visitors"),
    path("mode/", views.mode, name="mode"),
]
