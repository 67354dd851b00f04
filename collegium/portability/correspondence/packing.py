"""What is kept of an archive, in the archive a member takes away: for reading, as it came."""

from collections.abc import Iterator

from collegium.members.models import Member
from collegium.portability.correspondence.models import Invited, Letter, moment
from collegium.portability.correspondence.wording import heading
from collegium.portability.packing.cells import Row, Table


def tables(member: Member) -> list[Table]:
    """Her messages and invitations from elsewhere, each conversation together."""
    return [
        Table(
            "elsewhere_messages",
            ("conversation", "title", "folder", "sent_at", "sender", "mine", "subject", "text"),
            _letters(member),
        ),
        Table("elsewhere_invitations", ("sent_at", "received", "name", "profile", "text"), _invited(member)),
    ]


def _letters(member: Member) -> Iterator[Row]:
    rows = Letter.objects.filter(member=member).select_related("thread").order_by("thread_id", "sent", "pk")
    for each in rows.iterator():
        thread = each.thread
        title = heading(thread.title, thread.names)
        yield thread.pk, title, thread.folder, each.at, each.name, each.mine, each.subject, each.text


def _invited(member: Member) -> Iterator[Row]:
    rows = Invited.objects.filter(member=member).order_by("sent", "pk")
    for sent, incoming, name, slug, text in rows.values_list("sent", "incoming", "name", "slug", "text").iterator():
        yield moment(sent), incoming, name, f"https://www.linkedin.com/in/{slug}" if slug else "", text
