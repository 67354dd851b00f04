"""A recommendation: asked, written, approved, returned, hidden, edited, taken back; and who reads it when."""

from collections.abc import Callable

import pytest

from collegium.audience.level import Level
from collegium.career import actions as career
from collegium.career.models import Item
from collegium.career.sections import Part
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.testing.cast import Cast, connect
from collegium.testing.fixtures import assert_same_queries
from collegium.vouching import actions, reading
from collegium.vouching.models import Recommendation, Relationship
from collegium.vouching.tests.scene import WORDS, befriend_everybody, job, recommend, shown

State = Recommendation.State
NAMES = ("ada", "bo", "cy", "di", "ed", "eve", "flo", "hal", "nobody")


def cards(cast: Cast, viewer: str) -> list[reading.Card]:
    return reading.recommendations(cast.viewer(viewer), cast.ada)


def on_the_profile(cast: Cast, viewer: str = "cy") -> list[str]:
    return [str(card.html) for card in cards(cast, viewer)]


@pytest.mark.parametrize("name", ["cy", "di", "ed", "eve", "flo", "hal", "gus", "ada"])
def test_only_connections_write(cast: Cast, name: str) -> None:
    with pytest.raises(Refusal):
        recommend(getattr(cast, name), cast.ada)
    assert recommend(cast.bo, cast.ada).state == State.WAITING


def test_nothing_is_shown_before_it_is_approved_and_nothing_after_it_is_hidden(cast: Cast) -> None:
    words = recommend(cast.bo, cast.ada)
    assert [on_the_profile(cast, name) for name in NAMES] == [[]] * len(NAMES)
    with pytest.raises(Refusal):
        actions.approve(words, by=cast.bo, version=words.version)
    actions.approve(words, by=cast.ada, version=words.version)
    assert WORDS in on_the_profile(cast)[0]
    with pytest.raises(Refusal):
        actions.put_away(words, by=cast.bo)
    actions.put_away(words, by=cast.ada)
    assert on_the_profile(cast) == []
    actions.approve(words, by=cast.ada, version=words.version)
    assert len(on_the_profile(cast)) == 1


def test_an_edit_of_what_is_shown_waits_and_the_approved_text_stays(cast: Cast) -> None:
    words = shown(cast.bo, cast.ada)
    with pytest.raises(Refusal):
        actions.edit(words, by=cast.ada, body="I am great.", relationship=words.relationship)
    draft = actions.edit(words, by=cast.bo, body="Other words.", relationship=Relationship.TEAM)
    assert WORDS in on_the_profile(cast)[0]
    with pytest.raises(Conflict):
        actions.approve(words, by=cast.ada, version=words.version)
    actions.approve(draft, by=cast.ada, version=draft.version)
    (card,) = cards(cast, "cy")
    assert "Other words." in card.html
    assert card.relation == "Bo Okafor and Ada Lindqvist worked in the same team"


def test_a_draft_goes_back_and_the_approved_text_stays(cast: Cast) -> None:
    words = shown(cast.bo, cast.ada)
    with pytest.raises(Conflict):
        actions.send_back(words, by=cast.ada, remark="Shorter, please.", version=words.version)
    draft = actions.edit(words, by=cast.bo, body="Other words.", relationship=words.relationship)
    sent = actions.send_back(draft, by=cast.ada, remark="Shorter, please.", version=draft.version)
    assert (sent.state, sent.is_returned, sent.asks) == (State.SHOWN, True, False)
    assert WORDS in on_the_profile(cast)[0]
    same = actions.edit(draft, by=cast.bo, body=WORDS, relationship=words.relationship)
    assert (same.draft, same.remark, same.asks) == ("", "", False)


def test_returned_with_a_remark_and_written_anew(cast: Cast) -> None:
    words = recommend(cast.bo, cast.ada)
    with pytest.raises(Refusal):
        actions.send_back(words, by=cast.bo, remark="No.", version=1)
    actions.send_back(words, by=cast.ada, remark="It was in 2020.", version=1)
    page = cast.client("bo").get("/vouching/given/").content.decode()
    assert "It was in 2020." in page
    fresh = actions.edit(words, by=cast.bo, body="In 2020 she did it.", relationship=words.relationship)
    assert (fresh.state, fresh.remark, fresh.version) == (State.WAITING, "", 2)


def test_what_is_hidden_stays_hidden_when_it_is_edited(cast: Cast) -> None:
    words = recommend(cast.bo, cast.ada)
    actions.put_away(words, by=cast.ada)
    fresh = actions.edit(words, by=cast.bo, body="Again.", relationship=words.relationship)
    assert (fresh.state, fresh.asks) == (State.HIDDEN, False)


