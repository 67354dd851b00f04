"""Who may comment, what the author of a post may do about it, and what stays true of the counters."""

import pytest

from collegium.audience.level import Level
from collegium.feed import actions
from collegium.feed.models import Comment, Mention, Post, Reaction
from collegium.lib.refusal import Conflict
from collegium.testing.cast import Cast

# Post by Bo for all members that names Di; Ada is connected with him, Cy too, Di is not, Flo is not.
MAY = {
    "anyone": {"bo": 1, "ada": 1, "di": 1, "flo": 1},
    "connections": {"bo": 1, "ada": 1, "di": 0, "flo": 0},
    "mentioned": {"bo": 1, "ada": 0, "di": 1, "flo": 0},
    "nobody": {"bo": 1, "ada": 0, "di": 0, "flo": 0},
}
CASES = [(policy, name, may) for policy, row in MAY.items() for name, may in row.items()]


@pytest.mark.parametrize(("policy", "name", "may"), CASES)
def test_who_may_comment(cast: Cast, policy: str, name: str, may: int) -> None:
    post = actions.post(cast.bo, "Ask @di-varga about it", audience=Level.MEMBERS, commenting=policy)
    browser = cast.client(name)
    page = browser.get(post.path).content.decode()
    assert ("data-say" in page.split("<body")[1].split('id="thread-')[1].split("</section>")[0]) == bool(may)
    answer = browser.post(f"{post.path}comments/", {"body": "As asked"})
    assert answer.status_code == (302 if may else 403)
    assert Comment.objects.filter(post=post).count() == may
    post.refresh_from_db()
    assert post.comment_count == may


def test_replies_stand_one_level_deep(cast: Cast) -> None:
    post = actions.post(cast.bo, "words")
    top = actions.comment(post, "top", by=cast.ada)
    reply = actions.comment(post, "reply", by=cast.bo, parent=top)
    deeper = actions.comment(post, "deeper", by=cast.ada, parent=reply)
    assert deeper.parent_id == reply.parent_id == top.pk


def test_what_was_replied_to_leaves_a_place_without_words_or_name(cast: Cast) -> None:
    post = actions.post(cast.bo, "words")
    top = actions.comment(post, "canary-top, @bo-okafor", by=cast.ada)
    reply = actions.comment(post, "canary-reply", by=cast.bo, parent=top)
    actions.react(top, "like", by=cast.bo)
    browser = cast.client("ada")
    assert "1 reply under it stays" in browser.get(f"{top.path}removal/").content.decode()
    assert browser.post(f"{top.path}removal/").status_code == 302
    post.refresh_from_db()
    assert post.comment_count == 1
    thread = cast.client("bo").get(f"{post.path}?part=thread", headers={"HX-Request": "true"}).content.decode()
    assert "canary-top" not in thread
    assert "Ada" not in thread
    assert "A comment was deleted." in thread
    assert "canary-reply" in thread
    assert cast.client("bo").get(top.path).status_code == browser.get(top.path).status_code == 404
    assert not Mention.objects.filter(comment=top).exists()
    assert not Reaction.objects.filter(comment=top).exists()
    assert actions.comment(post, "deeper", by=cast.cy, parent=reply).parent_id == top.pk
    with pytest.raises(Conflict):
        actions.comment(post, "to nobody", by=cast.cy, parent=top)
    for said in Comment.objects.filter(parent=top):
        actions.delete_comment(said, by=said.author)
    post.refresh_from_db()
    assert post.comment_count == Comment.objects.count() == 0, "the place goes with the last reply"


def test_a_comment_nobody_replied_to_goes_whole(cast: Cast) -> None:
    post = actions.post(cast.bo, "words")
    top = actions.comment(post, "top", by=cast.ada)
    actions.delete_comment(top, by=cast.ada)
    post.refresh_from_db()
    assert post.comment_count == Comment.objects.count() == 0


def test_only_its_author_edits_a_comment_and_the_posts_author_may_delete_it(cast: Cast) -> None:
    post = actions.post(cast.bo, "words", audience=Level.MEMBERS)
    said = actions.comment(post, "before", by=cast.ada)
    for name, edits, deletes in (("di", 403, 403), ("bo", 403, 200), ("ada", 200, 200), ("nobody", 302, 302)):
        browser = cast.client(name)
        assert browser.get(f"{said.path}edit/").status_code == edits, name
        assert browser.get(f"{said.path}removal/").status_code == deletes, name
    assert cast.client("ada").post(f"{said.path}edit/", {"body": "after"}).status_code == 302
    assert "after" in cast.client("bo").get(post.path).content.decode()


