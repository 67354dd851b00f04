"""A browser that only fetches: keep-alive connections in a closed loop, one request at a time each."""

import http.client
import random
import threading
import time
from dataclasses import dataclass, field


@dataclass
class Result:
    """What a run of one kind of page came to."""

    milliseconds: list[float] = field(default_factory=list)
    bytes: int = 0
    seconds: float = 0.0
    wrong: int = 0

    def at(self, share: float) -> float:
        """The time that this share of the pages stayed below, in milliseconds."""
        ordered = sorted(self.milliseconds)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]

    @property
    def per_second(self) -> float:
        """Pages a second over the whole run."""
        return len(self.milliseconds) / self.seconds if self.seconds else 0.0

    @property
    def mean_bytes(self) -> float:
        """Bytes of an average answer as it went over the wire, head left out."""
        return self.bytes / max(len(self.milliseconds), 1)


def fetch_all(port: int, requests: list[tuple[str, str]], *, at_once: int, seconds: float, seed: int = 1) -> Result:
    """Fetch pages for some seconds.

    Args:
        port: on this machine.
        requests: path and session key of each; taken in a random order again and again.
        at_once: how many connections, each with one request under way.
        seconds: for how long.
        seed: of the order.
    """
    result, lock = Result(), threading.Lock()
    end = time.perf_counter() + seconds

    def one(place: int) -> None:
        order = random.Random(seed * 1000 + place)  # noqa: S311 - an order, not a secret
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        mine = Result()
        while time.perf_counter() < end:
            path, session = order.choice(requests)
            head = {"Accept-Encoding": "gzip"} | ({"Cookie": f"sessionid={session}"} if session else {})
            start = time.perf_counter()
            connection.request("GET", path, headers=head)
            answer = connection.getresponse()
            body = answer.read()
            mine.milliseconds.append((time.perf_counter() - start) * 1000)
            mine.bytes += len(body)
            mine.wrong += answer.status != http.HTTPStatus.OK
        with lock:
            result.milliseconds += mine.milliseconds
            result.bytes += mine.bytes
            result.wrong += mine.wrong

    begun = time.perf_counter()
    threads = [threading.Thread(target=one, args=(place,)) for place in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result.seconds = time.perf_counter() - begun
    return result
