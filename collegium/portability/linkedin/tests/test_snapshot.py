"""Rule 12: the Member Snapshot interface has the same rows as the files; same mappers, second reader."""

import json

import pytest

from collegium.portability.linkedin import snapshot
from collegium.portability.linkedin.tests.archives import CONNECTIONS, POSITIONS, codes, refusal, taken, zipped


def answer(*domains):
    """One answer of the interface."""
    elements = [{"snapshotData": rows, "snapshotDomain": domain} for domain, rows in domains]
    return {"paging": {"start": 0, "count": 10, "links": [], "total": len(elements)}, "elements": elements}


def keyed(header, *lines):
    return [dict(zip(header.split(","), line.split(","), strict=True)) for line in lines]


ROWS = {
    "POSITIONS": (POSITIONS, "Acme,Cook,Soups,Bern,Mar 2021,"),
    "SKILLS": ("Name", "Welding"),
    "LANGUAGES": ("Name,Proficiency", "German,Elementary proficiency"),
    "CONNECTIONS": (CONNECTIONS, "Bo,Lind,https://www.linkedin.com/in/bo,,Acme,Cook,12 Mar 2025"),
    "PROFILE": ("First Name,Last Name,Headline,Summary,Geo Location,Birth Date", "Ada,Lovelace,Counts,About,London,"),
    "MEMBER_SHARE_INFO": (
        "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility",
        "2026-05-07 16:41:18,,Hi,,,PUBLIC",
    ),
}


def test_rule_12_the_interface_and_the_files_say_the_same():
    said = json.dumps(answer(*((domain, keyed(header, line)) for domain, (header, line) in ROWS.items())))
    from_interface, reports = taken(said.encode())
    from_files, _files = taken(
        zipped({f"{domain}.csv": f"{header}\n{line}\n" for domain, (header, line) in ROWS.items()})
    )
    assert [each.thing for each in from_interface] == [each.thing for each in from_files]
    assert [report.name for report in reports] == list(ROWS)


def test_rule_12_pages_of_one_domain_are_one_file():
    pages = [answer(("SKILLS", [{"Name": "Welding"}])), answer(("SKILLS", [{"Name": "Soup"}, {"Name": "Welding"}]))]
    found, (report,) = taken(json.dumps(pages).encode())
    assert [each.thing.name for each in found] == ["Welding", "Soup"]
    assert (report.rows, report.repeated) == (3, 1)


def test_rule_12_a_domain_speaks_where_columns_do_not():
    found, reports = taken(
        json.dumps(
            answer(("INTERESTS", [{"Name": "Soup"}]), ("SKILLS", [{"Name": "Welding"}]), ("NEW", [{"a": 1}]))
        ).encode()
    )
    assert [each.kind for each in found] == ["interests", "skills"]
    assert [report.decision for report in reports] == ["taken", "taken", "unknown"]


def test_values_of_any_type_do_no_harm():
    rows = [{"Name": value} for value in (None, 3, True, ["a", "b"], {"x": 1}, "\ud800", "x" * 2_000_000, "Soup\x00")]
    found, (report,) = taken(json.dumps(answer(("SKILLS", rows))).encode())
    assert [each.thing.name for each in found] == ["3", "Yes", "a;b", "?", "Soup"]
    assert codes(report) == ["cell"]


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        b"[]",
        b"{",
        b'{"elements": 3}',
        b'{"elements": [3, null, {"snapshotDomain": 3}]}',
        b'{"basics": {"name": "Ada"}}',
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b'{"elements": ' + b"9" * 10_000 + b"}",
        b"[NaN]",
        b'{"\xff": 1}',
    ],
)
def test_other_json_is_refused(data):
    assert refusal(data) == ("json", [])


def test_an_answer_of_many_small_things_stays_within_memory():
    assert refusal(b"[" + b"{}," * (snapshot.MOST_BYTES // 4) + b"{}]")[0] in ("json", "memory")


def test_a_large_answer_is_refused():
    data = b'{"elements": [' + b" " * snapshot.MOST_BYTES + b"]}"
    assert refusal(data) == ("json_large", [])
