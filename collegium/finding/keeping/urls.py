"""Addresses of the searches for work one keeps."""

from django.urls import path

from collegium.finding.keeping import views

app_name = "job_searches"

urlpatterns = [
    path("", views.overview, name="list"),
    path("new/", views.new, name="new"),
    path("<int:key>/", views.show, name="show"),
    path("<int:key>/look/", views.look, name="look"),
    path("<int:key>/change/", views.change, name="change"),
    path("<int:key>/removal/", views.remove, name="remove"),
    path("<int:key>/restoration/", views.restore, name="restore"),
]
