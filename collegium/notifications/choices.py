"""How a member wants to be told, with what holds where she has not chosen."""

from collegium.members.models import Member
from collegium.notifications import kinds
from collegium.notifications.models import Choice, Rest
from collegium.notifications.topics import TOPICS, Topic, default


def offered() -> list[Topic]:
    """The topics that something is told of here, in the order of the settings."""
    told = {kinds.of(name).topic for name in kinds.names()}
    return [topic for topic in TOPICS.values() if topic.name in told and topic.name != "other"]


def of(member: Member) -> dict[str, Choice]:
    """What holds for her, of every topic, in one query."""
    made = {row.topic: row for row in Choice.objects.filter(member=member)}
    return {name: made.get(name) or default(member.pk, topic) for name, topic in TOPICS.items()}


def is_mailed(member: Member, topic: str) -> bool:
    """Whether news of this topic reaches her by mail at all."""
    return of(member)[topic].mail != Choice.Mail.OFF


def rest_of(member: Member) -> Rest:
    """Her clock and her quiet hours; a row that was not saved where she has not chosen."""
    return Rest.objects.filter(pk=member.pk).first() or Rest(member=member)
