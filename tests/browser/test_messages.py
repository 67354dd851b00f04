"""Talking: two open pages, a line that breaks, what a stranger writes first, and the keyboard alone."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import PASSWORD, Site, Visitor
from tests.browser.test_push import led

pytestmark = pytest.mark.browser

# Whoever joined today cannot write to strangers yet: this one came a month ago.
EARLIER = """
from datetime import timedelta
from allauth.account.models import EmailAddress
from collegium.accounts.models import User
from collegium.lib import clock, ids
from collegium.members.models import Member
name, email = {name!r}, {email!r}
user = User.objects.create_user(email, {password!r})
EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
key = ids.key_at(clock.now() - timedelta(days=30))
Member.objects.create(pk=key, user=user, name=name, handle=name.lower().replace(" ", "-"))
"""
KEY = """
from collegium.members.models import Member
from collegium.reach import actions
print("key", actions.make_key(Member.objects.get(handle="ada-lindqvist"), label="Fair", most=1, ends_at=None).code)
"""


def tag() -> str:
    """What tells the words of this journey from those of another, or of the same one tried again."""
    return uuid4().hex[:6]


def stranger(site: Site, first: str, mark: str) -> str:
    """Somebody nobody knows, who has been here for a while; her name."""
    name = f"{first} {mark}"
    site.run(EARLIER.format(name=name, email=f"{first.lower()}-{mark}@example.org", password=PASSWORD))
    return name


def field(page: Page) -> Locator:
    return page.locator("#talk-text")


def said(page: Page, *texts: str) -> None:
    """These were said in this order, each once."""
    these = re.compile("^(" + "|".join(re.escape(text) for text in texts) + ")$")
    expect(page.locator("#talk-list .msg-words").filter(has_text=these)).to_have_text(list(texts))


def say(page: Page, *texts: str) -> None:
    for text in texts:
        field(page).fill(text)
        field(page).press("Enter")


class Lost:
    """A line on which the first answer is lost, after the server has done what was asked."""

    def __init__(self) -> None:
        self.statuses: list[int] = []

    def send(self, route: Route) -> None:
        if self.statuses:
            return route.continue_()
        self.statuses.append(route.fetch().status)
        return route.abort()


def test_two_talk_and_each_page_follows(people: Site, visitor: Callable[..., Visitor]) -> None:
    """Words, who is writing, and that it was read: nobody reloads."""
    asked, answer = f"Does the seal hold? {tag()}", f"It holds. {tag()}"
    ada, bo = visitor(), visitor(viewport={"width": 390, "height": 844})
    ada.sign_in("ada@example.org")
    bo.sign_in("bo@example.org")
    bo.go("/messages/")
    ada.go("/in/bo-okafor/")
    ada.page.locator("a[href='/messages/with/bo-okafor/']").first.click()
    say(ada.page, asked)
    said(ada.page, asked)
    row = bo.page.locator(".inbox-unread", has_text="Ada Lindqvist")
    expect(row).to_contain_text(asked)
    expect(ada.page.locator(".chat-seen")).to_have_text("")
    row.locator("a[data-open]").click()
    said(bo.page, asked)
    expect(ada.page.locator(".chat-seen")).to_have_text("Seen")

    field(bo.page).press_sequentially(answer[:5])
    expect(ada.page.locator(".chat-typing")).to_have_text("Bo Okafor is writing")
    field(bo.page).press_sequentially(answer[5:])
    bo.page.get_by_role("button", name="Send", exact=True).click()
    said(ada.page, asked, answer)
    expect(ada.page.locator(".chat-typing")).to_have_text("")
    expect(bo.page.locator(".chat-seen")).to_have_text("Seen")
    said(bo.page, asked, answer)
    for page in (ada.page, bo.page):
        expect(page.locator(".msg-unsent")).to_have_count(0)


def test_what_is_written_without_a_line_arrives_once(people: Site, visitor: Callable[..., Visitor]) -> None:
    """Two messages wait, outlive their page, come in order; an answer that is lost loses and doubles nothing."""
    first, second, third = (f"{each} from the tunnel {tag()}" for each in ("First", "Second", "Third"))
    ada, bo = visitor(), visitor()
    ada.sign_in("ada@example.org")
    bo.sign_in("bo@example.org")
    ada.go("/messages/with/bo-okafor/")
    assert led(ada.page)
    ada.page.reload()
    bo.go("/messages/with/ada-lindqvist/")
    ada.context.set_offline(True)
    say(ada.page, first, second)
    field(ada.page).press("Enter")
    waiting = ada.page.locator(".msg-unsent")
    expect(waiting).to_have_count(2)
    expect(waiting.locator("[data-state]")).to_have_text(["Waiting for a connection"] * 2)
    ada.page.reload()
    expect(ada.page.get_by_role("heading")).to_have_text("There is no connection")
    expect(bo.page.locator("#talk-list")).not_to_contain_text(first)
    ada.context.set_offline(False)
    ada.page.get_by_role("link", name="Try again").click()
    for page in (bo.page, ada.page):
        said(page, first, second)
    expect(waiting).to_have_count(0)

    ada.page.route("**/messages/*/messages/", (answered := Lost()).send)
    bo.page.route("**/since/**", (asked := Lost()).send)
    say(ada.page, third)
    said(bo.page, first, second, third)
    expect(waiting).to_have_count(0)
    assert (answered.statuses, asked.statuses) == ([204], [200])
    for page in (ada.page, bo.page):
        page.reload()
        said(page, first, second, third)
    ada.forgive()
    bo.forgive()


def test_what_a_stranger_writes_first(people: Site, visitor: Callable[..., Visitor]) -> None:
    """Selling is not welcome, and says so; with a key it is let in, and the words that were typed are kept."""
    mark = tag()
    name, words = stranger(people, "Gil", mark), f"I sell seals that hold at four degrees. {mark}"
    gil, ada = visitor(), visitor()
    gil.sign_in(f"gil-{mark}@example.org")
    ada.sign_in("ada@example.org")
    ada.go("/messages/")
    gil.go("/messages/with/ada-lindqvist/")
    main = gil.page.get_by_role("main")
    main.locator("label", has_text="Selling something").click()
    main.get_by_label("Your message").fill(words)
    main.get_by_role("button", name="Send the request").click()
    expect(main).to_contain_text(
        "Ada Lindqvist takes messages of this kind only from people to whom they gave a contact key"
    )
    expect(main.get_by_label("Your message")).to_have_value(words)
    expect(ada.page.locator("#inbox")).not_to_contain_text(name)

    code = people.run(KEY).split("key ")[1].strip()
    main.get_by_text("I have a contact key").click()
    main.get_by_role("textbox", name="Contact key").fill(code.lower())
    main.get_by_role("button", name="Send the request").click()
    said(gil.page, words)
    expect(ada.page.locator(".inbox-row", has_text=name)).to_contain_text("I sell seals")
    gil.forgive("status of 409")


def test_declining_shows_the_sender_nothing(people: Site, visitor: Callable[..., Visitor]) -> None:
    """Uma asks for advice; Ada declines, and Uma's page stays as it was, letter by letter."""
    mark = tag()
    name, words = stranger(people, "Uma", mark), f"Which book on dams did you read first? {mark}"
    uma, ada = visitor(), visitor()
    uma.sign_in(f"uma-{mark}@example.org")
    ada.sign_in("ada@example.org")
    uma.go("/messages/with/ada-lindqvist/")
    main = uma.page.get_by_role("main")
    main.locator("label", has_text="Advice").click()
    main.get_by_label("Your message").fill(words)
    main.get_by_role("button", name="Send the request").click()
    said(uma.page, words)
    expect(main).to_contain_text("Your message waits for Ada Lindqvist")

    ada.go("/messages/?box=requests")
    ada.page.locator(".inbox-row", has_text=name).locator("a[data-open]").click()
    expect(ada.page.locator(".chat-asked")).to_contain_text(f"{name} is not told what you do here")
    before = _shown(uma.page)
    ada.page.get_by_role("button", name="Decline", exact=True).click()
    expect(ada.page.get_by_role("heading", name="No requests")).to_be_visible()
    assert _shown(uma.page) == before
    uma.page.reload()
    expect(main).to_contain_text("Your message waits for Ada Lindqvist")
    assert _shown(uma.page) == before
    ada.go("/messages/?box=declined")
    ada.page.locator(".inbox-row", has_text=name).locator("a[data-open]").click()
    expect(ada.page.locator(".chat-asked")).to_contain_text(f"You declined this. {name} is not told")


