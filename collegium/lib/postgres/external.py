"""A PostgreSQL that somebody else runs; we only check that it is there and new enough."""

from urllib.parse import urlsplit

from collegium.lib.postgres.database import Database, DatabaseError, Tell

OLDEST = 180000


class ExternalServer(Database):
    """The server at an address; never started or stopped by us."""

    def __init__(self, url: str) -> None:
        self._url = url

    @property
    def url(self) -> str:
        """The address as it was given."""
        return self._url

    @property
    def _name(self) -> str:
        """The address without its password, for messages."""
        parts = urlsplit(self._url)
        return f"{parts.hostname or 'a local socket'}{parts.path}"

    def is_running(self) -> bool:
        """Whether a connection can be made."""
        try:
            self._version()
        except DatabaseError:
            return False
        return True

    def acquire(self, tell: Tell) -> None:
        """Check that the server answers and speaks the dialect that the migrations use."""
        tell(f"database at {self._name}")
        version = self._version()
        if version < OLDEST:
            message = f"The database at {self._name} is PostgreSQL {version // 10000}; Collegium needs 18 or newer."
            raise DatabaseError(message)

    def revive(self, tell: Tell) -> None:
        """Whoever runs it sees to that."""

    def release(self) -> None:
        """Nothing is ours to stop."""

    def _version(self) -> int:
        import psycopg  # noqa: PLC0415 - only those with an external server pay for the driver in the supervisor

        try:
            with psycopg.connect(self._url, connect_timeout=5) as connection:
                return connection.info.server_version
        except psycopg.Error as error:
            reason = (str(error).strip().splitlines() or ["no answer"])[-1].strip()
            message = f"The database at {self._name} cannot be reached: {reason}"
            raise DatabaseError(message) from None
