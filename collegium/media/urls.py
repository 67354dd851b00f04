"""Addresses of files. Templates take them from the row (`member.photo_url`)."""

from django.urls import re_path

from collegium.media import views

app_name = "media"

_FILE = r"(?P<key>[0-9a-f]{64})-(?P<size>[0-9]{2,4})\.webp\Z"

urlpatterns = [
    *(
        re_path(rf"^(?P<shape>{shape})/(?P<member_id>[0-9]{{1,19}})/{_FILE}", views.picture, name=shape)
        for shape in ("photo", "cover")
    ),
    re_path(
        rf"^(?P<carrier>[a-z]{{1,20}})/(?P<shape>photo|cover)/(?P<pk>[0-9]{{1,19}})/{_FILE}",
        views.carried,
        name="carried",
    ),
]
