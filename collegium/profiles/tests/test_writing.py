"""A career written in place: with htmx, without JavaScript, and what is refused."""

import re
import uuid

import pytest
from django.test import Client

from collegium.audience.level import Level
from collegium.career import actions
from collegium.career.models import Item, PartAudience, SkillUse
from collegium.career.sections import SPECS, Section
from collegium.journal.models import Entry
from collegium.testing.cast import Cast

HTMX = {"HX-Request": "true"}
GOOD = {"title": "Engineer", "organization_name": "Vattenfall", "started_year": "2019", "started_month": "3"}


def items(cast: Cast, section: str = "positions") -> list[Item]:
    return list(Item.objects.kept().filter(member=cast.ada, section=section).in_order())


def sent(section: Section) -> dict[str, str]:
    """A good answer to a section's form."""
    values = {}
    for column in SPECS[section].columns:
        if column.kind in ("from", "until"):
            values[f"{column.name}_year"] = "2019" if column.kind == "from" else "2021"
        elif column.kind == "choice":
            values[column.name] = column.choices[1][0]
        else:
            values[column.name] = "https://example.org/a" if column.kind == "url" else f"My {column.name}"
    return values


@pytest.mark.parametrize("section", list(Section))
def test_each_section_is_written_and_refused(cast: Cast, section: Section) -> None:
    browser, address, good = cast.client("ada"), f"/career/{section}/new/", sent(section)
    page = browser.get(address).content.decode()
    assert all(str(column.label) in page for column in SPECS[section].columns)
    for name in SPECS[section].required:
        refused = browser.post(address, good | {name: "  "})
        assert refused.status_code == 422
        kept = [value for field, value in good.items() if field != name and value.startswith("My ")]
        assert all(value in refused.content.decode() for value in kept)
    assert items(cast, section) == []
    saved = browser.post(address, good)
    [row] = items(cast, section)
    assert (saved.status_code, saved.url) == (302, f"/in/ada-lindqvist/#item-{row.pk}")
    for column in SPECS[section].columns:
        expected = {"from": "2019", "until": "2021"}.get(column.kind, good.get(column.name))
        assert getattr(row, column.name) == expected, column.name


def test_in_place_the_answer_is_the_section(cast: Cast) -> None:
    browser = cast.client("ada")
    form = browser.get("/career/positions/new/", headers=HTMX).content.decode()
    assert "<html" not in form
    assert 'hx-post="/career/positions/new/"' in form
    answer = browser.post("/career/positions/new/", GOOD, headers=HTMX)
    assert answer.headers["HX-Retarget"] == "#part-positions"
    text = answer.content.decode()
    assert 'id="part-positions"' in text
    assert "Engineer" in text
    assert "Saved." in text
    [row] = items(cast)
    refused = browser.post(f"/career/items/{row.pk}/", GOOD | {"title": ""}, headers=HTMX)
    assert refused.status_code == 422
    assert "HX-Retarget" not in refused.headers
    assert 'aria-invalid="true"' in refused.content.decode()


def test_what_is_saved_below_the_fold_is_shown_where_it_stands(cast: Cast) -> None:
    for year in range(40):
        actions.add(cast.ada, Section.POSITIONS, title=f"Role {year}", organization_name=f"Firm {year}", started="2001")
    browser, old = cast.client("ada"), GOOD | {"title": "Apprentice", "started_year": "1980", "ended_year": "1981"}
    plain = browser.post("/career/positions/new/", old | {"form_key": str(uuid.uuid4())})
    row = next(item for item in items(cast) if item.title == "Apprentice")
    assert plain.url.startswith("/in/ada-lindqvist/positions/?after=")
    assert plain.url.endswith(f"#item-{row.pk}")
    assert "Apprentice" in browser.get(plain.url).content.decode()
    assert "Apprentice" not in browser.get("/in/ada-lindqvist/").content.decode()
    placed = browser.post(
        f"/career/items/{row.pk}/", old | {"title": "Apprentice smith"}, headers=HTMX
    ).content.decode()
    assert "Apprentice smith" in placed
    assert "35 entries in between" in placed
    assert placed.count("entry-kept") == 1


