"""Pages of organisations: proved, worked on, followed, with people who work or studied there, and a disputed claim."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from collegium.career import actions as careers
from collegium.career.document import Draft
from collegium.career.models import Item
from collegium.career.sections import Section
from collegium.feed import actions as feed
from collegium.feed.models import Post
from collegium.members.models import Member
from collegium.organizations.domains import domain_of
from collegium.organizations.models import Organization
from collegium.pages.actions import claiming, disputing, editing, working
from collegium.pages.models import Claim, Follow, Opened, Part
from collegium.portability.demo.showing.people import Stage

VISITED_DAYS = 40


@dataclass(frozen=True)
class House:
    """An organisation and who works on its page."""

    name: str
    sign: str
    administrator: str
    values: dict[str, Any] = field(default_factory=dict)
    cover: str = ""
    others: Sequence[tuple[str, Part]] = ()
    people: Sequence[tuple[str, Section, str, str, str]] = ()


WATER = House(
    "Västra Vattenkraft",
    "gate",
    "ada-lindqvist",
    {"industry": "energy", "size": "201-500", "founded": 1910, "places": ["Lilla Edet, Sweden", "Vargön, Sweden"]},
    cover="gate, wide",
    others=(("elin-gustafsson", Part.CONTENT), ("henrik-sjoberg", Part.RECRUITER)),
    people=(
        ("elin-gustafsson", Section.POSITIONS, "Gate keeper, north", "2012", "2016"),
        ("henrik-sjoberg", Section.POSITIONS, "Ice observer", "2014", "2018"),
        ("erik-lundgren", Section.POSITIONS, "Summer technician", "2010", "2011"),
        ("pieter-van-der-meer", Section.POSITIONS, "Visiting engineer", "2017", "2018"),
        ("katri-lehtonen", Section.POSITIONS, "Software for the control room", "2015", "2019"),
        ("sven-aldenhoff", Section.POSITIONS, "Director of dams", "2001", "2009"),
    ),
)
WARD = House(
    "Thameside Infirmary",
    "door",
    "lucy-morgan",
    {"industry": "health", "size": "1001-5000", "founded": 1871},
    cover="door, wide",
    others=(("kofi-mensah", Part.CONTENT), ("amara-okafor", Part.ANALYST)),
    people=(
        ("lucy-morgan", Section.POSITIONS, "Sister in charge, nights", "2008", "2014"),
        ("amara-okafor", Section.POSITIONS, "Staff nurse", "2016", "2019"),
        ("maria-santos", Section.POSITIONS, "Staff nurse", "2013", "2017"),
        ("samir-patel", Section.POSITIONS, "Pharmacist", "2011", "2015"),
        ("priya-nair", Section.POSITIONS, "Staff nurse", "2015", "2020"),
        ("grace-achieng", Section.POSITIONS, "Student nurse", "2009", "2010"),
    ),
)
SCHOOL = House(
    "Lidingsberg Institute of Technology",
    "roof",
    "sofia-andersson",
    {"industry": "higher-education", "size": "501-1000", "founded": 1877},
    people=tuple(
        (who, Section.EDUCATION, subject, str(year), str(year + 2))
        for who, subject, year in (
            ("erik-lundgren", "Hydraulic engineering", 2006),
            ("elin-gustafsson", "Hydraulic engineering", 2008),
            ("henrik-sjoberg", "Cold climates", 2004),
            ("sofia-andersson", "Hydrology", 2007),
            ("ingeborg-lie", "Soil mechanics", 2009),
            ("karin-ostby", "Cold climates", 2011),
            ("noor-de-vries", "Hydraulic engineering", 2012),
            ("sven-aldenhoff", "Soil mechanics", 1994),
            ("hanna-virtanen", "Timber engineering", 2013),
            ("filip-andersen", "Cold climates", 2010),
        )
    ),
)
STUDIO = House(
    "榕樹建築師事務所",
    "stair",
    "mei-ling-chen",
    {"industry": "architecture", "size": "11-50", "founded": 2009},
    others=(("cheng-yu-huang", Part.CONTENT),),
    people=(
        ("cheng-yu-huang", Section.POSITIONS, "Site architect", "2018", "2021"),
        ("li-hong-mei", Section.POSITIONS, "Timber consultant", "2016", "2019"),
        ("takeshi-mori", Section.POSITIONS, "Guest carpenter", "2019", "2019"),
    ),
)
HOUSES = (WATER, WARD, SCHOOL, STUDIO)


def pages(stage: Stage, drawn: dict[str, str]) -> dict[str, Organization]:
    """Every house with its page, by its name."""
    found = {house.name: _page(stage, house, drawn, days=200 - 30 * n) for n, house in enumerate(HOUSES)}
    _followed(stage, found)
    _spoken(stage, found)
    _disputed(stage, found[WATER.name])
    return found


def _page(stage: Stage, house: House, drawn: dict[str, str], *, days: float) -> Organization:
    """Prove its domain, say what it is, hang up its sign, share the work."""
    boss = stage[house.administrator]
    row = Organization.objects.get(name=house.name)
    for who, section, title, began, ended in house.people:
        careers.take(stage[who], [_draft(section, title, house.name, began, ended)])
    with stage.past.ago(days=days):
        claim = claiming.claim(row, domain_of(row.website), by=boss)
        claiming.prove(claim, Claim.Way.DNS, by=boss)
    row = editing.edit(row, by=boss, **house.values)
    row = editing.put_picture(row, "photo", drawn[house.sign], by=boss)
    if house.cover:
        row = editing.put_picture(row, "cover", drawn[house.cover], by=boss)
    for who, part in house.others:
        working.offer(row, stage[who], part, by=boss)
        working.accept(row, part, by=stage[who])
    Organization.objects.filter(pk=row.pk).update(page_since=stage.past.now - timedelta(days=days))
    return row


def _draft(section: Section, title: str, house: str, began: str, ended: str) -> Draft:
    if section == Section.EDUCATION:
        return Draft(section, title="MSc", detail=title, organization_name=house, started=began, ended=ended)
    return Draft(section, title=title, organization_name=house, started=began, ended=ended)


def _followed(stage: Stage, found: dict[str, Organization]) -> None:
    """Many followers each, who came over half a year; and how often the page was opened."""
    rng, now = stage.rng, stage.past.now
    everybody = list(Member.objects.active().order_by("handle"))
    for row, many in zip(found.values(), (64, 81, 47, 38), strict=True):
        since = [now - timedelta(days=170 * rng.random() ** 1.5) for _each in range(many)]
        fans = zip(rng.sample(everybody, many), since, strict=True)
        Follow.objects.bulk_create(Follow(member=each, organization=row, since=at) for each, at in fans)
        Organization.objects.filter(pk=row.pk).update(follower_count=many)
        days = (now.date() - timedelta(days=n) for n in range(VISITED_DAYS))
        Opened.objects.bulk_create(Opened(organization=row, day=day, times=rng.randint(1, 14)) for day in days)


def _spoken(stage: Stage, found: dict[str, Organization]) -> None:
    """What the pages say, and say under what others say."""
    water, ward, school, studio = (found[house.name] for house in HOUSES)
    gates = _say(
        stage,
        water,
        "ada-lindqvist",
        "The north gate is closed for repair from Monday. The lake will stand forty centimetres higher for a month; "
        "jetties are to be tied longer. The map of the shore is at every library along the lake.",
        days=2.6,
    )
    stage.answers(gates, days=2.6, said=(("erik-lundgren", "Does that include the old jetty at Åkersvass?"),))
    with stage.past.ago(days=2.5):
        feed.comment(gates, "It does. We will tie that one ourselves.", by=stage["elin-gustafsson"], page=water)
    _say(
        stage,
        water,
        "elin-gustafsson",
        "Eleven dams, forty thousand readings in October, two that nobody could explain. Both were spiders.",
        days=9.2,
    )
    _say(
        stage,
        ward,
        "kofi-mensah",
        "The garden on the roof of the old laundry is open again, every day until dusk. Ask for the small lift.",
        days=1.4,
    )
    _say(
        stage,
        school,
        "sofia-andersson",
        "Six evenings on old dams begin again in February. The first is about what to write down. Anybody may sit "
        "at the back.",
        days=4.1,
    )
    _say(
        stage, studio, "mei-ling-chen", "樓梯下的閱讀室今天滿三歲。The room under the stair is three today.", days=3.5,
    )  # fmt: skip


def _say(stage: Stage, page: Organization, who: str, body: str, *, days: float) -> Post:
    """One post as a page, which some of those who follow it like."""
    with stage.past.ago(days=days):
        post = feed.post(stage[who], body, page=page)
    fans = list(
        Member.objects.filter(pk__in=Follow.objects.filter(organization=page).values("member")).order_by("handle")
    )
    stage.felt(post, stage.rng.sample(fans, 9))
    return post


def _disputed(stage: Stage, water: Organization) -> None:
    """Somebody says he was its director; the page does not know him as one. He may answer for some days yet."""
    item = Item.objects.get(member=stage["sven-aldenhoff"], organization=water)
    with stage.past.ago(days=3):
        words = (
            "We have had three directors of dams since 1988. Mr Aldenhoff advised the second of them for two summers."
        )
        disputing.contest(water, item, words, by=stage.ada)
