"""Small bundles for tests: two sentences make a community."""

import json
import zipfile
from pathlib import Path

GOOD = {
    "members.csv": """key,name,email,handle,headline,joined_at
a,Ada Test,ada@people.example,ada-test,Dams,2020-01-01T08:00:00Z
b,Bo Test,bo@people.example,,,2020-01-02T08:00:00Z
c,Čeněk Test,,,,2020-01-03T08:00:00Z
""",
    "organizations.csv": "key,name,kind\no,Bridge Works,company\n",
    "positions.csv": """member,organization,title,started_on,ended_on
b,o,Engineer,2015,2018
b,o,Chief engineer,2018-03,
""",
    "education.csv": "member,organization_name,degree,field,started_on,ended_on\n"
    "b,Bridge School,MSc,Bridges,2010,2015\n",
    "skills.csv": "member,skill\na,concrete\na,listening\n",
    "languages.csv": "member,language,proficiency\na,de-AT,Native\na,Svenska,\n",
    "interests.csv": "member,topic\na,Ponds\n",
    "connections.csv": "member_a,member_b,connected_at\na,b,2021-05-05T05:05:05Z\nc,b,\n",
    "follows.csv": "follower,followee_kind,followee\nc,member,a\na,organization,o\n",
    "groups.csv": "key,name,visibility,owner\ng,Quiet rivers,private,b\n",
    "group_members.csv": "group,member,role\ng,b,owner\ng,a,member\n",
    "posts.csv": """key,author,group,audience,facet,body,topics,created_at
p,a,,everyone,personal,"Hello @bo-test, see https://example.org
second line",Old Bridges;dams,2022-01-01T10:00:00.123Z
q,b,g,members,professional,Only for the group,,2022-01-02T10:00:00Z
r,b,,,,Plain,,2022-01-03T10:00:00Z
""",
    "comments.csv": """key,post,parent,author,body,created_at
c3,p,c2,a,Deeper still,2022-01-01T13:00:00Z
c1,p,,b,First,2022-01-01T11:00:00Z
c2,p,c1,a,Answer,2022-01-01T12:00:00Z
c4,q,,a,Inside,2022-01-02T11:00:00Z
""",
    "reactions.csv": """member,target_kind,target,kind
b,post,p,love
c,post,p,
a,comment,c1,insightful
a,post,q,like
""",
}


def write(folder: Path, files: dict[str, str] | None = None, *, source: str = "a test", **changes: str) -> Path:
    """Write a bundle; `changes` name files without `.csv` and replace them."""
    folder.mkdir(parents=True, exist_ok=True)
    said = {"format": "community-bundle", "version": 1, "source": source}
    (folder / "bundle.json").write_text(json.dumps(said))
    contents = (GOOD if files is None else files) | {f"{name}.csv": text for name, text in changes.items()}
    for name, text in contents.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def zipped(folder: Path, target: Path, prefix: str = "") -> Path:
    """The zip of a folder."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, prefix + path.name)
    return target
