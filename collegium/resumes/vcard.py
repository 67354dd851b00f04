"""A person as a vCard 4.0 (RFC 6350, with pronouns from RFC 9554): written by the rules, folded, escaped."""

from datetime import UTC, datetime

from collegium.career.document import Document, Reach
from collegium.career.models import Contact
from collegium.career.partial import check, parts
from collegium.career.sections import Section
from collegium.resumes.printed import WEB

FOLD = 75
MIME = "text/vcard; charset=utf-8"
_ESCAPES = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"})


def vcard(document: Document, *, source: str = "", now: datetime | None = None) -> bytes:
    """Write the head of a career and its contacts.

    Args:
        document: the career.
        source: the address of the profile.
        now: when the card is made.
    """
    head = document.header
    lines = ["BEGIN:VCARD", "VERSION:4.0", "KIND:individual", f"FN:{escaped(head.name)}", f"N:{_structured(head.name)}"]
    current = next((item for item in document.of(Section.POSITIONS) if not item.ended), None)
    said = [
        ("TITLE", current.title if current else head.headline),
        ("ORG", current.organization_name if current else ""),
        ("PRONOUNS", head.pronouns),
        ("NOTE", head.headline if current else ""),
    ]
    lines += [f"{name}:{escaped(text)}" for name, text in said if text]
    for number, contact in enumerate(document.contacts, 1):
        lines += _contact(contact, number)
    if head.place and not any(contact.kind == Contact.Kind.ADDRESS for contact in document.contacts):
        lines.append(f"ADR;LABEL={_quoted(head.place)}:;;;{escaped(head.place)};;;")
    tongues = [document.language] if document.language else []
    lines += [f"LANG:{escaped(tongue)}" for tongue in tongues]
    if source:
        lines += [f"SOURCE:{_uri(source)}card.vcf", f"URL:{_uri(source)}"]
    lines += [f"REV:{(now or datetime.now(UTC)):%Y%m%dT%H%M%SZ}", "END:VCARD"]
    return "".join(folded(line) for line in lines).encode()


def escaped(text: str) -> str:
    """A text value: commas, semicolons, backslashes and line ends are spelled out."""
    return text.translate(_ESCAPES)


def folded(line: str) -> str:
    """The line in pieces of at most 75 octets, the end of line not counted; never through a character."""
    pieces, piece, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > FOLD:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    return "\r\n".join([*pieces, piece]) + "\r\n"


def _contact(reach: Reach, number: int) -> list[str]:
    """One way to reach somebody; its own words for it are a grouped label that address books show."""
    group, label = (f"item{number}.", [f"item{number}.X-ABLABEL:{escaped(reach.label)}"]) if reach.label else ("", [])
    value = reach.value
    if reach.kind == Contact.Kind.EMAIL:
        return [f"{group}EMAIL:{escaped(value)}", *label]
    if reach.kind == Contact.Kind.PHONE:
        return [f"{group}TEL;VALUE=text:{escaped(value)}", *label]
    if reach.kind == Contact.Kind.ADDRESS:
        return [f"{group}ADR;LABEL={_quoted(value)}:;;{escaped(value)};;;;", *label]
    if reach.kind == Contact.Kind.BIRTHDAY:
        return _birthday(value)
    if value.startswith(WEB):
        return [f"{group}URL:{_uri(value)}", *label]
    kind = f";SERVICE-TYPE={_quoted(reach.label)}" if reach.label else ""
    return [f"SOCIALPROFILE;VALUE=text{kind}:{escaped(value)}"]


def _birthday(value: str) -> list[str]:
    """A date in the basic form, as far as it is known; other words as text."""
    try:
        year, month, day = parts(check(value))
    except ValueError:
        return [f"BDAY;VALUE=text:{escaped(value)}"]
    if year is None or (month and not day):
        return [f"BDAY:{year:04d}-{month:02d}"] if year and month else []
    return [f"BDAY:{year:04d}{month:02d}{day:02d}" if month and day else f"BDAY:{year:04d}"]


def _structured(name: str) -> str:
    """Family name; given names. People here have one name: the last word stands for the family where there are two."""
    given, _space, family = name.rpartition(" ")
    return f"{escaped(family)};{escaped(given)};;;" if given else f";{escaped(name)};;;"


def _quoted(text: str) -> str:
    """A parameter's value (RFC 6868): quotes, line ends and circumflexes are spelled out."""
    return '"' + text.replace("^", "^^").replace("\n", "^n").replace('"', "^'") + '"'


def _uri(text: str) -> str:
    """An address; what would end the line is left out."""
    return "".join(letter for letter in text if letter.isprintable() and letter != " ")
