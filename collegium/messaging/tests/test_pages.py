"""The pages of conversations: who gets what, without a script and with one."""

import re
import uuid

import pytest

from collegium.messaging.actions import approaching, keeping, people, talking
from collegium.messaging.models import Conversation, Message, Participant
from collegium.messaging.tests import scene
from collegium.network import actions as network
from collegium.testing.cast import Cast
from collegium.testing.fixtures import assert_same_queries

HX = {"HX-Request": "true"}
EVERYONE = ("ada", "bo", "cy", "di", "ed", "nobody")
PARTS = (
    "",
    "place/",
    "messages/1/",
    "messages/1/edit/",
    "messages/1/deletion/",
    "messages/1/revisions/",
    "messages/1/report/",
)


def status(cast: Cast, name: str, address: str) -> int:
    return cast.client(name).get(address).status_code


def lines(html: str) -> dict[str, str]:
    """What is said on a page: the bytes of each message by its id."""
    return {found[1]: found[0] for found in re.finditer(r'<li class="msg[^"]*" id="(m\d+)".*?</li>', html, re.DOTALL)}


@pytest.mark.parametrize("part", PARTS)
def test_only_who_is_in_it_gets_any_page_of_it(cast: Cast, part: str) -> None:
    row = scene.two(cast.ada, cast.bo, "Good morning.", "Good evening.")
    found = {name: status(cast, name, f"{row.path}{part}") for name in EVERYONE}
    # A report of one's own words leads back to them.
    ada = 302 if part == "messages/1/report/" else 200
    assert found == {"ada": ada, "bo": 200, "cy": 404, "di": 404, "ed": 404, "nobody": 302}


def test_whoever_left_or_is_blocked_gets_nothing(cast: Cast) -> None:
    group = scene.group(cast.bo, cast.ada, cast.cy, texts=3)
    two = scene.two(cast.ada, cast.bo, "Good morning.")
    people.leave(group, by=cast.cy)
    network.block(cast.bo, cast.ada)
    for part in (*PARTS, "people/", "departure/"):
        assert status(cast, "cy", f"{group.path}{part}") == 404, part
    for part in PARTS:
        assert status(cast, "ada", f"{two.path}{part}") == status(cast, "bo", f"{two.path}{part}") == 404, part
    assert cast.client("ada").post(f"{two.path}messages/", {"text": "Hello?"}).status_code == 404
    assert cast.client("cy").post(f"{group.path}messages/", {"text": "Hello?"}, headers=HX).status_code == 404
    assert cast.client("cy").get(f"{group.path}since/0/", headers=HX).status_code == 404
    assert "Bo Okafor" not in cast.client("ada").get(group.path).text


def test_a_plain_form_says_something(cast: Cast) -> None:
    row = scene.two(cast.ada, cast.bo, "Good morning.")
    given = {"text": "Said without a script.", "key": str(uuid.uuid4()), "reply_to": "1"}
    response = cast.client("bo").post(f"{row.path}messages/", given)
    assert response.status_code == 302
    assert response["Location"] == row.path
    page = cast.client("ada").get(row.path).text
    assert "Said without a script." in page
    assert 'data-jump="m1"' in page


def test_sent_twice_it_is_said_once(cast: Cast) -> None:
    row = scene.two(cast.ada, cast.bo, "Good morning.")
    given = {"text": "From a tunnel.", "key": str(uuid.uuid4())}
    answers = [cast.client("ada").post(f"{row.path}messages/", given, headers=HX) for _ in range(3)]
    assert [each.status_code for each in answers] == [204] * 3
    assert {each["Talk-Said"] for each in answers} == {"2"}
    assert Message.objects.filter(conversation=row).count() == 2


