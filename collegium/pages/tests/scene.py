"""Pages to test with: an organisation whose domain was proved, and everybody who may work on it."""

from collections.abc import Sequence
from types import SimpleNamespace

from collegium.accounts.models import User
from collegium.members.models import Member
from collegium.organizations import actions as register
from collegium.organizations.models import Organization
from collegium.pages.actions import claiming, working
from collegium.pages.models import Part
from collegium.testing.cast import Cast, make_member

DOMAIN = "dams.example"


def plain(name: str = "Nordic Dam Works", website: str = "") -> Organization:
    return register.found(name, "company", website, "Uppsala", "We *dam*.", by=None)


def proved(by: Member, name: str = "Nordic Dam Works", domain: str = DOMAIN) -> Organization:
    """A page that this member has proved."""
    row = plain(name, f"https://www.{domain}")
    assert claiming.prove(claiming.claim(row, domain, by=by), "dns", by=by)
    row.refresh_from_db()
    return row


def give(row: Organization, member: Member, part: Part, by: Member) -> None:
    working.offer(row, member, part, by=by)
    working.accept(row, part, by=member)


def owner(member: Member) -> Member:
    """The same member, who runs the community from now on."""
    User.objects.filter(pk=member.user_id).update(role=User.Role.OWNER)
    return Member.objects.select_related("user").get(pk=member.pk)


def again(member: Member) -> Member:
    return Member.objects.select_related("user").get(pk=member.pk)


def staffed(cast: Cast) -> SimpleNamespace:
    """A page with one person in every part: Ada administrator, and others who know nobody."""
    page = proved(cast.ada)
    people = {"super": cast.ada}
    for part in (Part.CONTENT, Part.RECRUITER, Part.ANALYST):
        people[part.value] = make_member(part.value.title())
        give(page, people[part.value], part, cast.ada)
    people["former"] = make_member("Former Super")
    give(page, people["former"], Part.SUPER, cast.ada)
    working.take_away(page, people["former"], Part.SUPER, by=cast.ada)
    people["owner"] = owner(make_member("Olga Owner"))
    people["stranger"] = cast.di
    return SimpleNamespace(page=page, **{name: again(member) for name, member in people.items()})


def says(*texts: str) -> object:
    """A resolver that answers with these, whatever it is asked, and remembers what that was."""
    asked: list[str] = []

    def texts_at(name: str, seconds: float) -> Sequence[str]:
        asked.append(name)
        return texts

    texts_at.asked = asked  # type: ignore[attr-defined]
    return texts_at
