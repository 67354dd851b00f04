"""The database server, embedded or elsewhere, behind one small interface.

`open_database` chooses: an address of an external PostgreSQL, or a server of our own inside the data directory.
Everything that needs the database wraps its work in `database.held(tell)`; the last one to let go stops an embedded
server. Nothing in this package imports Django, so that the supervisor stays small.
"""

from pathlib import Path

from collegium.lib.postgres.database import Database, DatabaseError, Tell, quiet
from collegium.lib.postgres.embedded import EmbeddedServer
from collegium.lib.postgres.external import ExternalServer

__all__ = ["Database", "DatabaseError", "EmbeddedServer", "ExternalServer", "Tell", "open_database", "quiet"]


def open_database(data: Path, url: str = "") -> Database:
    """Give the external server at `url` when there is one, else the embedded server that lives under `data`."""
    return ExternalServer(url) if url else EmbeddedServer(data / "postgres", log=data / "logs" / "postgres.log")
