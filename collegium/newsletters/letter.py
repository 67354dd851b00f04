"""An article as a mail: its own HTML with nothing in it that a mail program would have to fetch or follow inside."""

import re
from collections.abc import Callable

import nh3
from django.core.mail import EmailMessage
from django.utils.safestring import SafeString, mark_safe

from collegium.lib import mail, unsubscribe
from collegium.lib.mail import base_url
from collegium.newsletters.models import Issue, Subscription

PURPOSE = "newsletter"
TEMPLATE = "newsletters/mails/issue"
# Mail services cut what is longer than about 100 kB; such an article is read on its page.
MOST_HTML = 80_000
TAGS = {"p", "h2", "h3", "h4", "em", "strong", "del", "a", "code", "pre", "blockquote", "ul", "ol", "li", "hr", "br"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td", "sup"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_MANY_LINES = re.compile(r"\n{3,}")


class Letter:
    """One issue, made once for all its readers."""

    def __init__(self, issue: Issue) -> None:
        """Take an issue with its article, its newsletter and its owner."""
        self.issue = issue
        article = issue.article
        self.is_long = len(article.html) > MOST_HTML
        self.html = SafeString("") if self.is_long else for_mail(article.html)
        self.text = "" if self.is_long else _MANY_LINES.sub("\n\n", article.source).strip()

    def to(self, mine: Subscription) -> EmailMessage:
        """The mail to one reader."""
        user = mine.member.user
        context = {
            "issue": self.issue,
            "article": self.issue.article,
            "newsletter": self.issue.newsletter,
            "owner": self.issue.newsletter.owner,
            "html": self.html,
            "text": self.text,
            "is_long": self.is_long,
            "mine": mine,
            "end": unsubscribe.address(PURPOSE, mine.pk),
        }
        headers = unsubscribe.headers(PURPOSE, mine.pk)
        return mail.compose(TEMPLATE, to=user.email, context=context, locale=user.locale, headers=headers)


def for_mail(clean: str) -> SafeString:
    """HTML that was cleaned for a page, cleaned once more: links lead to the web, nothing has a name to jump to.

    No picture, no style and no address within the mail is left, so reading it tells nobody anything.
    """
    attributes = {tag: set(names) for tag, names in ATTRIBUTES.items()}
    made = nh3.clean(
        clean,
        tags=TAGS,
        attributes=attributes,
        attribute_filter=_whole(base_url()),
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(made)  # noqa: S308 - cleaned in the line above


def _whole(base: str) -> Callable[[str, str, str], str | None]:
    """Links within the site get its address in front; links within the text go."""

    def judge(tag: str, name: str, value: str) -> str | None:
        if name != "href" or not value.startswith(("/", "#")):
            return value
        return f"{base}{value}" if value.startswith("/") and not value.startswith("//") else None

    return judge
