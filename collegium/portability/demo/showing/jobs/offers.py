"""The openings of the demo community: nine posts of pages and of plain records, with what they pay."""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from collegium.gazetteer import places
from collegium.openings import actions
from collegium.openings.details import Asked, Details
from collegium.openings.models import Answer, Kind, Opening, Period, Seniority, Way
from collegium.organizations.models import Organization
from collegium.pages.actions import working
from collegium.pages.models import Part
from collegium.portability.demo.showing.jobs.past import then
from collegium.portability.demo.showing.people import Stage

WORDS = Path(__file__).parents[1] / "words" / "jobs"
REGISTERED = Asked(
    "Are you registered as a nurse in the United Kingdom, or will you be within three months?",
    Answer.YES_NO,
    must=True,
    passing=("yes",),
)
NIGHTS = Asked("How many nights a month would be right for you?", Answer.NUMBER)
SWIMS = Asked("Can you swim two hundred metres?", Answer.YES_NO, must=True, passing=("yes",))
STAIR = Asked("Which stair would you show us first, and why?", Answer.TEXT)


@dataclass(frozen=True)
class Post:
    """One post: of whom, by whom, since when, for what pay; the text stands under its name."""

    house: str
    poster: str
    days: float
    title: str
    town: tuple[str, str]
    pay: tuple[int, int, str, Period]
    needed: tuple[str, ...]
    nice: tuple[str, ...]
    seniority: Seniority = Seniority.MIDDLE
    way: Way = Way.SITE
    more: dict[str, Any] = field(default_factory=dict)


POSTS = {
    "ward": Post(
        "Thameside Infirmary", "kofi-mensah", 19, "Staff nurse, acute medicine", ("London", "GB"),
        (37_300, 45_400, "GBP", Period.YEAR),
        ("Nursing", "Medication management", "Infection control", "Clinical documentation"),
        ("Rota planning", "Mentoring"), Seniority.JUNIOR, more={"questions": (REGISTERED, NIGHTS)},
    ),
    "nights": Post(
        "Thameside Infirmary", "kofi-mensah", 3.2, "Charge nurse, nights", ("London", "GB"),
        (46_100, 55_000, "GBP", Period.YEAR), ("Nursing", "Leadership", "Emergency medicine"),
        ("Conflict resolution", "Rota planning"), Seniority.SENIOR, more={"blind": True},
    ),
    "dams": Post(
        "Västra Vattenkraft", "ada-lindqvist", 12.4, "Dam safety engineer, instrumentation", ("Trollhättan", "SE"),
        (46_000, 58_000, "SEK", Period.MONTH), ("Dam safety", "Instrumentation", "Geotechnical engineering"),
        ("Python", "Hydraulics", "Technical writing"), way=Way.HYBRID,
    ),
    "summer": Post(
        "Västra Vattenkraft", "henrik-sjoberg", 6.1, "Summer technician, gauges", ("Trollhättan", "SE"),
        (28_500, 31_500, "SEK", Period.MONTH), ("Field measurements",), ("Hydrology", "Microsoft Excel"),
        Seniority.ENTRY, more={"kind": Kind.INTERNSHIP, "questions": (SWIMS,), "kept_days": 90},
    ),
    "timber": Post(
        "榕樹建築師事務所", "mei-ling-chen", 9.3, "Project architect, timber", ("Taipei", "TW"),
        (72_000, 98_000, "TWD", Period.MONTH), ("Architecture", "Timber construction", "Building regulations"),
        ("Model making", "Rhino", "Construction management"), Seniority.SENIOR,
    ),
    "port": Post(
        "Hafenlogistik Elbe", "nils-bergmann", 4.7, "Python developer, port databases", ("Hamburg", "DE"),
        (62_000, 78_000, "EUR", Period.YEAR), ("Python", "PostgreSQL", "SQL"), ("Linux", "Django", "Test automation"),
        way=Way.HYBRID,
    ),
    "access": Post(
        "Setu Software", "sunita-rao", 14.8, "Accessibility engineer", ("", ""),
        (1_900_000, 2_700_000, "INR", Period.YEAR), ("Accessibility", "HTML", "CSS", "JavaScript"),
        ("Technical writing", "Teaching"), way=Way.REMOTE, more={"countries": ("IN",)},
    ),
    "barrier": Post(
        "Deltawacht", "pieter-van-der-meer", 2.3, "Maintenance engineer, storm surge barrier", ("Delft", "NL"),
        (4_300, 5_700, "EUR", Period.MONTH), ("Hydraulics", "Risk management"),
        ("Instrumentation", "Dam safety", "Project management"),
    ),
    "stairs": Post(
        "Trapp & Trinn", "helena-dahl", 8.6, "Architect, a study of stairs in libraries", ("", ""),
        (380, 450, "NOK", Period.HOUR), ("Architecture", "Sketching"), ("Photography", "Research", "Teaching"),
        way=Way.REMOTE, more={"kind": Kind.CONTRACT, "questions": (STAIR,)},
    ),
}  # fmt: skip


def posted(stage: Stage) -> dict[str, Opening]:
    """Every post drafted and offered by whoever hires for it, one after the other."""
    _recruiter(stage)
    order = sorted(POSTS.items(), key=lambda pair: -pair[1].days)
    return {name: _posted(stage, name, post) for name, post in order}


def _recruiter(stage: Stage) -> None:
    """Kofi hires for the infirmary, by the part that the one who leads its page gave him."""
    house = Organization.objects.get(name="Thameside Infirmary")
    with then(stage, 60):
        working.offer(house, stage.kofi, Part.RECRUITER, by=stage["lucy-morgan"])
        working.accept(house, Part.RECRUITER, by=stage.kofi)


def _posted(stage: Stage, name: str, post: Post) -> Opening:
    by, house = stage[post.poster], Organization.objects.get(name=post.house)
    with then(stage, post.days + 0.2):
        row = actions.draft(by, house, _details(name, post))
    with then(stage, post.days):
        return actions.post(row, by=by)


def _details(name: str, post: Post) -> Details:
    low, high, currency, period = post.pay
    town = places.find(post.town[0], post.town[1])[0] if post.town[0] else None
    return Details(
        title=post.title,
        text=(WORDS / f"{name}.md").read_text(encoding="utf-8").strip(),
        way=post.way,
        place=post.town[0],
        town=town,
        seniority=post.seniority,
        pay_low=Decimal(low),
        pay_high=Decimal(high),
        currency=currency,
        period=period,
        vacancy=True,
        machine=False,
        required=post.needed,
        nice=post.nice,
        **post.more,
    )