def test_waiting_and_hidden_look_alike_to_the_author(cast: Cast) -> None:
    words = recommend(cast.bo, cast.ada)
    browser = cast.client("bo")
    before = listed(browser.get("/vouching/given/").content)
    actions.put_away(words, by=cast.ada)
    assert listed(browser.get("/vouching/given/").content) == before
    actions.approve(words, by=cast.ada, version=1)
    assert listed(browser.get("/vouching/given/").content) != before


def listed(page: bytes) -> str:
    body = page.decode()
    return body[body.index('<article class="vouch">') : body.index("</article>")]


def test_taken_back_it_is_gone_everywhere(cast: Cast) -> None:
    words = shown(cast.bo, cast.ada)
    with pytest.raises(Refusal):
        actions.retract(words, by=cast.ada)
    actions.retract(words, by=cast.bo)
    assert on_the_profile(cast, "ada") == []
    assert not Recommendation.objects.exists()
    for name in ("ada", "bo", "cy"):
        assert cast.client(name).get(words.path).status_code == 404


def test_one_for_each_position(cast: Cast) -> None:
    initech, hooli = job(cast.ada), job(cast.ada, "Hooli", "2022", "")
    first = recommend(cast.bo, cast.ada, item=initech)
    assert recommend(cast.bo, cast.ada, item=initech).pk == first.pk, "sent twice is once"
    with pytest.raises(Conflict):
        recommend(cast.bo, cast.ada, item=initech, body="More.")
    general = recommend(cast.bo, cast.ada)
    with pytest.raises(Conflict):
        recommend(cast.bo, cast.ada, body="More.")
    assert recommend(cast.bo, cast.ada, item=hooli).pk not in (first.pk, general.pk)
    with pytest.raises(Refusal):
        recommend(cast.ada, cast.bo, item=initech)
    career.set_audience(cast.ada, Part.POSITIONS, Level.ONLY_ME)
    with pytest.raises(Refusal):
        recommend(cast.bo, cast.ada, item=hooli, body="More.")


def test_a_deleted_position_leaves_the_words(cast: Cast) -> None:
    item = job(cast.ada)
    general = shown(cast.bo, cast.ada)
    about = shown(cast.bo, cast.ada, item=item)
    assert [card.position for card in cards(cast, "cy")] == ["Engineer · Initech", ""]
    Item.objects.filter(pk=item.pk).delete()
    assert {card.path for card in cards(cast, "cy")} == {general.path, about.path}


def test_after_a_removal_each_keeps_what_is_her_own(cast: Cast) -> None:
    """The author takes back, the recipient hides and approves; neither sends the other words any more."""
    words, other = shown(cast.bo, cast.ada), recommend(cast.ada, cast.bo)
    network.disconnect(cast.ada, cast.bo)
    with pytest.raises(Refusal):
        actions.edit(words, by=cast.bo, body="Hm.", relationship=words.relationship)
    with pytest.raises(Refusal):
        actions.send_back(other, by=cast.bo, remark="Hm.", version=1)
    with pytest.raises(Refusal):
        recommend(cast.bo, cast.ada, body="Hm.")
    actions.put_away(words, by=cast.ada)
    actions.approve(words, by=cast.ada, version=1)
    actions.retract(words, by=cast.bo)
    assert not Recommendation.objects.filter(pk=words.pk).exists()


def test_a_block_deletes_what_the_two_wrote(cast: Cast, hear: Callable[[], None]) -> None:
    befriend_everybody(cast)
    shown(cast.bo, cast.ada)
    shown(cast.ada, cast.bo)
    kept = shown(cast.cy, cast.ada)
    network.block(cast.ada, cast.bo)
    hear()
    assert list(Recommendation.objects.values_list("pk", flat=True)) == [kept.pk]


def test_someone_whose_profile_closed_is_still_hers_to_hide(cast: Cast) -> None:
    words = shown(cast.bo, cast.ada)
    network.disconnect(cast.ada, cast.bo)
    Member.objects.filter(pk=cast.bo.pk).update(visibility=Member.Visibility.HIDDEN)
    assert cards(cast, "ada") == []
    page = cast.client("ada").get("/vouching/").content.decode()
    assert "Bo Okafor" in page
    assert "/in/bo-okafor/" not in page
    assert cast.client("ada").post(f"{words.path}hiding/").status_code == 302
    assert not Recommendation.objects.filter(state=State.SHOWN).exists()


