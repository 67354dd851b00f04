"""May she do this to a newsletter? Each answers for someone who already sees it."""

from collegium.articles.models import Article
from collegium.audience.viewer import Viewer
from collegium.members.models import Member
from collegium.newsletters.models import Newsletter
from collegium.notifications import rules as telling


def may_found(member: Member | None) -> bool:
    """Everybody in good standing."""
    return member is not None and member.is_active


def may_edit(member: Member | None, newsletter: Newsletter) -> bool:
    """Only whose it is: its words, its end, its readers, its issues."""
    return member is not None and member.is_active and newsletter.owner_id == member.pk


def may_subscribe(member: Member | None, newsletter: Newsletter) -> bool:
    """Everybody in good standing who sees it, but its owner; judged afresh, for a block may have been faster."""
    if member is None or not member.is_active or newsletter.owner_id == member.pk:
        return False
    return Newsletter.objects.visible_to(Viewer(member)).filter(pk=newsletter.pk).exists()


def may_unsubscribe(member: Member | None) -> bool:
    """Everybody what is her own, whether or not she still sees the newsletter."""
    return member is not None


def may_issue(member: Member, newsletter: Newsletter, article: Article) -> bool:
    """Her own article in her own series."""
    return may_edit(member, newsletter) and article.author_id == member.pk


def reads_mail(member: Member) -> bool:
    """Whether she has shown that she reads mail at the address of her account, and mails there do not come back."""
    return telling.may_be_mailed(member)
