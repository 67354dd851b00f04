"""Who may invite whom, and with what: every door against every way to knock."""

import pytest
from allauth.account.models import EmailAddress

from collegium.career.models import Contact
from collegium.journal.models import Entry
from collegium.lib.refusal import Conflict
from collegium.network import actions, door
from collegium.network.context import Line
from collegium.network.models import Door
from collegium.network.tests.reading import bare, read
from collegium.testing.cast import Cast, connect
from collegium.ties.models import Connection, Invitation

Who = Door.Who
PATH = "/network/with/di-varga/invitation/"


def put(cast: Cast, who: str, *, wants_note: bool = False) -> None:
    door.put(cast.di, who, wants_note=wants_note)


def confirmed(cast: Cast, address: str = "di@private.example") -> None:
    EmailAddress.objects.create(user=cast.di.user, email=address, verified=True)


# (who, a note is wanted, something is shared, a note is written): what the verb says.
CASES = [
    (Who.ANYONE, False, False, False, door.NoteNeeded),
    (Who.ANYONE, False, False, True, None),
    (Who.ANYONE, False, True, False, None),
    (Who.ANYONE, True, True, False, door.NoteNeeded),
    (Who.ANYONE, True, True, True, None),
    (Who.SHARED, False, False, True, Conflict),
    (Who.SHARED, False, False, False, Conflict),
    (Who.SHARED, False, True, False, None),
    (Who.SHARED, True, True, False, door.NoteNeeded),
    (Who.ADDRESS, False, True, True, door.NotTheAddress),
    (Who.NOBODY, False, True, True, Conflict),
]


@pytest.mark.parametrize(("who", "wants_note", "shared", "note", "said"), CASES)
def test_every_door(cast: Cast, who: str, wants_note: bool, shared: bool, note: bool, said: type | None) -> None:
    if shared:
        connect(cast.bo, cast.di)
    put(cast, who, wants_note=wants_note)
    words = "Tides." if note else ""
    if said is None:
        assert actions.invite(cast.ada, cast.di, note=words).pk
        return
    with pytest.raises(said):
        actions.invite(cast.ada, cast.di, note=words)
    answer = cast.client("ada").post(PATH, {"note": words})
    assert answer.status_code in (409, 422)
    assert words in answer.text
    assert not Invitation.objects.filter(recipient=cast.di).exists()


def test_an_empty_cold_invitation_is_refused_with_a_sentence_and_nothing_is_lost(cast: Cast) -> None:
    ada = cast.client("ada")
    assert "share nothing that both can see here" in read(ada.get(PATH))
    for given in ("", "   ", "\u200b"):
        answer = ada.post(PATH, {"note": given})
        assert answer.status_code == 422
        assert "Write a line." in answer.text or "share nothing" in answer.text
    assert ada.post(PATH, {"note": ""}, headers={"HX-Request": "true"}).status_code == 422


def test_the_page_says_it_before_anything_is_typed(cast: Cast) -> None:
    ada = cast.client("ada")
    put(cast, Who.NOBODY)
    page = ada.get(PATH)
    assert "Di Varga takes no invitations." in read(page)
    assert "<textarea" not in page.text
    put(cast, Who.SHARED)
    assert "with a connection, an employer or a school in common" in read(ada.get(PATH))
    put(cast, Who.ADDRESS)
    assert 'type="email"' in ada.get(PATH).text


def test_who_knows_an_address(cast: Cast) -> None:
    put(cast, Who.ADDRESS)
    confirmed(cast)
    ada = cast.client("ada")
    wrong = ada.post(PATH, {"note": "Tides.", "address": "di@elsewhere.example"})
    assert wrong.status_code == 422
    assert "cannot be invited" in wrong.text
    assert "Tides." in wrong.text
    assert "di@elsewhere.example" in wrong.text
    assert ada.post(PATH, {"note": "Tides.", "address": " DI@Private.example "}).status_code == 302
    assert not any("private.example" in str(entry.data).casefold() for entry in Entry.objects.all())


def test_an_address_among_the_ways_to_be_reached(cast: Cast) -> None:
    put(cast, Who.ADDRESS)
    Contact.objects.create(member=cast.di, kind=Contact.Kind.EMAIL, value="office@di.example", audience=4)
    with pytest.raises(door.NotTheAddress):
        actions.invite(cast.ada, cast.di, note="Tides.", address="di@office.example")
    assert actions.invite(cast.ada, cast.di, note="Tides.", address="office@di.example")


