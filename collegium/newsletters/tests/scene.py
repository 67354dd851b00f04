"""Articles, newsletters and readers, made by their own verbs."""

import uuid
from typing import Any

from allauth.account.models import EmailAddress
from django.core import mail as outbox

from collegium.articles import actions as articles
from collegium.articles.models import Article
from collegium.articles.publishing import Chosen
from collegium.articles.writing import Texts
from collegium.audience.level import Level
from collegium.feed.models import Facet
from collegium.members.models import Member
from collegium.newsletters import actions, tasks
from collegium.newsletters.models import Issue, Newsletter, Subscription

SOURCE = "## Water\n\nThe weir *holds*. See [the page](/in/bo-okafor/) and [the web](https://example.org/a?b=1&c=2)."


def article(author: Member, title: str = "On weirs", source: str = SOURCE, **values: Any) -> Article:
    """A published article."""
    sheet = articles.begin(author, uuid.uuid4(), Texts(title, "What holds the water.", source))
    given = {"body": "", "audience": Level.MEMBERS, "facet": Facet.PROFESSIONAL, "form_key": uuid.uuid4()} | values
    return articles.publish(sheet.article, Chosen(given), by=author)


def series(owner: Member, name: str = "Weir letter") -> Newsletter:
    """A newsletter."""
    return actions.found(owner, name, about="Water, mostly.", rhythm="Every full moon")


def reads(member: Member, row: Newsletter, *, mail: bool = True, shares: bool = False) -> Subscription:
    """Somebody subscribes, whose address is confirmed."""
    confirm(member)
    return actions.subscribe(row, by=member, by_mail=mail, shares_address=shares)


def confirm(member: Member) -> None:
    EmailAddress.objects.update_or_create(
        user=member.user, email=member.user.email, defaults={"verified": True, "primary": True}
    )


def issued(row: Newsletter, **values: Any) -> Issue:
    """The next issue, not sent yet."""
    return actions.issue(row, article(row.owner, **values), by=row.owner)


def sent(row: Newsletter, **values: Any) -> Issue:
    """The next issue, on its way as far as it gets in one go."""
    made = issued(row, **values)
    tasks.send(issue=made.pk)
    return made


def mailed() -> list[str]:
    """To whom mails went: their first names, in order."""
    handles = dict(Member.objects.values_list("user__email", "handle"))
    return sorted(handles[each.to[0]].partition("-")[0] for each in outbox.outbox)
