"""A team and its applicants: Ada leads, one of each lesser part, Cy and others have applied."""

from dataclasses import dataclass
from typing import Any

from collegium.applications.models import Application
from collegium.applications.tests.scene import application, question
from collegium.career.models import Item
from collegium.members.models import Member
from collegium.openings.models import Opening, OpeningSkill, Part
from collegium.openings.tests.scene import led, seated
from collegium.skills.models import Skill
from collegium.testing.cast import Cast, make_member


@dataclass
class Scene:
    """Everybody around one opening."""

    opening: Opening
    lead: Member
    recruiter: Member
    interviewer: Member
    observer: Member
    applicant: Member
    application: Application

    @property
    def root(self) -> str:
        """Address of the pipeline."""
        return f"{self.opening.path}hiring/"

    @property
    def page(self) -> str:
        """Address of the application."""
        return f"{self.root}{self.application.pk}/"

    def fresh(self) -> Application:
        """The application as the database has it."""
        return Application.objects.select_related("opening__organization", "applicant").get(pk=self.application.pk)


def make_scene(cast: Cast, **values: Any) -> Scene:
    """An opening that Ada leads, to which Cy has applied."""
    row = led(cast.ada, **values)
    seats = {
        name: seated(row, make_member(full), part)
        for name, full, part in (
            ("recruiter", "Rita Recruits", Part.RECRUITER),
            ("interviewer", "Ines Interviews", Part.INTERVIEWER),
            ("observer", "Ole Observes", Part.OBSERVER),
        )
    }
    question(row)
    made = applied(row, cast.cy)
    return Scene(opening=row, lead=cast.ada, applicant=cast.cy, application=made, **seats)


def applied(row: Opening, member: Member, **changes: Any) -> Application:
    """She applies, answering yes to everything."""
    answers = {each.pk: "yes" for each in row.questions.all()}
    return application(row, member, answers=answers, **changes)


def crowd(row: Opening, number: int, prefix: str = "Pat") -> list[Application]:
    """So many apply."""
    return [applied(row, make_member(f"{prefix} {'abcdefghijklmnop'[place % 16]}{place}")) for place in range(number)]


def skilled(row: Opening, member: Member, name: str = "Welding") -> None:
    """The opening needs it."""
    skill, _new = Skill.objects.get_or_create(name=name)
    OpeningSkill.objects.get_or_create(opening=row, skill=skill, defaults={"required": True, "place": 0})


def career(member: Member, **values: Any) -> Item:
    """A position of hers."""
    given = {"section": "positions", "title": "Smith", "organization_name": "Forge", "started": "2019"}
    return Item.objects.create(member=member, **(given | values))
