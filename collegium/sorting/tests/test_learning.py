"""What is taught moves where messages are put; nothing of their words is kept."""

import numpy as np
import pytest

from collegium.lib import ids
from collegium.sorting import learning
from collegium.sorting.features import BUCKETS, SIGNAL_ROOM, numbers
from collegium.sorting.letter import Letter
from collegium.sorting.model import Lessons, Weights, rules, train
from collegium.sorting.models import Learned, Lesson
from collegium.sorting.placing import place

GROUT = "Tile grout of the finest quality from Vila Real, shipped by the pallet to masons anywhere, number {n}."
NOTES = "Rehearsal {n} begins at seven, the altos bring the scores and somebody brings the lamp."


def teach(count: int) -> None:
    """So many of both, long enough ago to count."""
    before = set(Lesson.objects.values_list("pk", flat=True))
    for n in range(count):
        learning.teach(Letter(GROUT.format(n=n)), "spam")
        learning.teach(Letter(NOTES.format(n=n)), "wanted")
    back = int(2 * learning.KEPT_BACK.total_seconds() * 1000) << ids.LOW_BITS
    for made in set(Lesson.objects.values_list("pk", flat=True)) - before:
        Lesson.objects.filter(pk=made).update(id=made - back)


@pytest.mark.django_db
def test_a_community_teaches_and_is_believed() -> None:
    letter = Letter(GROUT.format(n=999))
    assert place(letter).box == "requests"
    teach(30)
    assert place(letter).box == "requests", "lessons count when they are made into weights"
    learning.train()
    assert place(letter).is_held
    assert place(letter).why == ("learned",)
    assert place(Letter(NOTES.format(n=999))).box == "requests"


@pytest.mark.django_db
def test_few_lessons_and_lessons_of_one_kind_change_nothing() -> None:
    teach(learning.LEAST_LESSONS // 2 - 1)
    learning.train()
    assert not Learned.objects.exists()
    Lesson.objects.all().delete()
    teach(60)
    Lesson.objects.filter(unwanted=False).delete()
    learning.train()
    assert not Learned.objects.exists()
    assert learning.weights() is learning.weights()


@pytest.mark.django_db
def test_what_was_said_in_the_last_days_does_not_count_yet() -> None:
    teach(30)
    learning.teach(Letter(GROUT.format(n=1)), "spam")
    learning.train()
    assert Learned.objects.get().lessons == 60


def test_one_or_two_verdicts_on_the_same_words_do_not_show_in_them() -> None:
    """Whoever sends it again, to an account of his own, finds no weight on words that only he has used."""
    base = [numbers(Letter(GROUT.format(n=n))) for n in range(20)] + [
        numbers(Letter(NOTES.format(n=n))) for n in range(20)
    ]
    unwanted = [n < 20 for n in range(40)]
    odd = numbers(Letter("Quincunx velleity brindled oxbow harrumph, zyzzyva."))
    for times in (1, 2):
        made = train(Lessons([*base, *[odd] * times], [*unwanted, *[True] * times]))
        own = [place for place in odd if not any(place in letter for letter in base)]
        assert own
        assert not made.values[own].any()
    three = train(Lessons([*base, *[odd] * 3], [*unwanted, *[True] * 3]))
    assert three.values[own].all()


@pytest.mark.django_db
def test_what_a_verdict_teaches() -> None:
    for label, unwanted in (("pitch", 1), ("misdeclared", 1), ("spam", 1), ("other", 1), ("wanted", 0), ("focused", 0)):
        Lesson.objects.all().delete()
        learning.teach(Letter("Hello."), label)
        assert Lesson.objects.get().unwanted == bool(unwanted)
    Lesson.objects.all().delete()
    for label in ("not_for_me", "", "anything"):
        learning.teach(Letter("Hello."), label)
    assert not Lesson.objects.exists()


@pytest.mark.django_db
def test_a_lesson_holds_numbers_alone_and_many_words_share_each() -> None:
    learning.teach(Letter("Meet me at the harbour at nine, Margarethe."), "wanted")
    row = Lesson.objects.values().get()
    assert set(row) == {"id", "numbers", "unwanted"}
    assert all(number < SIGNAL_ROOM + BUCKETS for number in row["numbers"])
    assert row["numbers"] == sorted(row["numbers"]), "the order of words is lost"


@pytest.mark.django_db
def test_training_twice_makes_one_row_and_old_ones_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "MOST_LESSONS", 60)
    for _round in range(5):
        teach(25)
        learning.train()
        learning.train()
    assert Learned.objects.count() == learning.KEPT_WEIGHTS
    assert Lesson.objects.count() == 60


@pytest.mark.django_db
def test_weights_of_another_form_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    teach(30)
    learning.train()
    assert place(Letter(GROUT.format(n=7))).is_held
    monkeypatch.setattr(learning, "FORM", learning.FORM + 1)
    assert place(Letter(GROUT.format(n=7))).box == "requests"


def test_the_same_lessons_make_the_same_weights() -> None:
    letters = [numbers(Letter(GROUT.format(n=n))) for n in range(20)] + [
        numbers(Letter(NOTES.format(n=n))) for n in range(20)
    ]
    lessons = Lessons(letters, [n < 20 for n in range(40)])
    first = train(lessons)
    assert first.to_bytes() == train(Lessons(letters, [n < 20 for n in range(40)])).to_bytes()
    kept = Weights.from_bytes(first.to_bytes())
    assert np.allclose(kept.values, first.values, atol=1e-6)


def test_without_lessons_it_is_the_rules_and_it_settles() -> None:
    assert train(Lessons([], [])).to_bytes() == rules().to_bytes()
    letters = [numbers(Letter(GROUT.format(n=n))) for n in range(10)] + [
        numbers(Letter(NOTES.format(n=n))) for n in range(10)
    ]
    lessons = Lessons(letters, [n < 10 for n in range(20)])
    once = train(lessons)
    assert np.abs(once.values).max() < 20
    assert once.score(letters[0]) > 0 > once.score(letters[-1])


def test_a_handful_of_wrong_lessons_does_not_overturn_the_rules() -> None:
    """Whoever says of his own pitches that they are welcome teaches little about those of others."""
    mine = Letter("We help companies double their sales with our platform. Book a call.", same_text_to=20)
    other = Letter("Our agency offers backlinks and guest posts, prices on request. Earn 300 a day.", same_text_to=20)
    wrong = train(Lessons([numbers(mine)] * 5, [False] * 5))
    assert wrong.score(numbers(other)) > 0
