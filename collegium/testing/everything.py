"""`bin/check` and `bin/test`: every check, then the tests, with pytest's own closing line last."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

CLONE = Path(__file__).resolve().parents[2]
CACHE = CLONE / ".cache"
BIN = Path(sys.executable).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHECKS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "layers": ["lint-imports", "--no-cache"],
    "migrations": ["python", "-m", "django", "makemigrations", "--check", "--dry-run"],
}
# One process more than there are processors: while one waits for a browser or for the database, the others work. Each
# imports every room, so more than a few gain little.
PROCESSES = min(len(os.sched_getaffinity(0)) + 1, 6)


def say(sentence: str) -> None:
    """Show progress at once."""
    print(sentence, flush=True)


def environment() -> dict[str, str]:
    """The environment of the checks: nothing of a running community, everything they write under `.cache/`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COLLEGIUM_")}
    return kept | {
        "COLLEGIUM_DATA": str(CACHE / "data"),
        "DJANGO_SETTINGS_MODULE": "collegium.testing.settings",
        "PYTHONWARNINGS": "ignore:Got an error checking a consistent migration history",
        "RUFF_CACHE_DIR": str(CACHE / "ruff"),
    }


@dataclass(frozen=True)
class Found:
    """What a check found."""

    held: bool
    said: str


def look(name: str, env: dict[str, str]) -> Found:
    """Run one of the checks."""
    began = time.monotonic()
    program, *words = CHECKS[name]
    done = subprocess.run(
        [str(BIN / program), *words],
        check=False,
        cwd=CLONE,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    held = done.returncode == 0
    said = f"{name:<12}{'ok' if held else 'FAILED'}  {time.monotonic() - began:.1f} s"
    return Found(held, said if held else f"{said}\n{done.stdout}{done.stderr}")


def check() -> list[str]:
    """Run the checks that need no database; the names of those that found something."""
    failed = []
    for name in CHECKS:
        found = look(name, environment())
        say(found.said)
        failed += [] if found.held else [name]
    return failed


def browser() -> str:
    """The path of a Chromium, installed when that can be done.

    Raises:
        SystemExit: there is none, and this user may not install one.
    """
    if found := _browser():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("Installing Chromium for the browser journeys …")
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        with (CACHE / "apt.log").open("wb") as log:
            for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
                subprocess.run(
                    ["apt-get", "-q", *words], check=False, env=quiet, stdin=subprocess.DEVNULL, stdout=log, stderr=log
                )
        if found := _browser():
            return found
        raise SystemExit(f"Chromium could not be installed; see {CACHE / 'apt.log'}.")
    raise SystemExit("The browser journeys need Chromium: install it (on Debian, as root: apt install chromium).")


def _browser() -> str:
    named = os.environ.get("CHROMIUM", "")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), "")


def run_tests(paths: list[str], chromium: str) -> int:
    """Run pytest over the paths, on several processes; its exit status."""
    more = {"CHROMIUM": chromium} if chromium else {}
    command = [str(BIN / "pytest"), "-q", "-r", "fER"]
    command += ["-n", str(PROCESSES), "--dist", "loadfile", "--no-loadscope-reorder", *paths]
    done = subprocess.run(command, check=False, cwd=CLONE, env=environment() | more, stdin=subprocess.DEVNULL)
    return done.returncode


def main() -> None:
    """Do what the word says; the exit status is 0 when everything held."""
    word, *paths = sys.argv[1:]
    CACHE.mkdir(exist_ok=True)
    chromium = browser() if word == "test" else ""
    failed = check()
    if failed:
        say(f"FAILED: {', '.join(failed)}; the tests follow.")
    quick = ["collegium", "tests/house", "-m", "not slow"]
    status = run_tests(paths or (quick if word == "check" else []), chromium)
    raise SystemExit(status or (1 if failed else 0))


if __name__ == "__main__":
    main()
