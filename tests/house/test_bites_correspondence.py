"""The table of letters from elsewhere bites: with a fault planted where they are kept or read, a cell is wrong."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404

from collegium.lib.refusal import Refusal
from collegium.portability.acquaintances import ways
from collegium.portability.acquaintances.tests.conftest import agree, give
from collegium.portability.correspondence import actions, judging, letters, people, reading, taking, views
from collegium.portability.correspondence.models import Invited, Letter, Thread, Waiting
from collegium.portability.correspondence.tests.archives import LETTERS, choose, confirm, small
from collegium.portability.correspondence.tests.conftest import data_folder  # noqa: F401 - a fixture
from collegium.portability.imports import actions as confirming
from collegium.portability.imports.models import ImportRow
from collegium.portability.imports.tests.archives import reviewed
from collegium.testing.cast import Cast
from tests.house.planting import rewritten

pytestmark = pytest.mark.django_db

WHO = ("ada", "bo", "cy", "di", "ed", "eve")
TABLE = {
    "brought, and nothing ticked": "0 messages, 0 invitations, 0 waiting",
    "brought, and ticked": "4 messages, 2 invitations, 0 waiting",
    "she sent": "1 of 3",
    "conversations": "2 2 0 0 0 0",
    "messages that say weave": "1 1 0 0 0 0",
    "invitations she received": "1 1 0 0 0 0",
    "so much is kept": "6 6 0 0 0 0",
    "the page of her conversation": "200 404 404 404 404 404",
    "the same archive again": "nothing new",
    "the same archive of another": "all new",
    "who of them is here": "bo",
    "somebody suspended forgets": "refused",
    "another forgets hers": "refused",
    "another forgets all": "6 of hers",
    "she forgets one": "3 of hers, 6 of another",
    "she forgets all": "0 of hers, 6 of another",
}


def _kept(cast: Cast) -> str:
    counts = (model.objects.filter(member=cast.ada).count() for model in (Letter, Invited))
    return "{} messages, {} invitations, {} waiting".format(*counts, Waiting.objects.count())


def fill(cast: Cast) -> dict[str, str]:
    """The table as the rooms fill it in."""
    ada, bo, found = cast.client("ada"), cast.client("bo"), dict[str, str]()
    confirm(ada, reviewed(ada, small()))
    found["brought, and nothing ticked"] = _kept(cast)
    _bring(ada)
    found["brought, and ticked"] = _kept(cast)
    again = reviewed(ada, small())
    fates = set(ImportRow.objects.filter(of=again).values_list("status", flat=True))
    choose(ada, again)
    confirm(ada, again)
    once = fates == {ImportRow.Status.HERE} and Letter.objects.count() == 4
    found["the same archive again"] = "nothing new" if once else "something new"
    row = reviewed(bo, small())
    said = ImportRow.objects.filter(of=row, what__in=[judging.TALK, judging.INVITED])
    fresh = set(said.values_list("status", flat=True)) == {ImportRow.Status.NEW}
    found["the same archive of another"] = "all new" if fresh else "not all"
    choose(bo, row)
    confirm(bo, row)
    found |= _seen(cast) | _here(cast) | _gone(cast)
    return {name: found.get(name, "") for name in TABLE}


def _bring(client: Any) -> None:
    row = reviewed(client, small())
    choose(client, row)
    confirm(client, row)


def _seen(cast: Cast) -> dict[str, str]:
    """Who reads what."""
    thread = Thread.objects.filter(member=cast.ada, folder="INBOX").first()
    path = thread.path if thread is not None else LETTERS

    def across(count: Callable[[Any], int]) -> str:
        return " ".join(str(count(getattr(cast, name))) for name in WHO)

    def page(name: str) -> int:
        try:
            return int(cast.client(name).get(path).status_code)
        except Http404:
            return 404

    mine = Letter.objects.filter(thread=thread)
    return {
        "she sent": f"{mine.filter(mine=True).count()} of {mine.count()}",
        "conversations": across(lambda member: len(reading.threads(member).rows)),
        "messages that say weave": across(lambda member: len(reading.find(member, ["weave"]).hits)),
        "invitations she received": across(lambda member: len(reading.invitations(member, incoming=True)[0])),
        "so much is kept": across(lambda member: (found := reading.shelf(member)).letters + found.invitations),
        "the page of her conversation": " ".join(str(page(name)) for name in WHO),
    }


def _here(cast: Cast) -> dict[str, str]:
    """Whose names lead to them."""
    for name in ("bo", "di", "ed"):
        member = getattr(cast, name)
        agree(member, profile=True)
        give(member, "network", f"https://linkedin.com/in/{name}-x")
        ways.refresh(member.pk)
    found = people.here(cast.viewer("ada"), ["bo-x", "di-x", "ed-x"])
    return {"who of them is here": " ".join(sorted(slug.removesuffix("-x") for slug in found))}


def _refused(act: Callable[[], None]) -> str:
    try:
        act()
    except Refusal:
        return "refused"
    return "done"


def _gone(cast: Cast) -> dict[str, str]:
    """What forgetting takes."""

    def left(*names: str) -> str:
        words = {"ada": "hers", "bo": "another"}
        counts = {
            name: sum(model.objects.filter(member=getattr(cast, name)).count() for model in (Letter, Invited))
            for name in names
        }
        return ", ".join(f"{count} of {words[name]}" for name, count in counts.items())

    thread = Thread.objects.filter(member=cast.ada, folder="INBOX").first()
    if thread is None:
        return {}
    found = {
        "somebody suspended forgets": _refused(lambda: actions.forget_all(by=cast.gus)),
        "another forgets hers": _refused(lambda: actions.forget(thread, by=cast.bo)),
    }
    actions.forget_all(by=cast.cy)
    found["another forgets all"] = left("ada")
    actions.forget(thread, by=cast.ada)
    found["she forgets one"] = left("ada", "bo")
    actions.forget_all(by=cast.ada)
    found["she forgets all"] = left("ada", "bo")
    return found


def test_the_table_is_right(cast: Cast) -> None:
    assert fill(cast) == TABLE


HERS, ANYBODYS = "objects.filter(member=member", "objects.filter(member__isnull=False"
FAULTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "it is ticked by us": rewritten(judging, "talks", "chosen=False", "chosen=True"),
    "invitations are ticked by us": rewritten(judging, "invitations", "chosen=False", "chosen=True"),
    "what was not ticked comes in": rewritten(confirming, "_correspondence", ", chosen=True", ""),
    "nothing comes in": rewritten(taking, "take", "cursor.execute(_TAKE, given)", "cursor.execute('SELECT')"),
    "anybody reads the conversations": rewritten(reading, "threads", HERS, ANYBODYS),
    "anybody finds the messages": rewritten(reading, "find", f"Letter.{HERS}", f"Letter.{ANYBODYS}"),
    "anybody reads the invitations": rewritten(reading, "invitations", HERS, ANYBODYS),
    "anybody's is counted": rewritten(reading, "shelf", f"Thread.{HERS}", f"Thread.{ANYBODYS}"),
    "anybody opens a conversation": rewritten(views, "_mine", "member=request.viewer.me, ", ""),
    "what another keeps is here already": rewritten(judging, "talks", HERS, ANYBODYS),
    "it comes in twice": rewritten(judging, "talks", "- kept", ""),
    "invitations come in twice": rewritten(judging, "invitations", "key in kept", "False"),
    "everything was said by others": lambda patch: patch.setattr(letters.Owner, "is_she", lambda *_said: False),
    "strangers are found by guessed addresses": rewritten(people, "here", "Q(Exists(known)) | Q(Exists(met)), ", ""),
    "nobody is found": rewritten(people, "here", "if fingerprint in found", "if not fingerprint"),
    "the suspended forget": rewritten(actions, "forget_all", "require(rules.may_forget(by))", "pass"),
    "another forgets one": rewritten(actions, "forget", " and thread.member_id == by.pk", ""),
    "forgetting one forgets all": rewritten(actions, "forget", "filter(thread=thread)", "filter(member=by)"),
    "forgetting forgets everybody's": rewritten(
        actions, "forget_all", "Letter.objects.filter(member=by)", "Letter.objects.all()"
    ),
    "forgetting forgets nothing": rewritten(
        actions, "forget_all", "Invited.objects.filter(member=by).delete()", "pass"
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_shows(cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    FAULTS[fault](monkeypatch)
    assert fill(cast) != TABLE
