"""Who reads what she was told: a table, judged on every surface at the moment of reading."""

import pytest
from django.db.models import Exists, OuterRef

from collegium.audience.rule import written_by_visible
from collegium.audience.viewer import Viewer
from collegium.members import actions as members
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.notifications import reading
from collegium.notifications.models import Notification, NotificationQuerySet
from collegium.notifications.tell import notify
from collegium.ties.models import Block, blocks_between

HX = {"HX-Request": "true"}

# Ada was told something by each of these, some before they were blocked or suspended. May she still read it?
ADA_READS = {
    "bo": True,
    "cy": True,
    "di": True,
    "ed": False,
    "eve": False,
    "flo": True,
    "hal": True,
    "gus": False,
    "nobody": True,
}


def told_by(cast, actor, *, to="ada", subject=1, kind="test.named"):
    """A row as it was written when everybody was still on good terms."""
    by = None if actor == "nobody" else getattr(cast, actor)
    return Notification.objects.create(
        recipient=getattr(cast, to), actor=by, kind=kind, cause=f"{actor} {kind} {subject}", subject=subject
    )


def surfaces(client, row):
    """Where a notification can be met: True where it shows."""
    plain, fragment = client.get("/notifications/"), client.get("/notifications/", headers=HX)
    badge = client.get("/notifications/badge/", headers=HX).content.decode()
    marked = row.read_at
    opened = client.get(row.path)
    Notification.objects.filter(pk=row.pk).update(read_at=marked)
    return {
        "page": f'href="{row.path}"' in plain.content.decode(),
        "fragment": f'href="{row.path}"' in fragment.content.decode(),
        "badge": "1 unread notification" in badge,
        "opened": opened.status_code == 302,
    }


@pytest.mark.parametrize("actor", ADA_READS)
def test_the_actor_is_judged_when_read(cast, subjects, actor):
    row = told_by(cast, actor)
    assert surfaces(cast.client("ada"), row) == dict.fromkeys(("page", "fragment", "badge", "opened"), ADA_READS[actor])


@pytest.mark.parametrize("reader", ["bo", "cy", "di", "ed", "eve", "flo", "hal", "gus", "nobody"])
def test_nobody_reads_what_another_was_told(cast, subjects, reader):
    row = told_by(cast, "cy")
    assert all(surfaces(cast.client("ada"), row).values()), "she herself does"
    client = cast.client(reader)
    if reader in {"gus", "nobody"}:
        assert client.get(row.path).url.startswith("/accounts/login/")
        assert client.get("/notifications/").url.startswith("/accounts/login/")
        assert client.get("/notifications/badge/", headers=HX).content.strip() == b""
    else:
        assert not any(surfaces(client, row).values())


def test_the_subject_is_judged_when_read(cast, subjects):
    row = told_by(cast, "bo", subject=7)
    client = cast.client("ada")
    assert all(surfaces(client, row).values())
    subjects.hidden.add(7)
    assert not any(surfaces(client, row).values())
    subjects.hidden.clear()
    assert all(surfaces(client, row).values())


def test_a_kind_that_is_no_more_hides_its_rows(cast, subjects):
    assert not any(surfaces(cast.client("ada"), told_by(cast, "bo", kind="test.forgotten")).values())


def test_rows_without_subject_are_judged_by_their_actor_alone(cast, subjects):
    assert all(surfaces(cast.client("ada"), told_by(cast, "bo", subject=None)).values())


@pytest.mark.parametrize("event", ["block", "be blocked", "suspend"])
def test_a_right_that_ends_ends_at_once(cast, subjects, event):
    row = told_by(cast, "bo")
    client = cast.client("ada")
    assert all(surfaces(client, row).values())
    {
        "block": lambda: network.block(cast.ada, cast.bo),
        "be blocked": lambda: network.block(cast.bo, cast.ada),
        "suspend": lambda: members.suspend(cast.bo, by=None),
    }[event]()
    assert not any(surfaces(client, row).values())


