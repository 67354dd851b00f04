"""Look-alikes of domains and addresses: what is under what, what is a public provider, what is no address at all."""

import pytest

from collegium.organizations.models import Organization
from collegium.workplaces import rules
from collegium.workplaces.addresses import read
from collegium.workplaces.domains import ascii_domain, domain_of_record, is_public, public_providers, under


@pytest.mark.parametrize(
    ("domain", "belongs"),
    [
        ("acme.com", True),
        ("mail.acme.com", True),
        ("a.b.acme.com", True),
        ("evil-acme.com", False),
        ("evilacme.com", False),
        ("acme.com.evil.example", False),
        ("acme.co", False),
        ("acme.com.com", False),
        ("com", False),
        ("xn--acm-epa.com", False),
        ("", False),
    ],
)
def test_under(domain: str, belongs: bool) -> None:
    assert under(domain, "acme.com") == belongs
    assert not under(domain, "")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Acme.COM", "acme.com"),
        ("acme.com.", "acme.com"),
        ("münchen.example", "xn--mnchen-3ya.example"),
        ("MÜNCHEN.example", "xn--mnchen-3ya.example"),
        ("xn--mnchen-3ya.example", "xn--mnchen-3ya.example"),
        ("acme。com", "acme.com"),
        ("acme", ""),
        ("", ""),
        (".", ""),
        ("..", ""),
        ("a..b", ""),
        ("-a.example", ""),
        ("a-.example", ""),
        ("a_b.example", ""),
        ("a b.example", ""),
        ("a\nb.example", ""),
        ("127.0.0.1", ""),
        ("[::1]", ""),
        ("x" * 64 + ".example", ""),
        (".".join(["abcdefgh"] * 40), ""),
        ("xn--zzzzzzzzzz999999.example", ""),
        ("a.example/../b", ""),
    ],
)
def test_domains_as_typed(typed: str, meant: str) -> None:
    assert ascii_domain(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ada@acme.example", "ada@acme.example"),
        (" ada@Acme.Example ", "ada@acme.example"),
        ("a.b+c@acme.example", "a.b+c@acme.example"),
        ("o'neill@acme.example", "o'neill@acme.example"),
        ("ada@münchen.example", "ada@xn--mnchen-3ya.example"),
        ("ada", None),
        ("@acme.example", None),
        ("ada@", None),
        ("ada@acme", None),
        ("ada@@acme.example", None),
        ('"ada"@acme.example', None),
        ('"a b"@acme.example', None),
        ('"<script>"@acme.example', None),
        ("ada@evil.example@acme.example", None),
        ("ada%evil.example@acme.example", None),
        ("evil!ada@acme.example", None),
        ("ada@acme.example, eve@evil.example", None),
        ("ada@acme.example\nBcc: eve@evil.example", None),
        ("ada\r\nBcc: x@acme.example", None),
        ("Ada <ada@acme.example>", None),
        (".ada@acme.example", None),
        ("ada..b@acme.example", None),
        ("ädä@acme.example", None),
        ("ada@[127.0.0.1]", None),
        ("ada@127.0.0.1", None),
        ("a" * 65 + "@acme.example", None),
        ("a@" + "b." * 150 + "example", None),
        ("ada\x00@acme.example", None),
        ("ada@acme.example\x00", None),
        ("ada\u202e@acme.example", None),
    ],
)
def test_addresses_as_typed(typed: str, meant: str | None) -> None:
    found = read(typed)
    assert (str(found) if found else None) == meant


def test_one_mailbox_has_one_mark() -> None:
    marks = {read(text).mark for text in ("Ada@acme.example", "ada@ACME.example", "ada+x@acme.example")}  # type: ignore[union-attr]
    assert len(marks) == 1
    others = ("bo@acme.example", "ada@acme.example.org", "+@acme.example", "+x@acme.example")
    assert len({read(text).mark for text in others} | marks) == 5  # type: ignore[union-attr]
    assert "ada" not in marks.pop()


def test_public_providers() -> None:
    assert len(public_providers()) >= 100
    assert all(ascii_domain(each) == each for each in public_providers())
    assert is_public("gmail.com")
    assert is_public("anything.gmail.com")
    assert not is_public("notgmail.com")
    assert not is_public("gmail.com.acme.example")
    assert not is_public("acme.com")


@pytest.mark.parametrize(
    ("website", "domain"),
    [
        ("https://www.acme.example/jobs?x#y", "acme.example"),
        ("http://acme.example:8080", "acme.example"),
        ("www.acme.example", "acme.example"),
        ("https://eve@acme.example", "acme.example"),
        ("https://acme.example@evil.example/", "evil.example"),
        ("https://www.linkedin.com/company/acme", ""),
        ("https://[::1", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_the_domain_of_a_record(website: str, domain: str) -> None:
    assert domain_of_record(Organization(handle="a", name="A", website=website)) == domain
    assert domain_of_record(None) == ""


def test_what_an_address_proves(settings) -> None:  # type: ignore[no-untyped-def]
    settings.BASE_URL, settings.DEFAULT_FROM_EMAIL = "https://people.guild.example", "Guild <hello@guild.example>"
    acme = Organization(handle="acme", name="Acme", website="https://www.acme.example")
    guild = Organization(handle="guild", name="Guild", website="https://guild.example")
    for domain, record, proves in (
        ("acme.example", acme, True),
        ("eu.acme.example", acme, True),
        ("evil-acme.example", acme, False),
        ("anything.example", None, True),
        ("gmail.com", None, False),
        ("gmail.com", acme, False),
        ("guild.example", None, False),
        ("mail.guild.example", None, False),
        ("guild.example", guild, True),
    ):
        assert (rules.hindrance_to_address(domain, record) == "") == proves, domain
