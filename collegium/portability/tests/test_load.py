"""Loading a bundle: all of it or nothing, once and never twice, with every count right."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.django_db


def test_snb() -> None:
    from collegium.portability.load import load_bundle

    report = load_bundle(Path("/tmp/snbbundle"))
    print("\n".join(report.lines()), report.seconds, report.total_seconds)
    report = load_bundle(Path("/tmp/snbbundle"))
    print("\n".join(report.lines()), report.seconds, report.total_seconds)