def _shown(page: Page) -> str:
    """What the conversation says and offers, as its reader is shown it."""
    return page.locator("talk-one").aria_snapshot()


def test_by_keyboard_alone(people: Site, visitor: Callable[..., Visitor]) -> None:
    """From the list to a conversation, writing, a sign, other words, searching, and back."""
    mark = tag()
    ada = visitor()
    ada.sign_in("ada@example.org")
    ada.go("/messages/with/bo-okafor/")
    keys = ada.page.keyboard
    expect(field(ada.page)).to_be_focused()
    keys.type("So that this stands first in the list")
    keys.press("Enter")
    expect(ada.page.locator("#talk-list .msg", has_text="stands first").last).to_be_visible()
    ada.go("/messages/")
    row = ada.page.locator(".inbox-link", has_text="Bo Okafor")
    expect(ada.page.locator(".inbox-link").first).to_contain_text("Bo Okafor")
    keys.press("j")
    expect(row).to_have_attribute("aria-current", "page")
    expect(field(ada.page)).to_be_focused()
    keys.type(f"Written without a mose {mark}")
    keys.press("Enter")
    line = ada.page.locator("#talk-list .msg", has_text=mark)
    expect(line).to_be_visible()

    keys.press("Escape")
    expect(line).to_be_focused()
    keys.press("m")
    menu = ada.page.locator("#talk-menu")
    expect(menu.get_by_role("button", name="Agreed")).to_be_focused()
    keys.press("ArrowRight")
    expect(menu.get_by_role("button", name="Lovely")).to_be_focused()
    keys.press("Enter")
    expect(line.locator(".msg-sign")).to_contain_text("Lovely: 1")
    expect(menu).to_be_hidden()

    keys.press("i")
    expect(field(ada.page)).to_be_focused()
    keys.press("ArrowUp")
    edited = ada.page.get_by_role("dialog").get_by_label("Your message")
    expect(edited).to_be_focused()
    keys.press("Control+a")
    keys.type(f"Written without a mouse {mark}")
    keys.press("Control+Enter")
    expect(line.locator(".msg-words")).to_have_text(f"Written without a mouse {mark}")
    expect(line).to_contain_text("edited")

    expect(ada.page.get_by_role("dialog")).to_be_hidden()
    keys.press("Escape")
    keys.press("/")
    ada.page.wait_for_url("**/messages/search/**")
    expect(ada.page.get_by_role("main").locator("[data-search]")).to_be_focused()
    keys.type(mark)
    keys.press("Enter")
    found = ada.page.locator(".found-said a", has_text=mark)
    expect(found).to_be_visible()
    for _stop in range(60):
        if found.evaluate("link => link === document.activeElement"):
            break
        keys.press("Tab")
    expect(found).to_be_focused()
    keys.press("Enter")
    expect(ada.page.locator("#talk-list .msg", has_text=mark)).to_be_focused()
    keys.press("g")
    keys.press("m")
    expect(ada.page).to_have_url(re.compile("/messages/$"))
    expect(row).to_be_visible()
