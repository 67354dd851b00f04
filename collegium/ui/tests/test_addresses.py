"""Theme, keys and style guide through HTTP."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_theme_is_kept_and_one_goes_back(client):
    response = client.post("/theme/", {"theme": "dark", "next": "/help/keyboard/"})
    assert response["Location"] == "/help/keyboard/"
    assert client.cookies["theme"].value == "dark"
    assert b'data-theme="dark"' in client.get("/help/keyboard/").content


@pytest.mark.parametrize("theme", ["", "blue", '"><script>'])
def test_unknown_themes_are_automatic(client, theme):
    client.post("/theme/", {"theme": theme})
    assert client.cookies["theme"].value == "auto"
    client.cookies["theme"] = "blue"
    assert b'data-theme="auto"' in client.get("/help/keyboard/").content


@pytest.mark.parametrize("away", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_one_goes_back_only_within_the_house(client, away):
    assert client.post("/theme/", {"theme": "dark", "next": away})["Location"] == "/"


def test_the_guide_is_for_those_who_want_it(client, settings):
    settings.STYLEGUIDE = False
    assert client.get("/_styleguide/").status_code == 404
    settings.STYLEGUIDE = True
    assert client.get("/_styleguide/").status_code == 200


def test_pages_carry_the_headers(client):
    response = client.get("/help/keyboard/")
    policy = response["Content-Security-Policy"]
    assert "require-trusted-types-for 'script'" in policy
    assert "'unsafe-inline'" not in policy
    assert "'unsafe-eval'" not in policy
    assert response["Cache-Control"] == "private, no-store"
    assert "Cookie" in response["Vary"]
    assert response["X-Frame-Options"] == "DENY"
    assert "camera=()" in response["Permissions-Policy"]


def test_pages_have_no_inline_styles_or_scripts(client):
    body = client.get("/help/keyboard/").content.decode()
    assert "style=" not in body
    assert "<style" not in body
    assert body.count("<script ") == body.count("<script src=") + body.count('<script type="module" src=')
