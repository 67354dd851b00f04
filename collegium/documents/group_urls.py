"""The shelf of a group."""

from django.urls import path

from collegium.documents import views

app_name = "documents_groups"

urlpatterns = [path("<str:handle>/files/", views.files, name="files")]
