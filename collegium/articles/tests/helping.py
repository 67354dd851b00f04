"""Articles for tests, made through the verbs."""

from typing import Any
from uuid import uuid4

from collegium.articles import actions
from collegium.articles.models import WIDTHS, Article
from collegium.articles.publishing import Chosen
from collegium.articles.writing import Texts
from collegium.audience.level import Level
from collegium.feed.selecting import Choice
from collegium.media.tests.pictures import file_of, speckled
from collegium.members.models import Member

SOURCE = "## Gates\n\nCanary-a17 holds the water.\n\n## Weirs\n\nAnother.\n\n## Locks\n\nA third."
CHOSEN = {"facet": "professional", "audience": "1", "commenting": "anyone", "body": "Read this."}


def draft(author: Member, title: str = "How a weir works", source: str = SOURCE, lead: str = "In short.") -> Article:
    """A sheet that only its author sees."""
    return actions.begin(author, uuid4(), Texts(title, lead, source)).article


def chosen(level: int = Level.MEMBERS, **more: Any) -> Chosen:
    """An audience, as the publishing sheet gives it."""
    values = {"body": "Read this.", "choice": Choice(level), "facet": "professional", "form_key": uuid4()}
    return Chosen(values | more)


def published(author: Member, level: int = Level.MEMBERS, *, cover: bool = False, **texts: str) -> Article:
    """An article that others read."""
    article = draft(author, **texts)
    if cover:
        put_cover(article)
    article = actions.publish(article, chosen(level), by=author)
    article.refresh_from_db()
    return article


def put_cover(article: Article, alt: str = "canary-c3") -> Article:
    """A cover without a child process."""
    image = file_of(speckled(120, 80), ".webp", keep="none")
    actions.set_cover(article, dict.fromkeys(WIDTHS, image), alt, by=article.author)
    article.refresh_from_db()
    return article


def rewrite(article: Article, source: str, note: str = "") -> Article:
    """Change what readers see."""
    sheet = article.sheet
    sheet.refresh_from_db()
    actions.save(article, sheet.number, Texts(sheet.title, sheet.lead, source), by=article.author)
    return actions.update(article, note, by=article.author)
