"""The order in which people are suggested: the pool, who of it may be shown, what joins them, and the weight.

    pool      the graph (`around`), and who shares bodies, rare skills or is followed (`sources`)
    judged    whoever must not be suggested is taken away (`judging`)
    weighed   by what the viewer may read (`facts`, `beyond`, `formula`); nobody without a reason stays
    ordered   the weightiest first, mixed (`variety`)

Equal rows give an equal order. It looks at some hundreds of people to find the best hundred, which is too much for
every page: `kept` holds an order for some hours. It is keys only; nothing is ever said from it (`suggesting`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from collegium.audience.viewer import Viewer
from collegium.graph.degrees import mutual
from collegium.graph.view import View
from collegium.network.models import Door
from collegium.network.suggestions import around, beyond, facts, judging, sources, variety
from collegium.network.suggestions.beyond import Bridge
from collegium.network.suggestions.formula import Facts, score
from collegium.network.suggestions.judging import Admitted

# As many as anybody reads; who wants more searches.
MOST = 100


@dataclass(frozen=True, slots=True)
class Ranking:
    """In which order people come up.

    Attributes:
        keys: of people, the best first.
        bridges: where some of them would lead.
        holders: how many in the community have a skill, by its key: as much as it weighs, and the same for everybody.
    """

    keys: tuple[int, ...] = ()
    bridges: Mapping[int, Bridge] = field(default_factory=dict)
    holders: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Weighed:
    """One of the pool, before anything is said of it."""

    key: int
    facts: Facts
    score: float

    @property
    def cluster(self) -> object:
        """The bunch of people one would take it for: a body both were at, else a place; else a bunch of its own."""
        if self.facts.together:
            return self.facts.together[0].place
        return self.facts.place or self.facts.bridge or self.key


def draw(viewer: Viewer, view: View) -> Ranking:
    """Work the order out anew.

    Args:
        viewer: a member in good standing.
        view: the graph.
    """
    me = viewer.me
    near = around.look(viewer, view)
    judged = judging.admitted(me.pk, sources.keys(me.pk) | near.mutual.keys())
    near.far = [key for key in near.far if key in judged]
    # Whom another source brought may share acquaintances too, only not so many that the graph brought her.
    brought = mutual(viewer, judged.keys() - near.mutual.keys(), 0, view)
    shared = near.mutual | {key: each.total for key, each in brought.items()}
    bridges = beyond.find(me.pk, me.place, near)
    holders: dict[int, int] = {}
    weighed = weigh(viewer, judged, shared, bridges, holders)
    weighed.sort(key=lambda each: (-each.score, -each.key))
    order = variety.mix(weighed, cluster=lambda each: each.cluster, bridge=lambda each: bool(each.facts.bridge))[:MOST]
    keys = tuple(each.key for each in order)
    return Ranking(keys, {key: bridges[key] for key in keys if key in bridges}, holders)


def weigh(
    viewer: Viewer,
    judged: Mapping[int, Admitted],
    shared: Mapping[int, int],
    bridges: Mapping[int, Bridge],
    holders: dict[int, int],
) -> list[Weighed]:
    """What each of these people weighs by what joins her with the viewer; without those whom nothing does.

    Args:
        viewer: a member in good standing.
        judged: people who may be suggested.
        shared: with how many of them acquaintances are shared, and how many.
        bridges: where some lead.
        holders: of skills, as far as counted; what is missing is added.

    Returns:
        In the order given.
    """
    joined = facts.gather(viewer, judged, holders)
    home = viewer.me.place.lower()
    weighed = []
    for key, person in judged.items():
        known = joined[key]
        known.mutual = shared.get(key, 0)
        known.bridge = bridges[key].sentence if key in bridges else ""
        known.place = person.place if person.place and person.place.lower() == home else ""
        if person.door == Door.Who.SHARED and not known.mutual and not known.together:
            continue
        if weight := score(known):
            weighed.append(Weighed(key, known, weight))
    return weighed
