"""What happens between starting the database and starting to serve: schema, static files, the first person.

A process of its own, so that the supervisor never loads Django. It writes to the terminal for people, and one JSON
object to the pipe whose number is in `COLLEGIUM_NEWS` for the supervisor: the set-up link of an empty network, the
demo's accounts.
"""

import hashlib
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import django
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

# Any number will do, as long as nobody else takes it: two hosts that start on one database wait for each other.
MIGRATING = 7_402_117


def main() -> None:
    """Prepare, telling what is done; leaves with one sentence when the data is not for this version."""
    django.setup()
    migrate()
    take_over()
    map_graph()
    collect()
    news = first_steps()
    if pipe := os.environ.get("COLLEGIUM_NEWS"):
        with os.fdopen(int(pipe), "w", encoding="utf-8") as out:
            json.dump(news, out)


def say(sentence: str) -> None:
    """Show progress at once."""
    print(f"  {sentence}", flush=True)


def migrate() -> None:
    """Bring the schema up to date, alone.

    Raises:
        SystemExit: the database was made by a newer Collegium.
    """
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
        try:
            loader = MigrationLoader(connection)
            strange = sorted(set(loader.applied_migrations) - set(loader.disk_migrations))
            if strange:
                name = ".".join(strange[0])
                raise SystemExit(f"The data was made by a newer Collegium (it has {name}); start that one.")
            executor = MigrationExecutor(connection)
            steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
            if steps:
                say(f"bringing the database up to date ({steps} steps)")
                call_command("migrate", verbosity=0, interactive=False)
            recognise()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])


def take_over() -> None:
    """Move what earlier loads have shelved into the rooms that have been built since."""
    from collegium.portability import careers, shelf

    if count := careers.take_over():
        say(f"{count:,} rows of earlier loads have moved into organisations and careers")
    if count := shelf.take_over():
        say(f"{count:,} rows of earlier loads have moved into groups")


def recognise() -> None:
    """Files of the graph beside a database that was restored are not its own, however much they look like it."""
    from collegium.graph import epoch

    if epoch.renew_if_restored():
        say("this database was restored: the graph's files will be written anew")


def map_graph() -> None:
    """See that the files of the graph are there before anybody asks: at a million members they take a minute."""
    from collegium.graph import index

    index.view()


def collect() -> None:
    """Gather the static files, named by their content and compressed, unless none of them changed."""
    from django.conf import settings
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    fingerprint = _fingerprint()
    stamp = root / ".made-from"
    if stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint:
        return
    say("preparing the static files")
    # Made beside its place and moved there whole: a start that was killed half-way leaves nothing half-made.
    fresh = root.with_name(f"{root.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    settings.STATIC_ROOT = str(fresh)
    call_command("collectstatic", verbosity=0, interactive=False)
    (fresh / ".made-from").write_text(fingerprint, encoding="ascii")
    shutil.rmtree(root, ignore_errors=True)
    fresh.rename(root)


def _fingerprint() -> str:
    """Changes when any static file does, those included that a finder makes up."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256(django.__version__.encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            with storage.open(path) as file:
                digest.update(f"{path}\0{storage.size(path)}\0".encode() + file.read())
    return digest.hexdigest()


def first_steps() -> dict[str, Any]:
    """On an empty network: fill it with the demo when asked to, else make the link for the first person."""
    from django.conf import settings

    from collegium.accounts.setup import setup_link

    if os.environ.get("COLLEGIUM_FILL_DEMO"):
        return {"accounts": fill()}
    link = setup_link(settings.PUBLIC_URL)
    return {"link": link} if link else {}


def fill() -> list[str]:
    """Fill an empty network with the demo community; as whom one can sign in, nobody when other people are here."""
    from collegium.cli.progress import Bar
    from collegium.portability.demo import fill_demo
    from collegium.portability.report import BundleError

    try:
        with Bar() as bar:
            return [str(account) for account in fill_demo(bar.show)]
    except BundleError as error:
        say(str(error))
        return []


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
