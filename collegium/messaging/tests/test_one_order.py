"""Many write at once into many conversations, and send again what they do not know to have arrived."""

from typing import Any

import pytest

from collegium.messaging import order
from collegium.messaging.models import Conversation
from collegium.messaging.tests import scene, writing
from collegium.testing.cast import connect, make_member

pytestmark = pytest.mark.django_db(transaction=True)
TALKS, MESSAGES, THREADS = 5, 240, 6


def written() -> list[str]:
    people = [make_member(name) for name in ("Ada", "Bo", "Cy")]
    for other in people[1:]:
        connect(people[0], other)
    talks: list[Conversation] = [scene.group(*people, name=f"Group {place}") for place in range(TALKS)]
    writers = writing.write_all(talks, people, count=MESSAGES, threads=THREADS)
    assert sum(len(each.sent) for each in writers) == MESSAGES
    assert sum(each.again for each in writers) > MESSAGES // 30
    return writing.faults(talks, people, writers)


def test_none_lost_none_doubled_one_order(transactional_db: None) -> None:
    assert written() == []


def test_it_would_notice(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its key a message that is sent again is said twice."""
    say = order.say

    def keyless(*args: Any, **values: Any) -> order.Saying:
        return say(*args, **(values | {"key": None}))

    monkeypatch.setattr(order, "say", keyless)
    assert written() != []
