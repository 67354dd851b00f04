"""What the rest of Collegium may ask of a database server."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

Tell = Callable[[str], None]


def quiet(_sentence: str) -> None:
    """Tell nobody: for callers that have nobody to show progress to."""


class DatabaseError(Exception):
    """The database cannot be had; the message is one sentence that a person can act on."""


class Server(Protocol):
    """A place where Collegium's database lives."""

    @property
    def url(self) -> str:
        """The address in the form of `DATABASE_URL`."""

    def is_running(self) -> bool:
        """Whether the server answers, without starting it."""

    def acquire(self, tell: Tell) -> None:
        """Start the server unless it runs, and keep it from being stopped until `release`."""

    def revive(self, tell: Tell) -> None:
        """Start a server that we hold and that has died; nothing when it runs or is not ours."""

    def release(self) -> None:
        """Let go; when nobody else holds the server and it is ours to stop, stop it."""


class Database(Server):
    """A server with the one idiom that callers use."""

    @contextmanager
    def held(self, tell: Tell = quiet) -> Iterator[str]:
        """Keep the server running for the length of a block, and give its address.

        Raises:
            DatabaseError: when the server cannot be started or reached.
        """
        self.acquire(tell)
        try:
            yield self.url
        finally:
            self.release()
