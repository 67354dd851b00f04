"""Character classes that Python's `re` has no names for, as strings to put between square brackets."""

import unicodedata
from collections.abc import Iterable, Iterator


def _runs(points: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Fold ascending code points into inclusive ranges."""
    first = last = None
    for point in points:
        if last is not None and point == last + 1:
            last = point
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = point
    if first is not None and last is not None:
        yield first, last


def as_class(points: Iterable[int]) -> str:
    """Write code points as the inside of a character class; escapes only, so that the source stays readable."""
    return "".join(rf"\U{a:08x}" if a == b else rf"\U{a:08x}-\U{b:08x}" for a, b in _runs(points))


# Combining marks live below U+1E94B, except the variation selectors supplement, which `clean` treats by itself.
MARKS = as_class(
    n for n in range(0x300, 0x1E94B) if unicodedata.category(chr(n))[0] == "M" and not 0xFE00 <= n <= 0xFE0F
)

JOINED_SCRIPTS = (
    r"\u0600-\u08ff"  # Arabic, Syriac, Thaana, N'Ko, Mandaic
    r"\u0900-\u0dff"  # the scripts of India and Sinhala
    r"\u0f00-\u109f\u1780-\u18af"  # Tibetan, Myanmar, Khmer, Mongolian
    r"\u1900-\u1b7f\ua800-\uabff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefe"
    r"\U00010a00-\U00011fff"
)
"""Scripts in which a (non-)joiner changes how a word is spelt."""

SPACELESS_SCRIPTS = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Myanmar, Khmer: U+200B marks where a line may break between words."""

PICTURES = r"\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
"""Characters that can be drawn as emoji, skin tones included."""
