"""The shipped list is what it says: one spelling one skill, names that fit, and small."""

from collections import Counter

import pytest
from django.db import connection

from collegium.skills import vocabulary
from collegium.skills.models import NAME_LIMIT, Skill, Spelling
from collegium.skills.naming import known


def test_the_list_fits_its_columns():
    words = list(vocabulary.words())
    assert len({word.uri for word in words if word.rank == vocabulary.ESCO_NAME}) == 13_938
    assert max(len(word.words) for word in words) <= NAME_LIMIT
    assert all(word.words and word.words == word.words.strip() for word in words)
    assert all(word.uri.startswith((vocabulary.ESCO, vocabulary.OURS)) for word in words)
    assert sum(path.stat().st_size for path in vocabulary.DATA.iterdir()) < 900_000


def test_our_own_list_says_nothing_twice():
    lines = (vocabulary.DATA / "more.tsv").read_text(encoding="utf-8").splitlines()
    spellings = Counter(word.casefold() for line in lines for cell in line.split("\t") for word in cell.split("|"))
    assert [word for word, count in spellings.items() if count > 1 and word] == []
    assert len(lines) > 450


def test_no_two_skills_of_esco_share_a_name():
    names = Counter(word.words.casefold() for word in vocabulary.words() if word.rank == vocabulary.ESCO_NAME)
    assert [name for name, count in names.items() if count > 1] == []


def test_no_two_lines_of_ours_are_one_skill_of_esco():
    lines = Counter(word.uri for word in vocabulary.words() if word.rank == vocabulary.OUR_NAME)
    assert [uri for uri, count in lines.items() if count > 1] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Python", "Python"),
        ("js", "JavaScript"),
        ("Postgres", "PostgreSQL"),
        ("Work in teams", "Teamwork"),
        ("Acclimatise lumber", "Acclimatise timber"),
        ("evaluate data, information and digital content", "Evaluate data, information and digital content"),
        ("ICT safety", "ICT safety"),
        ("speak Japanese", "Interact verbally in Japanese"),
    ],
)
def test_what_esco_has_is_escos_skill(word, name):
    skill = known([word])[word]
    assert (skill.name, skill.uri.startswith(vocabulary.ESCO)) == (name, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("word", "name"), [("ML", "Machine learning"), ("Spark", "Apache Spark"), ("Dressmaking", "Dressmaking")]
)
def test_words_that_mean_something_else_in_esco(word, name):
    assert known([word])[word].name == name


@pytest.mark.django_db
def test_a_network_has_it_from_its_first_moment():
    assert Skill.objects.exclude(uri="").count() == Skill.objects.count() > 14_200
    assert Spelling.objects.count() > 85_000
    # Every skill can be found by its own name.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM skills_skill s LEFT JOIN skills_spelling w"
            " ON w.folded = left(fold(s.name), 200) AND w.skill_id = s.id WHERE w.folded IS NULL"
        )
        assert cursor.fetchone() == (0,)
