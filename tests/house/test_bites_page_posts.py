"""Faults planted in what pages say, whom they list and what they count; each must be noticed by their own tests."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from collegium.feed import holding, rules, writing
from collegium.feed.models import talk
from collegium.feed.pages import telling
from collegium.feed.talking import notices as talking
from collegium.feed.tests import test_page_posts as posts
from collegium.feed.tests.test_page_posts import busy, counter, mate, page, post, writer  # noqa: F401 - fixtures
from collegium.graph.view import View
from collegium.organizations.models import Organization
from collegium.pages import rules as pages
from collegium.pages.figures import counting as openings
from collegium.pages.figures import reading
from collegium.pages.people import counting, eyes, listing, roster
from collegium.pages.tests import test_figures as figures
from collegium.pages.tests import test_people as people
from collegium.pages.tests import test_people_now as now
from collegium.pages.tests.test_people import crowd, nordvatten, nothing_kept  # noqa: F401 - fixtures
from collegium.pages.tests.test_people_now import school  # noqa: F401 - a fixture
from tests.house.planting import anew, rewritten  # noqa: F401 - `anew` is a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("anew")]
Plant = Callable[[pytest.MonkeyPatch], None]


def named_by_the_human(patch: pytest.MonkeyPatch) -> None:
    """News of what a page did carry the member who did it."""
    for module in (telling, talking):
        patch.setattr(module, "voice", lambda _thing, actor: {"actor": actor})


def everybody_works_there(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(pages, "parts_on", lambda _member, keys: {key: {"super"} for key in keys})


def where_it_may_not(cast: Any, page: Any, writer: Any) -> None:  # noqa: F811 - the fixtures by their names
    posts.test_where_a_page_comments(cast, page, writer, 3, "anyone", may=False)


def everything(rows: roster.Roster) -> eyes.Seen:
    nobody = rows.owners[0] < 0
    return eyes.Seen(rows.keys > 0, rows.workers > 0, nobody, nobody)


def the_files_never_change(patch: pytest.MonkeyPatch) -> None:
    """What was read by one writing of the graph's files is taken for what stands by another."""
    right = roster.Rosters.of

    def of(kept: roster.Rosters, organization: int, view: View) -> roster.Roster:
        had = kept._kept.get(organization)
        return right(kept, organization, replace(view, keys=had.roster.graph) if had else view)

    patch.setattr(roster.Rosters, "of", of)


def what_anybody_has_is_named(patch: pytest.MonkeyPatch) -> None:
    """A chosen word stands on the page where anybody has it, read or not."""
    right = counting.Found._labels

    def labels(found: counting.Found, name: str, values: Any) -> dict[str, str]:
        told = right(found, name, values)
        return {value: label or (value if found._code(name, value) > 0 else "") for value, label in told.items()}

    patch.setattr(counting.Found, "_labels", labels)


def nobody_is_looked_at_again(patch: pytest.MonkeyPatch) -> None:
    """The page is drawn as the arrays say, and they say everybody."""
    patch.setattr(listing, "seen", lambda _viewer, _view, rows: everything(rows))