def test_writing_over_http(cast: Cast) -> None:
    """The whole way: write, return, edit, approve, hide, take back; each page says what a person needs."""
    item = job(cast.ada)
    bo, ada = cast.client("bo"), cast.client("ada")
    form = {"relationship": "manager", "item": item.pk, "body": WORDS}
    assert b"Recommend Ada Lindqvist" in bo.get("/vouching/write/ada-lindqvist/").content
    assert bo.post("/vouching/write/ada-lindqvist/", form | {"body": " "}).status_code == 422
    assert bo.post("/vouching/write/ada-lindqvist/", form | {"relationship": ""}).status_code == 422
    assert bo.post("/vouching/write/ada-lindqvist/", form | {"body": "x" * 3001}).status_code == 422
    assert bo.post("/vouching/write/ada-lindqvist/", form).status_code == 302
    refused = bo.post("/vouching/write/ada-lindqvist/", form | {"body": "Typed with care."})
    assert (refused.status_code, b"Typed with care." in refused.content) == (409, True)
    words = Recommendation.objects.get()
    assert "To approve" in ada.get("/vouching/").content.decode()
    assert b"Ask Bo Okafor for a change" in ada.get(f"{words.path}return/").content
    assert ada.post(f"{words.path}return/", {"remark": "", "version": 1}).status_code == 422
    assert ada.post(f"{words.path}return/", {"remark": "Shorter.", "version": 1}).status_code == 302
    assert b"Shorter." in bo.get(f"{words.path}edit/").content
    assert bo.post(f"{words.path}edit/", {"relationship": "manager", "body": "Short."}).status_code == 302
    assert ada.post(f"{words.path}approval/", {"version": 1}).status_code == 409
    assert ada.post(f"{words.path}approval/").status_code == 409
    assert ada.post(f"{words.path}approval/", {"version": 2}).status_code == 302
    assert b"Short." in cast.client("di").get("/vouching/of/ada-lindqvist/").content
    assert ada.post(f"{words.path}hiding/").status_code == 302
    assert ada.post(f"{words.path}approval/?version=2").status_code == 302, "the undo of hiding"
    assert b"gone everywhere" in bo.get(f"{words.path}retraction/").content
    assert bo.post(f"{words.path}retraction/").status_code == 302
    assert b"Short." not in cast.client("di").get("/vouching/of/ada-lindqvist/").content


def test_others_get_the_same_answer_as_to_what_does_not_exist(cast: Cast) -> None:
    words = recommend(cast.bo, cast.ada)
    di, cy = cast.client("di"), cast.client("cy")
    for part in ("", "approval/", "return/", "hiding/", "edit/", "retraction/"):
        for key in (words.pk, 2**62, 2**63, 2**70):
            ask = di.get if not part else di.post
            assert ask(f"/vouching/recommendations/{key}/{part}").status_code == 404, part
    actions.approve(words, by=cast.ada, version=1)
    assert cy.get(words.path).status_code == 302
    for part in ("return/", "hiding/"):
        assert cy.post(f"{words.path}{part}").status_code == 403
    assert cy.post(f"{words.path}approval/", {"version": 1}).status_code == 403
    assert cy.get("/vouching/write/ada-lindqvist/").status_code == 403
    assert cast.client("ed").get("/vouching/write/ada-lindqvist/").status_code == 404
    assert cast.client("nobody").get("/vouching/").status_code == 302


def test_lists_have_constant_cost_and_pages(
    cast: Cast, make_member: Callable[..., Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    for home in ("reading", "own"):
        monkeypatch.setattr(f"collegium.vouching.{home}.PAGE", 4)
    monkeypatch.setattr(
        reading, "SHOWN", reading.Statement(lambda slot: reading._shown(reading.stand_in(slot.int("me")), slot))
    )
    job(cast.ada)

    def more(numbers: range) -> None:
        for number in numbers:
            each = make_member(f"Kim {number}")
            job(each)
            connect(each, cast.ada)
            shown(each, cast.ada, body=f"Words of {number}.")
            recommend(cast.ada, each)

    more(range(1))
    ada, bo = cast.client("ada"), cast.client("bo")
    paths = [(ada, "/vouching/"), (ada, "/vouching/given/"), (bo, "/vouching/of/ada-lindqvist/")]

    def read() -> None:
        for browser, path in paths:
            assert browser.get(path).status_code == 200

    assert_same_queries(read, lambda: more(range(1, 4)), read)
    more(range(4, 7))
    for browser, path in paths:
        first = browser.get(path).content.decode()
        assert first.count('<article class="vouch">') == 4
        after = first.split("?after=")[1].split('"')[0]
        rest = browser.get(path, {"after": after}, headers={"HX-Request": "true"}).content.decode()
        assert rest.count('<article class="vouch">') == 3
        assert browser.get(path, {"after": "nonsense"}).status_code == 404
