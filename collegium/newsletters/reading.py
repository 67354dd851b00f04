"""What the pages of newsletters show, as far as the viewer may know of it."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from allauth.account.models import EmailAddress
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from collegium.articles.models import Article
from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.feed.models import Post
from collegium.lib import cursor
from collegium.newsletters.models import Issue, Newsletter, Subscription
from collegium.ties.models import Connection, Follow

Row = TypeVar("Row", Newsletter, Issue, Subscription)
PAGE = 20
FEW = 200


@dataclass(frozen=True)
class Page(Generic[Row]):
    """A stretch of a list; `older` is the cursor of the next, empty at the end."""

    rows: list[Row] = field(default_factory=list)
    older: str = ""


def one(viewer: Viewer, key: int) -> Newsletter | None:
    """The newsletter with this key, if the viewer sees it."""
    return _counted(viewer, Newsletter.objects.visible_to(viewer)).filter(pk=key).first()


def mine(viewer: Viewer) -> list[Newsletter]:
    """The viewer's own, those that go on first."""
    rows = _counted(viewer, Newsletter.objects.filter(owner=viewer.id))
    return list(rows.order_by(F("ended_at").asc(nulls_first=True), "-pk")[:FEW])


def read_by(viewer: Viewer) -> list[Newsletter]:
    """Those the viewer asked for, as far as she sees them; the last asked for first."""
    asked = Subscription.objects.filter(member=viewer.id, newsletter=OuterRef("pk")).values("pk")
    rows = _counted(viewer, Newsletter.objects.visible_to(viewer)).filter(subscriptions__member=viewer.id)
    return list(rows.alias(asked=Subquery(asked)).order_by("-asked")[:FEW])


def others(viewer: Viewer, after: str = "") -> Page[Newsletter]:
    """Those she may ask for, of people who may turn up unasked; those of the people she reads come first.

    Raises:
        Http404: the cursor is none of ours.
    """
    there = Newsletter.objects.visible_to(viewer).going_on().filter(owner__in=people.findable_by(viewer).values("pk"))
    there = there.exclude(owner=viewer.id).exclude(subscriptions__member=viewer.id)
    connected = Exists(Connection.objects.filter(member=viewer.id, other=OuterRef("owner")))
    followed = Exists(Follow.objects.filter(follower=viewer.id, followee=OuterRef("owner")))
    rows = _counted(viewer, there).annotate(read=Case(When(connected | followed, then=1), default=0))
    if after:
        read, last = cursor.unpack(after, 2)
        rows = rows.filter(Q(read__lt=read) | Q(read=read, pk__lt=last))
    found = list(rows.order_by("-read", "-pk")[: PAGE + 1])
    older = cursor.pack(found[PAGE - 1].read, found[PAGE - 1].pk) if len(found) > PAGE else ""
    return Page([*found[:PAGE]], older)


def issues(viewer: Viewer, newsletter: Newsletter, after: str = "") -> Page[Issue]:
    """The issues this viewer sees, the newest first.

    Raises:
        Http404: the cursor is none of ours.
    """
    rows = seen_issues(viewer).filter(newsletter=newsletter).select_related("article__post")
    if after:
        rows = rows.filter(number__lt=cursor.unpack(after, 1)[0])
    light = rows.defer("article__html", "article__source").order_by("-number")
    found = list(light[: PAGE + 1])
    return Page(found[:PAGE], cursor.pack(found[PAGE - 1].number) if len(found) > PAGE else "")


def seen_issues(viewer: Viewer) -> QuerySet[Issue]:
    """The issues whose article the viewer sees on its post."""
    return Issue.objects.filter(article__post__in=Post.objects.visible_to(viewer))


def of_article(viewer: Viewer, key: int) -> Issue | None:
    """The issue an article is, if the viewer sees article and newsletter."""
    rows = Issue.objects.filter(article__in=Article.objects.visible_to(viewer).filter(pk=key))
    return rows.filter(newsletter__in=Newsletter.objects.visible_to(viewer)).select_related("newsletter").first()


def asked(viewer: Viewer, newsletter: Newsletter) -> Subscription | None:
    """How the viewer asked for it."""
    return Subscription.objects.filter(newsletter=newsletter, member=viewer.id).first() if viewer else None


def subscribers(newsletter: Newsletter, after: str = "") -> Page[Subscription]:
    """Who reads it, for its owner alone; the last who asked first.

    Raises:
        Http404: the cursor is none of ours.
    """
    rows = standing(newsletter)
    if after:
        rows = rows.filter(pk__lt=cursor.unpack(after, 1)[0])
    found = list(rows[: PAGE + 1])
    return Page(found[:PAGE], cursor.pack(found[PAGE - 1].pk) if len(found) > PAGE else "")


def standing(newsletter: Newsletter) -> QuerySet[Subscription]:
    """The subscriptions that count, with the reader and, where she shares it, the address she reads mail at."""
    confirmed = EmailAddress.objects.filter(
        user__member=OuterRef("member"), email=F("user__email"), verified=True
    ).values("email")[:1]
    address = Case(When(shares_address=True, then=Coalesce(Subquery(confirmed), Value(""))), default=Value(""))
    rows = Subscription.objects.standing().filter(newsletter=newsletter).select_related("member")
    return rows.annotate(address=address).order_by("-pk")


def address_of(row: Subscription) -> str:
    """The address the owner may know: only of whoever shares it."""
    return str(getattr(row, "address", "")) if row.shares_address else ""


def _counted(viewer: Viewer, rows: QuerySet[Newsletter]) -> QuerySet[Newsletter]:
    """With the owner, and how many readers there are as far as the viewer may know of them."""
    here = Subscription.objects.standing().filter(
        newsletter=OuterRef("pk"), member__in=people.present_to(viewer).values("pk")
    )
    count = here.order_by().values("newsletter").annotate(n=Count("pk")).values("n")
    return rows.select_related("owner").annotate(readers=Coalesce(Subquery(count), 0))
