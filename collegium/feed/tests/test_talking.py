"""Conversations kept in order: what waits, is hidden or refused is seen by whom it concerns, and each hears of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from collegium.audience.level import Level
from collegium.feed import actions, cards, threads
from collegium.feed.models import Cohost, Comment, Mention, Post, State
from collegium.feed.talking import actions as keeping
from collegium.feed.talking import names
from collegium.feed.talking.standing import TooSoon
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.notifications.models import Notification
from collegium.realtime.models import Line, Poke
from collegium.testing.cast import Cast, connect
from collegium.testing.fixtures import assert_same_queries

Hear = Callable[[], None]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def post(cast: Cast) -> Post:
    """Bo's, for all members; Cy is connected with him and keeps it too. Di's comment is the one decided about."""
    row = actions.post(cast.bo, "words", audience=Level.MEMBERS, approving=True)
    keeping.ask_host(row, cast.cy, by=cast.bo)
    row.refresh_from_db()
    return row


def told(member: Member, *kinds: str) -> list[str]:
    rows = Notification.objects.filter(recipient=member)
    return sorted((rows.filter(kind__in=kinds) if kinds else rows).values_list("kind", flat=True))


# Who reads Di's comment in the thread, by its state; who finds it in the list of those who keep the conversation.
#                 bo cy ada di flo hal nobody
READS = {
    State.SHOWN: "  1  1  1  1  1   1   0",
    State.WAITING: "0  0  0  1  0   0   0",
    State.HIDDEN: " 0  0  0  1  0   0   0",
    State.REFUSED: "0  0  0  1  0   0   0",
}
KEEPS = {State.SHOWN: "0 0", State.WAITING: "1 1", State.HIDDEN: "1 1", State.REFUSED: "1 1"}
NAMES = ("bo", "cy", "ada", "di", "flo", "hal", "nobody")


@pytest.mark.parametrize("state", list(READS))
def test_who_sees_a_comment_in_each_state(cast: Cast, post: Post, state: State) -> None:
    """Every surface that carries comments is asked for each of them."""
    connect(cast.di, cast.ada)
    said = actions.comment(post, "canary-c0mm @ada-lindqvist", by=cast.di)
    Comment.objects.filter(pk=said.pk).update(state=state)
    Post.objects.filter(pk=post.pk).update(comment_count=int(state == State.SHOWN))
    row = Post.objects.get(pk=post.pk)
    for name in NAMES:
        home = cast.client(name).get("/").content.decode()
        assert ("canary-c0mm" in home) == (name == "ada" and state == State.SHOWN), name
    for name, sees in zip(NAMES, READS[state].split(), strict=True):
        browser, reads = cast.client(name), sees == "1"
        for part in ("thread", "replies"):
            for order in ("oldest", "newest", "relevant"):
                answer = browser.get(f"{post.path}?part={part}&order={order}", headers=HTMX).content.decode()
                keeper = part == "thread" and state == State.WAITING and name in ("bo", "cy")
                assert ("canary-c0mm" in answer) == (reads or keeper), (name, part, order)
        assert browser.get(said.path).status_code == (302 if reads else 404), name
        assert ("canary-c0mm" in browser.get("/notifications/").content.decode()) is False
        laid = cards.lay_out(cast.viewer(name), [row])
        assert laid.comments(row) == int(state == State.SHOWN)
        assert bool(threads.thread(cast.viewer(name), row).find(said.pk)) == reads, name
        if name not in ("nobody", "di"):
            for verb in ("edit/", "removal/", "name/removal/"):
                code = browser.get(said.path + verb).status_code
                assert code in ((200, 403) if reads else (404,)), (name, verb)
            assert browser.post(f"{said.path}reaction/", {"kind": "like"}).status_code == (302 if reads else 404)
            answer = browser.post(f"{post.path}comments/", {"body": "reply", "parent": said.pk})
            assert answer.status_code == (302 if reads else 404), name
    for name, finds in zip(("bo", "cy"), KEEPS[state].split(), strict=True):
        page = cast.client(name).get(f"{post.path}conversation/").content.decode()
        assert ("canary-c0mm" in page) == (finds == "1"), name


#                                       waiting                    shown
MAY = {"bo": (302, 302), "cy": (302, 302), "ada": (404, 403), "di": (403, 403), "ed": (404, 403), "nobody": (302, 302)}


@pytest.mark.parametrize(("name", "codes"), MAY.items())
def test_who_may_decide(cast: Cast, post: Post, name: str, codes: tuple[int, int]) -> None:
    said = actions.comment(post, "words", by=cast.di)
    assert cast.client(name).post(f"{said.path}admission/").status_code == codes[0]
    Comment.objects.filter(pk=said.pk).update(state=State.SHOWN)
    before = Comment.objects.values_list("state").get(pk=said.pk)
    for verb in ("pin/", "hiding/"):
        assert cast.client(name).post(f"{said.path}{verb}").status_code == codes[1], verb
    changed = Comment.objects.values_list("state").get(pk=said.pk) != before
    assert changed == (name in ("bo", "cy"))
    if name not in ("bo", "cy"):
        for address in ("conversation/", "conversation/waiting/"):
            assert cast.client(name).get(post.path + address).status_code == (302 if name == "nobody" else 403)
        assert cast.client(name).post(f"{post.path}conversation/", {"closing": "now"}).status_code in (302, 403)
        assert Post.objects.get(pk=post.pk).closes_at is None


def test_the_counter_follows_every_step(cast: Cast, post: Post) -> None:
    def count() -> int:
        return Post.objects.values_list("comment_count", flat=True).get(pk=post.pk)

    said = actions.comment(post, "words", by=cast.di)
    assert count() == 0
    keeping.let_in(said, by=cast.cy)
    keeping.let_in(said, by=cast.bo)
    assert count() == 1
    actions.comment(post, "reply", by=cast.bo, parent=said)
    keeping.pin(said, by=cast.cy)
    assert count() == 2
    keeping.hide(said, by=cast.bo)
    assert count() == 0, "its reply is out of sight with it"
    assert Post.objects.get(pk=post.pk).pinned is None
    laid = cards.lay_out(cast.viewer("ada"), [Post.objects.get(pk=post.pk)])
    assert laid.comments(Post.objects.get(pk=post.pk)) == 0
    keeping.show(said, by=cast.cy)
    assert count() == 2
    actions.edit_comment(said, "other words", by=cast.di)
    assert Comment.objects.get(pk=said.pk).state == State.WAITING, "what is changed waits again"
    assert count() == 0
    keeping.refuse(said, by=cast.bo)
    with pytest.raises(Refusal):
        actions.edit_comment(said, "more words", by=cast.di)
    with pytest.raises(Conflict):
        keeping.hide(said, by=cast.bo)
    keeping.let_in(said, by=cast.bo)
    assert count() == 2


def test_whoever_wrote_is_told_every_outcome(cast: Cast, post: Post, hear: Hear) -> None:
    said = actions.comment(post, "canary-c0mm", by=cast.di)
    for step in (keeping.let_in, keeping.hide, keeping.show):
        step(said, by=cast.cy)
        hear()
    other = actions.comment(post, "canary-0ther", by=cast.di)
    keeping.refuse(other, by=cast.bo)
    hear()
    assert told(cast.di) == ["comment_hidden", "comment_let_in", "comment_refused", "comment_shown"]
    page = cast.client("di").get("/notifications/").content.decode()
    for words in ("hid your comment", "let your comment in", "did not let your comment in", "shows your comment again"):
        assert words in page
    assert "canary-c0mm" in page
    reply = actions.comment(post, "mine", by=cast.bo, parent=said)
    keeping.hide(said, by=cast.cy)
    hear()
    assert "reply_hidden" in told(cast.bo)
    assert cast.client("bo").get("/notifications/").status_code == 200
    keeping.show(said, by=cast.cy)
    assert Comment.objects.visible_to(cast.viewer("di")).contains(reply)
    actions.delete_comment(said, by=cast.bo)
    hear()
    assert told(cast.di, "comment_deleted") == ["comment_deleted"]
    assert "deleted your comment" in cast.client("di").get("/notifications/").content.decode()


def test_others_hear_of_a_comment_when_it_is_shown_and_not_before(cast: Cast, post: Post, hear: Hear) -> None:
    now = clock.now()
    Line.objects.bulk_create(
        Line(member=getattr(cast, name), since=now, seen_at=now) for name in ("ada", "bo", "cy", "di", "flo")
    )
    hear()
    Poke.objects.all().delete()
    said = actions.comment(post, "@cy-tanaka look", by=cast.di)
    hear()
    looking = set(Poke.objects.filter(topic=f"post-{post.pk}").values_list("member_id", flat=True))
    assert looking == {cast.bo.pk, cast.cy.pk, cast.di.pk}, "nobody else's page learns that something waits"
    assert told(cast.bo, "comment_waits", "commented") == ["comment_waits"]
    assert told(cast.cy, "comment_waits", "mentioned_in_comment") == ["comment_waits"]
    keeping.let_in(said, by=cast.bo)
    hear()
    assert told(cast.bo, "comment_waits", "commented") == [], "who let it in knows of it"
    assert told(cast.cy, "comment_waits", "mentioned_in_comment") == ["mentioned_in_comment"]
    assert cast.ada.pk in Poke.objects.filter(topic=f"post-{post.pk}").values_list("member_id", flat=True)


def test_who_keeps_a_conversation_stops_at_once(cast: Cast, post: Post) -> None:
    browser = cast.client("cy")
    assert browser.get(f"{post.path}conversation/").status_code == 200
    network.disconnect(cast.bo, cast.cy)
    assert browser.get(f"{post.path}conversation/").status_code == 403
    connect(cast.bo, cast.cy)
    assert browser.get(f"{post.path}conversation/").status_code == 200
    actions.edit_post(post, by=cast.bo, audience=Level.ONLY_ME)
    assert browser.get(f"{post.path}conversation/").status_code == 404
    actions.edit_post(post, by=cast.bo, audience=Level.MEMBERS)
    assert browser.post(f"{post.path}conversation/hosts/removal/", {"member": cast.cy.pk}).status_code == 302
    assert browser.get(f"{post.path}conversation/").status_code == 403
    assert not Cohost.objects.exists()


@pytest.mark.parametrize(("name", "status"), [("ada", 302), ("di", 422), ("ed", 422), ("bo", 422), ("flo", 422)])
def test_only_connections_who_see_the_post_are_asked(
    cast: Cast, post: Post, hear: Hear, name: str, status: int
) -> None:
    asked = getattr(cast, name)
    answer = cast.client("bo").post(f"{post.path}conversation/hosts/", {"handle": f"@{asked.handle}"})
    assert answer.status_code == status
    assert Cohost.objects.filter(member=asked).exists() == (status == 302)
    hear()
    assert told(asked, "host_asked") == (["host_asked"] if status == 302 else [])
    assert cast.client("cy").post(f"{post.path}conversation/hosts/", {"handle": "ada-lindqvist"}).status_code == 403


def test_a_slow_conversation_keeps_the_words_and_says_when(cast: Cast) -> None:
    post = actions.post(cast.bo, "words", audience=Level.MEMBERS, slow_seconds=600)
    browser = cast.client("di")
    assert browser.post(f"{post.path}comments/", {"body": "first"}).status_code == 302
    for head in ({}, HTMX):
        answer = browser.post(f"{post.path}comments/", {"body": "canary-5low"}, headers=head)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "This conversation goes slowly. You can comment again in 10 minutes" in page
        assert "canary-5low</textarea>" in page
    for _ in range(2):
        actions.comment(post, "the author is not held up", by=cast.bo)
    keeping.ask_host(post, cast.cy, by=cast.bo)
    for _ in range(2):
        actions.comment(post, "nor who helps", by=cast.cy)
    with pytest.raises(TooSoon):
        actions.comment(post, "again", by=cast.di)
    keeping.arrange(post, by=cast.bo, commenting="anyone", approving=False, slow_seconds=0)
    actions.comment(post, "again", by=cast.di)


def test_closing_by_time_and_opening_again(cast: Cast) -> None:
    post = actions.post(cast.bo, "words", audience=Level.MEMBERS)
    author, browser = cast.client("bo"), cast.client("di")
    form = {"commenting": "anyone", "slow_seconds": "0", "closing": "7"}
    assert author.post(f"{post.path}conversation/", form).status_code == 302
    post.refresh_from_db()
    assert post.closes_at is not None
    assert timedelta(days=6.9) < post.closes_at - clock.now() < timedelta(days=7)
    assert "Open until" in browser.get(post.path).content.decode()
    author.post(f"{post.path}conversation/", form | {"closing": "keep"})
    assert Post.objects.get(pk=post.pk).closes_at == post.closes_at
    assert author.post(f"{post.path}conversation/", form | {"closing": "now"}).status_code == 302
    for who in (author, browser):
        assert who.post(f"{post.path}comments/", {"body": "late"}).status_code == 403
        assert "Comments were closed on" in who.get(post.path).content.decode()
    author.post(f"{post.path}conversation/", form | {"closing": "never"})
    assert browser.post(f"{post.path}comments/", {"body": "in time"}).status_code == 302
    for wrong in ("keep", "8", "-1", ""):
        assert author.post(f"{post.path}conversation/", form | {"closing": wrong}).status_code == 422, wrong


def test_the_pinned_one_stands_first_and_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "PAGE", 3)
    post = actions.post(cast.bo, "words", audience=Level.MEMBERS)
    said = [actions.comment(post, f"number {number}", by=cast.ada) for number in range(8)]
    reply = actions.comment(post, "reply", by=cast.ada, parent=said[0])
    keeping.pin(said[5], by=cast.bo)
    with pytest.raises(Refusal):
        keeping.pin(reply, by=cast.bo)
    post.refresh_from_db()
    for order in ("oldest", "newest", "relevant"):
        seen, after = [], ""
        while True:
            page = threads.thread(cast.viewer("di"), post, after=after, order=order)
            seen += [each.pk for each in page.comments]
            if not (after := page.more):
                break
        assert seen[0] == said[5].pk
        assert sorted(seen) == sorted(each.pk for each in said)
    assert "Put first by the author" in cast.client("di").get(post.path).content.decode()
    assert cast.client("bo").post(f"{post.path}pin/removal/").status_code == 302
    assert Post.objects.get(pk=post.pk).pinned is None


def test_the_relevant_first_is_the_sum_of_what_is_said_beside_it(cast: Cast) -> None:
    post = actions.post(cast.bo, "words", audience=Level.MEMBERS)
    far, near, liked, eves = (actions.comment(post, "words", by=who) for who in (cast.di, cast.bo, cast.flo, cast.hal))
    for who in (cast.cy, cast.bo, cast.hal):
        actions.react(liked, "like", by=who)
    for who in (cast.di, cast.cy):
        actions.comment(post, "reply", by=who, parent=liked)
    for who in (cast.ed, cast.eve):  # Ada must not learn of them, not even by an order
        actions.react(far, "like", by=who)
        actions.comment(post, "reply", by=who, parent=far)
    page = threads.thread(cast.viewer("ada"), post, order="relevant")
    assert [each.pk for each in page.comments] == [liked.pk, near.pk, far.pk, eves.pk]
    assert [each.points for each in page.comments] == [5, 3, 0, 0]  # type: ignore[attr-defined]
    words = cast.client("ada").get(f"{post.path}?order=relevant").content.decode()
    assert "5 points (2 replies + 3 reactions)" in words
    assert "3 points (3 connected)" in words
    assert "By points: 3 for somebody you are connected with" in words


def test_what_is_said_meanwhile_does_not_move_the_pages_to_come(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "PAGE", 2)
    monkeypatch.setattr("collegium.feed.talking.order.timedelta", lambda **_: timedelta(0))
    post = actions.post(cast.bo, "words", audience=Level.MEMBERS)
    said = [actions.comment(post, f"number {number}", by=cast.di) for number in range(6)]
    monkeypatch.undo()
    monkeypatch.setattr(threads, "PAGE", 2)
    page = threads.thread(cast.viewer("flo"), post, order="relevant")
    first = [each.pk for each in page.comments]
    assert first == [said[0].pk, said[1].pk]


@pytest.mark.parametrize("cursor", ["x", "AAAA", "_" * 32, "f" * 32, "gAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"])
def test_foreign_cursors_are_no_lists(cast: Cast, cursor: str) -> None:
    post = actions.post(cast.bo, "words", audience=Level.MEMBERS)
    for order in ("oldest", "newest", "relevant", "%00", "\U0001f600"):
        answer = cast.client("di").get(post.path, {"after": cursor, "order": order})
        assert answer.status_code in (200, 404)


def test_taking_ones_name_off(cast: Cast, hear: Hear) -> None:
    body = "Ask @bo-okafor, or @cy-tanaka; @bo-okafor knows"
    post = actions.post(cast.ada, body, audience=Level.MEMBERS)
    said = actions.comment(post, "@bo-okafor indeed", by=cast.di)
    hear()
    browser = cast.client("bo")
    assert "Take my name off" in browser.get(post.path).content.decode()
    assert "Take my name off" not in cast.client("di").get(post.path).content.decode()
    before = told(cast.bo, "mentioned", "mentioned_in_comment")
    for thing in (post, said):
        assert browser.get(f"{thing.path}name/removal/").status_code == 200
        assert browser.post(f"{thing.path}name/removal/").status_code == 302
        assert browser.post(f"{thing.path}name/removal/").status_code == 409
        thing.refresh_from_db()
        assert cast.bo.path not in thing.html
        assert "<bdi>Bo Okafor</bdi>" in thing.html
        assert "@bo-okafor" not in thing.body
    assert post.body == "Ask Bo Okafor, or @cy-tanaka; Bo Okafor knows"
    assert cast.cy.path in post.html
    assert post.edited_at is None
    assert not Mention.objects.filter(member=cast.bo).exists()
    actions.edit_post(post, by=cast.ada, body=f"{post.body}. And @bo-okafor again")
    hear()
    assert told(cast.bo, "mentioned", "mentioned_in_comment") == before, "she is not told again"
    assert cast.client("ada").post(f"{post.path}name/removal/").status_code == 403
    assert cast.client("di").post(f"{post.path}name/removal/").status_code == 409
    assert cast.client("ed").post(f"{post.path}name/removal/").status_code == 404


def test_a_long_name_never_makes_the_words_too_long() -> None:
    member = Member(handle="bob", name="B" * 60)
    body = "x" * 96 + " @bob"
    assert names.without(body, member, 101) == "x" * 96 + " bob"
    assert names.without(body, member, 200) == "x" * 96 + " " + "B" * 60


def test_many_comments_cost_no_more_statements(cast: Cast, post: Post) -> None:
    keeper, reader = cast.client("bo"), cast.client("di")

    def grow() -> None:
        for number in range(5):
            actions.comment(post, f"waits {number}", by=cast.di)
            top = actions.comment(post, f"words {number}", by=cast.bo)
            actions.comment(post, "reply", by=cast.cy, parent=top)
            if number % 2:
                actions.delete_comment(top, by=cast.bo)

    grow()
    for browser in (keeper, reader):
        for address in ("", "?order=relevant"):
            assert_same_queries(
                lambda b=browser, a=address: b.get(post.path + a),
                grow,
                lambda b=browser, a=address: b.get(post.path + a),
            )
    assert_same_queries(
        lambda: keeper.get(f"{post.path}conversation/"), grow, lambda: keeper.get(f"{post.path}conversation/")
    )


@pytest.mark.parametrize("head", [{}, HTMX])
def test_every_button_works_with_and_without_htmx(cast: Cast, post: Post, head: dict[str, str]) -> None:
    said = actions.comment(post, "words", by=cast.di)
    browser = cast.client("bo")
    for verb in ("refusal/", "admission/", "pin/", "hiding/", "showing/"):
        assert browser.post(said.path + verb, headers=head).status_code in (200, 302), verb
    assert browser.post(f"{post.path}pin/removal/", headers=head).status_code in (200, 302)
    assert browser.get(f"{post.path}conversation/", headers=head).status_code == 200
    assert browser.get(f"{post.path}conversation/waiting/", headers=head).status_code in (200, 302)
    assert browser.get(f"{post.path}?part=acts", headers=HTMX).status_code == 200
    assert browser.post(f"{said.path}reaction/", {"kind": "like"}, headers=head).status_code in (200, 302)
    hostile = {
        "commenting": "\x00",
        "slow_seconds": "9" * 40,
        "closing": "\ud7ff",
        "approving": "x",
        "handle": "@" * 90,
    }
    for address in ("conversation/", "conversation/hosts/"):
        assert browser.post(post.path + address, hostile, headers=head).status_code == 422
    assert browser.post(f"{post.path}conversation/hosts/removal/", {"member": "9" * 30}).status_code == 302
    for wrong in (1 << 63, (1 << 63) - 1, 1):
        assert browser.post(f"/comments/{wrong}/hiding/").status_code == 404
