"""The words of the `collegium` command, and where each of them goes.

Everything heavy is imported by the word that needs it: `collegium start` stays a small program for as long as it runs.
"""

import argparse
import os
import sys
from pathlib import Path

from collegium.cli import asking, topics
from collegium.lib.postgres import DatabaseError

LONGEST_RESTRICTION = 365
DESCRIPTION = (
    "The command of a community's operator. Without a server running, each word starts the database for itself."
)


def parser() -> argparse.ArgumentParser:
    """All words with their options."""
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="where the community's data lives (default: the environment's COLLEGIUM_DATA, else data/ in the clone)",
    )
    top = argparse.ArgumentParser(prog="collegium", description=DESCRIPTION)
    words = top.add_subparsers(title="words", metavar="WORD", required=True)
    _add_running(words, data)
    _add_community(words, data)
    _add_graph(words, data)
    _add_people(words, data)
    _add_standing(words, data)
    _add_mail(words, data)
    topics.add(words, data)
    asking.add(words, data)
    return top


def _add_running(words: "argparse._SubParsersAction[argparse.ArgumentParser]", data: argparse.ArgumentParser) -> None:
    start = words.add_parser(
        "start",
        parents=[data],
        help="start everything and stay; Ctrl-C stops it all",
        description="Starts the database, brings it up to date, starts the web server and the background worker, and "
        "keeps them running. Ctrl-C or SIGTERM stops everything it started.",
    )
    start.add_argument("--port", type=int, help="the port to listen on (default: 8000)")
    start.add_argument("--host", help="the address to listen on (default: 127.0.0.1, this machine only)")
    start.add_argument("--demo", action="store_true", help="fill an empty network with the demo community first")
    start.set_defaults(run="collegium.cli.start:start")
    stop = words.add_parser("stop", parents=[data], help="stop a Collegium that was started elsewhere")
    stop.set_defaults(run="collegium.cli.running:stop")
    status = words.add_parser(
        "status",
        parents=[data],
        help="say what runs",
        description="Says what runs. Exit status: 0 when Collegium serves, 3 when it does not run, 1 when not well.",
    )
    status.set_defaults(run="collegium.cli.running:status")
    shell = words.add_parser("shell", parents=[data], help="a Python shell inside the community")
    shell.add_argument("-c", "--command", help="run this Python and leave")
    shell.set_defaults(run="collegium.cli.shell:shell")


def _add_community(words: "argparse._SubParsersAction[argparse.ArgumentParser]", data: argparse.ArgumentParser) -> None:
    load = words.add_parser(
        "load",
        parents=[data],
        help="move a community in from a bundle",
        description="Loads a community bundle (a folder of CSV files, or a zip of one; see docs/bundle.md). Nothing is "
        "written unless every row is good. Loading the same bundle again changes nothing; no mail is sent.",
    )
    load.add_argument("source", type=Path, metavar="FOLDER_OR_ZIP", help="the bundle")
    load.add_argument("--skip-bad", action="store_true", help="leave bad rows out, list them, and load the rest")
    load.set_defaults(run="collegium.cli.community:load")
    demo = words.add_parser("demo", parents=[data], help="fill an empty network with the demo community")
    demo.set_defaults(run="collegium.cli.community:demo")
    synth = words.add_parser(
        "synth",
        parents=[data],
        help="fill an empty network with many made-up members, for measuring",
        description="Makes a network shaped like a real one, for measuring; the same number gives the same network.",
    )
    synth.add_argument("--members", type=int, default=10_000, metavar="N", help="how many members (default: 10000)")
    synth.add_argument(
        "--openings", type=int, metavar="N", help="how many openings for work stand (default: a tenth of the members)"
    )
    synth.set_defaults(run="collegium.cli.community:synth")


def _add_graph(words: "argparse._SubParsersAction[argparse.ArgumentParser]", data: argparse.ArgumentParser) -> None:
    graph = words.add_parser(
        "graph",
        parents=[data],
        help="the files of the graph: say how they are, or write them anew",
        description="Degrees, paths, suggestions and search answer from files that every process maps into memory. "
        "They are written by themselves; `rebuild` writes them anew from the tables, while the site goes on serving.",
    )
    graph.add_argument("step", choices=["status", "rebuild"], help="what to do")
    graph.set_defaults(run="collegium.cli.graph:graph")


