"""Posts that carry something: pictures, a poll, slides, a film, a link, a celebration, somebody else's post."""

import hashlib

from django.core.files.uploadedfile import SimpleUploadedFile

from collegium.audience.level import Level
from collegium.decks import actions as decks
from collegium.feed import actions as feed
from collegium.feed.models import Post
from collegium.lib.fetch import place_of
from collegium.media import slides, videos
from collegium.media.decode import process_image, size_of
from collegium.media.storage import store
from collegium.occasions import actions as occasions
from collegium.occasions.models import Occasion
from collegium.pictures import actions as pictures
from collegium.polls import actions as polls
from collegium.portability.demo.showing import course, drawings, film
from collegium.portability.demo.showing.people import Carrying, Stage
from collegium.previews import actions as previews
from collegium.previews.models import Preview
from collegium.reposts import actions as reposts
from collegium.uploads import taking
from collegium.videos import actions as filming
from collegium.videos import webvtt

STAIRS = (
    (
        drawings.under_the_stairs,
        "Section of a stair. Under it a child reads on a low red bench, by the light of one small lamp.",
    ),
    (
        drawings.section,
        "A library of two floors cut open: shelves on the left, a stair in the middle, three readers, a tree outside.",
    ),
    (
        drawings.plan,
        "Twelve stairs drawn from above on dark paper: straight, round and turning, each in a frame.",
    ),
    (
        drawings.handrail,
        "A flight of steps at dusk with two handrails, the upper of wood, the lower red, for children.",
    ),
)
NIGHTS = ("Two long nights, then four days off", "Three, then three", "Never more than one", "Ask me in February")
READING = "https://library.example.org/stories/customs-house"


def album(stage: Stage) -> Post:
    """Mei shows what the children drew on."""
    body = (
        "十二座樓梯，四張圖。Four of the drawings for Friday: the section comes first, because that is where one can "
        "be small.\n\nThe lower handrail is not a detail. It is 55 cm high, and whoever holds it is four. #stairs"
    )
    with stage.past.ago(days=1.3):
        rows = stage.photographs(stage.mei, STAIRS)
        parts = Carrying(lambda post, by: pictures.hang(post, rows, by=by))
        post = feed.post(stage.mei, body, audience=Level.EVERYONE, parts=parts)
    said = (
        ("helena-dahl", "The lower one at 55 is right. Ours says 60, and they hang from it."),
        ("ada-lindqvist", "I have looked at the first one for ten minutes. May I have the lamp?"),
        ("mei-ling-chen", "The lamp is the only thing that was over budget. Nobody has ever complained."),
    )
    stage.answers(post, days=1.3, said=said)
    stage.liked(post, 14)
    return post


def poll(stage: Stage) -> Post:
    """Kofi asks about nights, and many answer."""
    body = "To everybody who works nights, not only nurses: which pattern leaves you a person at the end of the month?"
    with stage.past.ago(days=2.4):
        parts = Carrying(lambda post, by: polls.ask(post, NIGHTS, 7, by=by))
        post = feed.post(stage.kofi, body, audience=Level.MEMBERS, parts=parts)
    for voter in stage.friends(stage.kofi, 34):
        polls.vote(post, stage.rng.choices(range(4), (13, 9, 5, 3))[0], by=voter)
    said = (
        ("lucy-morgan", "Two and four is what the sleep data likes. People like it only from the third month on."),
        ("adam-nowicki", "One, always. But I am the whole office."),
    )
    stage.answers(post, days=2.4, said=said)
    return post


def deck(stage: Stage) -> Post:
    """Ada's slides for new technicians; they are drawn in the background."""
    body = (
        "The hour I give to everybody who begins with us. Six slides; the rest is walking.\n\n"
        "Take them, and tell me what is missing. #damsafety"
    )
    file = SimpleUploadedFile("Walking the drain.pdf", course.slides())
    with stage.past.ago(days=6.2):
        upload = taking.take_in(stage.ada, file, "slides")
        pages = slides.look(upload.path)
        parts = Carrying(lambda post, by: decks.hang(post, upload, course.TITLE, pages, by=by))
        post = feed.post(stage.ada, body, audience=Level.EVERYONE, parts=parts)
    said = (
        (
            "ines-carvalho",
            "Slide 3 goes up in our gauge house tomorrow. Missing: what to do when the telephone has no signal.",
        ),
        ("ada-lindqvist", "Walk uphill. I will add it."),
        ("michael-oconnor", "Slide 6, last line. I wish I had been told that at thirty."),
    )
    stage.answers(post, days=6.2, said=said)
    stage.liked(post, 12)
    return post


