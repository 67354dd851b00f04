"""What a member missed: her own home page since she last looked, and nothing that is not on it."""

from dataclasses import dataclass, field
from datetime import datetime

from collegium.audience.viewer import Viewer
from collegium.digests import inside
from collegium.digests.hours import period
from collegium.digests.inside import FromGroup
from collegium.digests.models import Digest, Wish
from collegium.feed import timeline
from collegium.feed.attachments import kinds
from collegium.feed.models import Mix, Post
from collegium.lib import clock, ids
from collegium.lib.text import excerpt
from collegium.members.models import Member
from collegium.notifications.choices import is_mailed
from collegium.ties.models import Invitation

SHOWN = 8
# A mail counts as far as so many pages of home; beyond that it says "more than".
PAGES = 3
EXCERPT = 400
MOST_ASKED = 1_000


@dataclass(frozen=True)
class Missed:
    """What stands in one mail.

    Attributes:
        posts: the newest of what was missed, newest first, as on the home page.
        rest: how many more there are, as far as was counted.
        is_open: whether there are still more than that.
        because: post to the topic it came home for, where that is why.
        words: post to how it begins, or to the words of what hangs on it where it has none of its own.
        groups: what came in her groups, where this mail tells of them.
        invitations: how many wait for an answer.
        is_asked: whether one of them came since the last mail; who left it waiting is not reminded.
        until: the newest post this speaks of; the next mail begins there.
    """

    posts: list[Post] = field(default_factory=list)
    rest: int = 0
    is_open: bool = False
    because: dict[int, str] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)
    groups: list[FromGroup] = field(default_factory=list)
    invitations: int = 0
    is_asked: bool = False
    until: int = 0

    @property
    def is_there(self) -> bool:
        """Whether there is anything to say; otherwise no mail is sent."""
        return bool(self.posts) or bool(self.groups) or self.is_asked

    @property
    def count(self) -> int:
        """How many posts were missed, as far as was counted."""
        return len(self.posts) + self.rest


def since(wish: Wish, mix: Mix, now: datetime) -> int:
    """The key from which on things count as missed.

    Whatever stood on her home page when she last opened it she has seen, and whatever an earlier mail told of was
    told. The first mail reaches back as far as its rhythm, not to the beginning of time.
    """
    return max(mix.seen, wish.until or ids.floor_at(now - period(wish.rhythm)))


def missed(me: Member, wish: Wish) -> Missed:
    """What a mail to this member would hold at this moment; a bounded number of statements, however much there is.

    It reads the pages of her home from the top, so her mix, her quiet words and whom she keeps away count here as they
    count there. Her own posts she has not missed.
    """
    mix = timeline.mix_of(me)
    posts, because, is_open = _above(me, mix, since(wish, mix, clock.now()))
    until = posts[0].pk if posts else 0
    posts = [post for post in posts if post.author_id != me.pk]
    waiting, is_asked = _invitations(me, wish)
    told = [post.pk for post in posts[:SHOWN]]
    groups = inside.came(me, wish, seen=mix.seen, told=told, now=clock.now())
    return Missed(
        posts=posts[:SHOWN],
        rest=len(posts[SHOWN:]),
        is_open=is_open,
        because=because,
        words=_words(me, [*posts[:SHOWN], *(post for each in groups for post in each.posts)]),
        groups=groups,
        invitations=waiting,
        is_asked=is_asked,
        until=until,
    )


def _above(me: Member, mix: Mix, start: int) -> tuple[list[Post], dict[int, str], bool]:
    """What stands on her home above a key, why some of it is there, and whether there is more than was looked at."""
    people = timeline.people_of(me)
    posts: list[Post] = []
    because: dict[int, str] = {}
    before = ""
    for _ in range(PAGES):
        page = timeline.page(me, people, mix, before)
        fresh = [post for post in page.posts if post.pk > start]
        posts += fresh
        because |= page.because
        before = page.older
        if len(fresh) < len(page.posts) or not before:
            return posts, because, False
    return posts, because, True


def _invitations(me: Member, wish: Wish) -> tuple[int, bool]:
    """How many wait, and whether that is a reason for this mail: one came since the last, and no other mail says so."""
    waiting = list(Invitation.objects.to(me).order_by().values_list("pk", flat=True)[:MOST_ASKED])
    last = Digest.objects.filter(member=me, mailed_at__isnull=False).order_by("-due_at").values_list("pk", flat=True)
    lately = max(ids.floor_at(clock.now() - period(wish.rhythm)), last.first() or 0)
    return len(waiting), any(key >= lately for key in waiting) and not is_mailed(me, "invitations")


def _words(me: Member, posts: list[Post]) -> dict[int, str]:
    """How each begins; of what hangs on a silent one, only what this member sees of it."""
    silent = [post.pk for post in posts if not post.body]
    hung = kinds.words(Viewer(me), silent) if silent else {}
    said = {key: " – ".join(text.split("\n")[:2]) for key, text in hung.items()}
    return {post.pk: excerpt(post.body or said.get(post.pk, ""), EXCERPT) for post in posts}
