import pytest
from django.core.exceptions import PermissionDenied

from collegium.ui import errors


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 429, 500, 503])
def test_every_failure_has_a_page_with_words_and_a_way_on(ask, page, status):
    response = errors.failure(ask(), status)
    assert response.status_code == status
    assert str(errors.WORDS[status][0]) in response.content.decode()
    assert 'href="/"' in response.content.decode()


def test_htmx_gets_one_line_instead(ask, page):
    response = errors.too_many(ask(htmx=True), retry_after=4.2)
    assert response["Content-Type"].startswith("text/plain")
    assert response["Retry-After"] == "5"
    assert len(response.content) < 200


def test_a_refusal_says_why(ask, page):
    assert b"Bo asked for quiet." in errors.forbidden(ask(), PermissionDenied("Bo asked for quiet.")).content
    assert b"meant for other people" in errors.not_found(ask(), Exception("secret")).content
    assert b"secret" not in errors.not_found(ask(), Exception("secret")).content


def test_an_old_form_is_explained(ask, page):
    response = errors.csrf_failure(ask(), "CSRF cookie not set.")
    assert response.status_code == 403
    assert b"open too long" in response.content
    assert b"cookie" not in response.content


def test_even_a_broken_template_leaves_a_sentence(ask, page, monkeypatch):
    monkeypatch.setattr(errors, "render_page", lambda *args: 1 / 0)
    response = errors.server_error(ask())
    assert response.status_code == 500
    assert b"our fault" in response.content
