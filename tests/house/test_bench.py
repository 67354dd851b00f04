"""What the bench stands on still runs: its figures are looked at rarely, and the verbs it calls change often."""

import asyncio
import hashlib
import json
import uuid

import pytest

from bench import circles, ground, home, jobs, lines, messages, mixed, order, pages, pitches, talks, writers
from bench.load import Result
from collegium.audience.viewer import Viewer
from collegium.feed import timeline
from collegium.feed.attachments import kinds
from collegium.members.models import Member
from collegium.messaging.models import Message
from collegium.testing.cast import client_of


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


@pytest.mark.django_db
def test_what_the_home_is_measured_by(cast, capsys) -> None:
    """Homes that are there, each opened by its reader, and how many statements one takes."""
    ground.homes()
    told = json.loads(capsys.readouterr().out)
    assert [path for path, _session in told["homes"]] == ["/"]
    assert all(session for _path, session in told["homes"])
    assert told["queries"] > 10


def test_the_home_beside_a_video_is_told_as_a_ratio() -> None:
    """The floor, the home alone and beside a video; what did not answer stands on its line."""
    empty, alone = Result([1.0] * 99 + [2.0]), Result([10.0] * 98 + [20.0] * 2)
    beside = Result([12.0] * 98 + [50.0] * 2, wrong=3)
    lines = home.table(empty, alone, beside, 22)
    assert [line.split()[-4:] for line in lines[1:3]] == [
        ["1.00", "2.00", "1.0", "100"],
        ["10.00", "20.00", "10.0", "100"],
    ]
    assert lines[3].endswith("3 answers were not 200")
    assert lines[4].startswith("22 statements")
    assert lines[4].endswith("p99 beside a video x 2.5")


@pytest.mark.django_db
def test_those_who_talk_in_the_bench_talk(cast, monkeypatch) -> None:
    """Conversations filled by SQL are what the verbs make: their pages open, and what is said comes."""
    monkeypatch.setattr(talks, "STORED", 100)
    talks.fill()
    talks.fill()
    [(pk, one, other, changes), *_rest] = talks.talking(5)
    people = Member.objects.select_related("user").in_bulk([one, other])
    sender, receiver = client_of(people[one]), client_of(people[other])
    assert receiver.get(f"/messages/{pk}/").status_code == 200
    key = uuid.uuid4()
    words = {"text": f"the plan reads well key-{key.hex}", "key": str(key)}
    assert sender.post(f"/messages/{pk}/messages/", words, headers={"HX-Request": "true"}).status_code < 300
    path = f"/messages/{pk}/since/{changes}/?from=1&to={changes}&tail=1&way=talk"
    answer = receiver.get(path, headers={"HX-Request": "true"})
    assert answer.headers["Talk-Changes"] == str(changes + 1)
    assert answer.content.count(f"key-{key.hex}".encode()) == 1
    stored = Message.objects.count()
    assert len(talks.bare(pk, one)) == talks.INSERTS
    assert Message.objects.count() == stored


def test_what_comes_in_pieces_is_read_whole() -> None:
    """As the browsers of the bench read answers: of a known length, and in chunks."""

    async def read(head: bytes, raw: bytes) -> bytes:
        reader = asyncio.StreamReader()
        reader.feed_data(raw)
        return await lines._body(reader, head)

    assert asyncio.run(read(b"x\r\ncontent-length: 5\r\n\r\n", b"whole")) == b"whole"
    chunked = b"x\r\ntransfer-encoding: chunked\r\n\r\n"
    assert asyncio.run(read(chunked, b"3\r\nwho\r\n2\r\nle\r\n0\r\n\r\n")) == b"whole"


def test_messages_are_told_beside_their_floors() -> None:
    """Each row with its figures, and what was lost at the end."""
    run = messages.Told([20.0] * 98 + [90.0] * 2, 1, 2, 3, [0.5], 29_000.0, 2000, (0.5, 0.25))
    told = {"stored": 1_000_000, "bare": [1.0], "queries": 9}
    ended = {"suspend": [40.0], "block": [60.0, 50.0], "remove": [45.0]}
    said = messages.table(Result([1.0]), Result([9.0]), run, told, 100, ended)
    assert [line.split()[-3:] for line in said[1:9]] == [
        ["1.00", "1.00", "1"],
        ["9.00", "9.00", "1"],
        ["1.00", "1.00", "1"],
        ["0.50", "0.50", "1"],
        ["20.00", "90.00", "100"],
        ["40.00", "40.00", "1"],
        ["60.00", "60.00", "2"],
        ["45.00", "45.00", "1"],
    ]
    assert said[9].startswith("lost 1, doubled 2, refused 3; 2000 streams in one worker, 29.0 kB each")


