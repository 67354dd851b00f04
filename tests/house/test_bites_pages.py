"""Faults planted in the pages of conversations, one at a time; each must be noticed by what their own tests assert."""

from collections.abc import Callable

import pytest

from collegium.messaging.tests import test_pages as pages
from collegium.messaging.views import common, requests, said, talks
from collegium.testing.cast import Cast
from tests.house.planting import rewritten

pytestmark = pytest.mark.django_db


def anybody_reads(patch: pytest.MonkeyPatch) -> None:
    """Plants it where it is asked: the views have it by its name."""
    right = "Message.objects.visible_to(request.viewer)"
    rewritten(common, "message_of", right, "Message.objects.all()")(patch)
    patch.setattr(said, "message_of", common.message_of)


FAULTS: dict[str, tuple[Callable[[Cast], None], Callable[[pytest.MonkeyPatch], None]]] = {
    "what is there is put there again": (
        lambda cast: pages.test_a_patched_page_is_the_page_fetched_anew(cast, "ada"),
        rewritten(talks, "patch", "each.message.number > last", "each.message.number >= last"),
    ),
    "the newest are left out of what changed": (
        lambda cast: pages.test_a_patched_page_is_the_page_fetched_anew(cast, "bo"),
        rewritten(talks, "patch", "fresh if tail else []", "[]"),
    ),
    "a message is anybody's who is in the conversation": (
        pages.test_who_came_later_reads_from_then_on,
        anybody_reads,
    ),
    "who wrote first answers herself": (
        pages.test_a_request_and_its_answers,
        rewritten(requests, "_asked", "talk.request is None or not talk.asked_me", "talk.request is None"),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_shows(cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    holds, plant = FAULTS[fault]
    # What a first message costs is another room's affair.
    asked = "collegium.messaging.actions.approaching.hindrance_to_approaching"
    monkeypatch.setattr(asked, lambda *_who, purpose: None)
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        holds(cast)
