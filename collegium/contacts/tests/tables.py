"""What one keeps about people as tables, for the house to plant faults under: whose it is, who has disappeared.

Ada keeps the same about everybody: a tag, a note, a circle, a reminder. Whoever she may not see is in no list, no
count, no filter, no file. What she keeps is nobody else's, though Bo knows the same people. The third table says what
is a contact.
"""

from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any

from collegium.audience.viewer import Viewer
from collegium.contacts import book, exporting, filters, history, notices, reading
from collegium.contacts.filters import Filter
from collegium.contacts.forms import today
from collegium.contacts.models import Change, PersonNote, Reminder, SavedFilter, Tag, Tagging
from collegium.contacts.views import common, shelves
from collegium.feed import actions as feed
from collegium.feed.models import Comment
from collegium.members.models import Member
from collegium.network.distance import Rung, set_rung
from collegium.testing.cast import Cast, connect, make_member
from collegium.ties.models import Block, Circle, Circling

Table = dict[str, str]
#          bo cy di ed eve gus hal lou kim pia ray
CONNECTED = "1  0  0  0  0   0   0   1   0   0   0"
SEEN = "     1  1  1  0  0   0   1   1   0   0   0"
WHO = ("bo", "cy", "di", "ed", "eve", "gus", "hal", "lou", "kim", "pia", "ray")


def row(cells: Iterable[object]) -> str:
    return " ".join(str(int(bool(cell))) for cell in cells)


def everybody(cast: Cast) -> dict[str, Member]:
    """The cast, and four more connections of Ada's.

    Lou's page is for his connections, and he knows Bo too; Kim's is as well, and she restricts Ada. Pia is blocked by
    Ada and Ray has blocked her, each in the moment before the connection goes.
    """
    found = {name: getattr(cast, name) for name in WHO[:7]}
    for name in WHO[7:]:
        found[name] = make_member(f"{name.title()} Holm")
        connect(found[name], cast.ada)
    connect(found["lou"], cast.bo)
    hidden = [found["lou"].pk, found["kim"].pk]
    Member.objects.filter(pk__in=hidden).update(visibility=Member.Visibility.HIDDEN)
    set_rung(found["kim"], cast.ada, Rung.RESTRICTED)
    Block.objects.create(blocker=cast.ada, blocked=found["pia"])
    Block.objects.create(blocker=found["ray"], blocked=cast.ada)
    return found


class Kept:
    """The same about everybody, as rows: what was written once outlives what happens between people."""

    def __init__(self, owner: Member, about: Iterable[Member]) -> None:
        people = list(about)
        self.tag = Tag.objects.create(owner=owner, name="canary-tag")
        self.circle = Circle.objects.create(owner=owner, name="canary-circle")
        self.filter = SavedFilter.objects.create(owner=owner, name="canary-filter", query="last=never")
        self.change = Change.objects.create(member=owner, kind=Change.Kind.TAGGED, name="canary-change", count=1)
        Tagging.objects.bulk_create([Tagging(tag=self.tag, person=each) for each in people])
        Circling.objects.bulk_create([Circling(circle=self.circle, person=each) for each in people])
        PersonNote.objects.bulk_create([PersonNote(owner=owner, person=each, body="canary-note") for each in people])
        self.reminders = {
            each.pk: Reminder.objects.create(owner=owner, person=each, due=today(), words="canary-word")
            for each in people
        }


def gone(cast: Cast) -> Table:
    """Whom Ada finds, by each way of asking."""
    people = everybody(cast)
    kept = Kept(cast.ada, people.values())
    keys = {name: person.pk for name, person in people.items()}
    ada, browser = cast.viewer("ada"), cast.client("ada")
    page = reading.page(ada, Filter())
    asked = {
        "listed": {line.person.pk for line in page.lines},
        "all of them": reading.keys(ada, Filter()),
        "by tag": reading.keys(ada, Filter(tag=str(kept.tag.pk))),
        "by circle": reading.keys(ada, Filter(circle=str(kept.circle.pk))),
        "by silence": reading.keys(ada, Filter(last="never")),
        "chosen": {person.pk for person in reading.among(ada, list(keys.values()))},
        "lines": {line.person.pk for line in reading.lines_of(ada, list(keys.values()))},
        "told": {each.person_id for each in notices._due(ada, [own.pk for own in kept.reminders.values()]).values()},
    }
    found = {name: row(key in those for key in keys.values()) for name, those in asked.items()}
    table, reminding = exporting.table(ada, Filter()), browser.get("/network/people/reminders/").text
    found["file"] = row(f",{person.handle}," in table for person in people.values())
    found["reminders"] = row(f"/in/{person.handle}/" in reminding for person in people.values())
    taken = {each.handle for each in book.drawn(ada).people}
    found["taken along"] = row(person.handle in taken for person in people.values())
    found["card"] = row(
        browser.get(f"/network/people/with/{person.handle}/").status_code == 200 for person in people.values()
    )
    found["counted"] = str(page.total)
    found["counted reminders"] = str(around(ada)["due"])
    for kind in shelves.KINDS:
        text = browser.get(f"/network/people/{kind}/").text
        found[f"counted on {kind}"] = "right" if f">{CONNECTED.count('1')} connections<" in text else "wrong"
    return found


