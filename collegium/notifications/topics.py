"""What news can be about, as the settings list it: a handful of lines, each with what holds until somebody chooses."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collegium.notifications.models import Choice

Mail, Whom = Choice.Mail, Choice.Whom
Words = str | Promise


@dataclass(frozen=True)
class Topic:
    """One line of the settings.

    Args:
        name: as kinds name it; part of addresses, so letters alone.
        words: what it is called.
        about: what belongs to it.
        push: pushed until she chooses otherwise.
        mail: when it is mailed until she chooses otherwise.
        whom: of whom she is told until she chooses otherwise.
        fixed: it stands in News whatever she chooses, and of whomever it is: it concerns her own standing and account.
        of_people: others cause it, so it can be asked of whom.
    """

    name: str
    words: Words
    about: Words
    push: bool = True
    mail: str = Mail.OFF
    whom: str = Whom.ANYONE
    fixed: bool = False
    of_people: bool = True


_ALL = (
    Topic(
        "messages",
        _("Messages"),
        _("What is written in your conversations. Messages have a page of their own, so News does not repeat them."),
        mail=Mail.AT_ONCE,
    ),
    Topic("requests", _("Requests to write to you"), _("First words of people you are not connected with.")),
    Topic(
        "invitations",
        _("Invitations and introductions"),
        _("Who invites you, who accepts, who introduces whom to you."),
        mail=Mail.DAILY,
    ),
    Topic(
        "mentions",
        _("Mentions"),
        _("Posts and comments that name you, and posts whose conversation you are asked to keep."),
        mail=Mail.DAILY,
    ),
    Topic(
        "comments",
        _("Comments and answers"),
        _("What is said under your posts, answers to your comments, and what becomes of comments that wait."),
    ),
    Topic("reactions", _("Reactions"), _("Who reacts to what you wrote, and who passes it on."), push=False),
    Topic(
        "career",
        _("Career and recommendations"),
        _("Endorsements, recommendations, who confirms that you worked together."),
        push=False,
        mail=Mail.DAILY,
    ),
    Topic(
        "reading",
        _("What you read and took part in"),
        _("New issues of newsletters, polls you voted in that are over, posts you reacted to that were edited."),
        push=False,
    ),
    Topic(
        "groups",
        _("Groups"),
        _("Who invites you into a group or asks to join yours, whether you were let in, roles you are given."),
    ),
    Topic(
        "pages",
        _("Pages you work on"),
        _("Parts you are asked to take or no longer have, proofs of the domain, what happens to the record."),
        mail=Mail.AT_ONCE,
    ),
    Topic(
        "yours",
        _("What you posted"),
        _("Your videos and slides are ready, your poll is over, a planned post could not be posted, old posts went."),
        push=False,
        of_people=False,
    ),
    Topic(
        "events",
        _("Events you come to"),
        _("Another time or place, a seat that came free, what the hosts decide, who asks to come to yours."),
        mail=Mail.AT_ONCE,
    ),
    Topic(
        "jobs",
        _("Jobs"),
        _("How your applications stand, interviews, referrals, finds of your searches, applications to your openings."),
        mail=Mail.AT_ONCE,
    ),
    Topic(
        "reminders",
        _("Reminders"),
        _("What you asked to be reminded of, and proofs and settings of yours that run out."),
        mail=Mail.AT_ONCE,
        of_people=False,
    ),
    Topic(
        "account",
        _("Your standing and your account"),
        _("Restrictions and appeals, and mails to you that come back."),
        mail=Mail.AT_ONCE,
        fixed=True,
        of_people=False,
    ),
    Topic("other", _("Everything else"), _("What belongs to none of these."), push=False),
)

TOPICS: Mapping[str, Topic] = {topic.name: topic for topic in _ALL}


def default(member: int, topic: Topic) -> Choice:
    """What holds for a member who has not chosen: a row that was not saved."""
    return Choice(member_id=member, topic=topic.name, push=topic.push, mail=topic.mail, whom=topic.whom)
