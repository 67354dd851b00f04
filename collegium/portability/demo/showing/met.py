"""An introduction that got a yes: Ada asks Kofi for somebody he knows, and the three talk."""

from datetime import timedelta

from collegium.introductions import actions
from collegium.introductions.models import Introduction
from collegium.lib import ids
from collegium.messaging.models import Message
from collegium.portability.demo.showing.messages import ADA, KOFI, said_at
from collegium.portability.demo.showing.people import Stage

SAMUEL = "samuel-okello"
LETTER = (
    "Dear Samuel, I listen to dams with microphones and hear more of the generators than of the water. Kofi says you "
    "can tell a bad valve over the telephone. May I ask you how one learns to leave out a hum?"
)
BESIDE = "Kofi, is he the one who mended your radio from two borders away?"
COVER = "Samuel, this is Ada of the turbine and the fork. You will not talk briefly, so take a chair."
TALK = (
    (SAMUEL, 80.2, "A hum is a guest who always sits in the same chair. Which frequency, 50 or 100?"),
    (ADA, 79.6, "Both, and something at 148 that comes and goes with the gates."),
    (KOFI, 79.1, "Here I leave the room quietly, and keep the door open."),
    (SAMUEL, 1.6, "148 is no guest. Send me ten seconds of it with the gates shut, and ten with them open."),
)


def introduced(stage: Stage) -> None:
    """The letter six days ago, passed on as it was, the yes three and a half days ago, and what was said since."""
    past, kofi, samuel = stage.past, stage[KOFI], stage[SAMUEL]
    with past.ago(days=6):
        row = actions.ask(stage.ada, kofi, samuel, to_target=LETTER, to_introducer=BESIDE)
    row = actions.pass_on(row, by=kofi, words=LETTER, cover=COVER)
    with past.ago(days=3.5):
        talk = actions.accept(row, by=samuel).conversation
    assert talk is not None  # noqa: S101 - a yes begins it
    asked, yes = past.now - timedelta(days=5), past.now - timedelta(days=3.5)
    Introduction.objects.filter(pk=row.pk).update(forwarded_at=asked, ended_at=yes)
    # The note that begins it is written by a statement that takes its key from the clock.
    Message.objects.filter(conversation=talk).update(id=ids.key_at(yes))
    said_at(stage, talk, TALK)
