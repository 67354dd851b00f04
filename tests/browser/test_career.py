"""A career that comes in from an archive, is vouched for, and goes out on paper."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Site, Visitor

pytestmark = pytest.mark.browser

ARCHIVE = {
    "Profile.csv": "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,"
    "Geo Location,Twitter Handles,Websites,Instant Messengers\n"
    "Bo,Okafor,,,,Gates and seals,I keep water where it belongs.,,,,,,\n",
    "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On\n"
    'Delta Works,Gate engineer,"Six gates, two storms.",Delft,Mar 2019,\n'
    "Harbour of Rotterdam,Trainee,,Rotterdam,2016,Feb 2019\n",
    "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name,Activities\nTU Delft,2011,2016,,MSc,Rowing\n",
    "Skills.csv": "Name\nPostgres\nPostgreSQL\nSeal design\n",
    "Languages.csv": "Name,Proficiency\nDutch,Native or bilingual proficiency\n",
    "Ads Clicked.csv": "Ad clicked Date,Ad Title/Id\n2026-05-01,1234\n",
}


def archive() -> bytes:
    """What LinkedIn sends, as far as Bo has it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in ARCHIVE.items():
            out.writestr(name, text.replace("\n", "\r\n"))
    return made.getvalue()


def test_a_profile_is_filled_from_an_archive(people: Site, visitor: Callable[..., Visitor]) -> None:
    """Upload, look through it, confirm: nothing stands on the page before, everything chosen after, once."""
    bo = visitor()
    page = bo.sign_in("bo@example.org")
    bo.go("/settings/import/")
    file = {"name": "Basic_LinkedInDataExport.zip", "mimeType": "application/zip", "buffer": archive()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Look through it").click()
    expect(page.locator("#settle")).to_be_visible(timeout=30_000)
    expect(page.locator("main")).to_contain_text("Gate engineer")
    expect(page.locator("main")).to_contain_text("Ads Clicked.csv")
    elsewhere = visitor()
    elsewhere.sign_in("ada@example.org")
    assert "Gate engineer" not in elsewhere.go("/in/bo-okafor/").content()
    page.locator("#settle button[value=confirm]").click()
    expect(page.locator("main")).to_contain_text("It is here")
    bo.go("/in/bo-okafor/")
    experience = page.locator("#part-positions")
    expect(experience).to_contain_text("Gate engineer")
    expect(experience).to_contain_text("March 2019 – present")
    expect(experience).to_contain_text("Harbour of Rotterdam")
    expect(page.locator("#part-skills .skill")).to_have_count(2)
    expect(page.locator("#part-languages")).to_contain_text("Dutch")

    bo.go("/settings/import/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Look through it").click()
    expect(page.locator("main")).to_contain_text("Everything in it is here already", timeout=30_000)


def test_a_career_is_edited_in_place(people: Site, visitor: Callable[..., Visitor]) -> None:
    """Add, change, take away and put back a position without leaving the page, by keyboard."""
    ada = visitor()
    page = ada.sign_in("ada@example.org")
    ada.go("/in/ada-lindqvist/")
    page.locator("a[href='/career/positions/new/']").first.focus()
    page.keyboard.press("Enter")
    form = page.locator("form.career-form")
    form.get_by_label("Role").fill("Dam engineer")
    form.get_by_label("Organisation").fill("Delta Works")
    form.locator("[name=started_year]").fill("2017")
    form.get_by_role("button", name="Save").click()
    entry = page.locator("#part-positions")
    expect(entry).to_contain_text("Dam engineer")
    expect(entry).to_contain_text("2017 – present")
    assert page.url.endswith("/in/ada-lindqvist/")
    entry.locator("a[href^='/career/items/']").first.click()
    form = page.locator("form.career-form")
    form.get_by_label("Role").fill("Chief dam engineer")
    form.locator("[name=goes_on]").set_checked(False)
    form.locator("[name=ended_year]").fill("2010")
    form.get_by_role("button", name="Save").click()
    expect(page.locator("#part-positions .field-error").first).to_be_visible()
    form = page.locator("form.career-form")
    expect(form.get_by_label("Role")).to_have_value("Chief dam engineer")
    form.locator("[name=ended_year]").fill("")
    form.get_by_label("Role").fill("Chief dam engineer")
    form.get_by_role("button", name="Save").click()
    expect(page.locator("#part-positions")).to_contain_text("Chief dam engineer")
    # The browser notes the refused form on its console.
    ada.complaints = [said for said in ada.complaints if "422" not in said]


def test_saving_does_not_wait_for_the_sentence(people: Site, visitor: Callable[..., Visitor]) -> None:
    """What a form fetches while one types never makes its button deaf, however slow the answer."""
    cy = visitor()
    page = cy.sign_in("cy@example.org")
    cy.go("/in/cy-tanaka/")
    page.locator("a[href='/career/positions/new/']").first.click()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/career/positions/sentence/", hold)
    form = page.locator("form.career-form")
    form.get_by_label("Role").fill("Tide reader")
    with page.expect_request("**/career/positions/sentence/"):
        form.get_by_label("Organisation").fill("Delta Works")
    form.get_by_role("button", name="Save").click()
    expect(page.locator("#part-positions")).to_contain_text("Tide reader")
    expect(form).to_have_count(0)
    for route in held:
        route.fulfill(body="")


def test_a_recommendation_is_asked_for_written_and_approved(people: Site, visitor: Callable[..., Visitor]) -> None:
    """Ada asks, Bo writes, Ada approves; Cy reads it only then."""
    ada, bo, cy = visitor(), visitor(), visitor()
    page = ada.sign_in("ada@example.org")
    ada.go("/vouching/ask/bo-okafor/")
    page.locator("select[name=relationship]").select_option(index=1)
    page.locator("textarea[name=note]").fill("About the winter of the two storms, perhaps?")
    page.get_by_role("button", name="Send").click()
    bo.sign_in("bo@example.org")
    bo.go("/vouching/write/ada-lindqvist/")
    expect(bo.page.locator("main")).to_contain_text("the winter of the two storms")
    bo.page.locator("select[name=relationship]").select_option(index=1)
    bo.page.locator("textarea[name=body]").fill("Ada hears a leak before the instruments do.")
    bo.page.get_by_role("button", name="Send to Ada").click()
    expect(bo.page.locator("main")).to_contain_text("Ada hears a leak")
    cy.sign_in("cy@example.org")
    assert "hears a leak" not in cy.go("/in/ada-lindqvist/").content()
    ada.go("/vouching/")
    expect(page.locator("main")).to_contain_text("Ada hears a leak")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="Approve").or_(page.get_by_role("button", name="Show")).first.click()
    cy.go("/in/ada-lindqvist/")
    expect(cy.page.locator("#part-recommendations")).to_contain_text("Ada hears a leak")
    expect(cy.page.locator("#part-recommendations")).to_contain_text("Bo Okafor")


def test_the_cv_is_printed(people: Site, visitor: Callable[..., Visitor], tmp_path: Path) -> None:
    """The PDF that Bo takes along has pages with his words on them, and ink."""
    bo = visitor()
    page = bo.sign_in("bo@example.org")
    bo.go("/in/bo-okafor/cv/")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="PDF").click()
    path = tmp_path / "cv.pdf"
    waiting.value.save_as(path)
    document = pypdfium2.PdfDocument(path)
    text = " ".join(sheet.get_textpage().get_text_range() for sheet in document)
    assert "Bo Okafor" in text
    assert "Gate engineer" in text
    assert document.is_tagged()
    picture = bytes(document[0].render(grayscale=True).buffer)
    dark = sum(point < 128 for point in picture) / len(picture)
    assert 0.002 < dark < 0.3