def around(viewer: Viewer) -> dict[str, Any]:
    """What stands over the pages of this room."""
    return common.around(SimpleNamespace(viewer=viewer, path="/", GET={}))  # type: ignore[arg-type]


LISTED = ("listed", "all of them", "by tag", "by circle", "by silence", "chosen", "lines", "file")
GONE = {
    **{name: row(map(int, CONNECTED.split())) for name in LISTED},
    **{name: row(map(int, SEEN.split())) for name in ("told", "reminders", "taken along", "card")},
    "counted": str(CONNECTED.count("1")),
    "counted reminders": str(SEEN.count("1")),
    **{f"counted on {kind}": "right" for kind in ("tags", "circles")},
}


def whose(cast: Cast) -> Table:
    """What Ada keeps about Lou, as she finds it and as Bo does, who is connected with him as well."""
    lou = everybody(cast)["lou"]
    kept = Kept(cast.ada, [lou])
    set_rung(cast.ada, lou, Rung.MUTED)
    reminder = kept.reminders[lou.pk]
    found: dict[str, list[object]] = {}
    for name in ("ada", "bo"):
        viewer, browser = cast.viewer(name), cast.client(name)
        line = reading.lines_of(viewer, [lou.pk])[0]
        own = filters.own(viewer.me)
        cells: dict[str, object] = {
            "tags on the line": line.tags,
            "circles on the line": line.circles,
            "reminder on the line": line.reminder,
            "distance on the line": line.rung,
            "tags": own.tags,
            "circles": own.circles,
            "filter by tag": own.read(f"tag={kept.tag.pk}").tag,
            "filter by circle": own.read(f"circle={kept.circle.pk}").circle,
            "note in the file": "canary-note" in exporting.table(viewer, Filter()),
            "told": notices._due(viewer, [reminder.pk]),
            "reminders counted": around(viewer)["due"],
        }
        along = book.written(viewer)
        words = ("note", "tag", "circle", "word", "filter")
        cells |= {f"taken along: {word}": f"canary-{word}" in along for word in words}
        card = browser.get(f"/network/people/with/{lou.handle}/").text
        cells |= {f"card: {word}": f"canary-{word}" in card for word in ("note", "tag", "circle", "word")}
        for page, word in (("", "filter"), ("changes/", "change"), ("reminders/", "word"), ("tags/", "tag")):
            cells[f"page: {word}"] = f"canary-{word}" in browser.get(f"/network/people/{page}").text
        for path in (f"tags/{kept.tag.pk}/", f"circles/{kept.circle.pk}/", f"reminders/{reminder.pk}/snooze/"):
            # Without a name or a day nothing changes: it answers what is wrong, or that nothing is there.
            cells[f"answers: {path.split('/')[0]}"] = browser.post(f"/network/people/{path}").status_code != 404
        for said, thing in cells.items():
            found.setdefault(said, []).append(thing)
    return {said: row(cells) for said, cells in found.items()}


def contact(cast: Cast) -> Table:
    """Replies and mentions of Bo's in places that Cy closes: contact while they are open, and none afterwards."""
    post = feed.post(cast.cy, "Seals fail at 4 °C.", audience=1)
    said = Comment.objects.create(post=post, author=cast.ada, body="Which?", html="Which?")
    deeds: dict[str, Callable[[], object]] = {
        "reply": lambda: feed.comment(post, "These.", by=cast.bo, parent=said),
        "mention": lambda: feed.comment(post, f"Ask @{cast.ada.handle}", by=cast.bo),
        "reaction": lambda: feed.react(said, "like", by=cast.bo),
    }
    found = {}
    for name, deed in deeds.items():
        deed()
        cells = []
        for audience in (1, 4):
            feed.edit_post(post, by=cast.cy, audience=audience)
            cells.append(cast.bo.pk in history.contacts(cast.viewer("ada"), [cast.bo.pk]))
        feed.edit_post(post, by=cast.cy, audience=1)
        found[name] = row(cells)
        Comment.objects.filter(author=cast.bo).delete()
    return found


WHOSE = (
    *(f"{mark} on the line" for mark in ("tags", "circles", "reminder", "distance")),
    *("tags", "circles", "filter by tag", "filter by circle", "note in the file", "told"),
    "reminders counted",
    *(f"card: {word}" for word in ("note", "tag", "circle", "word")),
    *(f"taken along: {word}" for word in ("note", "tag", "circle", "word", "filter")),
    *(f"page: {word}" for word in ("filter", "change", "word", "tag")),
    *(f"answers: {kind}" for kind in ("tags", "circles", "reminders")),
)
TABLES: dict[str, tuple[Callable[[Cast], Table], Table]] = {
    "gone": (gone, GONE),
    "whose": (whose, dict.fromkeys(WHOSE, "1 0")),
    "contact": (contact, dict.fromkeys(("reply", "mention", "reaction"), "1 0")),
}
