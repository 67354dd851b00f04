"""The same answers by brute force, from the rows, in plain Python: what the index is held against.

Follows the sentences in `graph/sight.py`, one by one, and looks at nothing else of that room.
"""

from collections import deque
from collections.abc import Iterator

from collegium.members.models import Member
from collegium.ties.models import Block, Connection, Distance


class Network:
    """Everybody, and every rule asked person by person."""

    def __init__(self) -> None:
        self.people = {member.pk: member for member in Member.objects.all()}
        self.tied: dict[int, set[int]] = {key: set() for key in self.people}
        for one, other in Connection.objects.values_list("member_id", "other_id"):
            self.tied[one].add(other)
        self.blocks = set(Block.objects.values_list("blocker_id", "blocked_id"))
        restricted = Distance.objects.filter(rung=Distance.Rung.RESTRICTED)
        self.restricted = set(restricted.values_list("member_id", "other_id"))

    def near(self, viewer: int, person: int) -> bool:
        return person in self.tied[viewer] and (person, viewer) not in self.restricted

    def seen(self, viewer: int, person: int) -> bool:
        if viewer == person:
            return True
        if (viewer, person) in self.blocks or (person, viewer) in self.blocks:
            return False
        member = self.people[person]
        return member.standing == "active" and (member.visibility <= 1 or self.near(viewer, person))

    def open(self, viewer: int, person: int) -> bool:
        if viewer == person:
            return True
        audience = self.people[person].connections_audience
        return self.seen(viewer, person) and (audience <= 1 or (audience <= 3 and self.near(viewer, person)))

    def known(self, viewer: int, one: int, other: int) -> bool:
        if other not in self.tied[one]:
            return False
        both = self.seen(viewer, one) and self.seen(viewer, other)
        return both and (self.open(viewer, one) or self.open(viewer, other))

    def steps(self, viewer: int, person: int) -> Iterator[int]:
        return (other for other in sorted(self.tied[person]) if self.known(viewer, person, other))

    def distances(self, viewer: int) -> dict[int, int]:
        """How many known edges away everybody is who can be reached."""
        found, waiting = {viewer: 0}, deque([viewer])
        while waiting:
            person = waiting.popleft()
            for other in self.steps(viewer, person):
                if other not in found:
                    found[other] = found[person] + 1
                    waiting.append(other)
        return found

    def degree(self, viewer: int, person: int) -> int | None:
        if person in self.tied[viewer]:
            return 1
        steps = self.distances(viewer).get(person, 9)
        return steps if steps <= 3 else None

    def mutual(self, viewer: int, person: int) -> list[int]:
        return [other for other in self.steps(viewer, person) if other in self.tied[viewer]]

    def paths(self, viewer: int, person: int, longest: int = 6) -> list[tuple[int, ...]]:
        """Every shortest known way."""
        if person in self.tied[viewer]:
            return [(viewer, person)]
        distances = self.distances(viewer)
        if distances.get(person, 99) > longest:
            return []
        ways = [(person,)]
        for steps in range(distances[person] - 1, -1, -1):
            ways = [
                (other, *way) for way in ways for other in self.steps(viewer, way[0]) if distances.get(other) == steps
            ]
        return sorted(ways)

    def second(self, viewer: int) -> list[int]:
        """Two steps away, and not connected (she may be, and unseen)."""
        reached = self.distances(viewer)
        return [key for key in sorted(reached) if reached[key] == 2 and key not in self.tied[viewer]]

    def candidates(self, viewer: int) -> list[tuple[int, int]]:
        counted = [(key, len(self.mutual(viewer, key))) for key in self.second(viewer)]
        return sorted(counted, key=lambda each: (-each[1], each[0]))