def test_a_reaction_is_one_however_often_and_may_change(cast: Cast) -> None:
    post = actions.post(cast.bo, "words")
    browser = cast.client("ada")
    for kind in ("like", "like", "insightful"):
        browser.post(f"{post.path}reaction/", {"kind": kind})
    post.refresh_from_db()
    assert (post.reaction_count, Reaction.objects.get().kind) == (1, "insightful")
    assert browser.post(f"{post.path}reaction/", {"kind": "nonsense"}).status_code == 400
    for _ in range(2):
        browser.post(f"{post.path}reaction/removal/")
    post.refresh_from_db()
    assert (post.reaction_count, Reaction.objects.count()) == (0, 0)


def test_the_buttons_are_buttons(cast: Cast) -> None:
    post = actions.post(cast.bo, "words")
    page = cast.client("ada").get(post.path).content.decode()
    assert f'<form class="react" method="post" action="{post.path}reaction/"' in page
    assert page.count(f'action="{post.path}reaction/"') == 2
    assert "&lt;form" not in page
    assert page.count('name="csrfmiddlewaretoken"') == page.count('method="post"')
    actions.react(post, "love", by=cast.ada)
    assert (
        f'<form class="react" method="post" action="{post.path}reaction/removal/"'
        in cast.client("ada").get("/").content.decode()
    )


def test_the_same_form_sent_twice_is_one_post_and_one_comment(cast: Cast) -> None:
    browser = cast.client("bo")
    key = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
    form = {"body": "once", "facet": "personal", "audience": "1", "commenting": "anyone", "form_key": key}
    for _ in range(2):
        assert browser.post("/posts/", form).status_code == 302
    post = Post.objects.get()
    for _ in range(2):
        assert browser.post(f"{post.path}comments/", {"body": "once", "form_key": key}).status_code == 302
    post.refresh_from_db()
    assert (Comment.objects.count(), post.comment_count) == (1, 1)


def test_editing_shows_and_narrowing_counts_at_once(cast: Cast) -> None:
    post = actions.post(cast.bo, "befor", audience=Level.MEMBERS)
    form = {"body": "before", "facet": "professional", "audience": "3", "commenting": "anyone"}
    assert cast.client("ada").post(f"{post.path}edit/", form).status_code == 403
    assert cast.client("bo").post(f"{post.path}edit/", form).status_code == 302
    assert "edited" in cast.client("ada").get(post.path).content.decode()
    assert cast.client("di").get(post.path).status_code == 404


def test_names_topics_and_links_become_links_and_nothing_else_becomes_html(cast: Cast) -> None:
    body = "<script>alert(1)</script> @ada-lindqvist and @ed-novak on #dam-safety, see https://example.org/a?b=1"
    post = actions.post(cast.bo, body, audience=Level.MEMBERS)
    page = cast.client("ada").get(post.path).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert 'href="/in/ada-lindqvist/"' in post.html
    assert 'href="/topics/dam-safety/"' in post.html
    assert 'href="https://example.org/a?b=1"' in post.html
    assert "dam-safety" in cast.client("ada").get("/topics/DAM-Safety/").content.decode()


@pytest.mark.parametrize("head", [{}, {"HX-Request": "true"}])
def test_dialogs_and_what_they_send_work_with_and_without_htmx(cast: Cast, head: dict[str, str]) -> None:
    post = actions.post(cast.ada, "words")
    said = actions.comment(post, "words", by=cast.bo)
    browser = cast.client("ada")
    for address in (f"{post.path}edit/", f"{post.path}removal/", f"{said.path}removal/", f"{post.path}reactions/"):
        assert browser.get(address, headers=head).status_code == 200, address
    form = {"body": "other words", "facet": "personal", "audience": "1", "commenting": "anyone", "kind": "love"}
    for address in ("edit/", "comments/", "reaction/", "reaction/removal/"):
        assert browser.post(post.path + address, form, headers=head).status_code in (200, 302), address
    for address in (f"{said.path}reaction/", f"{said.path}reaction/removal/", f"{said.path}removal/"):
        assert browser.post(address, form, headers=head).status_code in (200, 302), address
    assert browser.post(f"{post.path}removal/", headers=head).status_code == 302
    assert not Post.objects.exists()


def test_a_page_says_when_it_cannot_hold_all_replies(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    post = actions.post(cast.bo, "words")
    top = actions.comment(post, "top", by=cast.ada)
    for number in range(3):
        actions.comment(post, f"reply {number}", by=cast.bo, parent=top)
    browser = cast.client("ada")
    assert "more replies than a page holds" not in browser.get(post.path).content.decode()
    monkeypatch.setattr("collegium.feed.threads.REPLIES", 2)
    page = browser.get(post.path).content.decode()
    assert "more replies than a page holds" in page
    assert "reply 1" in page
    assert "reply 2" not in page
