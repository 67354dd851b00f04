"""Many numbers in one parameter of a statement."""

from collections.abc import Iterable


def array(numbers: Iterable[int]) -> str:
    """Numbers as PostgreSQL reads an array: at a tenth of the cost of a list, which is sent number by number.

    The statement says of what kind it is: `%(keys)s::bigint[]`.
    """
    return "{" + ",".join(map(str, numbers)) + "}"
