"""Made once, by whoever took it up; told of as it goes; refused with a reason; taken up again after a death."""

import contextlib
from datetime import timedelta
from typing import Any

import pytest
import pyvips
from django.core.files.storage import default_storage
from procrastinate.contrib.django.models import ProcrastinateJob

from collegium.feed import actions as feed
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal
from collegium.media import videos as media
from collegium.media.tests.moving import video
from collegium.media.videos import Made, UnusableVideoError
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast
from collegium.uploads.models import Upload
from collegium.videos import actions, posing, preparing, sources, tasks
from collegium.videos.models import Gone, Size, State, Video
from collegium.videos.tests.helping import addresses, arrived, hung, send, the


def stored(row: Video) -> list[str]:
    """Names of its files."""
    return [*row.sizes.values_list("file", flat=True), Video.objects.get(pk=row.pk).poster]


def test_a_video_is_made_shown_and_its_original_deleted(cast: Cast, hear: Any) -> None:
    row = hung(cast.ada, poster_at=0.5)
    preparing.prepare(row.pk)
    made = the(row.post)
    assert (made.state, made.percent, made.run, made.attempts) == (State.READY, 100, "", 1)
    assert made.seconds == pytest.approx(1, abs=0.1)
    assert all(default_storage.exists(name) for name in stored(row))
    assert not sources.place_of(made.source).exists()
    assert not Upload.objects.exists()
    assert not Gone.objects.exists()
    browser = cast.client("bo")
    names = [f"{made.path}{name}" for name in ("video.m3u8", "48.m3u8", "48.mp4", "poster.webp")]
    assert [browser.get(each).status_code for each in names] == [200] * 4
    page = browser.get(row.post.path).content.decode()
    assert "<video-player" in page
    assert "0:01" in page
    hear()
    assert not Notification.objects.filter(kind__startswith="videos.").exists()


def test_done_twice_it_is_made_once(cast: Cast) -> None:
    row = hung(cast.ada)
    preparing.prepare(row.pk)
    files = stored(row)
    preparing.prepare(row.pk)
    assert stored(row) == files
    assert Size.objects.count() == 1


