"""`collegium standing` and `collegium restrictions`: what members may send, and what keeps somebody from it."""

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from collegium.cli.house import house


@contextmanager
def _inside() -> Iterator[None]:
    """Inside the community; what cannot be done is one sentence.

    Raises:
        SystemExit: nobody and nothing is called so, or the deed is refused.
    """
    with house():
        from django.core.exceptions import ObjectDoesNotExist

        from collegium.lib.refusal import Conflict

        try:
            yield
        except ObjectDoesNotExist:
            raise SystemExit("There is none of this name or number.") from None
        except Conflict as conflict:
            raise SystemExit(conflict.reason) from None


def standing(arguments: argparse.Namespace) -> int:
    """Work somebody's account out from the log, and print it."""
    with _inside():
        from collegium.audience.viewer import Viewer
        from collegium.conduct import reading, words
        from collegium.members.models import Member

        member = Member.objects.get(handle=arguments.handle.lstrip("@"))
        account = reading.ledger(member)
        if arguments.json:
            print(json.dumps(words.as_json(account, member.handle), indent=2))
            return 0
        for line in words.say(account.lines, Viewer(member)):
            print(f"{line.at:%Y-%m-%d %H:%M}  {line.sign or '·':>4}  {line.balance:>3}  {line.words}")
        print(
            f"{member.name} can send {account.balance} of {account.level.cap}; level: {words.rung(account.level.rung)}."
        )
    return 0


def listing(arguments: argparse.Namespace) -> int:
    """Print the restrictions that hold, those with an unanswered appeal first; or all."""
    with _inside():
        from collegium.conduct.models import Restriction

        rows = Restriction.objects.select_related("member", "appeal").order_by("-id")
        found = list(rows if arguments.all else rows.living())
        found.sort(key=lambda row: not _waits(row))
        for row in found:
            print(_told(row))
        if not found:
            print("Nobody is restricted.")
    return 0


def impose(arguments: argparse.Namespace) -> int:
    """Let somebody invite nobody for so many days."""
    with _inside():
        from collegium.conduct import actions
        from collegium.lib import clock
        from collegium.members.models import Member

        member = Member.objects.get(handle=arguments.handle.lstrip("@"))
        until = clock.now() + timedelta(days=arguments.days)
        made = actions.restrict(member, by=None, reason=arguments.reason, until=until, words=_words(arguments.words))
        if made is not None:
            print(f"{made.pk}: {member.name} can invite nobody until {made.until:%Y-%m-%d %H:%M} UTC, and is told why.")
    return 0


def lift(arguments: argparse.Namespace) -> int:
    """End a restriction before its time."""
    with _inside():
        from collegium.conduct import actions
        from collegium.conduct.models import Restriction

        row = actions.lift(Restriction.objects.get(pk=arguments.number), by=None)
        print(f"{row.member.name} can invite people again, and is told.")
    return 0


def answer(arguments: argparse.Namespace) -> int:
    """Answer an appeal."""
    with _inside():
        from collegium.conduct import actions
        from collegium.conduct.models import Restriction

        row = Restriction.objects.select_related("member").get(pk=arguments.number)
        actions.answer(row, _words(arguments.words), by=None, lifted=arguments.lift)
        print(f"{row.member.name} reads the answer; the restriction {'is lifted' if arguments.lift else 'stays'}.")
    return 0


def _words(text: str) -> str:
    """The operator's words as people's words are kept: cleaned and not too long.

    Raises:
        SystemExit: they do not fit.
    """
    from django.core.exceptions import ValidationError

    from collegium.conduct.models import WORDS_LIMIT
    from collegium.lib.text import clean_text

    try:
        return clean_text(text, WORDS_LIMIT)
    except ValidationError as error:
        raise SystemExit(" ".join(error.messages)) from None


def _waits(row: object) -> bool:
    appeal = getattr(row, "appeal", None)
    return appeal is not None and appeal.answered_at is None


def _told(row: object) -> str:
    """One restriction with its appeal, as lines."""
    from collegium.conduct.models import Restriction

    assert isinstance(row, Restriction)  # noqa: S101 - models can be imported only inside
    state = "lifted" if row.lifted_at else "holds" if row.is_living else "over"
    lines = [
        f"{row.pk}  @{row.member.handle}  {row.since:%Y-%m-%d} to {row.ended_at:%Y-%m-%d}  {state}",
        f"    {row.get_reason_display()} ({row.cause if row.by == row.By.RULE else 'by hand'})",
    ]
    lines += [f"    {row.words}"] if row.words else []
    if (appeal := getattr(row, "appeal", None)) is not None:
        lines.append(f"    Appeal: {appeal.words}")
        lines.append(f"    Answer ({appeal.outcome}): {appeal.answer}" if appeal.answer else "    Not answered yet.")
    return "\n".join(line.replace("\n", "\n    ") for line in lines)
