"""`collegium shell`: Python, with the community's database and models at hand."""

import argparse

from collegium.cli.house import house


def shell(arguments: argparse.Namespace) -> int:
    """Open a prompt, or run one piece of Python."""
    with house():
        from django.core.management import call_command

        call_command("shell", verbosity=0, **({"command": arguments.command} if arguments.command else {}))
    return 0
