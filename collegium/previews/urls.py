"""Addresses of previews."""

from django.urls import path, re_path

from collegium.previews import views

app_name = "previews"

urlpatterns = [
    re_path(r"^(?P<pk>\d{1,19})/(?P<key>[0-9a-f]{64})-(?P<width>\d{1,4})\.webp$", views.picture, name="picture"),
    path("<int:pk>/removal/", views.removal, name="removal"),
    path("<int:pk>/restoration/", views.restoration, name="restoration"),
]
