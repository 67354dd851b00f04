"""Handles: the short ASCII name in a person's address. Forming one from a name, judging one, comparing two."""

import re
import secrets
from collections.abc import Iterator

from django.utils.translation import gettext as _

from collegium.lib.transliterate import to_ascii

LEAST, MOST = 2, 40
# One that is made for somebody, who did not wish for a shorter one, has at least so many.
LEAST_MADE = 3
FALLBACK = "member"

_FORM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_HANDLE = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile("['’‘ʼʻ`´ʹʺ]")

RESERVED = frozenset(
    """
    about abuse account accounts admin administration administrator all api app apps archive articles assets
    audience auth billing block blog bookmarks bot broadcasts business careers chat collegium community
    companies company connections contact cookies copyright dashboard data delete demo developer developers
    directory discover docs domain download drafts edit editor email event events everybody everyone explore
    export faq federation feed feedback feeds file files follow followers following forgot forum group groups
    guest handle health healthz help here home hostmaster imprint in inbox index info invitation invitations
    invite jobs join legal letters list live login logout mail mailer-daemon me media member members mentions
    message messages moderation moderation-team moderator moderators myself network networks new news no-reply
    nobody none noreply notification notifications null oauth official operator options organization organizations owner
    page pages password people person photo policy popular post postmaster posts press privacy profile profiles
    public readyz register root rss rules saved school schools search security send session sessions settings
    share signin signout signup site sitemap skills staff static status stream styleguide support suspended
    system team teams terms test topic topics trending undefined unsubscribe update upload user username users
    verify webmaster welcome well-known who www you your
    """.split()  # noqa: SIM905 - a hundred and more words read best as words
)
"""Names of the house: addresses, roles, words that would read as the network speaking."""


def slugify_handle(name: str, fallback: str = FALLBACK) -> str:
    """A handle made from a person's name; `fallback` when too little of it can be written in ASCII letters.

    Whether it is free is for the caller to find out; see `handle_candidates`.
    """
    spelt = to_ascii(_APOSTROPHES.sub("", name))
    handle = _shortened(_NOT_HANDLE.sub("-", spelt.lower()).strip("-"))
    if len(handle) >= LEAST_MADE and check_handle(handle) is None:
        return handle
    too_short = 0 < len(handle) < LEAST_MADE and any(map(str.isalpha, handle))
    longer = f"{handle}-{fallback}" if too_short else fallback
    return longer if check_handle(longer) is None else fallback


def handle_candidates(name: str, fallback: str = FALLBACK) -> Iterator[str]:
    """Handles to try for a name: the plain one, then with small numbers, then with ever longer random ones."""
    plain = slugify_handle(name, fallback)
    if plain != fallback and plain not in RESERVED:
        yield plain
        for number in range(2, 10):
            yield _with_ending(plain, str(number))
    for digits in range(4, 13):
        for _try in range(3):
            yield _with_ending(plain, str(secrets.randbelow(10**digits)).zfill(digits))


def check_handle(handle: str) -> str | None:
    """What is wrong with a handle, as a sentence; None when nothing is."""
    if not LEAST <= len(handle) <= MOST:
        return _("A handle has 2 to 40 characters.")
    if not _FORM.fullmatch(handle):
        return _("A handle is made of the letters a to z, digits and single hyphens between them.")
    if not any(map(str.isalpha, handle)):
        return _("A handle needs at least one letter.")
    if handle in RESERVED or handle.startswith("xn--"):
        return _("This handle is kept for the network itself. Please choose another.")
    return None


def skeleton(handle: str) -> str:
    """What a handle looks like at a glance: two handles with one skeleton are easily taken for each other."""
    seen = handle.replace("-", "").replace("0", "o").replace("1", "l").replace("i", "l")
    return seen.replace("5", "s").replace("rn", "m").replace("vv", "w").replace("cl", "d")


def _shortened(handle: str) -> str:
    """At most 40 characters, cut between words where that leaves enough."""
    if len(handle) <= MOST:
        return handle
    whole = handle[: MOST + 1].rpartition("-")[0]
    return (whole if len(whole) >= MOST // 2 else handle[:MOST]).strip("-")


def _with_ending(handle: str, ending: str) -> str:
    return f"{handle[: MOST - 1 - len(ending)].rstrip('-')}-{ending}"
