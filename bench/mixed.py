"""Homes of mixed posts: for some readers the newest twenty posts are of every form. Runs in `collegium shell`.

The posts are made through the same verbs as anybody's, files and all, and only once: a deterministic form key of each
tells that it is there.
"""

import random
import tempfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import numpy as np
import pypdfium2
import pyvips
from django.core.files.uploadedfile import SimpleUploadedFile

from bench import videos as films
from collegium.articles import actions as articles
from collegium.articles.publishing import Chosen
from collegium.articles.writing import Texts
from collegium.audience.level import Level
from collegium.decks import actions as decks
from collegium.decks.drawing import draw
from collegium.decks.models import Deck
from collegium.documents import actions as documents
from collegium.events.actions import making
from collegium.events.details import Details
from collegium.events.models import Event
from collegium.events.recurring.pattern import Pattern
from collegium.feed import actions, timeline
from collegium.feed.attachments import Parts
from collegium.feed.models import Post
from collegium.feed.selecting import Choice
from collegium.lib import clock
from collegium.media import videos as reading
from collegium.media.decode import process_image
from collegium.media.storage import store
from collegium.members.models import Member
from collegium.occasions import actions as occasions
from collegium.pictures import actions as pictures
from collegium.polls import actions as polls
from collegium.previews.models import Preview, Shown
from collegium.reposts import actions as reposts
from collegium.shares import actions as shares
from collegium.uploads import taking
from collegium.videos import actions as videos
from collegium.videos.models import Video
from collegium.videos.preparing import prepare

READERS, LEAST = 20, 20
ROOT = UUID("4f0a8f2e-8f1f-4d6e-9a44-2f3f7e6a9b10")
Hang = Callable[[Post, Member], object]


class Hung(Parts):
    """One thing that hangs on a post, without the form it was typed in."""

    def __init__(self, hang: Hang) -> None:
        self.forms = []
        self.hang = hang

    @property
    def are_there(self) -> bool:
        """It always is."""
        return True

    def attach(self, post: Post, by: Member) -> None:
        """Hang it."""
        self.hang(post, by)


def photograph(width: int, height: int, seed: int) -> bytes:
    """A JPEG with as much in it as a photograph has: soft areas and grain."""
    chance = np.random.default_rng(seed)
    small = chance.uniform(0, 255, (12, 16, 3)).astype(np.uint8)
    soft = pyvips.Image.new_from_array(small).resize(width / 16, vscale=height / 12, kernel="cubic")
    grain = pyvips.Image.gaussnoise(width, height, sigma=6, seed=seed)
    file: bytes = (soft + grain).cast("uchar").jpegsave_buffer(Q=90)
    return file


def _album(count: int, seed: int) -> Hang:
    def hang(post: Post, by: Member) -> None:
        made = [process_image(photograph(1200, 900, seed + place), None, "posted") for place in range(count)]
        taken = [(pictures.take_in(by, images), "A field in soft light.") for images in made]
        pictures.hang(post, taken, by=by)

    return hang


def _poll(post: Post, by: Member) -> None:
    polls.ask(post, ["In the morning", "In the evening", "Never"], 7, by=by)


def _occasion(post: Post, by: Member) -> None:
    occasions.celebrate(post, by=by, kind="role", what="Head of measuring", name="Bench Works")


def _document(post: Post, by: Member) -> None:
    """A page of readings."""
    upload = taking.take_in(by, SimpleUploadedFile("readings.csv", b"day,level\n1,204\n2,198\n"), "documents")
    documents.hang(post, [upload], by=by)


def _event(by: Member, key: UUID) -> Event:
    """An hour next week, to which everybody may come."""
    pattern = Pattern(clock.now().replace(tzinfo=None, microsecond=0) + timedelta(days=7), 60, "Europe/Stockholm")
    details = Details(title="One instrument, one hour", about="Bring one.", place="The gauge house")
    return making.make(details, pattern, by=by, choice=Choice(Level.MEMBERS), form_key=key)


def _preview(seed: int) -> Hang:
    """What the job leaves when a page was fetched; the bench asks nobody outside."""

    def hang(post: Post, by: Member) -> None:
        key = store(process_image(photograph(1200, 675, seed), None, "pinned"))
        said = {
            "title": "How measuring began",
            "description": "A walk through four centuries.",
            "site": "bench.example",
        }
        size = {"image": key, "width": 480, "height": 270, "fetched_at": clock.now()}
        url = f"https://bench.example/{seed}"
        page, _made = Preview.objects.get_or_create(print=f"{seed:064x}", defaults={"url": url, **said, **size})
        Shown.objects.update_or_create(post=post, defaults={"preview": page})

    return hang


