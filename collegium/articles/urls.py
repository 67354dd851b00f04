"""Addresses of articles."""

from django.urls import path, re_path

from collegium.articles.views import publishing, reading, sheets

app_name = "articles"

urlpatterns = [
    path("", sheets.mine, name="mine"),
    path("new/", sheets.new, name="new"),
    path("of/<str:handle>/", reading.written, name="written"),
    path("<int:pk>/", reading.door, name="door"),
    path("<int:pk>/edit/", sheets.edit, name="edit"),
    path("<int:pk>/preview/", sheets.preview, name="preview"),
    path("<int:pk>/removal/", sheets.removal, name="removal"),
    path("<int:pk>/restoration/", sheets.restoration, name="restoration"),
    path("<int:pk>/publish/", publishing.publish, name="publish"),
    path("<int:pk>/cover/", sheets.cover, name="cover"),
    path("<int:pk>/cover/removal/", sheets.cover_removal, name="cover_removal"),
    re_path(
        r"^(?P<pk>[0-9]{1,19})/cover/(?P<key>[0-9a-f]{64})-(?P<width>[0-9]{3,4})\.webp\Z", reading.cover, name="file"
    ),
    path("<int:pk>/history/", reading.history, name="history"),
    path("<int:pk>/<str:slug>/", reading.page, name="page"),
]
