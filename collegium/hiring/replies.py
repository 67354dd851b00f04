"""Replies: those an organisation keeps and those that come with Collegium, with a person's name put in."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from collegium.hiring.models import Reply
from collegium.openings.models import Opening

NAME, TITLE, ORGANIZATION = "{name}", "{title}", "{organization}"


@dataclass(frozen=True)
class Offered:
    """One to begin with. `key` is 0 for those that come along, which nobody can change."""

    key: int
    name: str
    words: str


def filled(words: str, *, name: str, opening: Opening) -> str:
    """The words with what they leave open put in. What somebody is called is never read as a place to fill."""
    known = {NAME: name, TITLE: opening.title, ORGANIZATION: opening.organization.name}
    parts, rest = "", words
    while rest:
        mark = next((mark for mark in known if rest.startswith(mark)), None)
        parts += known[mark] if mark else rest[0]
        rest = rest[len(mark or rest[0]) :]
    return parts


def offered(opening: Opening) -> list[Offered]:
    """Those of the organisation by name, then those that come along."""
    rows = Reply.objects.filter(organization=opening.organization_id).order_by("name", "pk")
    return [Offered(row.pk, row.name, row.words) for row in rows] + usual()


def usual() -> list[Offered]:
    """Three that are courteous and say what is so."""
    return [
        Offered(
            0,
            _("Not chosen, with thanks"),
            _(
                "Dear {name},\n\nthank you for applying as {title}, and for the time you put into it. We read what you "
                "sent and have decided to go on with other applicants.\n\nThis says something about this one position "
                "and nothing more. We wish you well, and would be glad to hear from you again.\n\n{organization}"
            ),
        ),
        Offered(
            0,
            _("It takes longer than we thought"),
            _(
                "Dear {name},\n\nyour application as {title} is with us and has been read. We need more time than we "
                "thought before we can say anything certain. You need not do anything; we will write to you as soon "
                "as we know more.\n\nThank you for your patience.\n\n{organization}"
            ),
        ),
        Offered(
            0,
            _("We would like to talk"),
            _(
                "Dear {name},\n\nwe read your application as {title} with pleasure and would like to talk with you. "
                "You will get some times to choose from. If there is something that makes a conversation easier for "
                "you, please tell us.\n\n{organization}"
            ),
        ),
    ]
