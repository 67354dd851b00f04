"""What `collegium ask` answers, against the same worked out from the files that were loaded, with plain Python."""

import json
import os
import random
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from collegium.cli import answers, asking
from collegium.cli.arguments import parser
from collegium.cli.tests.plainly import Town, milliseconds
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.portability.load import load_bundle

pytestmark = pytest.mark.django_db
SHARED = Path(__file__).resolve().parents[4] / "shared"
FIRST = ("Ana", "Bo", "Chen", "Dag", "Élise", "José")
LAST = ("Berg", "Chen", "Diaz", "Ek", "Farah")


def write(folder: Path) -> Path:
    """A town of forty in the manner of the SNB sample: two islands, hubs, loners, posts for every audience."""
    chance = random.Random(7)
    people = range(40)
    folder.mkdir()
    (folder / "bundle.json").write_text('{"format": "community-bundle", "version": 1, "source": "made for a test"}')

    def put(name: str, header: str, lines: list[str]) -> None:
        (folder / f"{name}.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")

    names = [f"{chance.choice(FIRST)} {chance.choice(LAST)}" for _ in people]
    put(
        "members",
        "key,handle,name,email,joined_at",
        [f"{n},p{n},{names[n]},p{n}@people.example,2010-01-{n % 28 + 1:02}T08:00:00Z" for n in people],
    )
    put("organizations", "key,name,kind", [f"o{n},Works {n},company" for n in range(5)])
    jobs = [f"{n},o{chance.randrange(5)},Staff,{chance.randrange(1990, 2012)}" for n in people for _ in range(2)]
    put("positions", "member,organization,title,started_on", jobs)
    # Up to 30 in one piece with a hub, 31 to 37 in another, two alone.
    pairs = {tuple(sorted(chance.sample(range(30), 2))) for _ in range(45)} | {(0, n) for n in range(1, 9)}
    pairs |= {(n, n + 1) for n in range(31, 37)}
    put("connections", "member_a,member_b,connected_at", [f"{a},{b},2011-05-05T05:05:05Z" for a, b in sorted(pairs)])
    put("follows", "follower,followee_kind,followee", [f"{n},member,{n + 3}" for n in range(0, 36, 4)])
    levels = ("everyone", "members", "network", "connections")
    posts = [
        f"t{n},{chance.randrange(40)},,{levels[n % 4]},{('personal', 'professional')[n % 2]},Words {n},"
        f"2011-{n % 12 + 1:02}-{n % 28 + 1:02}T10:{n % 60:02}:00.{n:03}Z"
        for n in range(300)
    ]
    put("posts", "key,author,group,audience,facet,body,created_at", posts)
    return folder


@pytest.fixture
def town(tmp_path: Path) -> Town:
    folder = write(tmp_path / "town")
    report = load_bundle(folder)
    assert report.loaded, report.lines()
    return Town(folder)


@pytest.fixture
def sample(tmp_path: Path) -> Town:
    data, tool = SHARED / "data" / "snb-mini", SHARED / "tools" / "snb_to_bundle.py"
    if not (data.is_dir() and tool.is_file()):
        if os.environ.get("CI") == "true":
            pytest.fail(f"{data} and {tool} are needed in CI")
        pytest.skip("needs the shared sample data")
    subprocess.run([sys.executable, str(tool), str(data), str(tmp_path / "snb")], check=True, capture_output=True)
    assert load_bundle(tmp_path / "snb").loaded
    return Town(tmp_path / "snb")


@pytest.fixture
def ask(capsys, monkeypatch):
    """The command line's answer, from inside the test's own community."""
    monkeypatch.setattr(asking, "house", nullcontext)

    def answer(*words: str) -> dict:
        assert asking.ask(parser().parse_args(["ask", *words])) == 0
        return json.loads(capsys.readouterr().out)

    return answer


def check_degrees(ask, town: Town, me: str) -> None:
    far = town.distances(me)
    others = sorted(town.name)
    said = {each["handle"]: each for each in ask("degrees", me, *others)["people"]}
    assert list(said) == others
    for other in others:
        degree = far.get(other, 99)
        assert said[other]["degree"] == (degree if degree <= 3 else None), other
        assert said[other]["mutual"] == (len(town.both_know(me, other)) if other != me else 0), other


def check_path(ask, town: Town, me: str, other: str) -> None:
    far = town.distances(me).get(other)
    said = ask("path", me, other, "--limit", "100000")
    if far is None or far > 6:
        assert (said["length"], said["paths"]) == (None, [])
        return
    ways = town.ways(me, other)
    assert (said["length"], said["total"], said["paths"]) == (far, len(ways), ways)


