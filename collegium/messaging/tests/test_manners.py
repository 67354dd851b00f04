"""Receipts, typing, presence: who does not give does not get, person by person."""

import pytest

from collegium.members.models import Member
from collegium.messaging.actions import approaching, keeping, talking
from collegium.messaging.models import Manners
from collegium.messaging.reading import manners, presence, receipts, talk, typing
from collegium.messaging.tests import scene
from collegium.realtime.lines import touch
from collegium.realtime.models import Poke
from collegium.testing.cast import Cast, connect


def seen(cast: Cast, name: str, pk: int) -> tuple[set[str], set[str], set[str]]:
    """Of whom somebody reads what was read, who types, who is there."""
    viewer = cast.viewer(name)
    here = talk.one(viewer, pk)
    assert here is not None
    names = {member.pk: label for label, member in vars(cast).items()}
    there = presence.of(viewer, here.others)
    return (
        {names[member.pk] for member, _number in receipts.of(viewer, here)},
        {names[member.pk] for member in typing.of(viewer, here)},
        {names[key] for key in there},
    )


@pytest.mark.parametrize("shy", ["", "ada", "bo", "cy", "ada bo cy"])
def test_given_and_taken_together(cast: Cast, shy: str) -> None:
    connect(cast.cy, cast.ada)
    row = scene.group(cast.ada, cast.bo, cast.cy, texts=3)
    touch([cast.ada.pk, cast.bo.pk, cast.cy.pk])
    for name in shy.split():
        keeping.manners(getattr(cast, name), receipts=False, typing=False, presence=False)
    for name in ("ada", "bo", "cy"):
        keeping.typing(row, by=getattr(cast, name))
    open_ = {"ada", "bo", "cy"} - set(shy.split())
    for name in ("ada", "bo", "cy"):
        expected = open_ - {name} if name in open_ else set()
        assert seen(cast, name, row.pk) == (expected, expected, expected), name


@pytest.mark.parametrize("what", ["receipts", "typing", "presence"])
def test_each_is_chosen_by_itself(cast: Cast, what: str) -> None:
    row = scene.two(cast.ada, cast.bo, "One", "Two")
    touch([cast.ada.pk, cast.bo.pk])
    given = dict.fromkeys(("receipts", "typing", "presence"), True) | {what: False}
    keeping.manners(cast.ada, **given)
    keeping.typing(row, by=cast.ada)
    keeping.typing(row, by=cast.bo)
    for name, other in (("ada", "bo"), ("bo", "ada")):
        found = dict(zip(("receipts", "typing", "presence"), seen(cast, name, row.pk), strict=True))
        assert found == {each: set() if each == what else {other} for each in given}
    assert manners.of(cast.ada) == Manners.objects.get()
    assert manners.of(cast.bo).receipts


def test_nothing_before_there_is_an_answer(cast: Cast) -> None:
    request = scene.asked(cast.di, cast.ada)
    touch([cast.ada.pk, cast.di.pk])
    keeping.read(request.conversation, by=cast.ada, number=1)
    assert not keeping.typing(request.conversation, by=cast.ada)
    for name in ("ada", "di"):
        assert seen(cast, name, request.conversation_id) == (set(), set(), set())
    approaching.accept(request, by=cast.ada)
    assert seen(cast, "di", request.conversation_id) == ({"ada"}, set(), {"ada"})


def test_presence_is_for_those_who_talk(cast: Cast) -> None:
    everybody = list(vars(cast).values())
    touch([each.pk for each in everybody])
    names = {member.pk: label for label, member in vars(cast).items()}
    assert {names[key] for key in presence.of(cast.viewer("ada"), everybody)} == {"bo"}
    assert presence.of(cast.viewer("nobody"), everybody) == set()
    assert presence.of(cast.viewer("ada"), list[Member]()) == set()


def test_reading_pokes_those_whose_words_were_read(cast: Cast) -> None:
    connect(cast.cy, cast.ada)
    row = scene.group(cast.ada, cast.bo, cast.cy)
    talking.write(row, by=cast.bo, text="Hello")
    touch([cast.ada.pk, cast.bo.pk, cast.cy.pk])
    assert keeping.read(row, by=cast.cy, number=2)
    assert not keeping.read(row, by=cast.cy, number=1)
    poked = Poke.objects.filter(topic=row.topic).values_list("member_id", flat=True)
    assert set(poked) == {cast.ada.pk, cast.bo.pk}  # the note of the beginning is Ada's
    Poke.objects.all().delete()
    keeping.manners(cast.ada, receipts=False, typing=True, presence=True)
    talking.write(row, by=cast.bo, text="Again")
    Poke.objects.all().delete()
    keeping.read(row, by=cast.ada, number=3)
    assert not Poke.objects.filter(topic=row.topic).exists()
