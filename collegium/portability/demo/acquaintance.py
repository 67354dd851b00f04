"""Who of the demo people knows whom: by profession, employer, school, country, town; and a few know everybody."""

from collections.abc import Iterable
from itertools import combinations
from random import Random

from collegium.portability.demo.content import Community, Person

Pair = tuple[str, str]

SAME_EMPLOYER, SAME_SCHOOL, SAME_TOWN = 0.9, 0.55, 0.5
SAME_FIELD, SAME_COUNTRY, SAME_INTEREST, STRANGERS = 0.30, 0.26, 0.07, 0.018
MOST = 0.97


def pair(one: str, other: str) -> Pair:
    """Two people in the order in which a connection of theirs is written."""
    return (one, other) if one < other else (other, one)


def acquainted(community: Community, rng: Random, apart: set[Pair], centre: Iterable[str]) -> set[Pair]:
    """The connections, without those between people who are to stay strangers.

    Whoever answers somebody's post knows the author; beyond that chance decides, by what two people have in common
    and how sociable each is (a few are very, which gives the long tail that real networks have; those in the centre
    are).
    """
    sociable = {handle: min(7.0, rng.lognormvariate(0, 0.75)) for handle in community.people}
    sociable |= dict.fromkeys(centre, 3.0)
    known = {
        pair(comment.author, post.author)
        for post in community.posts
        for comment in post.comments
        if comment.author != post.author
    }
    people = sorted(community.people.values(), key=lambda person: person.handle)
    for one, other in combinations(people, 2):
        chance = _in_common(one, other) * sociable[one.handle] * sociable[other.handle]
        if rng.random() < min(MOST, chance):
            known.add(pair(one.handle, other.handle))
    return known - apart


def _in_common(one: Person, other: Person) -> float:
    """The greatest of the reasons for which two people could know each other."""
    reasons = [STRANGERS]
    if one.trade == other.trade:
        reasons.append(SAME_FIELD)
    if _employers(one) & _employers(other):
        reasons.append(SAME_EMPLOYER)
    if {school[0] for school in one.schools} & {school[0] for school in other.schools}:
        reasons.append(SAME_SCHOOL)
    if one.place == other.place:
        reasons.append(SAME_TOWN)
    if one.country == other.country:
        reasons.append(SAME_COUNTRY)
    if set(one.interests) & set(other.interests):
        reasons.append(SAME_INTEREST)
    return max(reasons)


def _employers(person: Person) -> set[str]:
    return {position[0] for position in person.positions} - {"Freelance"}


def readers(community: Community, known: set[Pair], rng: Random) -> list[tuple[str, str]]:
    """Who follows whom without being connected: those who write much are read by more than they know."""
    written: dict[str, int] = dict.fromkeys(sorted(community.people), 0)
    for post in community.posts:
        if post.audience in ("", "members", "everyone"):
            written[post.author] += 1
    authors, weights = list(written), [count**1.5 for count in written.values()]
    found = set()
    for follower in written:
        for author in rng.choices(authors, weights, k=rng.randint(0, 6)):
            if author != follower and pair(author, follower) not in known:
                found.add((follower, author))
    return sorted(found)