def check_people(ask, town: Town, me: str, word: str, within: int) -> None:
    said = ask("people", me, "--name", word, "--within", str(within), "--limit", "1000")
    wanted = town.named(me, word, within)
    assert [(each["degree"], each["handle"]) for each in said["people"]] == [(far, who) for far, _name, who in wanted]
    for each in said["people"]:
        jobs = sorted((name, began) for who, name, began in town.jobs if who == each["handle"])
        assert sorted((job["organization"], job["started"]) for job in each["positions"]) == jobs


def check_referrals(ask, town: Town, me: str, organization: str, before: str) -> None:
    given = ["--before", before] if before else []
    said = ask("referrals", me, "--organization", organization, *given, "--limit", "1000")
    found = sorted((each["handle"], each["started"]) for each in said["people"])
    assert found == town.worked_at(me, organization, before)
    assert [each["started"] for each in said["people"]] == sorted(each["started"] for each in said["people"])
    for each in said["people"]:
        expected = sorted(town.both_know(me, each["handle"])) if each["degree"] == 2 else []
        assert each["through"] == expected


def check_mutual(ask, town: Town, me: str, other: str) -> None:
    said = ask("mutual", me, other)
    expected = sorted(town.both_know(me, other))
    assert (said["total"], said["people"]) == (len(expected), expected)


def check_suggestions(ask, town: Town, me: str) -> None:
    said = ask("suggestions", me, "--limit", "100")["people"]
    far = town.distances(me)
    for each in said:
        both = town.both_know(me, each["handle"])
        assert each["handle"] not in town.knows[me] | {me}
        assert each["reasons"]
        assert (each["mutual"], each["degree"]) == (len(both), 2 if both else None)
    if any(degree == 2 for degree in far.values()):
        assert any(each["mutual"] for each in said)


def check_timeline(ask, town: Town, me: str, limit: int) -> None:
    said = ask("timeline", me, "--limit", str(limit))["posts"]
    found = [(milliseconds(each["at"]), each["author"], each["body"]) for each in said]
    wanted = town.timeline(me, 10**6)
    # Posts of one millisecond have no order among themselves.
    assert [at for at, _author, _body in found] == [at for at, _author, _body in wanted[:limit]]
    last = found[-1][0] if found else 0
    assert {each for each in found if each[0] > last} == {each for each in wanted if each[0] > last}
    assert set(found) <= set(wanted)


def test_degrees(ask, town):
    for me in town.name:
        check_degrees(ask, town, me)


def test_every_shortest_way(ask, town):
    for me, other in random.Random(1).sample(town.pairs(), 150):
        check_path(ask, town, me, other)
    check_path(ask, town, "p31", "p37")  # six steps
    assert ask("path", "p0", "p39") == {"asker": "p0", "to": "p39", "length": None, "total": 0, "paths": []}
    assert ask("path", "p0", "p0")["length"] == 0


def test_fewer_ways_are_told_than_there_are(ask, town):
    me, other = next(pair for pair in town.pairs() if len(town.ways(*pair)) > 2)
    said = ask("path", me, other, "--limit", "2")
    ways = town.ways(me, other)
    assert (said["total"], len(said["paths"])) == (len(ways), 2)
    assert all(way in ways for way in said["paths"])


def test_people_by_a_word_of_the_name(ask, town):
    for word in ("Ana", "chen", "Elise", "JOSÉ", "Nobody", "An"):
        for within in (1, 2, 3):
            check_people(ask, town, "p0", word, within)
            check_people(ask, town, "p12", word, within)
    few = ask("people", "p0", "--name", "Chen", "--limit", "1")
    assert len(few["people"]) == 1 < few["total"]


def test_referrals(ask, town):
    for me in ("p0", "p5", "p33", "p39"):
        for number in range(5):
            for before in ("", "1995", "2005"):
                check_referrals(ask, town, me, f"Works {number}", before)
    assert ask("referrals", "p0", "--organization", "works  1".replace("  ", " "))["total"] > 0
    assert ask("referrals", "p0", "--organization", "Never heard of")["people"] == []


def test_mutual(ask, town):
    for me, other in random.Random(2).sample(town.pairs(), 100):
        check_mutual(ask, town, me, other)


def test_suggestions(ask, town):
    for me in town.name:
        check_suggestions(ask, town, me)


def test_timeline(ask, town):
    for me in town.name:
        for limit in (1, 20, 45, 500):
            check_timeline(ask, town, me, limit)


def test_the_timeline_in_the_mix_that_was_chosen(ask, town):
    from collegium.feed.models import Mix

    Mix.objects.create(member=Member.objects.get(handle="p0"), sides=Mix.Sides.PROFESSIONAL)
    said = ask("timeline", "p0", "--mixed", "--limit", "100")
    assert said["sides"] == "professional"
    # What she says herself comes home from either side.
    assert {each["facet"] for each in said["posts"] if each["author"] != "p0"} == {"professional"}
    assert {each["facet"] for each in ask("timeline", "p0", "--limit", "100")["posts"]} == {"professional", "personal"}


