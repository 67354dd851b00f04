"""The rows of a review in words: title, small notes, running text."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.career import partial
from collegium.career.models import Contact
from collegium.career.sections import SPECS, Section
from collegium.feed.models.posts import POST_LIMIT
from collegium.lib import ids
from collegium.portability.correspondence import judging
from collegium.portability.correspondence.wording import invitation_words, talk_words
from collegium.portability.imports import saying
from collegium.portability.linkedin.things import Article, Comment, Share
from collegium.ui import text

HEADS = {
    "name": gettext_lazy("Name"),
    "headline": gettext_lazy("Headline"),
    "about": gettext_lazy("About"),
    "place": gettext_lazy("Place"),
    "pronouns": gettext_lazy("Pronouns"),
    "pronunciation": gettext_lazy("Pronunciation"),
}
KINDS = {
    Contact.Kind.EMAIL: gettext_lazy("E-mail"),
    Contact.Kind.PHONE: gettext_lazy("Telephone"),
    Contact.Kind.WEBSITE: gettext_lazy("Website"),
    Contact.Kind.NETWORK: gettext_lazy("Profile elsewhere"),
    Contact.Kind.MESSENGER: gettext_lazy("Messenger"),
    Contact.Kind.ADDRESS: gettext_lazy("Address"),
    Contact.Kind.BIRTHDAY: gettext_lazy("Birthday"),
}
FOR_ME_ALONE = frozenset({Contact.Kind.ADDRESS, Contact.Kind.BIRTHDAY, Contact.Kind.PHONE})
_FOREIGN = gettext_lazy(
    "These are words of other people, so nothing is ticked. What you take is kept for your eyes alone."
)
HINTS = {
    "endorsements_received": _FOREIGN,
    "endorsements_given": _FOREIGN,
    "recommendations_received": _FOREIGN,
    "recommendations_given": _FOREIGN,
    "messages": gettext_lazy(
        "A line is a conversation. Nobody in it is told, looked for or given a page;"
        " names stay as the archive has them."
    ),
    "invitations": gettext_lazy("Who asked whom there, with the notes. Nobody is invited here, and nobody is told."),
    "shares": gettext_lazy(
        "They come in with their dates and the mark “from LinkedIn”. Nobody is told of them, names in them call nobody,"
        " and pictures stay where they are: the archive has only their addresses, which stand below the words."
    ),
    "comments": gettext_lazy(
        "Comments below your own posts come in with them. The others cannot stand here without what they were said"
        " about: they are kept for your eyes alone, on the page “From LinkedIn”."
    ),
    "reactions": gettext_lazy(
        "They cannot stand here without the posts. They are kept for your eyes alone, on the page “From LinkedIn”."
    ),
    "articles": gettext_lazy(
        "Each becomes a draft of yours. You decide whether, and for whom, it is published here."
        " Pictures are not in the archive; their addresses stand in the text."
    ),
}
# Who saw a post there, as the archive calls it.
_THERE = {
    "PUBLIC": gettext_lazy("for everyone there"),
    "MEMBER_NETWORK": gettext_lazy("for your connections there"),
    "CONNECTIONS": gettext_lazy("for your connections there"),
}
REACTIONS = {
    "LIKE": gettext_lazy("You liked a post"),
    "PRAISE": gettext_lazy("You celebrated a post"),
    "APPRECIATION": gettext_lazy("You supported a post"),
    "EMPATHY": gettext_lazy("You loved a post"),
    "INTEREST": gettext_lazy("You found a post insightful"),
    "ENTERTAINMENT": gettext_lazy("You found a post funny"),
}
Words = tuple[str, tuple[str, ...], str]


def words_of(what: str, data: dict[str, Any]) -> Words:
    """Title, small notes and running text of a row."""
    if what == "header":
        return str(HEADS[data["field"]]), (), data["value"]
    if what == "skill":
        return data["name"], (), ""
    if what == "contact":
        kind = data["kind"]
        audience = _("Only you will see it.") if kind in FOR_ME_ALONE else _("Your connections will see it.")
        return data["value"], (str(KINDS.get(kind, kind)), data.get("label", ""), audience), ""
    if what in ("endorsement", "recommendation"):
        who = f"{data['first']} {data['last']}".strip()
        role = ", ".join(each for each in (data.get("title", ""), data.get("company", "")) if each)
        given = _("written by you") if data.get("given") else ""
        return who, (data.get("skill", ""), role, data["at"][:10], given), data.get("text", "")
    if what in saying.KINDS or what in (judging.TALK, judging.INVITED):
        return _words_from_there(what, data)
    return _item_words(Section(what), data)


def _item_words(section: Section, data: dict[str, Any]) -> Words:
    get = lambda name: str(data.get(name, ""))  # noqa: E731 - a name for what is asked twice
    spec = SPECS[section]
    kind = dict(spec.column("kind").choices).get(get("kind"), "") if get("kind") else ""
    time = partial.span(get("started"), get("ended"), ongoing=spec.ongoing)
    first, second = (get("organization_name"), get("title"))
    if section != Section.EDUCATION and second:
        first, second = second, first
    notes = (second, get("detail"), str(kind), time, get("place"), get("number"), get("url"))
    return first or second, tuple(note for note in notes if note and note != first), get("description")


def _words_from_there(what: str, data: dict[str, Any]) -> Words:
    """What was said there, in public or to each other."""
    if what == judging.TALK:
        return talk_words(data)
    if what == judging.INVITED:
        return invitation_words(judging.of_data(data))
    return _said_words(saying.of_data(what, data), data.get("under"))


def _said_words(said: saying.Thing, under: str | None) -> Words:
    """What was said there: the day, what becomes of it where that is not plain, the words."""
    at = saying.moment(said)
    day = text.day(ids.instant(at << ids.LOW_BITS)) if at is not None else _("Without a date")
    if isinstance(said, Article):
        return said.title or _("Without a title"), (day if at is not None else "",), said.text
    if isinstance(said, Share):
        kept = "" if saying.fits(said) else _share_kept(said)
        return day, (str(_THERE.get(said.audience, "")), kept), saying.body_of(said) or said.text
    if isinstance(said, Comment):
        return day, (_below(under),), said.text
    return str(REACTIONS.get(said.kind, _("You reacted to a post"))), (day,), ""


def _share_kept(said: Share) -> str:
    """Why a share becomes no post; nothing of it is lost."""
    if saying.moment(said) is None:
        return _("kept for your eyes alone, for a post has its date")
    words = _("kept whole for your eyes alone, for a post here has at most %(most)s characters")
    return words % {"most": text.number(POST_LIMIT)}


def _below(under: str | None) -> str:
    if under is None:
        return _("kept for your eyes alone")
    return _("below your post “%(post)s”") % {"post": under} if under else _("below a post of yours")
