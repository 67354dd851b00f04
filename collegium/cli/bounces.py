"""`collegium bounces`: a mail server hands over what came back."""

import argparse
import sys

from collegium.cli.house import house


def bounces(arguments: argparse.Namespace) -> int:
    """Take in one mail from the standard input.

    The status is 0 for whatever could be read, so that the mail server does not send a report about a report.
    """
    from collegium.notifications.bounces.parse import LARGEST, read

    raw = sys.stdin.buffer.read(LARGEST)
    report = read(raw)
    if report is None:
        print("This is no report of a mail that came back; nothing was changed.")
        return 0
    with house():
        from collegium.notifications.bounces import noting

        counted = noting.reported(report)
    for address in counted:
        print(f"Counted for {address}.")
    if not counted:
        print("The report is of no address that mails of this network came back from for good; nothing was changed.")
    return 0
