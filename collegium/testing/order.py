"""In which order the processes of a run take the files: large ones first, journeys spread among all the others.

A journey waits for its browser more than it works. Spread out, its pauses fall where other processes have work, and the
last files of a run are small ones, so that no process waits long for another.
"""

from collections import Counter

import pytest

# The last tenth holds no journey: a run does not end with waiting for one.
SPREAD = 0.9


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Order files, each whole and as it was, when there are several processes; alone, pytest's order stays."""
    if hasattr(config, "workerinput"):
        places = _places(items)
        items.sort(key=lambda item: (places[_file(item)], _file(item)))


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


def _places(items: list[pytest.Item]) -> dict[str, float]:
    """How much of the run has begun before each file, from 0 to 1."""
    sizes = Counter(_file(item) for item in items if not item.get_closest_marker("browser"))
    journeys = sorted({_file(item) for item in items} - set(sizes))
    places, begun = {}, 0
    for file, size in sizes.most_common():
        places[file] = begun / sizes.total()
        begun += size
    return places | {file: place * SPREAD / len(journeys) for place, file in enumerate(journeys)}
