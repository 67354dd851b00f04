"""The product's own answers to questions about the network, as plain values: what `collegium ask` prints as JSON.

Nothing is worked out here that the pages do not ask for in the same way, and everything with the eyes of one member.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet, Value

from collegium.audience import people
from collegium.audience.level import Level
from collegium.audience.viewer import Viewer
from collegium.career import reading
from collegium.career.models import Item
from collegium.career.sections import Section
from collegium.feed import timeline as home
from collegium.feed.models import Mix, Post
from collegium.feed.ranking import order
from collegium.graph import degrees as graph
from collegium.graph import index, near, paths
from collegium.lib import ids
from collegium.members.models import Fold, Member
from collegium.network.suggestions import suggesting

# Of a famous person's acquaintances; more than anybody has.
EVERY = 1_000_000
Answer = dict[str, Any]


class UnknownError(Exception):
    """A handle that leads to nobody: not there, or not to be seen by whoever asks. The two are answered alike."""


def eyes(handle: str) -> Viewer:
    """Whose eyes look.

    Raises:
        UnknownError: nobody in good standing has this handle.
    """
    member = Member.objects.active().filter(handle=_plain(handle)).first()
    if member is None:
        raise UnknownError(f"Nobody here has the handle {_plain(handle)!r}.")
    return Viewer(member)


def person(viewer: Viewer, handle: str) -> Member:
    """Somebody the viewer sees.

    Raises:
        UnknownError: nobody, as far as the viewer can tell.
    """
    return persons(viewer, [handle])[0]


def persons(viewer: Viewer, handles: Iterable[str]) -> list[Member]:
    """The same for many, in one statement and in the order of the handles.

    Raises:
        UnknownError: one of them is nobody.
    """
    wanted = [_plain(handle) for handle in handles]
    found = {member.handle: member for member in people.visible_to(viewer).filter(handle__in=wanted)}
    for handle in wanted:
        if handle not in found:
            raise UnknownError(f"{viewer.me.handle} sees nobody with the handle {handle!r}.")
    return [found[handle] for handle in wanted]


def _plain(handle: str) -> str:
    """As handles are written; what a shell passes on may be no text at all, and leads to nobody."""
    plain = handle.strip().removeprefix("@").lower()
    return plain.encode("utf-8", "replace").decode()


def degrees(viewer: Viewer, handles: Iterable[str]) -> Answer:
    """How far each of these people is, and how many they both know; in the order asked for."""
    asked = persons(viewer, handles)
    found = graph.standings(viewer.member, [each.pk for each in asked])
    answers = []
    for each in asked:
        standing = found.get(each.pk)
        degree = 0 if each.pk == viewer.id else standing.degree if standing else None
        answers.append({"handle": each.handle, "degree": degree, "mutual": standing.mutual if standing else 0})
    return {"asker": viewer.me.handle, "people": answers}


def path(viewer: Viewer, handle: str, limit: int) -> Answer:
    """Every shortest way to somebody, in the order of the handles on it."""
    other = person(viewer, handle)
    found = paths.between(viewer, other.pk, most=limit)
    names = _handles({key for way in found.paths for key in way})
    ways = sorted([names[key] for key in way] for way in found.paths)
    said = {"asker": viewer.me.handle, "to": other.handle, "length": found.length, "total": found.total}
    return {**said, "paths": ways}


def named(viewer: Viewer, word: str, within: int, limit: int) -> Answer:
    """Who within so many steps has this word in the name, the nearest first, then by name; with their careers."""
    reached = near.within(viewer, within)
    wanted = Fold(Value(word))
    rows = Member.objects.filter(folded__contains=wanted).annotate(wanted=wanted).only(*_SHOWN)
    alike = [row for row in rows if row.pk in reached and row.wanted in row.folded_name.split()]
    alike.sort(key=lambda each: (reached[each.pk], each.sort_name, each.handle))
    answers = [{**_face(each), "degree": reached[each.pk], **_career(viewer, each)} for each in alike[:limit]]
    said = {"asker": viewer.me.handle, "name": word, "within": within, "total": len(alike)}
    return {**said, "people": answers}


_SHOWN = ("id", "handle", "name", "sort_name", "headline", "about", "place", "folded_name", "language", "pronouns")


def _career(viewer: Viewer, member: Member) -> Answer:
    """What the viewer may read of where somebody worked and learned, and of the languages she speaks."""
    career = reading.read(viewer, member)
    return {
        "positions": [_item(each) for each in career.items(Section.POSITIONS)],
        "education": [_item(each) for each in career.items(Section.EDUCATION)],
        "languages": sorted(each.title for each in career.items(Section.LANGUAGES)),
    }


def _item(item: Item) -> Answer:
    said = {"organization": _organization(item), "title": item.title, "place": item.place}
    return {**said, "started": item.started, "ended": item.ended}


def _organization(item: Item) -> str:
    return item.organization.name if item.organization else item.organization_name


def suggestions(viewer: Viewer, limit: int) -> Answer:
    """Whom the viewer may know, in the order of the page, with the reasons that stand there."""
    found = suggesting.suggest(viewer, most=limit)
    answers = [
        {
            **_face(each.person),
            "degree": each.standing.degree,
            "mutual": each.standing.mutual,
            "score": round(each.score, 4),
            "reasons": [str(reason.words) for reason in each.reasons],
        }
        for each in found
    ]
    return {"asker": viewer.me.handle, "people": answers}


def referrals(viewer: Viewer, organization: str, before: str, limit: int) -> Answer:
    """Connections, and theirs, who began to work at an organization before a year; the earliest first."""
    view = index.view()
    reached = near.within(viewer, 2, view)
    rows = sorted(
        (row for row in _worked_at(viewer, organization, before) if row.member_id in reached),
        key=lambda row: (row.started or "9999", reached[row.member_id], row.member.sort_name, row.member.handle),
    )
    through = paths.toward(viewer, {row.member_id for row in rows[:limit]}, EVERY, view)
    names = _handles({key for keys in through.values() for key in keys})
    answers = []
    for row in rows[:limit]:
        degree = reached[row.member_id]
        ways = sorted(names[key] for key in through.get(row.member_id, [])) if degree == 2 else []
        answers.append({**_face(row.member), "degree": degree, **_item(row), "through": ways})
    said = {"asker": viewer.me.handle, "organization": organization, "before": before, "total": len(rows)}
    return {**said, "people": answers}


def _worked_at(viewer: Viewer, organization: str, before: str) -> QuerySet[Item]:
    """The positions at an organization that the viewer may read."""
    name = Fold(Value(organization.strip()))
    at = Q(organization__folded_name=name) | Q(organization=None, folded_organization=name)
    rows = Item.objects.visible_to(viewer).filter(at, section=Section.POSITIONS).exclude(member=viewer.id)
    if before:
        rows = rows.exclude(started="").filter(started__lt=before)
    return rows.select_related("member", "organization")


def mutual(viewer: Viewer, handle: str, limit: int) -> Answer:
    """Whom the viewer and somebody both know, by handle."""
    other = person(viewer, handle)
    found = graph.mutual(viewer, [other.pk], EVERY).get(other.pk, graph.NOBODY_SHARED)
    names = sorted(_handles(found.keys).values())
    return {"asker": viewer.me.handle, "with": other.handle, "total": found.total, "people": names[:limit]}


def timeline(viewer: Viewer, limit: int, *, mixed: bool, view: str = Mix.View.NEWEST) -> Answer:
    """The posts of the home page: of connections, of people followed, and one's own.

    Args:
        viewer: whose home page.
        limit: how many posts.
        mixed: whether the mix she chose is kept to, which may leave personal posts out.
        view: the newest first, or by points with the weights she chose; then with what every term gave.
    """
    me = viewer.me
    mix, readable = home.mix_of(me), home.people_of(me)
    if not mixed:
        readable = replace(readable, wishes=readable.wishes.of_everybody())
        mix = Mix(member=me, sides=Mix.Sides.BOTH, weights=mix.weights)
    if view == Mix.View.RANKED:
        return _ranked(me, readable, mix, limit)
    posts: list[Post] = []
    before = ""
    while len(posts) < limit:
        page = home.page(me, readable, mix, before)
        posts += page.posts
        before = page.older
        if not before:
            break
    said = {"asker": me.handle, "sides": str(mix.sides), "one_in": mix.one_in}
    return {**said, "posts": [_post(each) for each in posts[:limit]]}


def _ranked(me: Member, readable: home.People, mix: Mix, limit: int) -> Answer:
    """By points: the moment and the weights everything was counted with, and of every post its terms."""
    page = order.page(me, readable, mix)
    place, posts = page.place, [_weighed(each, page) for each in page.posts]
    while page.older and len(posts) < limit:
        page = order.page(me, readable, mix, page.older)
        posts += [_weighed(each, page) for each in page.posts]
    said = {"asker": me.handle, "sides": str(mix.sides), "one_in": mix.one_in, "view": str(Mix.View.RANKED)}
    asked = {"moment": str(place.moment), "at": _instant(place.at), "window": order.WINDOW}
    return {**said, **asked, "weights": dict(place.weights), "posts": posts[:limit]}


def _weighed(post: Post, page: order.Ranked) -> Answer:
    why = page.why[post.pk]
    terms = [
        {
            "term": each.term.name,
            "counted": each.number,
            "value": each.value,
            "weight": each.weight,
            "points": each.points,
        }
        for each in why.shares
    ]
    return {**_post(post), "score": why.score, "terms": terms}


def _post(post: Post) -> Answer:
    return {
        "id": str(post.pk),
        "author": post.speaker.handle,
        "at": _instant(ids.instant(post.pk)),
        "audience": "group" if post.group_id else "page" if post.page_id else Level(post.audience).name.lower(),
        "facet": str(post.facet),
        "body": post.body,
    }


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _face(member: Member) -> Answer:
    return {"handle": member.handle, "name": member.name, "headline": member.headline, "place": member.place}


def _handles(keys: Iterable[int]) -> dict[int, str]:
    return dict(Member.objects.filter(pk__in=list(keys)).values_list("pk", "handle"))
