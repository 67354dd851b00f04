"""`collegium ask`: questions about the network, answered as one member would see the answer, in JSON.

The answer alone stands on standard output; what goes wrong is one sentence on standard error and exit status 1.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any

from collegium.cli.house import house

PATHS, PEOPLE = 100, 20
MOST = 100_000
DESCRIPTION = (
    "Asks about the network with the eyes of one member, and prints the answer as JSON. Members are named by their "
    "handles. What that member may not see is in no answer, and somebody she cannot see is answered like nobody."
)


def add(words: "argparse._SubParsersAction[argparse.ArgumentParser]", data: argparse.ArgumentParser) -> None:
    """The word and its questions."""
    ask = words.add_parser("ask", help="ask about the network as one member sees it; JSON", description=DESCRIPTION)
    questions = ask.add_subparsers(title="questions", metavar="QUESTION", required=True)
    _add_pairs(questions, data)
    _add_lists(questions, data)


def _question(
    questions: "argparse._SubParsersAction[argparse.ArgumentParser]",
    data: argparse.ArgumentParser,
    name: str,
    about: str,
    limit: int = 0,
) -> argparse.ArgumentParser:
    """One question: who asks, and of a list how much of it."""
    parser = questions.add_parser(name, parents=[data], help=about, description=about[0].upper() + about[1:] + ".")
    parser.add_argument("asker", metavar="A", help="the handle of the member with whose eyes is looked")
    if limit:
        parser.add_argument("--limit", type=_count, default=limit, metavar="N", help=f"at most so many ({limit})")
    parser.set_defaults(run="collegium.cli.asking:ask", question=name)
    return parser


def _add_pairs(questions: Any, data: argparse.ArgumentParser) -> None:
    degrees = _question(questions, data, "degrees", "how far each of these people is, and how many they both know")
    degrees.add_argument("others", nargs="+", metavar="B", help="handles")
    path = _question(questions, data, "path", "every shortest way from one member to another", PATHS)
    path.add_argument("other", metavar="B", help="the handle of the other end")
    mutual = _question(questions, data, "mutual", "whom two members both know", MOST)
    mutual.add_argument("other", metavar="B", help="the handle of the other one")


def _add_lists(questions: Any, data: argparse.ArgumentParser) -> None:
    people = _question(questions, data, "people", "who nearby has a word in the name, and their careers", PEOPLE)
    people.add_argument(
        "--name", type=_words, required=True, metavar="WORD", help="the first name, or any word of the name"
    )
    people.add_argument("--within", type=int, choices=(1, 2, 3), default=3, help="how many steps at most (3)")
    _question(questions, data, "suggestions", "whom a member may know, with the reasons", PEOPLE)
    referrals = _question(questions, data, "referrals", "connections, and theirs, who worked somewhere", PEOPLE)
    referrals.add_argument("--organization", type=_words, required=True, metavar="NAME", help="as it is called")
    referrals.add_argument("--before", type=_year, metavar="YEAR", help="who began before that year")
    timeline = _question(questions, data, "timeline", "the newest posts of a member's home page", PEOPLE)
    timeline.add_argument("--mixed", action="store_true", help="keep to the mix the member chose for her home page")
    timeline.add_argument(
        "--view",
        choices=("newest", "ranked"),
        default="newest",
        help="the newest first, or by points with the member's weights, and what every term gave (newest)",
    )


def _words(text: str) -> str:
    """What a shell passes on may be no text at all."""
    if any("\ud800" <= letter <= "\udfff" for letter in text) or not text.strip():
        raise argparse.ArgumentTypeError("this is no text")
    return text


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 7 and 0 < int(text) <= MOST):
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to {MOST:,}")
    return int(text)


def _year(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise argparse.ArgumentTypeError(f"{text!r} is no year of four digits")
    return text


def ask(arguments: argparse.Namespace) -> int:
    """Answer one question.

    Raises:
        SystemExit: somebody who is named is not there for whoever asks.
    """
    # What is said while the database starts is no part of the answer.
    with redirect_stdout(sys.stderr), house():
        from collegium.cli.answers import UnknownError

        try:
            said = answer(arguments)
        except UnknownError as unknown:
            raise SystemExit(str(unknown)) from None
    try:
        print(json.dumps(said, ensure_ascii=False, indent=2), flush=True)
    except BrokenPipeError:
        # Whoever reads has had enough (`| head`); what is left unsaid must not be tried again while Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def answer(arguments: argparse.Namespace) -> dict[str, Any]:
    """What is to be said, inside the community.

    Raises:
        UnknownError: nobody there has one of the handles.
    """
    from collegium.cli import answers

    viewer = answers.eyes(arguments.asker)
    given = arguments
    questions: dict[str, Callable[[], dict[str, Any]]] = {
        "degrees": lambda: answers.degrees(viewer, given.others),
        "path": lambda: answers.path(viewer, given.other, given.limit),
        "mutual": lambda: answers.mutual(viewer, given.other, given.limit),
        "people": lambda: answers.named(viewer, given.name, given.within, given.limit),
        "suggestions": lambda: answers.suggestions(viewer, given.limit),
        "referrals": lambda: answers.referrals(viewer, given.organization, given.before or "", given.limit),
        "timeline": lambda: answers.timeline(viewer, given.limit, mixed=given.mixed, view=given.view),
    }
    return questions[given.question]()
