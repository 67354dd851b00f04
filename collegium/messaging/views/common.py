"""What the pages of this room share: finding the conversation, and drawing what a page needs of it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from markupsafe import Markup

from collegium.audience.door import Request, signed_in
from collegium.graph.degrees import FAR, standings
from collegium.lib.limits import limit
from collegium.messaging import rules, words
from collegium.messaging.drawing import Lines
from collegium.messaging.files.showing import shown
from collegium.messaging.forms import WriteForm
from collegium.messaging.models import Message
from collegium.messaging.models import Request as Asked
from collegium.messaging.reading import presence, receipts, typing
from collegium.messaging.reading import talk as reading
from collegium.messaging.reading.talk import Stretch, Talk
from collegium.network.views.common import HIGHEST_KEY
from collegium.reach.comembers import shared

ROOT = "/messages/"
WRONG, TAKEN = 422, 409
View = Callable[..., HttpResponse]


def for_members(scope: str = "messaging.keep", rate: str = "300/m") -> Callable[[View], View]:
    """Only for members, and only so often: others are sent to sign in and come back.

    Args:
        scope: what is counted; views with the same scope share it.
        rate: how often something may be changed.
    """

    def decorate(view: View) -> View:
        guarded: View = signed_in(limit(scope, rate)(view))
        return guarded

    return decorate


writing = for_members("messaging.write", "60/m")
"""For whatever others come to see."""
keeping = for_members()
"""For what is one's own: reading, drafts, boxes."""


def key(pk: int) -> int:
    """A key as an address gives it.

    Raises:
        Http404: the database has no such number.
    """
    if pk > HIGHEST_KEY:
        raise Http404
    return pk


def talk_of(request: Request, pk: int) -> Talk:
    """The conversation, if the viewer is in it and nothing parts the two.

    Raises:
        Http404: otherwise; it looks like what does not exist.
    """
    found = reading.one(request.viewer, key(pk))
    if found is None:
        raise Http404
    return found


def message_of(request: Request, talk: Talk, number: int) -> Message:
    """A message the viewer reads.

    Raises:
        Http404: there is none with this number for her.
    """
    rows = Message.objects.visible_to(request.viewer)
    rows = rows.select_related("author", "conversation", "reply_to", "reply_to__author")
    found = rows.filter(conversation=talk.conversation, number=key(number)).first()
    if found is None:
        raise Http404
    return found


def lines(request: Request, talk: Talk, stretch: Stretch) -> dict[str, Any]:
    """What it takes to draw what was said, and what stands below it."""
    may_talk = talk.way == rules.TALK or talk.asked_me
    field = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(get_token(request))
    return {
        "talk": talk,
        "line": Lines(talk.conversation.path, request.viewer.id, str(field), may_talk=may_talk),
        "day_words": words.day_words,
        "shown": shown,
        "seen": seen(request, talk, stretch),
        "typing": words.typing(typing.of(request.viewer, talk)),
        "new_from": 0,
        "lead_day": False,
        "compact": False,
    }


def head(request: Request, talk: Talk) -> dict[str, Any]:
    """What it takes to draw who one talks with."""
    near = standings(request.viewer.member, [talk.other.pk]).get(talk.other.pk, FAR) if talk.other else FAR
    place = talk.place
    box = "declined" if place.declined_at else "archived" if place.archived else place.box
    there = presence.of(request.viewer, talk.others)
    return {"there": there, "degree": near.degree, "mutual": near.mutual, "back": f"{ROOT}?box={box}"}


def below(request: Request, talk: Talk, form: WriteForm | None = None) -> dict[str, Any]:
    """What it takes to draw where one writes."""
    drawn = form or WriteForm(initial={"text": talk.place.draft})
    both_in = shared(request.viewer.me, talk.request.sender).first() if talk.request and talk.asked_me else None
    said = {"form": drawn, "verdicts": verdicts(), "both_in": both_in}
    return said | {"reply": None, "reply_words": "", "way": way_of(talk)}


def way_of(talk: Talk) -> str:
    """What stands below: where one writes, and whether a request is to be answered there."""
    return f"{talk.way}-asked" if talk.asked_me else talk.way


def seen(request: Request, talk: Talk, stretch: Stretch) -> str:
    """Who has read the newest message, where that says something: in a conversation of two only of one's own words."""
    newest = talk.conversation.last_number
    here = [each.message.author_id for each in stretch.said if each.message.number == newest]
    rows = Message.objects.filter(conversation=talk.conversation, number=newest).values_list("author", flat=True)
    by = here[0] if here else rows.first()
    if by != request.viewer.id and not talk.conversation.is_group:
        return ""
    others = [each for each in talk.others if each.pk != by]
    read = [member for member, number in receipts.of(request.viewer, talk) if number >= newest and member.pk != by]
    return words.seen_by(read, len(others))


def verdicts() -> list[tuple[str, str, str]]:
    """What one can say of a message from somebody new, with what each means."""
    verdict = Asked.Verdict
    return [
        (verdict.NOT_FOR_ME.value, str(verdict.NOT_FOR_ME.label), _("Fine, but meant for somebody else")),
        (verdict.PITCH.value, str(verdict.PITCH.label), _("It sells something")),
        (verdict.MISDECLARED.value, str(verdict.MISDECLARED.label), _("The purpose is another one")),
        (verdict.SPAM.value, str(verdict.SPAM.label), _("Sent to many, or meant to deceive")),
    ]