def video(stage: Stage) -> Post:
    """A night at the gauge in four seconds, with captions in two languages; it is made ready in the background."""
    body = (
        "Eight hours at the north gate, in four seconds. It opened at ten past three, two seconds late, as last year."
    )
    alt = "The moon crosses a lake behind a dam. The red gate lifts, water runs, day breaks, and the lake is lower."
    with stage.past.ago(days=0.6):
        file = SimpleUploadedFile("north gate.mp4", film.night())
        upload = taking.take_in(stage.ada, file, "video")
        facts = videos.look(upload.path)
        parts = Carrying(lambda post, by: filming.hang(post, upload, facts, by=by, alt=alt, poster_at=2.6))
        post = feed.post(stage.ada, body, audience=Level.EVERYONE, parts=parts)
        taking.drop(upload)
        rows = [
            filming.take_in(stage.ada, language, webvtt.written(list(cues))) for language, cues in film.CAPTIONS.items()
        ]
        filming.describe(post, by=stage.ada, alt=alt, captions=rows)
    said = (("bakyt-asanov", "Two seconds late every year is a very punctual gate."),)
    stage.answers(post, days=0.6, said=said)
    stage.liked(post, 9)
    return post


def link(stage: Stage) -> Post:
    """Rosario points at a page, which has been looked at before."""
    body = f"Our customs house, before it becomes a library. The best room is where the smugglers waited: {READING}"
    image = process_image(drawings.drawn(drawings.handrail), None, "pinned")
    width, height = size_of(image[min(image)])
    seen = Preview.objects.create(
        print=hashlib.sha256(place_of(READING).url.encode()).hexdigest(),
        url=READING,
        title="The room where the smugglers waited",
        description="A customs house of 1911 becomes a branch library. We walked through it with the two people who "
        "used to be kept there, and with the architect, who took off her shoes.",
        site="library.example.org",
        image=store(image),
        width=width,
        height=height,
        fetched_at=stage.past.now,
    )
    with stage.past.ago(days=1.8):
        post = feed.post(stage["rosario-gil"], body, audience=Level.EVERYONE)
        previews.hang(post.pk, seen)
    stage.answers(
        post, days=1.8, said=(("mei-ling-chen", "Under the stairs, I hope. I am looking at the section now."),)
    )
    stage.liked(post, 6)
    return post


def celebration(stage: Stage) -> Post:
    """Kofi has been at his hospital for a long time."""
    years = stage.past.now.year - 2011
    body = "The same door, the same lift, not one day the same. Thank you to everybody who has ever swapped with me."
    with stage.past.ago(days=5.4):
        kind = Occasion.Kind.ANNIVERSARY
        parts = Carrying(
            lambda post, by: occasions.celebrate(post, by=by, kind=kind, name="Thameside Infirmary", years=years)
        )
        post = feed.post(stage.kofi, body, audience=Level.MEMBERS, parts=parts)
    stage.answers(post, days=5.4, said=(("sara-bekele", "The lift is older than you are. Congratulations to both."),))
    stage.liked(post, 16)
    return post


def passed_on(stage: Stage, original: Post) -> Post:
    """Ada passes the stairs on, with thoughts of her own."""
    body = (
        "For everybody who designs anything, a dam included: look at who the lower handrail is for, then look at yours."
    )
    with stage.past.ago(days=0.9):
        parts = Carrying(lambda post, by: reposts.hang(post, original, by=by))
        post = feed.post(stage.ada, body, audience=Level.MEMBERS, parts=parts)
    stage.liked(post, 5)
    return post
