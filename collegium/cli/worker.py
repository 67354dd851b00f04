"""The background worker: does the jobs that the journal's entries and the clock leave in the database."""

import asyncio
import contextlib
import gc

import django
import uvloop
from procrastinate import App
from procrastinate.exceptions import ConnectorException

CONCURRENCY = 4
PATIENCE_STOP = 4.0
# A worker that was killed leaves jobs behind; they are taken up again after this many seconds without a sign of life.
SIGN_OF_LIFE = 30


async def revive(app: App) -> None:
    """Take up, now and then, what a killed worker had begun. Jobs are written so that doing them twice does no harm."""
    while True:
        with contextlib.suppress(ConnectorException):
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SIGN_OF_LIFE):
                await app.job_manager.retry_job(job)
        await asyncio.sleep(SIGN_OF_LIFE / 2)


async def work() -> None:
    """Work until SIGTERM or SIGINT, then finish what is begun, for a few seconds at most."""
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector
    from procrastinate.jobs import DeleteJobCondition

    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError(connector)
    with app.replace_connector(connector.get_worker_connector()) as working:
        async with working.open_async():
            reviving = asyncio.create_task(revive(working))
            try:
                await working.run_worker_async(
                    name="collegium",
                    concurrency=CONCURRENCY,
                    shutdown_graceful_timeout=PATIENCE_STOP,
                    delete_jobs=DeleteJobCondition.SUCCESSFUL,
                )
            finally:
                reviving.cancel()


def main() -> None:
    """Load, freeze, work."""
    django.setup()
    gc.collect()
    gc.freeze()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work())


if __name__ == "__main__":
    main()
