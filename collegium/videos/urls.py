"""Addresses of videos; lists name their files beside themselves."""

from django.urls import path, re_path

from collegium.videos import views

app_name = "videos"

urlpatterns = [
    path("<int:pk>/", views.state, name="state"),
    path("<int:pk>/video.m3u8", views.choice, name="choice"),
    re_path(r"^(?P<pk>[0-9]{1,19})/(?P<size>[0-9]{1,5})\.m3u8\Z", views.playlist, name="playlist"),
    re_path(r"^(?P<pk>[0-9]{1,19})/(?P<size>[0-9]{1,5})\.mp4\Z", views.file, name="file"),
    path("<int:pk>/poster.webp", views.poster, name="poster"),
    re_path(r"^(?P<pk>[0-9]{1,19})/captions-(?P<language>[A-Za-z0-9-]{2,12})\.vtt\Z", views.captions, name="captions"),
]