def test_what_cannot_be_said_is_kept_and_says_why(cast: Cast) -> None:
    row = scene.two(cast.ada, cast.bo, "Good morning.")
    empty = cast.client("ada").post(f"{row.path}messages/", {"text": " "})
    assert empty.status_code == 422
    assert "write something first" in empty.text
    network.disconnect(cast.ada, cast.bo)
    late = cast.client("ada").post(f"{row.path}messages/", {"text": "My long words."})
    assert late.status_code == 409
    short = cast.client("ada").post(f"{row.path}messages/", {"text": "My long words."}, headers=HX)
    assert (short.status_code, short["Content-Type"]) == (409, "text/plain; charset=utf-8")
    assert len(short.text) < 200


def test_only_hosts_look_after_a_group(cast: Cast) -> None:
    group = scene.group(cast.bo, cast.ada, cast.cy)
    for part, given in (
        ("name/", {"name": "Mine"}),
        ("people/removal/", {"member": cast.cy.handle}),
        ("hosts/", {"member": cast.cy.handle}),
        ("people/", {"named": f"@{cast.eve.handle}"}),
    ):
        assert cast.client("ada").post(f"{group.path}{part}", given).status_code in {403, 422}, part
    assert cast.client("ada").post(f"{group.path}name/", {"name": "Mine"}).status_code == 403
    assert cast.client("bo").post(f"{group.path}name/", {"name": "Low water"}).status_code == 302
    assert "Low water" in cast.client("cy").get(f"{group.path}people/").text
    assert cast.client("bo").post(f"{group.path}people/removal/", {"member": cast.cy.handle}).status_code == 302
    assert status(cast, "cy", group.path) == 404
    assert cast.client("ada").post(f"{group.path}departure/").status_code == 302
    assert status(cast, "ada", group.path) == 404


def test_beginning_a_conversation(cast: Cast) -> None:
    client = cast.client("bo")
    one = client.post("/messages/new/", {"people": [cast.ada.handle], "text": "Just us."})
    assert "Just us." in client.get(one["Location"]).text
    several = client.post("/messages/new/", {"named": f"@{cast.ada.handle} @{cast.cy.handle}", "name": "Tides"})
    assert Conversation.objects.get(name="Tides").path == several["Location"]
    assert client.post("/messages/new/", {"text": "To nobody."}).status_code == 422
    assert client.post("/messages/new/", {"named": "@nobody-here"}).status_code == 422
    stranger = cast.client("ada").post("/messages/new/", {"named": f"@{cast.di.handle}"})
    assert stranger["Location"] == f"/messages/with/{cast.di.handle}/"
    both = {"named": f"@{cast.bo.handle} @{cast.di.handle}"}
    assert cast.client("ada").post("/messages/new/", both).status_code == 409


def test_writing_to_one_person(cast: Cast) -> None:
    """To a connection it leads to the conversation, to others to the form, to those one does not see nowhere."""
    client = cast.client("ada")
    assert re.fullmatch(r"/messages/\d+/", client.get(f"/messages/with/{cast.bo.handle}/")["Location"])
    page = client.get(f"/messages/with/{cast.di.handle}/?key=abcd-efgh")
    assert page.status_code == 200
    assert "abcd-efgh" in page.text
    for name in ("ada", "ed", "eve", "gus"):
        assert client.get(f"/messages/with/{getattr(cast, name).handle}/").status_code == 404, name
    wrong = client.post(f"/messages/with/{cast.di.handle}/", {"text": "Hello."})
    assert wrong.status_code == 422
    assert "Hello." in wrong.text
    link = {"text": "See https://example.org", "purpose": "advice"}
    assert client.post(f"/messages/with/{cast.di.handle}/", link).status_code == 409
    sent = client.post(f"/messages/with/{cast.di.handle}/", {"text": scene.WORDS, "purpose": "advice"})
    assert sent.status_code == 302
    waiting = client.get(sent["Location"]).text
    assert "waits for Di Varga" in waiting
    assert 'name="text"' not in waiting
    again = client.post(f"/messages/with/{cast.di.handle}/", {"text": "And one more.", "purpose": "advice"})
    assert again.status_code == 409


