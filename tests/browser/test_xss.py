"""Attacks in a real browser: wherever members' words are shown, nothing runs, nothing is fetched, nothing else changes.

Once as the product shows them; and once more with the cleaner taken away, raw HTML in the text of an article, where
only the policies of the page stand in the way.
"""

import contextlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.browser.conftest import Site, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# Families of attacks, each written out; `hit()` is what an attack would run if anything ran it.
PAYLOADS = Path(__file__).parent / "xss" / "payloads.json"
LISTED = json.loads(PAYLOADS.read_text())
STAGE = (Path(__file__).parent / "xss" / "stage.py").read_text()
# Installed before any script of a page: whoever gets to run calls one of these.
HOOKS = """
window.hits = [];
window.hit = (what) => window.hits.push(String(what ?? "hit"));
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => window.hits.push(name);
window.broken = [];
addEventListener("securitypolicyviolation", (event) => window.broken.push(event.violatedDirective));
"""
# What people do with a page, done to everything on it; the forms of the page itself are not sent.
TOUCH = """(within) => {
  const names = `mouseover mouseenter mousemove mousedown mouseup pointerover pointerdown focus blur input keydown
    keyup keypress load error toggle animationstart transitionend copy paste dragstart drop wheel scroll select
    invalid contextmenu dblclick`.split(/\\s+/);
  for (const box of document.querySelectorAll(within)) for (const each of [box, ...box.querySelectorAll("*")]) {
    for (const name of names) each.dispatchEvent(new Event(name, { bubbles: false, cancelable: true }));
    const href = each.getAttribute?.("href") ?? each.getAttribute?.("xlink:href") ?? "";
    const follows = /script|mocha/i.test(href) && !/^https?:/.test(each.protocol);
    if (follows) each.dispatchEvent(new MouseEvent("click", { cancelable: true }));
  }
  return new Promise((done) => setTimeout(() => done({ hits: window.hits, broken: window.broken }), 30));
}"""
# Whatever stands on the page outside the words, and what is strange within them.
LOOK = """() => {
  const inside = ".article-text";
  // The bar counts news, and a table of contents is the page's own.
  const outside = [...document.querySelectorAll("html, html *")].filter(
    (each) => !each.closest(`${inside}, .top, .dock, .article-contents`),
  );
  const words = [...document.querySelectorAll(`${inside} *`)];
  const strange = words.flatMap((each) => [...each.attributes].map((one) => `${each.tagName} ${one.name}`));
  const links = words.filter((each) => each.href !== undefined && each.hasAttribute("href"));
  return {
    outside: outside.map((each) => each.tagName).join(" "),
    tags: [...new Set(words.map((each) => each.tagName))],
    strange: [...new Set(strange)],
    protocols: [...new Set(links.map((each) => each.protocol))],
  };
}"""
TAGS = set(
    "P H2 H3 H4 EM STRONG DEL A CODE PRE BLOCKQUOTE UL OL LI SUP SECTION DIV TABLE THEAD TBODY TR TH TD BR HR".split()  # noqa: SIM905 - words read best as words
)
NAMED = {"href", "title", "rel", "id", "class", "tabindex", "start"}


@pytest.fixture(scope="module")
def staged(people: Site) -> dict[str, Any]:
    """Every payload in its places."""
    return json.loads(people.run(f"PAYLOADS = {str(PAYLOADS)!r}\n{STAGE}").splitlines()[-1])


@pytest.fixture
def reader(chromium: Browser, visitor: Callable[..., Visitor]) -> Iterator[Callable[[str], Page]]:
    """A page of somebody signed in, with the hooks in place; what leaves the site is noted, and goes nowhere."""
    contexts = []

    def make(email: str) -> Page:
        signed_in = visitor()
        signed_in.sign_in(email)
        context = chromium.new_context(storage_state=signed_in.context.storage_state())
        contexts.append(context)
        context.add_init_script(HOOKS)
        page = context.new_page()
        page.left = []  # type: ignore[attr-defined]
        base = signed_in.site.base

        def judge(route: Any) -> None:
            request = route.request
            # The stream of the page, and what a frame of an attack may show, are not written anywhere.
            if request.url.startswith(base) and request.method == "GET":
                route.continue_()
                return
            if not request.is_navigation_request() or request.method != "GET":
                page.left.append(f"{request.method} {request.url}")  # type: ignore[attr-defined]
            route.abort()

        context.route("**/*", judge)
        page.on("dialog", lambda dialog: (page.left.append("dialog"), dialog.dismiss()))  # type: ignore[attr-defined]
        return page

    yield make
    for each in contexts:
        each.close()


