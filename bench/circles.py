"""Groups for `bin/bench order`, and what is stored of them afterwards. Runs in `collegium shell`, prints JSON."""

import json
import random
import re
import sys
from collections import defaultdict

from bench.people import signed_in
from collegium.members.models import Member
from collegium.messaging.actions import talking
from collegium.messaging.models import Message
from collegium.ties.models import Connection

SEED = 7
KEY = re.compile(r"key-([0-9a-f]{32})")


def main() -> None:
    """New groups, so many of such a size, with a session for everybody in them."""
    count, size = (int(each) for each in sys.argv[-2:])
    groups = gathered(count, size)
    members = Member.objects.select_related("user").in_bulk({key for _pk, people in groups for key in people})
    sessions = signed_in(list(members.values()))
    json.dump({"talks": [(pk, [sessions[key] for key in people]) for pk, people in groups]}, sys.stdout)


def gathered(count: int, size: int) -> list[tuple[int, list[int]]]:
    """Groups made by the verbs, of somebody and some of her connections; nobody is in many more than the others."""
    members = Member.objects.active().in_bulk()
    near: dict[int, list[int]] = defaultdict(list)
    for one, other in Connection.objects.order_by("member", "other").values_list("member", "other"):
        if one in members and other in members:
            near[one].append(other)
    chance, taken = random.Random(SEED), dict.fromkeys(members, 0)  # noqa: S311 - a sample, not a secret
    made: list[tuple[int, list[int]]] = []
    for number in range(count):
        able = [key for key in members if len(near[key]) >= size - 1]
        host = min(able, key=lambda key: (taken[key], chance.random()))
        others = sorted(near[host], key=lambda key: (taken[key], chance.random()))[: size - 1]
        for key in (host, *others):
            taken[key] += 1
        group = talking.begin(members[host], [members[key] for key in others], name=f"Circle {number + 1}")
        made.append((group.pk, [host, *others]))
    return made


def stored(talks: list[int]) -> dict[int, list[tuple[int, str]]]:
    """What is kept of each conversation: number and key of every message, in its order."""
    rows = Message.objects.filter(conversation__in=talks, kind=Message.Kind.WORDS).order_by("conversation", "number")
    found: dict[int, list[tuple[int, str]]] = {pk: [] for pk in talks}
    for talk, number, text in rows.values_list("conversation", "number", "text"):
        found[talk] += [(number, key) for key in KEY.findall(text)]
    return found


def kept() -> None:
    """The same for the conversations named on standard input."""
    json.dump({"stored": list(stored(json.loads(sys.stdin.read())).items())}, sys.stdout)