def test_a_request_and_its_answers(cast: Cast) -> None:
    asked = scene.asked(cast.di, cast.ada)
    path = asked.conversation.path
    box = cast.client("ada").get("/messages/?box=requests").text
    assert "Di Varga" in box
    page = cast.client("ada").get(path).text
    assert "request/acceptance/" in page
    assert "Advice" in page
    assert "request/" not in cast.client("di").get(path).text
    for part in ("acceptance/", "decline/", "decline/removal/", "verdict/"):
        assert cast.client("di").post(f"{path}request/{part}").status_code == 404, part
        assert cast.client("bo").post(f"{path}request/{part}").status_code == 404, part
    assert cast.client("ada").post(f"{path}request/acceptance/").status_code == 302
    assert 'name="text"' in cast.client("di").get(path).text


def test_a_decline_changes_nothing_for_who_wrote(cast: Cast) -> None:
    asked = scene.asked(cast.di, cast.ada)
    path = asked.conversation.path

    def seen() -> list[str]:
        pages = [
            cast.client("di").get(each).text for each in (path, "/messages/", f"/messages/with/{cast.ada.handle}/")
        ]
        return [bare(page) for page in pages]

    before = seen()
    assert cast.client("ada").post(f"{path}request/decline/", {"verdict": "pitch"}).status_code == 302
    assert seen() == before
    assert "Di Varga" in cast.client("ada").get("/messages/?box=declined").text
    assert cast.client("ada").post(f"{path}request/decline/removal/").status_code == 302
    assert seen() == before


def bare(page: str) -> str:
    """Without what differs from request to request."""
    page = re.sub(r'(csrfmiddlewaretoken" value|nonce|data-session|name="key" value)="[^"]*"', "", page)
    page = re.sub(r'"X-CSRFToken": "[^"]*"', "", page)
    return re.sub(r'value="[0-9a-f-]{36}"', "", page)


def test_answering_a_request_lets_in(cast: Cast) -> None:
    path = scene.asked(cast.di, cast.ada).conversation.path
    assert cast.client("ada").post(f"{path}messages/", {"text": "Gladly."}).status_code == 302
    assert cast.client("di").post(f"{path}messages/", {"text": "Thank you."}).status_code == 302


def test_what_one_keeps_is_nobody_elses(cast: Cast) -> None:
    row = scene.two(cast.ada, cast.bo, "Good morning.", "Good evening.")
    client, place = cast.client("ada"), Participant.objects.filter(conversation=row, member=cast.ada)
    for do, name, value in (("star", "starred", True), ("mute", "muted", True), ("archive", "archived", True)):
        assert client.post(f"{row.path}place/", {"do": do}).status_code == 302
        assert getattr(place.get(), name) is value, do
    assert client.post(f"{row.path}place/", {"do": "put", "box": "other"}).status_code == 302
    assert place.get().box == "other"
    assert client.post(f"{row.path}place/", {"do": "draft", "text": "Half a"}, headers=HX).status_code == 204
    assert "Half a" in client.get(row.path).text
    assert "Half a" not in cast.client("bo").get(row.path).text
    assert client.post(f"{row.path}place/", {"do": "put"}).status_code == 422
    assert client.post(f"{row.path}place/", {"do": "burn"}).status_code == 422


def test_one_message(cast: Cast) -> None:
    row = scene.two(cast.ada, cast.bo, "Good morning.", "Good evening.")
    client, first, second = cast.client("ada"), f"{row.path}messages/1/", f"{row.path}messages/2/"
    assert client.post(f"{first}edit/", {"text": "Good day."}).status_code == 302
    assert "Good morning." in cast.client("bo").get(f"{first}revisions/").text
    assert client.post(f"{first}edit/", {"text": ""}).status_code == 422
    assert client.post(f"{second}edit/", {"text": "Not mine."}).status_code == 403
    assert client.post(f"{second}deletion/").status_code == 403
    assert client.post(f"{second}reactions/", {"sign": "👍"}).status_code == 302
    assert client.post(f"{second}reactions/", {"sign": "💣"}).status_code == 422
    assert client.post(f"{second}star/", {"do": "star"}).status_code == 302
    assert "Good evening." in client.get("/messages/starred/").text
    assert "Good evening." not in cast.client("bo").get("/messages/starred/").text
    assert client.post(f"{second}report/", {"words": "Rude."}).status_code == 302
    assert client.post(f"{first}deletion/").status_code == 302
    assert "Good day." not in cast.client("bo").get(row.path).text
    assert client.get(f"{row.path}messages/99/").status_code == 404


