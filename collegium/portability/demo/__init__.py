"""The demo community: some three hundred made-up people of twelve professions, and six months of what they say.

Its content is text (`content/*.txt`), its network chance with a fixed seed, its dates lead up to now. It is written
down as a bundle and loaded like any other; added are one of each form of post (`showing`), and the letters and notices
of three people, because a load makes none.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from collegium.lib import clock
from collegium.members.models import Member
from collegium.portability.bulk import freshen
from collegium.portability.demo import building, content, guests, histories, showing, welcome
from collegium.portability.load import load_bundle
from collegium.portability.report import BundleError

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Account:
    """One of the three people as whom one can sign in."""

    name: str
    email: str
    password: str
    sees: str

    def __str__(self) -> str:
        return f"{self.email}  {self.password}  ({self.name}: {self.sees})"


def fill_demo(progress: Progress | None = None) -> list[Account]:
    """Fill an empty network with the demo community; one that has it already stays as it is.

    Args:
        progress: called with what is being done, how much of it is done, how much there is.

    Returns:
        Three people to sign in as.

    Raises:
        BundleError: other people are here already.
    """
    people = content.read().people
    accounts = [Account(people[g.handle].name, building.address(g.handle), g.password, g.sees) for g in guests.GUESTS]
    if Member.objects.exists():
        if Member.objects.filter(user__email__in=welcome.guest_addresses()).count() == len(accounts):
            return accounts
        raise BundleError("The demo community is for an empty network; this one has members already.")
    now = clock.now()
    with tempfile.TemporaryDirectory(prefix="collegium-demo-") as folder, transaction.atomic():
        building.build(Path(folder), now, apart=guests.strangers(), lately=guests.ACCEPTED)
        report = load_bundle(Path(folder), progress=progress)
        if not report.loaded:
            raise BundleError("\n".join(report.lines()))
        histories.enrich(people)
        showing.show(now)
        welcome.welcome(now)
    freshen()
    return accounts
