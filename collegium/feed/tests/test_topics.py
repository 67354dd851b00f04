"""Topics: following them, and making two of them one."""

import pytest

from collegium.accounts.models import User
from collegium.audience.level import Level
from collegium.feed import actions, timeline
from collegium.feed.models import Facet, Mix, Topic, TopicFollow
from collegium.feed.reading import actions as reading
from collegium.feed.tests.test_quiet import everything, topic
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.network import distance
from collegium.testing.cast import Cast
from collegium.ties.models import Distance

HTMX = {"HX-Request": "true"}


def make_owner(member: Member) -> Member:
    User.objects.filter(pk=member.user_id).update(role=User.Role.OWNER)
    return Member.objects.select_related("user").get(pk=member.pk)


def test_nothing_from_outside_comes_unless_asked(cast: Cast) -> None:
    post = actions.post(cast.di, "About #delft", audience=Level.MEMBERS)
    browser = cast.client("ada")
    assert everything(cast.ada) == []
    answer = browser.post("/topics/delft/following/", headers=HTMX).content.decode()
    assert "Unfollow" in answer
    assert everything(cast.ada) == [post.pk]
    page = browser.get("/").content.decode()
    assert page.index("Because you follow") < page.index(">About ")
    assert "#delft" in browser.get("/settings/topics/").content.decode()
    assert browser.post("/topics/delft/following/removal/")["Location"] == "/topics/delft/"
    assert everything(cast.ada) == []


@pytest.mark.parametrize(
    ("author", "level", "facet", "comes"),
    [
        ("di", Level.EVERYONE, Facet.PROFESSIONAL, True),
        ("di", Level.MEMBERS, Facet.PERSONAL, True),
        ("di", Level.NETWORK, Facet.PROFESSIONAL, False),
        ("cy", Level.NETWORK, Facet.PROFESSIONAL, True),
        ("cy", Level.CONNECTIONS, Facet.PROFESSIONAL, False),
        ("bo", Level.CONNECTIONS, Facet.PROFESSIONAL, True),
        ("bo", Level.ONLY_ME, Facet.PROFESSIONAL, False),
        ("ada", Level.ONLY_ME, Facet.PROFESSIONAL, True),
        ("ed", Level.EVERYONE, Facet.PROFESSIONAL, False),
        ("eve", Level.EVERYONE, Facet.PROFESSIONAL, False),
        ("hal", Level.MEMBERS, Facet.PROFESSIONAL, True),
        ("flo", Level.CONNECTIONS, Facet.PROFESSIONAL, False),
    ],
)
def test_what_comes_along_is_what_one_sees(cast: Cast, author: str, level: Level, facet: Facet, comes: bool) -> None:
    actions.post(cast.bo, "First of all #delft", audience=Level.ONLY_ME)
    reading.follow_topic(topic("delft"), by=cast.ada)
    post = actions.post(getattr(cast, author), "About #delft", audience=level, facet=facet)
    assert everything(cast.ada, Mix(member=cast.ada, sides=Mix.Sides.BOTH)) == ([post.pk] if comes else [])
    assert everything(cast.ada) == ([post.pk] if comes and facet == Facet.PROFESSIONAL else [])


@pytest.mark.parametrize(
    ("rung", "facet", "comes"),
    [
        (Distance.Rung.MUTED, Facet.PROFESSIONAL, False),
        (Distance.Rung.RESTRICTED, Facet.PROFESSIONAL, False),
        (Distance.Rung.WORK_ONLY, Facet.PERSONAL, False),
        (Distance.Rung.WORK_ONLY, Facet.PROFESSIONAL, True),
    ],
)
@pytest.mark.parametrize("author", ["bo", "di"])
def test_whom_she_keeps_away_does_not_come_along(
    cast: Cast, author: str, rung: Distance.Rung, facet: Facet, comes: bool
) -> None:
    post = actions.post(getattr(cast, author), "About #delft", audience=Level.MEMBERS, facet=facet)
    reading.follow_topic(topic("delft"), by=cast.ada)
    distance.set_rung(cast.ada, getattr(cast, author), rung)
    assert everything(cast.ada, Mix(member=cast.ada, sides=Mix.Sides.BOTH)) == ([post.pk] if comes else [])


def test_a_post_is_there_once_and_marked_only_for_its_topic(cast: Cast) -> None:
    actions.post(cast.bo, "About #delft and #dams", audience=Level.MEMBERS)
    far = actions.post(cast.di, "Also #delft and #dams", audience=Level.MEMBERS)
    for slug in ("delft", "dams"):
        reading.follow_topic(topic(slug), by=cast.ada)
    page = timeline.page(cast.ada, timeline.people_of(cast.ada), Mix(member=cast.ada))
    assert len(page.posts) == 2
    assert set(page.because) == {far.pk}
    assert page.because[far.pk] in ("delft", "dams")


