"""An archive on its way in: brought, read, looked through, confirmed; and everything that may happen on the way."""

import re
from types import SimpleNamespace

import pytest

from collegium.career.models import Contact, Holding, Item, SkillUse
from collegium.career.sections import Section
from collegium.members.models import Member
from collegium.portability.imports import actions, arriving, tasks
from collegium.portability.imports.models import Import, ImportFile, ImportRow, Met, Sought
from collegium.portability.imports.tests.archives import (
    POSITIONS,
    archive,
    bring,
    packed,
    read_all,
    reviewed,
    table,
)
from collegium.testing.fixtures import assert_same_queries
from collegium.vouching.models import ForeignEndorsement, ForeignRecommendation

CAREER = (Item, Holding, SkillUse, Contact, ForeignEndorsement, ForeignRecommendation, Sought, Met)
HEAD = ("name", "headline", "about", "place")


def profile(member) -> list[object]:
    """Everything that an import could change."""
    head = Member.objects.filter(pk=member.pk).values_list(*HEAD).get()
    return [head, *(sorted(model.objects.values_list(), key=repr) for model in CAREER)]


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in CAREER}


def confirm(client, row):
    return client.post(f"{row.path}confirmation/", follow=True)


def uploads() -> list[str]:
    return sorted(path.name for path in arriving.folder().iterdir())


def test_an_archive_comes_in(cast, ada, hear):
    before = profile(cast.ada)
    answer = bring(ada, archive())
    row = Import.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, row.path)
    assert uploads() == [f"{row.pk}.upload"]
    assert arriving.place_of(row.pk).stat().st_mode & 0o777 == 0o600
    assert "Reading your file" in ada.get(row.path).text
    read_all()
    page = ada.get(row.path).text
    for words in ("Northlight Looms", "Weaving", "Mystery.csv", "Logins.csv", "Shares_17529409.csv", "2 people"):
        assert words in page
    assert "Someone" not in page
    assert "else@example.org" not in page
    assert profile(cast.ada) == before
    assert uploads() == []

    page = confirm(ada, row).text
    assert "2 positions" in page
    assert "3 skills" in page
    cast.ada.refresh_from_db()
    assert (cast.ada.headline, cast.ada.about) == ("Weaver of light", "I weave.")
    weaver = Item.objects.get(member=cast.ada, section=Section.POSITIONS, ended="")
    assert (weaver.title, weaver.organization_name, weaver.started) == ("Weaver", "Northlight Looms", "2019-03")
    assert Holding.objects.filter(member=cast.ada).count() == 3
    assert not ForeignEndorsement.objects.exists()
    assert not Sought.objects.exists()
    row.refresh_from_db()
    assert (row.state, row.name, ImportRow.objects.count(), ImportFile.objects.count()) == ("done", "", 0, 0)
    assert "LinkedIn archive" in ada.get("/settings/import/").text


def test_the_same_archive_again_brings_nothing(cast, ada):
    for _time in range(2):
        row = reviewed(ada, archive())
        ticked = ImportRow.objects.exclude(what="person").filter(status=ImportRow.Status.NEW)
        ticked.update(chosen=True)
        confirm(ada, row)
        if not _time:
            once = counts()
            assert once["Item"] == 4
            assert once["ForeignEndorsement"] == once["ForeignRecommendation"] == 1
    row = reviewed(ada, archive())
    assert set(ImportRow.objects.exclude(what="person").values_list("status", flat=True)) == {ImportRow.Status.HERE}
    assert "There is nothing to do" in ada.get(row.path).text
    assert counts() == once


def test_other_words_are_a_choice_and_mine_stay_unless_i_say_otherwise(cast, ada):
    confirm(ada, reviewed(ada, archive()))
    other = archive(
        Positions=table(
            POSITIONS,
            [
                ["NORTHLIGHT looms", "Master weaver", "Wove shawls.", "Delft", "Mar 2019", ""],
                ["Harbour Mill", "Apprentice", "Swept the floor.", "Rotterdam", "2015", "Feb 2019"],
            ],
        )
    )
    row = reviewed(ada, other)
    found = ImportRow.objects.filter(status=ImportRow.Status.CONFLICT).order_by("pk")
    assert [(each.chosen, each.mine) for each in found] == [
        (False, {"title": "Weaver"}),
        (False, {"description": ""}),
    ]
    assert "<mark>Master</mark>" in ada.get(row.path).text
    shown = ",".join(str(each.pk) for each in found)
    mill = found[1].pk
    ada.post(f"{row.path}choices/", {"shown": shown, f"side-{found[0].pk}": "mine", f"side-{mill}": "theirs"})
    page = confirm(ada, row).text
    assert "1 changed" in page
    assert set(Item.objects.filter(section="positions").values_list("title", "description")) == {
        ("Weaver", "Wove shawls."),
        ("Apprentice", "Swept the floor."),
    }


