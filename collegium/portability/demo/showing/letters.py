"""Ada's newsletter with two issues and its readers, and an article that she has not finished."""

from pathlib import Path
from uuid import uuid4

from collegium.articles import actions as articles
from collegium.articles.models import Article, Sheet
from collegium.articles.publishing import Chosen
from collegium.articles.writing import Texts
from collegium.audience.level import Level
from collegium.lib.ids import instant
from collegium.media.decode import process_image
from collegium.newsletters import actions as newsletters
from collegium.newsletters import sending
from collegium.newsletters.models import Newsletter
from collegium.portability.demo.showing import drawings
from collegium.portability.demo.showing.people import Stage

WORDS = Path(__file__).parent / "words"
NAME, RHYTHM = "Letters from the drain", "On the first Tuesday of the month"
ABOUT = (
    "Old dams, the instruments in them, and the people who walk along them. One letter a month, ten minutes at most."
)
LEAD = (
    "Four hundred instruments watch our dams. What they do not know, somebody notices who walks the same fifty minutes."
)
COVER = "A curved concrete dam between green hills on a clear morning, a small red house in the middle of its crest."
READERS, BY_MAIL, SHARING = 26, 3, 5


def newsletter(stage: Stage) -> Newsletter:
    """The series, its readers, two issues, and corrections to the first."""
    with stage.past.ago(days=41):
        row = newsletters.found(stage.ada, NAME, about=ABOUT, rhythm=RHYTHM)
    readers = [stage.kofi, stage.mei, *stage.friends(stage.ada, READERS)]
    for number, reader in enumerate(dict.fromkeys(readers)):
        with stage.past.ago(days=39 - number):
            newsletters.subscribe(row, by=reader, by_mail=False, shares_address=number % SHARING == 0)
    notebooks = _published(
        stage, 34, Texts("Three shelves of notebooks", "What three keepers wrote down.", _text("notebooks"))
    )
    _issued(stage, row, notebooks, days=34)
    slowly = _published(stage, 5.6, Texts("What a dam tells you if you walk slowly", LEAD, _text("slowly")), cover=True)
    _issued(stage, row, slowly, days=5.6)
    _corrected(stage, slowly)
    _by_mail(row)
    _begun(stage)
    return row


def _text(name: str) -> str:
    return (WORDS / f"{name}.md").read_text(encoding="utf-8").strip()


def _published(stage: Stage, days: float, texts: Texts, *, cover: bool = False) -> Article:
    with stage.past.ago(days=days):
        article = articles.begin(stage.ada, uuid4(), texts).article
        if cover:
            image = process_image(drawings.drawn(drawings.valley), None, "posted")
            articles.set_cover(article, image, COVER, by=stage.ada)
        articles.publish(article, Chosen({"body": "", "audience": Level.EVERYONE}), by=stage.ada)
    # Else it would look as if it had been changed today.
    Sheet.objects.filter(article=article).update(touched_at=instant(article.pk))
    return Article.objects.get(pk=article.pk)


def _issued(stage: Stage, row: Newsletter, article: Article, *, days: float) -> None:
    """As when it came out: its readers are told, and nobody gets a mail for something that is weeks old."""
    with stage.past.ago(days=days):
        issue = newsletters.issue(row, article, by=stage.ada)
    if (post := sending.post_of(issue)) is not None:
        sending.spread(issue, post)
        stage.liked(post, 9)


def _corrected(stage: Stage, article: Article) -> None:
    """The sheet is written on once more, so that there is a history."""
    earlier = article.source
    better = earlier.replace("Eleven months, one bucket", "Seven weeks, one bucket")
    articles.save(article, article.sheet.number, Texts(article.title, article.lead, better), by=stage.ada)
    articles.update(article, "Kerstin has counted: it was seven weeks, not eleven months.", by=stage.ada)


def _by_mail(row: Newsletter) -> None:
    """From the next issue on, some of them want it by mail too."""
    for number, mine in enumerate(row.subscriptions.select_related("member").order_by("pk")):
        if number % BY_MAIL == 0:
            newsletters.subscribe(row, by=mine.member, by_mail=True, shares_address=mine.shares_address)


def _begun(stage: Stage) -> None:
    with stage.past.ago(days=0.4):
        lead = "A dam that talks at night, and an ear that learns what is ordinary."
        articles.begin(stage.ada, uuid4(), Texts("Sixty microphones and a dog", lead, _text("microphones")))
