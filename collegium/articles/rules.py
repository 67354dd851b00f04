"""May she do this with an article?"""

from collegium.articles.models import Article
from collegium.members.models import Member


def may_write(member: Member) -> bool:
    """Everyone who may post."""
    return member.is_active


def may_edit(member: Member | None, article: Article) -> bool:
    """Only who wrote it; what she deleted she brings back first."""
    return member is not None and member.is_active and article.author_id == member.pk and article.removed_at is None


def may_publish(member: Member, article: Article) -> bool:
    """Only who wrote it, once."""
    return may_edit(member, article) and not article.is_published


def may_remove(member: Member, article: Article) -> bool:
    """Only who wrote it, and only a draft: what is published is taken back first, with its post."""
    return may_edit(member, article) and not article.is_published


def may_restore(member: Member, article: Article) -> bool:
    """Only who deleted it."""
    return member.is_active and article.author_id == member.pk and article.removed_at is not None
