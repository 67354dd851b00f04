"""The tests of files notice: each guard is broken once, and what it guards is seen to fail."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from collegium.audience.level import Level
from collegium.documents import actions, forms, settling, shelf, views
from collegium.documents.models import DocumentQuerySet
from collegium.documents.tests import test_composing as composing
from collegium.documents.tests import test_visibility as sight
from collegium.feed.models import PlaceState, Post
from collegium.groups.models import Visibility
from collegium.media import keeping, serving
from collegium.testing.cast import Cast

pytestmark = pytest.mark.django_db


def everybody(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(DocumentQuerySet, "visible_to", lambda rows, _viewer: rows.all())


def shown(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(views, "send", lambda *what, **how: serving.send(*what, **(how | {"inline": True})))


def believed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(forms, "_problem_of", lambda _name, _path: "")
    patch.setattr(actions.kinds, "believe", lambda _name, _path: "application/pdf")


def anybodys(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(actions, "require", lambda _may, *_words: None)


def countless(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(actions, "MOST", 1000)


def at_once(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(actions.transaction, "on_commit", lambda run, **_how: run())


def every_state(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Post.objects, "visible_to", lambda _viewer: Post.objects.all())
    patch.setattr(shelf, "PlaceState", type("Any", (), {"SHOWN": PlaceState.HIDDEN}))


def open_doors(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(views, "require", lambda _may, *_words: None)


def left_lying(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(keeping, "remove", lambda _name: None)


FAULTS: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], Callable[..., Any]]] = {
    "everybody fetches": (
        everybody,
        partial(sight.test_a_file_on_a_post, level=Level.CONNECTIONS, name="di", sees=False),
    ),
    "it is shown": (shown, sight.test_it_is_only_ever_kept),
    "names are believed": (believed, partial(composing.test_what_may_hang_on_a_post, what="a page called a PDF")),
    "anybody's file": (anybodys, composing.test_another_ones_file_is_none),
    "any number": (countless, composing.test_ten_and_no_more),
    "before it is certain": (
        at_once,
        composing.test_a_post_taken_back_leaves_no_file,
    ),
    "hidden posts on the shelf": (
        every_state,
        partial(sight.test_a_file_in_a_group, visibility=Visibility.PUBLIC, state=PlaceState.HIDDEN),
    ),
    "the shelf of a private group": (
        open_doors,
        partial(sight.test_a_file_in_a_group, visibility=Visibility.PRIVATE, state=PlaceState.SHOWN),
    ),
    "a file is left lying": (
        left_lying,
        composing.test_settling_that_fails_leaves_nothing,
    ),
}
TAKING_A_PATCH = {"before it is certain", "a file is left lying"}


@pytest.mark.parametrize("fault", FAULTS)
def test_it_is_noticed(cast: Cast, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plant, test = FAULTS[fault]
    plant(monkeypatch)
    given = (cast, monkeypatch) if fault in TAKING_A_PATCH else (cast,)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        test(*given)
    assert settling
