"""The order in which suggestions stand: by weight, but never long stretches of one kind, and some that lead far out."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

T = TypeVar("T")

IN_A_ROW = 3
EVERY = 5


def mix(
    ranked: Iterable[T], *, cluster: Callable[[T], Hashable], bridge: Callable[[T], bool], in_a_row: int = IN_A_ROW
) -> list[T]:
    """Reorder a ranked list.

    Every fifth place is the best of those that lead to where the viewer knows nobody, as long as there are any. Of one
    cluster at most so many stand in a row, as long as there is anybody else.

    Args:
        ranked: the best first.
        cluster: which bunch of people each belongs to.
        bridge: whether it leads somewhere new.
        in_a_row: the most of one cluster, one after the other.
    """
    waiting, order = list(ranked), list[T]()
    far = sum(map(bridge, waiting))
    while waiting:
        place = None
        if far and len(order) % EVERY == EVERY - 1:
            place = next(at for at, each in enumerate(waiting) if bridge(each))
        if place is None:
            place = _next(waiting, order[-in_a_row:], cluster, in_a_row)
        order.append(waiting.pop(place))
        far -= bridge(order[-1])
    return order


def _next(waiting: list[T], last: list[T], cluster: Callable[[T], Hashable], in_a_row: int) -> int:
    """The place of the best whose cluster has not just had its turn; of the very best when there is no other."""
    had = {cluster(each) for each in last}
    if len(last) < in_a_row or len(had) > 1:
        return 0
    return next((at for at, each in enumerate(waiting) if cluster(each) not in had), 0)
