"""The line on home below which everything was seen: once, wherever it falls."""

import pytest

from collegium.feed import actions as feed
from collegium.feed import timeline
from collegium.testing.cast import Cast

pytestmark = pytest.mark.django_db
LINE = "You’re caught up. What follows"


@pytest.mark.parametrize("fresh", [1, timeline.PAGE - 1, timeline.PAGE, timeline.PAGE + 1, 2 * timeline.PAGE])
def test_the_line_stands_once_where_what_is_new_ends(cast: Cast, fresh: int) -> None:
    browser = cast.client("ada")
    for number in range(timeline.PAGE + 5):
        feed.post(cast.bo, f"Seen-{number:02}.")
    browser.get("/")
    for number in range(fresh):
        feed.post(cast.bo, f"Fresh-{number:02}.")
    read, path = "", "/"
    while path:
        page = browser.get(path, headers={"HX-Request": "true"} if path != "/" else {}).content.decode()
        read += page
        path = (
            page.split('class="older"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
            if 'class="older"' in page
            else ""
        )
    assert read.count(LINE) == 1
    above, below = read.split(LINE)
    assert above.count("Fresh-") == read.count("Fresh-")
    assert below.count("Seen-") == read.count("Seen-")


def test_no_line_where_nothing_is_new_to_end(cast: Cast) -> None:
    feed.post(cast.bo, "The first.")
    assert LINE not in cast.client("ada").get("/").content.decode()
