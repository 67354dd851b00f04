"""Whatever way a skill is written, it is one skill; two who write a new one at the same moment share it."""

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.lib.text import clean_line
from collegium.skills import vocabulary
from collegium.skills.models import Skill, Spelling
from collegium.skills.naming import fold, known, resolve
from collegium.testing.fixtures import queries
from collegium.testing.racing import race

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("spellings", "name"),
    [
        (["JS", "js", "ECMAScript", "Java Script", "JavaScript"], "JavaScript"),
        (["Postgres", "PostgreSQL", "POSTGRES", "PgSQL"], "PostgreSQL"),
        (["k8s", "Kubernetes"], "Kubernetes"),
        (["React.js", "ReactJS", "React"], "React"),
        (["Künstliche Intelligenz", "kunstliche intelligenz", "AI"], "Artificial intelligence"),
        (["Python (computer programming)", "Python 3"], "Python"),
    ],
)
def test_spellings_merge(spellings, name):
    assert {skill.name for skill in resolve(spellings).values()} == {name}
    assert set(known(spellings)) == set(spellings)


def test_what_is_not_the_same_stays_apart():
    found = resolve(["Java", "JavaScript", "C", "C++", "C#", "Go", "R"])
    assert len({skill.pk for skill in found.values()}) == 7


def test_a_new_word_becomes_a_skill_of_its_own_and_is_there_next_time():
    before = Skill.objects.count()
    assert known(["Glass harmonica repair"]) == {}
    first = resolve(["Glass harmonica repair", "GLASS HARMONICA REPAIR", "", "Glass  x"])
    assert first["Glass harmonica repair"] == first["GLASS HARMONICA REPAIR"]
    assert first["Glass harmonica repair"].name == "Glass harmonica repair"
    assert first["Glass harmonica repair"].uri == ""
    assert resolve(["glass harmonica repair"])["glass harmonica repair"] == first["Glass harmonica repair"]
    assert Skill.objects.count() == before + 2


def test_composed_and_decomposed_letters_are_one_word():
    found = resolve(["Ge\u0301nie du vide", "G\u00e9nie du vide"])
    assert len({skill.pk for skill in found.values()}) == 1
    assert found["Ge\u0301nie du vide"].name == "G\u00e9nie du vide"


def test_words_that_folding_makes_long_or_empty():
    words = ["½" * 100, "´", "x" * 100, "漢字", "%", "_", "'; DROP TABLE skills_skill; --"]
    found = resolve(words)
    assert set(found) == set(words)
    assert len({skill.pk for skill in found.values()}) == len(words)
    assert resolve(words) == found


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=100), max_size=8))
def test_every_clean_line_means_something(texts):
    words = []
    for text in texts:
        try:
            words.append(clean_line(text, 100))
        except Exception:  # noqa: BLE001 - what a form refuses never comes here
            continue
    with transaction.atomic():
        found = resolve(words)
        assert set(found) == {word for word in words if word}
        assert known(words) == found


def test_the_number_of_statements_does_not_grow():
    few, many = ["one new word"], [f"new word {number}" for number in range(60)] + ["JS"]
    assert len(queries(lambda: resolve(few))) == len(queries(lambda: resolve(many)))
    assert fold([]) == known([]) == resolve([]) == {}


def test_many_new_words_at_once():
    words = [f"odd craft {number}" for number in range(12_000)]
    assert len({skill.pk for skill in resolve(words).values()}) == len(words)


@pytest.mark.django_db(transaction=True)
def test_two_who_write_the_same_new_words_at_once():
    words = [f"rare craft {letter}" for letter in "abcdefgh"]
    for _round in range(5):
        Skill.objects.filter(uri="").delete()
        outcomes = race(*(lambda order=order: resolve(order) for order in (words, words[::-1], words, words[::-1])))
        assert all(isinstance(outcome, dict) for outcome in outcomes), outcomes
        assert all(outcome == outcomes[0] for outcome in outcomes)
        assert Skill.objects.filter(uri="").count() == len(words)
        assert Spelling.objects.filter(skill__uri="").count() == len(words)


@pytest.mark.django_db(transaction=True)
def test_the_vocabulary_into_tables_where_people_have_written_already():
    Skill.objects.all().delete()
    mine = resolve(["k8s", "Glass harmonica repair"])
    with transaction.atomic(), connection.cursor() as cursor:
        vocabulary.load(cursor)
    assert known(["k8s"])["k8s"] == mine["k8s"]
    assert known(["Kubernetes"])["Kubernetes"].uri == "collegium:kubernetes"
    count = Spelling.objects.count()
    with transaction.atomic(), connection.cursor() as cursor:
        vocabulary.load(cursor)
    assert Spelling.objects.count() == count
    # The tables stay as the migration left them for the tests after this one (`testing.vocabulary`).
    Skill.objects.all().delete()
    with transaction.atomic(), connection.cursor() as cursor:
        vocabulary.load(cursor)
