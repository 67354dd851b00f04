"""What is wrong with a bundle is said with file and line, and then nothing is written."""

from pathlib import Path

import pytest

from collegium.feed.models import Post
from collegium.members.models import Member
from collegium.portability.load import BundleError, load_bundle
from collegium.portability.tests import bundles
from collegium.ties.models import Connection

pytestmark = pytest.mark.django_db

MEMBERS = bundles.GOOD["members.csv"]
POSTS = "key,author,body,created_at\n"
COMMENTS = "key,post,parent,author,body\n"

GROUPS, SEATS = "key,name,owner,visibility,joining\n", "group,member\n"
TIES, FOLLOWS, REACTIONS = "member_a,member_b\n", "follower,followee_kind,followee\n", "member,target_kind,target\n"
BAD = [
    ({"members": MEMBERS + "a,Again,,,,\n"}, "members.csv:5: key 'a' is there twice"),
    ({"members": MEMBERS + "d,,,,,\n"}, "members.csv:5: name is missing"),
    ({"members": MEMBERS + f"d,{'x' * 101},,,,\n"}, "members.csv:5: name has 101 characters; at most 100 fit"),
    ({"members": MEMBERS + "d,Dora,ada@people.example,,,\n"}, "members.csv:5: email is that of another"),
    ({"members": MEMBERS + "d,Dora,,ada-test,,\n"}, "members.csv:5: handle is that of another member, on line 2"),
    ({"members": MEMBERS + "d,Dora,not an address,,,\n"}, "email is 'not an address', which is no e-mail address"),
    ({"members": MEMBERS + f"d,Dora,,{'h' * 101},,\n"}, "members.csv:5: handle has 101 characters; at most 100 fit"),
    ({"members": MEMBERS + "d,Dora,,,,yesterday\n"}, "joined_at is 'yesterday'; an instant looks like"),
    ({"members": MEMBERS + "d,Dora,,,,2019-02-30T10:00:00Z\n"}, "members.csv:5: joined_at is '2019-02-30T10:00:00Z';"),
    ({"members": MEMBERS + "d,Dora,,,,9999-01-01T00:00:00Z\n"}, "which lies in the future"),
    ({"members": MEMBERS + "d,Do\x00ra,,,,\n"}, "members.csv:5: name holds a control character"),
    ({"members": MEMBERS + "d,Dora\n"}, "members.csv:5: has 2 cells where the header has 6"),
    ({"members": "key,shoe\na,44\n"}, "members.csv:1: the header has no column name"),
    ({"members": "key,name,name\na,b,c\n"}, "members.csv:1: the header names the column name twice"),
    ({"members": MEMBERS + 'd,"Dora,,,,\n'}, "is not CSV from here on"),
    ({"members": MEMBERS + f'd,Dora,,,"{"x" * 200_000}",\n'}, "is not CSV from here on"),
    ({"connections": TIES + "a,b\nb,a\n"}, "connections.csv:3: connects the same two as line 2"),
    ({"connections": TIES + "a,a\n"}, "connections.csv:2: connects a member with herself"),
    ({"connections": TIES + "a,z\n"}, "connections.csv:2: member_b refers to 'z', which is not there"),
    ({"follows": FOLLOWS + "a,member,b\na,member,b\n"}, "follows.csv:3: says the same as line 2"),
    ({"follows": FOLLOWS + "a,planet,b\n"}, "followee_kind is 'planet'; it can be member"),
    ({"positions": "member,started_on\na,2019-13\n"}, "started_on is '2019-13'; a date looks like"),
    ({"skills": "member,skill\na,iron\na,iron\n"}, "skills.csv:3: says the same as line 2"),
    ({"groups": "key,name,owner,visibility\ng,G,a,open\n"}, "visibility is 'open'; it can be public"),
    ({"groups": "key,name,owner\ng,G,\n"}, "groups.csv:2: owner is missing"),
    ({"groups": "key,name,owner\ng,G,zz\n"}, "groups.csv:2: owner refers to 'zz', which is not there in members.csv"),
    ({"groups": "key,name\ng,G\n"}, "groups.csv:1: the header has no column owner"),
    ({"groups": GROUPS + "g,G,a,unlisted,open\n"}, "groups.csv:2: joining is 'open'; an unlisted group is entered by"),
    ({"groups": GROUPS + "g,G,a,public,open\ng,H,a,public,open\n"}, "groups.csv:3: key 'g' is there twice"),
    ({"group_members": SEATS + "g,a\ng,a\n"}, "group_members.csv:3: names the same member as line 2"),
    ({"group_members": SEATS + "h,a\n"}, "group_members.csv:2: group refers to 'h', which is not there in groups.csv"),
    ({"group_members": "group,member,role\ng,a,king\n"}, "group_members.csv:2: role is 'king'; it can be owner"),
    ({"posts": "key,author,group,body\np,a,none,x\n"}, "posts.csv:2: group refers to 'none', which is not there in"),
    ({"organizations": "key,name,industry\no,Works,magic\n"}, "organizations.csv:2: industry is 'magic'; it can be"),
    ({"organizations": "key,name,size\no,Works,7\n"}, "organizations.csv:2: size is '7'; it can be"),
    ({"organizations": "key,name,founded\no,Works,0\n"}, "organizations.csv:2: founded is '0'"),
    ({"posts": POSTS + "p,a,,\n"}, "posts.csv:2: body is missing"),
    ({"posts": POSTS + f"p,a,{'x' * 5001},\n"}, "posts.csv:2: body has 5,001 characters; at most 5,000 fit"),
    ({"posts": POSTS + 'p,a,"two\nlines",\nq,a,x,never\n'}, "posts.csv:4: created_at is 'never'"),
    ({"posts": "key,author,body\np,a,x\np,a,y\n"}, "posts.csv:3: key 'p' is there twice"),
    ({"comments": COMMENTS + "x,p,y,a,hm\ny,p,x,a,hm\n"}, "comments.csv:2: parent refers to 'y', which is not there"),
    ({"comments": COMMENTS + "x,p,,a,hm\ny,r,x,a,hm\n"}, "comments.csv:3: parent stands under another post"),
    ({"reactions": REACTIONS + "a,post,zz\n"}, "reactions.csv:2: target refers to 'zz', which is not there"),
    ({"reactions": REACTIONS + "a,post,p\na,post,p\n"}, "reactions.csv:3: reacts to the same post as line 2"),
    ({"members": MEMBERS.replace("Bo Test", "")}, "connections.csv:2: member_b refers to 'b', which was left out"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "said"), BAD, ids=[said for _changes, said in BAD])
