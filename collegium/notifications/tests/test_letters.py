"""What stands in a mail with news: its heads, its words, its language."""

import re
from typing import Any

import pytest
from django.utils import translation

from collegium.accounts.models import User
from collegium.lib import mail
from collegium.notifications import actions
from collegium.notifications.models import Choice, Letter, Rest
from collegium.notifications.tests.sending import confirm, mails, tell
from collegium.testing.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _everything_at_once(cast: Cast, going: Any, request: pytest.FixtureRequest) -> None:
    confirm(cast.ada, cast.di)


@pytest.fixture
def things(going: Any) -> Any:
    return going[0]


def test_the_heads_say_what_it_is(cast: Cast, settings: Any) -> None:
    settings.BASE_URL = "https://people.example.org"
    settings.DEFAULT_FROM_EMAIL = "People <people@example.org>"
    tell(cast.ada, cast.bo)
    [sent] = mails()
    head = sent.message()
    choice = Choice.objects.get(member=cast.ada, topic="messages")
    assert head["List-Unsubscribe"].startswith(f"<https://people.example.org/unsubscribe/newsmessages.{choice.pk}.")
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert head["List-Id"] == "<messages.news.people.example.org>"
    assert (head["Auto-Submitted"], head["Precedence"]) == ("auto-generated", "bulk")
    assert head["Date"]
    assert re.fullmatch(r"<news\.\d+\.[0-9a-f]{12}@example\.org>", head["Message-ID"])
    assert head["Reply-To"] is None
    assert "reaches nobody" in sent.body
    settings.MAIL_REPLY_TO = "desk@example.org"
    tell(cast.ada, cast.bo, subject=2)
    answered = mails()[-1]
    assert answered.message()["Reply-To"] == "desk@example.org"
    assert "reaches only those who run" in answered.body


def test_a_letter_made_again_has_the_same_name(cast: Cast) -> None:
    """Should a server deliver it twice, mail programs fold the two."""
    from collegium.notifications.mails import letters

    row = tell(cast.ada, cast.bo)
    row.about = []
    letter = Letter.objects.create(member=cast.ada, rhythm="at_once", topic="messages", told=[row.pk])
    made = [letters.make(letter, cast.ada, [row]).extra_headers["Message-ID"] for _ in range(2)]
    assert made[0] == made[1]
    other = Letter.objects.create(member=cast.ada, rhythm="at_once", topic="messages", told=[row.pk])
    assert letters.make(other, cast.ada, [row]).extra_headers["Message-ID"] != made[0]


def test_it_is_in_the_language_and_on_the_clock_of_its_reader(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    User.objects.filter(pk=cast.ada.user_id).update(locale="de")
    actions.rest(cast.ada, zone="Asia/Tokyo")
    seen = []
    compose = mail.compose

    def noted(*args: Any, **more: Any) -> Any:
        from django.utils import timezone

        seen.append((translation.get_language(), timezone.get_current_timezone_name()))
        return compose(*args, **more)

    monkeypatch.setattr(mail, "compose", noted)
    tell(cast.ada, cast.bo)
    assert len(mails()) == 1
    assert seen == [("de", "Asia/Tokyo")]


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (Rest.Shown.NAME, []),
        (Rest.Shown.BEGINNING, ["A" * 40]),
        (Rest.Shown.ALL, ["A" * 40, "Second.", "Z" * 40]),
    ],
)
def test_as_much_is_shown_as_she_chose(cast: Cast, things: Any, shown: str, words: list[str]) -> None:
    things.words[1] = ["A" * 40 + " " + "b" * 300 + " " + "end", "Second.", "Z" * 40]
    actions.rest(cast.ada, shown=shown)
    tell(cast.ada, cast.bo)
    body = mails()[0].body.replace("\n", " ")
    assert [word for word in ("A" * 40, "Second.", "Z" * 40) if word in body] == words
    assert ("end”" in body) == (shown == Rest.Shown.ALL)


def test_words_of_others_are_no_markup(cast: Cast, things: Any) -> None:
    things.words[1] = ['<img src=x onerror="alert(1)"> {{ settings }} & so on']
    tell(cast.ada, cast.bo)
    [sent] = mails()
    assert "<img" not in sent.alternatives[0][0]
    assert "{{ settings }} &amp; so on" in sent.alternatives[0][0]
    assert "<img src=x" in sent.body


def test_very_much_is_counted_instead_of_listed(cast: Cast) -> None:
    from collegium.notifications.mails.letters import MOST

    for number in range(MOST + 4):
        tell(cast.ada, cast.bo, subject=number)
    [sent] = mails()
    assert f"and {MOST + 3} more" in sent.subject
    assert "And 4 more" in sent.body
