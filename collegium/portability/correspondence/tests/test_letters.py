"""Messages and invitations come in only if their owner says so, for her eyes alone, once."""

from typing import Any

import pytest

from collegium.journal.models import Entry
from collegium.members.models import Member
from collegium.notifications.models import Notification
from collegium.portability.correspondence import judging, letters, taking
from collegium.portability.correspondence.models import Invited, Letter, Thread, Waiting
from collegium.portability.correspondence.tests import archives
from collegium.portability.correspondence.tests.archives import (
    ANNA,
    ARCHIVED,
    BERT,
    DRAFTED,
    HERE,
    INVITATIONS,
    LETTERS,
    ME,
    brought,
    choose,
    confirm,
    kept,
    sent,
    small,
)
from collegium.portability.imports.models import ImportRow
from collegium.portability.imports.tests.archives import packed, reviewed, table
from collegium.testing.cast import Cast

Status = ImportRow.Status


def test_nothing_comes_in_unless_she_says_so(cast: Cast, ada: Any) -> None:
    row = reviewed(ada, small())
    page = ada.get(row.path).text
    for words in ("Keep my messages", "Keep my invitations", "for your eyes alone", "Anna Berg", "spam"):
        assert words in page
    assert not ImportRow.objects.filter(of=row, chosen=True, what__in=[judging.TALK, judging.INVITED]).exists()
    assert Waiting.objects.count() == 4
    confirm(ada, row)
    assert kept() == [0, 0, 0]
    assert not Waiting.objects.exists()
    assert "No messages are kept" in ada.get(LETTERS).text


def test_it_comes_in_for_her_and_tells_nobody(cast: Cast, ada: Any, hear: Any) -> None:
    row = reviewed(ada, small())
    choose(ada, row)
    assert "Add 1 line of the head, 2 private conversations, 2 private invitations" in ada.get(row.path).text
    hear()
    people, told, said = Member.objects.count(), Notification.objects.count(), Entry.objects.count()
    page = confirm(ada, row)
    hear()
    assert "2 private conversations, 4 messages, 2 private invitations added" in page
    assert (Member.objects.count(), Notification.objects.count()) == (people, told)
    assert set(Entry.objects.order_by("pk").values_list("kind", flat=True)[said:]) <= {
        "portability.imported",
        "career.taken",
        "members.edited",
    }
    one, two = Thread.objects.order_by("-last")
    assert (one.people, one.count, one.folder) == ([["Anna Berg", "anna-berg"]], 3, "INBOX")
    assert (two.people, two.count, two.folder) == ([["Bert Ås", "bert-ås"]], 1, "SPAM")
    assert [each.mine for each in one.letters.order_by("sent")] == [False, True, False]
    assert str(one.letters.order_by("sent")[0].at) == "2024-05-02 10:00:00+00:00"
    assert [(each.incoming, each.name, each.text) for each in Invited.objects.order_by("-sent")] == [
        (True, "Anna Berg", "We met at the mill."),
        (False, "Bert Ås", ""),
    ]
    page = ada.get(LETTERS).text
    assert page.index("Anna Berg") < page.index("Bert Ås")
    page = ada.get(one.path).text
    assert page.index("Shall we weave") < page.index("Gladly, =SUM(A1)") < page.index("Tuesday then")
    assert page.count("kept-letter-mine") == 1
    assert "We met at the mill." in ada.get(INVITATIONS).text
    assert "Bert Ås" in ada.get(f"{INVITATIONS}?way=sent").text
    assert "Messages" in ada.get(HERE).text
    assert HERE in ada.get("/settings/import/").text


def test_twice_is_once(cast: Cast, ada: Any) -> None:
    brought(ada)
    once = kept()
    row = reviewed(ada, small())
    assert set(ImportRow.objects.filter(of=row).values_list("status", flat=True)) == {Status.HERE}
    assert not Waiting.objects.exists()
    choose(ada, row)
    confirm(ada, row)
    assert kept() == once == [2, 4, 2]
    # Somebody has left, somebody has another name, and there is one message more.
    rows = [[*each] for each in archives.SAID]
    rows[0][2:4] = ["LinkedIn Member", ""]
    rows.insert(0, sent("one", ME, ANNA, "2024-06-01 10:00:00 UTC", "See you"))
    row = reviewed(ada, small(rows))
    assert "1 of them new" in ada.get(row.path).text
    choose(ada, row)
    assert "1 private conversation, 1 message added" in confirm(ada, row)
    assert kept() == [2, 5, 2]
    assert Thread.objects.get(folder="INBOX").count == 4


