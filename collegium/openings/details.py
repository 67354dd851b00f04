"""Everything that is said of an opening, as the form, the feeds that come in and the tests give it to the verbs."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from collegium.gazetteer.models import Place
from collegium.lib.refusal import Conflict
from collegium.lib.text import markdown
from collegium.members.models import Member
from collegium.openings.models import (
    LONGEST,
    Answer,
    Hidden,
    Kind,
    Opening,
    OpeningSkill,
    Period,
    Question,
    Seniority,
    Way,
)
from collegium.openings.models.openings import HTML_LIMIT
from collegium.openings.pay import yearly_euros
from collegium.organizations import naming
from collegium.skills.naming import resolve
from collegium.workplaces.domains import domain_of_record, is_public, native_domain

# What is no column of the row itself.
_BESIDE = frozenset({"required", "nice", "questions", "people", "organizations", "domains"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to applicants, with its rule (`models.Question`)."""

    words: str
    answer: str = Answer.YES_NO
    choices: tuple[str, ...] = ()
    required: bool = True
    must: bool = False
    least: Decimal | None = None
    passing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Details:
    """All of it.

    Attributes:
        title: what the post is called.
        text: cleaned Markdown.
        way: a `models.Way`.
        place: as it was written.
        town: the place of the gazetteer that is meant.
        country: where the work is done, two capitals; "" where it is remote or the town says it.
        countries: remote from where; none is from anywhere.
        kind: a `models.Kind`.
        seniority: a `models.Seniority`.
        pay_low: the bottom of the range.
        pay_high: its top.
        currency: ISO 4217.
        period: a `models.Period`.
        vacancy: whether the post is free now; None while nobody has said.
        machine: whether a machine screens, sorts or chooses applicants; None while nobody has said.
        machine_words: what it does.
        members_only: whether only members read it.
        blind: whether names and pictures are hidden while applications are sifted.
        kept_days: so long after its end what an application held is kept.
        days: so long it stands once it is posted.
        required: names of skills that are needed, in order.
        nice: names of skills that would be nice.
        questions: in order.
        people: keys of members from whom it is hidden.
        organizations: names of organisations from whose people it is hidden.
        domains: domains of mail in ASCII, likewise.
    """

    title: str = ""
    text: str = ""
    way: str = Way.SITE
    place: str = ""
    town: Place | None = None
    country: str = ""
    countries: tuple[str, ...] = ()
    kind: str = Kind.FULL
    seniority: int = Seniority.MIDDLE
    pay_low: Decimal | None = None
    pay_high: Decimal | None = None
    currency: str = ""
    period: str = Period.YEAR
    vacancy: bool | None = None
    machine: bool | None = None
    machine_words: str = ""
    members_only: bool = False
    blind: bool = False
    kept_days: int = 180
    days: int = 60
    required: tuple[str, ...] = ()
    nice: tuple[str, ...] = ()
    questions: tuple[Asked, ...] = ()
    people: tuple[int, ...] = ()
    organizations: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()

    @property
    def columns(self) -> dict[str, Any]:
        """What the row says.

        Raises:
            Conflict: the text comes out longer than a page can be.
        """
        found = {name: getattr(self, name) for name in self.__dataclass_fields__ if name not in _BESIDE}
        hidden = bool(self.people or self.organizations or self.domains)
        found |= {"countries": list(self.countries), "html": html_of(self.text)}
        found |= {"members_only": self.members_only or hidden}
        found |= {"machine_words": self.machine_words if self.machine else ""}
        found |= {"yearly_euros": yearly_euros(self.pay_high, self.currency, self.period)}
        return found | self._where

    @property
    def _where(self) -> dict[str, Any]:
        """Where the work is done: a town says its country and its place on the globe."""
        remote, town = self.way == Way.REMOTE, self.town
        known = {"country": town.country, "region": town.region} if town else {"country": self.country, "region": ""}
        on_the_globe = {"latitude": town.latitude, "longitude": town.longitude} if town else {}
        return {
            "latitude": None,
            "longitude": None,
            **known,
            **on_the_globe,
            "countries": list(self.countries) if remote else [],
        }


def html_of(text: str) -> str:
    """The text as readers get it.

    Raises:
        Conflict: it comes out longer than a page can be.
    """
    try:
        made = str(markdown.render(text).html) if text else ""
    except markdown.TooMuch:
        made = " " * (HTML_LIMIT + 1)
    if len(made) > HTML_LIMIT:
        raise Conflict(_("The tables or lists of this text are larger than a page can be."))
    return made


