"""Handing something to a stranger's server, under the same judgement as asking it."""

import http.client
from collections.abc import Mapping
from typing import NamedTuple

from collegium.lib.fetch.client import HEAD, SECONDS, agent
from collegium.lib.fetch.places import place_of
from collegium.lib.fetch.policy import PUBLIC, Policy
from collegium.lib.fetch.refused import RefusedError
from collegium.lib.fetch.wire import Deadline, connect, speak


class Answer(NamedTuple):
    """What the server said to it: the status, and after how many seconds one may try again (0: it does not say)."""

    status: int
    retry_after: int


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, seconds: float = SECONDS, policy: Policy | None = None
) -> Answer:
    """Send a body to an address. Redirects are not followed, and what comes back is not read.

    Args:
        url: where to.
        body: what, in bytes.
        headers: beside those every request has.
        seconds: for everything together.
        policy: who may be spoken to.

    Raises:
        RefusedError: the address may not be spoken to, or nobody answered.
    """
    place = place_of(url)
    line = connect(place, policy or PUBLIC, Deadline(seconds), HEAD)
    try:
        own = {"User-Agent": agent(), "Content-Length": str(len(body))}
        answer = speak(line, place, "POST", own | dict(headers), body)
        wait = answer.headers.get("Retry-After") or ""
        return Answer(answer.status, int(wait) if wait.isascii() and wait.isdecimal() and len(wait) < 8 else 0)
    except (http.client.HTTPException, ValueError):
        raise RefusedError("broken") from None
    except TimeoutError:
        raise RefusedError("slow") from None
    except OSError:
        raise RefusedError("unreachable") from None
    finally:
        line.hang_up()
