"""Every sort of file there is: read as it is meant, or refused in a sentence with the line."""

import random
import subprocess
import sys

import pytest

from collegium.portability.acquaintances import opening, spelling
from collegium.portability.acquaintances.book import Wanted
from collegium.portability.acquaintances.opening import UnreadableBookError, read

ALL = Wanted()
LINKEDIN = '''Notes:
"When exporting your connection data, you may notice that some of the email addresses are missing. You will only
see email addresses for connections who have allowed their connections to see or download their email address"

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Bo,Okafor,https://www.linkedin.com/in/bo-okafor-9,bo@example.org,"Dams, Ltd",Engineer,12 Mar 2025
Cy,"Tanaka ""CT""",https://www.linkedin.com/in/ed-ricp%C2%AE-9,,X,Y,13 Mar 2025
,,,,,,02 Feb 2022
=HYPERLINK("http://evil.example"),x,https://example.org/in/x,-notmail,@SUM(A1),,
'''
GOOGLE = """Name,Given Name,Notes,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value
Anna Berg,Anna,ask b@w.example first,* Mine,* Work,anna@a.example:::anna.b@b.example,,+49 (0)171 2345678 ::: 0171 999999
"""
NEW_GOOGLE = """First Name,Middle Name,Last Name,E-mail 1 - Label,E-mail 1 - Value,Website 1 - Value
Anna,,Berg,,ANNA@A.example,https://de.linkedin.com/in/Anna-Berg/
"""
OUTLOOK = """Title,First Name,Last Name,E-mail Address,E-mail 2 Address,Mobile Phone,Home Fax
,Jörg,Müller,joerg@m.example,"Jörg Müller <jm@m.example>",+491715556667,+49309999999
"""
GERMAN = "Anrede;Vorname;Nachname;E-Mail-Adresse;Mobiltelefon\r\n;Jörg;Müller;joerg@m.example;0171 5556667\r\n"
APPLE = """BEGIN:VCARD\r
VERSION:3.0\r
N:Berg;Anna;;;\r
FN:Anna Berg\r
EMAIL;type=INTERNET;type=HOME;type=pref:anna.very.long.address.that.is.folded\r
 .in.the.middle@a.example\r
item1.EMAIL;type=INTERNET:second@a.example\r
item1.X-ABLabel:_$!<Other>!$_\r
TEL;type=CELL;type=VOICE;type=pref:+49 171 2345678\r
X-SOCIALPROFILE;type=linkedin:http\\://www.linkedin.com/in/anna-berg\r
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD\r
 EMAIL:none@inside.example\r
END:VCARD\r
"""
OLD = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller=
;J=F6rg
EMAIL;INTERNET;ENCODING=QUOTED-PRINTABLE:joerg=40m.=
example
TEL;CELL:+49 171 5556667
AGENT:
BEGIN:VCARD
VERSION:2.1
EMAIL:assistant@m.example
END:VCARD
END:VCARD
"""
NEW = """begin:vcard
version:4.0
fn:Q
tel;value=uri;type="voice,home":tel:+1-555-555-5555;ext=5555
email;pref=1:mailto:q@z.example
end:vcard
"""


def found(data: str | bytes, wanted: Wanted = ALL, *, pasted: bool = False):
    return read(data.encode() if isinstance(data, str) else data, wanted, pasted=pasted)


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (LINKEDIN, [(6, [("profile", "bo-okafor-9"), ("email", "bo@example.org")]), (7, [("profile", "ed-ricp®-9")])]),
        (GOOGLE, [(2, [("email", "anna@a.example"), ("email", "anna.b@b.example"), ("phone", "+491712345678")])]),
        (NEW_GOOGLE, [(2, [("email", "anna@a.example"), ("profile", "anna-berg")])]),
        (
            OUTLOOK,
            [
                (
                    2,
                    [
                        ("email", "joerg@m.example"),
                        ("email", "jm@m.example"),
                        ("phone", "+491715556667"),
                        ("phone", "+49309999999"),
                    ],
                )
            ],
        ),
        (GERMAN, [(2, [("email", "joerg@m.example")])]),
        (
            APPLE,
            [
                (
                    1,
                    [
                        ("email", "anna.very.long.address.that.is.folded.in.the.middle@a.example"),
                        ("email", "second@a.example"),
                        ("phone", "+491712345678"),
                        ("profile", "anna-berg"),
                    ],
                )
            ],
        ),
        (OLD, [(1, [("email", "joerg@m.example"), ("phone", "+491715556667")])]),
        (NEW, [(1, [("phone", "+15555555555"), ("email", "q@z.example")])]),
        (APPLE + OLD + NEW, None),
        ("a@x.example\nb@x.example\n", [(1, [("email", "a@x.example")]), (2, [("email", "b@x.example")])]),
        ("name|email\nA|a@x.example\n", [(2, [("email", "a@x.example")])]),
        ("Email\na@x.example\n", [(2, [("email", "a@x.example")])]),
        ("name\temail\nA\ta@x.example", [(2, [("email", "a@x.example")])]),
        ("First Name,Email\nA,a@x.example\nFirst Name,Email\nB,b@x.example\n", None),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_what_stands_in_it(data, rows, encoding):
    book = found(data.encode(encoding, "replace"))
    assert rows is None or book.rows == rows or encoding == "cp1252"
    assert book.rows
    assert book.problems == []


def test_what_is_passed_over_is_counted():
    assert (found(LINKEDIN).blank, found(GOOGLE).national, found(GERMAN).national) == (2, 1, 1)
    assert len(found(APPLE + OLD + NEW).rows) == 3


def test_a_part_of_a_file():
    assert [line for line, _keys in found(LINKEDIN, Wanted(7)).rows] == [7]
    assert [line for line, _keys in found(LINKEDIN, Wanted(1, ("dams,", "bo"))).rows] == [6]
    assert found(LINKEDIN, Wanted(1, ("nothing",))).passed == 4
    assert len(found(APPLE + OLD, Wanted(1, ("müller",))).rows) == 1


def test_pasted():
    text = "Anna Berg <a@x.example>, b@x.example; c@x.example\n\nhttps://linkedin.com/in/Foo?x=1\n"
    text += "+44 20 7946 0018\nhello\n"
    assert [keys for _at, keys in found(text, pasted=True).rows] == [
        [("email", "a@x.example")],
        [("email", "b@x.example")],
        [("email", "c@x.example")],
        [("profile", "foo")],
        [("phone", "+442079460018")],
    ]
    assert [at for at, _keys in found(text, pasted=True).rows] == [1, 2, 3, 4, 5]
    assert [at for at, _keys in found(text, Wanted(4), pasted=True).rows] == [4, 5]


@pytest.mark.parametrize(
    ("data", "code", "sentence"),
    [
        (b"", "empty", "empty"),
        (b" \n\n", "empty", "empty"),
        (b"x" * (5 * 1024 * 1024 + 1), "heavy", "5 MB"),
        (b"PK\x03\x04rest", "zip", "ZIP"),
        (b"<!doctype html><p>Sign in", "page", "web page"),
        (b"Name,Email\nA,a@x.example\n\x00\x01\x02\n", "binary", "Line 3"),
        ("Email\n" + "a@x.example\n" * 20_001, "many", "20,000"),
    ],
)
def test_refused_in_a_sentence(data, code, sentence):
    with pytest.raises(UnreadableBookError, match=sentence) as refused:
        found(data)
    assert refused.value.code == code


def test_what_is_broken_has_its_line():
    assert found('Name,Email\nA,a@x.example\n"B,b@x.example\n').problems == [("unclosed", 3)]
    book = found(NEW + "BEGIN:VCARD\nEMAIL:lost@x.example\n" + NEW + "END:VCARD\nBEGIN:VCARD\n")
    assert book.problems == [("endless", 7), ("stray", 15), ("endless", 16)]
    assert len(book.rows) == 2


@pytest.mark.parametrize("seed", range(30))
def test_noise_never_crashes(seed):
    chance = random.Random(seed)
    parts = [
        LINKEDIN,
        GOOGLE,
        APPLE,
        OLD,
        NEW,
        '"',
        ",",
        "\n",
        ";",
        "\x1c",
        "=",
        "\ud7ff",
        "BEGIN:VCARD\n",
        "END:VCARD\n",
    ]
    text = "".join(chance.choice(parts)[: chance.randrange(1, 400)] for _ in range(60)).encode()
    data = bytearray(text)
    for _ in range(seed % 5 * 10):
        data[chance.randrange(len(data))] = chance.randrange(256)
    from collegium.portability.acquaintances.child import answer

    said = answer(bytes(data), ALL, pasted=bool(seed % 2))
    assert "rows" in said or "refused" in said


@pytest.mark.parametrize(
    "data",
    [
        b'"' * 1_000_000,
        b"," * 5_000_000,
        b"BEGIN:VCARD\n" * 400_000,
        b"BEGIN:VCARD\nAGENT:\n" * 250_000,
        b"Email\n" + b'"a@x.example' * 400_000,
        b"a" * 5_000_000,
        b"+" * 5_000_000,
        b"@" * 5_000_000,
        ("a@b." * 1_250_000).encode(),
        b"EMAIL;X=" + b'"' * 1_000_000,
        b"BEGIN:VCARD\nEMAIL;ENCODING=QUOTED-PRINTABLE:" + b"=\n" * 2_000_000,
        b"tel\n" + b"1 " * 2_000_000,
    ],
)
def test_bombs_end_in_time(data):
    try:
        book = found(data)
    except UnreadableBookError as refused:
        assert refused.code in ("many", "slow", "memory")  # noqa: PT017 - either is an end
    else:
        assert len(book.rows) <= 20_000


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+49 (0)171 234-56.78", "+491712345678"),
        ("0049171/2345678", "+491712345678"),
        ("tel:+1-555-555-5555;ext=5", "+15555555555"),
        ("+٤٩ ١٧١ ٢٣٤٥٦٧٨", ""),
        ("0171 2345678", ""),
        ("+123", ""),
        ("+1234567890123456", ""),
        ("", ""),
    ],
)
def test_numbers(text, number):
    assert spelling.phone(text) == number


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" Ada@Example.ORG ", "ada@example.org"),
        ("Ada <ada@example.org>", "ada@example.org"),
        ("mailto:ada@example.org?subject=x", "ada@example.org"),
        ("ada@müller.example", "ada@müller.example"),
        ("ada@example", ""),
        ("ada@@example.org", ""),
        ("a" * 65 + "@example.org", ""),
        ("=cmd|' /C calc'!A0@example.org", ""),
    ],
)
def test_addresses(text, address):
    assert spelling.email(text) == address


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"[]",
        b"nonsense",
        b'{"rows": [[1, ["password:x"]]], "blank": 0, "national": 0, "passed": 0, "problems": []}',
        b'{"rows": [[-1, ["email:x@y.zz"]]], "blank": 0, "national": 0, "passed": 0, "problems": []}',
        b'{"rows": [[1, [3]]], "blank": 0, "national": 0, "passed": 0, "problems": []}',
        b'{"rows": 1, "blank": 0, "national": 0, "passed": 0, "problems": []}',
        b'{"rows": [], "blank": true, "national": 0, "passed": 0, "problems": []}',
        b'{"rows": [], "blank": 0, "national": 0, "passed": 0, "problems": [["<script>", 1]]}',
        b'{"refused": ["x"]}',
        b"[" * 100_000,
    ],
)
def test_what_the_child_says_is_not_believed(monkeypatch, said):
    monkeypatch.setattr(opening, "_ask", lambda message: said)
    with pytest.raises(UnreadableBookError):
        found("Email\na@x.example\n")


def test_the_child_reaches_no_file_no_network_no_process(monkeypatch):
    evil = """
