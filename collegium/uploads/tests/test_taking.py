"""What rooms and forms do with a file that came in, and what becomes of those that nobody fetched."""

import os
import time
from datetime import timedelta

import pytest
from django import forms
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.template import engines
from django.utils.datastructures import MultiValueDict

from collegium.feed.models import Draft
from collegium.lib import clock
from collegium.lib.refusal import Refusal
from collegium.media import keeping
from collegium.uploads import actions, places, taking, tasks
from collegium.uploads.forms import UploadField, UploadMixin
from collegium.uploads.models import WAITS, Upload
from collegium.uploads.purposes import purposes


def uploaded(owner, content=b"%PDF-1.7 ...", name="talk.pdf", purpose="slides"):
    return taking.take_in(owner, SimpleUploadedFile(name, content), purpose)


class Talk(UploadMixin):
    slides = UploadField(purpose="slides", required=False)


class Must(UploadMixin):
    slides = UploadField(purpose="slides")
    title = forms.CharField()


def test_a_whole_file_is_taken_and_let_go(cast, django_capture_on_commit_callbacks):
    row = uploaded(cast.ada, b"words")
    found = taking.whole(cast.ada, row.key, "slides")
    name = keeping.keep(found.path, ".pdf")
    with django_capture_on_commit_callbacks(execute=True):
        taking.drop(found)
    assert not row.path.exists()
    assert not Upload.objects.exists()
    with default_storage.open(name) as kept:
        assert kept.read() == b"words"


def test_a_file_stays_when_the_transaction_is_taken_back(cast, django_capture_on_commit_callbacks):
    row = uploaded(cast.ada)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        taking.drop(row)
        transaction.set_rollback(True)
    assert taking.whole(cast.ada, row.key, "slides").path.exists()


def test_what_is_not_whole_not_hers_not_for_this_or_not_there(cast):
    row = uploaded(cast.ada)
    part = actions.begin(cast.ada, purposes["slides"], "b.pdf", 10)
    lost = uploaded(cast.ada)
    lost.path.unlink()
    cases = [
        (cast.bo, row.key, "slides"),
        (cast.ada, row.key, "video"),
        (cast.ada, part.key, "slides"),
        (cast.ada, lost.key, "slides"),
        (cast.ada, "0" * 32, "slides"),
        *((cast.ada, key, "slides") for key in ("", "..", "\0", "x" * 10_000, row.key.upper(), row.key + "\n")),
    ]
    for owner, key, purpose in cases:
        with pytest.raises(Refusal, match="again"):
            taking.whole(owner, key, purpose)


def test_a_form_takes_a_key_or_a_file(cast):
    row = uploaded(cast.ada)
    by_key = Talk({"slides": row.key}, owner=cast.ada)
    assert by_key.is_valid(), by_key.errors
    assert by_key.cleaned_data["slides"] == row
    assert by_key.key_of("slides") == row.key
    files = MultiValueDict({"slides-file": [SimpleUploadedFile("x.pdf", b"%PDF")]})
    by_file = Talk({"slides": ""}, files, owner=cast.ada)
    assert by_file.is_valid(), by_file.errors
    assert by_file.cleaned_data["slides"].path.read_bytes() == b"%PDF"
    assert by_file.key_of("slides") == by_file.cleaned_data["slides"].key, (
        "shown again, the file need not be chosen twice"
    )


def test_a_prefixed_form_reads_its_own_names(cast):
    row = uploaded(cast.ada)
    form = Talk({"deck-slides": row.key}, owner=cast.ada, prefix="deck")
    assert form.is_valid()
    assert form.cleaned_data["slides"] == row


def test_a_mistake_elsewhere_does_not_lose_the_file(cast):
    files = MultiValueDict({"slides-file": [SimpleUploadedFile("x.pdf", b"%PDF")]})
    form = Must({"title": ""}, files, owner=cast.ada)
    assert not form.is_valid()
    again = Must({"title": "x", "slides": form.key_of("slides")}, owner=cast.ada)
    assert again.is_valid(), again.errors


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("x.exe", b"MZ"), "PDF"),
        (SimpleUploadedFile("x.pdf", b""), "empty"),
    ],
)
def test_a_form_says_why(cast, file, words):
    form = Talk({}, MultiValueDict({"slides-file": [file]}), owner=cast.ada)
    assert not form.is_valid()
    assert words in str(form.errors["slides"])
    assert form.key_of("slides") == ""


def test_nothing_is_nothing(cast):
    form = Talk({}, owner=cast.ada)
    assert form.is_valid()
    assert form.cleaned_data["slides"] is None
    assert not Must({"title": "x"}, owner=cast.ada).is_valid()
    assert not Must({"title": "x", "slides": "f" * 32}).is_valid(), "a form without an owner takes nothing"


def test_what_waits_for_a_day_is_swept(cast, incoming, django_capture_on_commit_callbacks):
    old, new = uploaded(cast.ada), uploaded(cast.ada)
    Upload.objects.filter(pk=old.pk).update(touched_at=clock.now() - WAITS - timedelta(minutes=1))
    lonely, fresh = places.make(), places.make()
    long_ago = time.time() - 2 * tasks.LONELY.total_seconds()
    for key in (lonely, new.key):
        os.utime(places.place_of(key), (long_ago, long_ago))
    (incoming / "notes.txt").write_text("somebody's")
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            tasks.sweep()
    assert {place.name for place in incoming.iterdir()} == {new.key, fresh, "notes.txt"}
    assert list(Upload.objects.all()) == [new]


def test_what_a_draft_speaks_of_stays(cast, django_capture_on_commit_callbacks):
    rows = [uploaded(cast.ada) for _ in range(2)]
    long_ago = clock.now() - 2 * WAITS
    Upload.objects.update(touched_at=long_ago)
    Draft.objects.create(author=cast.ada, values={"videos-upload": [rows[0].key]}, touched_at=clock.now())
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            tasks.sweep()
        assert [row.path.exists() for row in rows] == [True, False]
        Upload.objects.update(touched_at=long_ago)
    Draft.objects.all().delete()
    tasks.sweep()
    assert not Upload.objects.exists()


def test_the_page_has_the_field(cast):
    page = engines["jinja2"].from_string(
        '{% from "uploads/_field.html" import upload_field %}'
        '{{ upload_field("deck-slides", "slides", "Slides", "PDF, up to 100 MB", "", ".pdf") }}'
    )
    html = page.render({})
    assert '<resumable-file class="resumable" data-purpose="slides"' in html
    assert '<input type="hidden" name="deck-slides" value="" data-key>' in html
    assert 'name="deck-slides-file" accept=".pdf"' in html
    assert "{percent} % of it" in html
