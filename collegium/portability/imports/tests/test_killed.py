"""Killed anywhere, an import leaves nothing, and done again it ends as if nothing had happened."""

import pytest

from collegium.career.models import Contact, Holding, Item
from collegium.members.models import Member
from collegium.portability.imports import actions, comparing, gathering, staging, tasks
from collegium.portability.imports.models import Import, ImportFile, ImportRow, Sought
from collegium.portability.imports.tests.archives import POSITIONS, archive, bring, reviewed, table
from collegium.vouching.models import ForeignEndorsement, ForeignRecommendation

READING = [
    (gathering, "read"),
    (gathering, "_file_words"),
    (comparing, "_heads"),
    (comparing, "_items"),
    (comparing, "_skills"),
    (comparing, "_ways"),
    (comparing, "_foreign"),
    (tasks, "stage"),
    (staging, "_files"),
    (staging, "_lines"),
    (tasks, "poke"),
]
CONFIRMING = [
    (comparing, "again"),
    (actions, "_add"),
    (actions.career, "take"),
    (actions, "_change"),
    (actions.career, "edit"),
    (actions, "keep_foreign"),
    (actions.seeking, "seek"),
    (actions, "_finish"),
    (actions, "record"),
]
OTHER = archive(Positions=table(POSITIONS, [["Northlight Looms", "Master weaver", "", "", "Mar 2019", ""]]))


class Killed(BaseException):
    """Nothing catches it, as nothing catches the end of a process."""


def kill(*_args, **_kwargs):
    raise Killed


def kill_later(original):
    """In the middle of what it does, and not before it."""

    def doing(*args, **kwargs):
        original(*args, **kwargs)
        raise Killed

    return doing


def staged() -> list[object]:
    columns = ("file", "line", "what", "status", "chosen", "data", "mine", "reason")
    return [
        list(ImportFile.objects.order_by("place").values_list("place", "name", "kind", "fate", "rows", "notes")),
        list(ImportRow.objects.order_by("pk").values_list(*columns)),
    ]


def profile() -> list[object]:
    return [
        sorted(Member.objects.values_list("pk", "name", "headline", "about", "place")),
        sorted(Item.objects.values_list("section", "title", "organization_name", "started", "description")),
        sorted(Holding.objects.values_list("skill__name", flat=True)),
        sorted(Contact.objects.values_list("kind", "value")),
        sorted(ForeignEndorsement.objects.values_list("skill", "name")),
        sorted(ForeignRecommendation.objects.values_list("name", "text")),
        sorted(bytes(each) for each in Sought.objects.values_list("print", flat=True)),
    ]


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("point", READING, ids=lambda point: point[1])
def test_reading_killed_anywhere_begins_anew(cast, ada, monkeypatch, point, late):
    if late and point[1] == "read":
        return  # it gives an archive that is then read
    reviewed(ada, OTHER)
    wanted = staged()
    ada.post(f"{Import.objects.get().path}cancellation/")
    bring(ada, OTHER)
    row = Import.objects.get()
    with monkeypatch.context() as patch:
        patch.setattr(*point, kill_later(getattr(*point)) if late else kill)
        with pytest.raises(Killed):
            tasks.read(row.pk)
    if not late or point[1] != "stage":  # after it, the review stands
        assert ImportRow.objects.count() == 0
    tasks.read(row.pk)
    assert staged() == wanted


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("point", CONFIRMING, ids=lambda point: point[1])
def test_confirming_killed_anywhere_leaves_nothing(cast, ada, monkeypatch, point, late):
    ada.post(f"{reviewed(ada, archive()).path}confirmation/")
    row = reviewed(ada, OTHER)
    ImportRow.objects.exclude(what="person").update(chosen=True)
    ada.post(f"{row.path}connections/", {"seek": "yes"})
    before = profile()
    with monkeypatch.context() as patch:
        patch.setattr(*point, kill_later(getattr(*point)) if late else kill)
        with pytest.raises(Killed):
            actions.confirm(row, by=cast.ada)
    assert profile() == before
    cast.ada.refresh_from_db()
    actions.confirm(row, by=cast.ada)
    after = profile()
    assert after != before
    assert ("positions", "Master weaver", "Northlight Looms", "2019-03", "Wove shawls.") in after[1]
    assert (len(after[4]), len(after[5]), len(after[6])) == (1, 1, 3)
