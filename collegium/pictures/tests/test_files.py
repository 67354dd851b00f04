"""Files go with their rows, whatever took the rows, and never before."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction

from collegium.feed import actions as feed
from collegium.feed.models import Draft, Post
from collegium.lib import clock, ids
from collegium.media.decode import SIZES, UnusableImage, process_image, size_of
from collegium.media.tests.pictures import corners, file_of, plain, quarters
from collegium.media.tests.test_hostile import bomb
from collegium.members.models import Member
from collegium.pictures import files, tasks
from collegium.pictures.models import Gone, Picture
from collegium.pictures.tests.helping import album, picture_of, send, there
from collegium.testing.cast import Cast
from collegium.testing.storages import KINDS, lying_in

ALL, NONE = [True] * 3, [False] * 3


@pytest.fixture(autouse=True, params=KINDS)
def storage(request, settings, tmp_path):
    """Wherever files lie."""
    with lying_in(request.param, settings, tmp_path / "media"):
        yield


def test_a_deleted_post_takes_its_files_along(cast: Cast, hear) -> None:
    post = album(cast.ada, 2)
    keys = [row.key for row in post.pictures.all()]
    feed.delete_post(post, by=cast.ada)
    hear()
    assert [there(key) for key in keys] == [NONE, NONE]
    assert not Gone.objects.exists()


def test_a_picture_taken_off_by_an_edit_goes_too(cast: Cast, hear) -> None:
    post = album(cast.ada, 2)
    stays, goes = post.pictures.order_by("place")
    send(cast.client("ada"), f"{post.path}edit/", **{"pictures-key": stays.key})
    hear()
    assert (there(stays.key), there(goes.key)) == (ALL, NONE)


def test_rows_deleted_behind_everybodys_back_are_noted(cast: Cast) -> None:
    """By a member who goes, and by plain SQL."""
    one, two = album(cast.ada, 1).pictures.get().key, album(cast.bo, 1).pictures.get().key
    Member.objects.get(pk=cast.ada.pk).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM pictures_picture WHERE key = %s", [two])
    tasks.sweep()
    assert (there(one), there(two)) == (NONE, NONE)


def test_a_transaction_that_was_taken_back_deletes_no_file(cast: Cast) -> None:
    post = album(cast.ada, 1)
    key = post.pictures.get().key
    with transaction.atomic():
        Post.objects.filter(pk=post.pk).delete()
        transaction.set_rollback(True)
    tasks.sweep()
    assert there(key) == ALL


def test_a_file_that_cannot_be_deleted_now_is_deleted_later(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = picture_of(cast.ada)
    picture.delete()
    monkeypatch.setattr(default_storage, "delete", lambda _name: (_ for _ in ()).throw(OSError("disk")))
    with pytest.raises(OSError, match="disk"):
        files.clear()
    monkeypatch.undo()
    assert Gone.objects.filter(key=picture.key).exists()


def test_what_waits_for_no_post_is_swept_after_a_day_drafts_excepted(cast: Cast) -> None:
    old, drafted, young = (picture_of(cast.ada) for _ in range(3))
    begun = clock.now() - timedelta(days=2)
    for number, row in enumerate((old, drafted)):
        Picture.objects.filter(pk=row.pk).update(id=ids.floor_at(begun) + number)
    Draft.objects.create(author=cast.ada, values={"pictures-key": [drafted.key]}, touched_at=clock.now())
    hung = album(cast.bo, 1).pictures.get()
    Picture.objects.filter(pk=hung.pk).update(id=ids.floor_at(begun) + 5)
    tasks.sweep()
    assert set(Picture.objects.values_list("key", flat=True)) == {drafted.key, young.key, hung.key}
    assert (there(old.key), there(drafted.key)) == (NONE, ALL)


def test_a_posted_picture_is_whole_in_three_sizes_and_never_enlarged() -> None:
    made = process_image(file_of(quarters(3000, 1000), ".jpg"), None, "posted")
    assert {side: size_of(file) for side, file in made.items()} == {1920: (1920, 640), 960: (960, 320), 480: (480, 160)}
    assert corners(made[1920]) == ("red", "green", "blue", "white")
    small = process_image(file_of(plain(100, 70)), None, "posted")
    assert {size_of(file) for file in small.values()} == {(100, 70)}
    assert set(small) == set(SIZES["posted"])


def test_a_size_is_believed_of_our_own_files_alone() -> None:
    for data in (b"", b"RIFF", file_of(plain(80, 80)), b"RIFF\0\0\0\0WEBPVP8L" + b"\0" * 40):
        with pytest.raises(UnusableImage):
            size_of(data)


def test_fifty_megapixels_and_detail_pass() -> None:
    assert set(process_image(bomb(7000, 7000), None, "posted")) == set(SIZES["posted"])
