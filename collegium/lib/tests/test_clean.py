"""Text on its way in."""

import time
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.lib.text import clean_line, clean_text
from collegium.lib.text.clean import MOST_MARKS

NASTY = st.text(
    alphabet=st.sampled_from(
        list("ab 1.\n\t\r\x0b\x0c\x85\xa0\xad")
        + list("\u0301\u0315\u0344\u0958\u094d\u0915\u0627\u0654\u034f\u115f\u1160\uac00\u11a8\u1100\u1161\u3164")
        + list(
            "\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u202e\u2066\u2069\u2028\u2060\ufeff\ufe0f\ufe0e\u061c\u0e01\u0e48"
        )
        + list("👩🚀🏽🏴❤\U000e0067\U000e007f\U000e0100\U0001d159\ufdd0\uffff")
    ),
    max_size=60,
)
ANY = st.text(max_size=80)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada   Lovelace \t", "Ada Lovelace"),
        ("Ada\nLovelace\r\n", "Ada Lovelace"),
        ("Ada\xa0Lovelace\u3000!", "Ada Lovelace !"),
        ("Zoe\u0308", "Zoë"),
        ("\u202eevil\u202c name", "evil name"),
        ("\u2068Ada\u2069", "Ada"),
        ("Ada\u200b\ufeff\u2060Lo\u00advelace", "AdaLovelace"),
        ("\u200eAda\u200f", "Ada"),
        ("a\u200db", "ab"),  # a joiner between Latin letters joins nothing
        ("می\u200cخواهم", "می\u200cخواهم"),  # Persian needs it
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("👩🏽\u200d🚀", "👩🏽\u200d🚀"),
        ("❤\ufe0f\u200d🔥", "❤\ufe0f\u200d🔥"),
        ("1\ufe0f\u20e3", "1\ufe0f\u20e3"),
        (
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        ),
        ("Ada\U000e0061\U000e0062", "Ada"),  # invisible letters
        ("👩\u200d", "👩"),
        ("\u3164", ""),
        ("\u2800\u200b\u00ad", ""),
        ("\u0301", ""),
        ("", ""),
        ("   \n ", ""),
        ("ﬁ", "ﬁ"),  # NFC, not NFKC: what was typed stays recognisable
        ("田中\u3000花子", "田中 花子"),
        ("O\u2019Brien", "O\u2019Brien"),
    ],
)
def test_a_line_is_repaired(typed, kept):
    assert clean_line(typed, 100) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (
            "one\r\ntwo\rthree\u2028four\u2029five\x85six\x0bseven\x0ceight",
            "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight",
        ),
        ("a\n\n\n\n\n\nb", "a\n\n\nb"),
        ("a\n  \n \t \n  \n\nb", "a\n\n\nb"),
        ("a  \t\nb   ", "a\nb"),
        ("\n \n  indented\n", "indented"),
        ("col\tcol", "col\tcol"),
        ("שלום \u200f(1)", "שלום \u200f(1)"),  # a mark stays, it cannot leave its paragraph
        ("\u202eabc\u202c \u2067def\u2069", "abc def"),
        ("ไทย\u200bไทย", "ไทย\u200bไทย"),  # Thai breaks lines there
        ("a\u200bb", "ab"),
        ("\n\n", ""),
    ],
)
def test_a_text_is_repaired(typed, kept):
    assert clean_text(typed, 100) == kept


@pytest.mark.parametrize("clean", [clean_line, clean_text])
@pytest.mark.parametrize("char", ["\x00", "\x01", "\x08", "\x0e", "\x1b", "\x1f", "\x7f", "\x80", "\x9f"])
def test_control_characters_are_refused_with_a_sentence(clean, char):
    with pytest.raises(ValidationError, match="control character") as refused:
        clean(f"Ada{char}", 100)
    assert refused.value.code == "control"


@pytest.mark.parametrize("clean", [clean_line, clean_text])
@pytest.mark.parametrize("number", [0xD800, 0xDFFF, 0xDC80, 0xD83D])
def test_half_characters_are_refused_with_a_sentence(clean, number):
    with pytest.raises(ValidationError, match="broken character"):
        clean(f"Ada{chr(number)}", 100)


@pytest.mark.parametrize("clean", [clean_line, clean_text])
def test_length_counts_code_points_after_cleaning(clean):
    assert clean("e\u0301" * 10, 10) == "é" * 10
    assert clean("  " + "👍" * 10 + "\u200b  ", 10) == "👍" * 10
    with pytest.raises(ValidationError) as refused:
        clean("a" * 11, 10)
    assert refused.value.messages == ["At most 10 characters fit here; this has 11."]
    assert refused.value.code == "max_length"
    with pytest.raises(ValidationError, match="100000"):
        clean(" " * 100_000, 10)


def test_no_towers_of_marks():
    tower = clean_line("a" + "\u0315\u0300" * 30, 200)
    assert len(tower) <= 1 + MOST_MARKS
    assert clean_line("שָׁ֖לוֹם", 50)
    assert clean_line("བསྒྲུབས", 50) == "བསྒྲུབས"


@settings(max_examples=400, deadline=None)
@given(st.one_of(NASTY, ANY))
@pytest.mark.parametrize("clean", [clean_line, clean_text])
def test_what_comes_out_is_clean_for_good(clean, typed):
    try:
        kept = clean(typed, 500)
    except ValidationError:
        return
    assert clean(kept, 500) == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert not set(kept) & set(
        "\x00\r\x0b\x0c\x85\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
    )
    assert kept == kept.strip()
    assert "\n\n\n\n" not in kept
    if clean is clean_line:
        assert "\n" not in kept
        assert "\t" not in kept
    kept.encode()


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S"), max_codepoint=0x2FFF), min_size=1, max_size=60))
def test_ordinary_words_pass_unchanged_but_for_their_spelling(typed):
    wanted = unicodedata.normalize("NFC", typed)
    hidden = set("\u3164\u115f\u1160\u17b4\u17b5\u2800")
    if not hidden & set(typed):
        assert clean_line(typed, 500) == wanted


@pytest.mark.parametrize(
    "unit",
    [
        "\u0315\u0300",
        "a\u0301",
        " \n",
        " ",
        "\t",
        "\u200d",
        "👩\u200d",
        "\u0958",
        "\u0344",
        "\ufe0f",
        "\u202e",
        "क्\u200d",
        "\r",
        "é",
    ],
)
@pytest.mark.parametrize("clean", [clean_line, clean_text])
def test_hostile_text_takes_no_time(clean, unit):
    text = (unit * 20_000)[:20_000]
    begun = time.process_time()
    clean(text, 50_000)
    assert time.process_time() - begun < 0.25  # some 20 ms; with a square in it, seconds
