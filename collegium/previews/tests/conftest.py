"""A page of somebody's, on this machine."""

from collections.abc import Iterator

import pytest
import pyvips

from collegium.lib.fetch.tests.server import Server, plain, serving
from collegium.previews import fetching

PICTURE = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"
HEAD = (
    '<html><head><meta charset="utf-8"><title>Plain title</title>'
    '<meta property="og:title" content="How bees vote &amp; why">'
    '<meta property="og:description" content="A hive decides &lt;b&gt;together&lt;/b&gt;.">'
    '<meta property="og:site_name" content="The Hive"><meta property="og:image" content="/bees.png"></head><body>'
)


def png(width: int = 1000, height: int = 500) -> bytes:
    return pyvips.Image.black(width, height, bands=3).linear([1, 1, 1], [200, 150, 40]).cast("uchar").pngsave_buffer()


@pytest.fixture
def page(monkeypatch, settings, tmp_path) -> Iterator[Server]:
    settings.MEDIA_ROOT = tmp_path
    with serving() as server:
        monkeypatch.setattr(fetching, "policy", server.policy())
        server.answers["/bees"] = plain(HEAD.encode())
        server.answers["/bees.png"] = plain(png(), PICTURE)
        yield server
