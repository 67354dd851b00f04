"""A video becomes pieces that can be sought and a poster; what is no video is refused, and nothing is harmed by it."""

import io
import itertools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import pytest

from collegium.media import pieces, videos
from collegium.media.tests.moving import crowd, lasting, parts_of, renamed, turned, video
from collegium.media.videos import StoppedError, UnusableVideoError


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    return settings.DATA_DIR


@pytest.fixture
def file(tmp_path: Path) -> Callable[[bytes], Path]:
    def write(content: bytes) -> Path:
        place = tmp_path / "came"
        place.write_bytes(content)
        return place

    return write


def frames(path: Path) -> list[Any]:
    with av.open(str(path)) as container:
        return list(container.decode(video=0))


def test_a_video_becomes_pieces_with_key_frames_at_known_places(file, data) -> None:
    came = file(video(seconds=6))
    facts = videos.look(came)
    assert (facts.width, facts.height, facts.sound) == (64, 48, True)
    told: list[float] = []
    with videos.made(came, seconds=facts.seconds, tell=told.append) as made:
        (size,) = made.sizes
        assert made.seconds == pytest.approx(6, abs=0.1)
        assert [round(piece.seconds) for piece in size.pieces] == [4, 2]
        content = size.path.read_bytes()
        assert parts_of(content) == [b"ftyp", b"moov", b"moof", b"mdat", b"moof", b"mdat"]
        keys = [frame.time for frame in frames(size.path) if frame.key_frame]
        assert keys == [0.0, 4.0]
        # A piece can be read by itself, after what stands before the first.
        piece = size.pieces[1]
        alone = io.BytesIO(content[: size.head] + content[piece.at : piece.at + piece.length])
        with av.open(alone) as container:
            assert len(list(container.decode(video=0))) == 50
        with av.open(str(size.path)) as container:
            assert [each.codec_context.codec.canonical_name for each in container.streams] == ["h264", "aac"]
        assert made.poster.read_bytes()[8:12] == b"WEBP"
    assert told
    assert told == sorted(told)
    assert list((data / "preparing").iterdir()) == []


def test_large_ones_get_two_sizes_and_tall_ones_stay_tall(file) -> None:
    with videos.made(file(video(480, 854, 0.4, sound=None)), seconds=1) as made:
        assert [(size.width, size.height) for size in made.sizes] == [(480, 854), (360, 640)]
        assert "mp4a" not in made.sizes[0].codecs


def test_what_is_turned_is_shown_upright(file) -> None:
    came = file(turned(video(96, 48, 0.4)))
    assert (videos.look(came).width, videos.look(came).height) == (48, 96)
    with videos.made(came) as made:
        picture = frames(made.sizes[0].path)[0]
        assert (picture.width, picture.height) == (48, 96)
        grey = picture.reformat(format="gray").planes[0]
        top, bottom = bytes(grey)[10], bytes(grey)[grey.line_size * 90 + 10]
        # The lighter half was on the left; turned to the right it is above.
        assert top > bottom + 60


def test_an_uneven_pace_becomes_even(file) -> None:
    times = [0, 30, 1200, 1210, 1980]
    came = file(video(seconds=0.2, rate=25, sound=None, times=lambda number: times[number]))
    with videos.made(came) as made:
        shown = [frame.time for frame in frames(made.sizes[0].path)]
    steps = {round(after - before, 3) for before, after in itertools.pairwise(shown)}
    assert len(steps) == 1
    assert 1.9 <= shown[-1] <= 2.1
    assert len(shown) <= 2.1 * 30


def test_nothing_the_file_says_of_itself_goes_along(file) -> None:
    words = {"title": "canary-t1", "comment": "canary-c2", "location": "+48.1372+011.5756/", "artist": "canary-a3"}
    came = file(video(metadata=words, container_options={"movflags": "use_metadata_tags"}))
    assert b"canary-c2" in came.read_bytes()
    with videos.made(came) as made:
        for path in (made.poster, *(size.path for size in made.sizes)):
            content = path.read_bytes()
            assert not any(word.encode() in content for word in words.values())


def test_the_chosen_moment_is_the_poster(file) -> None:
    came = file(video(seconds=2, rate=10))
    kept = []
    for moment in (0.0, 1.5):
        with videos.made(came, poster=moment) as made:
            kept.append(made.poster.read_bytes())
    assert kept[0] != kept[1]


