"""The files about people: connections, invitations, endorsements, recommendations, what is followed."""

from collections.abc import Iterator

from collegium.portability.linkedin import links
from collegium.portability.linkedin.mapping import LeaveError, Row, make, reads
from collegium.portability.linkedin.things import (
    Endorsement,
    Following,
    Invitation,
    Person,
    Recommendation,
    Thing,
)

_NOBODY = ("linkedin member", "linkedin user")


def slug_of(row: Row, *names: str) -> str:
    """The slug of a profile's address; "" for none and for addresses that lead elsewhere."""
    address = row.text(*names)
    found = links.slug(address)
    if address and not found:
        row.say("no_profile", names[0], address)
    return found


def _person(row: Row, first: str, last: str) -> tuple[str, str]:
    """First and last name.

    Raises:
        LeaveError: the row has no name, or the one of somebody who has left.
    """
    names = row.text(first), row.text(last)
    whole = " ".join(filter(None, names))
    if not whole or whole.casefold() in _NOBODY:
        raise LeaveError("nobody", first, whole)
    return names


@reads("connections")
def connection(row: Row) -> Iterator[Thing]:
    """Somebody to look for here."""
    first, last = _person(row, "First Name", "Last Name")
    email = row.text("Email Address")
    yield make(
        row,
        Person,
        first=first,
        last=last,
        slug=slug_of(row, "URL"),
        email=email.casefold() if "@" in email else "",
        company=row.text("Company"),
        position=row.text("Position"),
        connected_on=row.partial("Connected On"),
    )


@reads("invitations")
def invitation(row: Row) -> Iterator[Thing]:
    """An invitation; older archives call the direction of one's own `SENT`."""
    yield make(
        row,
        Invitation,
        sender=row.text("From"),
        recipient=row.text("To"),
        at=row.instant("Sent At"),
        message=row.text("Message"),
        incoming=row.text("Direction").upper() == "INCOMING",
        sender_slug=links.slug(row.text("inviterProfileUrl")),
        recipient_slug=links.slug(row.text("inviteeProfileUrl")),
    )


@reads("endorsements_received", "endorsements_given")
def endorsement(row: Row) -> Iterator[Thing]:
    """Somebody vouched for a skill; what stands in the skill's name is text, whatever it begins with."""
    given = row.kind.key.endswith("given")
    who = "Endorsee" if given else "Endorser"
    first, last = _person(row, f"{who} First Name", f"{who} Last Name")
    if not (skill := row.text("Skill Name")):
        raise LeaveError("missing", "Skill Name")
    yield make(
        row,
        Endorsement,
        skill=skill,
        first=first,
        last=last,
        slug=slug_of(row, f"{who} Public Url"),
        status=row.text("Endorsement Status").upper(),
        at=row.instant("Endorsement Date"),
        given=given,
    )


@reads("recommendations_received", "recommendations_given")
def recommendation(row: Row) -> Iterator[Thing]:
    """A recommendation with its text."""
    first, last = _person(row, "First Name", "Last Name")
    if not (text := row.text("Text")):
        raise LeaveError("missing", "Text")
    yield make(
        row,
        Recommendation,
        first=first,
        last=last,
        company=row.text("Company"),
        title=row.text("Job Title"),
        text=text,
        status=row.text("Status").upper(),
        at=row.instant("Creation Date"),
        given=row.kind.key.endswith("given"),
    )


@reads("company_follows")
def company(row: Row) -> Iterator[Thing]:
    """An organisation that is followed."""
    yield _following(row, "company", row.text("Organization"), row.instant("Followed On"))


@reads("member_follows")
def member(row: Row) -> Iterator[Thing]:
    """A person that is, or was, followed."""
    active = row.text("Status").casefold() == "active"
    yield _following(row, "member", row.text("FullName"), row.instant("Date"), active=active)


@reads("topic_follows")
def topic(row: Row) -> Iterator[Thing]:
    """A topic that is followed."""
    name = row.text("HashTag").lstrip("#")
    active = row.text("State").upper() in ("", "FOLLOWED", "FOLLOWING", "ACTIVE")
    yield _following(row, "topic", name, row.instant("CreatedTime", "LastModifiedTime"), active=active)


@reads("groups")
def group(row: Row) -> Iterator[Thing]:
    """A group."""
    yield _following(row, "group", row.text("Group Name"), "")


def _following(row: Row, kind: str, name: str, at: str, *, active: bool = True) -> Following:
    """Something that is followed, if it has a name."""
    if not name or name.casefold() in _NOBODY:
        raise LeaveError("nobody", value=name)
    return make(row, Following, kind=kind, name=name, at=at, active=active)
