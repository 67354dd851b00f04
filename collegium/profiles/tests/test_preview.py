"""One's own page with other eyes: the same page, and no way to find out about those whose eyes they are."""

import re

import pytest

from collegium.audience.level import Level
from collegium.career import actions
from collegium.career.sections import Part, Section
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.testing.cast import connect

pytestmark = pytest.mark.django_db

# Which of the parts, by their audience, these eyes read on a page that is open to members.
READS = {
    "": {0, 1, 2, 3, 4},
    "public": set(),
    "member": {0, 1},
    "recruiter": {0, 1},
    "bo-okafor": {0, 1, 2, 3},
}
PARTS = {
    Level.EVERYONE: Part.POSITIONS,
    Level.MEMBERS: Part.EDUCATION,
    Level.NETWORK: Part.PROJECTS,
    Level.CONNECTIONS: Part.HONOURS,
    Level.ONLY_ME: Part.COURSES,
}


@pytest.fixture
def ada(cast):
    """Ada, with a part for every audience."""
    for level, part in PARTS.items():
        actions.add(cast.ada, Section(part), title=f"canary {part}", organization_name=f"canary {part}")
        actions.set_audience(cast.ada, part, level)
    return cast.ada


@pytest.mark.parametrize("eyes", READS)
def test_what_these_eyes_read(cast, ada, eyes):
    text = cast.client("ada").get(ada.path, {"as": eyes} if eyes else {}).content.decode()
    assert {int(level) for level, part in PARTS.items() if f"canary {part}" in text} == READS[eyes]
    if eyes:
        assert "/career/" not in text
        assert 'content="noindex"' in text or "They see nothing of you" in text


def test_only_present_connections_lend_their_eyes(cast, ada):
    own = main(cast.client("ada"), ada.path)
    for handle in ("cy-tanaka", "di-varga", "hal-brandt", "eve-marchetti", "gus-petrov", "ada-lindqvist", "nobody-x"):
        assert main(cast.client("ada"), f"{ada.path}?as={handle}") == own, handle
    # For others the word in the address means nothing.
    assert main(cast.client("bo"), f"{ada.path}?as=cy-tanaka") == main(cast.client("bo"), ada.path)


def main(client, path):
    text = client.get(path).content.decode()
    text = text[text.index("<main") : text.index("</main")]
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", text)


def test_looking_with_a_connections_eyes_tells_nothing_of_her(cast, ada, make_member):
    """Whatever Bo does to others whom Ada knows, Ada's preview as Bo stays the same, word for word."""
    kim = make_member("Kim Lund")
    connect(kim, cast.ada)
    actions.add_skills(ada, ["Dam safety"])
    path = f"{ada.path}?as=bo-okafor"
    before = main(cast.client("ada"), path)
    assert "Bo Okafor" in before
    network.block(cast.bo, kim)
    connect(cast.bo, cast.di)
    actions.add(cast.bo, Section.POSITIONS, title="Engineer", organization_name="Hidden Ltd")
    Member.objects.filter(pk=cast.bo.pk).update(visibility=3, connections_audience=4)
    assert main(cast.client("ada"), path) == before


def test_the_picker_finds_connections_and_nobody_else(cast, ada, make_member):
    connect(make_member("Zoë Ångström"), cast.ada)
    client = cast.client("ada")
    path = f"{ada.path}preview/"
    assert "Bo Okafor" in client.get(path).content.decode()
    found = client.get(path, {"q": "zoe ang"}).content.decode()
    assert 'href="/in/ada-lindqvist/?as=zoe-angstrom"' in found
    assert "Bo Okafor" not in found
    assert "None of your connections" in client.get(path, {"q": "Cy Tanaka"}).content.decode()
    for odd in ("\0", "%", "x" * 5000, "🙂", "_%'\""):
        assert client.get(path, {"q": odd}).status_code == 200
    assert cast.client("bo").get(path).status_code == 404
    assert cast.client("nobody").get(path).status_code == 302
