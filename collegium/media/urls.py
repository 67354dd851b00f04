"""Addresses of files. Templates take them from the row (`member.photo_url`)."""

from django.urls import re_path

from collegium.media import views

app_name = "media"

urlpatterns = [
    re_path(
        rf"^(?P<shape>{shape})/(?P<member_id>[0-9]{{1,19}})/(?P<key>[0-9a-f]{{64}})-(?P<size>[0-9]{{2,4}})\.webp\Z",
        views.picture,
        name=shape,
    )
    for shape in ("photo", "cover")
]
