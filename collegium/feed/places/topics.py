"""What a group is about, and whether a post is about that too. Topics that mean the same count as one."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from collegium.feed.models import GroupTopic, Topic
from collegium.groups import rules as groups
from collegium.groups.models import Group
from collegium.journal.record import record
from collegium.lib import text
from collegium.lib.refusal import require
from collegium.lib.statement import Statement
from collegium.members.models import Member

NAMED = Statement(
    lambda slot: Topic.objects.filter(
        pk__in=GroupTopic.objects.filter(group=slot.int("group")).values("topic")
    ).order_by("slug")
)


def of(group: Group) -> list[Topic]:
    """The topics it names, in the order of the alphabet."""
    return NAMED.rows(group=group.pk)


def is_outside(group: Group, slugs: Collection[str]) -> bool:
    """Whether a post about these topics is about none of the group's; a group that names none asks for nothing."""
    if not group.on_topic:
        return False
    mine = _roots(Topic.objects.filter(pk__in=GroupTopic.objects.filter(group=group).values("topic")))
    if not mine.exists():
        return False
    return not _roots(Topic.objects.filter(slug__in=list(slugs))).filter(root__in=mine.values("root")).exists()


def named_in(body: str) -> list[str]:
    """The topics a text names, as `writing` would keep them."""
    return list(text.topics(body))


def asks_back(author: Member, group: Group, slugs: Collection[str]) -> bool:
    """Whether this person is asked back before she posts this there; those who keep the group are not."""
    return is_outside(group, slugs) and not groups.may_keep(author, group)


def _roots(topics: "QuerySet[Topic, Any]") -> "QuerySet[Any, Any]":
    return topics.annotate(root=Coalesce("same_as", "pk"))


@transaction.atomic
def name(group: Group, slugs: Collection[str], *, on_topic: bool, by: Member) -> None:
    """Make the group's topics exactly these, and say whether posts about something else wait."""
    require(groups.may_manage(by, group))
    row = Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    require(groups.may_manage(by, row))
    Topic.objects.bulk_create((Topic(slug=slug, name=slug) for slug in sorted(slugs)), ignore_conflicts=True)
    known = list(Topic.objects.filter(slug__in=slugs))
    GroupTopic.objects.filter(group=row).exclude(topic__in=known).delete()
    GroupTopic.objects.bulk_create((GroupTopic(group=row, topic=each) for each in known), ignore_conflicts=True)
    row.on_topic = on_topic
    row.save(update_fields=["on_topic"])
    words = " ".join(f"#{slug}" for slug in sorted(slugs))
    record("feed.place_topics_set", actor=by, subject=row, words=words, on_topic=on_topic)


def about(word: str) -> "QuerySet[GroupTopic, int]":
    """The keys of groups about a topic that begins so, or about one that means the same."""
    found = Topic.objects.filter(slug__startswith=word.lstrip("#"))
    roots = _roots(found).values("root")
    same = _roots(Topic.objects.all()).filter(root__in=roots).values("pk")
    return GroupTopic.objects.filter(topic__in=same).values_list("group", flat=True)
