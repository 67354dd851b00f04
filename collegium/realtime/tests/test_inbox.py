"""What waits for one page."""

import pytest

from collegium.realtime.inbox import Stream, come_back
from collegium.realtime.lines import TOPICS


class Noting(Stream):
    """A stream that counts how often there was something to take."""

    stirred = 0

    def stir(self):
        self.stirred += 1


@pytest.fixture
def stream():
    return Noting(7, "session")


def test_the_same_thing_is_said_once(stream):
    stream.add("feed", 5)
    stream.add("post-1", 6)
    stream.add("feed", 9)
    assert stream.take() == b"event: feed\nid: 9\ndata:\n\nevent: post-1\nid: 9\ndata:\n\n"
    assert stream.take() == b""


def test_everything_swallows_the_rest(stream):
    stream.add("feed", 5)
    stream.add("reset")
    stream.add("post-1", 6)
    assert stream.take() == b"event: reset\nid: 6\ndata:\n\n"


def test_too_much_is_everything(stream):
    for number in range(TOPICS):
        stream.add(f"post-{number}", 1)
    stream.add("post-0", 2)
    assert stream.take().count(b"event:") == TOPICS
    for number in range(TOPICS + 1):
        stream.add(f"post-{number}", 3)
    assert stream.take() == b"event: reset\nid: 3\ndata:\n\n"


def test_a_beat_moves_the_mark_but_is_no_event(stream):
    stream.beat(12)
    assert stream.take() == b": \nid: 12\n\n"
    stream.beat(3)
    assert stream.take() == b": \nid: 12\n\n", "a page never goes back"


def test_a_held_page_hears_nothing_until_it_is_released(stream):
    stream.hold()
    stream.add("feed", 1)
    stream.beat(1)
    assert stream.take() == b""
    assert not stream.stirred
    stream.release()
    assert stream.stirred
    assert stream.take().startswith(b"event: feed\n")


def test_bye_drops_what_waited(stream):
    stream.add("feed", 1)
    stream.hold()
    stream.end(bye=True)
    assert stream.ended
    assert stream.take() == b"event: bye\ndata:\n\n"


def test_a_held_page_that_ends_hears_nothing(stream):
    stream.add("feed", 1)
    stream.hold()
    stream.end()
    assert stream.take() == b""


def test_pages_do_not_come_back_all_at_once():
    times = {int(come_back(2).removeprefix(b"retry: ")) for _ in range(200)}
    assert min(times) >= 2000
    assert max(times) <= 6000
    assert len(times) > 50


def test_whoever_carries_it_hears_of_everything_that_comes(stream):
    for number, something in enumerate((lambda: stream.add("feed"), lambda: stream.beat(1), stream.end), 1):
        something()
        assert stream.stirred == number
