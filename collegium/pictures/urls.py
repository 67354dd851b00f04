"""Addresses of pictures."""

from django.urls import path, re_path

from collegium.pictures import views

app_name = "pictures"

urlpatterns = [
    path("", views.upload, name="upload"),
    path("<int:pk>/", views.page, name="page"),
    re_path(r"^(?P<pk>[0-9]{1,19})/(?P<key>[0-9a-f]{64})-(?P<width>[0-9]{3,4})\.webp\Z", views.file, name="file"),
]