def test_an_end_before_the_start_is_marked_where_it_is_wrong(cast: Cast) -> None:
    page = cast.client("ada").post("/career/positions/new/", GOOD | {"ended_year": "1999"}, headers=HTMX)
    field = re.search(r'<input name="ended_year"[^>]*>', page.content.decode())
    assert field is not None
    assert 'aria-invalid="true"' in field[0]


def test_a_page_without_script_posts_plainly(cast: Cast) -> None:
    page = cast.client("ada").get("/career/positions/new/").content.decode()
    assert 'hx-post="/career/positions/new/"' not in page
    assert 'method="post" action="/career/positions/new/"' in page


def test_twice_sent_is_one_item(cast: Cast) -> None:
    browser = cast.client("ada")
    page = browser.get("/career/positions/new/").content.decode()
    key = re.search(r'name="form_key" value="([^"]+)"', page)[1]  # type: ignore[index]
    for _again in range(2):
        assert browser.post("/career/positions/new/", GOOD | {"form_key": key}).status_code == 302
    assert len(items(cast)) == 1
    browser.post("/career/positions/new/", GOOD | {"form_key": str(uuid.uuid4())})
    assert len(items(cast)) == 2


DATES = {
    "a year": ({"started_year": "2019"}, "2019"),
    "a month": ({"started_year": "2019", "started_month": "3"}, "2019-03"),
    "a day": ({"started_year": "2019", "started_month": "3", "started_day": "7"}, "2019-03-07"),
    "digits of another script": ({"started_year": "٢٠١٩"}, "2019"),
    "nothing": ({}, ""),
    "a month alone": ({"started_month": "3"}, "the year too"),
    "a day alone": ({"started_year": "2019", "started_day": "7"}, "month of that day"),
    "no such day": ({"started_year": "2019", "started_month": "2", "started_day": "30"}, "no such day"),
    "day 32": ({"started_year": "2019", "started_month": "1", "started_day": "32"}, "1 to 31"),
    "month 13": ({"started_year": "2019", "started_month": "13"}, "twelve months"),
    "month zero": ({"started_year": "2019", "started_month": "0"}, "twelve months"),
    "two digits": ({"started_year": "19"}, "four digits"),
    "words": ({"started_year": "last"}, "four digits"),
    "long ago": ({"started_year": "1899"}, "four digits"),
    "far ahead": ({"started_year": "2101"}, "four digits"),
    "many digits": ({"started_year": "2" * 100_000}, "four digits"),
}


@pytest.mark.parametrize("name", list(DATES))
def test_dates_keep_their_precision(cast: Cast, name: str) -> None:
    typed, expected = DATES[name]
    words = {"title": "Engineer", "organization_name": "Vattenfall"}
    answer = cast.client("ada").post("/career/positions/new/", words | typed)
    if answer.status_code == 302:
        assert items(cast)[0].started == expected
        again = cast.client("ada").get(f"/career/items/{items(cast)[0].pk}/").content.decode()
        assert all(f'value="{int(value)}"' in again for value in typed.values())
    else:
        assert answer.status_code == 422
        assert expected in answer.content.decode()
        assert items(cast) == []


ENDS = [
    ("2019", "2018", False),
    ("2019-05", "2019-04", False),
    ("2019-05", "2019", True),
    ("2019", "2019-01", True),
    ("2019-05-02", "2019-05-01", False),
    ("", "2018", True),
]


@pytest.mark.parametrize(("started", "ended", "fits"), ENDS)
def test_nothing_ends_before_it_starts(cast: Cast, started: str, ended: str, fits: bool) -> None:
    typed = {"title": "Engineer", "organization_name": "Vattenfall"}
    for name, text in (("started", started), ("ended", ended)):
        typed |= {
            f"{name}_{piece}": part for piece, part in zip(("year", "month", "day"), text.split("-"), strict=False)
        }
    answer = cast.client("ada").post("/career/positions/new/", typed)
    assert answer.status_code == (302 if fits else 422)
    if not fits:
        assert "lies before the start" in answer.content.decode()


def test_here_now_clears_the_end_alone(cast: Cast) -> None:
    browser = cast.client("ada")
    ended = GOOD | {"ended_year": "2021"}
    browser.post("/career/positions/new/", ended)
    [row] = items(cast)
    assert row.ended == "2021"
    browser.post(f"/career/items/{row.pk}/", ended | {"goes_on": "on"})
    row.refresh_from_db()
    assert (row.ended, row.started, row.current) == ("", "2019-03", True)
    assert 'name="goes_on" checked' in browser.get(f"/career/items/{row.pk}/").content.decode()
    # A nonsense end that is crossed out is no error.
    assert browser.post(f"/career/items/{row.pk}/", GOOD | {"ended_year": "x", "goes_on": "on"}).status_code == 302


