"""Generated networks: people who hide, block, restrict and are suspended, in every mixture."""

from typing import Any

from django.db import transaction
from hypothesis import strategies as st

from collegium.accounts.models import User
from collegium.members.models import Member
from collegium.ties.models import Block, Connection, Distance

MOST = 11

people = st.integers(0, MOST - 1)
pairs = st.tuples(people, people).filter(lambda pair: pair[0] != pair[1])
edges = st.sets(pairs.map(lambda pair: (min(pair), max(pair))), max_size=40)
person = st.fixed_dictionaries(
    {
        "standing": st.sampled_from(["active"] * 6 + ["suspended"]),
        "visibility": st.sampled_from([1, 1, 1, 0, 3]),
        "connections_audience": st.sampled_from([1, 1, 3, 3, 4]),
    }
)
_parts = st.fixed_dictionaries(
    {
        "people": st.lists(person, min_size=8, max_size=MOST),
        "ties": edges,
        "blocks": st.sets(pairs, max_size=3),
        "distances": st.dictionaries(pairs, st.sampled_from([1, 2, 3, 3]), max_size=2),
    }
)


@st.composite
def _whole(draw: st.DrawFn) -> dict[str, Any]:
    """Distances mostly between people who are connected: elsewhere they change little."""
    made = draw(_parts)
    if made["ties"]:
        kept = draw(st.dictionaries(st.sampled_from(sorted(made["ties"])), st.sampled_from([1, 2, 3, 3]), max_size=6))
        turned = draw(st.booleans())
        made["distances"] |= {(b, a) if turned else (a, b): rung for (a, b), rung in kept.items()}
    return made


networks = _whole()


def make(network: dict[str, Any]) -> list[int]:
    """Write a network's rows; returns the keys. Whoever a block parts is not connected, as in the product."""
    with transaction.atomic():
        keys = []
        for place, fields in enumerate(network["people"]):
            user = User.objects.create(email=f"person{place}@generated.example")
            keys.append(
                Member.objects.create(user=user, handle=f"generated-{place}", name=f"Person {place}", **fields).pk
            )
        count = len(keys)
        parted = {frozenset(pair) for pair in network["blocks"]}
        for one, other in network["ties"]:
            if max(one, other) < count and frozenset((one, other)) not in parted:
                halves = ((keys[one], keys[other]), (keys[other], keys[one]))
                Connection.objects.bulk_create(Connection(member_id=a, other_id=b) for a, b in halves)
        Block.objects.bulk_create(
            Block(blocker_id=keys[a], blocked_id=keys[b]) for a, b in network["blocks"] if max(a, b) < count
        )
        Distance.objects.bulk_create(
            Distance(member_id=keys[a], other_id=keys[b], rung=rung)
            for (a, b), rung in network["distances"].items()
            if max(a, b) < count
        )
    return keys