KINDS = {
    "H.264 in MP4": {},
    "H.264 in MOV": {"container": "mov"},
    "H.264 in MKV": {"container": "matroska"},
    "MPEG-4": {"codec": "mpeg4"},
    "HEVC": {"codec": "libx265", "options": {"preset": "ultrafast", "x265-params": "pools=1:log-level=none"}},
    "VP8 in WebM": {"container": "webm", "codec": "libvpx", "sound": "libopus", "options": {"deadline": "realtime"}},
    "VP9 in WebM": {
        "container": "webm",
        "codec": "libvpx-vp9",
        "sound": "libopus",
        "options": {"deadline": "realtime"},
    },
    "MP3 sound": {"sound": "libmp3lame"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_that_is_promised_is_read(file, kind: str) -> None:
    with videos.made(file(video(seconds=0.4, **KINDS[kind]))) as made:
        assert made.seconds == pytest.approx(0.4, abs=0.15)


def playlist() -> bytes:
    return b"#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zero bytes": ("empty", lambda: b""),
    "truncated": ("broken", lambda: video()[:900]),
    "truncated, its header at the end": ("broken", lambda: video()[:-400]),
    "a picture": ("unknown", lambda: b"\xff\xd8\xff\xe0" + bytes(400)),
    "a playlist": ("unknown", playlist),
    "a list of files": ("unknown", lambda: b"ffconcat version 1.0\nfile /etc/passwd\n"),
    "a web page": ("unknown", lambda: b"<!doctype html><script>alert(1)</script>"),
    "a page that says it is an MP4": ("broken", lambda: b"<!--ftypisom--><script>alert(1)</script>" * 20),
    "a playlist after the head of an MP4": ("broken", lambda: b"\0\0\0\x10ftypisom\0\0\0\0" + playlist()),
    "AVI": ("unknown", lambda: video(container="avi", sound="libmp3lame")),
    "MPEG-TS": ("unknown", lambda: video(container="mpegts")),
    "ten hours in the header": ("long", lambda: lasting(36_000)),
    "ten thousand streams": ("crowded", lambda: crowd(10_000)),
    "forty streams": ("crowded", lambda: crowd(40)),
    "MagicYUV": ("codec", lambda: renamed(b"M8Y0")),
    "PNG pictures": ("codec", lambda: video(codec="png", container="mov", pixels="rgb24")),
    "FLAC": ("audio_codec", lambda: video(sound="flac", container="matroska")),
    "sound alone": ("sound_only", lambda: video(codec=None)),
    "huge": ("huge", lambda: video(4352, 2448, 0.1, sound=None, options={"preset": "ultrafast"})),
    "wide beyond reason": ("huge", lambda: video(8192, 64, 0.1, sound=None, options={"preset": "ultrafast"})),
    "tiny": ("small", lambda: video(8, 8, codec="mpeg4")),
    "a thousand pictures a second": ("fast", lambda: video(rate=1000, seconds=0.1, sound=None)),
    "noise after a good head": ("broken", lambda: video()[:48] + os.urandom(4000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_taken_is_refused_with_a_sentence(file, name: str) -> None:
    problem, make = HOSTILE[name]
    with pytest.raises(UnusableVideoError) as refused:
        videos.look(file(make()))
    assert refused.value.problem == problem
    assert str(refused.value).endswith(".")
    assert len(str(refused.value)) > 20


def test_what_goes_on_too_long_is_refused_whatever_its_header_says(file) -> None:
    """Two pictures ten hours apart, in a container whose header says nothing of it."""
    data = video(
        seconds=0.12, sound=None, container="matroska", times=lambda number: number * 18_000_000,
        container_options={"live": "1"},
    )  # fmt: skip
    came = file(data)
    assert videos.look(came).seconds is None
    with pytest.raises(UnusableVideoError) as refused, videos.made(came):
        pass
    assert refused.value.problem == "long"


def test_whoever_does_not_want_it_any_more_ends_it(file, data) -> None:
    def stop(share: float) -> None:
        raise StoppedError

    with pytest.raises(StoppedError), videos.made(file(video(seconds=2)), tell=stop):
        pass
    assert list((data / "preparing").iterdir()) == []


def test_a_file_that_is_gone_is_said_to_be_gone(tmp_path) -> None:
    with pytest.raises(UnusableVideoError) as refused:
        videos.look(tmp_path / "nothing")
    assert refused.value.problem == "gone"


@pytest.mark.parametrize(
    "content", [b"", b"\0\0\0\x08ftyp", b"\0\0\0\x04moov", b"\xff\xff\xff\xffftyp", video()], ids=range(5)
)
def test_files_of_another_form_have_no_pieces(tmp_path, content: bytes) -> None:
    path = tmp_path / "made.mp4"
    path.write_bytes(content)
    with pytest.raises(ValueError):
        pieces.read(path, frames=25, each=100, pace=25)


def test_lists_name_every_byte_of_the_pieces() -> None:
    made = [pieces.Piece(100, 50, 4.0), pieces.Piece(150, 30, 1.5)]
    text = pieces.playlist("720.mp4", 100, made)
    assert '#EXT-X-MAP:URI="720.mp4",BYTERANGE="100@0"' in text
    assert "#EXTINF:1.50000,\n#EXT-X-BYTERANGE:30@150\n720.mp4\n#EXT-X-ENDLIST" in text
    assert "#EXT-X-TARGETDURATION:4" in text
    assert pieces.peak(made) == 160
    assert "BANDWIDTH=160,RESOLUTION=4x3" in pieces.choice([("720.m3u8", 4, 3, "avc1", 160)])