def test_the_quiet_wins_over_the_followed(cast: Cast) -> None:
    actions.post(cast.di, "About #delft", audience=Level.MEMBERS)
    reading.follow_topic(topic("delft"), by=cast.ada)
    reading.mute_topic(topic("delft"), by=cast.ada)
    assert everything(cast.ada) == []


def test_a_block_ends_it_at_once(cast: Cast) -> None:
    post = actions.post(cast.di, "About #delft", audience=Level.MEMBERS)
    reading.follow_topic(topic("delft"), by=cast.ada)
    assert everything(cast.ada) == [post.pk]
    network.block(cast.di, cast.ada)
    assert everything(cast.ada) == []


def test_merged_topics_are_one_for_everybody(cast: Cast) -> None:
    owner = make_owner(cast.bo)
    old = actions.post(cast.di, "About #rowing", audience=Level.MEMBERS)
    new = actions.post(cast.di, "About #sculling", audience=Level.MEMBERS)
    actions.post(cast.di, "About #oars", audience=Level.MEMBERS)
    reading.follow_topic(topic("sculling"), by=cast.ada)
    browser = cast.client("bo")
    sent = {"topic": "#sculling", "into": "Rowing"}
    assert browser.post("/settings/topics/merging/", sent).status_code == 302
    assert everything(cast.ada) == [new.pk, old.pk]
    answer = cast.client("ada").get("/topics/sculling/")
    assert (answer.status_code, answer["Location"]) == (302, "/topics/rowing/")
    page = cast.client("ada").get("/topics/rowing/").content.decode()
    assert "Also called" in page
    assert page.count('class="post"') == 2
    later = actions.post(cast.di, "Again #Sculling", audience=Level.MEMBERS)
    assert everything(cast.ada) == [later.pk, new.pk, old.pk], "the other name leads on"
    reading.mute_topic(topic("sculling"), by=cast.ada)
    assert everything(cast.ada) == []
    reading.part(topic("sculling"), by=owner)
    assert cast.client("ada").get("/topics/sculling/").status_code == 200


def test_chains_are_resolved_and_circles_refused(cast: Cast) -> None:
    owner = make_owner(cast.bo)
    one, two, three, four = (topic(slug) for slug in ("one", "two", "three", "four"))
    reading.merge(one, two, by=owner)
    reading.merge(three, one, by=owner)
    assert Topic.objects.get(pk=three.pk).same_as == two
    reading.merge(two, four, by=owner)
    assert set(Topic.objects.filter(same_as=four)) == {one, two, three}
    for topic_, into in ((four, one), (one, four), (two, two), (one, three)):
        with pytest.raises(Conflict):
            reading.merge(topic_, into, by=owner)
    assert not Topic.objects.filter(same_as__same_as__isnull=False).exists()


@pytest.mark.parametrize("name", ["ada", "cy", "di"])
def test_only_owners_merge(cast: Cast, name: str) -> None:
    one, two = topic("one"), topic("two")
    browser = cast.client(name)
    assert browser.post("/settings/topics/merging/", {"topic": "one", "into": "two"}).status_code == 403
    assert browser.post("/topics/one/parting/").status_code == 403
    assert "Make them one" not in browser.get("/settings/topics/").content.decode()
    with pytest.raises(Refusal):
        reading.merge(one, two, by=getattr(cast, name))


def test_following_under_either_name_is_following_once(cast: Cast) -> None:
    owner = make_owner(cast.bo)
    for slug in ("rowing", "sculling"):
        reading.follow_topic(topic(slug), by=cast.ada)
    reading.merge(topic("sculling"), topic("rowing"), by=owner)
    page = cast.client("ada").get("/settings/topics/").content.decode()
    assert page.count(">#rowing</a>") == 1
    assert ">#sculling</a>" not in page
    reading.unfollow_topic(topic("sculling"), by=cast.ada)
    assert not TopicFollow.objects.exists()


@pytest.mark.parametrize("value", ["", "#", "\x00", "x" * 500, "nobody-wrote-this", "../..", "\u202e", "<b>"])
def test_hostile_names(cast: Cast, value: str) -> None:
    make_owner(cast.ada)
    browser = cast.client("ada")
    assert browser.post("/settings/topics/following/", {"name": value}).status_code == 422
    assert browser.post("/settings/topics/merging/", {"topic": value, "into": value}).status_code == 422
    assert browser.post("/topics/nobody-wrote-this/following/").status_code == 404
    assert browser.post("/topics/%00/quieting/", {"days": value}).status_code in (400, 404)