def test_others_items_do_not_exist(cast: Cast) -> None:
    row = actions.add(cast.ada, Section.POSITIONS, title="Engineer", organization_name="Vattenfall")
    for address in (
        f"/career/items/{row.pk}/",
        f"/career/items/{row.pk}/removal/",
        f"/career/items/{row.pk}/restoration/",
    ):
        for key in (str(row.pk), "0", str(2**63), "9" * 300):
            other = address.replace(str(row.pk), key)
            assert cast.client("bo").post(other, GOOD).status_code == 404, other
        assert cast.client("nobody").post(address, GOOD).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.removed_at) == ("Engineer", None)


def test_removed_and_put_back(cast: Cast) -> None:
    browser = cast.client("ada")
    row = actions.add(cast.ada, Section.POSITIONS, title="Engineer", organization_name="Vattenfall")
    answer = browser.post(f"/career/items/{row.pk}/removal/", headers=HTMX)
    assert f'action="/career/items/{row.pk}/restoration/"' in answer.content.decode()
    assert items(cast) == []
    assert browser.get(f"/career/items/{row.pk}/").status_code == 404
    assert browser.post(f"/career/items/{row.pk}/restoration/").status_code == 302
    assert [each.pk for each in items(cast)] == [row.pk]
    # Twice is once, and without htmx there is the way back.
    for _again in range(2):
        assert browser.post(f"/career/items/{row.pk}/removal/").status_code in (302, 404)


def test_a_full_section_says_so_and_keeps_what_was_typed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collegium.career.actions.items.MOST_ITEMS", 1)
    browser = cast.client("ada")
    assert browser.post("/career/positions/new/", GOOD).status_code == 302
    answer = browser.post("/career/positions/new/", GOOD | {"title": "Typed with care"})
    assert answer.status_code == 422
    assert "at most 1 entries" in answer.content.decode()
    assert "Typed with care" in answer.content.decode()


def test_skills_of_a_role(cast: Cast) -> None:
    browser = cast.client("ada")
    browser.post("/career/positions/new/", GOOD | {"skills": "Welding, hydrology;  welding ,"})
    [row] = items(cast)
    used = SkillUse.objects.filter(item=row).values_list("holding__skill__name", flat=True)
    assert sorted(name.lower() for name in used) == ["hydrology", "welding"]
    page = browser.get(f"/career/items/{row.pk}/").content.decode()
    assert re.search(r'value="Welding, hydrology"', page, re.IGNORECASE)
    browser.post(f"/career/items/{row.pk}/", GOOD | {"skills": ""})
    assert not SkillUse.objects.filter(item=row).exists()
    many = ", ".join(f"skill {number}" for number in range(51))
    assert browser.post(f"/career/items/{row.pk}/", GOOD | {"skills": many}).status_code == 422


class TestTelling:
    """ "Tell my connections": off, change by change, and never without the sentence having been seen."""

    SENTENCE = "I now work as Engineer at Vattenfall (March 2019)"

    @pytest.fixture
    def browser(self, cast: Cast) -> Client:
        return cast.client("ada")

    def told(self) -> int:
        return Entry.objects.filter(kind="career.announced").count()

    def test_off_unless_ticked(self, cast: Cast, browser: Client) -> None:
        assert 'name="tell" data-tell>' in browser.get("/career/positions/new/").content.decode()
        browser.post("/career/positions/new/", GOOD)
        assert self.told() == 0

    def test_the_sentence_is_shown_before_anything_is_saved(self, cast: Cast, browser: Client) -> None:
        first = browser.post("/career/positions/new/", GOOD | {"tell": "on"})
        assert first.status_code == 422
        assert self.SENTENCE in first.content.decode()
        assert items(cast) == []
        key = str(uuid.uuid4())
        for _twice in range(2):
            second = browser.post(
                "/career/positions/new/", GOOD | {"tell": "on", "shown": self.SENTENCE, "form_key": key}
            )
            assert second.status_code == 302
        assert (len(items(cast)), self.told()) == (1, 1)
        changed = browser.post("/career/positions/new/", GOOD | {"tell": "on", "shown": self.SENTENCE, "title": "Boss"})
        assert changed.status_code == 422

    def test_the_live_sentence_is_the_same(self, cast: Cast, browser: Client) -> None:
        answer = browser.post("/career/positions/sentence/", GOOD | {"tell": "on"}, headers=HTMX)
        assert f'name="shown" value="{self.SENTENCE}"' in answer.content.decode()
        silent = browser.post("/career/positions/sentence/", GOOD, headers=HTMX)
        assert "blockquote" not in silent.content.decode()
        assert items(cast) == []

    def test_nobody_is_told_of_what_is_for_the_owner_alone(self, cast: Cast, browser: Client) -> None:
        actions.set_audience(cast.ada, Section.POSITIONS, Level.ONLY_ME)
        assert 'name="tell"' not in browser.get("/career/positions/new/").content.decode()
        answer = browser.post("/career/positions/new/", GOOD | {"tell": "on", "shown": self.SENTENCE})
        assert answer.status_code == 422
        assert (len(items(cast)), self.told()) == (0, 0)


