"""Many who write at once through the verbs alone, some of them twice: the proof of one order without pages and streams.

`bin/bench order` is the whole of it, served. This is its core, in threads with connections of their own; it runs in
`collegium shell`: `from bench.verbs import run; run(10_000, 50, 16)`.
"""

import time

from django.db.models import Count

from collegium.members.models import Member
from collegium.messaging.actions import talking
from collegium.messaging.tests import writing


def run(messages: int, talks: int, threads: int) -> None:
    """Write, and look at what is there.

    Raises:
        SystemExit: something is lost, doubled, or not in one order.
    """
    host = Member.objects.active().annotate(ties=Count("connections")).order_by("-ties", "pk")[0]
    others = list(Member.objects.active().filter(pk__in=host.connections.values("other")).order_by("pk")[:3])
    rows = [talking.begin(host, others, name=f"Group {place}") for place in range(talks)]
    began = time.perf_counter()
    writers = writing.write_all(rows, [host, *others], count=messages, threads=threads)
    seconds = time.perf_counter() - began
    again = sum(each.again for each in writers)
    print(f"{messages:,} messages into {talks} conversations by {threads} at once, {again:,} of them sent twice,")
    print(f"in {seconds:.1f} s ({messages / seconds:.0f} a second)")
    if found := writing.faults(rows, [host, *others], writers):
        raise SystemExit("\n".join(found))
    print("none lost, none doubled, one order for everybody")
