"""The tests of files in conversations bite: with a fault planted into what they guard, they see something wrong."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import pytest
from django.core.files.storage import default_storage

from collegium.lib.refusal import Conflict, Refusal
from collegium.media import kinds
from collegium.messaging import stored
from collegium.messaging.actions import people, talking
from collegium.messaging.files import taking, voice
from collegium.messaging.models import Attachment
from collegium.messaging.models.files import AttachmentQuerySet
from collegium.messaging.tests import scene, sounds
from collegium.messaging.views import files as views
from collegium.testing.cast import Cast
from collegium.uploads.models import Upload
from tests.house.planting import anew  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("anew")
PROGRAM = b"MZ\x90\x00" + bytes(60)


@pytest.fixture(autouse=True)
def places_of_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATA_DIR = tmp_path / "data"


def refused(cast: Cast, name: str, content: bytes, *, spoken: bool = False) -> bool:
    """Whether it is refused and nothing of it stays."""
    try:
        taking.take_sent(cast.ada, sounds.came(cast.ada, name, content).key, spoken=spoken)
    except (Refusal, Conflict):
        return not (Attachment.objects.exists() or Upload.objects.exists())
    return False


def waiting_files_are_their_owners(cast: Cast) -> bool:
    row = sounds.file(cast.ada)
    return [cast.client(name).get(row.path).status_code for name in ("ada", "bo")] == [200, 404]


def who_left_fetches_nothing(cast: Cast) -> bool:
    group, row = scene.group(cast.ada, cast.bo), sounds.file(cast.ada)
    talking.write(group, by=cast.ada, text="", files=[row])
    people.leave(group, by=cast.bo)
    return cast.client("bo").get(row.path).status_code == 404


def files_are_only_kept(cast: Cast) -> bool:
    answer = cast.client("ada").get(sounds.file(cast.ada, "a.txt", b"hello").path)
    return answer.headers["Content-Disposition"].startswith("attachment")


def nobody_sends_anothers_file(cast: Cast) -> bool:
    two, theirs = scene.two(cast.ada, cast.bo, "One"), sounds.file(cast.bo)
    given = {"text": "Mine", "files": [theirs.pk]}
    cast.client("ada").post(f"{two.path}messages/", given, headers={"HX-Request": "true"})
    return not Attachment.objects.exclude(message=None).exists()


def ten_are_the_most(cast: Cast) -> bool:
    two = scene.two(cast.ada, cast.bo, "One")
    rows = [sounds.file(cast.ada) for _ in range(11)]
    try:
        talking.write(two, by=cast.ada, text="", files=rows)
    except Conflict:
        return True
    return False


def programs_are_refused_by_their_bytes(cast: Cast) -> bool:
    return refused(cast, "paper.pdf", PROGRAM)


def pages_are_refused_as_text(cast: Cast) -> bool:
    return refused(cast, "notes.txt", b"<!DOCTYPE html><script>alert(1)</script>")


def videos_are_no_voice(cast: Cast) -> bool:
    return refused(cast, "voice.webm", sounds.sound(1, video=True), spoken=True)


def voices_are_made_anew(cast: Cast) -> bool:
    row = sounds.voice(cast.ada, 1)
    with default_storage.open(row.stored) as file, av.open(io.BytesIO(file.read())) as container:
        return bool(container.streams[0].codec_context.codec.canonical_name == "aac")


def a_lying_child_is_not_believed(cast: Cast) -> bool:
    try:
        voice._read(b'{"seconds": 1, "peaks": []}\n<html>')
    except Refusal:
        return True
    return False


def taken_back_nothing_stays(cast: Cast) -> Callable[[], bool]:
    """Asked when the transaction holds."""
    two, row = scene.two(cast.ada, cast.bo, "One"), sounds.picture(cast.ada, width=100, height=80)
    said = talking.write(two, by=cast.ada, text="", files=[row])
    talking.delete(said, by=cast.ada)
    return lambda: not any(default_storage.exists(name) for name in (row.stored, row.small))


def the_clock_clears_what_a_cascade_took(cast: Cast) -> bool:
    two, row = scene.two(cast.ada, cast.bo, "One"), sounds.file(cast.ada)
    kept = sounds.file(cast.bo)
    talking.write(two, by=cast.ada, text="", files=[row])
    two.delete()
    stored.GoneFile.objects.create(name=kept.stored)
    stored.clear()
    return [default_storage.exists(each.stored) for each in (row, kept)] == [False, True]


def anybody(self: AttachmentQuerySet, viewer: object) -> AttachmentQuerySet:
    return self.all()


def any_message(self: AttachmentQuerySet, viewer: Any) -> AttachmentQuerySet:
    return self.exclude(message=None) | self.filter(owner=viewer.id)


def shown(request: Any, name: str, **given: Any) -> Any:
    return as_it_is(request, name, **(given | {"inline": True}))


as_it_is = views.send
Guard = Callable[[Cast], bool | Callable[[], bool]]
FAULTS: dict[str, tuple[Guard, object, str, object]] = {
    "waiting files are everybody's": (waiting_files_are_their_owners, AttachmentQuerySet, "visible_to", anybody),
    "who left fetches": (who_left_fetches_nothing, AttachmentQuerySet, "visible_to", any_message),
    "files are shown": (files_are_only_kept, views, "send", shown),
    "whose file it is does not matter": (
        nobody_sends_anothers_file,
        talking,
        "_attach",
        lambda files, message, by: Attachment.objects.filter(pk__in=[each.pk for each in files]).update(
            message=message
        ),
    ),
    "any number goes": (ten_are_the_most, talking, "MOST_FILES", 100),
    "names are believed": (programs_are_refused_by_their_bytes, kinds, "believe", lambda _name, _path: kinds.PLAIN),
    "what runs is not looked for": (pages_are_refused_as_text, kinds, "_RUNS", (b"\0",)),
    "recordings are kept as they come": (
        voices_are_made_anew,
        voice,
        "make",
        lambda path: voice.Recorded(path.read_bytes(), 1.0, [1] * 48),
    ),
    "videos are recordings": (
        videos_are_no_voice,
        voice,
        "make",
        lambda path: voice.Recorded(path.read_bytes(), 1.0, [1] * 48),
    ),
    "the child is believed": (
        a_lying_child_is_not_believed,
        voice,
        "_read",
        lambda written: voice.Recorded(written, 1.0, [1] * 48),
    ),
    "files outlive their message": (taken_back_nothing_stays, stored, "remove", lambda _name: None),
    "the clock takes what is needed": (the_clock_clears_what_a_cascade_took, stored, "_needed", lambda _names: set()),
    "the clock leaves what is gone": (the_clock_clears_what_a_cascade_took, stored, "_needed", set),
}


def holds(guard: Guard, cast: Cast, capture: Any) -> bool:
    with capture(execute=True):
        seen = guard(cast)
    return seen() if callable(seen) else seen


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_shows(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: str, django_capture_on_commit_callbacks: Any
) -> None:
    guard, place, name, planted = FAULTS[fault]
    monkeypatch.setattr(place, name, planted)
    assert not holds(guard, cast, django_capture_on_commit_callbacks)


GUARDS = list(dict.fromkeys(fault[0] for fault in FAULTS.values()))


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_without_a_fault_nothing_shows(cast: Cast, guard: Guard, django_capture_on_commit_callbacks: Any) -> None:
    assert holds(guard, cast, django_capture_on_commit_callbacks)
