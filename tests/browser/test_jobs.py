"""Work: from the posting to the hire between two people, and a referral among three."""

import itertools
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Visitor

pytestmark = pytest.mark.browser

# Ada and Di say openly that they work at the water works, which nobody has made a page of; so both may hire for it.
WORKS = """
from collegium.career import actions
from collegium.career.document import Draft
from collegium.career.sections import Section
from collegium.members.models import Member
from collegium.organizations.models import Organization
for name in ("Ada Lindqvist", "Di Varga", "Bo Okafor"):
    draft = Draft(Section.POSITIONS, title="Engineer", organization_name="Delta Works", started="2020-03")
    actions.take(Member.objects.get(name=name), [draft])
print(Organization.objects.get(name="Delta Works").handle)
"""
# What Ada posts, told to the verbs: the sheet has a journey of its own.
POSTED = """
from decimal import Decimal
from collegium.members.models import Member
from collegium.openings import actions
from collegium.openings.details import Details
from collegium.organizations.models import Organization
di = Member.objects.get(name="Di Varga")
said = Details(title="Keeper of sluice %d", text="You open it, and close it.", place="Delft", country="NL",
    pay_low=Decimal(40000), pay_high=Decimal(48000), currency="EUR", vacancy=True, machine=False)
print(actions.post(actions.draft(di, Organization.objects.get(name="Delta Works"), said), by=di).path)
"""

ASKED = """
from collegium.referrals.models import Referral
print(Referral.objects.latest("pk").path)
"""


@pytest.fixture(scope="module")
def works(people: Site) -> str:
    """The handle of the record that Ada, Bo and Di work at."""
    return people.run(WORKS).split()[-1]


# Nothing of the same name is offered twice within two months: a journey that is tried again offers something else.
_places = itertools.count(1)


def test_from_the_posting_to_the_hire(people: Site, works: str, visitor: Callable[..., Visitor]) -> None:
    """Ada offers work and asks one question; Cy applies, is moved, reads it, gets an offer and is hired."""
    ada, cy = visitor(), visitor(viewport={"width": 390, "height": 844})
    recruiter = ada.sign_in("ada@example.org")
    title = f"Reader of gauges, district {next(_places)}"
    path = _posted(ada, recruiter, works, title)

    applicant = cy.sign_in("cy@example.org")
    cy.go("/jobs/")
    applicant.get_by_role("link", name=title).first.click()
    expect(applicant.get_by_role("heading", level=1)).to_contain_text(title)
    expect(applicant.locator("main")).to_contain_text("Can you swim?")
    applicant.get_by_role("link", name="Apply").first.click()
    applicant.wait_for_url("**/apply/")
    applicant.get_by_label("Yes", exact=True).check()
    applicant.locator("[name=letter]").fill("I read what I am told to read.")
    applicant.locator("[name=consent]").check()
    applicant.get_by_role("button", name="Send the application").click()
    applicant.wait_for_url("**/applications/*/")
    expect(applicant.locator(".application-state")).to_contain_text("Sent")
    application = applicant.url.removeprefix(people.base).partition("?")[0]

    ada.go(f"{path}hiring/")
    recruiter.get_by_role("link", name="Cy Tanaka", exact=True).click()
    expect(recruiter.get_by_role("heading", level=1)).to_contain_text("Cy Tanaka")
    expect(recruiter.locator("main")).to_contain_text("I read what I am told to read.")
    sheet = recruiter.url
    _moved(recruiter, sheet, "Interview", "We should like to meet you.")
    cy.go(application)
    expect(applicant.locator(".application-state")).to_contain_text("Interview")
    expect(applicant.locator("main")).to_contain_text("We should like to meet you.")
    _moved(recruiter, sheet, "Offer", "")
    _moved(recruiter, sheet, "Hired", "Welcome. The bicycle is blue.")
    cy.go(application)
    expect(applicant.locator(".application-state")).to_contain_text("Hired")
    expect(applicant.locator(".application-steps")).to_contain_text("The bicycle is blue.")


def _posted(ada: Visitor, page: Page, works: str, title: str) -> str:
    """Writes the sheet and posts it; returns its address."""
    ada.go(f"/jobs/new/?organization={works}")
    page.locator("[name=title]").fill(title)
    page.fill("textarea[name=source]", "Forty gauges, by bicycle. You write down what you see.")
    page.locator("[name=pay_low]").fill("30000")
    page.locator("[name=pay_high]").fill("36000")
    page.locator("[name=currency]").select_option("EUR")
    page.locator("[name=place]").fill("Delft")
    page.locator("[name=country]").select_option("NL")
    page.locator("label:has([name=vacancy][value=yes])").click()
    page.locator("label:has([name=machine][value=no])").click()
    page.get_by_text("Ask something").click()
    page.locator("[name$=words]").filter(visible=True).first.fill("Can you swim?")
    page.get_by_role("button", name="Post it").first.click()
    page.wait_for_url(lambda address: "/new/" not in address)
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    return page.url.removeprefix(ada.site.base).partition("?")[0]


def _moved(page: Page, sheet: str, where: str, words: str) -> None:
    """On the page of an applicant: moves, with or without words, and waits until it says so."""
    page.goto(sheet.partition("?")[0] + "move/")
    page.locator(".choice").filter(has=page.get_by_text(where, exact=True)).locator("[name=to]").first.check(force=True)
    page.locator("[name=words]").fill(words)
    page.get_by_role("button", name="Move", exact=True).click()
    page.wait_for_url(lambda address: "/move/" not in address)


def test_a_word_among_three(people: Site, works: str, visitor: Callable[..., Visitor]) -> None:
    """Cy asks Bo, who works there, for a word; Di, who hires, reads it with the application of Cy, who does not."""
    path = people.run(POSTED % next(_places)).split()[-1]
    cy, bo, di = visitor(), visitor(), visitor()
    asker = cy.sign_in("cy@example.org")
    cy.go(f"{path}people/")
    asker.get_by_role("link", name="Ask for a referral").first.click()
    asker.locator("[name=note]").fill("You saw me close a lock in the rain.")
    asker.get_by_role("button", name="Ask", exact=True).click()
    expect(asker.locator("main")).to_contain_text("Bo Okafor")

    referrer = bo.sign_in("bo@example.org")
    bo.go("/referrals/")
    expect(referrer.locator("main")).to_contain_text("You saw me close a lock in the rain.")
    bo.go(people.run(ASKED).split()[-1])
    referrer.locator("label:has([name=knows][value=together])").click()
    referrer.locator("[name=words]").fill("Cy stays until it is closed.")
    referrer.get_by_role("button", name="Give your word").click()
    expect(referrer.locator("main")).to_contain_text("Cy stays until it is closed.")

    cy.go(f"{path}apply/")
    asker.locator("[name=consent]").check()
    asker.get_by_role("button", name="Send the application").click()
    asker.wait_for_url("**/applications/*/")
    expect(asker.locator("main")).not_to_contain_text("Cy stays until it is closed.")

    recruiter = di.sign_in("di@example.org")
    di.go(f"{path}hiring/")
    recruiter.get_by_role("link", name="Cy Tanaka", exact=True).click()
    expect(recruiter.locator("main")).to_contain_text("Cy stays until it is closed.")
    expect(recruiter.locator("main")).to_contain_text("Bo Okafor")
