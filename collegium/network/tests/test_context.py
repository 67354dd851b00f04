"""What two people share: the lines equal an independent recomputation, each for its reader, in constant statements."""

import random
from datetime import timedelta

import pytest

from collegium.audience.level import Level
from collegium.audience.viewer import Viewer
from collegium.career import actions as career
from collegium.career.models import Item, PartAudience
from collegium.career.sections import Section
from collegium.lib import clock
from collegium.members.models import Member
from collegium.network import actions
from collegium.network.context import MUTUAL, ORGANIZATION, WORKPLACE, Line, context, providers, shared_by_both
from collegium.network.tests.reading import read
from collegium.organizations import naming
from collegium.testing.cast import Cast, client_of, connect, make_member
from collegium.testing.fixtures import queries
from collegium.ties.models import Block, Connection, Invitation
from collegium.workplaces.models import Proof

ListAudience = Member.ListAudience
YEARS = {"2010": ("2010", "2012"), "2011": ("2011", "2014"), "2013": ("2013", "2015"), "2019": ("2019", "")}


def job(member: Member, name: str, started: str, ended: str = "") -> Item:
    return career.add(member, Section.POSITIONS, title="Engineer", organization_name=name, started=started, ended=ended)


def proved(member: Member, domain: str, name: str) -> Proof:
    now = clock.now()
    return Proof.objects.create(
        member=member,
        organization=naming.find([name]).get(name),
        organization_name=name,
        domain=domain,
        address_hash=f"{member.pk}{domain}",
        of_position=True,
        proved_at=now,
        expires_at=now + timedelta(days=300),
    )


def lines(viewer: Member, other: Member) -> list[str]:
    found = context(Viewer(Member.objects.get(pk=viewer.pk)), [other]).get(other.pk)
    return [line.words for line in found.lines] if found else []


def test_all_kinds_in_their_order(cast: Cast) -> None:
    connect(cast.bo, cast.di)
    for member in (cast.ada, cast.di):
        job(member, "Acme Works", "2019-03")
        proved(member, "acme.example", "Acme Works")
    expected = [
        "You both know Bo Okafor.",
        "You both worked at Acme Works, since 2019.",
        "You both proved an address at acme.example.",
    ]
    assert lines(cast.ada, cast.di) == lines(cast.di, cast.ada) == expected
    assert shared_by_both(cast.ada, cast.di).words == expected
    page = read(cast.client("ada").get("/network/with/di-varga/invitation/"))
    assert "What Di Varga will read beside it" in page
    assert all(words in page for words in expected)
    actions.invite(cast.ada, cast.di)
    letter = read(cast.client("di").get("/network/"))
    assert all(words in letter for words in expected)


def test_no_overlap_is_nothing_shared(cast: Cast) -> None:
    job(cast.ada, "Acme Works", "2010", "2012")
    job(cast.di, "Acme Works", "2013", "2015")
    assert lines(cast.ada, cast.di) == []


@pytest.mark.parametrize("hider", ["ada", "di"])
def test_what_one_side_hides_the_other_does_not_read(cast: Cast, hider: str) -> None:
    for member in (cast.ada, cast.di):
        job(member, "Acme Works", "2019-03")
        proved(member, "acme.example", "Acme Works")
    hidden = {"part": "positions", "audience": Level.CONNECTIONS.value}
    PartAudience.objects.create(member=getattr(cast, hider), **hidden)
    other = cast.di if hider == "ada" else cast.ada
    assert lines(other, getattr(cast, hider)) == []
    assert shared_by_both(cast.ada, cast.di).words == shared_by_both(cast.di, cast.ada).words == []


