"""What made-up members said, into the tables of the feed: numbers with ends from a stock of texts (see `copying`)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from collegium.lib.text import render
from collegium.portability.bulk import begun_anew, unburdened
from collegium.portability.demo import content
from collegium.portability.synth import copying
from collegium.portability.synth.activity import Felt, Said
from collegium.portability.synth.graph import Array

KINDS = ("like", "like", "like", "insightful", "celebrate", "support", "love", "funny")
NOTES = (
    "",
    "",
    "We met at the meeting in spring and did not finish our conversation. I would like to.",
    "A colleague of ours told me about your work. May I ask you a question now and then?",
    "We studied at the same school, a few years apart.",
    "I read what you wrote last week and agree with half of it. The other half interests me.",
    "I am moving into your field next year and would be glad to know somebody there.",
    "Thank you for your talk. I should like to stay in touch.",
)


@cache
def posts() -> Sequence[bytes]:
    """The posts of the demo community, as ends of rows: side, who may comment, text, rendered text."""
    return [
        copying.end("personal" if post.personal else "professional", "anyone", post.body, str(render(post.body).html))
        for post in content.read().posts
    ]


@cache
def comments() -> Sequence[bytes]:
    """Its comments: text, rendered text."""
    said = [comment.body for post in content.read().posts for comment in post.comments]
    return [copying.end(body, str(render(body).html)) for body in said]


def _counts(places: Array, of: int) -> Array:
    return np.bincount(places[places >= 0], minlength=of)


@dataclass(frozen=True)
class Talk:
    """All that was said, and how it was taken; `members` are the keys of those whose numbers it has."""

    members: Array
    posts: Said
    comments: Said
    felt: Felt

    def store_posts(self, cursor: Any) -> None:
        """Posts with the counts of what is under them."""
        replies, likes = (
            _counts(self.comments.about, len(self.posts.keys)),
            _counts(self.felt.post, len(self.posts.keys)),
        )

        def blocks() -> Iterator[bytes]:
            for at in copying.pieces(len(self.posts.keys)):
                heads = copying.rows(
                    ("int8", self.posts.keys[at]),
                    ("int8", self.members[self.posts.author[at]]),
                    ("int2", self.posts.about[at]),
                    ("int4", likes[at]),
                    ("int4", replies[at]),
                    more=4,
                )
                yield copying.joined(heads, posts(), self.posts.text[at])

        columns = "id, author_id, audience, reaction_count, comment_count, facet, commenting, body, html"
        with unburdened(cursor, "feed_post", len(self.posts.keys), uniques=True):
            copying.copy(cursor, "feed_post", columns, blocks(), frozen=begun_anew(cursor, "feed_post"))

    def store_comments(self, cursor: Any) -> None:
        """Comments: first those that answer no other, then the answers."""
        likes = _counts(self.felt.comment, len(self.comments.keys))

        def blocks(which: Array, *, answers: bool) -> Iterator[bytes]:
            for piece in copying.pieces(len(which)):
                at = which[piece]
                columns = [
                    ("int8", self.comments.keys[at]),
                    ("int8", self.posts.keys[self.comments.about[at]]),
                    ("int8", self.members[self.comments.author[at]]),
                    ("int4", likes[at]),
                ]
                if answers:
                    columns.append(("int8", self.comments.keys[self.comments.parent[at]]))
                yield copying.joined(copying.rows(*columns, more=2), comments(), self.comments.text[at])

        plain = "id, post_id, author_id, reaction_count"
        with unburdened(cursor, "feed_comment", len(self.comments.keys), uniques=True):
            frozen = begun_anew(cursor, "feed_comment")
            for answers, columns in ((False, plain), (True, f"{plain}, parent_id")):
                which = np.flatnonzero((self.comments.parent >= 0) == answers)
                rows = blocks(which, answers=answers)
                copying.copy(cursor, "feed_comment", f"{columns}, body, html", rows, frozen=frozen)

    def store_reactions(self, cursor: Any) -> None:
        """Reactions: first those to posts, then those to comments."""
        ends = [copying.end(kind) for kind in KINDS]

        def blocks(which: Array, targets: Array, keys: Array) -> Iterator[bytes]:
            for piece in copying.pieces(len(which)):
                at = which[piece]
                heads = copying.rows(
                    ("int8", self.felt.keys[at]),
                    ("int8", self.members[self.felt.member[at]]),
                    ("int8", keys[targets[at]]),
                    more=1,
                )
                yield copying.joined(heads, ends, self.felt.kind[at])

        with unburdened(cursor, "feed_reaction", len(self.felt.keys), uniques=True, primary=True):
            frozen = begun_anew(cursor, "feed_reaction")
            for column, targets, keys in (
                ("post_id", self.felt.post, self.posts.keys),
                ("comment_id", self.felt.comment, self.comments.keys),
            ):
                rows = blocks(np.flatnonzero(targets >= 0), targets, keys)
                copying.copy(cursor, "feed_reaction", f"id, member_id, {column}, kind", rows, frozen=frozen)


def store_invitations(cursor: Any, members: Array, asked: tuple[Array, Array, Array, Array]) -> None:
    """Pending invitations, each with its notice."""
    keys, senders, recipients, notes = asked
    cursor.execute(
        "CREATE TEMP TABLE synth_invitation (id int8, sender int8, recipient int8, note text) ON COMMIT DROP"
    )
    ends = [copying.end(note) for note in NOTES]
    heads = copying.rows(("int8", keys), ("int8", members[senders]), ("int8", members[recipients]), more=1)
    copying.copy(cursor, "synth_invitation", "id, sender, recipient, note", [copying.joined(heads, ends, notes)])
    with unburdened(cursor, "ties_invitation", len(keys)):
        cursor.execute("""
            INSERT INTO ties_invitation (id, sender_id, recipient_id, note, reply, state)
            SELECT id, sender, recipient, note, '', 'pending' FROM synth_invitation ORDER BY id""")
    with unburdened(cursor, "notifications_notification", len(keys)):
        cursor.execute("""
            INSERT INTO notifications_notification (id, recipient_id, actor_id, kind, cause, subject, data)
            SELECT id, recipient, sender, 'network.invited', 'invitation:' || id, id, '{}'
            FROM synth_invitation ORDER BY id""")