def open_page(page: Page, address: str, within: str) -> dict[str, Any]:
    page.goto(address, wait_until="load")
    return page.evaluate(TOUCH, within)


def test_there_are_enough_of_each_family() -> None:
    counted = Counter(each["family"] for each in LISTED)
    assert sum(counted.values()) >= 500
    assert counted["htmx"] >= 60
    assert min(counted.values()) >= 15


def test_nothing_runs_in_articles(people: Site, staged: dict[str, Any], reader: Callable[[str], Page]) -> None:
    page = reader("ada@example.org")
    open_page(page, people.base + staged["benign"], ".article-text")
    benign = page.evaluate(LOOK)
    for path in (*staged["cleaned"], *staged["typed"]):
        said = open_page(page, people.base + path, ".article-text")
        seen = page.evaluate(LOOK)
        assert said == {"hits": [], "broken": []}, path
        assert set(seen["tags"]) <= TAGS, path
        assert {each.split()[1] for each in seen["strange"]} <= NAMED, path
        assert set(seen["protocols"]) <= {"http:", "https:", "mailto:"}, path
        assert seen["outside"] == benign["outside"], path
    assert page.left == []  # type: ignore[attr-defined]


def test_nothing_runs_in_posts_comments_names_and_titles(
    people: Site, staged: dict[str, Any], reader: Callable[[str], Page]
) -> None:
    page = reader("ada@example.org")
    for path in staged["lists"]:
        for address in (path, *further(page, people, path)):
            assert open_page(page, people.base + address, "main") == {"hits": [], "broken": []}, address
    assert page.left == []  # type: ignore[attr-defined]
    drafts = reader("bo@example.org")
    assert open_page(drafts, f"{people.base}/articles/", "main") == {"hits": [], "broken": []}
    assert drafts.locator(".article-row").count() > 150
    assert drafts.left == []  # type: ignore[attr-defined]


def further(page: Page, people: Site, path: str) -> Iterator[str]:
    """The addresses of the older pages of a list, as far as five."""
    for _ in range(5):
        page.goto(people.base + path)
        link = page.locator(".older a").first
        if link.count() == 0:
            return
        path = str(link.get_attribute("href"))
        yield path


def test_nothing_runs_without_the_cleaner(people: Site, staged: dict[str, Any], reader: Callable[[str], Page]) -> None:
    page = reader("ada@example.org")
    stopped = 0
    for path in staged["raw"]:
        said = open_page(page, people.base + path, "body")
        assert said["hits"] == [], path
        stopped += len(said["broken"])
    # The policies had something to stop, so the attacks did arrive; and nothing was sent anywhere.
    assert stopped > 100
    assert page.left == []  # type: ignore[attr-defined]


def test_the_attacks_are_attacks(chromium: Browser) -> None:
    """Where nothing stands in the way, many of them run: so the hooks see what runs."""
    context = chromium.new_context()
    context.add_init_script(HOOKS)
    context.route("**/*", lambda route: route.abort())
    page = context.new_page()
    ran = set()
    staying = [each["payload"] for each in LISTED if "refresh" not in each["payload"]]
    for at in range(0, len(staying), 12):
        batch = [each.replace("hit()", f"hit({at + number})") for number, each in enumerate(staying[at : at + 12])]
        end = "--></script></style></textarea></title></xmp></noscript></template></select></svg></math></iframe><hr>"
        # A batch that leads away takes what it counted with it.
        with contextlib.suppress(Error):
            page.set_content(f"<!doctype html><body>{end.join(batch)}", wait_until="domcontentloaded")
            ran |= set(page.evaluate(TOUCH, "body")["hits"])
    context.close()
    assert len(ran) >= 120, sorted(ran)
