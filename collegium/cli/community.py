"""`collegium load`, `demo` and `synth`: a whole community at once."""

import argparse

from collegium.cli.house import house
from collegium.cli.progress import Bar


def load(arguments: argparse.Namespace) -> int:
    """Load a bundle; 1 when it was refused, and why, line by line."""
    if not arguments.source.exists():
        raise SystemExit(f"There is no {arguments.source}.")
    with house():
        from collegium.portability.load import BundleError, load_bundle

        try:
            with Bar() as bar:
                report = load_bundle(arguments.source, skip_bad=arguments.skip_bad, progress=bar.show)
        except BundleError as error:
            raise SystemExit(str(error)) from None
        print(*report.lines(), sep="\n")
        return 0 if report.loaded else 1


def demo(_arguments: argparse.Namespace) -> int:
    """Fill an empty network with the demo community, and say as whom one can sign in."""
    with house():
        from collegium.cli.prepare import fill

        accounts = fill()
    if accounts:
        print("Three people to sign in as:", *(f"  {account}" for account in accounts), sep="\n")
    return 0 if accounts else 1


def synth(arguments: argparse.Namespace) -> int:
    """Fill an empty network with made-up members."""
    if arguments.members < 2:
        raise SystemExit("A network has at least two members.")
    if arguments.openings is not None and arguments.openings < 0:
        raise SystemExit("There are no fewer openings than none.")
    with house():
        from collegium.portability.report import BundleError
        from collegium.portability.synth import synthesize

        try:
            with Bar() as bar:
                synthesize(arguments.members, bar.show, openings=arguments.openings)
        except BundleError as error:
            raise SystemExit(str(error)) from None
    return 0
