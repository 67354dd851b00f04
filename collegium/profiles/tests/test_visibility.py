"""Who sees what of whom: written by hand as policy, one line per visibility, never made by the code it judges."""

import pytest

from collegium.members.models import Member
from collegium.testing.cast import client_of, connect, make_member

pytestmark = pytest.mark.django_db

PUBLIC, MEMBERS, HIDDEN = Member.Visibility.PUBLIC, Member.Visibility.MEMBERS, Member.Visibility.HIDDEN
EVERYBODY = "ada bo cy di ed eve flo hal gus nobody"

# Who opens Ada's page. Gus is suspended: his session ended, so he is nobody.
WHO_OPENS_ADAS_PAGE = {
    PUBLIC: "ada bo cy di flo hal gus nobody",
    MEMBERS: "ada bo cy di flo hal",
    HIDDEN: "ada bo",
}
# Whose page Ada opens, when that person's profile is so. Flo asked her to connect, and showed herself by it.
WHOM_ADA_OPENS = {
    PUBLIC: "ada bo cy di flo hal",
    MEMBERS: "ada bo cy di flo hal",
    HIDDEN: "ada bo flo",
}
# Who reads the list of Ada's connections: (her visibility, the audience of the list).
WHO_READS_ADAS_LIST = {
    (PUBLIC, 1): "ada bo cy di flo hal",
    (PUBLIC, 3): "ada bo",
    (PUBLIC, 4): "ada",
    (MEMBERS, 1): "ada bo cy di flo hal",
    (MEMBERS, 3): "ada bo",
    (MEMBERS, 4): "ada",
    (HIDDEN, 1): "ada bo",
    (HIDDEN, 3): "ada bo",
    (HIDDEN, 4): "ada",
}


def opened(cast, name, path):
    """The status somebody gets; 404 and 200 are the only two there may be."""
    status = cast.client(name).get(path).status_code
    assert status in {200, 404}, f"{name} got {status}"
    return status == 200


def change(member, **fields):
    Member.objects.filter(pk=member.pk).update(**fields)


def test_who_opens_a_page(cast):
    for visibility, expected in WHO_OPENS_ADAS_PAGE.items():
        change(cast.ada, visibility=visibility)
        assert " ".join(n for n in EVERYBODY.split() if opened(cast, n, "/in/ada-lindqvist/")) == expected, visibility


def test_whom_somebody_opens(cast):
    people = EVERYBODY.split()[:-1]
    for visibility, expected in WHOM_ADA_OPENS.items():
        Member.objects.update(visibility=visibility)
        assert " ".join(n for n in people if opened(cast, "ada", getattr(cast, n).path)) == expected, visibility


def test_who_reads_a_list_of_connections(cast):
    path = "/in/ada-lindqvist/connections/"
    for (visibility, audience), expected in WHO_READS_ADAS_LIST.items():
        change(cast.ada, visibility=visibility, connections_audience=audience)
        assert " ".join(n for n in EVERYBODY.split() if opened(cast, n, path)) == expected, (visibility, audience)


def test_unseen_looks_like_absent(cast):
    change(cast.ada, visibility=HIDDEN)
    for tail in ("", "connections/", "mutual/"):
        hidden = cast.client("di").get(f"/in/ada-lindqvist/{tail}")
        absent = cast.client("di").get(f"/in/ada-lindqvisx/{tail}")
        assert hidden.status_code == absent.status_code == 404
        assert plain(hidden, "ada-lindqvist") == plain(absent, "ada-lindqvisx")
        assert set(hidden.headers) == set(absent.headers)


def plain(page, handle):
    """The page without its address and without what is made anew for every answer."""
    import re

    text = page.content.decode().replace(handle, "HANDLE")
    return re.sub(r'(nonce="|data-session="|csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]*"', r"\1", text)


