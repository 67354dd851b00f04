"""One viewer's eyes on everybody a search may find, layer by layer.

How near she is to whom is the rule of sight (`audience.rule`), worked out from the graph (`stands.py`): 4 oneself, 3
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

from collegium.audience.rule import MEMBER, NONE, SELF
from collegium.audience.viewer import Viewer
from collegium.graph import index
from collegium.graph.view import View
from collegium.lib import clock
from collegium.members.models import Member
from collegium.openness.models import Audience, OpenToWork
from collegium.openness.rule import Recruits
from collegium.search.corpus.arrays import Array
from collegium.search.corpus.layers import Layer, layers
from collegium.search.corpus.segment import Mask, Near
from collegium.search.stands import Degrees, Numbers32, Stands, stands


@dataclass(frozen=True, slots=True)
class Seen:
    """One layer with one viewer's eyes. People are asked for by their places in its segment.

    Attributes:
        layer: the segment.
        plain: closeness, but for the second degree, which is MEMBER here; -1 where somebody is not found.
        stands: how the viewer stands to every number of the graph.
    """

    layer: Layer
    plain: Near
    stands: Stands

    @property
    def found(self) -> Mask:
        """Everybody whom the viewer may find, and for whom this layer speaks."""
        return self.plain >= MEMBER

    def reaches(self, places: Array, levels: npt.NDArray[Any]) -> Mask:
        """Whether the viewer finds each of these people and is as near to her as each of these levels asks for."""
        known = self.stands.reaches(self._numbers(places), levels)
        return known & (self.plain[places] > NONE) if len(self.layer.silent) else known

    def degrees(self, places: Array) -> Degrees:
        """1, 2, or 3 for whoever is further (and for oneself), of people who are found."""
        return self.stands.degrees(self._numbers(places))

    def mutual(self, places: Array) -> Numbers32:
        """How many connections both are known to have, of people who are found."""
        return self.stands.mutual(self._numbers(places))

    def tied(self, places: Array) -> Mask:
        """Who of these people, all of them found, is connected with the viewer."""
        return self.stands.tied(self._numbers(places))

    def _numbers(self, places: Array) -> Array:
        """Their numbers in the graph: those of the files are numbered as the graph is."""
        numbers = self.layer.numbers
        return places if isinstance(numbers, slice) else numbers[places]


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
        known = stands(self.view, self.viewer.id)
        return [_seen(layer, known) for layer in layers(self.view)]

    def open_to_work(self, seen: Seen, among: Mask) -> Mask:
        """Those among these who are open to work, as far as the viewer may know.

        Whether somebody leaves her out is a question for the database (`openness.rule`): it is asked once for all
        whom it could concern.
        """
        arrays = seen.layer.segment.arrays
        owner, audience = arrays["open-owner"], arrays["open-audience"]
        open_now = np.zeros(len(seen.plain), bool)
        living = among[owner] & (arrays["open-until"] > clock.now().timestamp() * 1_000_000)
        if not living.any():
            return open_now
        level = audience.astype(np.int8)
        for_recruiters = audience == Audience.RECRUITERS
        if (living & for_recruiters).any():
            level = np.where(for_recruiters, np.int8(MEMBER if self._recruits else SELF), level)
        here = np.flatnonzero(living)
        living[here] = seen.reaches(owner[here], level[here])
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


def _seen(layer: Layer, known: Stands) -> Seen:
    plain = known.plain[layer.numbers]
    if len(layer.silent):
        plain = plain.copy()
        plain[layer.silent] = NONE
    return Seen(layer, plain, known)
