"""The parts of an empty composer are drawn once, and never instead of what somebody typed."""

import pytest
from django.test import RequestFactory

from collegium.audience.viewer import Viewer
from collegium.feed.attachments import Parts
from collegium.testing.cast import Cast

PLACES = ("composer", "manner")


@pytest.mark.parametrize("place", PLACES)
def test_an_empty_one_says_what_its_forms_say(db: None, place: str) -> None:
    looked_at = Parts()
    assert looked_at.forms
    assert Parts().drawn(place) == looked_at.drawn(place)
    assert Parts().drawn(place) is Parts().drawn(place)


def test_what_was_typed_stands_there(cast: Cast) -> None:
    request = RequestFactory().post("/posts/", {"poll-answer_1": "Mornings"})
    request.viewer = Viewer(cast.ada)  # type: ignore[attr-defined]
    assert "Mornings" in Parts(request).drawn("composer")
    assert "Mornings" not in Parts().drawn("composer")


def test_forms_that_somebody_reached_for_are_drawn_as_they_are(db: None) -> None:
    """Drafts and reposts put something into them."""
    parts = Parts()
    _kind, form = next((kind, form) for kind, form in parts.forms if kind.name == "deck")
    form.initial["title"] = "Left half finished"
    assert "Left half finished" in parts.drawn("composer")
    assert "Left half finished" not in Parts().drawn("composer")