def test_problem(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    report = load_bundle(bundles.write(tmp_path, **changes))
    assert any(said in str(problem) for problem in report.problems), [str(problem) for problem in report.problems]
    assert not report.loaded
    assert not Member.objects.exists()


def test_broken_utf8_is_a_problem_of_its_line(tmp_path: Path) -> None:
    bundle = bundles.write(tmp_path)
    with (bundle / "members.csv").open("ab") as handle:
        handle.write(b"d,Do\xe9ra,,,,\n")
    report = load_bundle(bundle)
    assert "members.csv:5: name is not UTF-8" in map(str, report.problems)


def test_a_file_in_one_line_is_refused_before_it_is_read(tmp_path: Path) -> None:
    bundle = bundles.write(tmp_path, posts="key,author,body\n" + "x" * 3_000_000)
    report = load_bundle(bundle)
    assert "posts.csv: has a line of more than 1,048,576 bytes" in map(str, report.problems)


def test_all_problems_of_a_row_are_told_together(tmp_path: Path) -> None:
    report = load_bundle(bundles.write(tmp_path, posts=POSTS + "p,z,,soon\n"))
    text = next(problem.text for problem in report.problems if problem.file == "posts.csv")
    assert text.count(";") == 3
    assert all(part in text for part in ("author refers to 'z'", "body is missing", "created_at is 'soon'"))


def test_skip_bad_leaves_out_what_it_lists(tmp_path: Path) -> None:
    changes = {
        "members": MEMBERS + "d,,,,,\n",
        "connections": bundles.GOOD["connections.csv"] + "a,d,\nb,a,\n",
        "comments": bundles.GOOD["comments.csv"] + "x,r,c1,a,Wrong place,\ny,r,x,a,Below it,\n",
        "reactions": bundles.GOOD["reactions.csv"] + "a,comment,y,like\n",
    }
    bundle = bundles.write(tmp_path, **changes)
    assert not load_bundle(bundle).loaded
    report = load_bundle(bundle, skip_bad=True)
    assert report.loaded
    assert sorted(map(str, report.problems)) == [
        "comments.csv:6: parent stands under another post",
        "comments.csv:7: parent was left out",
        "connections.csv:4: member_b refers to 'd', which was left out in members.csv",
        "connections.csv:5: connects the same two as line 2",
        "members.csv:5: name is missing",
        "reactions.csv:6: target refers to 'y', which was left out in comments.csv",
    ]
    assert (Member.objects.count(), Connection.objects.count(), Post.objects.count()) == (3, 4, 3)


def test_what_cannot_be_read_cannot_be_skipped(tmp_path: Path) -> None:
    bundle = bundles.write(tmp_path, members=MEMBERS + 'd,"Dora\n')
    assert not load_bundle(bundle, skip_bad=True).loaded
    assert not Member.objects.exists()


def test_unknown_files_and_columns_are_listed(tmp_path: Path) -> None:
    members = "key,name,shoe\na,Ada,44\n"
    bundle = bundles.write(tmp_path, {"members.csv": members, "pets.csv": "name\nRex\n", "notes.txt": "hm"})
    report = load_bundle(bundle)
    assert report.loaded
    assert sorted(report.unknown) == ["column 'shoe' of members.csv", "notes.txt", "pets.csv"]


def test_thousands_of_problems_are_counted_not_listed(tmp_path: Path) -> None:
    rows = "".join(f"a,x{number}\n" for number in range(2_000))
    report = load_bundle(bundles.write(tmp_path, connections=TIES + rows))
    assert len(report.problems) == 500
    assert report.problem_count == 2_000
    assert "… and 1,500 more problems of this kind." in report.lines()


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ("{", "is not JSON"),
        ('{"format": "zip"}', 'does not say "format": "community-bundle"'),
        ('{"format": "community-bundle", "version": 2}', "says version 2; this reads version 1"),
        ("[" * 50_000, "is not JSON"),
    ],
)
def test_manifest(tmp_path: Path, manifest: str, said: str) -> None:
    (bundles.write(tmp_path) / "bundle.json").write_text(manifest)
    with pytest.raises(BundleError, match=said):
        load_bundle(tmp_path)


def test_no_bundle(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(BundleError, match="no file of a community bundle"):
        load_bundle(tmp_path)
    with pytest.raises(BundleError, match="no file or folder"):
        load_bundle(tmp_path / "nowhere")
