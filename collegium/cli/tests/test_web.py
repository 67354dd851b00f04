"""What the web server is started with."""

import multiprocessing
import resource
from typing import Any

import pytest

from collegium.cli import web
from collegium.realtime.hub import MOST


def test_open_pages_leave_room_for_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every open page keeps a connection; a worker that holds all the streams it may hold still answers."""
    given: dict[str, Any] = {}

    class Recorder:
        def __init__(self, *_target: Any, **options: Any) -> None:
            given.update(options)

        def serve(self, **_more: Any) -> None:
            given["files"] = resource.getrlimit(resource.RLIMIT_NOFILE)[0]

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    monkeypatch.setattr(web, "WebServer", Recorder)
    monkeypatch.setattr(web.os, "register_at_fork", lambda **_hooks: None)
    monkeypatch.setattr(web.gc, "freeze", lambda: None)
    monkeypatch.setattr(multiprocessing, "set_start_method", lambda *_method, **_more: None)
    monkeypatch.setenv("PGOPTIONS", "")
    wanted = MOST + web.BESIDE_STREAMS
    if hard != resource.RLIM_INFINITY and hard < wanted:
        pytest.fail(f"this machine permits {hard} open files, and a worker needs {wanted}")
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, soft), hard))
        web.main()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert given["backpressure"] >= wanted
    assert given["files"] >= wanted
