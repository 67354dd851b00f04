"""What a person, a facet or an audience looks like before anybody uploads a picture: stable, derived, with words."""

import unicodedata
from functools import lru_cache
from hashlib import blake2b

from django.utils.translation import gettext_lazy as _

HUES = 24
MOTIFS = 8

AUDIENCES = {
    0: ("globe", _("Everyone")),
    1: ("users", _("Members")),
    2: ("handshake", _("My network")),
    3: ("user-check", _("Connections")),
    4: ("lock", _("Only me")),
}

FACETS = {
    "professional": _("Professional"),
    "personal": _("Personal"),
}

REACTIONS = {
    "like": ("thumbs-up", _("Like")),
    "celebrate": ("party-popper", _("Celebrate")),
    "support": ("hand-heart", _("Support")),
    "love": ("heart", _("Love")),
    "insightful": ("lightbulb", _("Insightful")),
    "funny": ("laugh", _("Funny")),
}


@lru_cache(maxsize=20_000)
def palette(handle: str) -> str:
    """The classes that colour a generated face.

    Args:
        handle: the readable name of the person or page; the same one always looks the same.
    """
    digest = blake2b(handle.encode(), digest_size=4).digest()
    return f"hue-{digest[0] % HUES} motif-{digest[1] % MOTIFS} turn-{digest[2] % 4}"


@lru_cache(maxsize=20_000)
def initials(name: str) -> str:
    """At most two letters for a name in any script.

    Names in scripts without capitals get one sign: two Han characters or two Arabic letters would read as a word.
    """
    words = [word for word in name.replace("-", " ").split() if unicodedata.category(word[0])[0] == "L"]
    if not words:
        return name.strip()[:1].upper() or "·"
    first = words[0][0]
    if first.upper() == first.lower() or len(words) == 1:
        return first.upper()
    return (first + words[-1][0]).upper()
