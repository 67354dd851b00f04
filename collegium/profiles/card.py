"""The picture of a public profile that others show where somebody links to it: `/in/<handle>/card.png`.

Drawn by a process of its own (`card_child`), kept on disk under a hash of what stands on it, and drawn anew a month
later, so that nothing of somebody who left stays longer.
"""

import contextlib
import json
import logging
import os
import secrets
import subprocess
import sys
import threading
import time
from hashlib import blake2b
from math import cos, radians, sin
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from collegium.accounts import community
from collegium.audience.door import Request
from collegium.audience.viewer import NOBODY
from collegium.lib.limits import limit
from collegium.media.storage import name_of
from collegium.members.models import Member
from collegium.profiles import circle
from collegium.ui import faces

DESIGN = 1
SECONDS, AT_ONCE, PATIENCE, KEPT_SECONDS = 10, 1, 5, 30 * 24 * 3600
FONTS = Path(faces.__file__).parent / "fonts"
_COMMAND = [sys.executable, "-E", "-s", "-m", "collegium.profiles.card_child"]
_CLONE = Path(__file__).resolve().parents[2]
# Nothing of ours is inherited: no address of the database, no secret.
_ENVIRONMENT = {"VIPS_CONCURRENCY": "1", "MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}
_places = threading.BoundedSemaphore(AT_ONCE)
log = logging.getLogger(__name__)


@require_safe
@limit("profiles.card", "120/10m", reads=True)
def card(request: Request, handle: str) -> HttpResponse:
    """The card of a profile that anybody may open; of any other there is none, whoever asks.

    Raises:
        Http404: so it is, or it cannot be drawn at this moment.
    """
    sight = circle.sight(NOBODY, handle)
    if sight is None:
        raise Http404
    response = HttpResponse(_kept(sight.person), content_type="image/png")
    # Kept nowhere on the way: the profile may close at any moment.
    response["Cache-Control"] = "no-cache"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if not sight.person.indexed:
        response["X-Robots-Tag"] = "noindex"
    return response


def path(person: Member) -> str:
    """Where the card is; the address changes when what stands on it does, so that copies elsewhere grow old."""
    return f"{person.path}card.png?v={_key(person)[:12]}"


def sweep() -> None:
    """Delete the cards drawn a month ago or earlier."""
    before = time.time() - KEPT_SECONDS
    for file in _folder().glob("*/*.png"):
        with contextlib.suppress(FileNotFoundError):
            if file.stat().st_mtime < before:
                file.unlink()


def _said(person: Member) -> dict[str, object]:
    return {
        "name": person.name,
        "headline": person.headline,
        "place": person.place,
        "site": community.current().name,
        "letters": faces.initials(person.name),
        "face": _colour(person.handle),
    }


def _key(person: Member) -> str:
    said = json.dumps([DESIGN, person.photo, _said(person)], ensure_ascii=False)
    return blake2b(said.encode(), digest_size=20).hexdigest()


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "cards"


def _kept(person: Member) -> bytes:
    """The card from the disk, or drawn now and put there in one step."""
    key = _key(person)
    place = _folder() / key[:2] / f"{key}.png"
    with contextlib.suppress(FileNotFoundError):
        return place.read_bytes()
    drawn = _drawn(person)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    beside = place.with_name(f".{key}.{secrets.token_hex(8)}")
    beside.write_bytes(drawn)
    beside.replace(place)
    return drawn


def _drawn(person: Member) -> bytes:
    request = json.dumps(_said(person) | {"fonts": str(FONTS)}).encode() + b"\n"
    if not _places.acquire(timeout=PATIENCE):
        raise Http404
    try:
        done = subprocess.run(
            _COMMAND,
            input=request + _photo(person),
            capture_output=True,
            timeout=SECONDS,
            env=_ENVIRONMENT | {"PATH": os.defpath},
            cwd=_CLONE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Http404 from None
    finally:
        _places.release()
    if done.returncode or not done.stdout.startswith(b"\x89PNG"):
        log.warning("a card's process ended with %d: %s", done.returncode, done.stderr[:2000].decode(errors="replace"))
        raise Http404
    return done.stdout


def _photo(person: Member) -> bytes:
    if not person.photo:
        return b""
    with contextlib.suppress(FileNotFoundError), default_storage.open(name_of(person.photo, 512)) as file:
        return bytes(file.read())
    return b""


def _colour(handle: str) -> list[int]:
    """The colour of a face without a photo, as `avatar.css` has it: oklch(.52 .095 hue), in sRGB."""
    hue = radians((20 + 15 * int(faces.palette(handle).split()[0].removeprefix("hue-"))) % 360)
    light, a, b = 0.52, 0.095 * cos(hue), 0.095 * sin(hue)
    long, medium, short = (
        (light + x * a + y * b) ** 3
        for x, y in ((0.3963377774, 0.2158037573), (-0.1055613458, -0.0638541728), (-0.0894841775, -1.2914855480))
    )
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return [_eight_bits(part) for part in linear]


def _eight_bits(part: float) -> int:
    part = min(max(part, 0.0), 1.0)
    return round(255 * (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055))