def test_whoever_lost_it_keeps_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second worker took it up while the first was still at it: the first throws away what it made."""
    row = hung(cast.ada)
    original = preparing.ending.finish

    def late(video: Video, run: str, made: Made) -> bool:
        Video.objects.filter(pk=video.pk).update(run="of somebody else")
        return original(video, run, made)

    monkeypatch.setattr(preparing.ending, "finish", late)
    preparing.prepare(row.pk)
    assert not Size.objects.exists()
    assert the(row.post).state == State.WORKING
    lost = list(Gone.objects.values_list("file", flat=True))
    assert len(lost) == 2
    tasks.sweep(0)
    assert not any(default_storage.exists(name) for name in lost)


def test_what_a_death_left_behind_is_not_deleted_before_its_row_could_be_written(cast: Cast) -> None:
    name = "ab/cd/" + "e" * 64 + ".mp4"
    Gone.objects.create(file=name, due_at=clock.now() + timedelta(hours=1))
    tasks.sweep(0)
    assert Gone.objects.filter(file=name).exists()


def test_nobody_takes_up_what_somebody_is_at(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = hung(cast.ada)
    Video.objects.filter(pk=row.pk).update(state=State.WORKING, run="mine", touched_at=clock.now())
    monkeypatch.setattr(preparing, "made", lambda *args, **more: pytest.fail("taken up"))
    preparing.prepare(row.pk)
    assert the(row.post).run == "mine"


def test_a_refusal_is_told_with_its_reason_until_another_file_is_there(cast: Cast, hear: Any) -> None:
    row = hung(cast.ada, data=video(codec="mpeg4")[:-300])
    hear()
    preparing.prepare(row.pk)
    failed = the(row.post)
    assert (failed.state, failed.problem) == (State.FAILED, "broken")
    assert sources.place_of(failed.source).exists()
    hear()
    hear()
    told = Notification.objects.get(recipient=cast.ada, kind="videos.failed")
    page = cast.client("ada").get("/notifications/").content.decode()
    assert "Your video could not be prepared" in page
    assert "damaged or incomplete" in page
    assert told.subject == row.post_id
    assert not Notification.objects.filter(kind="videos.failed").exclude(recipient=cast.ada).exists()
    Video.objects.filter(pk=row.pk).delete()
    assert "could not be prepared" not in cast.client("ada").get("/notifications/").content.decode()


def test_who_waited_long_is_told_that_it_is_ready(cast: Cast, hear: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from collegium.videos import notices

    row = hung(cast.ada)
    monkeypatch.setattr(notices, "LONG", -1)
    preparing.prepare(row.pk)
    hear()
    assert Notification.objects.filter(recipient=cast.ada, kind="videos.ready").count() == 1
    assert "Your video is ready" in cast.client("ada").get("/notifications/").content.decode()


def test_progress_is_written_down_and_a_deleted_post_ends_it(cast: Cast) -> None:
    row = hung(cast.ada)
    row.run = "mine"
    Video.objects.filter(pk=row.pk).update(state=State.WORKING, run="mine")
    telling = preparing.Telling(row, "mine", lambda: False)
    telling(0.43)
    assert the(row.post).percent == 43
    feed.delete_post(row.post, by=cast.ada)
    telling._last = 0.0
    with pytest.raises(media.StoppedError):
        telling(0.5)


def test_a_worker_that_ends_gives_it_back(cast: Cast) -> None:
    row = hung(cast.ada)
    preparing.prepare(row.pk, lambda: True)
    left = the(row.post)
    assert (left.state, left.run, left.attempts) == (State.WAITING, "", 0)
    assert sources.place_of(left.source).exists()


@contextlib.contextmanager
def broken(*args: Any, **more: Any) -> Any:
    raise OSError("the disk is full")
    yield


def test_a_fault_of_ours_is_tried_again_and_then_said(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = hung(cast.ada)
    monkeypatch.setattr(preparing, "made", broken)
    for attempt in range(preparing.ATTEMPTS):
        preparing.prepare(row.pk)
        assert (the(row.post).state, the(row.post).attempts) == (State.WAITING, attempt + 1)
    preparing.prepare(row.pk)
    assert (the(row.post).state, the(row.post).problem) == (State.FAILED, "stuck")


@pytest.mark.parametrize("state", [State.WAITING, State.WORKING])
def test_what_was_left_half_way_is_taken_up_again_once(cast: Cast, state: State) -> None:
    row = hung(cast.ada)
    old = clock.now() - preparing.LOST - timedelta(seconds=1)
    Video.objects.filter(pk=row.pk).update(state=state, touched_at=old)
    for _ in range(2):
        tasks.again(0)
    (job,) = ProcrastinateJob.objects.filter(task_name="videos.prepare", status="todo")
    assert (job.args, job.queue_name, job.lock) == ({"key": row.pk}, "videos", tasks.LANE)


def test_what_is_done_or_in_hand_is_left_alone(cast: Cast) -> None:
    old = clock.now() - timedelta(days=1)
    for state, touched in ((State.READY, old), (State.FAILED, old), (State.WORKING, clock.now())):
        Video.objects.filter(pk=hung(cast.ada).pk).update(state=state, touched_at=touched)
    tasks.again(0)
    assert not ProcrastinateJob.objects.filter(task_name="videos.prepare").exists()


def test_a_hung_video_is_asked_for(cast: Cast, hear: Any) -> None:
    row = hung(cast.ada)
    hear()
    hear()
    (job,) = ProcrastinateJob.objects.filter(task_name="videos.prepare")
    assert job.args == {"key": row.pk}


def test_a_deleted_post_takes_its_files_along(cast: Cast, hear: Any) -> None:
    row = hung(cast.ada)
    preparing.prepare(row.pk)
    files = stored(row)
    feed.delete_post(row.post, by=cast.ada)
    assert all(default_storage.exists(name) for name in files)
    hear()
    assert not any(default_storage.exists(name) for name in files)
    assert {cast.client("ada").get(each).status_code for each in addresses(row)} == {404}


def test_a_sweep_finds_what_was_missed_and_leaves_what_is_needed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, gone = hung(cast.ada), hung(cast.ada)
    for row in (kept, gone):
        preparing.prepare(row.pk)
    needed, files = stored(kept), stored(gone)
    gone.delete()
    # A row that was put back by hand still needs its files.
    Gone.objects.create(file=needed[0])
    tasks.sweep(0)
    assert not any(default_storage.exists(name) for name in files)
    assert all(default_storage.exists(name) for name in needed)
    waiting, lonely = hung(cast.ada), sources.take(arrived(cast.ada).path)
    monkeypatch.setattr(sources, "LONELY", 0)
    tasks.sweep(0)
    assert sources.place_of(waiting.source).exists()
    assert not sources.place_of(lonely).exists()


def test_an_upload_that_is_swept_meanwhile_takes_nothing_away(cast: Cast) -> None:
    from collegium.uploads import taking

    row = hung(cast.ada)
    taking.drop(Upload.objects.get())
    preparing.prepare(row.pk)
    assert the(row.post).state == State.READY


def test_the_process_is_locked_up_and_says_nothing_of_us() -> None:
    from collegium.media import video_process

    assert set(video_process._ENVIRONMENT) == {"MALLOC_ARENA_MAX", "LC_ALL", "OMP_NUM_THREADS"}
    assert str(UnusableVideoError("codec")).endswith(".")


def test_what_a_draft_speaks_of_is_kept(cast: Cast) -> None:
    from collegium.feed.models import Draft

    old = clock.now() - timedelta(days=2)
    named, other = arrived(cast.ada), arrived(cast.ada)
    Upload.objects.update(touched_at=old)
    Draft.objects.create(author=cast.ada, touched_at=clock.now(), values={"videos-upload": named.key})
    tasks.sweep(0)
    assert list(Upload.objects.stale()) == [other]


def number_of(browser: Any, row: Video) -> float:
    """How red the left of the picture before it plays is: `moving.picture` made it so by its number."""
    content = b"".join(browser.get(f"{row.path}poster.webp"))
    return float(pyvips.Image.new_from_buffer(content, "").getpoint(8, 24)[0])


def test_another_moment_is_shown_before_it_plays(cast: Cast, hear: Any) -> None:
    row = hung(cast.ada, data=video(seconds=6), poster_at=0)
    preparing.prepare(row.pk)
    before, browser = the(row.post), cast.client("ada")
    address = f"{row.post.path}edit/"
    assert "Another moment of this video" in browser.get(address).content.decode()
    for typed, number in (("0:05,48", 137), ("0:00", 0), ("4.2", 105), ("0:05.96", 149), ("0:01", 25)):
        assert send(browser, address, videos_alt="Water", videos_poster=typed).status_code == 302
        assert number_of(cast.client("bo"), row) == pytest.approx(number * 9 % 128 + 120, abs=5), typed
    now = the(row.post)
    assert (now.poster_at, now.alt) == (1.0, "Water")
    hear()
    assert not Gone.objects.exists()
    assert not default_storage.exists(before.poster)
    assert default_storage.exists(now.poster)


@pytest.mark.parametrize(("typed", "said"), [("0:07", "beyond the end"), ("59:59", "beyond the end"), ("x", "0:12")])
def test_a_moment_that_is_none_is_refused(cast: Cast, typed: str, said: str) -> None:
    row = hung(cast.ada)
    preparing.prepare(row.pk)
    poster = the(row.post).poster
    answer = send(cast.client("ada"), f"{row.post.path}edit/", videos_poster=typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert the(row.post).poster == poster


def test_no_moment_before_it_is_ready_or_of_anothers(cast: Cast) -> None:
    row = hung(cast.ada)
    answer = send(cast.client("ada"), f"{row.post.path}edit/", videos_poster="0:00")
    assert answer.status_code == 422
    assert "is being prepared" in answer.content.decode()
    assert send(cast.client("bo"), f"{row.post.path}edit/", videos_poster="0:00").status_code == 403
    with pytest.raises(Conflict):
        actions.pose(row.post, 0, "a", by=cast.ada)
    with pytest.raises(Refusal):
        actions.pose(row.post, 0, "a", by=cast.bo)


def test_a_picture_that_no_verb_took_is_swept(cast: Cast) -> None:
    row = hung(cast.ada)
    preparing.prepare(row.pk)
    name = posing.taken(the(row.post), 0.5)
    assert default_storage.exists(name)
    Gone.objects.update(due_at=clock.now())
    tasks.sweep(0)
    assert not default_storage.exists(name)


def test_a_size_that_is_damaged_is_said(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = hung(cast.ada)
    preparing.prepare(row.pk)
    monkeypatch.setattr(posing, "_read", lambda name, start, length: b"\0" * length)
    answer = send(cast.client("ada"), f"{row.post.path}edit/", videos_poster="0:00")
    assert answer.status_code == 422
    assert "This picture cannot be taken" in answer.content.decode()