def test_pitches_are_told_from_notes(capsys) -> None:
    """Four hundred letters in two halves, both ways of judging; and what the house promises of ordinary notes."""
    halves = pitches.read()
    assert [len(half) for half in halves] == [200, 200]
    texts = [row.letter.text for half in halves for row in half]
    assert texts == sorted(set(texts), key=lambda text: hashlib.sha256(text.encode()).hexdigest())
    assert sum(row.is_pitch for half in halves for row in half) == 200
    for weights in (pitches.rules(), pitches.taught(halves[0])):
        told = pitches.measure(halves[1], weights)
        assert told.wrongly <= 0.02
        assert told.precision >= 0.95
        assert told.recall >= 0.8
    pitches.main([])
    assert "rules and lessons" in capsys.readouterr().out


def test_work_is_told_beside_its_floor_and_its_aim() -> None:
    """A search that is quick enough at the ninety-ninth of a hundred, a pipeline that is not at the middle, a sweep."""
    told = {"count": 12, "floor": 3.0, "all": 9.0}
    assert jobs.row("search, facets", Result([20.0] * 99 + [59.0]), told, 2.0).endswith("p99 ≤ 60 reached")
    assert jobs.row("pipeline", Result([41.0] * 9), told, 2.0).endswith("p50 ≤ 40 NOT REACHED")
    assert jobs.row("opening", Result([9.0], wrong=1), None, 2.0).endswith("1 answers were not 200")
    swept = {"searches": 10_000, "seconds": 61.0, "statements": 900, "mails": 70}
    assert jobs.swept(swept).startswith("10,000 kept searches worked off in 61.0 s, 900 statements, 70 mails")
    assert jobs.swept(swept).endswith("NOT REACHED")


@pytest.mark.django_db
def test_a_page_is_put_together_from_what_comes_to_it(cast) -> None:
    """A group made by the verbs; what one says in it is patched into the other's page, which then reads as one anew."""
    [(pk, [host, other, _third])] = circles.gathered(1, 3)
    people = Member.objects.in_bulk([host, other])
    sender, reader = client_of(people[host]), client_of(people[other])
    page = pages.Page(0, lines.Pool(0), pk, "")
    opened = reader.get(f"/messages/{pk}/").content
    page.changes, page.highest = int(pages.CHANGES.findall(opened)[0]), 1
    assert pages.lines_of(opened) == []
    numbers = []
    for turn in range(3):
        key = uuid.uuid4()
        words = {"text": f"the plan reads well key-{key.hex}", "key": str(key)}
        for _again in range(2):
            answer = sender.post(f"/messages/{pk}/messages/", words, headers={"HX-Request": "true"})
            numbers.append((int(answer.headers["Talk-Said"]), key.hex))
        asked = f"/messages/{pk}/since/{page.changes}/?from=1&to={page.highest}&tail=1&way=talk"
        answer = reader.get(asked, headers={"HX-Request": "true"})
        page.put(answer.content)
        page.changes = int(answer.headers["Talk-Changes"])
        assert len(page.lines) == turn + 1
    assert page.lines == list(dict.fromkeys(numbers)) == circles.stored([pk])[pk]
    anew = reader.get(f"/messages/{pk}/?after=1&part=1", headers={"HX-Request": "true"}).content
    assert pages.lines_of(anew) == page.lines


def test_what_is_lost_doubled_or_out_of_order_is_counted() -> None:
    """Each fault planted once, and none where there is none."""
    good = [(2, "a"), (3, "b"), (4, "c")]

    def told(stored: list[pages.Line], shown: list[pages.Line], anew: list[pages.Line]) -> tuple[int, int, int]:
        one, page, run = writers.Writer(lines.Pool(0), 1, ""), pages.Page(0, lines.Pool(0), 1, ""), order.Told()
        one.acknowledged, page.lines = {key: number for number, key in good}, shown
        order.judge(run, {1: stored}, [one], [page], [anew])
        return run.lost, run.doubled, run.disordered

    assert told(good, good, good) == (0, 0, 0)
    assert told(good[:2], good[:2], good[:2]) == (1, 0, 1)
    assert told([*good, (5, "a")], [*good, (5, "a")], [*good, (5, "a")]) == (0, 2, 1)
    assert told(good, good[:2], good) == (1, 0, 1)
    assert told(good, [*good, good[0]], good) == (0, 1, 1)
    assert told(good, [good[1], good[0], good[2]], good) == (0, 0, 1)
    run = order.Told(1, 2, 3, 4000, 5, 6000, ["the web server"], 7.0)
    said = order.table(run, 50, 200, 200)
    assert said[1] == "lost 1, doubled 2, disordered 3"
    assert "6,000 reconnects, 5 messages sent again" in said[2]
    assert "the web server 1 times" in said[2]
