"""Names of hosts: made comparable, and compared label by label, never as bare text.

`evil-acme.com` ends in `acme.com` and has nothing to do with it; `münchen.example` is `xn--mnchen-3ya.example`.
"""

import re
from functools import lru_cache
from pathlib import Path

import idna

from collegium.organizations.domains import domain_of
from collegium.organizations.models import Organization

LONGEST, LONGEST_LABEL = 253, 63
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")
_LIST = Path(__file__).with_name("public_mail.txt")


def ascii_domain(text: str) -> str:
    """A domain in the form it has in mails and in the domain name system: lower case, letters of ASCII.

    Args:
        text: as somebody typed it, in any letters; a final dot means the same.

    Returns:
        "" for what is no domain of the internet: a single label, a number, a wrong letter, too long.
    """
    bare = text.strip().removesuffix(".")
    if not bare or len(bare) > LONGEST or any(letter.isspace() for letter in bare):
        return ""
    try:
        made = idna.encode(bare, uts46=True, std3_rules=True).decode("ascii").lower()
    except idna.IDNAError:
        return ""
    labels = made.split(".")
    good = all(len(label) <= LONGEST_LABEL and _LABEL.fullmatch(label) for label in labels)
    # A host whose last label is a number is an address, not a name.
    return made if good and len(labels) > 1 and len(made) <= LONGEST and not labels[-1].isdigit() else ""


def native_domain(domain: str) -> str:
    """The same in its own letters; what cannot be shown so stays as it is."""
    try:
        return idna.decode(domain)[:LONGEST]
    except idna.IDNAError:
        return domain


def under(domain: str, parent: str) -> bool:
    """Whether a domain is the parent or lies below it; both as `ascii_domain` gives them."""
    return bool(parent) and (domain == parent or domain.endswith(f".{parent}"))


def domain_of_record(organization: Organization | None) -> str:
    """The domain that the website in a record names; "" where it names none of its own.

    Args:
        organization: a record, whose website may stand without its scheme; or none.
    """
    website = organization.website.strip() if organization is not None else ""
    return domain_of(website if "//" in website else f"https://{website}") if website else ""


def is_public(domain: str) -> bool:
    """Whether anybody can have an address there, so that one proves nothing."""
    labels = domain.split(".")
    return any(".".join(labels[start:]) in public_providers() for start in range(len(labels) - 1))


@lru_cache(maxsize=1)
def public_providers() -> frozenset[str]:
    """The domains of mail providers open to everybody, from the list beside this file."""
    lines = (line.partition("#")[0].strip() for line in _LIST.read_text(encoding="utf-8").splitlines())
    return frozenset(line for line in lines if line)
