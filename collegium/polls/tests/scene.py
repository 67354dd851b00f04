"""Polls made through the product's own verbs, and votes."""

from datetime import timedelta
from typing import Any

from django.test import RequestFactory

from collegium.audience.level import Level
from collegium.audience.viewer import Viewer
from collegium.feed import actions as feed
from collegium.feed.attachments import Parts
from collegium.feed.models import Post
from collegium.lib import clock
from collegium.members.models import Member
from collegium.polls.models import Poll

ANSWERS = ("canary-tea", "canary-coffee", "canary-water")


def typed(answers: Any = ANSWERS, days: Any = 3, body: str = "What do you drink?", **more: Any) -> dict[str, Any]:
    """What a browser sends."""
    fields = {f"poll-answer_{place}": words for place, words in enumerate(answers, 1)}
    common = {"facet": "professional", "audience": str(Level.CONNECTIONS.value), "commenting": "anyone"}
    return {"body": body, **common, "poll-days": str(days), **fields, **more}


def ask(author: Member, body: str = "What do you drink?", audience: int = Level.CONNECTIONS) -> Post:
    """A post with a poll."""
    request: Any = RequestFactory().post("/posts/", typed(body=body))
    request.viewer = Viewer(author)
    parts = Parts(request)
    assert parts.are_valid()
    return feed.post(author, body, audience=audience, parts=parts)


def end(post: Post) -> None:
    """Its time is over."""
    Poll.objects.filter(pk=post.pk).update(ends_at=clock.now() - timedelta(seconds=1))
