"""`collegium graph`: the files that degrees, paths, suggestions and search answer from."""

import argparse
import time

from collegium.cli.house import house


def graph(arguments: argparse.Namespace) -> int:
    """Say how the files are, or write them anew; 1 when there are none."""
    with house():
        return _rebuild() if arguments.step == "rebuild" else _status()


def _rebuild() -> int:
    from collegium.graph import base

    begun = time.monotonic()
    folder = base.rebuild(lambda sentence: print(f"  {sentence} ({time.monotonic() - begun:.1f} s)", flush=True))
    print(f"Written in {time.monotonic() - begun:.1f} s, {_megabytes(folder):,.1f} MB.")
    return 0


def _status() -> int:
    from collegium.graph import base
    from collegium.graph.models import Change, Epoch

    epoch = Epoch.objects.get()
    folder = base.latest(epoch.number, epoch.floor)
    changes = Change.objects.count()
    if folder is None:
        print(f"There are no files yet; {changes:,} changes tell everything." if epoch.empty else "There are no files.")
        return 0 if epoch.empty else 1
    view = base.opened(folder)
    members = f"{view.view.size:,} members" if view else "in the form of another version"
    print(f"{members}, {_megabytes(folder):,.1f} MB; {changes:,} changes are kept.")
    return 0


def _megabytes(folder: object) -> float:
    from pathlib import Path

    return sum(path.stat().st_size for path in Path(str(folder)).iterdir()) / 1e6