def test_search_finds_what_one_reads(cast: Cast) -> None:
    row = scene.two(cast.ada, cast.bo, "The heron stood still.", "Good evening.")
    page = cast.client("bo").get("/messages/search/?q=heron").text
    assert "<mark>heron</mark>" in page
    assert f"{row.path}?at=1#m1" in page
    assert "<mark>" not in cast.client("cy").get("/messages/search/?q=heron").text
    network.block(cast.ada, cast.bo)
    assert "<mark>" not in cast.client("bo").get("/messages/search/?q=heron").text


def test_the_badge_counts_conversations(cast: Cast) -> None:
    row = scene.two(cast.ada, cast.bo, "One.")
    talking.write(row, by=cast.ada, text="Two.")
    assert (
        '<span class="badge" aria-hidden="true">1</span>' in cast.client("bo").get("/messages/badge/", headers=HX).text
    )
    keeping.read(row, by=cast.bo, number=2)
    assert "badge" not in cast.client("bo").get("/messages/badge/", headers=HX).text
    assert cast.client("nobody").get("/messages/badge/", headers=HX).status_code == 200


def test_manners_hold_in_both_directions(cast: Cast) -> None:
    row = scene.two(cast.ada, cast.bo, "One.")
    keeping.read(row, by=cast.bo, number=1)
    assert "Seen" in cast.client("ada").get(row.path).text
    assert cast.client("ada").post("/messages/manners/", {"typing": "on"}).status_code == 302
    assert "<span>Seen</span>" not in cast.client("ada").get(row.path).text


@pytest.mark.parametrize("name", ["ada", "bo"])
def test_a_patched_page_is_the_page_fetched_anew(cast: Cast, name: str) -> None:
    """Every message, in its bytes, after each thing that can happen to one."""
    row = scene.two(cast.ada, cast.bo, *[f"Word {place}" for place in range(6)])
    client = cast.client(name)
    page = client.get(row.path).text
    shown = {key: anonymous(each) for key, each in lines(page).items()}
    changes = re.search(r'data-changes="(\d+)"', page)[1]  # type: ignore[index]
    said = {each.number: each for each in Message.objects.filter(conversation=row).select_related("conversation")}
    talking.edit(said[1], by=cast.ada, text="Other words")
    talking.react(said[2], by=cast.ada, sign="🎉")
    talking.delete(said[4], by=cast.bo)
    talking.react(said[6], by=cast.ada, sign="👍")
    talking.write(row, by=cast.bo, text="An answer", reply_to=said[1])
    talking.write(row, by=cast.bo, text="And more")
    answer = client.get(f"{row.path}since/{changes}/?from=1&to=6&tail=1&way=talk", headers=HX)
    for target, inside in re.findall(
        r'<hx-partial hx-target="([^"]*)"[^>]*>(.*?)</hx-partial>', answer.text, re.DOTALL
    ):
        if target.startswith("#m") or target == "#talk-list":
            shown |= {key: anonymous(each) for key, each in lines(inside).items()}
    put = re.findall(r'<li class="msg[^"]*" id="(m\d+)"', answer.text)
    assert sorted(put) == sorted(set(put)), "nothing is put into its place twice"
    anew = {key: anonymous(each) for key, each in lines(client.get(row.path).text).items()}
    assert shown == anew
    assert len(anew) == 8
    again = client.get(f"{row.path}since/{answer['Talk-Changes']}/?from=1&to=8&tail=1&way=talk", headers=HX)
    assert not lines(again.text)


