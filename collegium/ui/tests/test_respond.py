import pytest

from collegium.ui.respond import respond, tell


@pytest.fixture
def answer(ask, page):
    def make(method="get", *, htmx=False, status=200, otherwise="/elsewhere/", **context):
        return respond(ask(method, htmx=htmx), page, "letter", context, otherwise=otherwise, status=status)

    return make


def test_a_link_gets_the_page(answer):
    response = answer(text="thank you")
    assert response.status_code == 200
    body = response.content.decode()
    assert body.lstrip().startswith("<!doctype html>")
    assert "<p>Dear Ada, thank you</p>" in body
    assert "nonce-of-this-answer" in body


def test_htmx_gets_the_block_alone_with_all_that_the_page_defines(answer):
    response = answer("post", htmx=True, text="thank you")
    assert response.content.decode().strip() == "<p>Dear Ada, thank you</p>"
    assert "HX-Request" in response["Vary"]


def test_a_block_of_the_layout_can_be_asked_for(ask, page):
    assert b"<h1>Letters</h1>" in respond(ask(htmx=True), page, "main", {"text": ""}).content


def test_a_plain_form_is_sent_on(answer):
    response = answer("post", text="thank you")
    assert (response.status_code, response["Location"]) == (302, "/elsewhere/")


def test_a_form_with_errors_is_shown_again(answer):
    assert answer("post", text="?", status=422).status_code == 422
    assert b"<!doctype" in answer("post", text="?", status=422).content
    assert b"<!doctype" not in answer("post", htmx=True, text="?", status=422).content


def test_what_people_write_is_text(answer):
    assert b"&lt;script&gt;" in answer(htmx=True, text="<script>").content


def test_messages_come_with_the_fragment_and_can_be_taken_back(ask, page):
    request = ask("post", htmx=True)
    tell(request, "Withdrawn.", undo="/undo/")
    body = respond(request, page, "letter", {"text": ""}).content.decode()
    assert '<hx-partial hx-target="#toasts"' in body
    assert "Withdrawn." in body
    assert 'action="/undo/"' in body
    assert body.count("csrfmiddlewaretoken") == 1


def test_messages_wait_for_the_page_after_a_redirect(ask, page):
    request = ask("post")
    tell(request, "Saved.")
    respond(request, page, "letter", {"text": ""}, otherwise="/")
    request.method = "GET"
    assert b"Saved." in respond(request, page, "letter", {"text": ""}).content
