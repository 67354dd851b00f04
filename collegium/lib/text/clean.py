"""Text on its way in: one spelling, nothing invisible that does harm, a length that can be relied on.

What people paste is repaired silently (line ends, stray direction marks from a phone's address book); what no
person types is refused with a sentence (NUL, control characters, broken Unicode).
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from collegium.lib.text.unicode import JOINED_SCRIPTS, MARKS, PICTURES, SPACELESS_SCRIPTS

MOST_MARKS = 8
"""Marks on one letter. Hebrew with cantillation needs 4, stacked Tibetan 6; more only paints over the neighbours."""

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
# Embeddings, overrides, isolates, invisible operators, fillers that pass for letters, language tags, noncharacters.
_HARMFUL = re.compile(
    r"[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    r"\ufdd0-\ufdef\ufffe\uffff\U0001fffe\U0001ffff\U000e0000-\U000e001f\U000e0080-\U000e00ff\U000e01f0-\U0010ffff]"
)
_DIRECTION = re.compile(r"[\u061c\u200e\u200f]")
# One alternative for each invisible character that is kept in its right place; whatever else matches is dropped.
_PLACED = re.compile(
    rf"(?P<joiner>(?<=[{JOINED_SCRIPTS}])[\u200c\u200d])"
    rf"|(?P<joined>(?:(?<=[{PICTURES}])|(?<=[\ufe0f\u20e3]))\u200d(?=[{PICTURES}]))"
    rf"|(?P<breaks>(?<=[{SPACELESS_SCRIPTS}])\u200b(?=[{SPACELESS_SCRIPTS}]))"
    r"|(?P<variant>(?<=[^\s\u200b-\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef])[\ufe00-\ufe0f\U000e0100-\U000e01ef])"
    r"|(?P<flag>(?<=\U0001f3f4)[\U000e0020-\U000e007e]{1,8}\U000e007f)"
    r"|[\u200b-\u200d\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef]"
)
_UNPLACED = re.compile(r"[\u200b-\u200d\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef]")
_PILE = re.compile(rf"([{MARKS}]{{{MOST_MARKS}}})[{MARKS}]++")
_UNSEEN = re.compile(rf"[\s\u2800\u200b-\u200f\u061c\ufe00-\ufe0f{MARKS}\U0001d159\U000e0100-\U000e01ef]*")
_BLANK_LINES = re.compile(r"\n{4,}")
_TRAILING = re.compile(r"(?<![^\S\n])[^\S\n]++(?=\n)")
_HIGHEST_LATIN = "\xff"
_MOST_PASSES = 4

CONTROL_MESSAGE = _("This contains a control character that cannot be stored. Please remove it or paste as plain text.")
BROKEN_MESSAGE = _("This contains a broken character. Please type or paste it again.")
LONG_MESSAGE = ngettext_lazy(
    "At most %(limit)d character fits here; this has %(count)d.",
    "At most %(limit)d characters fit here; this has %(count)d.",
    "limit",
)


def clean_line(text: str, limit: int) -> str:
    """One line (a name, a headline): all white space becomes single spaces, direction marks go.

    Args:
        text: as it came.
        limit: the most code points, counted after cleaning.

    Returns:
        The text in NFC; empty when nothing in it can be seen.

    Raises:
        ValidationError: with a sentence for the person who typed it.
    """
    text = _checked(text, limit)
    if not text.isascii():
        text = _without_tricks(_DIRECTION.sub("", text))
    return _fitting(" ".join(text.split()), limit)


def clean_text(text: str, limit: int) -> str:
    """Several lines (a post, a note): paragraphs stay, at most two blank lines in a row.

    Takes, returns and raises what `clean_line` does. Left-to-right and right-to-left marks stay: people who write
    Arabic or Hebrew with numbers need them, and they cannot reach beyond their paragraph.
    """
    text = _LINE_ENDS.sub("\n", _checked(text, limit))
    if not text.isascii():
        text = _without_tricks(text)
    text = _BLANK_LINES.sub("\n\n\n", _TRAILING.sub("", text))
    return _fitting(text.strip(), limit)


def _checked(text: str, limit: int) -> str:
    """Refuse what no keyboard makes, and what is so long that cleaning it would be work for nothing."""
    if len(text) > 8 * limit + 1000:
        raise _too_long(len(text), limit)
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise ValidationError(BROKEN_MESSAGE, code="broken") from None
        text = text.replace("\x85", "\n")
    if _CONTROL.search(text):
        raise ValidationError(CONTROL_MESSAGE, code="control")
    return text


def _without_tricks(text: str) -> str:
    """NFC without harmful invisible characters and without towers of marks.

    Taking one thing away can bring two others together, so it is done again until nothing changes; ordinary text
    needs one pass, and malice gets no more than a few.
    """
    if max(text, default="") <= _HIGHEST_LATIN:
        return text.replace("\xad", "")
    for _pass in range(_MOST_PASSES):
        before, text = text, _swept(text)
        if text == before:
            break
    return text


def _swept(text: str) -> str:
    """One pass. Piles are cut before NFC too: putting a long run of marks in order takes the square of its length."""
    text = _HARMFUL.sub("", text)
    if _UNPLACED.search(text):
        text = _PLACED.sub(_kept, text)
    return _PILE.sub(r"\1", unicodedata.normalize("NFC", _PILE.sub(r"\1", text)))


def _kept(match: re.Match[str]) -> str:
    """What stays of an invisible character: itself where a named alternative found it in place."""
    return match[0] if match.lastgroup else ""


def _fitting(text: str, limit: int) -> str:
    """The text if it fits; nothing if there is nothing to see in it."""
    if len(text) > limit:
        raise _too_long(len(text), limit)
    return "" if not text.isascii() and _UNSEEN.fullmatch(text) else text


def _too_long(count: int, limit: int) -> ValidationError:
    return ValidationError(LONG_MESSAGE, code="max_length", params={"limit": limit, "count": count})