def test_what_is_unticked_stays_outside_and_one_form_does_it_all(cast, ada):
    row = reviewed(ada, archive())
    rows = {
        each.data.get("name") or each.data.get("title"): each.pk for each in ImportRow.objects.exclude(what="person")
    }
    shown = ",".join(map(str, rows.values()))
    ada.post(f"{row.path}choices/", {"shown": shown, "take": [rows["Weaving"], rows["Weaver"]], "then": "confirm"})
    assert list(Holding.objects.values_list("skill__name", flat=True)) == ["Weaving"]
    assert list(Item.objects.values_list("title", flat=True)) == ["Weaver"]


def test_all_and_none_of_a_file(cast, ada):
    row = reviewed(ada, archive())
    skills = ImportFile.objects.get(kind="skills").place
    ada.post(f"{row.path}files/{skills}/choice/", {"which": "none"})
    assert not ImportRow.objects.filter(what="skill", chosen=True).exists()
    assert ImportRow.objects.filter(what="positions", chosen=True).count() == 2
    ada.post(f"{row.path}files/{skills}/choice/", {"which": "all"})
    assert ImportRow.objects.filter(what="skill", chosen=True).count() == 3


def test_an_import_is_its_owners_alone(cast, ada):
    row = reviewed(ada, archive())
    bo = cast.client("bo")
    place = ImportFile.objects.get(kind="skills").place
    for address in ("", f"files/{place}/"):
        assert ada.get(row.path + address).status_code == 200
        assert bo.get(row.path + address).status_code == 404
        assert cast.client("nobody").get(row.path + address).status_code == 302
    for address in ("choices/", f"files/{place}/choice/", "connections/", "confirmation/", "cancellation/"):
        assert bo.post(row.path + address, {"which": "all"}).status_code == 404
    row.refresh_from_db()
    assert row.state == Import.State.REVIEW
    assert not Item.objects.exists()


def test_only_one_at_a_time_and_each_confirmed_once(cast, ada):
    row = reviewed(ada, archive())
    again = bring(ada, archive())
    assert again.status_code == 422
    assert "waiting already" in again.text
    assert ada.get("/settings/import/")["Location"] == row.path
    assert confirm(ada, row).status_code == 200
    assert ada.post(f"{row.path}confirmation/").status_code == 409
    assert counts()["Item"] == 4


def test_cancelling_deletes_at_once(cast, ada, django_capture_on_commit_callbacks):
    before = profile(cast.ada)
    bring(ada, archive())
    row = Import.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        ada.post(f"{row.path}cancellation/")
    assert (Import.objects.count(), uploads()) == (0, [])
    tasks.read(row.pk)
    row = reviewed(ada, archive())
    ada.post(f"{row.path}cancellation/")
    assert (Import.objects.count(), ImportRow.objects.count(), profile(cast.ada)) == (0, 0, before)


def test_what_fails_half_way_leaves_nothing(cast, ada, monkeypatch):
    row = reviewed(ada, archive())
    ImportRow.objects.update(chosen=True)
    before = profile(cast.ada)

    def fail(*_args, **_kwargs):
        raise RuntimeError("the lights went out")

    with monkeypatch.context() as patch:
        patch.setattr(actions, "keep_foreign", fail)
        with pytest.raises(RuntimeError):
            confirm(ada, row)
    assert profile(cast.ada) == before
    row.refresh_from_db()
    assert row.state == Import.State.REVIEW
    confirm(ada, row)
    assert counts()["ForeignEndorsement"] == 1


def test_a_reading_killed_half_way_begins_anew(cast, ada, monkeypatch):
    bring(ada, archive())
    row = Import.objects.get()
    with monkeypatch.context() as patch:
        patch.setattr(tasks, "poke", lambda *_: (_ for _ in ()).throw(RuntimeError("killed")))
        with pytest.raises(RuntimeError):
            tasks.read(row.pk)
    assert ImportRow.objects.count() == 0
    for _time in range(2):  # twice: the second finds nothing to do
        tasks.read(row.pk)
    row.refresh_from_db()
    assert (row.state, ImportRow.objects.filter(what="skill").count()) == ("review", 3)


def test_a_fault_of_ours_is_said_and_not_read_for_ever(cast, ada, monkeypatch):
    bring(ada, archive())
    row = Import.objects.get()
    monkeypatch.setattr(tasks, "gather", lambda *_: 1 / 0)

    context = SimpleNamespace(job=SimpleNamespace(attempts=0))
    with pytest.raises(ZeroDivisionError):
        tasks.read_import(context, key=row.pk)
    context.job.attempts = tasks.ATTEMPTS - 1
    tasks.read_import(context, key=row.pk)
    assert "on our side" in ada.get(row.path).text
    assert uploads() == []


def test_the_profile_may_change_while_one_looks(cast, ada):
    row = reviewed(ada, archive())
    from collegium.career import actions as career

    career.add(
        cast.ada,
        Section.POSITIONS,
        title="Weaver",
        organization_name="Northlight Looms",
        started="2019-03",
        place="Delft",
        description="Wove shawls.",
    )
    career.add_skills(cast.ada, ["weaving"])
    confirm(ada, row)
    assert Item.objects.filter(title="Weaver").count() == 1
    assert Holding.objects.count() == 3


