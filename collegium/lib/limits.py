"""Limits on how often: token buckets in the database, shared by every process.

A bucket holds at most `capacity` tokens and gains `refill_per_second`; whoever acts takes tokens out. One statement
decides, under the lock of one row, so that two processes never give the last token away twice. The table is unlogged:
after a crash everybody starts with full buckets, which is cheaper than writing each request to the log.

Nobody is exempt, not even the machine itself: behind a proxy that was not named in `TRUSTED_PROXIES`, everybody has
the address of that proxy, and shares one bucket until it is.
"""

import functools
import hashlib
import ipaddress
import math
import re
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from django.conf import settings
from django.db import connection, models
from django.http import HttpRequest, HttpResponseBase

Response = TypeVar("Response", bound=HttpResponseBase)

LONGEST_KEY = 150
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_RATE = re.compile(r"(\d+)/(\d*)([smhd])")
_READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})

# A token is taken when there are enough; else nothing changes but `wait`, which tells the reader of the row.
_SPEND = """
WITH asked AS (SELECT %(key)s::text AS key, %(capacity)s::float8 AS capacity, %(rate)s::float8 AS rate,
                      %(cost)s::float8 AS cost, clock_timestamp() AS at)
INSERT INTO lib_bucket AS bucket (key, tokens, at, full_at, wait)
SELECT key, capacity - cost, at, at + make_interval(secs => cost / rate), 0 FROM asked
ON CONFLICT (key) DO UPDATE SET (tokens, at, full_at, wait) = (
    SELECT left_over, now.at, now.at + make_interval(secs => (asked.capacity - left_over) / asked.rate),
           CASE WHEN held >= asked.cost THEN 0 ELSE (asked.cost - held) / asked.rate END
    FROM asked,
         -- The clock is asked again: the row may have been waited for.
         LATERAL (SELECT greatest(clock_timestamp(), bucket.at) AS at) AS now,
         LATERAL (SELECT least(asked.capacity, greatest(bucket.tokens, 0)
                    + extract(epoch FROM now.at - bucket.at)::float8 * asked.rate) AS held) AS before,
         LATERAL (SELECT CASE WHEN held >= asked.cost THEN held - asked.cost ELSE held END AS left_over) AS after
)
RETURNING wait
"""


class Bucket(models.Model):
    """What is left for one key."""

    key = models.CharField(primary_key=True, max_length=LONGEST_KEY)
    tokens = models.FloatField()
    at = models.DateTimeField()
    full_at = models.DateTimeField()
    wait = models.FloatField()

    class Meta:
        app_label = "lib"
        db_table = "lib_bucket"


class TooMany(Exception):  # noqa: N818 - it is no error, it is an answer
    """Not yet. Carries the seconds to wait; `limits_middleware` makes a page of it."""

    def __init__(self, wait: float) -> None:
        super().__init__(f"wait {wait:.0f} s")
        self.wait = wait


class Rate(NamedTuple):
    """So many at once, and so many a second after that."""

    capacity: int
    refill_per_second: float


def spend(key: str, *, capacity: int, refill_per_second: float, cost: int = 1) -> float:
    """Take `cost` tokens from a bucket.

    Outside a transaction, please: within one the bucket stays locked until its end, and a rollback gives tokens back.

    Args:
        key: whose bucket of what ("network.invite:m:42").
        capacity: the most tokens it holds.
        refill_per_second: what it gains.
        cost: tokens to take, at most `capacity`.

    Returns:
        Seconds to wait before trying again; 0.0 when the tokens were taken.
    """
    if not 0 < cost <= capacity or refill_per_second <= 0:
        raise ValueError(f"a bucket of {capacity} refilled by {refill_per_second} cannot give {cost}")
    asked: dict[str, str | float] = {"key": _short(key), "capacity": capacity, "rate": refill_per_second, "cost": cost}
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, asked)
        (wait,) = cursor.fetchone()
    return float(wait)


def parse(rate: str) -> Rate:
    """Read "20/h", "5/10m", "100/7d": so many, all at once if need be, and as many again over that time."""
    found = _RATE.fullmatch(rate)
    if found is None or int(found[1]) == 0:
        raise ValueError(f"{rate!r} is not a rate such as 20/h or 5/10m")
    seconds = int(found[2] or 1) * _UNITS[found[3]]
    return Rate(int(found[1]), int(found[1]) / seconds)


def charge(scope: str, who: str, rate: str, cost: int = 1) -> None:
    """Take tokens or raise `TooMany`; for code that is not a view."""
    limits = parse(rate)
    wait = spend(f"{scope}:{who}", capacity=limits.capacity, refill_per_second=limits.refill_per_second, cost=cost)
    if wait > 0:
        raise TooMany(wait)


def limit(
    scope: str, rate: str, *, by: Callable[[HttpRequest], str] | None = None, reads: bool = False
) -> Callable[[Callable[..., Response]], Callable[..., Response]]:
    """Let a view through only so often.

    Args:
        scope: the name of the limit; views with the same scope share their buckets.
        rate: "20/h", "5/10m", "100/7d".
        by: whose bucket it is; by default the member's, and the address's for someone signed out.
        reads: count GET and HEAD too; otherwise only requests that may change something.
    """
    parse(rate)

    def decorate(view: Callable[..., Response]) -> Callable[..., Response]:
        @functools.wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
            if reads or request.method not in _READING:
                charge(scope, (by or requester)(request), rate)
            return view(request, *args, **kwargs)

        return limited

    return decorate


def requester(request: HttpRequest) -> str:
    """The bucket of whoever asks: of the member, wherever she is; of the address of someone signed out."""
    member = getattr(getattr(request, "viewer", None), "id", 0)
    return f"m:{member}" if member else by_address(request)


def by_address(request: HttpRequest) -> str:
    """The bucket of the address, whoever asks from there."""
    return f"a:{client_address(request)}"


def client_address(request: HttpRequest) -> str:
    """Where the request comes from, as one bucket: an IPv4 address, or the /64 that one IPv6 customer has whole.

    `X-Forwarded-For` counts only as far as proxies we trust wrote it: it is read from its end, and the first address
    that is not one of `settings.TRUSTED_PROXIES` is the client's.
    """
    trusted = _networks(tuple(getattr(settings, "TRUSTED_PROXIES", ())))
    address = _address(request.META.get("REMOTE_ADDR", ""))
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-10:] if trusted else []
    while hops and address is not None and any(address in network for network in trusted):
        named = _address(hops.pop())
        if named is None:
            break
        address = named
    if address is None:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network((int(address) >> 64 << 64, 64)))
    return str(address)


def sweep() -> int:
    """Delete the buckets that are full again; they say nothing that a missing one does not. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM lib_bucket WHERE full_at < clock_timestamp()")
        return cursor.rowcount


def seconds(wait: float) -> int:
    """A wait for the Retry-After header: whole seconds, at least one."""
    return max(1, math.ceil(wait))


def _short(key: str) -> str:
    """Keys may hold what people typed; long or odd ones are kept as their hash."""
    if len(key) <= LONGEST_KEY and key.isascii() and key.isprintable():
        return key
    return "#" + hashlib.sha256(key.encode(errors="replace")).hexdigest()


@functools.lru_cache(maxsize=8)
def _networks(proxies: tuple[str, ...]) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    return tuple(ipaddress.ip_network(proxy, strict=False) for proxy in proxies)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An address as proxies write it, with or without a port; an IPv4 address in IPv6 clothes is the IPv4 address."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
