"""The macros draw what they promise, also for what is missing or hostile."""

import pytest
from django.contrib.messages import INFO
from django.contrib.messages.storage.base import Message
from django.template import engines

from collegium.ui.jinja import told
from collegium.ui.specimens import ExampleForm, Someone

ADA = Someone("Ada Lindqvist", "ada", "Hydrologist")


@pytest.fixture
def draw():
    def make(source, **context):
        return engines["jinja2"].env.from_string(source).render(**context)

    return make


def test_the_guide_itself_draws(ask, page):
    from collegium.ui.respond import render_page
    from collegium.ui.specimens import everything

    assert "style=" not in render_page(ask(), "ui/styleguide.html", everything())


def test_names_are_text_and_isolated(draw):
    made = draw("{{ ui.name(p) }}", p=Someone('<b>"Ada"', "ada"))
    assert "<bdi>&lt;b&gt;&#34;Ada&#34;</bdi>" in made


def test_degrees_have_words(draw):
    assert "connected with you" in draw("{{ ui.degree(1) }}")
    assert draw("{{ ui.degree(0) }}{{ ui.degree(4) }}{{ ui.degree(none) }}") == ""


def test_a_photo_lies_over_the_drawn_face(draw):
    assert "<img" not in draw("{{ ui.avatar(p) }}", p=ADA)
    assert 'src="/media/x.webp" alt=""' in draw("{{ ui.avatar(p) }}", p=Someone("A", "a", photo_url="/media/x.webp"))


def test_fields_tie_label_help_and_error_together(draw):
    form = ExampleForm({"name": ""}, prefix="x")
    form.is_valid()
    made = draw("{{ ui.field(form.name) }}", form=form)
    assert '<label class="field-label" for="id_x-name">' in made
    assert 'aria-describedby="id_x-name-help id_x-name-error"' in made
    assert 'aria-invalid="true"' in made
    assert "This field is required." in made


def test_what_was_typed_is_kept(draw):
    form = ExampleForm({"x-headline": '"> <i>'}, prefix="x")
    form.is_valid()
    assert 'value="&quot;&gt; &lt;i&gt;"' in draw("{{ ui.field(form.headline) }}", form=form)


def test_colour_is_never_the_only_sign(draw):
    assert "Personal" in draw('{{ ui.facet("personal") }}')
    assert "Seen by:" in draw("{{ ui.audience(3) }}")
    assert "82 % professional" in draw("{{ ui.mix(82, 18) }}").replace("\N{NO-BREAK SPACE}", " ")


def test_an_empty_badge_draws_nothing(draw):
    assert draw('{{ ui.badge(0, "none") }}') == ""
    assert "99+" in draw('{{ ui.badge(140, "140 unread") }}')


def test_attributes_leave_out_what_is_not_there(draw):
    made = draw('{{ ui.button("Go", attrs={"name": "a", "disabled": true, "hidden": false, "value": none}) }}')
    assert ' name="a" disabled>' in made
    assert "hidden" not in made
    assert "value" not in made


def test_messages_of_libraries_are_plain_news():
    assert told(Message(INFO, "Hello", "not json")) == {"tone": "info", "undo": "", "on": None}
    assert told(Message(INFO, "Hello", '["a list"]'))["tone"] == "info"


def test_only_the_text_of_mails_is_not_escaped():
    from collegium.ui.jinja import _escapes

    assert [_escapes(name) for name in ("ui/mail.txt", "ui/mail.html", None, "x.txt.html")] == [False, True, True, True]
