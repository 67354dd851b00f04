"""A profile written in more languages."""

from collegium.career import actions
from collegium.career.models import ItemText, ProfileText
from collegium.career.sections import Section
from collegium.testing.cast import Cast


def test_added_written_read_and_dropped(cast: Cast) -> None:
    browser = cast.client("ada")
    item = actions.add(cast.ada, Section.POSITIONS, title="Engineer", organization_name="Vattenfall")
    for wrong in ("en", "xx", "", "x" * 50):
        assert browser.post("/career/translations/", {"language": wrong}).status_code == 422
    assert browser.post("/career/translations/", {"language": "sv"}).url == "/career/translations/sv/"
    page = browser.get("/career/translations/sv/").content.decode()
    assert "Svenska" in page
    assert f"/career/translations/sv/items/{item.pk}/" in page
    long = browser.post("/career/translations/sv/", {"headline": "x" * 221, "name": "Ada L"})
    assert long.status_code == 422
    assert "Ada L" in long.content.decode()
    browser.post("/career/translations/sv/", {"headline": "Damningenjör", "name": ""})
    beside = browser.get(f"/career/translations/sv/items/{item.pk}/").content.decode()
    assert "Engineer" in beside
    browser.post(f"/career/translations/sv/items/{item.pk}/", {"title": "Ingenjör", "place": "ignored", "id": "7"})
    read = cast.client("bo").get("/in/ada-lindqvist/?lang=sv").content.decode()
    assert "Damningenjör" in read
    assert "Ingenjör" in read
    assert "Vattenfall" in read
    assert "Ingenjör" not in cast.client("bo").get("/in/ada-lindqvist/?lang=en").content.decode()
    assert "1 entry" in browser.get("/career/translations/sv/removal/").content.decode()
    browser.post("/career/translations/sv/removal/")
    assert (ProfileText.objects.count(), ItemText.objects.count()) == (0, 0)


def test_what_is_not_there_is_404(cast: Cast) -> None:
    theirs = actions.add(cast.bo, Section.POSITIONS, title="Boss", organization_name="Elsewhere")
    browser = cast.client("ada")
    assert browser.get("/career/translations/sv/").status_code == 404
    browser.post("/career/translations/", {"language": "sv"})
    assert browser.get(f"/career/translations/sv/items/{theirs.pk}/").status_code == 404
    assert browser.get("/career/translations/zh-Hant-TWAAAAAAA/").status_code == 404
    assert browser.get(f"/career/translations/sv/items/{2**70}/").status_code == 404


def test_the_head_and_about_in_place(cast: Cast) -> None:
    browser = cast.client("ada")
    good = {"name": "Ada L", "pronouns": "she", "pronunciation": "AY-da", "headline": "Rivers", "place": "Uppsala"}
    refused = browser.post("/career/head/", good | {"name": ""}, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    assert "AY-da" in refused.content.decode()
    answer = browser.post("/career/head/", good | {"about": "x", "visibility": "0"}, headers={"HX-Request": "true"})
    assert answer["HX-Retarget"] == "#profile-words"
    assert browser.post("/career/about/", {"about": "One.\n\nTwo.", "name": "x"}).status_code == 302
    assert browser.post("/career/about/", {"about": "x" * 2601}).status_code == 422
    cast.ada.refresh_from_db()
    assert (cast.ada.name, cast.ada.about, cast.ada.pronunciation, cast.ada.visibility) == (
        "Ada L",
        "One.\n\nTwo.",
        "AY-da",
        1,
    )
