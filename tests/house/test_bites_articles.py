"""Faults planted among the articles, one at a time; each must be noticed by what is asserted here."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db.models import Q

from collegium.articles import actions, history, rules
from collegium.articles.models import ArticleQuerySet, Sheet
from collegium.articles.tests.helping import chosen, draft, published, put_cover
from collegium.articles.views import sheets
from collegium.articles.writing import Texts
from collegium.audience.level import Level
from collegium.feed.models import Post
from collegium.lib.refusal import Conflict
from collegium.lib.text import markdown
from collegium.testing.cast import Cast
from tests.house.planting import anew  # noqa: F401 - a fixture
from tests.house.strict import walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("anew")]


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def readers_see_what_they_may(cast: Cast) -> bool:
    hidden, open_, begun = published(cast.ada, Level.CONNECTIONS, cover=True), published(cast.ada), draft(cast.ada)
    put_cover(begun)
    di, bo = cast.client("di"), cast.client("bo")
    closed = [hidden.path, hidden.cover_middle, f"{hidden.here}history/", begun.cover_middle, f"{begun.here}-/"]
    return (
        all(di.get(address).status_code == 404 for address in closed)
        and bo.get(hidden.path).status_code == 200
        and di.get(open_.path).status_code == 200
        and di.post(f"{open_.here}edit/", {"title": "mine"}).status_code == 403
    )


def two_tabs_lose_nothing(cast: Cast) -> bool:
    begun, ada = draft(cast.ada), cast.client("ada")
    first = {"title": "T", "lead": "", "source": "one", "number": 1}
    ada.post(f"{begun.here}edit/", first)
    page = ada.post(f"{begun.here}edit/", first | {"source": "two"})
    both = page.status_code == 409 and all(words in page.content.decode() for words in ("one", "two"))
    return both and Sheet.objects.get(article=begun).source == "one"


def publishing_twice_is_publishing_once(cast: Cast) -> bool:
    begun, form = draft(cast.ada), chosen()
    for _ in range(2):
        actions.publish(begun, form, by=cast.ada)
    try:
        actions.publish(begun, chosen(), by=cast.ada)
    except Conflict:
        return Post.objects.filter(author=cast.ada).count() == 1
    return False


def attacks_come_out_clean(_cast: Cast) -> bool:
    try:
        for source in (
            "<img src=x onerror=hit()>",
            "[x](javascript:hit())",
            "[x](//evil.example)",
            "![x](https://evil.example/pixel)",
            "<div hx-get=/ hx-trigger=load>",
            "# main\n# main",
        ):
            walk(str(markdown.render(source).html))
        walk(markdown._cleaner.clean("<p hx-on:click=hit() style=x id=main data-x=1>x<svg onload=hit()></svg></p>"))
    except AssertionError:
        return False
    return "href" not in str(markdown.render("[x](//evil.example)").html)


CHECKS: dict[str, Callable[[Cast], bool]] = {
    "sight": readers_see_what_they_may,
    "tabs": two_tabs_lose_nothing,
    "once": publishing_twice_is_publishing_once,
    "clean": attacks_come_out_clean,
}


def sees_everything(rows: ArticleQuerySet, viewer: object) -> ArticleQuerySet:
    return rows.filter(removed_at=None)


def sees_drafts(rows: ArticleQuerySet, viewer: object) -> ArticleQuerySet:
    return rows.filter(Q(post__in=Post.objects.visible_to(viewer)) | Q(post=None))  # type: ignore[arg-type]


class Idle:
    """A cleaner that cleans nothing."""

    @staticmethod
    def clean(words: str) -> str:
        return words


def overwrites(article: object, number: int, texts: Texts, by: object) -> Sheet:
    Sheet.objects.filter(article=article).update(**texts.columns)  # type: ignore[misc]
    return Sheet.objects.get(article=article)


def forgets_the_form(article: object, form: object, *, by: object) -> object:
    actions._show(article, "")  # type: ignore[arg-type]
    values = {**form.values, "form_key": uuid4()}  # type: ignore[attr-defined]
    actions.feed.post(by, parts=actions.Hanging(article), **values)  # type: ignore[arg-type]
    return article


PLANTED = {
    "everybody sees every article": (
        "sight",
        lambda plant: plant.setattr(ArticleQuerySet, "visible_to", sees_everything),
    ),
    "drafts are open": ("sight", lambda plant: plant.setattr(ArticleQuerySet, "visible_to", sees_drafts)),
    "a reader may edit": ("sight", lambda plant: plant.setattr(rules, "may_edit", lambda member, article: True)),
    "the last tab wins": ("tabs", lambda plant: plant.setattr(actions, "_keep", overwrites)),
    "the other version is not shown": (
        "tabs",
        lambda plant: plant.setattr(
            sheets, "_differs", lambda request, form, kept, article=None: sheets._kept(request, kept)
        ),
    ),
    "publishing forgets that it was done": ("once", lambda plant: plant.setattr(actions, "publish", forgets_the_form)),
    "links lead anywhere": ("clean", lambda plant: plant.setattr(markdown, "leads_to", lambda address: address)),
    "nothing is cleaned": ("clean", lambda plant: plant.setattr(markdown, "_cleaner", Idle)),
}


@pytest.mark.parametrize("check", CHECKS)
def test_without_a_fault_all_is_well(cast: Cast, check: str) -> None:
    assert CHECKS[check](cast)


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_noticed(cast: Cast, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    check, plant = PLANTED[fault]
    plant(monkeypatch)
    assert not CHECKS[check](cast)


def test_comparing_versions_is_bounded() -> None:
    """The guard of the history: without it this would take the square of forty thousand lines."""
    many = "\n".join(str(number) for number in range(20_000))
    assert history._differences(many, "\n".join(reversed(many.split("\n")))) is None
