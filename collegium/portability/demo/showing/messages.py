"""What is said in private: conversations of two, a group, and first messages of people one is not connected with."""

from collections.abc import Sequence
from datetime import timedelta

from collegium.lib import ids
from collegium.messaging.actions import approaching, keeping, people, talking
from collegium.messaging.models import Conversation, Message, Participant
from collegium.portability.demo.showing.people import Stage

# Who says what, and how many hours before now.
Said = Sequence[tuple[str, float, str]]
ADA, KOFI, MEI, MICHAEL = "ada-lindqvist", "kofi-mensah", "mei-ling-chen", "michael-oconnor"
ZOFIA, NOOR, BO = "zofia-kaminska", "noor-de-vries", "bo-eriksen"

RADIO = (
    (KOFI, 71.5, "The radio in the tea room is dead again. The night shift says you once made one sing with a fork."),
    (ADA, 71.1, "A tuning fork, and it was a turbine. What does yours do when you switch it on?"),
    (KOFI, 70.9, "It warms up. The dial lights. Then nothing, not even the hum."),
    (ADA, 70.8, "No hum at all is good news: the mains part rests, so it is something small."),
    (ADA, 70.7, "Look at the thick brown one beside the glass valve. Is its belly round?"),
    (KOFI, 46.2, "Round as a bun. I have written to a man in Leeds who still sells them."),
    (ADA, 45.9, "Then it plays by Friday. Who chooses the station?"),
    (KOFI, 3.4, "It plays. Nobody chooses: it only finds the one with the weather."),
)
WALK = (
    (ADA, 98.0, "The walk on the old levee: first or second Saturday in April?"),
    (ZOFIA, 97.2, "The second. On the first one the meadow is still water."),
    (MICHAEL, 96.8, "The second suits my knee. I bring the plans of 1957, in a tube."),
    (NOOR, 95.5, "May I write about it? With your names or without, as each of you likes."),
    (ZOFIA, 95.1, "With mine."),
    (MICHAEL, 94.7, "With mine, and spell it right this time."),
    (NOOR, 5.2, "Two O's and an apostrophe, I have practised. Where do we meet?"),
    (
        ZOFIA,
        4.9,
        "At the pump house, nine o'clock, https://www.openstreetmap.org/#map=17/52.2297/21.0122 shows the path.",
    ),
)
PLUG = (
    (MICHAEL, 26.3, "Your talk in the spring: have you room for a story of 1983?"),
    (ADA, 25.7, "For yours always. How long is it?"),
    (MICHAEL, 2.1, "Four minutes, and the ice melts in the third."),
)
STAIRS = (
    (BO, 52.0, "The stairs under the library: did they let you draw them?"),
    (MEI, 51.4, "Tuesday mornings, before it opens. 清潔阿姨 keeps the light on for me."),
    (BO, 50.8, "Send me one when it is done? I still have a wall."),
)
FIRST = (
    (
        "yosef-alemu",
        ADA,
        "advice",
        (
            "Dear Ada, my class of fifteen-year-olds asks how one learns to hear a dam. They read your letter about "
            "the microphones twice. Would you answer three of their questions, in writing, on a quiet evening?"
        ),
    ),
    (
        "rana-celik",
        KOFI,
        "other",
        (
            "Hello Kofi, my mother was on your ward in March. She asks me to tell you that she walks to the market "
            "again, and that the plant at the window was hers and may stay."
        ),
    ),
)


def conversations(stage: Stage) -> None:
    """Three conversations of two, a group, and two that begin."""
    radio = _two(stage, KOFI, ADA, RADIO)
    walk = people.found(stage.ada, [stage[each] for each in (ZOFIA, MICHAEL, NOOR)], "The walk in April")
    said_at(stage, walk, WALK)
    keeping.read(walk, by=stage.ada, number=walk.last_number - 2)
    _two(stage, MICHAEL, ADA, PLUG)
    _two(stage, BO, MEI, STAIRS)
    _felt(stage, radio, walk)
    for writer, reader, purpose, words in FIRST:
        approaching.approach(stage[reader], by=stage[writer], text=words, purpose=purpose)


def _two(stage: Stage, one: str, other: str, said: Said) -> Conversation:
    talk = talking.begin(stage[one], [stage[other]])
    said_at(stage, talk, said)
    return talk


def said_at(stage: Stage, talk: Conversation, said: Said) -> None:
    """Word by word, each at its hour; whoever answers has read what was there."""
    for handle, hours, words in said:
        keeping.read(talk, by=stage[handle], number=talk.last_number)
        message = talking.write(talk, by=stage[handle], text=words)
        # Nothing points at it yet. The statement that writes a message takes its key from the clock.
        at = stage.past.now - timedelta(hours=hours)
        Message.objects.filter(pk=message.pk).update(id=ids.key_at(at))
        talk.refresh_from_db()
    newest = Message.objects.filter(conversation=talk).order_by("-number").values_list("pk", flat=True)[0]
    Participant.objects.filter(conversation=talk).update(last=newest)


def _felt(stage: Stage, radio: Conversation, walk: Conversation) -> None:
    """Some signs, and one message that Ada keeps."""
    for talk, number, sign, who in (
        (radio, 6, "😄", stage.ada),
        (radio, 8, "🎉", stage.ada),
        (walk, _number(walk, "knee"), "👍", stage[ZOFIA]),
        (walk, _number(walk, "spell it"), "😄", stage[NOOR]),
        (walk, _number(walk, "spell it"), "😄", stage.ada),
    ):
        talking.react(_at(talk, number), by=who, sign=sign)
    keeping.star(_at(walk, _number(walk, "pump house")), by=stage.ada)


def _number(talk: Conversation, words: str) -> int:
    """The place of a message by some of its words; a note may stand before it."""
    return int(Message.objects.filter(conversation=talk, text__contains=words).values_list("number", flat=True)[0])


def _at(talk: Conversation, number: int) -> Message:
    return Message.objects.select_related("conversation").get(conversation=talk, number=number)
