"""A whole Collegium, started as an operator starts it, and browsers to visit it with."""

import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

CLONE = Path(__file__).resolve().parents[2]
PASSWORD = "correct horse battery staple"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A journey says what happens, not how fast: the machine that runs it may be busy.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a journey that fails be tried once more, and be named at the end of the run as one that needed it.

    Several browsers and communities share whatever machine runs this; a fault of the product fails twice.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@dataclass
class Site:
    """A running community."""

    base: str
    data: Path
    log: Path

    @property
    def welcome(self) -> str:
        """The one-time link of the first owner, which the command says a moment after the server is ready."""
        for _ in range(100):
            if found := re.findall(r"http://\S+/welcome/\S+(?=\s)", self.log.read_text()):
                return found[-1]
            time.sleep(0.1)
        return pytest.fail(f"no link for the first owner: {self.log.read_text()}")

    def run(self, python: str) -> str:
        """Run some Python inside the community, as `collegium shell -c` does."""
        command = [sys.executable, "-m", "collegium.cli", "shell", "--data", str(self.data), "-c", python]
        done = subprocess.run(command, cwd=CLONE, env=_environment(), check=False, text=True, capture_output=True)
        assert done.returncode == 0, done.stderr
        return done.stdout


def _environment() -> dict[str, str]:
    """Nothing of the unit tests' settings and database."""
    gone = ("COLLEGIUM_", "DJANGO_", "PYTEST_")
    return {name: value for name, value in os.environ.items() if not name.startswith(gone) and name != "DATABASE_URL"}


@pytest.fixture(scope="session")
def ground() -> Iterator[Path]:
    """The data of an empty community that was started once and stopped: what every file of journeys begins with.

    Every migration runs in it, so the first process of a run that needs it makes it for all, and the last one that
    leaves it takes it away: who makes or removes it holds its lock alone, who uses it holds it with others.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)
    folder = Path(tempfile.gettempdir(), f"collegium-ground-{run}")
    made = folder / "made"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        while not made.exists():
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                _lay(folder)
                made.touch()
            fcntl.flock(lock, fcntl.LOCK_SH)
        yield folder / "data"
        with suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
            Path(lock.name).unlink(missing_ok=True)


def _lay(folder: Path) -> None:
    """Start a community in an empty folder, and stop it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    folder.chmod(0o755)
    try:
        with _served(folder):
            pass
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


@pytest.fixture(scope="module")
def operated() -> dict[str, str]:
    """What the operator of a file's community sets; a file of journeys with other wishes has its own of this name."""
    return {}


@pytest.fixture(scope="module")
def site(ground: Path, operated: dict[str, str]) -> Iterator[Site]:
    """A new, empty community for each file of journeys."""
    folder = Path(tempfile.mkdtemp(prefix="collegium-journeys-"))
    folder.chmod(0o755)
    try:
        # With its owners: root runs the database as another user.
        subprocess.run(["cp", "-a", str(ground), str(folder / "data")], check=True)
        with _served(folder, operated) as made:
            yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _served(folder: Path, operated: dict[str, str] | None = None) -> Iterator[Site]:
    """A community that runs until the block ends, its data in `folder/data`, with settings of the operator's."""
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        port = opened.getsockname()[1]
    log = folder / "start.log"
    command = [sys.executable, "-m", "collegium.cli", "start", "--data", str(folder / "data"), "--port", str(port)]
    with log.open("wb") as out:
        chosen = _environment() | (operated or {})
        server = subprocess.Popen(command, cwd=CLONE, env=chosen, stdout=out, stderr=subprocess.STDOUT)
    made = Site(f"http://127.0.0.1:{port}", folder / "data", log)
    try:
        _wait(made, server)
        yield made
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)


def _wait(site: Site, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(1500):
        assert server.poll() is None, site.log.read_text()
        try:
            with urllib.request.urlopen(f"{site.base}/readyz", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"not ready: {site.log.read_text()}")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for a file of journeys: what runs after them finds no event loop of Playwright's in its thread."""
    path = next(found for name in CHROMIUM if (found := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """A person at a browser."""

    context: BrowserContext
    page: Page
    site: Site
    complaints: list[str]

    def go(self, path: str) -> Page:
        """Open an address."""
        self.page.goto(self.site.base + path)
        return self.page

    def sign_in(self, email: str) -> Page:
        """Sign in with a password."""
        self.go("/accounts/login/")
        self.page.fill("[name=login]", email)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(lambda address: "/login" not in address)
        return self.page

    def forgive(self, *words: str) -> None:
        """What the browser says of a line that was cut, and of these besides, is no fault of the page."""
        known = re.compile("|".join(["ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to fetch", *words]))
        self.complaints[:] = [text for text in self.complaints if not known.search(text)]


@pytest.fixture
def visitor(chromium: Browser, site: Site) -> Iterator[Callable[..., Visitor]]:
    """`visitor()` is a new person at a new browser; keyword arguments go to the browser's context."""
    visitors: list[Visitor] = []

    def make(**options: Any) -> Visitor:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = chromium.new_context(**options)
        page = context.new_page()
        made = Visitor(context, page, site, [])
        page.on("pageerror", lambda error: made.complaints.append(str(error)))
        page.on("console", lambda message: made.complaints.append(message.text) if message.type == "error" else None)
        foreign = re.compile(rf"^(?!{re.escape(site.base)}|data:|blob:)")
        page.on("request", lambda sent: made.complaints.append(sent.url) if foreign.match(sent.url) else None)
        visitors.append(made)
        return made

    yield make
    for each in visitors:
        each.context.close()
    # Scripts that fail, a policy that blocks, an address elsewhere: all of them show on the console or as a request.
    complaints = [complaint for each in visitors for complaint in each.complaints]
    assert not complaints


PEOPLE = """
from collegium.accounts.models import Community, User
from collegium.members import actions as members
from collegium.network import actions as network
from allauth.account.models import EmailAddress
def person(name, owner=False):
    email = name.split()[0].lower() + "@example.org"
    user = User.objects.create_user(email, {password!r}, role="owner" if owner else "member")
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return members.join(user, name)
Community.objects.get_or_create(id=1, defaults={{"name": "Water Guild"}})
names = ("Ada Lindqvist", "Bo Okafor", "Cy Tanaka", "Di Varga", "Flo Reyes")
ada, bo, cy, di, flo = [person(name, name.startswith("Ada")) for name in names]
for one, other in ((bo, ada), (cy, bo)):
    network.accept(network.invite(one, other, note="Hello"), by=other)
"""


@pytest.fixture(scope="module")
def people(site: Site) -> Site:
    """Ada (who owns the place), Bo (connected), Cy (connected with Bo), Di and Flo (strangers)."""
    site.run(PEOPLE.format(password=PASSWORD))
    return site