def test_what_may_not_be_read_looks_like_what_is_not_there(cast, subjects):
    hidden = told_by(cast, "ed")
    client = cast.client("ada")
    absent = client.get(f"/notifications/{hidden.pk + 1}/")
    refused = client.get(hidden.path)
    assert refused.status_code == absent.status_code == 404
    strip = lambda answer, key: answer.content.decode().replace(str(key), "")  # noqa: E731 - a name for what is asked twice
    assert len(strip(refused, hidden.pk)) == len(strip(absent, hidden.pk + 1))
    assert {name: value for name, value in refused.headers.items() if "Policy" not in name} == {
        name: value for name, value in absent.headers.items() if "Policy" not in name
    }
    hidden.refresh_from_db()
    assert hidden.read_at is None, "nor is it marked as read"


def test_the_actor_is_judged_by_the_rule_of_the_house(cast, subjects):
    """The cheap condition in our queryset and THE RULE agree for every pair of the cast."""
    names = [name for name in cast.names if name != "nobody"]
    for to in names:
        for actor in names:
            if to != actor:
                told_by(cast, actor, to=to)
    for to in names:
        viewer = cast.viewer(to)
        rows = Notification.objects.filter(recipient=viewer.id)
        ours = set(Notification.objects.visible_to(viewer).values_list("pk", flat=True))
        assert ours == set(written_by_visible(rows, viewer, owner="actor").values_list("pk", flat=True)), to


def test_the_number_is_the_number_of_rows_that_show(cast, subjects):
    for subject in range(30):
        told_by(cast, "bo", subject=subject)
        told_by(cast, "ed", subject=subject)
    subjects.hidden |= set(range(0, 30, 3))
    assert reading.unread(Viewer(cast.ada)) == 20
    assert len(reading.page(Viewer(cast.ada)).rows) == 20
    assert reading.page(Viewer(cast.ada)).older == ""


def test_telling_reaches_the_reader(cast, subjects):
    """From the verb to the page, with the thing as it is now."""
    notify([cast.ada.pk], kind="test.named", actor=cast.bo.pk, cause="named", subject=5)
    page = cast.client("ada").get("/notifications/").content.decode()
    assert "Bo Okafor</bdi></b> named you in thing 5" in page


def only_mine(rows, viewer):
    return rows.filter(recipient=viewer.id)


def anybodys(rows, viewer):
    return rows.filter(actor__standing=Member.Standing.ACTIVE)


def without_those_i_blocked(rows, viewer):
    blocked = Block.objects.filter(blocker=viewer.id).values("blocked")
    return rows.filter(recipient=viewer.id, actor__standing=Member.Standing.ACTIVE).exclude(actor__in=blocked)


def without_the_blocked(rows, viewer):
    met = Exists(blocks_between(viewer.id, OuterRef("actor")))
    return rows.filter(~met, recipient=viewer.id)


def wrong_cells(cast, subjects):
    """Where the pages differ from the table; the heart of the tests above, for one look at all of it."""
    subjects.hidden.add(99)
    ada, bo = cast.client("ada"), cast.client("bo")
    expected = [(ada, told_by(cast, actor), ADA_READS[actor]) for actor in ("cy", "ed", "eve", "gus")]
    expected += [(bo, told_by(cast, "cy", subject=2), False), (ada, told_by(cast, "cy", subject=99), False)]
    wrong = []
    for client, row, reads in expected:
        shows = surfaces(client, row)
        shows.pop("badge")  # Counts all rows at once; `test_the_number_is_the_number_of_rows_that_show` has it.
        wrong += [(row.cause, surface) for surface, seen in shows.items() if seen != reads]
    return wrong


@pytest.mark.parametrize("fault", [only_mine, anybodys, without_those_i_blocked, without_the_blocked, "subjects", None])
def test_the_table_bites(cast, subjects, monkeypatch, fault):
    """A planted fault is caught; without one nothing is."""
    if fault == "subjects":
        monkeypatch.setattr(reading, "_visible", lambda viewer, rows: list(rows))
    elif fault:
        monkeypatch.setattr(NotificationQuerySet, "visible_to", fault)
    reading._statement.cache_clear()
    try:
        assert bool(wrong_cells(cast, subjects)) == (fault is not None)
    finally:
        reading._statement.cache_clear()