def of(opening: Opening) -> Details:
    """What is said of an opening that is there."""
    names = [name for name in Details.__dataclass_fields__ if name not in _BESIDE]
    said = {name: getattr(opening, name) for name in names} | {"countries": tuple(opening.countries)}
    rows = list(opening.opening_skills.order_by("place").values_list("skill__name", "required"))
    hidden = list(opening.hidden.order_by("pk"))
    return Details(
        **said,
        required=tuple(name for name, required in rows if required),
        nice=tuple(name for name, required in rows if not required),
        questions=tuple(_asked(row) for row in opening.questions.order_by("place")),
        people=tuple(row.person_id for row in hidden if row.person_id is not None),
        organizations=tuple(row.name for row in hidden if row.name),
        domains=tuple(row.domain for row in hidden if row.what == Hidden.What.DOMAIN),
    )


def _asked(row: Question) -> Asked:
    return Asked(row.words, row.answer, tuple(row.choices), row.required, row.must, row.least, tuple(row.passing))


def keep_beside(opening: Opening, details: Details, *, questions: bool = True) -> None:
    """Make skills, questions and those from whom it is hidden exactly these; inside a verb that holds the opening.

    Args:
        opening: held.
        details: what is said of it.
        questions: whether the questions may still change.
    """
    keep_skills(opening, details.required, details.nice)
    _keep_hidden(opening, details)
    if questions:
        _keep_questions(opening, details.questions)


def keep_skills(opening: Opening, required: Iterable[str], nice: Iterable[str]) -> None:
    """Each skill once; one that is needed is not nice to have besides."""
    needed, wished = list(required), list(nice)
    meant = resolve([*needed, *wished])
    wanted: dict[int, bool] = {meant[name].pk: True for name in needed if name in meant}
    for name in wished:
        if name in meant:
            wanted.setdefault(meant[name].pk, False)
    OpeningSkill.objects.filter(opening=opening).delete()
    OpeningSkill.objects.bulk_create(
        OpeningSkill(opening=opening, skill_id=key, required=needs, place=place)
        for place, (key, needs) in enumerate(wanted.items())
    )


def _keep_questions(opening: Opening, asked: Iterable[Asked]) -> None:
    """Exactly these; where nothing about them changed the rows stay as they are."""
    wanted = list(asked)
    if [_asked(row) for row in opening.questions.order_by("place")] == wanted:
        return
    Question.objects.filter(opening=opening).delete()
    Question.objects.bulk_create(_question(opening, place, each) for place, each in enumerate(wanted))


def _question(opening: Opening, place: int, asked: Asked) -> Question:
    said: dict[str, Any] = {name: getattr(asked, name) for name in asked.__dataclass_fields__}
    lists = {"choices": list(asked.choices), "passing": list(asked.passing)}
    return Question(opening=opening, place=place, **said | lists)


def _keep_hidden(opening: Opening, details: Details) -> None:
    """Whoever is at an organisation is meant with its mail domain too, where that is known and its own."""
    Hidden.objects.filter(opening=opening).delete()
    records = naming.find(details.organizations)
    rows = [Hidden(opening=opening, what="person", person=each) for each in _people(details.people)]
    for name in details.organizations:
        found = records.get(name)
        domain = domain_of_record(found)
        domain = "" if is_public(domain) else domain
        native = native_domain(domain) if domain else ""
        rows.append(
            Hidden(
                opening=opening,
                what="organization",
                organization=found,
                name=name,
                domain=domain,
                native_domain=native,
            )
        )
    for mail in details.domains:
        rows += [Hidden(opening=opening, what="domain", domain=mail, native_domain=native_domain(mail))]
    Hidden.objects.bulk_create(rows, ignore_conflicts=True)


def _people(keys: Iterable[int]) -> list[Member]:
    return list(Member.objects.filter(pk__in=list(keys)))


def tells_the_same(one: Details, other: Details) -> bool:
    """Whether readers learn the same from both, so that nothing needs to be marked as changed."""
    quiet = {name: getattr(one, name) for name in ("members_only", "blind", "kept_days", "days")}
    return replace(other, people=one.people, organizations=one.organizations, domains=one.domains, **quiet) == one


def days(details: Details) -> timedelta:
    """So long it stands, at most as long as any may."""
    return min(timedelta(days=details.days), LONGEST)


def copied(opening: Opening) -> Details:
    """What a clone begins with: all of it, but for what has to be said anew about the new post."""
    return replace(of(opening), vacancy=None)