def test_only_what_was_ticked(cast: Cast, ada: Any) -> None:
    row = reviewed(ada, small())
    one = ImportRow.objects.get(of=row, what=judging.TALK, data__folder="SPAM")
    ada.post(f"{row.path}choices/", {"shown": str(one.pk), "take": str(one.pk)})
    confirm(ada, row)
    assert [each.text for each in Letter.objects.all()] == ["Buy my looms"]
    assert kept() == [1, 1, 0]


@pytest.mark.parametrize("header", [DRAFTED, ARCHIVED, archives.OLD])
def test_headers_by_age(cast: Cast, ada: Any, header: str) -> None:
    more = {DRAFTED: ["", "Yes", "No"], ARCHIVED: ["", "Yes"], archives.OLD: []}[header]
    less = {DRAFTED: ["", "No", "No"], ARCHIVED: ["", "No"], archives.OLD: []}[header]
    rows = [[*archives.SAID[0], *more], *([*each, *less] for each in archives.SAID[1:])]
    row = reviewed(ada, small(rows, header))
    page = ada.get(row.path).text
    assert ("Drafts: they were never sent." in page) == (header == DRAFTED)
    choose(ada, row)
    confirm(ada, row)
    assert Letter.objects.count() == (3 if header == DRAFTED else 4)
    assert set(Thread.objects.values_list("folder", flat=True)) == {
        "SPAM",
        "ARCHIVE" if header == ARCHIVED else "INBOX",
    }


@pytest.mark.parametrize(
    ("rows", "files"),
    [
        # Her side is told by the profile's name, by the invitations, or by who is in every conversation.
        (archives.SAID, {"Profile.csv": archives.profile()}),
        (archives.SAID, {"Invitations.csv": table(archives.ASKS, archives.ASKED)}),
        (archives.SAID, {}),
        # Somebody else has her name.
        (
            [*archives.SAID, sent("3", ("Ada Lindqvist", "other-ada"), ME, "2024-01-01 10:00:00 UTC", "Twins")],
            {"Profile.csv": archives.profile()},
        ),
        # Without addresses there is the name alone.
        ([[each if place not in (3, 5) else "" for place, each in enumerate(row)] for row in archives.SAID],
         {"Profile.csv": archives.profile()}),
    ],
)  # fmt: skip
def test_whose_side_is_hers(cast: Cast, ada: Any, rows: list[list[str]], files: dict[str, bytes]) -> None:
    brought(ada, packed({"messages.csv": table(archives.OLD, rows), **files}))
    assert [each.text for each in Letter.objects.filter(mine=True)] == ["Gladly, =SUM(A1)"]
    assert not any(
        name == "Ada Lindqvist" and slug != "other-ada" for each in Thread.objects.all() for name, slug in each.people
    )


def test_what_stays_behind_says_why(cast: Cast, ada: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    first = archives.SAID[0]
    rows = [first, first, [*first[:2], "Anna  Berg", *first[3:]], sent("one", ANNA, ME, "2024-05-02 10:00:00 UTC", ""),
            sent("one", BERT, ME, "2024-05-02 10:00:00 UTC", first[8])]  # fmt: skip
    row = reviewed(ada, small(rows))
    page = ada.get(row.path).text
    assert "They have no words; files are not in the archive." in page
    choose(ada, row)
    confirm(ada, row)
    # What two people say in one second, both have said.
    assert sorted(Letter.objects.values_list("name", flat=True)) == ["Anna Berg", "Bert Ås"]
    monkeypatch.setattr(letters, "MOST_MESSAGES", 3)
    row = reviewed(ada, small())
    assert "There is room for 200,000 messages." in ada.get(row.path).text


def test_the_most_is_the_most(cast: Cast, ada: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (judging, taking):
        monkeypatch.setattr(module, "MOST_MESSAGES", 2)
        monkeypatch.setattr(module, "MOST_INVITATIONS", 1)
    row = reviewed(ada, small())
    page = ada.get(row.path).text
    assert "There is room for 2 messages. The newest of those you choose come in." in page
    assert "There is room for 1 invitations." in page or "There is room for" in page
    choose(ada, row)
    confirm(ada, row)
    assert kept() == [1, 2, 1]
    assert set(Letter.objects.values_list("text", flat=True)) == {"Gladly, =SUM(A1)", "Tuesday then"}