FAULTS: dict[str, tuple[Callable[..., None], Plant]] = {
    "who wrote it edits it for good": (
        posts.test_who_may_change_it,
        rewritten(rules, "may_edit", "pages.may_speak(member, thing.page)", "(thing.written_by_id == member.pk)"),
    ),
    "anybody speaks for a page": (
        posts.test_who_may_not_speak_does_not,
        rewritten(rules, "may_speak_as", "page is None or pages.may_speak(member, page)", "True"),
    ),
    "a page comments wherever its speaker does": (
        where_it_may_not,
        rewritten(rules, "may_comment_as", "(post.page_id is not None or open_to_all)", "True"),
    ),
    "news name the human": (posts.test_no_news_and_no_mail_names_the_human, named_by_the_human),
    "readers see who wrote": (
        posts.test_those_who_work_on_the_page_see_who_wrote_and_nobody_else,
        everybody_works_there,
    ),
    "a page names whom only its speaker finds": (
        posts.test_it_names_nobody_whom_only_the_writer_finds,
        rewritten(writing, "write", "if page is not None:", "if False:"),
    ),
    "a former page is still heard": (
        posts.test_a_comment_of_a_page_is_read_by_all_who_read_the_post,
        rewritten(talk, "heard", 'Q(OfPage("page_id"))', "Q(page__isnull=False)"),
    ),
    "a comment of a page goes with the standing of the human": (
        posts.test_a_comment_of_a_page_is_read_by_all_who_read_the_post,
        rewritten(talk, "heard", ' | Q(OfPage("page_id"))', ""),
    ),
    "analysts are told of comments": (
        posts.test_those_who_speak_for_it_hear_once_a_day_and_nobody_else,
        rewritten(holding, "speakers", ", part__in=pages.SPEAKING", ""),
    ),
    "who left the page goes on reading its news": (
        posts.test_those_who_speak_for_it_hear_once_a_day_and_nobody_else,
        lambda patch: patch.setattr(pages, "spoken_for", lambda _member: list(Organization.objects.all())),
    ),
    "whom she restricts comes near in lists": (
        people.test_lists_and_numbers_are_those_of_the_rule,
        rewritten(eyes, "_near", "found & ~_among(sight, sight.view.kept_away.of(sight.me), numbers)", "found"),
    ),
    "the audience of a section is not asked": (
        people.test_lists_and_numbers_are_those_of_the_rule,
        rewritten(eyes, "seen", "near[row_of] >= roster.level", "near[row_of] > NONE"),
    ),
    "the audience of where they work is not asked": (
        now.test_where_they_work_now_is_told_to_those_who_may_read_it,
        rewritten(eyes, "seen", "work >= roster.work_level", "work > NONE"),
    ),
    "whom she restricts is told where she works": (
        now.test_whom_she_restricts_is_told_what_any_member_is,
        rewritten(eyes, "_near", "found & ~_among(sight, sight.view.kept_away.of(sight.me), numbers)", "found"),
    ),
    "whom one may not come across is counted": (
        now.test_one_s_own_change_is_right_on_the_very_next_request,
        rewritten(eyes, "_near", "(sight.look(numbers) & SEEN) > 0", "numbers >= 0"),
    ),
    "what changed is not read anew": (
        now.test_one_s_own_change_is_right_on_the_very_next_request,
        lambda patch: patch.setattr(roster, "_taken_on", lambda had, *_changed: had),
    ),
    "who changed twice is read once": (
        now.test_one_s_own_change_is_right_on_the_very_next_request,
        rewritten(roster, "_late", "now.items() ^ before.items()", "((key, 0) for key in now.keys() ^ before.keys())"),
    ),
    "what was taken back is kept": (
        now.test_who_is_no_longer_named_is_read_anew,
        rewritten(roster, "_late", "now.items() ^ before.items()", "now.items() - before.items()"),
    ),
    "files written anew are taken for the old ones": (
        now.test_a_graph_on_no_files_stands_for_itself,
        the_files_never_change,
    ),
    "a chosen word tells that somebody hidden has it": (
        now.test_choosing_what_only_hidden_people_have_is_choosing_what_nobody_has,
        what_anybody_has_is_named,
    ),
    "a facet's own choices narrow its numbers": (
        people.test_facets_count_what_they_would_show,
        lambda patch: patch.setattr(
            counting.Found, "_all", lambda found, _but=None, right=counting.Found._all: right(found)
        ),
    ),
    "who came back is still among those who left": (
        people.test_former_and_studied,
        rewritten(counting, "_in_list", " & ~stays[row_of]", ""),
    ),
    "groups of any size are told": (
        figures.test_only_groups_of_five_are_told_rounded_down,
        rewritten(reading, "groups", "if count >= LEAST", "if count"),
    ),
    "numbers of groups are told exactly": (
        figures.test_only_groups_of_five_are_told_rounded_down,
        rewritten(reading, "groups", "count // LEAST * LEAST", "count"),
    ),
    "those who work on a page are counted": (
        figures.test_openings_are_counted_of_people_and_of_nobody_who_works_there,
        rewritten(openings, "opened", " or parts", ""),
    ),
}


@pytest.fixture
def given(request: pytest.FixtureRequest) -> Callable[[Callable[..., None]], dict[str, Any]]:
    """What a test asks for, by its parameters."""

    def found(holds: Callable[..., None]) -> dict[str, Any]:
        return {name: request.getfixturevalue(name) for name in inspect.signature(holds).parameters}

    return found


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_shows(
    monkeypatch: pytest.MonkeyPatch, fault: str, given: Callable[[Callable[..., None]], dict[str, Any]]
) -> None:
    holds, plant = FAULTS[fault]
    values = given(holds)
    plant(monkeypatch)
    # Views and tests have these by their names.
    monkeypatch.setattr("collegium.pages.views.reading.opened", openings.opened)
    monkeypatch.setattr(people, "seen", eyes.seen)
    monkeypatch.setattr(now, "seen", eyes.seen)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        holds(**values)


def test_arrays_that_say_too_much_show_nobody_too_much(
    monkeypatch: pytest.MonkeyPatch, given: Callable[[Callable[..., None]], dict[str, Any]]
) -> None:
    """What is shown is judged by the database again: wrong arrays give wrong numbers, never a wrong face."""

    def shown(crowd: Any) -> None:  # noqa: F811 - the fixture by its name
        here, members = crowd
        viewer = people.Viewer(members[0])
        page_of = people.people(viewer, here, people.Asked("studied"))
        assert {row.person.pk for row in page_of.rows} <= people.by_hand(viewer, here, people.Asked("studied"))

    values = given(shown)
    nobody_is_looked_at_again(monkeypatch)
    shown(**values)
