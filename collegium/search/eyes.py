"""How one viewer stands to everybody: closeness, degree and mutual connections, a number for each member.

Closeness is the rule of sight (`audience.rule`), worked out for all members at once from the graph: 4 oneself, 3
connected, 2 second degree, 1 any member, -1 nobody she may find. `tests/test_eyes.py` holds it equal to the rule in
SQL. Degree and mutual connections are made of the edges the viewer may know (`graph.sight`), as everywhere; the same
file holds them equal to `graph.degrees`.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import F

from collegium.audience.rule import CONNECTED, MEMBER, NONE, SECOND, SELF
from collegium.audience.viewer import Viewer
from collegium.graph import index
from collegium.graph.adjacency import Numbers, tally
from collegium.graph.view import ACTIVE, LIST_TO_CONNECTIONS, LIST_TO_MEMBERS, OPEN_TO_MEMBERS, Flags, View
from collegium.lib import clock
from collegium.members.models import Member
from collegium.openness.models import Audience, OpenToWork
from collegium.openness.rule import Recruits
from collegium.search.corpus.layers import Layer, layers
from collegium.search.corpus.segment import Mask, Near

FIRST_DEGREE, SECOND_DEGREE, FURTHER = 1, 2, 3
Numbers32 = npt.NDArray[np.int32]

FINDABLE = np.array([MEMBER if code & ACTIVE and code & OPEN_TO_MEMBERS else NONE for code in range(256)], np.int8)


@dataclass(frozen=True, slots=True)
class Seen:
    """One layer with one viewer's eyes: for each member of its segment how near she is, -1 where she is not found.

    Attributes:
        layer: the segment.
        near: closeness.
        degree: 1, 2, or 3 for whoever is further (and for oneself).
        mutual: how many connections both are known to have.
    """

    layer: Layer
    near: Near
    degree: npt.NDArray[np.int8]
    mutual: Numbers32

    @property
    def found(self) -> Mask:
        """Everybody whom the viewer may find, and for whom this layer speaks."""
        return self.near >= MEMBER


class Eyes:
    """One viewer, for the time of one question."""

    def __init__(self, viewer: Viewer, view: View | None = None) -> None:
        """Take who looks, and the graph where it is at hand."""
        self.viewer = viewer
        self.view = index.view() if view is None else view
        self._judged: dict[int, bool] = {}

    @cached_property
    def layers(self) -> list[Seen]:
        """Everybody, layer by layer."""
        stands = _kept.get(self.viewer.id)
        if stands is None or stands.view is not self.view:
            stands = self._stand()
            _keep(self.viewer.id, stands)
        return [_seen(layer, stands) for layer in layers(self.view)]

    def _stand(self) -> "_Stands":
        """Closeness, degree, mutual connections for every number of the graph."""
        view = self.view
        near, degree = _findable(view.flags).copy(), np.full(view.size, FURTHER, np.int8)
        mutual = np.zeros(view.size, np.int32)
        me = view.number(self.viewer.id)
        if me is None:
            return _Stands(view, np.full(view.size, NONE, np.int8), degree, mutual)
        ties, away = view.ties.of(me), view.kept_away.of(me)
        self._step(ties, away, near, degree, mutual)
        degree[ties] = FIRST_DEGREE
        near[ties[view.flags[ties] & ACTIVE > 0]] = CONNECTED
        near[away] = FINDABLE[view.flags[away]]
        near[view.blocks.of(me)] = NONE
        near[me], degree[me], mutual[me] = SELF, FURTHER, 0
        return _Stands(view, near, degree, mutual)

    def _step(self, ties: Numbers, away: Numbers, near: Near, degree: npt.NDArray[np.int8], mutual: Numbers32) -> None:
        """One step on from the viewer's connections: who is near through them, and whom both are known to know.

        The rule of sight asks whether a connection shows her list to connections; knowing an edge asks whether the
        viewer may read that list, or the other one's. That differs only for those who keep the viewer away.
        """
        flags = self.view.flags
        ties = ties[flags[ties] & ACTIVE > 0]
        bits = flags[ties]
        shows = bits & LIST_TO_CONNECTIONS > 0
        from_me = np.isin(ties, away)
        seen = ~from_me | (bits & OPEN_TO_MEMBERS > 0)
        opens = seen & ((bits & LIST_TO_MEMBERS > 0) | (shows & ~from_me))
        for group, is_near, is_open in (
            (ties[shows & opens], True, True),
            (ties[shows & ~opens & seen], True, False),
            (ties[shows & ~seen], True, None),
            (ties[~shows & seen & ~opens], False, False),
        ):
            reached, times = tally(self.view.ties.gather(group)[0], len(near))
            if is_near:
                near[reached[near[reached] == MEMBER]] = SECOND
            if is_open is False:
                known = self._open_to_me(reached, ties, away)
                reached, times = reached[known], times[known]
            if is_open is not None:
                degree[reached] = SECOND_DEGREE
                mutual[reached] += times.astype(np.int32)

    def _open_to_me(self, numbers: npt.NDArray[Any], ties: Numbers, away: Numbers) -> Mask:
        """Whose list of connections the viewer may read, of people she sees."""
        bits = self.view.flags[numbers]
        tied = np.isin(numbers, ties) & ~np.isin(numbers, away)
        return (bits & LIST_TO_MEMBERS > 0) | ((bits & LIST_TO_CONNECTIONS > 0) & tied)

    def open_to_work(self, seen: Seen, among: Mask) -> Mask:
        """Those among these who are open to work, as far as the viewer may know.

        Whether somebody leaves her out is a question for the database (`openness.rule`): it is asked once for all
        whom it could concern.
        """
        arrays = seen.layer.segment.arrays
        owner, audience = arrays["open-owner"], arrays["open-audience"]
        open_now = np.zeros(len(seen.near), bool)
        living = among[owner] & (arrays["open-until"] > clock.now().timestamp() * 1_000_000)
        if not living.any():
            return open_now
        level = audience.astype(np.int8)
        for_recruiters = audience == Audience.RECRUITERS
        if (living & for_recruiters).any():
            level = np.where(for_recruiters, np.int8(MEMBER if self._recruits else SELF), level)
        living &= seen.near[owner] >= level
        asks = living & arrays["open-leaves-out"]
        open_now[owner[living & ~asks]] = True
        keys = seen.layer.segment.keys[owner[asks]].tolist()
        judged = self._may_know(keys)
        open_now[owner[asks]] = [judged[key] for key in keys]
        return open_now

    @cached_property
    def _recruits(self) -> bool:
        asked = Member.objects.filter(pk=self.viewer.id).values_list(Recruits(self.viewer.id, now=None), flat=True)
        return bool(asked.first())

    def _may_know(self, keys: list[int]) -> dict[int, bool]:
        """Whether each of these shows the viewer that she looks for work."""
        unknown = [key for key in keys if key not in self._judged]
        if unknown:
            shown = OpenToWork.objects.visible_to(self.viewer).filter(member_id__in=unknown)
            told = set(shown.values_list(F("member_id"), flat=True))
            self._judged.update((key, key in told) for key in unknown)
        return self._judged


@dataclass(frozen=True, slots=True)
class _Stands:
    """How one viewer stands to every number of one view of the graph."""

    view: View
    near: Near
    degree: npt.NDArray[np.int8]
    mutual: Numbers32


# Of the last few who asked: while somebody types, she asks every tenth of a second, and nothing has changed.
KEPT = 4
_kept: dict[int, _Stands] = {}
_flags: list[tuple[Flags, Near]] = []


def _keep(key: int, stands: _Stands) -> None:
    _kept.pop(key, None)
    _kept[key] = stands
    for other in list(_kept)[:-KEPT]:
        _kept.pop(other, None)


def _findable(flags: Flags) -> Near:
    """How near somebody without any tie is to everybody; the same for all viewers, as long as nobody changes."""
    for known, near in _flags:
        if known is flags:
            return near
    near = FINDABLE[flags]
    _flags[:] = [(flags, near)]
    return near


def _seen(layer: Layer, stands: _Stands) -> Seen:
    numbers = layer.numbers
    near = stands.near[numbers]
    if len(layer.silent):
        near = near.copy()
        near[layer.silent] = NONE
    return Seen(layer, near, stands.degree[numbers], stands.mutual[numbers])