def test_ten_thousand_positions_are_a_hundred(cast, ada):
    rows = [[f"Company {n}", "Clerk", "", "", f"{1900 + n % 120}", ""] for n in range(10_000)]
    row = reviewed(ada, packed({"Positions.csv": table(POSITIONS, rows)}))
    assert ImportRow.objects.filter(status=ImportRow.Status.NEW).count() == 100
    assert "one is full" in ada.get(f"{row.path}files/0/?after=" + _third_page(ada, row)).text
    confirm(ada, row)
    assert Item.objects.filter(member=cast.ada).count() == 100


def _third_page(client, row):
    after = ""
    for _page in range(2):
        after = re.search(r"after=([\w-]+)", client.get(f"{row.path}files/0/?after={after}").text)[1]
    return after


def test_an_abandoned_import_is_let_go_after_a_day(cast, ada, monkeypatch):
    from datetime import timedelta

    from collegium.lib import clock

    reviewed(ada, archive())
    tasks.sweep()
    assert Import.objects.count() == 1
    late = clock.now() + timedelta(hours=25)
    monkeypatch.setattr(tasks.clock, "now", lambda: late)
    tasks.sweep()
    assert (Import.objects.count(), ImportRow.objects.count()) == (0, 0)


def test_the_review_costs_the_same_for_many_rows(cast, ada):
    row = reviewed(ada, archive())

    def grow() -> None:
        ada.post(f"{row.path}cancellation/", follow=True)
        skills = table("Name", [[f"Skill {n}"] for n in range(150)])
        jobs = table(POSITIONS, [[f"Company {n}", "Clerk", "words " * 50, "", str(1950 + n), ""] for n in range(60)])
        reviewed(ada, archive(Skills=skills, Positions=jobs))

    def look() -> None:
        assert ada.get(Import.objects.get().path).status_code == 200

    assert_same_queries(look, grow, look)


def test_a_page_without_script_has_few_enough_fields(cast, ada, settings):
    skills = table("Name", [[f"Skill {n}"] for n in range(190)])
    jobs = table(POSITIONS, [[f"Company {n}", "Clerk", "", "", str(1950 + n), ""] for n in range(90)])
    row = reviewed(ada, archive(Skills=skills, Positions=jobs))
    page = ada.get(row.path).text
    fields = page.count('form="choices"')
    assert 50 < fields < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    place = ImportFile.objects.get(kind="skills").place
    further = ada.get(f"{row.path}files/{place}/").text
    assert further.count('name="take"') == 50
    assert "Further lines" in further
    shown = re.search(r'name="shown" value="([\d,]+)"', further)[1]
    answer = ada.post(f"{row.path}choices/", {"shown": shown, "file": place, "after": "abc"})
    assert answer["Location"] == f"{row.path}files/{place}/?after=abc"
    assert ImportRow.objects.filter(what="skill", chosen=True).count() == 140


def test_reading_waits_in_a_queue_of_its_own(cast, ada, hear):
    from procrastinate.contrib.django.models import ProcrastinateJob

    bring(ada, archive())
    hear()
    job = ProcrastinateJob.objects.get(task_name="portability.read_import")
    assert (job.queue_name, job.args) == ("imports", {"key": Import.objects.get().pk})
    assert job.lock in {"import-0", "import-1"}


def test_how_far_it_is_is_written_down_and_a_cancelled_reading_stops(cast, ada):
    bring(ada, archive())
    row = Import.objects.get()
    tell = tasks.Telling(row.pk, cast.ada.pk)
    tell(10, 40)
    tell(20, 40)  # a moment later: not written
    row.refresh_from_db()
    assert (row.done, row.total) == (10, 40)
    assert 'max="40"' in ada.get(row.path).text
    row.delete()
    with pytest.raises(tasks.CancelledError):
        tasks.Telling(row.pk, cast.ada.pk)(30, 40)


def test_hostile_choices_do_no_harm(cast, ada):
    row = reviewed(ada, archive())
    place = ImportFile.objects.get(kind="skills").place
    for value in ("", "a,b", "9" * 40, "-1", "\x00", "1," * 5000, "²", "1" * 5000):
        answer = ada.post(f"{row.path}choices/", {"shown": value, "take": value, f"side-{value}": "theirs"})
        assert answer.status_code in (302, 400)
        assert ada.post(f"{row.path}files/{place}/choice/", {"which": value}).status_code == 404
        assert ada.get(f"{row.path}files/{place}/", {"after": value}).status_code in (200, 404)
    for number in ("0", str(2**63), "9" * 300):
        assert ada.get(f"/settings/import/{number}/").status_code == 404
        assert ada.get(f"{row.path}files/{number}/").status_code in (200, 404)
    assert ada.get("/settings/import/people/", {"after": "%"}).status_code == 404


def test_with_htmx_a_choice_answers_with_the_foot_of_the_page(cast, ada):
    row = reviewed(ada, archive())
    shown = ",".join(map(str, ImportRow.objects.filter(what="skill").values_list("pk", flat=True)))
    answer = ada.post(f"{row.path}choices/", {"shown": shown}, headers={"HX-Request": "true"})
    assert "2 positions" in answer.text
    assert "3 skills" not in answer.text
    assert "<html" not in answer.text
