"""Addresses of walls, below those of groups themselves."""

from django.urls import path

from collegium.feed.places.views import queue, topics, wall

app_name = "walls"

urlpatterns = [
    path("<str:handle>/", wall.wall, name="wall"),
    path("<str:handle>/posts/", wall.posting, name="posting"),
    path("<str:handle>/queue/", queue.waiting, name="queue"),
    path("<str:handle>/settings/topics/", topics.topics, name="topics"),
]
