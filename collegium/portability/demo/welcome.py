"""The last touches: passwords for three people, the letters that wait for them, and what they have been told."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction

from collegium.accounts import community
from collegium.accounts.models import Community, User
from collegium.feed.models import Comment, Mention, Reaction, State
from collegium.lib.ids import instant
from collegium.members.models import Member
from collegium.network.notices import asked, tied
from collegium.notifications.models import Notification
from collegium.portability.demo.acquaintance import Pair
from collegium.portability.demo.building import address
from collegium.portability.demo.guests import ACCEPTED, GUESTS, LETTERS
from collegium.portability.memory import Ids
from collegium.ties.models import Invitation

NAME, ABOUT = "Collegium demo", "Three hundred made-up people, so that there is something to see."
TOLD_SINCE, UNREAD_SINCE = timedelta(days=45), timedelta(days=5)
ALWAYS_UNREAD = 6


@transaction.atomic
def welcome(now: datetime) -> None:
    """Make the three able to sign in, the first of them owner, and give each a full letter box."""
    if not Community.objects.exists():
        Community.objects.create(name=NAME, about=ABOUT)
    members = {member.handle: member for member in Member.objects.select_related("user")}
    for number, guest in enumerate(GUESTS):
        member = members[guest.handle]
        member.pronouns = guest.pronouns
        member.save(update_fields=["pronouns"])
        _open_door(member.user, guest.password, owner=number == 0)
    _Post(members, now).deliver()
    community.forget()


def _open_door(user: User, password: str, *, owner: bool) -> None:
    user.set_password(password)
    user.role = User.Role.OWNER if owner else User.Role.MEMBER
    user.save(update_fields=["password", "role"])
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


class _Post:
    """Delivers letters and notices with the dates of their past."""

    def __init__(self, members: dict[str, Member], now: datetime) -> None:
        self.members, self.now, self.ids = members, now, Ids()
        self.guests = [members[guest.handle] for guest in GUESTS]

    def _key(self, at: datetime) -> int:
        return self.ids.at(round(at.timestamp() * 1000))

    def deliver(self) -> None:
        """Invitations, and a notice for each thing a guest would have been told of."""
        notices = [*self._letters(), *self._acceptances(ACCEPTED)]
        for guest in self.guests:
            notices += [*self._comments(guest), *self._reactions(guest), *self._mentions(guest)]
        for guest in self.guests:
            own = sorted((row for row in notices if row.recipient_id == guest.pk), key=lambda row: -row.id)
            for row in own[ALWAYS_UNREAD:]:
                at = instant(row.id)
                row.read_at = at + timedelta(hours=9) if at < self.now - UNREAD_SINCE else None
        # A comment that both answers and names somebody is told once.
        Notification.objects.bulk_create(notices, ignore_conflicts=True)

    def _notice(  # noqa: PLR0917 - the columns, in their order
        self, at: datetime, recipient: int, actor: int | None, kind: str, cause: str, subject: int
    ) -> Notification:
        row = Notification(recipient_id=recipient, actor_id=actor, kind=kind, cause=cause, subject=subject)
        row.id = self._key(at)
        return row

    def _letters(self) -> Iterable[Notification]:
        for letter in LETTERS:
            sender, recipient = self.members[letter.sender], self.members[letter.recipient]
            at = self.now - timedelta(days=letter.days)
            row = Invitation(id=self._key(at), sender=sender, recipient=recipient, note=letter.note)
            row.save(force_insert=True)
            if recipient in self.guests:
                yield self._notice(at, recipient.pk, sender.pk, "network.invited", asked(row.pk), row.pk)

    def _acceptances(self, accepted: dict[Pair, float]) -> Iterable[Notification]:
        for tied_pair, days in accepted.items():
            one, other = (self.members[handle] for handle in tied_pair)
            guest, friend = (one, other) if one in self.guests else (other, one)
            cause = tied(guest.pk, friend.pk)
            yield self._notice(
                self.now - timedelta(days=days), guest.pk, friend.pk, "network.connected", cause, friend.pk
            )

    def _comments(self, guest: Member) -> Iterable[Notification]:
        since = self._key(self.now - TOLD_SINCE)
        shown = Comment.objects.filter(id__gte=since, state=State.SHOWN)
        said = shown.exclude(author=guest).select_related("post", "parent")
        for row in said.filter(post__author=guest) | said.filter(parent__author=guest):
            kind = "replied" if row.parent and row.parent.author_id == guest.pk else "commented"
            yield self._notice(instant(row.pk), guest.pk, row.author_id, kind, f"comment:{row.pk}", row.pk)

    def _mentions(self, guest: Member) -> Iterable[Notification]:
        since = self._key(self.now - TOLD_SINCE)
        for row in Mention.objects.filter(post_id__gte=since, member=guest).select_related("post", "comment"):
            if row.comment is None:
                said, author, kind, cause = row.post_id, row.post.author_id, "mentioned", f"mention:{row.post_id}"
            else:
                said, author, kind = row.comment.pk, row.comment.author_id, "mentioned_in_comment"
                cause = f"comment:{said}"
            yield self._notice(instant(said), guest.pk, author, kind, cause, said)

    def _reactions(self, guest: Member) -> Iterable[Notification]:
        since = self._key(self.now - TOLD_SINCE)
        for row in Reaction.objects.filter(id__gte=since, post__author=guest).exclude(member=guest):
            cause = f"reaction:post:{row.post_id}:{row.member_id}"
            yield self._notice(instant(row.pk), guest.pk, row.member_id, "reacted", cause, row.post_id or 0)


def guest_addresses() -> list[str]:
    """The addresses of the three."""
    return [address(guest.handle) for guest in GUESTS]
