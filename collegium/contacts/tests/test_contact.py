"""The last contact equals what a reader of every single row would find, and is gone with the rows."""

from collections import defaultdict
from random import Random

import pytest

from collegium.audience.viewer import Viewer
from collegium.contacts import history, phrases, reading
from collegium.contacts.filters import Filter
from collegium.contacts.history import What
from collegium.contacts.tests.scene import live, people
from collegium.feed import actions as feed
from collegium.feed.models import Comment, Mention, Post, Reaction
from collegium.introductions import actions as introductions
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.testing.cast import Cast, connect
from collegium.testing.fixtures import assert_same_queries
from collegium.vouching.models import Endorsement, Recommendation

Found = dict[int, list[tuple[int, What]]]


def by_hand(viewer: Viewer) -> Found:  # noqa: C901 - every rule in one place, to be read against
    """Each contact with everybody, row by row."""
    me = viewer.me
    posts = set(Post.objects.visible_to(viewer).values_list("pk", flat=True))
    comments = set(Comment.objects.visible_to(viewer).values_list("pk", flat=True))
    found: Found = defaultdict(list)
    for said in Comment.objects.select_related("post", "parent"):
        above = said.parent.author_id if said.parent else None
        on = said.post.author_id
        if said.author_id != me.pk:
            if on == me.pk:
                found[said.author_id].append((said.pk, What.COMMENTED_MINE))
            elif above == me.pk and said.pk in comments:
                found[said.author_id].append((said.pk, What.REPLIED_ME))
        elif on != me.pk:
            found[on].append((said.pk, What.COMMENTED_THEIRS))
            if above not in (None, me.pk, on):
                found[above].append((said.pk, What.REPLIED_THEM))
    for felt in Reaction.objects.select_related("post", "comment__post"):
        target = felt.post or felt.comment
        on_post = felt.post is not None
        if felt.member_id == me.pk and target.author_id != me.pk:
            what = What.REACTED_THEIRS if on_post else What.REACTED_THEIR_COMMENT
            found[target.author_id].append((felt.pk, what))
        elif (
            felt.member_id != me.pk
            and target.author_id == me.pk
            and (on_post or target.pk in comments or target.post.author_id == me.pk)
        ):
            what = What.REACTED_MINE if on_post else What.REACTED_MY_COMMENT
            found[felt.member_id].append((felt.pk, what))
    for named in Mention.objects.select_related("post", "comment"):
        by = named.comment.author_id if named.comment else named.post.author_id
        open_now = named.comment_id in comments if named.comment else named.post_id in posts
        if by == me.pk != named.member_id:
            found[named.member_id].append((named.pk, What.MENTIONED_THEM))
        elif named.member_id == me.pk != by and open_now:
            found[by].append((named.pk, What.MENTIONED_ME))
    for row in Endorsement.objects.filter(holding__removed_at=None):
        if row.member_id == me.pk:
            found[row.giver_id].append((row.said, What.ENDORSED_ME))
        elif row.giver_id == me.pk:
            found[row.member_id].append((row.said, What.ENDORSED_THEM))
    for words in Recommendation.objects.all():
        if words.recipient_id == me.pk:
            found[words.author_id].append((words.pk, What.RECOMMENDED_ME))
        elif words.author_id == me.pk:
            found[words.recipient_id].append((words.pk, What.RECOMMENDED_THEM))
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_it_equals_every_row_read_by_hand(seed: int) -> None:
    chance = Random(seed)
    everybody = people(5)
    for one in everybody:
        for other in everybody:
            if one.pk < other.pk and chance.random() < 0.75:
                connect(one, other)
    live(chance, everybody, 70)
    if seed % 2:
        network.block(everybody[3], everybody[4])
    for member in everybody:
        viewer = Viewer(Member.objects.get(pk=member.pk))
        expected = by_hand(viewer)
        found = history.contacts(viewer, [each.pk for each in everybody])
        for other in everybody:
            rows = expected.get(other.pk, [])
            contact = found.get(other.pk, history.NEVER)
            assert contact.year == len(rows), (member, other)
            if rows:
                key, what = max(rows, key=lambda row: row[0] & ~history.KIND_BITS | row[1])
                assert (contact.last & ~history.KIND_BITS, contact.what) == (key & ~history.KIND_BITS, what)
            events = history.between(viewer, other, most=1000)
            assert sorted(event.what for event in events) == sorted(what for _key, what in rows)
        _page_says_the_same(viewer, expected)


