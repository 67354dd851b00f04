"""The composer takes a video, says at once what cannot be taken, and loses nothing that was typed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from collegium.feed.models import Post
from collegium.media.tests.moving import crowd, lasting, renamed, video
from collegium.testing.cast import Cast
from collegium.testing.fixtures import assert_same_queries
from collegium.uploads.models import Upload
from collegium.videos import sources
from collegium.videos.kind import VideoKind
from collegium.videos.models import Captions, State, Video
from collegium.videos.tests.helping import VTT, arrived, chosen, hung, ready, send, the

REFUSED = {
    "zero bytes": lambda: b"",
    "truncated": lambda: video()[:900],
    "another thing under its name": lambda: b"%PDF-1.7 and nothing more",
    "polyglot": lambda: b"<!--ftypisom--><script>alert(1)</script>" * 20,
    "ten hours": lambda: lasting(36_000),
    "ten thousand streams": lambda: crowd(10_000),
    "MagicYUV": lambda: renamed(b"M8Y0"),
    "sound alone": lambda: video(codec=None),
    "a playlist": lambda: b"#EXTM3U\n#EXTINF:4,\nfile:///etc/passwd\n",
    "a list of files": lambda: b"ffconcat version 1.0\nfile /etc/passwd\n",
}


def vtt(data: bytes = VTT) -> SimpleUploadedFile:
    return SimpleUploadedFile("en.vtt", data, "text/vtt")


def test_a_plain_form_posts_a_video_with_everything(cast: Cast) -> None:
    answer = send(
        cast.client("ada"), body="", videos_alt=" What falls ", videos_poster="0:01",
        **{"videos-upload-file": chosen(), "videos-captions-language-1": "en", "videos-captions-file-1": vtt()},
    )  # fmt: skip
    assert answer.status_code == 302
    post = Post.objects.get(author=cast.ada)
    row = the(post)
    assert post.has_parts
    assert (row.state, row.alt, row.poster_at, row.width, row.height) == (State.WAITING, "What falls", 1.0, 64, 48)
    assert "canary-c9 says hello" in row.captions.get(language="en").text
    assert sources.place_of(row.source).exists()
    assert "waits for its turn" in cast.client("ada").get(post.path).content.decode()
    assert "being prepared" in cast.client("bo").get(post.path).content.decode()


def test_a_file_that_was_sent_ahead_is_taken_by_its_key(cast: Cast) -> None:
    upload = arrived(cast.ada)
    assert send(cast.client("ada"), videos_upload=upload.key).status_code == 302
    assert Video.objects.get().upload == upload.key


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_taken_is_said_at_once_and_the_words_stay(cast: Cast, name: str) -> None:
    file = chosen(REFUSED[name]())
    answer = send(cast.client("ada"), body="canary-b3", videos_alt="canary-a4", **{"videos-upload-file": file})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "canary-b3" in page
    assert "canary-a4" in page
    assert page.count('class="field-error"') >= 1
    assert not Post.objects.filter(author=cast.ada).exists()


def test_a_mistake_elsewhere_keeps_the_file_and_the_captions(cast: Cast) -> None:
    browser = cast.client("ada")
    files = {"videos-upload-file": chosen(), "videos-captions-language-1": "en", "videos-captions-file-1": vtt()}
    page = send(browser, body="x" * 6000, **files)
    assert page.status_code == 422
    upload, captions = Upload.objects.get(), Captions.objects.get()
    assert upload.key in page.content.decode()
    assert captions.key in page.content.decode()
    again = send(browser, videos_upload=upload.key, videos_captions=captions.key)
    assert again.status_code == 302
    assert Video.objects.get().captions.get() == captions


def test_captions_that_cannot_be_read_are_named(cast: Cast) -> None:
    files = {"videos-upload-file": chosen(), "videos-captions-language-1": "de", "videos-captions-file-1": vtt(b"1\n")}
    page = send(cast.client("ada"), **files)
    assert page.status_code == 422
    assert "Deutsch: This is not a file of captions" in page.content.decode()
    files = {"videos-upload-file": chosen(), "videos-captions-language-1": "xx", "videos-captions-file-1": vtt()}
    assert "in which language" in send(cast.client("ada"), **files).content.decode()


@pytest.mark.parametrize("typed", ["-1", "1:2:3:4", "abc", "99:99:99", "1e9", "٣", "nan", "0:0:0:0"])
def test_a_moment_that_is_none_is_refused(cast: Cast, typed: str) -> None:
    assert send(cast.client("ada"), videos_upload=arrived(cast.ada).key, videos_poster=typed).status_code == 422


def test_nobody_uses_the_files_of_another(cast: Cast) -> None:
    from collegium.videos import actions

    upload, captions = arrived(cast.bo), actions.take_in(cast.bo, "en", VTT.decode())
    assert send(cast.client("ada"), videos_upload=upload.key).status_code == 422
    send(cast.client("ada"), videos_upload=arrived(cast.ada).key, videos_captions=captions.key)
    assert Captions.objects.get().video is None


def test_words_about_no_video_are_asked_for_one(cast: Cast) -> None:
    assert send(cast.client("ada"), videos_alt="Something").status_code == 422


def test_the_same_form_twice_is_one_post_with_one_video(cast: Cast) -> None:
    upload = arrived(cast.ada)
    key = "0f7c1d2e-3b4a-4c5d-8e9f-0a1b2c3d4e5f"
    fields = {"facet": "professional", "audience": "1", "commenting": "anyone", "videos-there": "1", "body": "words"}
    fields |= {"videos-upload": upload.key, "form_key": key}
    answers = [cast.client("ada").post("/posts/", fields) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Post.objects.filter(author=cast.ada).count() == 1
    assert Video.objects.filter(post__form_key=key).count() == 1


def test_an_edit_describes_replaces_and_takes_off(cast: Cast) -> None:
    row = ready(cast.ada)
    browser, path = cast.client("ada"), f"{row.post.path}edit/"
    kept = row.captions.get().key
    assert "canary-v7" in browser.get(path).content.decode()
    send(browser, path, videos_alt="Better words", videos_captions=kept)
    assert (the(row.post).pk, the(row.post).alt, row.captions.count()) == (row.pk, "Better words", 1)
    send(browser, path, **{"videos-captions": kept, "videos-captions-off": kept})
    assert row.captions.count() == 0
    send(browser, path, videos_upload=arrived(cast.ada).key, videos_alt="Another")
    other = the(row.post)
    assert other.pk != row.pk
    assert other.state == State.WAITING
    send(browser, path, videos_off="on")
    assert not Video.objects.exists()
    assert Post.objects.filter(pk=row.post_id).exists()


def test_an_edit_without_the_part_leaves_the_video_alone(cast: Cast) -> None:
    row = ready(cast.ada)
    fields = {"facet": "professional", "audience": "1", "commenting": "anyone", "body": "Other words"}
    assert cast.client("ada").post(f"{row.post.path}edit/", fields).status_code == 302
    assert the(row.post).pk == row.pk


def test_the_last_thing_on_a_post_cannot_be_taken_off(cast: Cast) -> None:
    row = ready(cast.ada)
    Post.objects.filter(pk=row.post_id).update(body="", html="")
    answer = send(cast.client("ada"), f"{row.post.path}edit/", body="", videos_off="on")
    assert answer.status_code == 422
    assert "an empty post cannot stay" in answer.content.decode()


def test_nobody_edits_the_video_of_another(cast: Cast) -> None:
    row = ready(cast.ada)
    assert send(cast.client("bo"), f"{row.post.path}edit/", videos_off="on").status_code in (403, 404)
    assert the(row.post).pk == row.pk


def test_a_page_asks_the_same_number_of_times_however_many_there_are(cast: Cast) -> None:
    ready(cast.ada)
    browser, path = cast.client("bo"), f"/in/{cast.ada.handle}/posts/"

    def more() -> None:
        ready(cast.ada)
        ready(cast.ada)
        hung(cast.ada)

    assert_same_queries(lambda: browser.get(path), more, lambda: browser.get(path))


def test_its_words_are_found(cast: Cast) -> None:
    row = ready(cast.ada)
    found = VideoKind().words(cast.viewer("bo"), [row.post_id])
    assert "canary-v7" in found[row.post_id]
    assert "canary-c9" in found[row.post_id]
    assert "-->" not in found[row.post_id]


HOSTILE = ["before\x00after", "a" * 20_000, "\u202egpj.exe", "<script>alert(1)</script>", str(2**70), "٣" * 32, "-1"]


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_values_in_its_fields_are_answered(cast: Cast, value: str) -> None:
    fields = ("alt", "poster", "upload", "captions", "captions-off", "off", "there", "captions-language-1")
    sent = {f"videos-{field}": value for field in fields} | {"videos-captions-file-1": vtt()}
    answer = send(cast.client("ada"), **sent)
    assert answer.status_code in (302, 400, 422)
    assert "<script>alert(1)" not in answer.content.decode()