def test_unconfirmed_and_wrong_are_alike(cast: Cast) -> None:
    """Byte for byte, and in the number of statements."""
    from collegium.testing.fixtures import queries

    put(cast, Who.ADDRESS)
    EmailAddress.objects.create(user=cast.di.user, email="di@unconfirmed.example", verified=False)
    confirmed(cast)
    ada = cast.client("ada")
    answers = {}
    for address in ("di@unconfirmed.example", "di@nowhere.example.org"):
        answer = ada.post(PATH, {"note": "Tides.", "address": address})
        answers[address] = bare(answer).replace(address.encode(), b"ADDRESS")
    assert len(set(answers.values())) == 1
    asked = [len(queries(lambda a=a: door.knows_address(cast.di, a))) for a in ("di@private.example", "x@y.example")]
    assert len(set(asked)) == 1


def test_tries_are_few_and_the_last_refusal_does_not_tell_either(cast: Cast) -> None:
    put(cast, Who.ADDRESS)
    confirmed(cast)
    ada = cast.client("ada")
    for n in range(5):
        assert "cannot be invited" in ada.post(PATH, {"note": "Tides.", "address": f"{n}@guess.example"}).text
    right = ada.post(PATH, {"note": "Tides.", "address": "di@private.example"})
    wrong = ada.post(PATH, {"note": "Tides.", "address": "dx@private.example"})
    assert right.status_code == wrong.status_code == 422
    assert bare(right).replace(b"di@private", b"dx@private") == bare(wrong)
    assert "all the tries for today" in right.text
    assert not Invitation.objects.filter(recipient=cast.di).exists()


@pytest.mark.parametrize("who", [Who.SHARED, Who.ADDRESS, Who.NOBODY])
def test_whom_one_invited_may_always_answer(cast: Cast, who: str) -> None:
    put(cast, who, wants_note=True)
    actions.invite(cast.di, cast.ada, note="Tides.")
    assert cast.client("ada").post(PATH, {"note": ""}).status_code == 302
    assert Connection.objects.filter(member=cast.ada, other=cast.di).exists()


@pytest.mark.parametrize("who", [Who.SHARED, Who.ADDRESS, Who.NOBODY])
def test_who_was_introduced_passes_every_door(cast: Cast, who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    put(cast, who, wants_note=True)

    def met(viewer, others):
        return {key: [Line("introduction", "Introduced by Bo.", opens=True)] for key in others}

    monkeypatch.setattr("collegium.network.context.providers", [met])
    page = cast.client("ada").get(PATH)
    assert "Introduced by Bo." in read(page)
    assert 'type="email"' not in page.text
    assert cast.client("ada").post(PATH, {"note": ""}).status_code == 302


def test_a_closed_door_says_the_same_to_everybody(cast: Cast) -> None:
    """To a stranger, to somebody whom Di disclaimed, to somebody removed: the same bytes."""
    put(cast, Who.NOBODY)
    invitation = actions.invite(cast.di, cast.hal, note="Tides.")
    actions.accept(invitation, by=cast.hal)
    actions.disconnect(cast.di, cast.hal)
    one, other = (bare(cast.client(name).get(PATH)) for name in ("hal", "cy"))
    assert one.count(b"takes no invitations") == other.count(b"takes no invitations") == 1


def test_choosing(cast: Cast) -> None:
    di = cast.client("di")
    assert "Anyone" in read(di.get("/network/door/"))
    for who in Who.values:
        assert di.post("/network/door/", {"who": who, "wants_note": "on"}).status_code == 302
        row = Door.objects.get(member=cast.di)
        assert (row.who, row.wants_note) == (who, True)
    assert di.post("/network/door/", {"who": "everybody"}).status_code == 422
    assert di.post("/network/door/", {}).status_code == 422
    before = Entry.objects.filter(kind="network.door_set").count()
    di.post("/network/door/", {"who": Who.NOBODY, "wants_note": "on"})
    assert Entry.objects.filter(kind="network.door_set").count() == before, "the same again is no change"
    assert "/network/door/" in cast.client("di").get("/network/").text
    assert "/network/door/" in cast.client("di").get("/settings/visibility/").text
