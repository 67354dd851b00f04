"""Kinds of this room's own, so that its tests say what they need and no feature has to stand."""

import pytest
from django.utils.html import format_html

from collegium.notifications import kinds
from collegium.notifications.kinds import Kind, who
from collegium.notifications.tests.sending import laid


class Subjects:
    """What the kinds of the tests are about: any number may be seen, unless it is hidden."""

    def __init__(self):
        self.hidden = set()
        self.asked = 0

    def seen(self, viewer, subjects):
        self.asked += 1
        return {subject: f"thing {subject}" for subject in subjects if subject not in self.hidden}

    def seen_as_set(self, viewer, subjects):
        return {subject for subject in subjects if subject not in self.hidden}


@pytest.fixture
def subjects():
    """Two kinds are laid: `test.named`, whose phrase shows the thing, and `test.plain`."""
    known = [kinds.of(name) for name in kinds.names()]
    about = Subjects()
    named = Kind(
        "test.named",
        "at-sign",
        lambda told: format_html("{} named you in {}", who(told), told.about or "nothing"),
        lambda told: f"/posts/{told.subject}/",
        about.seen,
    )
    plain = Kind(
        "test.plain",
        "bell",
        lambda told: format_html("{} did something", who(told)),
        lambda told: told.actor.path if told.actor else "/",
        about.seen_as_set,
    )
    kinds.lay([*known, named, plain])
    yield about
    kinds.lay(known)


@pytest.fixture
def going():
    """Kinds of every sort, what they are about, and a channel that notes what it was given."""
    with laid() as made:
        yield made
