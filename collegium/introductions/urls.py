"""Addresses of introductions: nouns; making one is a POST to it."""

from django.urls import path

from collegium.introductions.views import answers, asking, lists
from collegium.lib import addresses  # noqa: F401 - registers `handle`

app_name = "introductions"

urlpatterns = [
    path("", lists.through, name="through"),
    path("about/", lists.about, name="about"),
    path("mine/", lists.mine, name="mine"),
    path("badge/", lists.fresh, name="badge"),
    path("ask/<handle:handle>/", asking.ask, name="ask"),
    path("<int:pk>/", lists.one, name="one"),
    path("<int:pk>/forward/", answers.forward, name="forward"),
    path("<int:pk>/acceptance/", answers.acceptance, name="acceptance"),
    path("<int:pk>/decline/", answers.decline, name="decline"),
    path("<int:pk>/answer/", answers.answer, name="answer"),
    path("<int:pk>/restoration/", answers.restoration, name="restoration"),
    path("<int:pk>/withdrawal/", asking.withdrawal, name="withdrawal"),
    # Where the conversation stood before it was one of the messages: bookmarks, and links in mails.
    path("talks/", lists.talks, name="talks"),
    path("<int:pk>/messages/", lists.talk, name="messages"),
    path("<int:pk>/departure/", lists.talk, name="departure"),
]
