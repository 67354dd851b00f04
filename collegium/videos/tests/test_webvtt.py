"""Captions: what the standard calls a file is read, what we write is plain, and everything else is refused."""

import pytest
from django.core.exceptions import ValidationError

from collegium.videos.webvtt import CUE_LIMIT, MOST_BYTES, MOST_CUES, Cue, read, words_of, written

FILE = """\ufeffWEBVTT - some title
Kind: captions

NOTE
not read

STYLE
::cue { color: red }

REGION
id:fred

one
00:01.000 --> 00:02.500 align:start position:10%
<v Ada>The <i>gates</i> open &amp; close.</v>

01:00:00.000 --> 01:00:01.000
Second line
of two.

00:00:00.100\t-->\t00:00:00.900
First.
"""


def test_cues_are_read_in_the_order_of_their_times() -> None:
    assert read(FILE.replace("\n", "\r\n").encode()) == [
        Cue(100, 900, "First."),
        Cue(1000, 2500, "The gates open & close."),
        Cue(3_600_000, 3_601_000, "Second line\nof two."),
    ]


def test_what_is_written_is_plain_and_reads_as_the_same() -> None:
    cues = [Cue(0, 61_005, "1 < 2 && <script>alert(1)</script> --> x"), Cue(70_000, 71_000, "تجربة")]
    text = written(cues)
    assert "<" not in text
    assert "00:00:00.000 --> 00:01:01.005" in text
    assert [cue.words for cue in read(text.encode())] == [cue.words for cue in cues]
    assert words_of(text) == "1 < 2 && <script>alert(1)</script> --> x\nتجربة".replace(" --> ", " --> ")


def cue(times: str = "00:00.000 --> 00:01.000", words: str = "Hello") -> bytes:
    return f"WEBVTT\n\n{times}\n{words}\n".encode()


REFUSED = {
    "nothing": b"",
    "no header": b"00:00.000 --> 00:01.000\nHello\n",
    "another word": b"WEBVTTX\n\n00:00.000 --> 00:01.000\nHello\n",
    "SubRip": b"1\n00:00:00,000 --> 00:00:01,000\nHello\n",
    "not UTF-8": b"WEBVTT\n\n00:00.000 --> 00:01.000\n\xff\xfe\n",
    "no cue": b"WEBVTT\n\nNOTE nothing\n",
    "commas": cue("00:00,000 --> 00:01,000"),
    "no spaces": cue("00:00.000-->00:01.000"),
    "backwards": cue("00:02.000 --> 00:01.000"),
    "no length": cue("00:01.000 --> 00:01.000"),
    "sixty seconds": cue("00:60.000 --> 00:61.000"),
    "ten hours": cue("10:00:00.000 --> 10:00:01.000"),
    "words without times": b"WEBVTT\n\nHello\n",
    "control characters": cue(words="a\x07b"),
    "a long cue": cue(words="a" * (CUE_LIMIT + 1)),
    "a large file": cue() + b"x" * MOST_BYTES,
    "many cues": b"WEBVTT\n\n" + b"00:00.000 --> 00:01.000\na\n\n" * (MOST_CUES + 1),
    "digits that are none": cue("٠٠:٠٠.٠٠٠ --> ٠٠:٠١.٠٠٠"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_such_file_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read(REFUSED[name])
    (sentence,) = refused.value.messages
    assert sentence.endswith(".")
    assert len(sentence) > 20
