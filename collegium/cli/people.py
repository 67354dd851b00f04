"""`collegium user`: one person's account."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from collegium.cli.house import house


@contextmanager
def _about(email: str) -> Iterator[None]:
    """Inside the community; what cannot be done to this account is one sentence.

    Raises:
        SystemExit: the account does not exist, or the deed is refused.
    """
    with house():
        from django.core.exceptions import ObjectDoesNotExist

        from collegium.lib.refusal import Conflict

        try:
            yield
        except ObjectDoesNotExist:
            raise SystemExit(f"No account has the address {email}.") from None
        except Conflict as error:
            raise SystemExit(str(error)) from None


def _link(email: str) -> str:
    from django.conf import settings

    from collegium.members import users

    return users.link(email, settings.PUBLIC_URL)


def create(arguments: argparse.Namespace) -> int:
    """Make an account, and print the link with which its person gets in."""
    with _about(arguments.email):
        from django.core.exceptions import ValidationError
        from django.core.validators import validate_email

        from collegium.members import users

        try:
            validate_email(arguments.email)
        except ValidationError:
            raise SystemExit(f"{arguments.email!r} is not an e-mail address.") from None
        member = users.create(arguments.email, arguments.name, owner=arguments.owner)
        print(f"{member.name} is at {member.path}\nThe way in, for seven days, once:\n{_link(arguments.email)}")
    return 0


def link(arguments: argparse.Namespace) -> int:
    """Print a link with which somebody gets in."""
    with _about(arguments.email):
        print(_link(arguments.email))
    return 0


def suspend(arguments: argparse.Namespace) -> int:
    """End somebody's access."""
    with _about(arguments.email):
        from collegium.members import users

        print(f"{users.suspend(arguments.email).name} is suspended: signed out everywhere, and unseen.")
    return 0
