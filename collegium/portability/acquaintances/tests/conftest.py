import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from collegium.accounts.entering import trust_address
from collegium.career import actions as career
from collegium.members import actions as members
from collegium.members.models import Member

START, FOUND = "/network/contacts-in/", "/network/contacts-in/found/"


def agree(member: Member, **by: bool) -> None:
    """Somebody confirms her address, gives a number and a LinkedIn address, and says by what she may be found."""
    trust_address(member.user)
    members.agree(member, **({"email": False, "phone": False, "profile": False} | by))


def give(member: Member, kind: str, value: str, audience: int = 4) -> None:
    career.put_contact(member, kind=kind, value=value, label="", audience=audience)


def bring(client: Client, text: str | bytes, name: str = "contacts.csv", **more: str):
    data = text.encode() if isinstance(text, str) else text
    return client.post(START, {"book": SimpleUploadedFile(name, data), **more})


def paste(client: Client, text: str, **more: str):
    return client.post(START, {"text": text, **more})


@pytest.fixture
def ada(cast):
    return cast.client("ada")
