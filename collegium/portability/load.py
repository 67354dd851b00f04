"""Moves a community in: one bundle, one transaction, all of it or nothing.

The order is the same for a hundred rows and for ten million: read and check every file into temporary tables,
complain, and only when everything is good (or the bad rows are to be left out) merge it in a few statements. No
mail, no notification, no journal entry: what happened elsewhere is not news here.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import IntegrityError, OperationalError, transaction

from collegium.graph import base, changes, epoch
from collegium.graph.models import Change
from collegium.portability import bonds, grouped, happened, hung, keeping, people, shelf, talk, wishes
from collegium.portability.archive import opened
from collegium.portability.bulk import freshen
from collegium.portability.bundle import Bundle, Progress
from collegium.portability.happening import Events
from collegium.portability.keeping import Keeper
from collegium.portability.memory import Ids
from collegium.portability.report import BundleError, Report
from collegium.portability.stage import BusyError, Stage
from collegium.portability.wishes import Facets
from collegium.portability.words import Words

__all__ = ["BundleError", "Report", "load_bundle"]


class _RefusedError(Exception):
    """Undoes the transaction; the report says why."""


def load_bundle(source: Path, *, skip_bad: bool = False, progress: Progress | None = None) -> Report:
    """Load a community bundle.

    Args:
        source: a folder, or a zip of one.
        skip_bad: load the good rows although there are bad ones.
        progress: called with a stage's name, rows done, rows in all.

    Returns:
        What was found and done. Unless `loaded` is set, nothing was written.

    Raises:
        BundleError: this is no bundle, another load is running, the database refused; one sentence for the operator.
    """
    report = Report()
    shelf.take_over()
    try:
        with opened(Path(source)) as files, transaction.atomic():
            bundle = Bundle(files, report, progress)
            _Load(bundle, Stage(report)).run(skip_bad=skip_bad)
    except _RefusedError:
        for counts in (report.added, report.kept, report.already):
            counts.clear()
    except BusyError:
        raise BundleError("Another load is running. Wait until it has ended.") from None
    except (IntegrityError, OperationalError) as problem:
        # Somebody took an address or a handle meanwhile, the disk is full, the database went away.
        said = str(problem).partition("\n")[0]
        raise BundleError(
            f"The database refused ({said}). Nothing was written; see to it, then load again."
        ) from problem
    else:
        report.loaded = True
        freshen()
    return report


class _Load:
    """The steps of one load, each timed and told to whoever watches."""

    def __init__(self, bundle: Bundle, stage: Stage) -> None:
        self.bundle, self.stage, self.report = bundle, stage, bundle.report
        self.ids = Ids()
        self.keeper = Keeper(bundle, stage, self.ids)
        self.facets = Facets(bundle, stage, self.ids)
        self.words = Words(bundle, stage, self.ids, self.facets)
        self.events = Events(bundle, stage, self.ids, self.facets)
        self.epoch = epoch.number()

    def run(self, *, skip_bad: bool) -> None:
        """Read, judge, merge."""
        for name, step in self._reading():
            with self._timed(name):
                step()
        if self.report.fatal or (self.report.problem_count and not skip_bad):
            raise _RefusedError
        steps = self._merging()
        for done, (name, step) in enumerate(steps):
            self.bundle.progress("storing", done, len(steps))
            with self._timed(name):
                step()
        self.bundle.progress("storing", len(steps), len(steps))

    def _reading(self) -> list[tuple[str, Callable[[], object]]]:
        bundle, stage, ids = self.bundle, self.stage, self.ids
        return [
            ("read members", lambda: people.read(bundle, stage, ids)),
            ("read facets", self.facets.read),
            ("read careers", self.keeper.read_careers),
            ("read connections", lambda: bonds.read_connections(bundle, stage)),
            ("read follows", lambda: bonds.read_follows(bundle, stage, self.keeper)),
            ("read groups", lambda: grouped.read(bundle, stage, ids)),
            ("read posts", self.words.read_posts),
            ("read what hangs on posts", lambda: hung.read(bundle, stage)),
            ("read comments", self.words.read_comments),
            ("read reactions", self.words.read_reactions),
            ("read events", self.events.read),
            ("read wishes", lambda: wishes.read(bundle, stage, self.facets)),
            ("read the rest", self.keeper.finish),
        ]

    def _merging(self) -> list[tuple[str, Callable[[], object]]]:
        stage, source = self.stage, self.report.source
        return [
            ("tell new connections from old", lambda: bonds.find_fresh(stage)),
            ("store members", lambda: self._members(source)),
            ("store connections", lambda: bonds.merge_connections(stage)),
            ("store follows", lambda: bonds.merge_follows(stage)),
            ("store what is kept", lambda: keeping.merge(stage, source)),
            ("store facets", lambda: wishes.merge_facets(stage, source)),
            ("store groups", lambda: grouped.merge(stage, source)),
            ("store words", lambda: talk.merge(stage, source, self.ids)),
            ("store what hangs on posts", lambda: hung.merge(stage)),
            ("store events", lambda: happened.merge(stage, source, self.ids)),
            ("store wishes", lambda: wishes.merge(stage)),
            ("check references of connections and the rest", self._check),
            ("write the graph's files", self._graph),
        ]

    def _check(self) -> None:
        """Now, so that it has a name in the report; what else happens in this transaction is checked at its end."""
        for when in ("IMMEDIATE", "DEFERRED"):
            self.stage.run(f"SET CONSTRAINTS ALL {when}")

    def _graph(self) -> None:
        """Where so many connections came that the graph was not told of each (`bulk`), it is read anew as a whole.

        So it is where it was told of more than a process takes in: files of this transaction would not spare it these.
        """
        if Change.objects.count() > changes.TOO_MANY:
            epoch.renew()
        if self.epoch != epoch.number():
            base.rebuild()

    def _members(self, source: str) -> None:
        self.report.added[people.FILE] = people.merge(self.stage)
        people.remember(self.stage, source)

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.report.seconds[name] = time.perf_counter() - began