def test_a_list_leaves_out_whom_the_reader_does_not_see(cast):
    for name in ("bo", "ed", "flo"):
        connect(getattr(cast, name), cast.di)
    change(cast.di, connections_audience=1)
    change(cast.flo, visibility=HIDDEN)
    expected = {
        "ada": ["Bo Okafor"],  # she blocked Ed; Flo's profile she could open, but hidden people stand on no list
        "bo": ["Bo Okafor", "Ed Novak"],
        "flo": ["Bo Okafor", "Ed Novak", "Flo Reyes"],
        "di": ["Bo Okafor", "Ed Novak", "Flo Reyes"],
    }
    for reader, names in expected.items():
        page = cast.client(reader).get("/in/di-varga/connections/").content.decode()
        body = page[page.index("<main") : page.index("</main")]
        assert [n for n in ("Bo Okafor", "Ed Novak", "Flo Reyes") if n in body] == names, reader
        count = f"<b>{len(names)}</b> {'connection' if len(names) == 1 else 'connections'}"
        assert count in cast.client(reader).get("/in/di-varga/").content.decode(), reader


def test_a_closed_list_is_not_counted(cast):
    di = cast.client("di")
    change(cast.bo, connections_audience=3)
    assert "connections/" not in di.get("/in/bo-okafor/").content.decode()
    change(cast.bo, connections_audience=1)
    assert "/in/bo-okafor/connections/" in di.get("/in/bo-okafor/").content.decode()


# Ada looks at Cy; Bo is connected with both. Whether she reads Bo's name there: (audience of Cy's list, of Bo's list).
BO_BETWEEN_ADA_AND_CY = {
    (1, 1): True,
    (1, 4): True,
    (3, 1): True,
    (3, 3): True,
    (3, 4): False,
    (4, 3): True,
    (4, 4): False,
}


def test_mutual_connections_honour_closed_lists(cast):
    ada = cast.client("ada")
    for (cys, bos), expected in BO_BETWEEN_ADA_AND_CY.items():
        change(cast.cy, connections_audience=cys)
        change(cast.bo, connections_audience=bos)
        page = ada.get("/in/cy-tanaka/").content.decode()
        assert ("You both know Bo Okafor" in page) is expected, (cys, bos)
        main = ada.get("/in/cy-tanaka/mutual/").content.decode()
        assert ("Bo Okafor" in main[main.index("<main") :]) is expected, (cys, bos)


def test_preview_shows_what_others_see(cast):
    change(cast.ada, visibility=MEMBERS, connections_audience=3)
    ada = cast.client("ada")
    assert "/in/ada-lindqvist/connections/" in ada.get(cast.ada.path).content.decode()
    as_member = ada.get(f"{cast.ada.path}?as=member").content.decode()
    assert "for a member you do not know" in as_member
    assert "/in/ada-lindqvist/connections/" not in as_member
    assert "They see nothing of you" in ada.get(f"{cast.ada.path}?as=public").content.decode()
    change(cast.ada, visibility=PUBLIC)
    assert "for someone who is signed out" in ada.get(f"{cast.ada.path}?as=public").content.decode()
    change(cast.ada, visibility=HIDDEN)
    assert "They see nothing of you" in ada.get(f"{cast.ada.path}?as=member").content.decode()
    # Only oneself: for others the word in the address means nothing.
    assert "for a member you do not know" not in cast.client("bo").get(f"{cast.ada.path}?as=member").content.decode()


def test_only_public_pages_ask_to_be_listed(cast):
    change(cast.ada, visibility=PUBLIC)
    page = client_of(None).get(cast.ada.path).content.decode()
    assert 'property="og:title" content="Ada Lindqvist"' in page
    assert "noindex" not in page
    change(cast.ada, visibility=MEMBERS)
    page = cast.client("bo").get(cast.ada.path).content.decode()
    assert 'name="robots" content="noindex"' in page
    assert "og:title" not in page


def test_blocking_takes_people_out_of_lists_at_once(cast):
    from collegium.network import actions

    kim = make_member("Kim Lund")
    connect(kim, cast.bo)
    change(cast.bo, connections_audience=1)
    di = cast.client("di")
    assert "Kim Lund" in di.get("/in/bo-okafor/connections/").content.decode()
    actions.block(kim, cast.di)
    assert "Kim Lund" not in di.get("/in/bo-okafor/connections/").content.decode()
