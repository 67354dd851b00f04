"""How queries are read: as they are meant, and never as an error."""

import pytest

from collegium.lib.query import tokens
from collegium.lib.query.said import needs_saying, said
from collegium.search.corpus import alike
from collegium.search.query import parse

pytestmark = pytest.mark.django_db

# What is typed, and how the page says it was understood.
UNDERSTOOD = {
    "hydrologist": "hydrologist…",
    "hydrologist delft": "hydrologist… AND delft…",
    "hydrologist AND delft": "hydrologist… AND delft…",
    '"water board"': "“water board”",
    "“water board”": "“water board”",
    '"water board': "“water board”",
    "rust OR haskell": "rust… OR haskell…",
    "rust|haskell": "rust… OR haskell…",
    "a b OR c": "(a… AND b…) OR c…",
    "(rust OR go) lead": "(rust… OR go…) AND lead…",
    "java NOT javascript": "java… AND NOT “javascript”",
    "java -javascript": "java… AND NOT “javascript”",
    "java NOT java*": "java… AND NOT java…",
    "NOT NOT java": "java…",
    "java NOT": "java…",
    "AND OR java": "java…",
    "java OR": "java…",
    "((java": "java…",
    "java))) rust": "java… AND rust…",
    "()": "",
    "title:engineer": "title: engineer…",
    'company:"Acme Water"': "company: “Acme Water”",
    "nofield:word": "“nofield:word”",
    "o'brien": "“o'brien”",
    "c++": "c++",
    "? !": "",
    '""': "",
    "NOT (a OR b)": "NOT (“a” OR “b”)",
}


@pytest.mark.parametrize("typed", UNDERSTOOD)
def test_understood(typed):
    assert said(parse.read(typed)) == UNDERSTOOD[typed]


def test_plain_words_need_no_saying():
    assert not needs_saying(parse.read("anna smith"), "anna smith")
    for typed in ("a OR b", "NOT a", '"a b"', "title:a", "a -b"):
        assert needs_saying(parse.read(typed), typed), typed


def test_several_are_read_in_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        nodes = parse.read_many(["Ünal", "?", "a OR É"])
    assert [said(node) for node in nodes] == ["Ünal…", "", "a… OR É…"]
    assert nodes[0].words == ("unal",)


def test_nothing_is_too_much():
    for typed in ("(" * 5000, '"' * 5000, "NOT " * 500, "a OR " * 500, "-" * 999, "a:" * 99, "(a OR " * 99, "x" * 9999):
        parse.read(typed)


def test_words():
    assert tokens.words("c++ and c# or c") == ("c++", "and", "c#", "or", "c")
    assert tokens.words("node.js o'brien under_score") == ("node", "js", "o", "brien", "under", "score")
    assert tokens.words("田中太郎 x") == ("田", "中", "太", "郎", "x")
    assert tokens.words("हिन्दी भाषा") == ("हिन्दी", "भाषा")
    assert tokens.words("a" * 99) == ("a" * tokens.LONGEST,)


def test_alike():
    for one, other in (("okafor", "okaffor"), ("smith", "smiht"), ("anna", "ana"), ("lee", "leo"), ("same", "same")):
        assert alike.differ_by_one(one, other), (one, other)
        assert alike.differ_by_one(other, one)
    for one, other in (("smith", "smyht"), ("anna", "hanno"), ("abcd", "badc"), ("okafor", "okoffer")):
        assert not alike.differ_by_one(one, other), (one, other)
