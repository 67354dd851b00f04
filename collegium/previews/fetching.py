"""From an address to a row: asked once, kept for a week, and after a failure left alone for a day."""

import hashlib
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings

from collegium.lib import clock, limits
from collegium.lib.fetch import PUBLIC, Place, Policy, RefusedError, fetch, place_of
from collegium.lib.logs import logger
from collegium.lib.text import render
from collegium.media.decode import UnusableImageError, process_image, size_of
from collegium.media.storage import discard, store
from collegium.previews import page
from collegium.previews.models import Preview
from collegium.previews.page import Said

log = logger("collegium.previews")
# Replaced in tests, which ask their own machine.
policy: Policy = PUBLIC
FRESH, FAILED = timedelta(days=7), timedelta(days=1)
PAGES = ("text/html", "application/xhtml+xml")
PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/avif")
PICTURE_BYTES = 5 * 1024 * 1024
PICTURE_SECONDS = 6.0
SIZES = (1200, 480)
BY_AUTHOR, BY_HOST = "40/h", "60/10m"


def first_link(body: str) -> Place | None:
    """The first web address of a text that may be asked for, unless it leads to this community."""
    own = urlsplit(settings.PUBLIC_URL).hostname
    for link in render(body).links:
        if link.startswith(("http://", "https://")):
            try:
                place = place_of(link)
            except RefusedError:
                return None
            return None if place.host == own else place
    return None


def print_of(place: Place) -> str:
    """The hash under which its row is found."""
    return hashlib.sha256(place.url.encode()).hexdigest()


def preview_of(place: Place, author: int) -> Preview | None:
    """The preview of a page: as it is known, or asked for now.

    Args:
        place: the page.
        author: the member whose post names it; her hourly share is charged, and the host's.

    Returns:
        None when nothing can be shown.
    """
    row = Preview.objects.filter(print=print_of(place)).first()
    if row is not None and row.fetched_at > clock.now() - (FAILED if row.problem else FRESH):
        return _showable(row)
    try:
        limits.charge("previews.author", str(author), BY_AUTHOR)
        limits.charge("previews.host", place.host, BY_HOST)
    except limits.TooMany:
        return _showable(row)
    return _showable(_renewed(place, row))


def _showable(row: Preview | None) -> Preview | None:
    """What was once read of a page is shown on, also when the page cannot be reached now."""
    return row if row is not None and row.title else None


def _renewed(place: Place, row: Preview | None) -> Preview:
    """Ask the page, and write down what it said or why it said nothing."""
    row = row or Preview(print=print_of(place), url=place.url)
    row.fetched_at = clock.now()
    before = row.image
    try:
        said = page.read(fetch(place.url, types=PAGES, most=page.MOST_BYTES, cut=True, policy=policy))
        row.problem = "" if said.title else "untitled"
    except RefusedError as refused:
        said, row.problem = None, refused.reason
    if said is not None and said.title:
        row.title, row.description, row.site = said.title, said.description, said.site
        row.image, row.width, row.height = _picture(said)
    row.save()
    if before and before != row.image:
        discard(before)
    log.info("page asked", host=place.host, problem=row.problem, picture=bool(row.image))
    return row


def _picture(said: Said) -> tuple[str, int, int]:
    """Its picture, encoded anew and kept: key, width and height of the smaller size; nothing when there is none."""
    if not said.image:
        return "", 0, 0
    try:
        came = fetch(said.image, types=PICTURES, most=PICTURE_BYTES, seconds=PICTURE_SECONDS, policy=policy)
        files = process_image(came.body, None, "pinned")
        width, height = size_of(files[SIZES[-1]])
    except (RefusedError, UnusableImageError):
        return "", 0, 0
    return store(files), width, height
