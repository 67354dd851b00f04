"""Home by points, worked out anew from the rows in plain Python: what `feed.ranking` is held against.

Follows the sentences on the page that publishes the formula, one by one. Whether a post is seen at all is asked of the
rule of sight; who knows whom, of the reference of the graph.
"""

from dataclasses import dataclass

from collegium.audience.viewer import Viewer
from collegium.feed.models import Comment, Mix, Post, PostTopic, Reaction, State, TopicFollow
from collegium.graph.tests.reference import Network
from collegium.members.models import Member
from collegium.ties.models import Distance, Follow

HOUR, DAYS_90 = 3_600_000, 90 * 24 * 3_600_000
RUNGS = Distance.Rung


def ms(key: int) -> int:
    return key >> 21


@dataclass
class Home:
    """One reader at one moment.

    Attributes:
        me: the reader.
        moment: a key.
        weights: by the name of the term.
    """

    me: Member
    moment: int
    weights: dict[str, int]

    def __post_init__(self) -> None:
        self.network = Network()
        key = self.me.pk
        self.tied = {other for other in self.network.tied[key] if self.stands(other)}
        self.followed = set(Follow.objects.filter(follower=key).values_list("followee_id", flat=True))
        kept = dict(Distance.objects.filter(member=key).values_list("other_id", "rung"))
        self.silent = {other for other, rung in kept.items() if rung in (RUNGS.MUTED, RUNGS.RESTRICTED)}
        self.work = {other for other, rung in kept.items() if rung == RUNGS.WORK_ONLY}
        self.topics = set(TopicFollow.objects.filter(member=key).values_list("topic_id", flat=True))
        self.about = set(PostTopic.objects.filter(topic__in=self.topics).values_list("post_id", flat=True))
        self.comments = list(Comment.objects.select_related("post", "parent"))
        self.reactions = list(Reaction.objects.select_related("post", "comment"))

    def stands(self, other: int) -> bool:
        """In good standing, and no block between."""
        parted = {(self.me.pk, other), (other, self.me.pk)} & self.network.blocks
        return not parted and self.network.people[other].standing == "active"

    def comes(self, post: Post) -> bool:
        """From somebody she reads, or about a topic she follows; nobody she keeps away."""
        read = post.author_id == self.me.pk or post.author_id in self.tied | self.followed
        kept = post.author_id in self.silent or (post.facet == "personal" and post.author_id in self.work)
        return not kept and (read or post.pk in self.about)

    def value(self, name: str, post: Post) -> int:
        """0 to 100."""
        match name:
            case "recency":
                halves, rest = divmod(max(ms(self.moment) - ms(post.pk), 0) // HOUR, 24)
                return 0 if halves >= 7 else int(100 * (48 - rest) / 48 / 2**halves + 1e-9)
            case "closeness":
                if post.author_id == self.me.pk or post.author_id in self.network.tied[self.me.pk]:
                    return 100
                second = self.network.degree(self.me.pk, post.author_id) == 2
                return 60 if post.author_id in self.followed else 30 if second else 0
            case "answered":
                times, value = self.answers(post.author_id), 0
                while times:
                    times, value = times // 2, value + 20
                return min(value, 100)
            case "conversation":
                return min(25 * len({said.author_id for said in self.comments if self.talks(said, post)}), 100)
            case "reactions":
                felt = [each for each in self.reactions if each.post_id == post.pk and each.pk <= self.moment]
                return min(20 * len([1 for each in felt if self.knows(each.member_id, post)]), 100)
            case _:
                return 100 if post.pk in self.about else 0

    def knows(self, person: int, post: Post) -> bool:
        """A connection whose doings count under this post."""
        return person in self.tied - self.silent and person != post.author_id

    def talks(self, said: Comment, post: Post) -> bool:
        """A comment that she can read, by somebody who counts."""
        if said.post_id != post.pk or said.pk > self.moment or said.state != State.SHOWN:
            return False
        return self.knows(said.author_id, post) and Comment.objects.visible_to(Viewer(self.me)).contains(said)

    def answers(self, author: int) -> int:
        """How often she answered somebody, in 90 days."""
        if author == self.me.pk:
            return 0
        since = ms(self.moment) - DAYS_90
        said = [
            each
            for each in self.comments
            if each.author_id == self.me.pk
            and each.state != State.GONE
            and each.pk <= self.moment
            and ms(each.pk) >= since
            and author in (each.post.author_id, each.parent.author_id if each.parent else None)
        ]
        felt = [
            each
            for each in self.reactions
            if each.member_id == self.me.pk
            and each.pk <= self.moment
            and ms(each.pk) >= since
            and author == (each.post or each.comment).author_id  # type: ignore[union-attr]
        ]
        return len(said) + len(felt)

    def score(self, post: Post) -> int:
        return sum(weight * self.value(name, post) for name, weight in self.weights.items())

    def order(self, mix: Mix) -> list[tuple[int, int]]:
        """Key and score of every post, in order, the cap kept from the top."""
        seen = [post for post in Post.objects.visible_to(Viewer(self.me)) if self.comes(post)]
        newest = sorted(seen, key=lambda post: -post.pk)[:300]
        shown: list[Post] = []
        for post in sorted(newest, key=lambda post: (-self.score(post), -post.pk)):
            if post.facet == "personal" and mix.one_in > 1:
                before = [each.facet == "personal" for each in shown]
                near, share = any(before[-(mix.one_in - 1) :]), sum(before[-49:])
                if near or share >= 50 // mix.one_in:
                    continue
            shown.append(post)
        return [(post.pk, self.score(post)) for post in shown]