def _page_says_the_same(viewer: Viewer, expected: Found) -> None:
    lines = reading.page(viewer, Filter(sort="longest")).lines
    for line in lines:
        last = max([key for key, _what in expected.get(line.person.pk, [])], default=0)
        assert line.contact.last >= last & ~history.KIND_BITS
    assert [line.contact.last for line in lines] == sorted(line.contact.last for line in lines)
    by_name = {line.person.pk: line.contact for line in reading.page(viewer, Filter()).lines}
    assert by_name == {line.person.pk: line.contact for line in lines}


def test_an_introduction_is_a_contact_of_those_it_reached(cast: Cast) -> None:
    """Ada asks Bo to introduce her to Cy; Cy learns of it when Bo passes it on; declining silently changes nothing."""
    letter = introductions.ask(cast.ada, cast.bo, cast.cy, to_target="I read your paper.", to_introducer="Would you?")

    def last(name: str, other: Member) -> What:
        return history.contacts(cast.viewer(name), [other.pk]).get(other.pk, history.NEVER).what

    assert last("ada", cast.bo) == What.ASKED_THEM
    assert last("bo", cast.ada) == What.ASKED_ME
    assert last("cy", cast.bo) == last("bo", cast.cy) == What.CONNECTED
    letter = introductions.pass_on(letter, by=cast.bo, words="I read your paper.")
    assert last("cy", cast.bo) == What.INTRODUCED_ME
    assert last("bo", cast.cy) == What.INTRODUCED_THEM
    before = [history.contacts(cast.viewer(name), [cast.bo.pk, cast.cy.pk]) for name in ("ada", "bo")]
    introductions.decline(letter, by=cast.cy)
    assert before == [history.contacts(cast.viewer(name), [cast.bo.pk, cast.cy.pk]) for name in ("ada", "bo")]
    introductions.reopen(letter, by=cast.cy)
    introductions.accept(letter, by=cast.cy)
    assert last("ada", cast.cy) == last("cy", cast.ada) == What.MET


def test_two_others_who_block_each_other_leave_no_trace_in_the_asker_s_history(cast: Cast, hear) -> None:
    """That Bo and Cy are no longer connected may be a removal or a block: Ada reads the same of her letter to Bo."""
    introductions.ask(cast.ada, cast.bo, cast.cy, to_target="I read your paper.")
    before = history.contacts(cast.viewer("ada"), [cast.bo.pk])
    network.block(cast.cy, cast.bo)
    hear()
    assert history.contacts(cast.viewer("ada"), [cast.bo.pk]) == before != {}


def test_what_is_deleted_is_no_contact(cast: Cast) -> None:
    ada = cast.viewer("ada")
    post = feed.post(cast.ada, "Seals fail.", audience=3)
    said = feed.comment(post, "Which one?", by=cast.bo)
    feed.react(post, "like", by=cast.bo)
    assert history.contacts(ada, [cast.bo.pk])[cast.bo.pk].what == What.REACTED_MINE
    feed.unreact(post, by=cast.bo)
    assert history.contacts(ada, [cast.bo.pk])[cast.bo.pk].what == What.COMMENTED_MINE
    feed.delete_comment(said, by=cast.bo)
    assert history.contacts(ada, [cast.bo.pk]) == {}
    (line,) = [line for line in reading.page(ada, Filter()).lines if line.person.pk == cast.bo.pk]
    assert line.contact.what == What.CONNECTED


def test_what_is_no_longer_open_tells_nothing(cast: Cast) -> None:
    """Bo mentions Ada under a post of Cy's, and Cy then closes it."""
    post = feed.post(cast.cy, "Seals fail.", audience=1)
    feed.comment(post, f"Ask @{cast.ada.handle}", by=cast.bo)
    ada = cast.viewer("ada")
    assert history.contacts(ada, [cast.bo.pk])[cast.bo.pk].what == What.MENTIONED_ME
    feed.edit_post(post, by=cast.cy, audience=4)
    assert history.contacts(ada, [cast.bo.pk]) == {}
    assert history.between(ada, cast.bo) == []


def test_every_kind_has_words() -> None:
    assert set(phrases.SHORT) == set(What)
    assert max(What) < history.KIND_BITS


def test_a_page_asks_a_constant_number_of_statements(cast: Cast) -> None:
    ada = cast.client("ada")

    def grow() -> None:
        chance = Random(1)
        around = people(6, around=cast.ada)
        live(chance, [cast.ada, *around], 40)

    for query in ("", "?sort=longest&last=in-1y"):
        assert_same_queries(
            lambda q=query: ada.get(f"/network/people/{q}"), grow, lambda q=query: ada.get(f"/network/people/{q}")
        )
