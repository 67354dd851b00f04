"""Addresses: a person's slug in one spelling, the web and nothing but the web."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.portability.linkedin import links


@pytest.mark.parametrize(
    ("address", "slug"),
    [
        ("https://www.linkedin.com/in/ada-l", "ada-l"),
        ("http://linkedin.com/in/Ada-L/", "ada-l"),
        ("www.linkedin.com/in/ada-l?trk=people", "ada-l"),
        ("//www.linkedin.com/in/ada-l", "ada-l"),
        ("https://de.linkedin.com/in/ada-l/en", "ada-l"),
        ("https://pt-br.linkedin.com/in/ada", "ada"),
        ("https://www.linkedin.com/in/ed-ricp®-9", "ed-ricp®-9"),
        ("https://www.linkedin.com/in/ed-ricp%C2%AE-9", "ed-ricp®-9"),
        ("https://www.linkedin.com/in/J%C3%96RG", "jörg"),
        ("https://www.linkedin.com/in/%e5%bc%a0", "张"),
        ("https://www.linkedin.com/company/acme", ""),
        ("https://www.linkedin.com/pub/ada/1/2/3", ""),
        ("https://linkedin.com.evil.example/in/ada", ""),
        ("https://evil.example/linkedin.com/in/ada", ""),
        ("https://www.linkedin.com/in/", ""),
        ("https://www.linkedin.com/in/%2e%2e", ""),
        ("https://www.linkedin.com/in/a%2Fb", ""),
        ("https://www.linkedin.com/in/a%00b", ""),
        ("https://www.linkedin.com/in/%ff%fe", ""),
        ("", ""),
    ],
)
def test_the_slug_of_a_profile(address, slug):
    assert links.slug(address) == slug


@pytest.mark.parametrize(
    ("address", "web"),
    [
        ("https://a.example/x?y=1", "https://a.example/x?y=1"),
        ("HTTP://a.example", "HTTP://a.example"),
        ("a.example", "https://a.example"),
        ("//a.example/x", "https://a.example/x"),
        ("a.example:8080/x", "https://a.example:8080/x"),
        ("https://bücher.example/é", "https://bücher.example/é"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("ftp://a.example", None),
        ("mailto:a@b.example", None),
        ("https://user:word@a.example/", None),
        ("https://a b.example/", None),
        ("https://", None),
        ("https://[::1", None),
        ("https://a.example:99999999/", None),
        ("words", None),
        ("", None),
    ],
)
def test_an_address_of_the_web(address, web):
    assert links.web(address) == web


@settings(max_examples=200)
@given(st.text(max_size=80))
def test_what_is_kept_is_kept_again(text):
    kept = links.web(text)
    assert kept is None or links.web(kept) == kept
    assert links.slug(text) == links.slug(text).lower()
