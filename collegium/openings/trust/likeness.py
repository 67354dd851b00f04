"""Names that could be taken for one another: by letters that look alike, by a slip, by a word that adds nothing."""

import re
import unicodedata

from django.db.models import Q

from collegium.organizations.models import Organization

# Letters of other scripts, and digits, as the Latin ones they are read for.
_SHAPES = str.maketrans("аеорсухікмтвнԁѕԛԝјαβεηικνορτυχω0135$@", "aeopcyxikmtbhdsqwjabenikvoptuxwolessa")
_JOINED = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_ADDS_NOTHING = re.compile(
    r"\b(?:inc|llc|ltd|limited|corp|corporation|co|company|gmbh|ag|se|sa|sas|sarl|srl|spa|ab|as|oy|bv|nv|plc|kg|group|"
    r"official|careers?|jobs?|hr|hiring|recruit(?:ing|ment|er)?|talent|team|the|global|international|work|work at)\b"
)
SHORTEST, MOST = 4, 30


def plain(name: str) -> str:
    """A name as a hurried eye reads it: Latin letters without marks, and nothing else."""
    bare = unicodedata.normalize("NFKD", name.casefold()).translate(_SHAPES)
    bare = "".join(char for char in bare if not unicodedata.combining(char))
    words = _ADDS_NOTHING.sub(" ", re.sub(r"[^a-z0-9]+", " ", bare))
    letters = words.replace(" ", "") or re.sub(r"[^a-z0-9]+", "", bare)
    for seen, read in _JOINED:
        letters = letters.replace(seen, read)
    return letters


def alike(one: str, other: str) -> bool:
    """Whether two names can be taken for each other."""
    first, second = plain(one), plain(other)
    if min(len(first), len(second)) < SHORTEST:
        return False
    return first == second or (min(len(first), len(second)) > SHORTEST and _one_slip(first, second))


def resembled(organization: Organization) -> str:
    """The name of a page that this record could be taken for; "" for none, and for pages, which proved who they are.

    One statement, on the index of similar names.
    """
    if organization.is_page:
        return ""
    name = organization.name
    shape = plain(name)
    near = Q(folded_name__trigram_similar=name.casefold()) | Q(folded_name__trigram_similar=shape)
    pages = Organization.objects.filter(near, page_since__isnull=False, merged_into=None).exclude(pk=organization.pk)
    names = pages.order_by("pk").values_list("name", flat=True)[:MOST]
    return next((each for each in names if alike(name, each)), "")


def _one_slip(one: str, other: str) -> bool:
    """One letter more, less, other, or two exchanged."""
    if abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    at = next((place for place, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) != len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[:at] + short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped == long
