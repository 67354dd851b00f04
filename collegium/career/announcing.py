"""The sentence in which a change is told, shown to its owner before she says so."""

from hashlib import blake2b

from django.utils.translation import gettext as _

from collegium.career import partial
from collegium.career.models import Item
from collegium.career.sections import Section

# What is worth a word to one's connections; nobody announces an interest.
ANNOUNCED = frozenset(
    {
        Section.POSITIONS,
        Section.EDUCATION,
        Section.CERTIFICATES,
        Section.VOLUNTEERING,
        Section.PUBLICATIONS,
        Section.PROJECTS,
        Section.HONOURS,
        Section.PATENTS,
    }
)


def print_of(words: str) -> str:
    """What the journal keeps of a sentence: enough to know it again, nothing to read once item and post are gone."""
    return blake2b(words.encode(), digest_size=16).hexdigest()


def sentence(item: Item) -> str:
    """What the owner's connections would read, in her own voice.

    Args:
        item: saved or not; only its columns are read.
    """
    names = {"title": item.title, "at": item.organization_name, "when": partial.words(item.started)}
    said = _sentence(Section(item.section), item) % names
    return _("%(said)s (%(when)s)") % {"said": said, "when": names["when"]} if names["when"] else said


def _sentence(section: Section, item: Item) -> str:
    """The words with names to fill in; with both a title and an organisation there is more to say."""
    if section == Section.POSITIONS:
        return _("My role: %(title)s at %(at)s") if item.ended else _("I now work as %(title)s at %(at)s")
    whole, short = {
        Section.EDUCATION: (_("My education: %(title)s, %(at)s"), _("My education: %(at)s")),
        Section.VOLUNTEERING: (_("I volunteer as %(title)s at %(at)s"), _("I volunteer at %(at)s")),
        Section.CERTIFICATES: (_("I earned a certificate: %(title)s, %(at)s"), _("I earned a certificate: %(title)s")),
        Section.PUBLICATIONS: (_("I published %(title)s with %(at)s"), _("I published %(title)s")),
        Section.HONOURS: (_("I was honoured: %(title)s, %(at)s"), _("I was honoured: %(title)s")),
        Section.PATENTS: (_("A patent of mine: %(title)s"), _("A patent of mine: %(title)s")),
    }.get(section, (_("A project of mine: %(title)s"), _("A project of mine: %(title)s")))
    return whole if item.title and item.organization_name else short
