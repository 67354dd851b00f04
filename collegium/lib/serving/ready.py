"""Whether this process may be sent requests: the database answers, and its schema is the one this code expects."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

PATIENCE = 5.0


class Readiness:
    """Asks the database, in a thread of its own: a full pool of request threads must not look like a dead database."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="ready")
        self._schema_seen = False

    async def word(self) -> str:
        """Empty when ready, else what is missing, in a word or two."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(PATIENCE):
                return await loop.run_in_executor(self._thread, self._ask)
        except TimeoutError:
            return "database slow"

    def close(self) -> None:
        """Let the thread go."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _ask(self) -> str:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            if not self._schema_seen:
                executor = MigrationExecutor(connection)
                if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                    return "migrations missing"
                self._schema_seen = True
        except DatabaseError:
            return "database away"
        else:
            return ""
        finally:
            connection.close()