import json, os, socket, tempfile
from collegium.portability.acquaintances import child
place = os.path.join(tempfile.gettempdir(), "left-behind")
def evil(data, wanted, *, pasted):
    tries = {
        "read": lambda: open("/etc/passwd"),
        "write": lambda: open(place, "w"),
        "connect": lambda: socket.socket().connect(("127.0.0.1", 1)),
        "fork": os.fork,
    }
    for name, attempt in tries.items():
        try:
            attempt()
        except OSError:
            continue
        return {"refused": ["reached" + name, 0]}
    return {"refused": ["nothing", 0]}
child.answer = evil
child.main()
"""
    monkeypatch.setattr(opening, "_COMMAND", [sys.executable, "-E", "-s", "-S", "-c", evil])
    with pytest.raises(UnreadableBookError) as refused:
        found("Email\na@x.example\n")
    assert refused.value.code == "nothing"


def test_the_child_imports_nothing_of_the_house():
    script = (
        "import sys; import collegium.portability.acquaintances.child; "
        "print([n for n in sys.modules if n.partition('.')[0] in ('django', 'psycopg') or n.startswith('collegium')])"
    )
    said = subprocess.run([sys.executable, "-S", "-c", script], capture_output=True, text=True, check=True).stdout
    names = [name.strip("' ") for name in said.strip().strip("[]").split(",")]
    below = ("collegium.portability.linkedin", "collegium.portability.acquaintances", "collegium.media.sandbox")
    house = ("collegium", "collegium.media", "collegium.portability")
    assert all(name.startswith(below) or name in house for name in names)


def test_a_slow_child_is_ended(monkeypatch):
    monkeypatch.setattr(opening, "_COMMAND", [sys.executable, "-c", "import time; time.sleep(60)"])
    monkeypatch.setattr(opening, "SECONDS", 0.2)
    with pytest.raises(UnreadableBookError, match="too long"):
        found("Email\na@x.example\n")
