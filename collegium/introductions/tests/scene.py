"""Ada asks Bo to introduce her to Cy, at every stage of it."""

from datetime import timedelta
from typing import Any

from collegium.introductions import actions
from collegium.introductions.models import Introduction
from collegium.lib import clock, ids
from collegium.messaging.models import Conversation
from collegium.testing.cast import Cast

TO_BO, TO_CY = "A word to Bo alone.", "Dear Cy, your tide tables saved my summer."
COVER, EDITED = "Cy, you two should talk.", "Dear Cy, your tide tables helped me."


def asked(cast: Cast) -> Introduction:
    """It lies with Bo."""
    return actions.ask(cast.ada, cast.bo, cast.cy, to_target=TO_CY, to_introducer=TO_BO)


def forwarded(cast: Cast, **words: Any) -> Introduction:
    """It lies with Cy."""
    return actions.pass_on(asked(cast), by=cast.bo, **{"words": EDITED, "cover": COVER} | words)


def accepted(cast: Cast) -> Introduction:
    """The three talk."""
    return actions.accept(forwarded(cast), by=cast.cy)


def talk(row: Introduction) -> Conversation:
    """The conversation that it became."""
    return Conversation.objects.get(pk=Introduction.objects.get(pk=row.pk).conversation_id)


def stage(cast: Cast, name: str) -> Introduction:
    """One of `STAGES`."""
    if name == "accepted":
        return accepted(cast)
    row = asked(cast) if name in ("asked", "kept", "withdrawn") else forwarded(cast)
    if name == "kept":
        actions.decline(row, by=cast.bo)
    elif name == "declined":
        actions.decline(row, by=cast.cy)
    elif name == "answered":
        actions.decline(row, by=cast.cy, answer="Not this year, I am sorry.")
    elif name.startswith("withdrawn"):
        actions.withdraw(row, by=cast.ada)
    elif name == "run out":
        row = made_ago(row, timedelta(days=31))
    return row


STAGES = ("asked", "kept", "forwarded", "declined", "answered", "accepted", "withdrawn", "withdrawn late", "run out")


def made_ago(row: Introduction, age: timedelta) -> Introduction:
    """The same letter, asked that long ago."""
    key = ids.floor_at(clock.now() - age) | (row.pk & ((1 << ids.LOW_BITS) - 1))
    Introduction.objects.filter(pk=row.pk).update(id=key)
    return Introduction.objects.with_people().get(pk=key)
