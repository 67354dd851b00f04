"""The asynchronous side without a server: requests go straight to its routes, over the connection of the test."""

import asyncio
import base64
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connections
from django.middleware.csrf import _get_new_csrf_string, _mask_cipher_secret
from starlette.applications import Starlette

from collegium.testing.looping import run
from collegium.uploads import tus
from collegium.uploads.desk import desk

SECRET = _get_new_csrf_string()


class Answer:
    def __init__(self, messages):
        self.status = messages[0]["status"] if messages else 0
        self.headers = {name.decode(): value.decode() for name, value in messages[0]["headers"]} if messages else {}
        self.words = b"".join(message.get("body", b"") for message in messages[1:]).decode()

    @property
    def offset(self):
        return int(self.headers["upload-offset"])


class Sender:
    """Somebody's browser, as it speaks to `/uploads/`; `None` is signed out."""

    def __init__(self, client=None):
        self.app = Starlette(routes=tus.routes)
        self.app.router.redirect_slashes = False
        self.session = client.cookies[settings.SESSION_COOKIE_NAME].value if client else ""

    def headers(self, given):
        cookies = f"{settings.CSRF_COOKIE_NAME}={SECRET}; {settings.SESSION_COOKIE_NAME}={self.session}"
        usual = {
            "host": "localhost",
            "cookie": cookies,
            "tus-resumable": "1.0.0",
            "x-csrftoken": _mask_cipher_secret(SECRET),
            "sec-fetch-site": "same-origin",
        }
        named = usual | {name.replace("_", "-").lower(): value for name, value in given.items()}
        return [(name.encode(), str(value).encode("latin-1")) for name, value in named.items() if value is not None]

    async def asked(self, method, path, body=(), *, breaks=False, **headers):
        left, sent = list(body if isinstance(body, list | tuple) else [body]), []
        if "content_length" not in headers and left and not breaks:
            headers["content_length"] = sum(len(each) for each in left if isinstance(each, bytes))

        async def receive():
            if not left:
                return (
                    {"type": "http.disconnect"} if breaks else {"type": "http.request", "body": b"", "more_body": False}
                )
            piece = left.pop(0)
            piece = await piece() if callable(piece) else piece
            return {"type": "http.request", "body": piece, "more_body": bool(left) or breaks}

        async def send(message):
            sent.append(message)

        scope = {
            "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
            "http_version": "1.1", "scheme": "http", "headers": self.headers(headers), "server": ("localhost", 80),
            "client": ("127.0.0.1", 1), "root_path": "", "extensions": {},
        }  # fmt: skip
        await self.app(scope, receive, send)
        return Answer(sent)

    def ask(self, method, path, body=(), **given):
        return run(self.asked(method, path, body, **given))

    def begin(self, length, name="film.mp4", purpose="video", **given):
        values = {"filename": name, "purpose": purpose}
        said = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items())
        return self.ask("POST", "/uploads/", **({"upload_length": length, "upload_metadata": said} | given))

    def piece(self, path, offset, body, **given):
        kind = {"content_type": "application/offset+octet-stream", "upload_offset": offset}
        return self.ask("PATCH", path, body, **(kind | given))


@pytest.fixture(autouse=True)
def incoming(settings, tmp_path):
    """Files of tests lie in a folder of their own."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "incoming"


@pytest.fixture
def inside(db, monkeypatch):
    """Questions of the asynchronous side see what the test has written, one at a time."""
    shared = connections["default"]
    shared.inc_thread_sharing()
    pool = ThreadPoolExecutor(1)

    async def ask(question, *arguments):
        def answer():
            connections["default"] = shared
            return question(*arguments)

        return await asyncio.get_running_loop().run_in_executor(pool, answer)

    monkeypatch.setattr(desk, "ask", ask)
    yield
    pool.shutdown()
    shared.dec_thread_sharing()


@pytest.fixture
def sender(inside, cast):
    """Ada's browser."""
    return Sender(cast.client("ada"))


@pytest.fixture
def sender_of(inside, cast):
    return lambda name: Sender(cast.client(name) if name != "nobody" else None)
