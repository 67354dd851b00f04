"""What removing somebody would end, said before it is done; and what listeners leave undone."""

from collegium.messaging.effects import effects
from collegium.messaging.models import Conversation, Request
from collegium.messaging.tests import scene
from collegium.network import actions as network
from collegium.network.effects import Change
from collegium.realtime.lines import touch
from collegium.realtime.models import Poke
from collegium.testing.cast import Cast


def test_what_stands_on_a_connection(cast: Cast) -> None:
    assert effects(cast.ada, [cast.bo], Change.REMOVED).for_me == []
    row = scene.two(cast.ada, cast.bo, "Hello")
    assert len(effects(cast.ada, [cast.bo, cast.eve], Change.REMOVED).for_me) == 1
    assert effects(cast.ada, [cast.bo], Change.MUTED).for_me == []
    Conversation.objects.filter(pk=row.pk).update(consented_at="2026-01-01T00:00Z")
    assert effects(cast.ada, [cast.bo], Change.REMOVED).for_me == []


def test_a_block_ends_and_pokes(cast: Cast, hear) -> None:  # type: ignore[no-untyped-def]
    request = scene.asked(cast.di, cast.ada)
    group = scene.group(cast.ada, cast.bo)
    touch([cast.ada.pk, cast.bo.pk, cast.di.pk])
    network.block(cast.ada, cast.di)
    network.block(cast.ada, cast.bo)
    Poke.objects.all().delete()
    hear()
    assert Request.objects.get().state == "over"
    poked = set(Poke.objects.filter(topic__startswith="talk-").values_list("member_id", "topic"))
    assert {(cast.di.pk, request.conversation.topic), (cast.bo.pk, group.topic)} <= poked
    network.unblock(cast.ada, cast.di)
    hear()
    again = scene.asked(cast.di, cast.ada, "I am sorry")
    assert again.conversation == request.conversation
