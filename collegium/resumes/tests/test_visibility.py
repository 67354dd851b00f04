"""What is closed to a viewer is in none of the files and not on the page: by canary, over the cast."""

import io
import json
import zipfile

import docx
import pypdfium2
import pytest

from collegium.career import actions
from collegium.career.models import Contact
from collegium.career.sections import Section
from collegium.members.models import Member
from collegium.testing.cast import client_of

pytestmark = pytest.mark.django_db

EVERYBODY = "ada bo cy di ed eve flo hal gus nobody"
FILES = ("resume.pdf", "resume.docx", "resume.json", "resume.zip", "resume.vcf")
# Whose files are opened every one; what the others see is the same document.
FEW = ("ada", "bo", "cy", "di", "nobody")
# Who opens Ada's page at all: as for the profile. Gus is suspended, his session ended.
OPENS = {0: "ada bo cy di flo hal gus nobody", 1: "ada bo cy di flo hal", 3: "ada bo"}
# Who reads something of Ada's of this audience, when her profile is public.
READS = {
    0: "ada bo cy di flo hal gus nobody",
    1: "ada bo cy di flo hal",
    2: "ada bo cy",
    3: "ada bo",
    4: "ada",
}


def words(name, response):
    """All the words in a file, however it packs them."""
    body = response.content
    if name.endswith(".pdf"):
        with pypdfium2.PdfDocument(body) as opened:
            return " ".join(page.get_textpage().get_text_range() for page in opened)
    if name.endswith(".docx"):
        return " ".join(line.text for line in docx.Document(io.BytesIO(body)).paragraphs)
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return " ".join(packed.read(entry).decode() for entry in packed.namelist())
    return body.decode().replace("\r\n ", "")


def change(member, **fields):
    Member.objects.filter(pk=member.pk).update(**fields)


def test_who_opens_the_page_and_the_files(cast):
    paths = [f"{cast.ada.path}cv/", *(f"{cast.ada.path}cv/{name}" for name in FILES), f"{cast.ada.path}card.vcf"]
    for visibility, expected in OPENS.items():
        change(cast.ada, visibility=visibility)
        for name in EVERYBODY.split():
            client = cast.client(name)
            asked = paths if name in ("bo", "di", "nobody") else paths[:1] + paths[-1:]
            status = {client.get(path).status_code for path in asked}
            assert status == ({200} if name in expected.split() else {404}), (visibility, name)


@pytest.mark.parametrize("level", READS)
def test_what_is_closed_is_in_none_of_them(cast, level):
    change(cast.ada, visibility=0, about="Canaryabout")
    actions.add(cast.ada, Section.POSITIONS, title="Canaryrole", organization_name="Canaryfirm", started="2019")
    actions.add(cast.ada, Section.HONOURS, title="Openhonour", started="2020")
    actions.add_skills(cast.ada, ["Canaryskill"])
    actions.put_contact(cast.ada, kind=Contact.Kind.EMAIL, value="canary@example.net", audience=level)
    for part in ("about", "positions", "skills"):
        actions.set_audience(cast.ada, part, level)
    for name in OPENS[0].split():
        client, seen = cast.client(name), name in READS[level].split()
        page = client.get(f"{cast.ada.path}cv/").content.decode()
        for part in ("about", "positions", "skills", "contacts"):
            assert (f'name="part" value="{part}"' in page) is seen, (name, part)
        assert 'name="part" value="honours"' in page
        for file in FILES if name in FEW else ("resume.json",):
            found = words(file, client.get(f"{cast.ada.path}cv/{file}")).casefold()
            assert ("canary" in found) is seen, (name, file)
        # Asking for the part by name does not open it.
        asked = client.get(f"{cast.ada.path}cv/resume.json", {"part": ["about", "positions", "skills", "contacts"]})
        assert ("canary" in asked.content.decode().casefold()) is seen, name
        assert ("canary" in client.get(f"{cast.ada.path}card.vcf").content.decode().casefold()) is seen, name


def test_recommendations_follow_their_part(cast):
    from collegium.resumes.gathering import gathered

    actions.set_audience(cast.ada, "recommendations", 3)
    _career, document = gathered(cast.viewer("di"), cast.ada)
    assert document.references == []


def test_the_owner_sees_it_as_others_do(cast):
    change(cast.ada, visibility=1, about="Canaryabout")
    actions.set_audience(cast.ada, "about", 3)
    ada, path = cast.client("ada"), f"{cast.ada.path}cv/resume.json"
    assert "Canaryabout" in ada.get(path).content.decode()
    assert "Canaryabout" not in ada.get(path, {"as": "member"}).content.decode()
    assert ada.get(path, {"as": "public"}).status_code == 404
    # For others the word means nothing.
    assert "Canaryabout" in cast.client("bo").get(path, {"as": "public"}).content.decode()
    page = ada.get(f"{cast.ada.path}cv/").content.decode()
    assert 'value="member"' in page
    assert 'value="public"' not in page


def test_only_what_is_ticked(cast):
    change(cast.ada, visibility=0, about="Canaryabout")
    actions.add(cast.ada, Section.HONOURS, title="Openhonour")
    nobody, path = client_of(None), f"{cast.ada.path}cv/"
    for file in ("resume.json", "resume.pdf", "resume.docx"):
        found = words(file, nobody.get(f"{path}{file}", {"ticked": "1", "part": "honours"}))
        assert "Openhonour" in found
        assert "Canaryabout" not in found
        found = words(file, nobody.get(f"{path}{file}", {"ticked": "1"}))
        assert "Ada Lindqvist" in found
        assert "Openhonour" not in found
    ticked = nobody.get(path, {"ticked": "1", "part": "honours", "template": "ledger"}).content.decode()
    assert 'value="honours" checked' in ticked
    assert 'value="about" checked' not in ticked
    assert 'value="ledger" checked' in ticked


def test_a_file_of_ones_own(cast, monkeypatch):
    from collegium.resumes import pdf

    change(cast.ada, name="Zoë “/../” Ångström")
    response = cast.client("ada").get(
        f"{cast.ada.path}cv/resume.json", {"part": "🦆", "template": "x", "lang": "x" * 999}
    )
    assert response["Content-Disposition"] == (
        "attachment; filename=\"ada-lindqvist.json\"; filename*=UTF-8''Zo%C3%AB%20..%20%C3%85ngstr%C3%B6m.json"
    )
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert json.loads(response.content)["meta"]["canonical"].endswith("/in/ada-lindqvist/")
    monkeypatch.setattr(pdf, "_COMMAND", ["false"])
    failed = cast.client("ada").get(f"{cast.ada.path}cv/resume.pdf", {"ticked": "1", "paper": "us-letter"})
    assert (failed.status_code, failed["Retry-After"]) == (503, "10")
    assert "The PDF could not be made." in failed.content.decode()
    assert 'value="us-letter" checked' in failed.content.decode()
