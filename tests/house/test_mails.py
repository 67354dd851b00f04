"""Every mail there is: made of three templates, shown in the style guide, sent for a reason that is written down."""

import ast
from pathlib import Path

import pytest
from django.test import Client

from collegium.notifications import kinds
from collegium.notifications.models import Outgoing
from collegium.notifications.topics import TOPICS
from collegium.ui import mails

ROOT = Path(__file__).resolve().parents[2] / "collegium"
FOUND = sorted(mails.templates())


def test_there_are_mails() -> None:
    assert len(FOUND) >= 25


@pytest.mark.parametrize("name", FOUND)
def test_each_has_three_templates(name: str) -> None:
    for ending in ("_subject.txt", "_message.txt", "_message.html"):
        assert list(ROOT.glob(f"*/templates/{name}{ending}")), name + ending


def test_each_has_an_example_and_each_example_a_mail() -> None:
    assert [example.template for example in mails.every()] == FOUND


@pytest.mark.django_db
@pytest.mark.parametrize("name", FOUND)
def test_each_example_is_a_whole_mail(name: str) -> None:
    example = mails.of(name)
    assert example is not None
    made = example.make()
    assert made.subject
    assert "\n" not in made.subject
    assert example.cause
    assert "\n\n\n\n" not in made.body
    assert "<style" not in example.html
    assert "Answers to this mail" in made.body or "what you answer to this mail" in made.body, "says where answers go"
    for part in (made.body, example.html, made.subject):
        assert "None" not in part.split()
        assert "{{" not in part
    for outside in ("<img", "<script", "@import", "url("):
        assert outside not in example.html


@pytest.mark.django_db
def test_all_are_shown_where_the_operator_wants_it(settings, client: Client) -> None:  # type: ignore[no-untyped-def]
    settings.STYLEGUIDE = False
    assert client.get("/_styleguide/mails/").status_code == 404
    assert client.get(f"/_styleguide/mails/{FOUND[0]}/").status_code == 404
    settings.STYLEGUIDE = True
    page = client.get("/_styleguide/mails/")
    shown = page.content.decode()
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    for name in FOUND:
        assert f'src="/_styleguide/mails/{name}/"' in shown
        one = client.get(f"/_styleguide/mails/{name}/")
        assert one.status_code == 200
        policy = one.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
    assert 'href="/_styleguide/mails/"' in client.get("/_styleguide/").content.decode()


# Who makes mails, and what each of these mails answers to. Nothing else sends one, and the clock alone is no reason:
# the last four send by the clock what something that happened has put in line.
SENDERS = {
    "accounts/adapter.py": "codes and notes of the account, which its owner caused",
    "accounts/owners.py": "an invitation that somebody wrote",
    "members/joining.py": "somebody asks to join",
    "members/views.py": "the owner decided",
    "workplaces/views.py": "a code that a member asked for",
    "ui/mails.py": "the examples in the style guide, which are not sent",
    "notifications/mails/trial.py": "a member asked for it",
    "notifications/mails/letters.py": "news: every line is a notification with its cause",
    "digests/sending.py": "what people posted since; nothing comes when nothing was missed",
    "finding/keeping/letters.py": "something was posted that a search she keeps finds",
    "newsletters/letter.py": "an issue that was published",
}


def calls(path: Path) -> bool:
    """Whether a module makes or sends a mail by itself."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("mail.compose", "mail.send"):
            return True
        names = {"send_mail", "EmailMultiAlternatives", "mail_admins", "send_mass_mail"}
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            return True
    return False


def test_every_sender_has_a_reason() -> None:
    sources = [path for path in ROOT.rglob("*.py") if not {"tests", "testing", "migrations"} & set(path.parts)]
    found = {str(path.relative_to(ROOT)) for path in sources if calls(path)}
    assert found - {"lib/mail.py"} == set(SENDERS)


def test_news_goes_out_because_of_something_that_was_told() -> None:
    """The line that waits to be mailed cannot be without the notification, and that cannot be without its cause."""
    assert not Outgoing._meta.get_field("notification").null
    assert {kinds.of(name).topic for name in kinds.names()} <= set(TOPICS)


def test_every_kind_belongs_to_a_line_of_the_settings() -> None:
    assert [name for name in kinds.names() if kinds.of(name).topic == "other"] == []


def test_no_kind_is_about_absence() -> None:
    """Nobody is told that she was away, or what she should do next."""
    words = ("inactive", "absent", "miss_you", "come_back", "away", "reengage", "engage", "suggest", "nudge")
    assert [name for name in kinds.names() if any(word in name for word in words)] == []
