"""A profile in more than one language: who reads which."""

import pytest

from collegium.career import actions
from collegium.career.sections import Section
from collegium.members.models import Member
from collegium.profiles.tongues import best, direction, own_name
from collegium.testing.cast import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def kim(make_member):
    """Public, written in English, with a German and an Arabic side."""
    kim = make_member("Kim Lund", visibility=0, headline="Rivers and dams", about="I listen to dams.")
    item = actions.add(kim, Section.POSITIONS, title="Head of dams", organization_name="Nordvatten")
    actions.put_profile_text(kim, "de", headline="Flüsse und Dämme", about="Ich höre Dämmen zu.")
    actions.put_item_text(item, "de", by=kim, title="Leiterin Talsperren")
    actions.put_profile_text(kim, "ar", headline="أنهار وسدود")
    return kim


READS = {
    ("", ""): "Rivers and dams",
    ("de-AT,de;q=0.9,en;q=0.5", ""): "Flüsse und Dämme",
    ("fr,sv", ""): "Rivers and dams",
    ("fr,de;q=0.3", ""): "Flüsse und Dämme",
    ("en,de;q=0.9", ""): "Rivers and dams",
    ("en", "de"): "Flüsse und Dämme",
    ("de", "en"): "Rivers and dams",
    ("de", "fr"): "Flüsse und Dämme",
    ("de", "%00;<>"): "Flüsse und Dämme",
    ("*;q=zzz,,;" * 500, "x" * 5000): "Rivers and dams",
}


@pytest.mark.parametrize(("header", "lang"), READS)
def test_which_language_is_read(kim, header, lang):
    asked = {"lang": lang} if lang else {}
    page = client_of(None).get(kim.path, asked, headers={"Accept-Language": header})
    text = page.content.decode()
    main = text[text.index("<main") : text.index("</main")]
    shown = [words for words in ("Rivers and dams", "Flüsse und Dämme", "أنهار وسدود") if words in main]
    assert shown == [READS[header, lang]]
    assert ("Leiterin Talsperren" in main) is (shown[0] == "Flüsse und Dämme")
    assert "Accept-Language" in page["Vary"]


def test_the_other_languages_are_named_and_the_texts_marked(kim):
    text = client_of(None).get(kim.path, {"lang": "de"}).content.decode()
    assert f'<link rel="alternate" hreflang="ar" href="http://testserver{kim.path}?lang=ar">' in text
    assert f'<link rel="alternate" hreflang="x-default" href="http://testserver{kim.path}">' in text
    assert f'<link rel="canonical" href="http://testserver{kim.path}?lang=de">' in text
    assert f'href="{kim.path}?lang=en" hreflang="en" lang="en">English</a>' in text
    assert '<bdi class="p-job-title" lang="de" dir="ltr">Flüsse und Dämme</bdi>' in text
    assert 'lang="ar" dir="rtl"' in client_of(None).get(kim.path, {"lang": "ar"}).content.decode()


def test_one_language_is_not_worth_a_word(make_member):
    kim = make_member("Kim Lund", visibility=0)
    text = client_of(None).get(kim.path).content.decode()
    assert "hreflang" not in text
    assert "Also in" not in text


def test_a_closed_part_is_closed_in_every_language(kim):
    from collegium.audience.level import Level
    from collegium.career.sections import Part

    actions.set_audience(kim, Part.ABOUT, Level.CONNECTIONS)
    Member.objects.filter(pk=kim.pk).update(language="en")
    for lang in ("en", "de"):
        text = client_of(None).get(kim.path, {"lang": lang}).content.decode()
        assert "I listen" not in text
        assert "Ich höre" not in text


def test_tags():
    assert best(["de-CH"], ("en", "de", "de-ch")) == "de-ch"
    assert best(["pt"], ("en", "pt-BR")) == "pt-BR"
    assert direction("ar") == direction("az-Arab") == "rtl"
    assert direction("ks-Deva") == direction("de") == "ltr"
    assert own_name("pt-BR") == "Português (BR)"
    assert own_name("xx") == "xx"
