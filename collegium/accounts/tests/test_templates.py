"""No page or mail of allauth's own look can appear: whatever it may render is ours."""

import inspect
import re
from pathlib import Path

import allauth
import pytest
from django.template.loader import get_template
from django.urls import URLPattern, get_resolver

from collegium.lib import mail

OURS = Path(__file__).resolve().parents[2]


def views(patterns=None):
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLPattern):
            if entry.callback.__module__.startswith("allauth."):
                yield entry.callback
        else:
            yield from views(entry.url_patterns)


def page_names() -> set[str]:
    """The templates of all views that have an address, those behind a choice of views included."""
    names = set()
    for view in views():
        inner = getattr(view, "view_class", None)
        classes = [inner] if inner else _chosen_from(view)
        for one in classes:
            for name in ("template_name", "template_name_signup_closed"):
                if getattr(one, name, None):
                    names.add(getattr(one, name))
    return names


def _chosen_from(view) -> list[type]:
    module = inspect.getmodule(view)
    source = inspect.getsource(inspect.unwrap(view))
    return [
        value for name, value in vars(module).items() if inspect.isclass(value) and re.search(rf"\b{name}\b", source)
    ]


def mail_names() -> set[str]:
    """Every mail that allauth's code for accounts and second steps names."""
    root = Path(allauth.__file__).parent
    found = set()
    for room in ("account", "mfa"):
        for path in (root / room).rglob("*.py"):
            if "tests" not in path.parts and "phone" not in path.name:
                found |= set(re.findall(r'"((?:account|mfa)/email/\w+)"', path.read_text()))
    # Links for a new password are never sent: the code takes their place (see accounts_settings).
    return found - {"account/email/password_reset_key"}


def message_names() -> set[str]:
    root = Path(allauth.__file__).parent
    found = set()
    for room in ("account", "mfa", "usersessions"):
        for path in (root / room).rglob("*.py"):
            if "tests" not in path.parts and "phone" not in path.name:
                found |= set(re.findall(r'"((?:account|mfa|usersessions)/messages/\w+\.txt)"', path.read_text()))
    return {name for name in found if "phone" not in name}


def test_the_walk_finds_pages():
    names = page_names()
    assert len(names) > 20
    assert {"account/login.html", "mfa/authenticate.html", "usersessions/usersession_list.html"} <= names


@pytest.mark.parametrize("name", sorted(page_names()))
def test_every_page_is_ours(name):
    template = get_template(name)
    assert Path(template.template.filename).is_relative_to(OURS), f"{name} would be drawn by allauth"


@pytest.mark.parametrize("name", sorted(message_names()))
def test_every_message_is_ours(name):
    assert Path(get_template(name).template.filename).is_relative_to(OURS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        *sorted(mail_names()),
        "members/mails/asked",
        "members/mails/approved",
        "members/mails/refused",
        "accounts/mails/invitation",
    ],
)
def test_every_mail_has_three_parts_and_escapes_where_it_must(name, rf):
    from django.utils import timezone

    nasty = 'Q&A <b>"x"</b>'
    context = dict.fromkeys(
        ("name", "from_name", "email", "from_email", "to_email", "deleted_email", "user_agent"), nasty
    )
    context |= {
        "code": "1234-5678",
        "timestamp": timezone.now(),
        "ip": "127.0.0.1",
        "link": "http://x/",
        "path": "/p/",
        "days": 30,
        "password_reset_url": "http://x/r",
        "signup_url": "http://x/s",
        "password_reset_code": "1",
    }
    made = mail.compose(name, to="kim@example.org", context=context)
    html = made.alternatives[0].content
    assert made.subject
    assert "\n" not in made.subject
    assert made.body.strip()
    assert "<b>" not in html
    assert "&lt;" not in made.body
    assert "<style" not in html
    assert 'style="' in html
