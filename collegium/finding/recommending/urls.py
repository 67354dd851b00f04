"""Addresses of what fits somebody."""

from django.urls import path

from collegium.finding.recommending import views

app_name = "job_picks"

urlpatterns = [
    path("", views.for_you, name="for_you"),
]
