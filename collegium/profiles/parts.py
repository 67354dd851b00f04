"""The parts of a profile as they are drawn: each with what of it stands on the page, and how much more there is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import Http404
from markupsafe import Markup

from collegium.audience.door import Request
from collegium.career.models import Item
from collegium.career.reading import Held
from collegium.career.sections import Part, Section
from collegium.lib import cursor
from collegium.members.models import Member
from collegium.profiles import circle
from collegium.profiles import scene as scenes
from collegium.profiles.entries import SHORT, Entry, entry
from collegium.profiles.experience import Group, grouped
from collegium.profiles.featured import reading as featured
from collegium.profiles.prose import prose
from collegium.profiles.scene import Scene
from collegium.profiles.spans import span
from collegium.vouching import reading as vouching
from collegium.vouching.marks import Endorsed
from collegium.vouching.reading import Card

# How much of a part stands on the profile, and how much on one page of its own.
FOLDED, FOLDED_SHORT, FOLDED_SKILLS, FOLDED_CARDS, SKILLS_OF_ITEM = 5, 12, 12, 3, 6
WHOLE, WHOLE_SKILLS = 30, 60
# As they stand on the page: what is shown first, then what is told.
ORDER = (Part.FEATURED, Part.ABOUT, *(part for part in Part if part not in (Part.FEATURED, Part.ABOUT)))
# What has a page of its own under `/in/<handle>/`.
PAGED = frozenset(Part) - {Part.ABOUT, Part.FEATURED}


@dataclass
class Shown:
    """One part, as far as it is shown.

    Attributes:
        part: its value, or "head" or "contacts".
        total: how much there is of it that the viewer may see.
        more: the address of the rest; "" when all is here.
        after: the cursor of the next stretch, on a page of its own.
        kept: the key of the item that was just written, which stands here whatever is folded away.
        apart: where the part is folded, how many items lie between its beginning and that item.
        there: the address of that item.
    """

    part: str
    title: str
    total: int = 0
    whole: bool = False
    groups: list[tuple[Group, Markup, list[Entry]]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    skills: Sequence[Held] = ()
    endorsed: dict[int, Endorsed] = field(default_factory=dict)
    cards: Sequence[Card] = ()
    pins: Sequence[Any] = ()
    text: Markup = field(default_factory=Markup)
    more: str = ""
    after: str = ""
    short: bool = False
    first: bool = True
    kept: int | None = None
    apart: int = 0
    there: str = ""


def section(request: Request, person: Member, part: str, *, kept: int | None = None) -> dict[str, Any]:
    """What `profiles/_section.html` draws one part from, folded or whole as the page is on which it stands.

    Args:
        request: its `HX-Current-URL` says which page that is.
        person: whose profile.
        part: a `Part`, or "head" or "contacts".
        kept: the key of an item that was just written.
    """
    sight = circle.sight(request.viewer, person.handle) if part == "head" else None
    made = scenes.look(request, sight) if sight else scenes.read(request, person, request.viewer)
    here = request.htmx.current_url_abs_path if request.htmx else ""
    whole = (here or "").partition("?")[0] == f"{person.path}{part}/"
    return {"scene": made, "part": part, "shown": view(made, part, whole=whole, kept=kept)}


def view(scene: Scene, part: str, *, whole: bool = False, after: str = "", kept: int | None = None) -> Shown | None:
    """One part of a profile; None when there is nothing of it for this viewer.

    Args:
        scene: who looks at whom.
        part: a `Part`, or "head" or "contacts".
        whole: all of it, page by page, instead of the beginning.
        after: the cursor of the page before, with `whole`.
        kept: the key of an item that was just written: it is drawn even when the rest of the part is folded there.

    Raises:
        Http404: the cursor is none of this list.
    """
    if part in ("head", "contacts"):
        return Shown(part, "", total=len(scene.career.contacts))
    shown = Shown(part, str(Part(part).label), whole=whole, first=not after, kept=kept)
    shown.there = f"{scene.person.path}#item-{kept}"
    _DRAWN.get(part, _items)(scene, shown, after)
    if not shown.total:
        return None
    if not whole and shown.more:
        shown.more = f"{scene.person.path}{part}/"
    return shown


def _about(scene: Scene, shown: Shown, after: str) -> None:
    shown.text = prose(scene.career.head.about)
    shown.total = int(bool(shown.text))


def _positions(scene: Scene, shown: Shown, after: str) -> None:
    items = scene.career.items(Section.POSITIONS)
    groups = grouped(items, scene.today)
    keys = [group.roles[0].pk for group in groups]
    place = next((at for at, group in enumerate(groups) if any(role.pk == shown.kept for role in group.roles)), -1)
    cut = _with_kept(scene, shown, groups, keys, place, _cut(shown, groups, keys, after, FOLDED, WHOLE))
    for group in cut:
        roles = [_entry(scene, item) for item in group.roles]
        length = span(group.started, group.ended, ongoing=True, long=True, today=scene.today)
        shown.groups.append((group, length if len(roles) > 1 else Markup(), roles))
    shown.total = len(items)


def _items(scene: Scene, shown: Shown, after: str) -> None:
    items = scene.career.items(shown.part)
    shown.short = shown.part in SHORT
    folded = FOLDED_SHORT if shown.short else FOLDED
    keys = [item.pk for item in items]
    place = keys.index(shown.kept) if shown.kept in keys else -1
    cut = _with_kept(scene, shown, items, keys, place, _cut(shown, items, keys, after, folded, WHOLE))
    shown.entries = [_entry(scene, item) for item in cut]
    shown.total = len(items)


def _skills(scene: Scene, shown: Shown, after: str) -> None:
    held = scene.career.skills
    shown.skills = _cut(shown, held, [each.pk for each in held], after, FOLDED_SKILLS, WHOLE_SKILLS)
    shown.total = len(held)
    shown.endorsed = vouching.endorsed(scene.others, shown.skills)
    if scene.preview:  # with the owner's own eyes, where what is hidden counts; others learn nothing of it
        shown.endorsed = {key: replace(said, hidden=0) for key, said in shown.endorsed.items()}


def _recommendations(scene: Scene, shown: Shown, after: str) -> None:
    if Part.RECOMMENDATIONS not in scene.career.parts or "praise" not in scene.has:
        if after:
            raise Http404
        return
    page = vouching.page(scene.others, scene.person, after)
    shown.cards = page.cards if shown.whole else page.cards[:FOLDED_CARDS]
    shown.total, shown.after = len(page.cards), page.older
    shown.more = "more" if page.older or len(shown.cards) < len(page.cards) else ""


def _featured(scene: Scene, shown: Shown, after: str) -> None:
    if "pins" not in scene.has:
        return
    shown.pins = featured.shown(scene.viewer, scene.person, is_open=Part.FEATURED in scene.career.parts)
    shown.total = len(shown.pins)


_DRAWN: dict[str, Callable[[Scene, Shown, str], None]] = {
    Part.ABOUT: _about,
    Part.POSITIONS: _positions,
    Part.SKILLS: _skills,
    Part.FEATURED: _featured,
    Part.RECOMMENDATIONS: _recommendations,
}


def _entry(scene: Scene, item: Item) -> Entry:
    used = scene.career.used_in.get(item.pk, [])
    made = entry(item, scene.today, used[:SKILLS_OF_ITEM])
    made.more_skills = max(len(used) - SKILLS_OF_ITEM, 0)
    return made


def _cut(  # noqa: PLR0917 - the two numbers differ by part
    shown: Shown, rows: list[Any], keys: list[int], after: str, folded: int, whole: int
) -> list[Any]:
    """The stretch of a list that is shown; says where it goes on.

    One more than the fold shows is shown as well: a link to a single other line takes its place.
    """
    if not shown.whole:
        shown.more = "more" if len(rows) > folded + 1 else ""
        return rows[:folded] if shown.more else rows
    start = 0
    if after:
        last = cursor.unpack(after, 1)[0]
        if last not in keys:
            raise Http404
        start = keys.index(last) + 1
    end = start + whole
    shown.after = cursor.pack(keys[end - 1]) if end < len(rows) else ""
    return rows[start:end]


def _with_kept(  # noqa: PLR0917 - what `_cut` knows, and what came of it
    scene: Scene, shown: Shown, rows: list[Any], keys: list[int], place: int, cut: list[Any]
) -> list[Any]:
    """What is shown, and after it what was just written, should it stand further down: nobody searches for it."""
    if place < len(cut):
        return cut
    page = place - place % WHOLE
    after = f"?after={cursor.pack(keys[page - 1])}" if page else ""
    shown.there = f"{scene.person.path}{shown.part}/{after}#item-{shown.kept}"
    shown.apart = place - len(cut)
    return [*cut, rows[place]]