def test_a_mutual_connection_counts_for_both_only_where_both_may_know(cast: Cast) -> None:
    """Bo's list is closed, Di's open to members: Ada may know that they know each other, and Di that Bo knows Ada
    only from Ada's own list."""
    connect(cast.bo, cast.di)
    Member.objects.filter(pk=cast.bo.pk).update(connections_audience=ListAudience.ONLY_ME)
    Member.objects.filter(pk=cast.ada.pk).update(connections_audience=ListAudience.ONLY_ME)
    assert lines(cast.ada, cast.di) == ["You both know Bo Okafor."]
    assert lines(cast.di, cast.ada) == []
    ada, di = Member.objects.get(pk=cast.ada.pk), Member.objects.get(pk=cast.di.pk)
    assert not shared_by_both(ada, di)
    assert not shared_by_both(di, ada)
    answer = cast.client("ada").post("/network/with/di-varga/invitation/", {"note": ""})
    assert answer.status_code == 422
    assert "share nothing that both can see here" in answer.text
    # Said with a note it arrives, and Di's letter does not name Bo.
    cast.client("ada").post("/network/with/di-varga/invitation/", {"note": "Tides."})
    assert "You both know" not in read(cast.client("di").get("/network/"))


def test_the_notification_says_what_its_reader_may_know(cast: Cast, hear) -> None:
    connect(cast.bo, cast.di)
    actions.invite(cast.ada, cast.di)
    hear()
    assert "Ada Lindqvist invites you to connect. You both know Bo Okafor." in read(
        cast.client("di").get("/notifications/")
    )
    Member.objects.filter(pk__in=[cast.bo.pk, cast.ada.pk]).update(connections_audience=ListAudience.ONLY_ME)
    told = read(cast.client("di").get("/notifications/"))
    assert "Ada Lindqvist invites you to connect" in told
    assert "Bo Okafor" not in told.replace("Bo Okafor accepted", "")


