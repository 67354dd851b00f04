"""An issue on its way: who is told in the app, who by mail, each once, judged at the moment it happens.

First every reader who may see the article gets a row (`Delivery`) and a notice, in batches; then the rows that are to
be mailed are taken one by one. A row is marked and committed before its mail leaves, so two workers, or one that was
killed and begins again, never send it twice; the one mail a killed worker was just sending may be lost, and the notice
in the app is there all the same.
"""

from django.db import transaction
from django.db.models import Q, QuerySet

from collegium.articles.models import Article
from collegium.feed import rules as feed
from collegium.feed import selecting
from collegium.feed.models import Facet, Post
from collegium.lib import clock
from collegium.lib.mail import Courier, again_at
from collegium.members.models import Member, MemberQuerySet
from collegium.newsletters import rules
from collegium.newsletters.letter import Letter
from collegium.newsletters.models import Delivery, Issue, Subscription
from collegium.notifications.tell import notify
from collegium.ties.models import Distance

TOLD = "newsletters.issued"
BATCH = 500


def waiting() -> QuerySet[Issue]:
    """The issues that have not reached everybody, the oldest first."""
    return Issue.objects.filter(sent_at=None).order_by("pk")


def open_issue(key: int) -> Issue | None:
    """An issue with all it takes to send it; None when it was sent, or is gone."""
    rows = waiting().select_related("article__post__author", "newsletter__owner")
    return rows.filter(pk=key).first()


def send(issue: Issue, most: int) -> bool:
    """Go on sending an issue, at most so many mails; whether it has reached everybody now.

    Raises:
        Away: the mail server cannot be reached; the notices are out, and the mails wait.
    """
    if (post := post_of(issue)) is not None:
        spread(issue, post)
        if not _mail(issue, most):
            return False
    Issue.objects.filter(pk=issue.pk, sent_at=None).update(sent_at=clock.now())
    return True


def spread(issue: Issue, post: Post) -> None:
    """Give everybody who is to get it a row and a notice; those who subscribed after it came out get the next one."""
    last = 0
    while True:
        rows = _to(issue, post).filter(pk__gt=last, pk__lt=issue.pk).order_by("pk")
        batch = list(rows.values_list("pk", "member_id", "by_mail")[:BATCH])
        if not batch:
            return
        last = batch[-1][0]
        _spread(issue, {member: by_mail for _key, member, by_mail in batch})


@transaction.atomic
def _spread(issue: Issue, people: dict[int, bool]) -> None:
    """One batch; rows are made in the order of the members, so that two workers never wait in a ring."""
    rows = [Delivery(issue=issue, member_id=member, by_mail=people[member]) for member in sorted(people)]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    owner = issue.newsletter.owner_id
    notify(people, kind=TOLD, actor=owner, cause=f"issue:{issue.pk}", subject=issue.pk)


def _to(issue: Issue, post: Post) -> QuerySet[Subscription]:
    """The subscriptions that count now, of those who see the post and do not keep its author away."""
    away = Distance.objects.filter(other=post.author_id)
    if post.facet != Facet.PERSONAL:
        away = away.exclude(rung=Distance.Rung.WORK_ONLY)
    standing = Subscription.objects.standing().filter(newsletter=issue.newsletter_id)
    return standing.filter(member__in=readers_of(post).values("pk")).exclude(member__in=away.values("member"))


def post_of(issue: Issue) -> Post | None:
    """The post of its article as it is now; None when it was deleted, or its hour has come."""
    article = Article.objects.select_related("post__author").defer("html", "source").get(pk=issue.article_id)
    return None if article.post is None or feed.is_over(article.post) else article.post


def readers_of(post: Post) -> MemberQuerySet:
    """Who sees the post now, its author left out; nobody where it has none, since pages write no articles."""
    if post.author is None:
        return Member.objects.none()
    return selecting.seen_by(post.author, selecting.choice_of(post), post.facet)


def _mail(issue: Issue, most: int) -> bool:
    """Send what is to be mailed; whether none is left."""
    letter: Letter | None = None
    with Courier() as courier:
        for _ in range(most if _left(issue).exists() else 0):
            courier.is_ready()
            if (taken := _take(issue)) is None:
                break
            if (mine := _still(issue, taken.member_id)) is None:
                continue
            letter = letter or Letter(issue)
            if courier.carry(letter.to(mine)):
                Delivery.objects.filter(pk=taken.pk).update(mailed_at=clock.now())
            elif courier.for_now and (due_at := again_at(taken.tries)) is not None:
                again = Delivery.objects.filter(pk=taken.pk, mailed_at=None)
                again.update(begun_at=None, due_at=due_at, tries=taken.tries + 1)
    return not _left(issue).exists()


def _left(issue: Issue) -> QuerySet[Delivery]:
    return Delivery.objects.filter(issue=issue, by_mail=True, begun_at=None)


@transaction.atomic
def _take(issue: Issue) -> Delivery | None:
    """The next one, marked; None when others hold what is left."""
    due = _left(issue).filter(Q(due_at=None) | Q(due_at__lte=clock.now()))
    row = due.select_for_update(skip_locked=True, of=("self",)).order_by("member_id").first()
    if row is not None:
        Delivery.objects.filter(pk=row.pk).update(begun_at=clock.now())
    return row


def _still(issue: Issue, member: int) -> Subscription | None:
    """Her subscription, if she is still to be mailed: everything is judged once more, for hours may lie between."""
    if (post := post_of(issue)) is None:
        return None
    mine = _to(issue, post).filter(member=member, by_mail=True).select_related("member__user").first()
    return mine if mine is not None and rules.reads_mail(mine.member) else None
