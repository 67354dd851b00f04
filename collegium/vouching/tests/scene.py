"""What the tests of this room begin with."""

from typing import Any

from collegium.career import actions as career
from collegium.career.models import Holding, Item
from collegium.career.sections import Section
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.testing.cast import Cast, connect
from collegium.vouching import actions
from collegium.vouching.models import Recommendation, Relationship

WORDS = "She found the fault that three of us had looked for, and explained it so that we laughed."


def skill(member: Member, name: str = "Python") -> Holding:
    """A skill of somebody."""
    return career.add_skills(member, [name])[0]


def job(member: Member, name: str = "Initech", started: str = "2019", ended: str = "2021") -> Item:
    """A position of somebody."""
    return career.add(member, Section.POSITIONS, title="Engineer", organization_name=name, started=started, ended=ended)


def recommend(author: Member, recipient: Member, **more: Any) -> Recommendation:
    """A recommendation that waits for approval."""
    return actions.write(author, recipient, **({"relationship": Relationship.MANAGER, "body": WORDS} | more))


def shown(author: Member, recipient: Member, **more: Any) -> Recommendation:
    """A recommendation on the recipient's profile."""
    words = recommend(author, recipient, **more)
    return actions.approve(words, by=recipient, version=words.version)


def befriend_everybody(cast: Cast) -> None:
    """Ada is connected with everybody; those who blocked or were blocked meet again, until a test says otherwise."""
    network.unblock(cast.ada, cast.ed)
    network.unblock(cast.eve, cast.ada)
    for other in (cast.cy, cast.di, cast.ed, cast.eve, cast.hal):
        connect(other, cast.ada)
    network.invite(cast.ada, cast.flo, note="Hello.")
