"""`collegium topics`: what it does, what it says, and how it is taken back."""

from contextlib import nullcontext

import pytest

from collegium.audience.level import Level
from collegium.cli import topics
from collegium.cli.arguments import parser
from collegium.feed import actions
from collegium.feed.models import Topic
from collegium.feed.reading import actions as reading
from collegium.journal.models import Entry
from collegium.testing.cast import Cast


@pytest.fixture(autouse=True)
def inside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests are in the community already."""
    monkeypatch.setattr(topics, "house", nullcontext)


def run(*words: str) -> int:
    arguments = parser().parse_args(["topics", *words])
    return int(getattr(topics, arguments.run.rpartition(":")[2])(arguments))


@pytest.fixture
def written(cast: Cast) -> Cast:
    for body in ("#choir", "#choir and #singing", "#Singing", "#dams"):
        actions.post(cast.bo, body, audience=Level.MEMBERS)
    return cast


def test_merging_says_what_it_did_and_how_to_take_it_back(written: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    reading.follow_topic(Topic.objects.get(slug="singing"), by=written.ada)
    assert run("merge", "#Singing", "choir") == 0
    said = capsys.readouterr().out
    assert "#singing is part of #choir now, for everybody. 3 posts about it." in said
    assert "collegium topics split singing" in said
    assert written.client("ada").get("/topics/singing/").url == "/topics/choir/"
    assert "#choir" in written.client("ada").get("/settings/topics/").content.decode()
    assert Entry.objects.filter(kind="feed.topic_merged", actor=None).exists()
    with pytest.raises(SystemExit, match="one already"):
        run("merge", "singing", "choir")
    assert run("split", "singing") == 0
    assert "#singing stands for itself again. 2 posts about it." in capsys.readouterr().out
    assert not Topic.objects.filter(same_as__isnull=False).exists()
    with pytest.raises(SystemExit, match="part of no other"):
        run("split", "singing")


def test_what_led_to_a_merged_topic_leads_on(written: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    run("merge", "singing", "choir")
    run("merge", "choir", "dams")
    assert set(Topic.objects.filter(same_as__slug="dams").values_list("slug", flat=True)) == {"choir", "singing"}
    assert "To #dams lead: #choir, #singing" in capsys.readouterr().out


def test_listing_counts_families(written: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    run("merge", "singing", "choir")
    capsys.readouterr()
    run("list")
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[0][:2] == ["4", "#choir"]
    assert lines[0][2:] == ["(with", "#singing)"]
    assert lines[1] == ["1", "#dams"]
    run("list", "#dam")
    assert "#choir" not in capsys.readouterr().out
    run("list", "nothing")
    assert "no such topic" in capsys.readouterr().out


@pytest.mark.parametrize("typed", ["unknown", "#", "", "\udcff", "a" * 500, "x\0y"])
def test_nobody_wrote_about_it(written: Cast, typed: str) -> None:
    with pytest.raises(SystemExit, match="Nobody has written about"):
        run("merge", typed, "choir")
    with pytest.raises(SystemExit, match="Nobody has written about"):
        run("split", typed)
