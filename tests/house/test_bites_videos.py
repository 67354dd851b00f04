"""The guards of videos bite: with a fault planted in what they guard, each table and each refusal shows it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from collegium.audience.level import Level
from collegium.feed.models import Post
from collegium.media import keeping, videos
from collegium.media.tests.moving import lasting
from collegium.media.videos import UnusableVideoError
from collegium.testing.cast import Cast
from collegium.videos import files, preparing, webvtt
from collegium.videos.models import CaptionsQuerySet, Gone, Size, Video, VideoQuerySet
from collegium.videos.tests.conftest import folders  # noqa: F401 - a fixture
from collegium.videos.tests.helping import addresses, hung, ready

pytestmark = pytest.mark.django_db


def answers(cast: Cast, row: Video) -> set[int]:
    return {cast.client(name).get(each).status_code for name in ("di", "ed", "nobody") for each in addresses(row)}


def every_video(self: VideoQuerySet, viewer: Any) -> VideoQuerySet:
    return self


def every_level(self: VideoQuerySet, viewer: Any) -> VideoQuerySet:
    return self.filter(post__in=Post.objects.all())


@pytest.mark.parametrize("fault", [every_video, every_level])
def test_a_video_seen_without_its_post_shows(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: Callable[..., Any]
) -> None:
    row = ready(cast.ada, audience=Level.CONNECTIONS)
    assert answers(cast, row) == {404}
    monkeypatch.setattr(VideoQuerySet, "visible_to", fault)
    assert 200 in answers(cast, row)


def test_captions_seen_by_anybody_show(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = ready(cast.ada, audience=Level.CONNECTIONS)
    monkeypatch.setattr(CaptionsQuerySet, "visible_to", every_video)
    assert answers(cast, row) == {404, 200}


def test_files_deleted_though_a_row_needs_them_show(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = ready(cast.ada)
    address = f"{row.path}720.mp4"
    Gone.objects.create(file=row.sizes.get(height=720).file)
    files.clear()
    assert cast.client("ada").get(address).status_code == 200
    Gone.objects.create(file=row.sizes.get(height=720).file)
    monkeypatch.setattr(Size.objects, "filter", lambda **named: Size.objects.none())
    files.clear()
    assert cast.client("ada").get(address).status_code == 404


def test_an_original_that_stays_shows(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = hung(cast.ada)
    monkeypatch.setattr(preparing, "_let_go", lambda video: None)
    preparing.prepare(row.pk)
    assert preparing.sources.place_of(row.source).exists()


def test_a_file_that_is_not_noted_beforehand_would_stay_behind(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that dies between file and row leaves a note, by which the file is found; without the note it stays."""
    row = hung(cast.ada)
    monkeypatch.setattr(preparing.ending, "kept", keeping.keep)
    monkeypatch.setattr(Size.objects, "create", lambda **named: (_ for _ in ()).throw(OSError))
    preparing.prepare(row.pk)
    assert not Gone.objects.exists()
    monkeypatch.undo()
    monkeypatch.setattr(Size.objects, "create", lambda **named: (_ for _ in ()).throw(OSError))
    preparing.prepare(row.pk)
    assert Gone.objects.count() == 2


def test_a_length_that_is_not_asked_shows(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA_DIR = tmp_path
    (tmp_path / "long").write_bytes(lasting(36_000))
    with pytest.raises(UnusableVideoError):
        videos.look(tmp_path / "long")
    monkeypatch.setattr(videos, "MOST_SECONDS", 100_000)
    assert videos.look(tmp_path / "long").seconds == 36_000


def test_words_that_are_not_escaped_show(monkeypatch: pytest.MonkeyPatch) -> None:
    cues = [webvtt.Cue(0, 1, "<script>")]
    assert "<" not in webvtt.written(cues)
    monkeypatch.setattr(webvtt, "_escaped", lambda words: words)
    assert "<" in webvtt.written(cues)
