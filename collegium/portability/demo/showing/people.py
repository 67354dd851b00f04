"""Who does what is shown: the demo people by handle, and what they carry to a post."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random

from django.db.models import F

from collegium.feed import actions as feed
from collegium.feed.attachments import Parts
from collegium.feed.models import Post, Reaction
from collegium.media.decode import AT_ONCE, process_image
from collegium.members.models import Member
from collegium.pictures import actions as pictures
from collegium.pictures.models import Picture
from collegium.portability.demo.showing.drawings import drawn
from collegium.portability.demo.showing.past import Past
from collegium.ties.models import Connection

Scene = tuple[Callable[[], str], str]
WARM = ("like", "insightful", "celebrate", "love", "like", "support")
SEED, SOON = 1958, timedelta(hours=2)


class Carrying(Parts):
    """What hangs on a post that no form was filled in for."""

    def __init__(self, hang: Callable[[Post, Member], object]) -> None:
        self.forms = []
        self.hang = hang

    @property
    def are_there(self) -> bool:
        """Something does."""
        return True

    def attach(self, post: Post, by: Member) -> None:
        """Hang it there."""
        self.hang(post, by)


class Stage:
    """The people, the past, and some chance that repeats."""

    def __init__(self, past: Past) -> None:
        self.past, self.rng = past, Random(SEED)  # noqa: S311 - chance that must repeat, not secrets
        self._members = Member.objects.in_bulk(field_name="handle")
        self.ada, self.kofi, self.mei = self["ada-lindqvist"], self["kofi-mensah"], self["mei-ling-chen"]

    def __getitem__(self, handle: str) -> Member:
        return self._members[handle]

    def friends(self, of: Member, most: int) -> list[Member]:
        """Some of her connections, the same every time."""
        keys = sorted(Connection.objects.filter(member=of).values_list("other__handle", flat=True))
        return [self[handle] for handle in self.rng.sample(keys, min(most, len(keys)))]

    def answers(self, post: Post, *, days: float, said: Sequence[tuple[str, str]]) -> None:
        """What some say under a post, half an hour after each other."""
        for number, (handle, words) in enumerate(said):
            with self.past.ago(days=days - (number + 1) / 48):
                feed.comment(post, words, by=self[handle])

    def liked(self, post: Post, most: int) -> None:
        """Some of her connections react, soon after it was said."""
        for member in self.friends(post.author, most) if post.author is not None else ():
            feed.react(post, self.rng.choice(WARM), by=member)
        self.past.move(Reaction.objects.filter(post=post), since=post.created_at + SOON)

    def felt(self, post: Post, people: Sequence[Member]) -> None:
        """Many react soon after it was said, all in one statement: one by one they would take as long as the rest."""
        until = min(post.created_at + SOON, self.past.now)
        keys = self.past.keys(post.created_at, until, len(people))
        rows = zip(people, keys, strict=True)
        Reaction.objects.bulk_create(
            Reaction(pk=key, member=member, post=post, kind=self.rng.choice(WARM)) for member, key in rows
        )
        Post.objects.filter(pk=post.pk).update(reaction_count=F("reaction_count") + len(people))

    def photographs(self, by: Member, scenes: Sequence[Scene]) -> list[tuple[Picture, str]]:
        """Drawn scenes as pictures of hers, each with what it shows; two encoded at a time, for that takes long."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            made = pool.map(lambda scene: process_image(drawn(scene[0]), None, "posted"), scenes)
            return [(pictures.take_in(by, images), alt) for images, (_scene, alt) in zip(made, scenes, strict=True)]
