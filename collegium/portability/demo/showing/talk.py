"""How people speak: from a facet of their own, where comments are let in one by one, with the help of a machine."""

from collegium.audience.level import Level
from collegium.feed import actions as feed
from collegium.feed.models import Facet, Post
from collegium.feed.reading import actions as reading
from collegium.feed.sides import actions as sides
from collegium.feed.talking import actions as talking
from collegium.members import actions as people
from collegium.members.models import Member
from collegium.pictures import actions as pictures
from collegium.portability.demo.showing import drawings
from collegium.portability.demo.showing.people import Carrying, Stage

DIAL = (
    (
        drawings.radio,
        "A valve radio of polished wood on a workbench. Its dial is lit, the needle stands right of the middle.",
    ),
)


def radios(stage: Stage) -> Post:
    """Kofi's radios are a facet of his own, on his personal side."""
    facet = sides.found(stage.kofi, "Radios", Facet.PERSONAL)
    body = (
        "Saturday's patient: no sound, a smell of dust, and a newspaper of 1962 folded under the chassis to stop a "
        "rattle. The rattle was the fault. I have put the newspaper back."
    )
    with stage.past.ago(days=1.1):
        rows = stage.photographs(stage.kofi, DIAL)
        parts = Carrying(lambda post, by: pictures.hang(post, rows, by=by))
        post = feed.post(stage.kofi, body, audience=Level.MEMBERS, side=facet, parts=parts)
    said = (
        ("haruka-sato", "新聞も音の一部だったのですね。"),
        ("dylan-reyes", "Leave it exactly where it was. That is the tone control."),
    )
    stage.answers(post, days=1.1, said=said)
    stage.liked(post, 8)
    return post


def one_by_one(stage: Stage) -> Post:
    """Ada asks, and lets answers in one by one: two stand, and two wait for her."""
    body = (
        "I am collecting near misses at old dams, for a talk in the spring. Tell me what almost happened, and what "
        "you saw first.\n\nComments wait until I have read them, so that nobody names a house that did not ask for it."
    )
    with stage.past.ago(days=0.8):
        post = feed.post(stage.ada, body, audience=Level.MEMBERS, approving=True)
    said = (
        ("michael-oconnor", "1983, a plug of ice in a relief well. What we saw first was a dry patch. Dry, not wet."),
        ("rana-celik", "Ours was a gate that opened by itself, four centimetres. The dog of the keeper saw it first."),
        ("zofia-kaminska", "A levee, not a dam: moles on one side only. I have the map, shall I send it?"),
        (
            "yosef-alemu",
            "My class asked the old guard. He said: the frogs stopped. Is that the kind of thing you mean?",
        ),
    )
    stage.answers(post, days=0.8, said=said)
    for comment in post.comments.order_by("pk")[:2]:
        talking.let_in(comment, by=stage.ada)
    return post


def by_machine(stage: Stage) -> Post:
    """Viktor says so where a machine wrote the words."""
    body = (
        "Summary of 1,140 pages that the ministry released on Monday:\n\n"
        "Of 212 requests, 61 were answered in time, 97 late and 54 not at all. The most frequent reason for refusal is "
        "“internal working document” (38). In nineteen cases the document had been published before.\n\n"
        "I have checked the four numbers by hand. The adjectives I took out."
    )
    with stage.past.ago(days=2.9):
        post = feed.post(stage["viktor-hajek"], body, audience=Level.EVERYONE, machine=True)
    stage.answers(post, days=2.9, said=(("noor-de-vries", "Thank you for saying who wrote it, and who counted."),))
    stage.liked(post, 5)
    return post


def opened(stage: Stage) -> None:
    """Whoever says something to everyone has a page that everyone sees; else the words would reach members alone."""
    for member in (stage.ada, stage.mei, stage["rosario-gil"], stage["viktor-hajek"]):
        people.edit(member, visibility=Member.Visibility.PUBLIC)


def kept(stage: Stage, *posts: Post) -> None:
    """Ada keeps some of it for later."""
    for post in posts:
        reading.save(post, by=stage.ada)