def _add_people(words: "argparse._SubParsersAction[argparse.ArgumentParser]", data: argparse.ArgumentParser) -> None:
    user = words.add_parser("user", help="create, let in, or suspend one person")
    deeds = user.add_subparsers(title="deeds", metavar="DEED", required=True)
    create = deeds.add_parser("create", parents=[data], help="make an account, and print a link to choose a password")
    create.add_argument("email", help="the person's address; it counts as confirmed")
    create.add_argument("--name", required=True, help="the name that others see")
    create.add_argument("--owner", action="store_true", help="may set the network up and invite anybody")
    create.set_defaults(run="collegium.cli.people:create")
    link = deeds.add_parser(
        "link", parents=[data], help="print a one-time link with which a person gets in and sets a password"
    )
    link.add_argument("email", help="the address of the account")
    link.set_defaults(run="collegium.cli.people:link")
    suspend = deeds.add_parser("suspend", parents=[data], help="end a person's access everywhere, at once")
    suspend.add_argument("email", help="the address of the account")
    suspend.set_defaults(run="collegium.cli.people:suspend")


def _add_mail(words: "argparse._SubParsersAction[argparse.ArgumentParser]", data: argparse.ArgumentParser) -> None:
    bounces = words.add_parser(
        "bounces",
        parents=[data],
        help="take in a report of a mail that came back, from the standard input",
        description="Reads one mail from the standard input. If a mail server reports in it (RFC 3464) that nobody is "
        "at an address, that is counted; after three times nothing more is sent there, and the member is told. "
        "Anything else changes nothing. Let your mail server hand over what arrives for `mail_bounces`.",
    )
    bounces.set_defaults(run="collegium.cli.bounces:bounces")


def _days(text: str) -> int:
    """A number of days that a restriction may last.

    Raises:
        ArgumentTypeError: it is none, or none that one would wait for.
    """
    days = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(LONGEST_RESTRICTION)) else 0
    if not 1 <= days <= LONGEST_RESTRICTION:
        raise argparse.ArgumentTypeError(f"a restriction lasts 1 to {LONGEST_RESTRICTION} days")
    return days


def _add_standing(words: "argparse._SubParsersAction[argparse.ArgumentParser]", data: argparse.ArgumentParser) -> None:
    standing = words.add_parser(
        "standing", parents=[data], help="work out from the log what a member may still send, and print the account"
    )
    standing.add_argument("handle", help="the member's handle")
    standing.add_argument("--json", action="store_true", help="for machines")
    standing.set_defaults(run="collegium.cli.standing:standing")
    restrictions = words.add_parser("restrictions", help="who may invite nobody for a while, and their appeals")
    deeds = restrictions.add_subparsers(title="deeds", metavar="DEED", required=True)
    listing = deeds.add_parser("list", parents=[data], help="those that hold, with their appeals")
    listing.add_argument("--all", action="store_true", help="those that are over, too")
    listing.set_defaults(run="collegium.cli.standing:listing")
    impose = deeds.add_parser("impose", parents=[data], help="let a member invite nobody for some days")
    impose.add_argument("handle", help="the member's handle")
    impose.add_argument("--days", type=_days, required=True, metavar="N", help="for how long, 1 to 365")
    reasons = ["advertising", "pestering", "deceit", "unknown", "other"]
    impose.add_argument("--reason", required=True, choices=reasons, help="the kind of reason")
    impose.add_argument("--words", required=True, help="what the member reads")
    impose.set_defaults(run="collegium.cli.standing:impose")
    lift = deeds.add_parser("lift", parents=[data], help="end a restriction before its time")
    lift.add_argument("number", type=int, help="from the list")
    lift.set_defaults(run="collegium.cli.standing:lift")
    answer = deeds.add_parser("answer", parents=[data], help="answer an appeal")
    answer.add_argument("number", type=int, help="from the list")
    outcome = answer.add_mutually_exclusive_group(required=True)
    outcome.add_argument("--lift", action="store_true", help="the restriction ends")
    outcome.add_argument("--uphold", action="store_true", help="the restriction stays")
    answer.add_argument("--words", required=True, help="what the member reads")
    answer.set_defaults(run="collegium.cli.standing:answer")


def main(words: list[str] | None = None) -> None:
    """Do what the command line says; every foreseen failure is one sentence and a status other than 0."""
    arguments = parser().parse_args(words)
    if arguments.data is not None:
        os.environ["COLLEGIUM_DATA"] = str(arguments.data.absolute())
    module, _, name = arguments.run.partition(":")
    try:
        __import__(module)
        status = getattr(sys.modules[module], name)(arguments)
    except DatabaseError as error:
        raise SystemExit(str(error)) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    raise SystemExit(status)
