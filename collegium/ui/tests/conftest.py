"""A small page of our own, so that these tests know no other room."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.template import engines
from django.test import RequestFactory
from jinja2 import ChoiceLoader, DictLoader

PAGE = """
{% extends "ui/page.html" %}
{% set who = "Ada" %}
{% macro greet(name) %}Dear {{ name }}{% endmacro %}
{% block main %}<h1>Letters</h1>{% block letter %}<p>{{ greet(who) }}, {{ text }}</p>{% endblock %}{% endblock %}
"""


@pytest.fixture
def page(monkeypatch):
    """The name of a page with a fragment `letter` that uses what the page's top level defines."""
    backend = engines["jinja2"]
    environment = backend.env
    monkeypatch.setattr(environment, "loader", ChoiceLoader([DictLoader({"letters.html": PAGE}), environment.loader]))
    monkeypatch.setattr(backend, "context_processors", [])
    monkeypatch.setitem(backend.__dict__, "template_context_processors", [])
    return "letters.html"


@pytest.fixture
def ask(rf: RequestFactory):
    """Make a request as the middleware would hand it on: by a page, or by htmx."""

    def make(method="get", *, htmx=False, cookies=None, **headers):
        request = getattr(rf, method)("/letters/", headers=headers)
        request.COOKIES.update(cookies or {})
        request.htmx = SimpleNamespace(history_restore_request=False) if htmx else None
        request.viewer = SimpleNamespace(member=None, id=0)
        request.user = AnonymousUser()
        request.csp_nonce = "nonce-of-this-answer"
        request.session = SessionStore()
        request._messages = SessionStorage(request)
        return request

    return make
