"""What the tests of this room share."""

import pytest


@pytest.fixture
def reach_is_asked() -> None:
    """For tests in which a first message costs what it costs."""


@pytest.fixture(autouse=True)
def anybody_may_begin(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a first message costs is asked in `reach`, whose tests say so; here it is free, but where a test asks."""
    if "reach_is_asked" not in request.fixturenames:
        asked = "collegium.messaging.actions.approaching.hindrance_to_approaching"
        monkeypatch.setattr(asked, lambda *_who, purpose: None)
