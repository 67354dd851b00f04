"""Addresses of people and of the settings of one's own profile."""

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from collegium.lib import addresses  # noqa: F401 - lays the converter `handle`
from collegium.profiles import card, parts, photo, views
from collegium.profiles.editing import visibility
from collegium.profiles.featured import views as featured


class PartConverter(StringConverter):
    """`<part:part>`: a part of a profile that has a page of its own."""

    regex = "|".join(sorted(parts.PAGED))


class PieceConverter(StringConverter):
    """`<piece:part>`: whatever of a profile is drawn anew after a change in its place."""

    regex = "|".join(sorted({*parts.ORDER, "head", "contacts"}))


register_converter(PartConverter, "part")
register_converter(PieceConverter, "piece")

app_name = "profiles"

urlpatterns = [
    path("in/<handle:handle>/", views.person, name="person"),
    path("in/<handle:handle>/parts/<piece:part>/", views.piece, name="piece"),
    path("in/<handle:handle>/<part:part>/", views.whole, name="whole"),
    path("in/<handle:handle>/card.png", card.card, name="card"),
    path("in/<handle:handle>/preview/", views.choose_eyes, name="choose_eyes"),
    path("in/<handle:handle>/connections/", views.connections, name="connections"),
    path("in/<handle:handle>/mutual/", views.mutual, name="mutual"),
    path("in/<handle:handle>/featured/<int:pk>/file/", featured.file, name="pinned_file"),
    path("in/<handle:handle>/featured/<int:pk>/<int:width>.webp", featured.picture, name="pinned_picture"),
    path("career/", include("collegium.profiles.editing.urls")),
    path("settings/visibility/", visibility.visibility, name="visibility"),
    path("settings/profile/", views.settings, name="settings"),
    path("settings/profile/photo/", photo.photo, name="photo"),
    path("settings/profile/photo/removal/", photo.photo_removal, name="photo_removal"),
    path("settings/profile/cover/", photo.cover, name="cover"),
    path("settings/profile/cover/removal/", photo.cover_removal, name="cover_removal"),
]
