"""Archives with messages and invitations, small: real headers, made-up people; and the way they come in."""

from typing import Any

from collegium.members.models import Member
from collegium.portability.acquaintances import ways
from collegium.portability.acquaintances.tests.conftest import agree as may_be_found
from collegium.portability.acquaintances.tests.conftest import give
from collegium.portability.correspondence.models import Invited, Letter, Thread
from collegium.portability.imports.models import Import, ImportFile
from collegium.portability.imports.tests.archives import PROFILE, packed, reviewed, table

HERE = "/settings/import/linkedin/"
LETTERS, INVITATIONS = f"{HERE}messages/", f"{HERE}invitations/"


OLD = (
    '"CONVERSATION ID","CONVERSATION TITLE","FROM","SENDER PROFILE URL","TO","RECIPIENT PROFILE URLS","DATE","SUBJECT",'
    '"CONTENT","FOLDER"'
)
DRAFTED = OLD + ',"ATTACHMENTS","IS MESSAGE DRAFT","IS CONVERSATION DRAFT"'
ARCHIVED = OLD + ',"ATTACHMENTS","IS CONVERSATION ARCHIVED"'
ASKS = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl"
ME, ANNA, BERT = ("Ada Lindqvist", "ada-lindqvist"), ("Anna Berg", "anna-berg"), ("Bert Ås", "bert-ås")


def link(slug: str) -> str:
    return f"https://www.linkedin.com/in/{slug}" if slug else ""


def sent(talk: str, by: tuple[str, str], to: tuple[str, str], at: str, text: str, folder: str = "INBOX") -> list[str]:
    return [talk, "", by[0], link(by[1]), to[0], link(to[1]), at, "", text, folder]


def asked(by: tuple[str, str], to: tuple[str, str], at: str, text: str = "") -> list[str]:
    way = "OUTGOING" if by == ME else "INCOMING"
    return [by[0], to[0], at, text, way, link(by[1]), link(to[1])]


SAID = [
    sent("one", ANNA, ME, "2024-05-02 10:00:00 UTC", "Shall we weave together?"),
    sent("one", ME, ANNA, "2024-05-02 10:05:00 UTC", "Gladly, =SUM(A1)"),
    sent("one", ANNA, ME, "2024-05-03 08:00:00 UTC", "Tuesday then"),
    sent("two", BERT, ME, "2020-01-09 23:59:59 UTC", "Buy my looms", "SPAM"),
]
ASKED = [
    asked(ANNA, ME, "8/20/23, 8:13 AM", "We met at the mill."),
    asked(ME, BERT, "07/22/2022 04:02"),
]


def profile() -> bytes:
    return table(PROFILE, [["Ada", "Lindqvist", "", "", "", "Weaver", "", "", "", "", "", "", ""]])


def small(letters: list[list[str]] | None = None, header: str = OLD) -> bytes:
    """Ada's profile, two conversations, two invitations."""
    return packed(
        {
            "Profile.csv": profile(),
            "Nachrichten.csv": table(header, SAID if letters is None else letters),
            "Invitations.csv": table(ASKS, ASKED),
        }
    )


def choose(client: Any, row: Import, *kinds: str) -> None:
    """Press the button of each of these files."""
    for kind in kinds or ("messages", "invitations"):
        for place in ImportFile.objects.filter(of=row, kind=kind).values_list("place", flat=True):
            assert client.post(f"{row.path}files/{place}/choice/", {"which": "all"}).status_code in (200, 302)


def confirm(client: Any, row: Import) -> str:
    answer = client.post(f"{row.path}confirmation/", follow=True)
    assert answer.status_code == 200
    return str(answer.text)


def brought(client: Any, content: bytes | None = None) -> str:
    row = reviewed(client, small() if content is None else content)
    choose(client, row)
    return confirm(client, row)


def kept() -> list[int]:
    return [model.objects.count() for model in (Thread, Letter, Invited)]


def long(count: int, talk: str = "one") -> list[list[str]]:
    rows = []
    for n in range(count):
        by, to = (ANNA, ME) if n % 3 else (ME, ANNA)
        rows.append(sent(talk, by, to, f"2024-05-{1 + n // 60 % 28:02d} 10:{n % 60:02d}:00 UTC", f"word {n} of {talk}"))
    return rows


def agree(member: Member, slug: str) -> None:
    """She gives this address here, and may be found by it."""
    may_be_found(member, profile=True)
    give(member, "network", f"https://linkedin.com/in/{slug}")
    ways.refresh(member.pk)