def test_arranging_without_script(cast: Cast) -> None:
    browser = cast.client("ada")
    for number in range(3):
        actions.add(cast.ada, Section.INTERESTS, title=f"Interest {number}")
    keys = [each.pk for each in items(cast, "interests")]
    page = browser.get("/career/interests/").content.decode()
    assert [int(key) for key in re.findall(r'name="key" value="(\d+)"', page)] == keys
    answer = browser.post("/career/interests/order/", {"key": keys, "down": keys[0]})
    assert (answer.status_code, answer.url) == (302, "/career/interests/")
    assert [each.pk for each in items(cast, "interests")] == [keys[1], keys[0], keys[2]]
    dragged = browser.post("/career/interests/order/", {"key": [keys[2], keys[1], keys[0]]}, headers=HTMX)
    assert dragged.status_code == 204
    assert [each.pk for each in items(cast, "interests")] == [keys[2], keys[1], keys[0]]


def test_orders_of_others_and_nonsense_change_nothing(cast: Cast) -> None:
    mine = actions.add(cast.ada, Section.INTERESTS, title="Mine")
    other = actions.add(cast.bo, Section.INTERESTS, title="Theirs")
    late = actions.add(cast.ada, Section.INTERESTS, title="Added in another window")
    browser = cast.client("ada")
    for keys in ([other.pk, mine.pk], ["x", "-1", str(2**70), ""], []):
        assert browser.post("/career/interests/order/", {"key": keys, "up": other.pk}, headers=HTMX).status_code == 204
    assert {each.pk for each in items(cast, "interests")} == {mine.pk, late.pk}
    other.refresh_from_db()
    assert other.member_id == cast.bo.pk


AUDIENCES = [
    # level, then who reads the section: bo is connected, cy in the second degree, di a member, nobody signed out
    (0, "ada bo cy di"),
    (1, "ada bo cy di"),
    (2, "ada bo cy"),
    (3, "ada bo"),
    (4, "ada"),
]


@pytest.mark.parametrize(("level", "readers"), AUDIENCES)
def test_the_audience_chosen_in_place_counts_at_once(cast: Cast, level: int, readers: str) -> None:
    actions.add(cast.ada, Section.POSITIONS, title="Engineer of rivers", organization_name="Vattenfall")
    answer = cast.client("ada").post("/career/audiences/positions/", {"audience": level}, headers=HTMX)
    assert answer.headers["HX-Retarget"] == "#part-positions"
    for name in ("ada", "bo", "cy", "di"):
        page = cast.client(name).get("/in/ada-lindqvist/").content.decode()
        assert ("Engineer of rivers" in page) == (name in readers.split()), name
    assert "Engineer of rivers" not in cast.client("nobody").get("/in/ada-lindqvist/").content.decode()


def test_no_such_audience_changes_nothing(cast: Cast) -> None:
    browser = cast.client("ada")
    for value in ("5", "-1", "x", "", str(2**70)):
        assert browser.post("/career/audiences/positions/", {"audience": value}).status_code == 302
    assert not PartAudience.objects.exists()
    assert browser.post("/career/audiences/nothing/", {"audience": "1"}).status_code == 404