@pytest.mark.parametrize(
    "words",
    [
        ["degrees", "nobody-here", "p1"],
        ["degrees", "p0", "nobody-here" + "\udcff"],
        ["degrees", "p0", "p1", "nobody-here"],
        ["path", "p0", "nobody-here"],
        ["mutual", "p0", "p39"],
        ["timeline", "p39"],
    ],
)
def test_whom_one_does_not_see_is_answered_like_nobody(ask, town, words, capsys):
    p0, p39 = Member.objects.get(handle="p0"), Member.objects.get(handle="p39")
    network.block(p39, p0)
    if words[0] == "timeline":
        Member.objects.filter(pk=p39.pk).update(standing=Member.Standing.SUSPENDED)
    with pytest.raises(SystemExit) as left:
        ask(*words)
    gone = next((word for word in words if "nobody-here" in word), words[-1]).replace("\udcff", "?")
    asked_for = "Nobody here has the handle" if gone == words[1] else "p0 sees nobody with the handle"
    assert left.value.code == f"{asked_for} {gone!r}."
    assert capsys.readouterr().out == ""


def test_a_list_kept_to_oneself_hides_the_edge_from_others(ask, town):
    me, other = next(
        (me, other)
        for me, other in town.pairs()
        if town.distances(me).get(other) == 2 and len(town.ways(me, other)) == 1
    )
    (middle,) = town.both_know(me, other)
    Member.objects.filter(handle__in=[middle, other]).update(connections_audience=Member.ListAudience.ONLY_ME)
    assert ask("degrees", me, other)["people"][0]["degree"] != 2
    assert ask("mutual", me, other)["people"] == []
    assert other not in {
        each["handle"] for each in ask("suggestions", me, "--limit", "100")["people"] if each["mutual"]
    }


def test_handles_as_people_write_them(ask, town):
    assert ask("degrees", "@P0", " p1")["people"][0]["handle"] == "p1"


@pytest.mark.parametrize(
    "words",
    [
        ["degrees", "p0"],
        ["path", "p0", "p1", "--limit", "0"],
        ["path", "p0", "p1", "--limit", "-1"],
        ["path", "p0", "p1", "--limit", "9" * 30],
        ["people", "p0"],
        ["people", "p0", "--name", "x", "--within", "4"],
        ["referrals", "p0", "--organization", "x", "--before", "soon"],
        ["people", "p0", "--name", "\udcff"],
        ["referrals", "p0", "--organization", " "],
    ],
)
def test_what_makes_no_sense_is_said_before_anything_is_started(words, capsys):
    with pytest.raises(SystemExit) as left:
        parser().parse_args(["ask", *words])
    assert left.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_odd_words_are_only_words(ask, town):
    for word in ("%", "_", "\\", "' OR 1=1", "\u0000x".strip("\u0000"), "٣", "a" * 5000):
        assert ask("people", "p0", "--name", word)["people"] == []
        assert ask("referrals", "p0", "--organization", word)["people"] == []


def test_the_sample_of_a_benchmark(ask, sample):
    """The questions of IC1, IC2, IC9, IC11, IC13 and IC14 that this product has, with the sample's own parameters."""
    chance = random.Random(3)
    people = sorted(sample.name)
    for me in chance.sample(people, 12):
        check_degrees(ask, sample, me)
        check_suggestions(ask, sample, me)
        check_timeline(ask, sample, me, 20)
    for me, other in chance.sample(sample.pairs(), 60):
        check_path(ask, sample, me, other)
        check_mutual(ask, sample, me, other)
    for one, other in given(sample, "13", 2) + given(sample, "14", 2):
        check_path(ask, sample, one, other)
    for one, word in given(sample, "1"):
        check_people(ask, sample, one, word, 3)
    for one, _until in given(sample, "2") + given(sample, "9"):
        check_timeline(ask, sample, one, 20)
    for one, _country, year in given(sample, "11"):
        near = {who for who, far in sample.distances(one).items() if 0 < far <= 2}
        employers = sorted({name for who, name, _began in sample.jobs if who in near})
        for name in chance.sample(employers, min(3, len(employers))):
            check_referrals(ask, sample, one, name, year)


def given(town: Town, question: str, people: int = 1) -> list[list[str]]:
    """The substitution parameters that come with the sample, those that name people who are in it."""
    path = SHARED / "data" / "snb-mini" / "substitution_parameters" / f"interactive_{question}_param.txt"
    lines = [line.split("|") for line in path.read_text(encoding="utf-8").splitlines()[1:] if line]
    named = [[*(f"p{key}" for key in line[:people]), *line[people:]] for line in lines]
    return [line for line in named if set(line[:people]) <= town.name.keys()]


def test_nothing_is_answered_that_the_command_does_not_ask() -> None:
    public = {name for name in vars(answers) if not name.startswith("_")}
    assert {"degrees", "path", "named", "suggestions", "referrals", "mutual", "timeline"} <= public
