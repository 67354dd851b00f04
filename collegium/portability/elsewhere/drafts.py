"""Articles from elsewhere, as drafts: their author decides of each whether, and for whom, it is published here."""

from collections.abc import Sequence
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _

from collegium.articles.models import MOST as MOST_ARTICLES
from collegium.articles.models import SOURCE_LIMIT, TITLE_LIMIT, Sheet
from collegium.articles.models import Article as Written
from collegium.lib import clock, ids
from collegium.lib.text import excerpt
from collegium.members.models import Member
from collegium.portability.imports.saying import mark, moment
from collegium.portability.linkedin.things import Article
from collegium.portability.memory import Ids


def take(by: Member, articles: Sequence[Article]) -> list[tuple[Article, int]]:
    """Lay them among her drafts, as far as there is room, each with a first line that says where it stood and when.

    Returns:
        Each that came in, with its key here.
    """
    # The review says of each that has no room (`saying.judge`); this holds for whatever is written in between.
    room = max(MOST_ARTICLES - Written.objects.filter(author=by).count(), 0) if articles else 0
    keys, taken = Ids(), []
    for article in articles[:room]:
        at = moment(article)
        key = keys.at(at if at is not None else round(clock.now().timestamp() * 1000))
        # What came in before and was deleted since lies with its mark until it is swept.
        Written.objects.filter(author=by, form_key=UUID(bytes=mark(article))).delete()
        row = Written.objects.create(pk=key, author=by, form_key=UUID(bytes=mark(article)))
        source = f"{_origin(article, at)}\n\n{article.text}"[:SOURCE_LIMIT].rstrip()
        Sheet.objects.create(article=row, title=excerpt(article.title, TITLE_LIMIT), source=source)
        taken.append((article, key))
    return taken


def _origin(article: Article, at: int | None) -> str:
    """Where it was first published, for its readers too; its author may change the line."""
    where = f"[LinkedIn](<{article.link}>)" if article.link and not set(article.link) & set("<>\\") else "LinkedIn"
    if at is None:
        return "*" + _("First published on %(where)s.") % {"where": where} + "*"
    day = formats.date_format(ids.instant(at << ids.LOW_BITS), "DATE_FORMAT")
    return "*" + _("First published on %(where)s on %(day)s.") % {"where": where, "day": day} + "*"
