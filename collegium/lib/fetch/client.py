"""The client: one request, with nothing of ours in it and no trust in what comes back.

It sends no cookies, no credentials and no address of a page, knows no proxy, and says who it is.
"""

import http.client
import re
from collections.abc import Collection
from email.message import Message
from http import HTTPStatus
from typing import NamedTuple

from django.conf import settings

from collegium.lib.fetch import bodies
from collegium.lib.fetch.places import Place, onward, place_of
from collegium.lib.fetch.policy import PUBLIC, Policy
from collegium.lib.fetch.refused import RefusedError
from collegium.lib.fetch.wire import Deadline, Line, connect, speak

SECONDS = 8.0
REDIRECTS = 5
# What status line and headers may have together, of all answers before the last too ("100 Continue", again and again).
HEAD = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TYPE = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,100}")


class Fetched(NamedTuple):
    """What came: from where in the end, what it says it is, and it."""

    url: str
    type: str
    charset: str
    body: bytes


def fetch(
    url: str,
    *,
    types: Collection[str],
    most: int,
    cut: bool = False,
    seconds: float = SECONDS,
    policy: Policy | None = None,
) -> Fetched:
    """Ask for what lies at an address.

    Args:
        url: as somebody typed it.
        types: the kinds of content that are of use; others are not read.
        most: bytes it may have, unpacked.
        cut: take the beginning of a longer one instead of refusing it.
        seconds: for everything together: names, connections, redirects, body.
        policy: who may be asked.

    Raises:
        RefusedError: nothing came that is of use.
    """
    place, deadline = place_of(url), Deadline(seconds)
    for _hop in range(REDIRECTS + 1):
        line = connect(place, policy or PUBLIC, deadline, HEAD)
        try:
            answer = _ask(line, place, types)
            if answer.status in _REDIRECTS:
                place = onward(place, answer.headers.get("Location") or "")
                continue
            return _taken(answer, line, place, types, most, cut=cut)
        except (http.client.HTTPException, ValueError):
            raise RefusedError("broken") from None
        except TimeoutError:
            raise RefusedError("slow") from None
        except OSError:
            raise RefusedError("unreachable") from None
        finally:
            line.hang_up()
    raise RefusedError("redirects")


def agent() -> str:
    """Who asks, and where one learns more."""
    public = getattr(settings, "PUBLIC_URL", "")
    return f"Collegium/1.0 (+{public})" if public else "Collegium/1.0"


def _ask(line: Line, place: Place, types: Collection[str]) -> http.client.HTTPResponse:
    """Send the request and read the head of the answer."""
    wanted = {"Accept": f"{', '.join(types)}, */*;q=0.1", "Accept-Encoding": bodies.ENCODINGS}
    return speak(line, place, "GET", {"User-Agent": agent(), **wanted})


def _taken(
    answer: http.client.HTTPResponse, line: Line, place: Place, types: Collection[str], most: int, *, cut: bool
) -> Fetched:
    """The body of an answer that is of use.

    Raises:
        RefusedError: the answer is none ("status"), of no use ("type"), or broke off ("broken").
    """
    if answer.status != HTTPStatus.OK:
        raise RefusedError("status")
    kind, charset = _kind(answer.headers)
    if kind not in types:
        raise RefusedError("type")
    if not cut and (answer.length or 0) > most:
        raise RefusedError("large")
    # A body may be split into pieces with a word before each; nobody honest doubles it by that.
    line.incoming.budget = 2 * most + HEAD
    body = bodies.gather(answer.read, answer.headers.get("Content-Encoding") or "", most, cut=cut)
    # `http.client` gives a body that broke off as if it were whole.
    if answer.length and len(body) < most:
        raise RefusedError("broken")
    return Fetched(place.url, kind, charset, body)


def _kind(headers: Message) -> tuple[str, str]:
    """The declared type and charset, empty when they are none."""
    kind, _semicolon, rest = (headers.get("Content-Type") or "").lower().partition(";")
    named = re.search(r"charset\s{0,5}=\s{0,5}[\"']?([a-z0-9_.:-]{1,40})", rest[:200])
    return (kind.strip() if _TYPE.fullmatch(kind.strip()) else ""), (named[1] if named else "")
