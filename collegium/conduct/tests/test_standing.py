"""The page, the rules behind it, restrictions and appeals; and that all of it comes from the log."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from collegium.accounts.models import User
from collegium.conduct import actions, reading, tasks
from collegium.conduct.account import midnight_after
from collegium.conduct.levels import NEW
from collegium.conduct.models import Appeal, Restriction
from collegium.conduct.tests.scene import DAY, entry
from collegium.journal.models import Entry
from collegium.lib import clock, ids
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.network.tests.reading import read
from collegium.testing.cast import Cast, client_of, connect, make_member
from collegium.ties.models import Block, Invitation

PAGE = "/network/standing/"
Reason = Restriction.Reason


def joined_ago(member: Member, days: float) -> Member:
    """The same person, here for that long."""
    key = ids.key_at(clock.now() - timedelta(days=days))
    Member.objects.filter(pk=member.pk).update(id=key)
    return Member.objects.get(pk=key)


def restrict(member: Member, **changes: object) -> Restriction:
    values = {
        "by": None,
        "reason": Reason.ADVERTISING,
        "until": clock.now() + 14 * DAY,
        "words": "Twelve offers in a day.",
    }
    made = actions.restrict(member, **(values | changes))  # type: ignore[arg-type]
    assert made is not None
    return made


def test_the_page_shows_the_budget_and_what_earned_and_cost_it(cast: Cast) -> None:
    network.accept(network.invite(cast.ada, cast.cy, note="Tides."), by=cast.cy)
    network.invite(cast.ada, cast.di, note="Tides.")
    page = read(cast.client("ada").get(PAGE))
    assert "9 invitations to send, of the 10 you can hold" in page
    assert "You joined" in page
    assert "Accepted by Cy Tanaka" in page
    assert "You invited Di Varga" in page
    assert "comes back on" in page
    assert cast.client("nobody").get(PAGE).status_code == 302


def test_the_number_shown_is_what_the_log_gives(cast: Cast, capsys: pytest.CaptureFixture[str], monkeypatch) -> None:
    """The command works the account out from the log; the page shows the same lines and the same number."""
    from contextlib import nullcontext

    from collegium.cli import standing as command
    from collegium.cli.arguments import parser

    monkeypatch.setattr(command, "house", nullcontext)
    for other in (cast.cy, cast.di, cast.hal):
        network.invite(cast.ada, other, note="Tides.")
    network.accept(Invitation.objects.get(sender=cast.ada, recipient=cast.di), by=cast.di)
    command.standing(parser().parse_args(["standing", "ada-lindqvist", "--json"]))
    told = json.loads(capsys.readouterr().out)
    page = cast.client("ada").get(PAGE).text
    (shown,) = re.findall(r'id="budget"[^>]*><b>(\d+)</b>', page)
    assert int(shown) == told["balance"] == told["lines"][-1]["balance"]
    balances = [int(each) for each in re.findall(r'account-balance">(\d+)', page)]
    assert balances == [line["balance"] for line in told["lines"]][::-1]
    command.standing(parser().parse_args(["standing", "@ada-lindqvist"]))
    lines = capsys.readouterr().out
    assert "You invited Di Varga" in lines
    assert f"can send {shown} of 10" in lines
    with pytest.raises(SystemExit):
        command.standing(parser().parse_args(["standing", "nobody-here"]))


def test_nothing_is_left_and_when_it_comes_back(cast: Cast) -> None:
    me = make_member("Jo Berg")
    for n in range(NEW.cap):
        network.invite(me, make_member(f"Other {n}"), note="Hello.")
    client = client_of(me)
    answer = client.post("/network/with/di-varga/invitation/", {"note": "A long note."})
    assert answer.status_code == 429
    assert "You have no invitation left to send. 5 come back on" in answer.text
    assert "A long note." in answer.text
    assert PAGE in answer.text
    until = midnight_after(clock.now()) - clock.now()
    assert 0 < int(answer.headers["Retry-After"]) <= until.total_seconds() + 2
    assert "0 invitations to send" in read(client.get(PAGE))
    # Who asked her may still be answered, and asked back.
    network.invite(cast.di, me, note="Hello.")
    assert client.post("/network/with/di-varga/invitation/", {"note": ""}).status_code == 302


def test_an_unsent_invitation_costs_nothing(cast: Cast) -> None:
    before = reading.ledger(cast.ada).balance
    with pytest.raises(Conflict):
        network.invite(cast.ada, cast.bo, note="Again.")
    assert reading.ledger(cast.ada).balance == before


def test_a_hundred_a_week_whatever_the_level(db: None, client_of, monkeypatch: pytest.MonkeyPatch) -> None:
    me = joined_ago(make_member("Jo Berg"), 200)
    make_member("Kim Lund")
    for n in range(100):
        entry("network.invited", clock.now() - 3 * DAY + timedelta(minutes=n), me.pk, n + 1, recipient=n + 1)
    answer = client_of(me).post("/network/with/kim-lund/invitation/", {"note": "A long note."})
    assert answer.status_code == 429
    assert "100 invitations a week" in answer.text
    Entry.objects.filter(actor=me.pk).order_by("id").first().delete()
    assert client_of(me).post("/network/with/kim-lund/invitation/", {"note": "A long note."}).status_code == 302


def test_a_restriction_has_a_reason_an_end_and_an_appeal(cast: Cast, hear: Callable[[], None]) -> None:
    row = restrict(cast.ada)
    hear()
    ada = cast.client("ada")
    assert "You can invite nobody until" in read(ada.get("/notifications/"))
    page = read(ada.get(PAGE))
    for words in ("Advertising in invitations", "Twelve offers in a day.", "Whoever runs this network", "Your appeal"):
        assert words in page
    refused = ada.post("/network/with/di-varga/invitation/", {"note": "A long note."})
    assert refused.status_code == 429
    assert "You can invite nobody until" in refused.text
    assert ada.post(f"/network/invitations/{Invitation.objects.get(sender=cast.flo).pk}/acceptance/").status_code == 302
    # Nobody else can tell.
    assert "invite nobody" not in read(cast.client("di").get("/in/ada-lindqvist/"))
    assert cast.client("di").post(f"{row.path}appeal/", {"words": "Hers."}).status_code == 404
    assert ada.post(f"{row.path}appeal/", {"words": " "}).status_code == 422
    User.objects.filter(pk=cast.di.user.pk).update(role=User.Role.OWNER)
    assert ada.post(f"{row.path}appeal/", {"words": "It was one offer."}).status_code == 302
    hear()
    assert "Ada Lindqvist appeals against a restriction" in read(cast.client("di").get("/notifications/"))
    User.objects.filter(pk=cast.di.user.pk).update(role=User.Role.MEMBER)
    assert "appeals against" not in read(cast.client("di").get("/notifications/"))
    assert "It was one offer." in read(ada.get(PAGE))
    assert ada.post(f"{row.path}appeal/", {"words": "It was one offer."}).status_code == 302
    late = ada.post(f"{row.path}appeal/", {"words": "Other words."})
    assert late.status_code == 409
    actions.answer(row, "You are right.", by=None, lifted=True)
    hear()
    assert "Your appeal was answered." in read(ada.get("/notifications/"))
    page = read(ada.get(PAGE))
    assert "You can invite nobody until" not in page
    assert "You are right." in page
    assert ada.post("/network/with/di-varga/invitation/", {"note": "A long note."}).status_code == 302
    kinds = ["conduct.restricted", "conduct.appealed", "conduct.answered"]
    assert (
        list(Entry.objects.filter(kind__startswith="conduct.").order_by("id").values_list("kind", flat=True)) == kinds
    )


def test_a_restriction_ends_by_itself(cast: Cast) -> None:
    row = restrict(cast.ada)
    Restriction.objects.filter(pk=row.pk).update(since=clock.now() - 2 * DAY, until=clock.now() - DAY)
    ada = cast.client("ada")
    assert ada.post("/network/with/di-varga/invitation/", {"note": "A long note."}).status_code == 302
    assert "Earlier restrictions" in read(ada.get(PAGE))
    assert ada.post(f"{row.path}appeal/", {"words": "Late."}).status_code == 409
    with pytest.raises(Conflict):
        actions.lift(row, by=None)


def test_who_may_restrict_and_what_it_takes(cast: Cast) -> None:
    with pytest.raises(Refusal):
        restrict(cast.ada, by=cast.bo)
    with pytest.raises(Conflict):
        restrict(cast.ada, words="")
    with pytest.raises(Conflict):
        restrict(cast.ada, until=clock.now() - DAY)
    row = restrict(cast.ada)
    with pytest.raises(Refusal):
        actions.lift(row, by=cast.bo)
    with pytest.raises(Refusal):
        actions.appeal(row, "Hers.", by=cast.bo)
    with pytest.raises(Conflict):
        actions.answer(row, "To nothing.", by=None, lifted=False)
    actions.lift(row, by=None)
    actions.lift(row, by=None)
    assert Entry.objects.filter(kind="conduct.lifted").count() == 1


def test_upheld_it_stays(cast: Cast) -> None:
    row = restrict(cast.ada)
    actions.appeal(row, "It was one offer.", by=cast.ada)
    for _twice in range(2):
        actions.answer(row, "It was twelve.", by=None, lifted=False)
    with pytest.raises(Conflict):
        actions.answer(row, "It was twelve.", by=None, lifted=True)
    row.refresh_from_db()
    assert row.is_living
    assert Appeal.objects.get().outcome == Appeal.Outcome.UPHELD
    assert "It was twelve." in read(cast.client("ada").get(PAGE))


def disclaimed(me: Member, asked: int, voices: int, ago: timedelta) -> None:
    """So many were asked that long ago, and so many of them did not know who asks."""
    crowd = [ids.key_at(clock.now() - 400 * DAY) for _each in range(asked)]
    for n, person in enumerate(crowd):
        at = clock.now() - ago + timedelta(minutes=n)
        entry("network.invited", at, me.pk, n + 1, recipient=person)
        if n < voices:
            entry("network.disclaimed", at + timedelta(minutes=200), person, n + 1, sender=me.pk)


CASES = [(30, 9, True), (30, 5, False), (30, 0, False), (9, 9, False)]


@pytest.mark.parametrize(("asked", "voices", "restricted"), CASES)
def test_the_rule_that_restricts(
    db: None, monkeypatch: pytest.MonkeyPatch, asked: int, voices: int, restricted: bool
) -> None:
    me = joined_ago(make_member("Jo Berg"), 200)
    disclaimed(me, asked, voices, timedelta(days=30))
    # An hour after the Monday on which they are counted, wherever this day lies in its week.
    counted = [each.at for each in reading.ledger(me).troubles]
    now = (counted[-1] if counted else clock.now()) + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: now)
    for _twice in range(2):
        tasks.weigh()
    rows = list(Restriction.objects.filter(member=me))
    assert len(rows) == int(restricted)
    for row in rows:
        assert (row.by, row.until - row.since) == (Restriction.By.RULE, tasks.LASTS)
        page = read(client_of(me).get(PAGE))
        assert "Many of the people you invited within thirty days said they do not know you." in page
        assert "A rule, the same for everybody" in page
        monkeypatch.setattr(clock, "now", lambda: now + 8 * DAY)
        tasks.weigh()
        assert Restriction.objects.count() == 1, "a week later nothing new was counted"


def test_names_of_people_one_no_longer_sees_are_gone(cast: Cast) -> None:
    invitation = network.invite(cast.ada, cast.cy, note="Tides.")
    network.accept(invitation, by=cast.cy)
    ada = cast.client("ada")
    assert "Cy Tanaka" in read(ada.get(PAGE))
    Block.objects.create(blocker=cast.cy, blocked=cast.ada)
    page = read(ada.get(PAGE))
    assert "Cy Tanaka" not in page
    assert "Accepted by somebody" in page


def test_the_account_is_paged(db: None) -> None:
    me = joined_ago(make_member("Jo Berg"), 30)
    for n in range(40):
        entry("network.invited", clock.now() - 25 * DAY + n * timedelta(hours=3), me.pk, n + 1, recipient=n + 1)
    client = client_of(me)
    first = client.get(PAGE).text
    (older,) = re.findall(r'href="(/network/standing/\?after=[^"]+)"', first)[:1]
    second = client.get(older, headers={"HX-Request": "true"}).text
    told = reading.ledger(me).lines
    shown = [int(each) for each in re.findall(r'account-balance">(\d+)', first + second)]
    assert shown == [line.balance for line in told][::-1][: len(shown)]
    assert len(shown) == min(60, len(told))
    for bad in ("x", "AAAA", "../..", "%00"):
        assert client.get(PAGE, {"after": bad}).status_code == 404


def test_it_costs_the_same_however_long(cast: Cast) -> None:
    from collegium.testing.fixtures import assert_same_queries

    ada = cast.client("ada")

    def grow() -> None:
        for n in range(4):
            connect(cast.ada, make_member(f"Friend {n}"))

    network.accept(network.invite(cast.ada, cast.cy, note="Tides."), by=cast.cy)
    assert_same_queries(lambda: ada.get(PAGE), grow, lambda: ada.get(PAGE))


def test_the_commands(cast: Cast, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from contextlib import nullcontext

    from collegium.cli import standing as command
    from collegium.cli.arguments import parser

    monkeypatch.setattr(command, "house", nullcontext)

    def run(*words: str) -> str:
        arguments = parser().parse_args(["restrictions", *words])
        getattr(command, arguments.run.partition(":")[2])(arguments)
        return capsys.readouterr().out

    assert "Nobody is restricted" in run("list")
    told = run(
        "impose", "ada-lindqvist", "--days", "7", "--reason", "pestering", "--words", "Three people wrote to us."
    )
    row = Restriction.objects.get()
    assert str(row.pk) in told
    assert row.words in run("list")
    actions.appeal(row, "I asked them once.", by=cast.ada)
    assert "Not answered yet." in run("list")
    assert "stays" in run("answer", str(row.pk), "--uphold", "--words", "Three times, we read.")
    assert "I asked them once." in run("list")
    assert "can invite people again" in run("lift", str(row.pk))
    assert "Nobody is restricted" in run("list")
    assert "lifted" in run("list", "--all")
    with pytest.raises(SystemExit, match="none of this name"):
        run("lift", "7")
    with pytest.raises(SystemExit, match="At most"):
        run("impose", "ada-lindqvist", "--days", "7", "--reason", "other", "--words", "x" * 1001)
