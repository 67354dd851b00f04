"""One application on one port: the few asynchronous addresses, and Django behind its door for everything else."""

import asyncio
import contextlib
import gc
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collegium.config.settings")
django.setup(set_prefix=False)

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

from collegium.config.options import options
from collegium.config.wsgi import application as wsgi
from collegium.lib.serving.door import Door
from collegium.lib.serving.log import RequestLog
from collegium.lib.serving.ready import Readiness
from collegium.portability.imports import arriving
from collegium.realtime import stream
from collegium.uploads import tus
from collegium.uploads.desk import desk

door = Door(
    wsgi, threads=options.web_threads, proxies=options.trusted_proxies, wide={arriving.ADDRESS: arriving.wide()}
)
readiness = Readiness()


async def healthz(_request: Request) -> PlainTextResponse:
    """The process lives; says nothing about the database."""
    return PlainTextResponse("alive\n")


async def readyz(_request: Request) -> PlainTextResponse:
    """The database answers and is up to date."""
    missing = await readiness.word()
    return PlainTextResponse(f"{missing or 'ready'}\n", status_code=503 if missing else 200)


def hang_up() -> None:
    """The end is near: what would stay open for long ends now, and can go on with another process."""
    stream.shutdown()
    desk.hang_up()


@asynccontextmanager
async def lifespan(_app: Starlette) -> AsyncIterator[None]:
    """What was loaded so far stays for good: the collector need never walk it again (it cost 100 ms at a time).

    SIGUSR1 is the web server's word that the end is near: open streams and uploads end, or they would hold it up.
    """
    gc.collect()
    gc.freeze()
    with contextlib.suppress(ValueError, NotImplementedError):
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, hang_up)
    yield
    await stream.closing()
    door.close()
    desk.close()
    readiness.close()


rooms = Starlette(
    routes=[
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/stream/", stream.endpoint),
        *tus.routes,
        Mount("", app=door),
    ],
    middleware=[Middleware(RequestLog)],
    lifespan=lifespan,
)
application = stream.keeping(rooms)