def _video(post: Post, by: Member) -> None:
    """Two seconds of moving colours; made ready when its post is there."""
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film.mp4"
        films.draw(film, 2)
        upload = taking.take_in(by, SimpleUploadedFile("film.mp4", film.read_bytes()), "video")
    videos.hang(post, upload, reading.look(upload.path), by=by, alt="Colours that move.")


def _deck(post: Post, by: Member) -> None:
    """Four pages without a word."""
    document, file = pypdfium2.PdfDocument.new(), BytesIO()
    for _page in range(4):
        document.new_page(960, 540)
    document.save(file)
    upload = taking.take_in(by, SimpleUploadedFile("slides.pdf", file.getvalue()), "slides")
    decks.hang(post, upload, "How measuring began", 4, by=by)


def _article(by: Member, key: UUID) -> Post:
    """An article with a cover, published like any other."""
    text = "\n\n".join(f"## Part {number}\n\n" + "A sentence about measuring. " * 60 for number in range(1, 6))
    sheet = articles.begin(by, key, Texts("How one measures", "In five parts.", text))
    cover = process_image(photograph(1600, 900, 7), None, "posted")
    articles.set_cover(sheet.article, cover, "A field in soft light.", by=by)
    chosen = Chosen({"body": "", "audience": Level.MEMBERS, "form_key": key})
    post = articles.publish(sheet.article, chosen, by=by).post
    assert post is not None  # noqa: S101 - it was published just now
    return post


def _repost(said: list[Post]) -> Hang:
    def hang(post: Post, by: Member) -> None:
        reposts.hang(post, said[0], by=by)

    return hang


def forms(seed: int, said: list[Post]) -> list[tuple[str, Hang | None]]:
    """Words and what hangs on them for a home, without its article, event and share; `said` grows with them."""
    link = f"Worth an hour: https://bench.example/{seed}"
    kinds: list[tuple[str, Hang | None]] = [
        ("A plain sentence about the day.", None),
        ("From the field.", _album(1, seed)),
        ("Which hour suits you?", _poll),
        ("", _album(3, seed + 10)),
        (link, _preview(seed)),
        ("Colours.", _video),
        ("", _occasion),
        ("The readings of two days.", _document),
        ("Another plain sentence, somewhat longer than the first one was. #measuring", None),
        ("Five of them.", _album(5, seed + 20)),
        ("From the lecture.", _deck),
        ("Read this too.", _repost(said)),
        (link, _preview(seed + 1)),
    ]
    return (kinds * 3)[: timeline.PAGE - 3]


def readers() -> list[Member]:
    """Members who read enough people for a page of twenty authors, the same ones every time."""
    keys = list(Member.objects.active().filter(connection_count__gte=LEAST).order_by("pk").values_list("pk", flat=True))
    chosen = random.Random(READERS).sample(keys, min(READERS, len(keys)))  # noqa: S311 - a sample, not a secret
    return list(Member.objects.filter(pk__in=chosen).order_by("pk").select_related("user"))


def fill(reader: Member) -> None:
    """Let the newest twenty posts at this reader's home be of every form; those that are there stay."""
    authors = sorted(timeline.people_of(reader).near.keys() - {reader.pk})[:LEAST]
    members: dict[int, Any] = Member.objects.in_bulk(authors)
    said: list[Post] = []
    for place, (words, hang) in enumerate(forms(reader.pk % 10_000, said)):
        key = uuid5(ROOT, f"{reader.pk}-{place}")
        by = members[authors[place % len(authors)]]
        earlier = Post.objects.filter(author=by, form_key=key).first()
        parts = Hung(hang) if hang else None
        said.append(earlier or actions.post(by, words, audience=Level.MEMBERS, form_key=key, parts=parts))
    key, by = uuid5(ROOT, f"{reader.pk}-article"), members[authors[-1]]
    if not Post.objects.filter(author=by, form_key=key).exists():
        said.append(_article(by, key))
    key, by = uuid5(ROOT, f"{reader.pk}-event"), members[authors[len(authors) // 2]]
    event = Event.objects.filter(post__author=by, post__form_key=key).first() or _event(by, key)
    said.append(event.post)
    key, by = uuid5(ROOT, f"{reader.pk}-share"), members[authors[0]]
    if not Post.objects.filter(author=by, form_key=key).exists():
        parts = Hung(lambda post, by: shares.show(post, "event", event.pk, by=by))
        said.append(actions.post(by, "Who comes along?", audience=Level.MEMBERS, form_key=key, parts=parts))
    for video in Video.objects.filter(post__in=said).exclude(state="ready"):
        prepare(video.pk)
    for deck in Deck.objects.filter(post__in=said):
        draw(deck.pk)
