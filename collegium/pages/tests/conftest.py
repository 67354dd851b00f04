"""No test of pages asks the internet: names have no texts, websites have no files, until a test says otherwise."""

import pytest

from collegium.lib.fetch import RefusedError
from collegium.pages.proving import looking


@pytest.fixture(autouse=True)
def silence(monkeypatch):
    def nothing(*asked, **how):
        raise RefusedError("name")

    monkeypatch.setattr(looking, "texts", lambda name, seconds: [])
    monkeypatch.setattr(looking, "fetch", nothing)
