"""From a plain record to a page that speaks: its domain is proved to a name server that the operator chose."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from typing import Any, cast

import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, Visitor

pytestmark = pytest.mark.browser

RECORD = """
from collegium.organizations.actions import found
found("Mill Works", "company", website="https://mill-works.org", place="Tartu", by=None)
"""


class Names(socketserver.ThreadingUDPServer):
    """Answers for texts, and knows no other name."""

    daemon_threads = True
    texts: dict[str, str]


class Question(socketserver.BaseRequestHandler):
    """One question, as it came."""

    def handle(self) -> None:
        """Say what stands there, or that there is nothing."""
        came, line = self.request
        server = cast("Names", self.server)
        asked = dns.message.from_wire(came)
        answer = dns.message.make_response(asked)
        (question,) = asked.question
        text = server.texts.get(question.name.to_text(omit_final_dot=True))
        if text is None:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif question.rdtype == dns.rdatatype.TXT:
            answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", "TXT", f'"{text}"'))
        line.sendto(answer.to_wire(), self.client_address)


@pytest.fixture(scope="module")
def names() -> Iterator[Names]:
    """A name server of this file's own."""
    with Names(("127.0.0.1", 0), Question) as server:
        server.texts = {}
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def operated(names: Names) -> dict[str, Any]:
    """Whom the community asks for names."""
    return {"COLLEGIUM_RESOLVER": f"127.0.0.1:{names.server_address[1]}"}


def test_a_domain_is_proved_and_the_page_speaks(people: Site, visitor: Callable[..., Visitor], names: Names) -> None:
    """Bo proves the domain and posts as the page; Flo, who never met him, follows it and reads that at home."""
    people.run(RECORD)
    bo, flo = visitor(), visitor()
    page = bo.sign_in("bo@example.org")
    bo.go("/organizations/mill-works/")
    page.get_by_role("link", name="Prove its domain to make it a page").click()
    page.get_by_label("Domain").fill("mill-works.org")
    page.get_by_role("button", name="Get the text to put there").click()
    token = page.locator(".org-token").first.inner_text()

    page.get_by_role("button", name="Look now").click()
    expect(page.locator("main")).to_contain_text("The text was not found.")
    expect(page.locator("main")).to_contain_text("There is no text at that name yet.")
    names.texts["_collegium-challenge.mill-works.org"] = token[:-1]
    page.get_by_role("button", name="Look now").click()
    expect(page.locator("main")).to_contain_text("There is a text at that name, but not this one.")
    names.texts["_collegium-challenge.mill-works.org"] = token
    page.get_by_role("button", name="Look now").click()
    expect(page.locator("main")).not_to_contain_text("There is a text at that name")
    bo.forgive("status of 422")  # Twice it was looked at in vain.
    bo.go("/organizations/mill-works/")
    expect(page.locator(".org-proof")).to_contain_text("mill-works.org")

    reader = flo.sign_in("flo@example.org")
    flo.go("/organizations/mill-works/")
    expect(reader.locator(".org-proof")).to_contain_text("mill-works.org")
    reader.get_by_role("button", name="Follow", exact=True).click()
    expect(reader.locator("#org-followers")).to_contain_text("1 follower")

    bo.go("/organizations/mill-works/posts/")
    page.locator(".write textarea[name=body], #compose textarea[name=body]").first.fill("The new gates are in place.")
    page.locator(".write").get_by_role("button", name="Post", exact=True).click()
    expect(page.locator(".post", has_text="The new gates are in place.")).to_be_visible()
    flo.go("/")
    post = reader.locator(".post", has_text="The new gates are in place.")
    expect(post).to_contain_text("Mill Works")
    expect(reader.locator("body")).not_to_contain_text("Okafor")

    bo.go("/organizations/mill-works/log/")
    expect(page.locator("main")).to_contain_text("Bo Okafor")
    assert reader.request.get(people.base + "/organizations/mill-works/log/").status == 403
