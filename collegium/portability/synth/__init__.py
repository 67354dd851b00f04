"""A made-up network of any size for measurements: the shape of a real one, words of the demo community.

Edges are drawn in Python and streamed; everything that hangs on members (posts, comments, reactions, follows,
invitations) is made by the database itself. One transaction: a killed run leaves nothing.
"""

from collections.abc import Callable
from random import Random

from django.db import connection, transaction

from collegium.lib import clock
from collegium.members.models import Member
from collegium.portability.bulk import freshen
from collegium.portability.report import BundleError
from collegium.portability.synth import activity, people
from collegium.portability.synth.graph import Network

Progress = Callable[[str, int, int], None]
SEED = 7
SETTINGS = (
    "statement_timeout = 0",
    "idle_in_transaction_session_timeout = 0",
    "work_mem = '96MB'",
    "client_connection_check_interval = '2s'",
)


def synthesize(members: int, progress: Progress | None = None, *, seed: int = SEED) -> None:
    """Fill an empty network with made-up members, their connections and a year of what they wrote.

    Args:
        members: how many; the mean of their connections is about 60, the most about 2,000 (or a tenth of all).
        progress: called with what is being made, how much of it is done, how much there will be.
        seed: the same seed, the same network.

    Raises:
        BundleError: somebody is here already.
    """
    if Member.objects.exists():
        raise BundleError("A made-up network is for an empty one; this one has members already.")
    tell: Progress = progress or (lambda _what, _done, _total: None)
    rng = Random(seed)  # noqa: S311 - chance that must repeat, not secrets
    with transaction.atomic(), connection.cursor() as cursor:
        for setting in SETTINGS:
            cursor.execute(f"SET LOCAL {setting}")
        cursor.execute("SELECT setseed(%s)", [rng.random()])
        network = Network(members, rng)
        keys = people.draw(cursor, network, rng, tell)
        people.connect(cursor, network, keys, tell)
        del network, keys
        people.settle(cursor)
        steps = activity.steps(clock.now())
        for done, (what, step) in enumerate(steps):
            tell(what, done, len(steps))
            step(cursor)
        tell("what they wrote", len(steps), len(steps))
    freshen()
