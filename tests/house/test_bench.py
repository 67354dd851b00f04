"""What the bench stands on still runs: its figures are looked at rarely, and the verbs it calls change often."""

import json

import pytest

from bench import ground, mixed
from collegium.audience.viewer import Viewer
from collegium.feed import timeline
from collegium.feed.attachments import kinds


@pytest.fixture(autouse=True)
def _small(monkeypatch) -> None:
    """A network of one reader, with photographs that cost little."""
    drawn = mixed.photograph
    monkeypatch.setattr(mixed, "photograph", lambda _width, _height, seed: drawn(120, 90, seed))
    monkeypatch.setattr(mixed, "READERS", 1)
    monkeypatch.setattr(mixed, "LEAST", 1)


@pytest.mark.django_db
def test_the_pages_of_the_bench_are_found(cast, capsys, monkeypatch) -> None:
    """Sessions, pages, numbers of statements and the floor, in a network as small as the cast."""
    monkeypatch.setattr(ground, "SAMPLE", 3)
    ground.main()
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"pages", "queries", "floor"}
    assert told["pages"]["home, mixed"]
    assert told["queries"]["home"] > 0
    assert told["floor"]["p50"] > 0


@pytest.mark.django_db
def test_a_mixed_home_holds_every_form(cast) -> None:
    """Filling it twice makes nothing twice, and every kind that can stand on a card is there."""
    mixed.fill(cast.ada)
    mixed.fill(cast.ada)
    mix = timeline.mix_of(cast.ada)
    posts = timeline.page(cast.ada, timeline.people_of(cast.ada), mix).posts
    hung = kinds.load(Viewer(cast.ada), posts)
    assert len(posts) == timeline.PAGE
    assert {thing.template for things in hung.values() for thing in things} == {
        kind.card for kind in kinds if kind.card
    }
