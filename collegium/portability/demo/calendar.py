"""When the demo people say what, told backwards from now, so that the community is always in the middle of its life."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from collegium.portability.demo.content import Community, Post

OLDEST, SETTLED, FRESH = 182.0, 5.0, 16.0  # days
# The hours at which people write, by how often.
HOURS = [7, 8, 8, 9, 10, 11, 12, 12, 13, 15, 16, 17, 18, 19, 19, 20, 20, 21, 21, 22]
LAST_WORD = timedelta(minutes=4)


@dataclass
class Dated:
    """A post and the moments of it and of its comments, in their order."""

    post: Post
    at: datetime
    comments: list[datetime]


def dated(community: Community, rng: Random, now: datetime) -> list[Dated]:
    """Every post with its moments, in the order of the files: chance must not depend on the hour of the day."""
    ages = _ages(community, rng)
    found = []
    for post, age in zip(community.posts, ages, strict=True):
        at = _moment(now, age, rng)
        found.append(Dated(post, at, _answers(post, at, now, rng)))
    return found


def _ages(community: Community, rng: Random) -> list[float]:
    """Days since each post: denser towards today, in the order of the files for each author, notes in the last days."""
    ages = [_age(post, rng) for post in community.posts]
    places: dict[str, list[int]] = {}
    for place, post in enumerate(community.posts):
        if post.age is None and not post.fresh:
            places.setdefault(post.author, []).append(place)
    for own in places.values():
        for place, age in zip(own, sorted((ages[place] for place in own), reverse=True), strict=True):
            ages[place] = age
    return ages


def _age(post: Post, rng: Random) -> float:
    if post.age is not None:
        return post.age + rng.random() / 2
    if post.fresh:
        return 0.05 + (FRESH - 0.05) * rng.random() ** 1.7
    return SETTLED + (OLDEST - SETTLED) * rng.random() ** 1.35


def _moment(now: datetime, age: float, rng: Random) -> datetime:
    """A likely hour of that day; of the last two days only how long ago it was."""
    if age < 2:
        return now - timedelta(days=age)
    day = (now - timedelta(days=age)).replace(minute=0, second=0, microsecond=0)
    return day.replace(hour=rng.choice(HOURS)) + timedelta(
        seconds=rng.randrange(3600), milliseconds=rng.randrange(1000)
    )


def _answers(post: Post, at: datetime, now: datetime, rng: Random) -> list[datetime]:
    """One after the other, minutes to days apart; drawn together where the post is too young for that."""
    gaps = [rng.lognormvariate(4.6, 1.1) for _comment in post.comments]
    room = (now - LAST_WORD - at).total_seconds() / 60
    scale = min(1.0, 0.9 * room / sum(gaps)) if gaps else 1.0
    moments, passed = [], 0.0
    for gap in gaps:
        passed += gap * scale
        moments.append(at + timedelta(minutes=passed))
    return moments
