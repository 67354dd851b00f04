"""`collegium topics`: which topics there are, and which of them are one."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from collegium.cli.house import house

if TYPE_CHECKING:
    from collegium.feed.models import Topic

LISTED = 100
ABOUT = (
    "Topics that mean the same can be made one for everybody. The first leads to the second from then on: its page, "
    "whoever follows it, whoever silenced it. No post changes, and `split` takes it back."
)


def add(words: "argparse._SubParsersAction[argparse.ArgumentParser]", data: argparse.ArgumentParser) -> None:
    """The word and its deeds."""
    word = words.add_parser("topics", help="list topics, make two of them one, split them again", description=ABOUT)
    deeds = word.add_subparsers(title="deeds", metavar="DEED", required=True)
    listing_ = deeds.add_parser("list", parents=[data], help=f"the {LISTED} most used, with what leads to them")
    listing_.add_argument("word", nargs="?", default="", metavar="WORD", help="only those with these letters in them")
    listing_.set_defaults(run="collegium.cli.topics:listing")
    merge_ = deeds.add_parser("merge", parents=[data], help="make a topic part of another")
    merge_.add_argument("topic", metavar="TOPIC", help="the one that becomes part of the other, with or without #")
    merge_.add_argument("into", metavar="INTO", help="the one that stays")
    merge_.set_defaults(run="collegium.cli.topics:merge")
    split_ = deeds.add_parser("split", parents=[data], help="let a merged topic stand for itself again")
    split_.add_argument("topic", metavar="TOPIC", help="the one that became part of another")
    split_.set_defaults(run="collegium.cli.topics:split")


@contextmanager
def _inside() -> Iterator[None]:
    """Inside the community; what cannot be done is one sentence.

    Raises:
        SystemExit: the deed is refused.
    """
    with house():
        from collegium.lib.refusal import Conflict

        try:
            yield
        except Conflict as conflict:
            raise SystemExit(conflict.reason) from None


def listing(arguments: argparse.Namespace) -> int:
    """The most used first; a family counts as one."""
    with _inside():
        from django.db.models import Count

        from collegium.feed.models import PostTopic, Topic

        rows = Topic.objects.filter(same_as=None, slug__contains=_plain(arguments.word)).prefetch_related("others")
        counts = dict(PostTopic.objects.values_list("topic").annotate(number=Count("post")))
        counted = [(sum(counts.get(each.pk, 0) for each in (row, *row.others.all())), row) for row in rows]
        for count, row in sorted(counted, key=lambda each: (-each[0], each[1].slug))[:LISTED]:
            others = ", ".join(f"#{other.slug}" for other in row.others.all())
            print(f"{count:>7}  #{row.slug}" + (f"  (with {others})" if others else ""))
        if not counted:
            print("There is no such topic." if arguments.word else "Nobody has written about a topic yet.")
    return 0


def merge(arguments: argparse.Namespace) -> int:
    """Make two topics one."""
    with _inside():
        from collegium.feed.reading import actions, topics

        topic, into = _named(arguments.topic), _named(arguments.into)
        stands = actions.merge(topic, into, by=None)
        others = sorted(each.slug for each in topics.family(stands) if each.pk != stands.pk)
        print(f"#{topic.slug} is part of #{stands.slug} now, for everybody. {_count(stands)}")
        print(f"To #{stands.slug} lead: " + ", ".join(f"#{slug}" for slug in others))
        print(f"To take it back: collegium topics split {topic.slug}")
    return 0


def split(arguments: argparse.Namespace) -> int:
    """Let a topic stand for itself again."""
    with _inside():
        from collegium.feed.reading import actions

        topic = _named(arguments.topic)
        if not actions.part(topic, by=None):
            raise SystemExit(f"#{topic.slug} is part of no other topic.")
        print(f"#{topic.slug} stands for itself again. {_count(topic)}")
    return 0


def _plain(text: str) -> str:
    """What a shell passes on may be no text at all."""
    return text.strip().lstrip("#").encode("utf-8", "replace").decode().replace("\0", "").lower()


def _named(typed: str) -> "Topic":
    """The topic.

    Raises:
        SystemExit: nobody wrote about it.
    """
    from collegium.feed.reading.forms import topic_named

    found = topic_named(_plain(typed))
    if found is None:
        raise SystemExit(f"Nobody has written about #{_plain(typed)}.")
    return found


def _count(topic: "Topic") -> str:
    """How much is about it, its family included."""
    from collegium.feed.models import PostTopic
    from collegium.feed.reading import topics

    count = PostTopic.objects.filter(topic__in=topics.family(topic)).values("post").distinct().count()
    return f"{count} post{'' if count == 1 else 's'} about it."
