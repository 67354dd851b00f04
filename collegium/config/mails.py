"""An example of every mail, for the style guide, with the reason for which such a mail is sent.

A mail without a line here does not exist (`tests/house/test_mails.py`); one whose reason would be that somebody was
away, or might like to come back, has no place in it.
"""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.utils.html import format_html

from collegium.lib import clock
from collegium.notifications.mails.letters import Group, Line
from collegium.notifications.topics import TOPICS
from collegium.ui.mails import Example
from collegium.ui.specimens import PEOPLE

END = "https://people.example.org/unsubscribe/example/"
SETTINGS = "https://people.example.org/notifications/settings/"
NAME, ADDRESS = PEOPLE[0].name, "ada@example.org"


def _account() -> dict[str, Any]:
    """What the mails of the account and its second steps read."""
    return {
        "name": NAME,
        "email": ADDRESS,
        "from_email": ADDRESS,
        "to_email": "ada.lindqvist@example.org",
        "deleted_email": ADDRESS,
        "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "code": "1234-5678",
        "timestamp": clock.now(),
        "ip": "192.0.2.7",
        "password_reset_url": "https://people.example.org/accounts/password/reset/",
        "signup_url": "https://people.example.org/accounts/signup/",
        "password_reset_code": "1234-5678",
    }


def _line(who: int, words: str, said: tuple[str, ...] = (), ago: int = 1) -> Line:
    name = PEOPLE[who].name
    phrase = format_html('<b class="name"><bdi>{}</bdi></b> {}', name, words)
    at = clock.now() - timedelta(hours=ago)
    return Line(phrase, f"{name} {words}", list(said), "https://people.example.org/notifications/1/", at)


def _news() -> dict[str, Any]:
    said = ("Could you look at the spillway figures before Thursday? The gate moved again.",)
    lines = [_line(1, "wrote to you", said), _line(2, "wrote to you", ("The seals are here.",), 2)]
    group = Group(TOPICS["messages"].words, lines, END)
    return _letter([group], "at_once") | {"first": lines[0].plain, "count": 2}


def _gathered() -> dict[str, Any]:
    groups = [
        Group(TOPICS["invitations"].words, [_line(3, "invites you to connect")], END),
        Group(TOPICS["mentions"].words, [_line(4, "mentioned you in a comment: “Ask Ada.”", ago=5)], END),
        Group(TOPICS["career"].words, [_line(1, "wrote a recommendation for you", ago=7)], END),
    ]
    return _letter(groups, "daily") | {"first": groups[0].lines[0].plain, "count": 5, "rest": 2}


def _letter(groups: list[Group], rhythm: str) -> dict[str, Any]:
    return {"groups": groups, "rest": 0, "rhythm": rhythm, "settings": SETTINGS, "end": END}


def _digest() -> dict[str, Any]:
    def post(pk: int, who: int, facet: str) -> SimpleNamespace:
        return SimpleNamespace(pk=pk, speaker=PEOPLE[who], created_at=clock.now(), facet=facet, path=f"/posts/{pk}/")

    words = {1: "The weir holds. Two nights of measuring, and the model was right.", 2: "Choir again on Tuesday."}
    missed = SimpleNamespace(
        posts=[post(1, 1, "professional"), post(2, 2, "personal")],
        words=words,
        because={1: "dams"},
        rest=3,
        is_open=False,
        count=5,
        invitations=1,
    )
    return {"missed": missed, "me": PEOPLE[0], "wish": SimpleNamespace(rhythm="weekly"), "end": END}


def _issue() -> dict[str, Any]:
    article = SimpleNamespace(title="What a weir remembers", lead="On return periods.", path="/articles/1/")
    return {
        "issue": SimpleNamespace(number=7),
        "article": article,
        "newsletter": SimpleNamespace(name="Rivers", path="/newsletters/1/"),
        "owner": PEOPLE[0],
        "html": format_html("<p>{}</p>", "Every flood leaves a line on the wall."),
        "text": "Every flood leaves a line on the wall.",
        "is_long": False,
        "end": END,
    }


def _matches() -> dict[str, Any]:
    def line(title: str, who: str, pay: str, where: str) -> SimpleNamespace:
        opening = SimpleNamespace(title=title, organization=SimpleNamespace(name=who), path="/jobs/1/")
        return SimpleNamespace(opening=opening, pay=pay, where=where)

    lines = [
        line("Hydrologist", "Waterschap Delfland", "€58,000–€66,000 a year", "Delft, Netherlands"),
        line("Dam engineer", "Alpine Dams", "CHF\xa098,000–CHF\xa0118,000 a year", "Remote, from anywhere"),
    ]
    saved = SimpleNamespace(name="Water, near Delft", path="/jobs/searches/1/")
    return {"parts": [SimpleNamespace(saved=saved, lines=lines, rest=1, end=END)], "count": 3, "end": END}


def _trial() -> dict[str, Any]:
    return {"arrived": "https://people.example.org/notifications/arrived/x/", "when": clock.now(), "settings": SETTINGS}


def _given(**values: Any) -> Callable[[], dict[str, Any]]:
    return lambda: values


_SIGNING_IN = "somebody typed this address on the page for signing in, or for signing up"
_CHANGED = "this was changed in the account"
_ACCOUNT = {
    "account/email/account_already_exists": _SIGNING_IN,
    "account/email/email_changed": _CHANGED,
    "account/email/email_confirm": _CHANGED,
    "account/email/email_confirmation": "this address is to be confirmed",
    "account/email/email_confirmation_signup": "this address is to be confirmed",
    "account/email/email_deleted": _CHANGED,
    "account/email/login_code": _SIGNING_IN,
    "account/email/password_changed": _CHANGED,
    "account/email/password_reset": _CHANGED,
    "account/email/password_reset_code": "a new password was asked for",
    "account/email/password_set": _CHANGED,
    "account/email/unknown_account": _SIGNING_IN,
    "mfa/email/recovery_codes_generated": _CHANGED,
    "mfa/email/totp_activated": _CHANGED,
    "mfa/email/totp_deactivated": _CHANGED,
    "mfa/email/webauthn_added": _CHANGED,
    "mfa/email/webauthn_removed": _CHANGED,
}

MAILS = [
    *(Example(template, cause, _account) for template, cause in _ACCOUNT.items()),
    Example(
        "accounts/mails/invitation",
        "a member invites this address",
        _given(from_name=NAME, link="https://people.example.org/join/x/", days=30),
    ),
    Example(
        "members/mails/asked",
        "somebody asks the owner of the network to be let in",
        _given(name=NAME, email=ADDRESS, path="/settings/community/people/"),
    ),
    Example(
        "members/mails/approved",
        "the owner let her in",
        _given(name=NAME, link="https://people.example.org/accounts/login/"),
    ),
    Example("members/mails/refused", "the owner did not let her in", _given(name=NAME)),
    Example("workplaces/mails/code", "a member proves that she reads mail at this address", _given(code="123 456")),
    Example("digests/mails/digest", "people she reads posted, or somebody invites her", _digest),
    Example("finding/mails/matches", "something was posted that a search she keeps finds", _matches),
    Example("newsletters/mails/issue", "a newsletter she subscribed to has a new issue", _issue),
    Example("notifications/mails/news", "something happened that she wants mailed at once", _news),
    Example("notifications/mails/gathered", "things happened that she wants mailed once a day or a week", _gathered),
    Example("notifications/mails/trial", "she asked for it", _trial),
]
