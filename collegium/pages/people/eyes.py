"""Which rows of a roster one viewer may read: the rule of sight, for fifty thousand people at once.

    found   she may come across the person: in good standing, no block between, and the profile opens to her
    near    the closeness of `audience.rule`: 4 oneself, 3 connected, 2 second degree, 1 any member
    a row   is read when its owner is found and `level <= near`

`tests/test_people.py` holds this equal to the rule in SQL.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from collegium.audience.rule import CONNECTED, MEMBER, NONE, SECOND, SELF
from collegium.audience.viewer import Viewer
from collegium.graph import near as around
from collegium.graph.adjacency import Numbers
from collegium.graph.sight import SEEN, Sight, looking
from collegium.graph.view import ACTIVE, LIST_TO_CONNECTIONS, View
from collegium.pages.people.roster import Mask, Places, Roster

Near = npt.NDArray[np.int16]


@dataclass(frozen=True)
class Seen:
    """What of a roster one viewer reads.

    Attributes:
        rows: a yes or no for each row.
        work: the same for each line of where people work.
        first: which of the people are her connections.
        second: which of them she knows to know one of those.
    """

    rows: Mask
    work: Mask
    first: Mask
    second: Mask


def seen(viewer: Viewer, view: View, roster: Roster) -> Seen:
    """The rows the viewer may read; of whoever is signed out nothing is decided here, and nothing is seen."""
    people, row_of = roster.owners
    near = np.full(len(people), NONE, np.int16)
    first, second = np.zeros(len(people), np.bool_), np.zeros(len(people), np.bool_)
    with looking(view, viewer.id) as sight:
        if sight is not None:
            known, numbers = _numbers(view, roster)
            near[known] = _near(sight, numbers, second=roster.has_second)
            first[known] = _among(sight, sight.first(), numbers)
            second[known] = _among(sight, around.counted(sight)[0], numbers)
    worker, there = roster.worker
    work = near[worker] if len(people) else np.full(len(worker), NONE, np.int16)
    # Every audience lies above NONE: of whom she may not come across she reads nothing.
    return Seen(near[row_of] >= roster.level, there & (work >= roster.work_level), first, second)


def _near(sight: Sight, numbers: Numbers, *, second: bool) -> Near:
    """How near the viewer is to each of these people; NONE to whom she may not come across."""
    found = (sight.look(numbers) & SEEN) > 0
    here = np.where(found, MEMBER, NONE).astype(np.int16)
    near = found & ~_among(sight, sight.view.kept_away.of(sight.me), numbers)
    if second:
        here[near & _among(sight, _second(sight), numbers)] = SECOND
    here[near & _among(sight, sight.ties, numbers)] = CONNECTED
    here[numbers == sight.me] = SELF if sight.view.flags[sight.me] & ACTIVE else NONE
    return here


def _among(sight: Sight, some: Numbers, numbers: Numbers) -> Mask:
    """Which of these numbers are among some: `isin`, without putting anything in order."""
    with sight.marked(some) as marks:
        return marks[numbers]


def _second(sight: Sight) -> Numbers:
    """Whoever is connected with a connection of hers that shows who those are: the second degree of the rule."""
    flags = sight.view.flags[sight.ties]
    through = sight.ties[(flags & ACTIVE > 0) & (flags & LIST_TO_CONNECTIONS > 0)]
    return sight.view.ties.gather(through)[0]


def _numbers(view: View, roster: Roster) -> tuple[Places | slice, Numbers]:
    """Those of the people of a roster whom the graph knows, and their numbers in it."""
    numbers, there = roster.in_graph
    if there.all():
        return slice(None), numbers.astype(np.uint32)
    if view.late_numbers:
        numbers, there = numbers.copy(), there.copy()
        for place in np.flatnonzero(~there).tolist():
            late = view.late_numbers.get(int(roster.owners[0][place]))
            if late is not None:
                numbers[place], there[place] = late, True
    known = np.flatnonzero(there)
    return known, numbers[known].astype(np.uint32)
