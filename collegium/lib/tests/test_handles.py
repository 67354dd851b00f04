"""Handles and the form fields for people's words."""

import itertools

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.lib.fields import HandleField, LineField, TextField
from collegium.lib.handles import FALLBACK, RESERVED, check_handle, handle_candidates, skeleton, slugify_handle


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("Ada Lovelace", "ada-lovelace"),
        ("Łukasz Żółć", "lukasz-zolc"),
        ("Jürgen Größe", "jurgen-grosse"),
        ("Søren Ærø", "soren-aero"),
        ("Nguyễn Thị Hương", "nguyen-thi-huong"),
        ("İbrahim Çağlayan", "ibrahim-caglayan"),
        ("O’Brien-Smith, Jr.", "obrien-smith-jr"),
        ("Владимир Щербаков", "vladimir-shcherbakov"),
        ("Ελένη Παπαδοπούλου", "eleni-papadopoulou"),
        ("김철수", "gimcheolsu"),
        ("やまだ たろう", "yamada-tarou"),
        ("きょうこ いっとう", "kyouko-ittou"),
        ("प्रिया शर्मा", "priya-sharma"),
        ("সুমন", "suman"),
        ("დავით", "davit"),
        ("Արամ", "aram"),
        ("محمد علي", "mhmd-aly"),
        ("נועה כהן", "nvah-khn"),
        ("李小龙", FALLBACK),
        ("", FALLBACK),
        ("👩‍🚀", FALLBACK),
        ("1234", FALLBACK),
        ("admin", FALLBACK),
        ("Bo", "bo-member"),
        ("a" * 80, "a" * 40),
        ("Wolfgang Amadeus Johann Chrysostomus Theophilus Mozart", "wolfgang-amadeus-johann-chrysostomus"),
    ],
)
def test_a_handle_is_made_from_a_name(name, handle):
    assert slugify_handle(name) == handle


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=120))
def test_any_name_gives_a_handle(name):
    handle = slugify_handle(name)
    assert handle == FALLBACK or check_handle(handle) is None
    for candidate in itertools.islice(handle_candidates(name), 20):
        assert check_handle(candidate) is None


def test_candidates_go_on_and_differ():
    candidates = list(handle_candidates("Ada Lovelace"))
    assert candidates[:3] == ["ada-lovelace", "ada-lovelace-2", "ada-lovelace-3"]
    assert len(candidates) > 30
    assert FALLBACK not in list(handle_candidates("李"))
    assert all(len(candidate) <= 40 for candidate in handle_candidates("a" * 80))


@pytest.mark.parametrize("handle", ["ada", "ada-lovelace", "3blue1brown", "a1-b2", "a" * 40])
def test_good_handles(handle):
    assert check_handle(handle) is None


@pytest.mark.parametrize(
    "handle",
    [
        "",
        "a",
        "a" * 41,
        "Ada",
        "ada_l",
        "-ada",
        "ada-",
        "a--b",
        "123",
        "1-2-3",
        "ada\n",
        "аdа",
        "ada.l",
        "admin",
        "xn--ada",
        "api",
        "a b c",
    ],
)
def test_other_handles_are_refused_with_a_sentence(handle):
    assert str(check_handle(handle)).endswith(".")


def test_the_house_keeps_its_own_names():
    assert {
        "admin",
        "settings",
        "api",
        "support",
        "accounts",
        "media",
        "network",
        "collegium",
        "in",
        "posts",
    } <= RESERVED


@pytest.mark.parametrize(
    ("one", "other"), [("ada-l", "adal"), ("paul", "pau1"), ("bill", "biii"), ("modern", "rnodern"), ("bob", "b0b")]
)
def test_handles_that_look_alike_share_a_skeleton(one, other):
    assert skeleton(one) == skeleton(other)
    assert skeleton("ada") != skeleton("bob")


class Form(forms.Form):
    name = LineField(limit=10)
    about = TextField(limit=20, required=False)
    handle = HandleField(required=False)


def test_fields_clean_what_they_get():
    form = Form({"name": "  Zoe\u0308 \u202eX ", "about": "a\r\n\r\n\r\n\r\n\r\nb ", "handle": " @Ada-L "})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"name": "Zoë X", "about": "a\n\n\nb", "handle": "ada-l"}


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"name": "Ada\x00"}, "name", "control character"),
        ({"name": "\ud800"}, "name", "broken character"),
        ({"name": "a" * 11}, "name", "At most 10"),
        ({"name": "\u200b\u3164"}, "name", "required"),
        ({"name": ""}, "name", "required"),
        ({"name": "Ada", "about": "x" * 21}, "about", "At most 20"),
        ({"name": "Ada", "handle": "admin"}, "handle", "kept for the network"),
        ({"name": "Ada", "handle": "a\x00b"}, "handle", "."),
    ],
)
def test_fields_say_what_is_wrong(data, field, sentence):
    form = Form(data)
    assert not form.is_valid()
    assert sentence in " ".join(form.errors[field])


def test_fields_tell_the_browser_their_length_and_validators_still_run():
    def no_shouting(value):
        if value.isupper():
            raise ValidationError("No shouting.")

    class Loud(forms.Form):
        name = LineField(limit=7, validators=[no_shouting])

    assert 'maxlength="7"' in str(Loud()["name"])
    assert Loud({"name": "ADA"}).errors["name"] == ["No shouting."]
    assert "<textarea" in str(Form()["about"])
    assert LineField(limit=5, required=False).clean(["not", "text"]) == ""
    assert Loud({"name": "ada"}).is_valid()
