"""The tests of ranking, of old posts and of what hangs bite: with a fault planted, at least one of them sees it."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db.models import F

from collegium.feed.expiry import actions as expiry
from collegium.feed.expiry import due
from collegium.feed.ranking import measures, order, weights
from collegium.feed.ranking.terms import TERMS, Term
from collegium.feed.reading import wishes
from collegium.feed.tests import test_expiry as old
from collegium.feed.tests import test_mended as mended
from collegium.feed.tests import test_ranking as ranking
from collegium.reposts import originals
from collegium.testing.cast import Cast, make_member
from tests.house.planting import anew  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("anew")


def without(monkeypatch: pytest.MonkeyPatch, place: Any, name: str, words: str, instead: str = "") -> None:
    """Take some words out of a statement."""
    text = getattr(place, name)
    assert words in text, words
    monkeypatch.setattr(place, name, text.replace(words, instead))


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("AND r.member_id IN (SELECT id FROM known)", ""),
        ("AND c.author_id IN (SELECT id FROM known)", ""),
        ("AND post.author_id IS DISTINCT FROM c.author_id", ""),
        ("AND post.author_id IS DISTINCT FROM r.member_id", ""),
    ],
)
def test_counting_whom_she_does_not_know(cast: Cast, monkeypatch: pytest.MonkeyPatch, words: str, instead: str) -> None:
    without(monkeypatch, measures, "COUNTED", words, instead)
    with pytest.raises(AssertionError):
        ranking.test_nobody_unseen_adds_a_point(cast, make_member)


@pytest.mark.parametrize(
    "words", ["AND (above.author_id IS NULL OR above.author_id NOT IN (SELECT id FROM unseen))", "AND c.state = 0"]
)
def test_counting_comments_she_cannot_read(cast: Cast, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    without(monkeypatch, measures, "COUNTED", words)
    with pytest.raises(AssertionError):
        ranking.test_a_hidden_reply_and_one_below_somebody_blocked_do_not_count(cast, make_member)


@pytest.mark.parametrize("words", ["c.id <= %(moment)s AND ", "r.id <= %(moment)s AND "])
def test_counting_what_came_after_the_first_page(cast: Cast, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    without(monkeypatch, measures, "COUNTED", f"WHERE {words}", "WHERE ")
    with pytest.raises(AssertionError):
        ranking.test_pages_join_though_things_happen_in_between(cast)


def test_a_cursor_that_forgets_the_weights(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "unpack", lambda _packed: dict.fromkeys(weights.DEFAULT, 1))
    with pytest.raises(AssertionError):
        ranking.test_pages_join_though_things_happen_in_between(cast)


def test_a_cursor_that_forgets_what_was_shown(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    real = order.Place.pack
    monkeypatch.setattr(order.Place, "pack", lambda place, score, key, _past: real(place, score, key, 0))
    with pytest.raises(AssertionError):
        ranking.test_the_cap_on_personal_posts_holds_across_pages(cast, monkeypatch)


def test_a_term_out_of_step_with_the_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    slower = [Term(t.name, t.label, t.about, t.weight, lambda n: 100 if n < 24 else 0, t.said) for t in TERMS[:1]]
    monkeypatch.setattr("collegium.feed.ranking.terms.BY_NAME", {"recency": slower[0]})
    with pytest.raises(AssertionError):
        ranking.test_the_values_are_what_the_page_says("recency", [12], [75])


def test_an_order_that_switches_back(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    real = ranking.timeline.mix_of

    def forgets(me: Any) -> Any:
        mix = real(me)
        mix.view = "newest"
        return mix

    monkeypatch.setattr(ranking.timeline, "mix_of", forgets)
    with pytest.raises(AssertionError):
        ranking.test_newest_first_is_the_default_and_stays_until_she_switches(cast)


def test_a_rule_without_its_pause(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "has_begun", lambda _rule: True)
    monkeypatch.setattr(due, "PAUSE", due.PAUSE * 0)
    with pytest.raises(AssertionError):
        old.test_nothing_goes_within_a_day_of_setting_or_changing_it(cast, monkeypatch)


def test_a_rule_that_does_not_look_again_under_the_lock(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sweep found the post; the reaction came before its turn."""
    post = old.old(cast.ada)
    old.begun(cast.ada, loved=1)
    old.actions.react(post, "love", by=cast.bo)
    assert not expiry.expire(post.pk, cast.ada.pk)
    monkeypatch.setattr(due, "of", lambda _rule: old.Post.objects.all())
    assert expiry.expire(post.pk, cast.ada.pk), "without it the post goes"


@pytest.mark.parametrize("name", ["_felt", "_talked"])
def test_a_rule_that_counts_what_its_author_must_not_know(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    column = {"_felt": "reaction_count", "_talked": "comment_count"}[name]
    monkeypatch.setattr(due, name, lambda _author: F(column))
    with pytest.raises(AssertionError):
        old.test_numbers_are_those_the_author_knows(cast)


def test_a_rule_that_goes_on_for_the_suspended(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(old.Member, "is_active", True)
    with pytest.raises(AssertionError):
        old.test_the_suspended_and_those_without_a_rule_keep_theirs(cast)


def test_machines_that_slip_through(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, wishes, "HUSHED", "OR (%(machines)s AND post.machine)")
    with pytest.raises(AssertionError):
        mended.test_posts_of_machines_are_left_out_where_asked(cast)


def test_quiet_words_that_are_looked_for_in_the_body_alone(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wishes, "_hung", lambda _wishes, _keys: set())
    with pytest.raises(AssertionError):
        mended.test_quiet_words_are_looked_for_in_what_hangs_on_a_post(cast)


def test_words_of_an_original_that_is_closed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(originals, "open_to", lambda _viewer: mended.Post.objects.all())
    with pytest.raises(AssertionError):
        mended.test_words_of_an_original_count_as_far_as_it_is_open(cast)


def test_an_original_of_somebody_muted(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(originals, "RUNGS", SimpleNamespace(MUTED=-1, RESTRICTED=-1))
    with pytest.raises(AssertionError):
        mended.test_an_original_of_somebody_kept_at_a_distance_is_not_shown_inside(cast)
