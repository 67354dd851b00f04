"""The ladder of nearness: what each rung does on both sides, that it can be taken back, and that nobody is told."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from collegium.audience.level import Level
from collegium.career import actions as career
from collegium.career.models import Contact
from collegium.career.sections import Part
from collegium.feed import actions as feed
from collegium.feed.models import Facet, Mix, Post
from collegium.journal.models import Entry
from collegium.lib.refusal import Refusal
from collegium.members.models import Member
from collegium.network import actions
from collegium.network.distance import Rung, rungs, set_rung, set_rung_many
from collegium.network.partings.part import part
from collegium.network.tests.reading import bare, read
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast, client_of, connect, make_member
from collegium.testing.fixtures import queries
from collegium.ties.models import Block, Distance
from collegium.vouching import actions as vouching

HX = {"HX-Request": "true"}
# The key of a form, and a moment: fresh with every answer.
FRESH = re.compile(rb'[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|datetime="[^"]*"')
WORDS = {None: "near", Rung.MUTED: "muted", Rung.WORK_ONLY: "work", Rung.RESTRICTED: "restricted"}


def at(person: Member, other: Member) -> Rung | None:
    return rungs(person, [other.pk]).get(other.pk)


def test_every_rung_from_the_page_and_back_by_the_toast(cast: Cast) -> None:
    ada = cast.client("ada")
    before: Rung | None = None
    for rung, word in [*WORDS.items(), (None, "near")]:
        page = ada.get("/network/with/bo-okafor/distance/")
        assert page.status_code == 200
        assert page.text.count('aria-current="step"') == 1
        answer = ada.post(f"/network/with/bo-okafor/distance/{word}/", follow=True)
        assert at(cast.ada, cast.bo) == rung
        undo = f"/network/with/bo-okafor/distance/{WORDS[before]}/"
        assert (undo in answer.text) == (rung != before)
        ada.post(undo)
        assert at(cast.ada, cast.bo) == before
        ada.post(f"/network/with/bo-okafor/distance/{word}/")
        before = rung
    assert not Distance.objects.exists()
    assert ada.post("/network/with/bo-okafor/distance/gone/").status_code == 404
    assert ada.get("/network/with/ed-novak/distance/").status_code == 404
    assert ada.get("/network/with/ada-lindqvist/distance/").status_code == 404


def test_in_the_dialog_the_buttons_beside_the_name_follow(cast: Cast) -> None:
    ada = cast.client("ada")
    assert "<html" not in ada.get("/network/with/bo-okafor/distance/", headers=HX).text
    answer = ada.post("/network/with/bo-okafor/distance/restricted/", {"in": "dialog"}, headers=HX)
    assert (answer.headers["HX-Reswap"], answer.headers["HX-Trigger"]) == ("none", "dialog:close")
    assert "Restricted" in answer.text
    assert "Restricted" in read(ada.get("/network/with/bo-okafor/"))
    assert "Restricted" not in read(cast.client("bo").get("/network/with/ada-lindqvist/"))


def test_many_at_once_and_back(cast: Cast) -> None:
    people = [cast.bo, cast.cy, cast.di]
    set_rung(cast.ada, cast.cy, Rung.MUTED)
    before = set_rung_many(cast.ada, people, Rung.RESTRICTED)
    assert before == {cast.bo.pk: None, cast.cy.pk: Rung.MUTED, cast.di.pk: None}
    assert set(rungs(cast.ada, [each.pk for each in people]).values()) == {Rung.RESTRICTED}
    entries = Entry.objects.filter(kind="network.distanced").count()
    assert set_rung_many(cast.ada, people, Rung.RESTRICTED) == {each.pk: Rung.RESTRICTED for each in people}
    assert Entry.objects.filter(kind="network.distanced").count() == entries, "what is so already is not recorded"
    one = queries(lambda: set_rung_many(cast.ada, people[:1], Rung.MUTED))
    assert len(one) == len(queries(lambda: set_rung_many(cast.ada, people[1:], Rung.MUTED)))
    with pytest.raises(Refusal):
        set_rung(cast.ada, cast.ada, Rung.MUTED)
    Member.objects.filter(pk=cast.ada.pk).update(standing="suspended")
    with pytest.raises(Refusal):
        set_rung(cast.ada, cast.bo, None)


def test_how_long_a_rung_lasts(cast: Cast) -> None:
    set_rung(cast.ada, cast.bo, Rung.RESTRICTED)
    actions.disconnect(cast.bo, cast.ada)
    connect(cast.bo, cast.ada)
    assert at(cast.ada, cast.bo) == Rung.RESTRICTED, "her wish outlives the connection"
    set_rung(cast.bo, cast.ada, Rung.MUTED)
    actions.block(cast.ada, cast.bo)
    actions.unblock(cast.ada, cast.bo)
    assert at(cast.ada, cast.bo) is None, "a block ends it"
    assert at(cast.bo, cast.ada) == Rung.MUTED, "his is his"
    assert not Block.objects.filter(blocked=cast.bo).exists()


# What of Bo's comes to Ada's home, by what Ada keeps him at.   work  personal
HOME = {None: (1, 1), Rung.MUTED: (0, 0), Rung.WORK_ONLY: (1, 0), Rung.RESTRICTED: (0, 0)}
# What of Ada's Bo sees, by what she keeps him at, for connections only.
SEEN = {None: (1, 1), Rung.MUTED: (1, 1), Rung.WORK_ONLY: (1, 0), Rung.RESTRICTED: (0, 0)}


@pytest.mark.parametrize("rung", list(WORDS), ids=str)
def test_home_and_sight(cast: Cast, rung: Rung | None) -> None:
    for who, name in ((cast.ada, "hers"), (cast.bo, "his")):
        for facet in Facet:
            feed.post(who, f"canary-{name}-{facet}", facet=facet, audience=Level.CONNECTIONS)
    for reader in (cast.ada, cast.bo):
        Mix.objects.create(member=reader, sides=Mix.Sides.BOTH)
    set_rung(cast.ada, cast.bo, rung)
    home = cast.client("ada").get("/").text
    assert tuple(int(f"canary-his-{facet}" in home) for facet in Facet) == HOME[rung]
    assert "canary-hers-personal" in home
    lists = [cast.client("ada").get(f"/in/bo-okafor/posts/?side={facet}").text for facet in Facet]
    assert all(f"canary-his-{facet}" in page for facet, page in zip(Facet, lists, strict=True)), "it stays open"
    bo = cast.client("bo")
    for places in (["/"], [f"/in/ada-lindqvist/posts/?side={facet}" for facet in Facet]):
        text, place = "".join(bo.get(each).text for each in places), places[0]
        assert tuple(int(f"canary-hers-{facet}" in text) for facet in Facet) == SEEN[rung], place
        assert all(f"canary-his-{facet}" in cast.client("bo").get("/").text for facet in Facet)
    opened = [bo.get(post.path).status_code == 200 for post in Post.objects.filter(author=cast.ada).order_by("pk")]
    assert tuple(map(int, opened)) == SEEN[rung]


#  What Ada is told of what Bo does: on a professional post of hers, and on a personal one, for all members.
#        reacts  comments  replies  mentions      (professional, personal)
TOLD = {
    None: "11 11 11 11",
    Rung.MUTED: "00 00 11 11",
    Rung.WORK_ONLY: "10 10 11 11",
    Rung.RESTRICTED: "00 00 00 00",
}


@pytest.mark.parametrize("rung", list(WORDS), ids=str)
def test_what_is_told(cast: Cast, hear: Callable[[], None], rung: Rung | None) -> None:
    hear()
    set_rung(cast.ada, cast.bo, rung)
    cells = {}
    for facet in Facet:
        post = feed.post(cast.ada, "words", facet=facet, audience=Level.MEMBERS)
        theirs = feed.post(cast.cy, "words", facet=facet, audience=Level.MEMBERS)
        hers = feed.comment(theirs, "words", by=cast.ada)
        acts: dict[str, Callable[[], object]] = {
            "reacts": lambda post=post: feed.react(post, "love", by=cast.bo),
            "comments": lambda post=post: feed.comment(post, "words", by=cast.bo),
            "replies": lambda theirs=theirs, hers=hers: feed.comment(theirs, "words", by=cast.bo, parent=hers),
            "mentions": lambda theirs=theirs: feed.comment(theirs, "@ada-lindqvist", by=cast.bo),
        }
        for name, act in acts.items():
            before = Notification.objects.filter(recipient=cast.ada).count()
            act()
            hear()
            cells[name, facet] = Notification.objects.filter(recipient=cast.ada).count() - before
    found = " ".join("".join(str(cells[name, facet]) for facet in Facet) for name in acts)
    assert found == TOLD[rung]


def test_the_page_names_real_numbers(cast: Cast) -> None:
    for facet in (Facet.PERSONAL, Facet.PERSONAL, Facet.PROFESSIONAL):
        feed.post(cast.ada, "words", facet=facet, audience=Level.CONNECTIONS)
    feed.post(cast.ada, "words", facet=Facet.PERSONAL, audience=Level.MEMBERS)
    feed.post(cast.bo, "words", audience=Level.CONNECTIONS)
    career.set_audience(cast.ada, Part.SKILLS, Level.CONNECTIONS)
    page = read(cast.client("ada").get("/network/with/bo-okafor/distance/"))
    for sentence in (
        "2 personal posts of yours are no longer shown to Bo Okafor.",
        "3 posts of yours are no longer shown to Bo Okafor.",
        "These parts of your page close to Bo Okafor: Skills.",
        "1 post of the last 30 days would not have come.",
        "Nothing changes for Bo Okafor.",
    ):
        assert sentence in page, sentence
    question = read(cast.client("ada").get("/network/with/bo-okafor/removal/"))
    assert "1 post by Bo Okafor up to now is no longer shown to you." in question
    assert "3 posts of yours are no longer shown to Bo Okafor." in question
    set_rung(cast.bo, cast.ada, Rung.RESTRICTED)
    question = read(cast.client("ada").get("/network/with/bo-okafor/removal/"))
    assert "up to now" not in question, "what he keeps from her is not counted before her"


def test_who_is_restricted_finds_what_any_member_finds(cast: Cast) -> None:
    """Pages of Ada, as Bo finds them restricted and as Di, who was never involved, does."""
    career.set_audience(cast.ada, Part.SKILLS, Level.CONNECTIONS)
    career.add_skills(cast.ada, ["Python"])
    career.put_contact(cast.ada, kind=Contact.Kind.PHONE, value="+46701234567", audience=Level.CONNECTIONS)
    Member.objects.filter(pk=cast.ada.pk).update(connections_audience=3)
    set_rung(cast.ada, cast.bo, Rung.RESTRICTED)
    for person, sees in (("bo", False), ("di", False)):
        page = cast.client(person).get("/in/ada-lindqvist/")
        assert ("Python" in page.text) is sees
        assert ("+46701234567" in page.text or "70 123 45 67" in page.text) is sees
        assert cast.client(person).get("/in/ada-lindqvist/connections/").status_code == 404
    assert "Ada Lindqvist" in read(cast.client("bo").get("/network/people/"))
    set_rung(cast.ada, cast.bo, None)
    assert "Python" in cast.client("bo").get("/in/ada-lindqvist/").text


PAGES = (
    "/",
    "/in/ada-lindqvist/",
    "/in/ada-lindqvist/posts/",
    "/network/",
    "/network/people/",
    "/network/following/",
    "/network/followers/",
    "/network/with/ada-lindqvist/",
    "/network/with/ada-lindqvist/distance/",
    "/network/with/ada-lindqvist/removal/",
    "/network/with/ada-lindqvist/block/",
    "/notifications/",
    "/search/?q=ada",
    "/search/suggestions/?q=ada",
)


def pages(browser: Client) -> list[tuple[int, bytes]]:
    """What somebody can look at, without what is fresh with every answer."""
    answers = [browser.get(path) for path in PAGES]
    return [(answer.status_code, FRESH.sub(b"", bare(answer))) for answer in answers]


@pytest.mark.parametrize("rung", [Rung.MUTED, Rung.WORK_ONLY, Rung.RESTRICTED], ids=str)
@pytest.mark.parametrize("name", ["bo", "cy", "di"])
def test_nothing_signals_a_rung(cast: Cast, hear: Callable[[], None], name: str, rung: Rung) -> None:
    """Byte for byte what the other finds at a rung is what he finds without; Ada shares nothing beyond members here."""
    feed.post(cast.ada, "words", audience=Level.MEMBERS)
    feed.post(cast.ada, "words", audience=Level.MEMBERS, facet=Facet.PERSONAL)
    hear()
    other: Member = getattr(cast, name)
    browser = cast.client(name)

    pages(browser)
    before, told = pages(browser), Notification.objects.filter(recipient=other).count()
    set_rung(cast.ada, other, rung)
    hear()
    for path, was, now in zip(PAGES, before, pages(browser), strict=True):
        assert was == now, path
    assert Notification.objects.filter(recipient=other).count() == told


@pytest.mark.parametrize("how", ["removed", "removed with words", "at a rung before"])
def test_who_was_removed_finds_what_was_there_before_they_met(cast: Cast, hear: Callable[[], None], how: str) -> None:
    """Byte for byte, notices and all: a connection that Ada ended looks as if it had never been."""
    kim = make_member("Kim Lund")
    connect(kim, cast.bo)
    feed.post(cast.ada, "words", audience=Level.CONNECTIONS)
    feed.post(cast.bo, "words", audience=Level.CONNECTIONS)
    hear()
    browser = client_of(kim)
    pages(browser)
    before = pages(browser)
    connect(cast.ada, kim)
    if how != "removed":  # what stands is a listed fact
        vouching.endorse(career.add_skills(kim, ["Tides"])[0], by=cast.ada)
    hear()
    assert pages(browser) != before
    if how == "at a rung before":
        set_rung(cast.ada, kim, Rung.RESTRICTED)
    part(cast.ada, [kim], withdraw_words=how != "removed")
    hear()
    for path, was, now in zip(PAGES, before, pages(browser), strict=True):
        assert was == now, path
