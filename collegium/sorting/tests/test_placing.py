"""Where messages are put by the rules, and that reasons are said."""

import re
from dataclasses import replace

import pytest

from collegium.reach.purposes import Purpose
from collegium.sorting.features import NAMES, SIGNAL_ROOM, SIZE, numbers
from collegium.sorting.judging import judge
from collegium.sorting.letter import Letter
from collegium.sorting.model import rules
from collegium.sorting.phrases import PITCH, PLAIN, fold
from collegium.sorting.signals import COVERS, WEIGHTS, signals
from collegium.sorting.words import REASONS, say

NOTE = Letter("We sat at one table at Ines's wedding. What was the name of the bakery in Porto?")
OFFER = Letter("We help companies double their sales. When can we talk?", same_text_to=3)
CRYPTO = Letter("Earn 300 a day with bitcoin, write me on WhatsApp!!", sender_age_days=1, same_text_to=40)


def box(letter: Letter) -> str:
    return judge(letter, rules()).box


def test_ordinary_ones_wait_among_requests_and_pitches_do_not() -> None:
    assert box(NOTE) == "requests"
    assert box(OFFER) in ("other", "spam")
    assert box(CRYPTO) == "spam"


def test_a_key_lets_in_whatever_it_says() -> None:
    assert judge(replace(CRYPTO, keyed=True), rules()) == judge(replace(NOTE, keyed=True), rules())
    assert box(replace(CRYPTO, keyed=True)) == "focused"


def test_nothing_about_the_sender_alone_holds_a_plain_message() -> None:
    """Somebody new and unconfirmed, who writes the same to many, is no pitch by that."""
    assert box(replace(NOTE, sender_age_days=2, sender_is_confirmed=False)) == "requests"
    assert box(replace(NOTE, same_text_to=60)) == "requests"


def test_what_is_declared_may_be_said() -> None:
    vendor = replace(
        OFFER, text="Our software does the rota of your colleagues in Bremen. May I show it?", same_text_to=1
    )
    assert box(replace(vendor, purpose="sales")) == "requests"
    declared = set(signals(replace(vendor, purpose="sales")))
    assert not declared & {"says_offer", "misdeclared"}
    assert "misdeclared" in signals(replace(vendor, same_text_to=3))
    assert COVERS.keys() <= set(Purpose.values)


def test_earlier_verdicts_and_common_acquaintances_weigh() -> None:
    """Each fact about the sender moves the score its own way."""
    score = rules().score(numbers(OFFER))
    for heavier in (
        {"earlier_verdicts": 1},
        {"sender_age_days": 1},
        {"sender_is_confirmed": False},
        {"same_text_to": 12},
    ):
        assert rules().score(numbers(replace(OFFER, **heavier))) > score  # type: ignore[arg-type]
    for lighter in ({"mutuals": 1}, {"mutuals": 5}, {"from_group": True}, {"same_text_to": 0}):
        assert rules().score(numbers(replace(OFFER, **lighter))) < score  # type: ignore[arg-type]


def test_reasons_are_sentences_and_none_is_silent() -> None:
    silent = {"yours", "shared", "asks", "terms", "mutuals"}
    assert set(WEIGHTS) - silent <= set(REASONS)
    for letter in (NOTE, OFFER, CRYPTO, replace(NOTE, keyed=True), replace(NOTE, mutuals=2, from_group=True)):
        why = judge(letter, rules()).why
        assert 1 <= len(why) <= 3
        assert len(say(why)) == len(why)
        assert all(words.endswith(".") for words in say(why))
    assert say(["no longer known", "key"]) == say(["key"])


def test_words_broken_with_signs_without_shape_are_read() -> None:
    assert fold("Bit\u00adco\u200bin  B\u00f6rse\u2019s") == "bitcoin borse's"
    assert "says_money" in signals(Letter("Invest in B\u200bitc\u00adoin"))


@pytest.mark.parametrize(
    "text", ["", "a" * 10_000, "a " * 5_000, "?" * 10_000, "\u0627\u0644", "1,2." * 2_500, "we help " * 1_250]
)
def test_any_text_is_put_somewhere_and_soon(text: str) -> None:
    """What strangers send is long and odd on purpose: no expression may run away on it."""
    places = numbers(Letter(text))
    assert len(places) < 1000
    assert all(0 <= place < SIZE for place in places)
    assert list(places) == sorted(set(places))
    assert judge(Letter(text), rules()).box in ("requests", "other", "spam")


def test_there_is_room_for_the_signals_and_the_kinds_have_weights() -> None:
    assert len(NAMES) <= SIGNAL_ROOM
    assert {f"says_{kind}" for kind in PITCH} | set(PLAIN) <= set(WEIGHTS)
    for expression in (*PITCH.values(), *PLAIN.values()):
        assert not re.search(r"\][*+]|\{\d+,\}|\.[*+]", expression.pattern), "what repeats has an end"
        assert not re.search(r"[A-ZÄÖÜÉ]", re.sub(r"\\[bdsw]|\\[A-Z]", "", expression.pattern)), (
            "it is asked of folded text"
        )