def test_other_rooms_add_their_lines(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def told(viewer: Viewer, others: list[int]) -> dict[int, list[Line]]:
        asked.append((viewer.id, list(others)))
        return {key: [Line("introduction", "Introduced by Bo.", opens=True)] for key in others}

    monkeypatch.setattr("collegium.network.context.providers", [told])
    connect(cast.bo, cast.di)
    assert lines(cast.ada, cast.di) == ["Introduced by Bo.", "You both know Bo Okafor."]
    assert asked == [(cast.ada.pk, [cast.di.pk])]
    assert isinstance(providers, list)


def test_signed_out_and_oneself(cast: Cast) -> None:
    assert context(cast.viewer("nobody"), [cast.bo]) == {}
    assert context(cast.viewer("ada"), [cast.ada]) == {}


def test_a_page_costs_the_same_however_long(cast: Cast) -> None:
    few = [cast.cy]
    many = [cast.cy, cast.di, cast.hal]
    for n in range(5):
        extra = make_member(f"Extra {n}")
        connect(extra, cast.bo)
        job(extra, "Acme Works", "2019")
        many.append(extra)
    job(cast.ada, "Acme Works", "2019")
    job(cast.cy, "Acme Works", "2019")
    viewer = cast.viewer("ada")
    context(viewer, few)
    assert len(queries(lambda: context(viewer, many))) == len(queries(lambda: context(viewer, few)))


class World:
    """A few people with hidden and open lists, blocks and jobs; and what they share, worked out by hand."""

    def __init__(self, seed: int) -> None:
        draw = random.Random(seed)
        self.people = [make_member(f"Person {seed} {n}") for n in range(9)]
        self.ties: set[frozenset[int]] = set()
        self.blocks: set[frozenset[int]] = set()
        self.jobs: dict[int, list[tuple[str, str]]] = {}
        self.open = dict.fromkeys((each.pk for each in self.people), 1)
        self.shows_jobs: dict[int, int] = {}
        for one in self.people:
            for other in self.people:
                if one.pk < other.pk and draw.random() < 0.4:
                    Connection.tie(one, other)
                    self.ties.add(frozenset((one.pk, other.pk)))
                elif one.pk < other.pk and draw.random() < 0.15:
                    Block.objects.create(blocker=one, blocked=other)
                    self.blocks.add(frozenset((one.pk, other.pk)))
            self.open[one.pk] = draw.choice([1, 1, 3, 4])
            Member.objects.filter(pk=one.pk).update(connections_audience=self.open[one.pk])
            self.jobs[one.pk] = [(draw.choice("AB"), draw.choice([*YEARS])) for _each in range(draw.randint(0, 2))]
            for firm, year in dict.fromkeys(self.jobs[one.pk]):
                job(one, f"Firm {firm}", *YEARS[year])
            self.shows_jobs[one.pk] = draw.choice([1, 1, 3, 4])
            PartAudience.objects.create(member=one, part="positions", audience=self.shows_jobs[one.pk])

    def tied(self, one: int, other: int) -> bool:
        return frozenset((one, other)) in self.ties

    def parted(self, one: int, other: int) -> bool:
        return frozenset((one, other)) in self.blocks

    def known(self, viewer: int, other: int) -> set[int]:
        """Whom both know, as far as the viewer may read it in one of the two lists."""
        found = set()
        for each in self.people:
            if self.tied(viewer, each.pk) and self.tied(each.pk, other) and not self.parted(viewer, each.pk):
                near = 3 if self.tied(viewer, other) else 1
                if self.open[each.pk] <= 3 or self.open[other] <= near:
                    found.add(each.pk)
        return found

    def known_to_both(self, one: int, other: int) -> set[int]:
        """Whom both know in the eyes of both, without a list that opens to connections alone."""
        both = self.known(one, other) & self.known(other, one)
        return both if max(self.open[one], self.open[other]) == 1 else {key for key in both if self.open[key] == 1}

    def worked(self, viewer: int, other: int) -> set[str]:
        """The firms at which both were at once, as far as the viewer may read the other's jobs."""
        if self.shows_jobs[other] > (3 if self.tied(viewer, other) else 1):
            return set()
        found = set()
        for firm, year in self.jobs[viewer]:
            for other_firm, other_year in self.jobs[other]:
                (a, b), (c, d) = YEARS[year], YEARS[other_year]
                if firm == other_firm and max(a, c) <= min(b or "9999", d or "9999"):
                    found.add(f"Firm {firm}")
        return found


@pytest.mark.parametrize("seed", range(4))
def test_the_lines_equal_an_independent_recomputation(db: None, seed: int) -> None:
    world = World(seed)
    people = {each.pk: Member.objects.get(pk=each.pk) for each in world.people}
    for viewer in people.values():
        others = [other for other in people.values() if other.pk != viewer.pk and not world.parted(viewer.pk, other.pk)]
        told = context(Viewer(viewer), others)
        for other in others:
            found = told[other.pk].lines if other.pk in told else []
            knows = world.known(viewer.pk, other.pk)
            (said,) = [line.words for line in found if line.kind == MUTUAL] or [""]
            assert bool(said) == bool(knows), (viewer, other)
            if said:
                assert sum(people[key].name in said for key in knows) == min(3, len(knows))
                assert (f"and {len(knows) - 3} other" in said) == (len(knows) > 3)
            firms = {line.words.split(" at ")[1].split(",")[0] for line in found if line.kind == ORGANIZATION}
            assert firms == world.worked(viewer.pk, other.pk), (viewer, other)
            both = shared_by_both(viewer, other)
            assert bool(both) == bool(
                world.known_to_both(viewer.pk, other.pk)
                or (world.worked(viewer.pk, other.pk) & world.worked(other.pk, viewer.pk))
            )
    assert WORKPLACE


def test_an_invitation_with_shared_context_needs_no_note(cast: Cast) -> None:
    client = client_of(cast.ada)
    assert client.post("/network/with/cy-tanaka/invitation/", {"note": ""}).status_code == 302
    assert Invitation.objects.filter(sender=cast.ada, recipient=cast.cy, note="").exists()
