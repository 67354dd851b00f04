"""A profile goes out as JSON Resume, comes into a fresh account, and goes out again the same."""

import json
from dataclasses import asdict, replace

import pytest
from hypothesis import HealthCheck, given, settings

from collegium.audience.viewer import Viewer
from collegium.career import actions
from collegium.career.document import Document
from collegium.members.models import Member
from collegium.resumes import jsonresume
from collegium.resumes.gathering import gathered
from collegium.resumes.tests import careers
from collegium.testing.cast import make_member

pytestmark = pytest.mark.django_db


def bring(member: Member, document: Document) -> None:
    actions.take(
        member,
        document.items,
        skills=document.skills,
        contacts=document.contacts,
        header=asdict(document.header),
    )


def take_out(member: Member) -> dict:
    fresh = Member.objects.get(pk=member.pk)
    _career, document = gathered(Viewer(fresh), fresh)
    resume = json.loads(json.dumps(jsonresume.dump(document, canonical=f"https://example.org{fresh.path}")))
    resume.pop("meta")
    return resume


def moved(document: Document) -> None:
    first, second = make_member("First Person"), make_member("Second Person")
    bring(first, document)
    there = take_out(first)
    understood, problems = jsonresume.load(json.dumps(there).encode())
    assert problems == []
    bring(second, understood)
    assert take_out(second) == there


def test_a_whole_career_moves(db):
    document = replace(careers.typical(), references=[])
    moved(document)
    first = Member.objects.get(name=document.header.name, handle__startswith="first")
    assert [row["name"] for row in take_out(first)["work"]] == ["Deltares", "Rijkswaterstaat"]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(careers.documents())
def test_made_up_careers_move(db, document):
    moved(document)
    Member.objects.all().delete()