def anonymous(line: str) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", line)


def test_stretches_before_and_after(cast: Cast) -> None:
    row = scene.two(cast.ada, cast.bo, *[f"Word {place}" for place in range(70)])
    client = cast.client("ada")
    newest = lines(client.get(row.path).text)
    assert len(newest) == 50
    assert "m70" in newest
    earlier = lines(client.get(f"{row.path}?before=21").text)
    assert list(earlier) == [f"m{number}" for number in range(1, 21)]
    around = lines(client.get(f"{row.path}?at=30").text)
    assert "m30" in around
    more = client.get(f"{row.path}?before=21&part=1", headers=HX).text
    assert 'hx-target="#talk-list" hx-swap="afterbegin"' in more


def test_the_number_of_statements_is_constant(cast: Cast) -> None:
    row = scene.two(cast.ada, cast.bo, "One.", "Two.")
    client = cast.client("ada")

    def grow() -> None:
        for place in range(30):
            said = talking.write(row, by=(cast.ada, cast.bo)[place % 2], text=f"More {place}")
            talking.react(said, by=cast.bo, sign="👍")

    few = Message.objects.get(conversation=row, number=1)
    talking.react(few, by=cast.bo, sign="👍")
    assert_same_queries(lambda: client.get(row.path), grow, lambda: client.get(row.path))


def test_the_list_costs_the_same_however_long(cast: Cast) -> None:
    from collegium.testing.cast import connect, make_member

    scene.two(cast.ada, cast.bo, "One.", "Two.")
    client = cast.client("ada")

    def grow() -> None:
        for place in range(8):
            other = make_member(f"Extra {place}")
            connect(other, cast.ada)
            scene.two(other, cast.ada, "Hello.")

    assert_same_queries(lambda: client.get("/messages/"), grow, lambda: client.get("/messages/"))


def test_a_declined_request_can_be_judged_later(cast: Cast) -> None:
    asked = scene.asked(cast.di, cast.ada)
    approaching.decline(asked, by=cast.ada)
    path = asked.conversation.path
    assert cast.client("ada").post(f"{path}request/verdict/", {"verdict": "spam"}).status_code == 302
    asked.refresh_from_db()
    assert asked.verdict == "spam"


def test_a_long_list_goes_on(cast: Cast) -> None:
    for place in range(22):
        scene.group(cast.bo, cast.ada, cast.cy, name=f"Group {place}", texts=1)
    client = cast.client("ada")
    page = client.get("/messages/").text
    assert page.count('class="inbox-link"') == 20
    older = re.search(r"/messages/\?before=[\w-]+", page)[0]  # type: ignore[index]
    rest = client.get(older, headers=HX).text
    assert rest.count('class="inbox-link"') == 2
    assert "<html" not in rest
    assert client.get(older).text.count('class="inbox-link"') == 2
    assert client.get("/messages/?part=rows", headers=HX).text.count('id="inbox-rows"') == 1
    assert client.get("/messages/?only=unread").text.count('class="inbox-link"') == 20


def test_who_came_later_reads_from_then_on(cast: Cast) -> None:
    group = scene.group(cast.bo, cast.ada, texts=2)
    people.add(group, by=cast.bo, people=[cast.cy])
    for part in ("", "edit/", "revisions/", "report/"):
        assert status(cast, "cy", f"{group.path}messages/2/{part}") == 404, part
    assert "Word 0" not in cast.client("cy").get(f"{group.path}?at=1").text
    assert cast.client("cy").post(f"{group.path}messages/2/reactions/", {"sign": "👍"}).status_code == 404
    assert "Word 0" not in cast.client("cy").get(f"{group.path}since/0/?from=0&to=9&tail=1", headers=HX).text
