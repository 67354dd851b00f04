"""The community inside this very process: its database held, Django set up. For the words that work on it and leave."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from collegium.cli.running import found
from collegium.lib.postgres import open_database


@contextmanager
def house() -> Iterator[None]:
    """Start the database when it does not run, bring it up to date, and stop it afterwards when nobody else needs it.

    Raises:
        DatabaseError: the database cannot be had.
    """
    from collegium.config.options import options

    try:
        options.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SystemExit(f"The data directory {options.data} cannot be made: {error.strerror}.") from None
    database = open_database(options.data, options.database_url)
    with database.held() as url:
        os.environ |= {"DATABASE_URL": url, "COLLEGIUM_DATA": str(options.data), "COLLEGIUM_LOG_LEVEL": "WARNING"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "collegium.config.settings"
        os.environ.setdefault("COLLEGIUM_PUBLIC_URL", options.public_url or _address(options))
        _refresh()
        import django
        from django.db import connections

        from collegium.cli.prepare import migrate

        django.setup()
        try:
            migrate()
            yield
        finally:
            connections.close_all()


def _address(options: Any) -> str:
    """Where links lead: to the server that runs on this data, or to where one would."""
    there = found(options.data) or {}
    return str(there.get("address") or f"http://127.0.0.1:{options.port}")


def _refresh() -> None:
    """Read the options again, now that the address of the database is among them."""
    import importlib

    from collegium.config import options as module

    importlib.reload(module)
