"""The template environment: escaping, translation, and the words every page may use without importing them."""

import json
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.backends.jinja2 import Jinja2, Template
from django.templatetags.static import static as address_of
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject
from jinja2 import Environment, Undefined, pass_context, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from markupsafe import Markup

from collegium.ui import assets, faces, text
from collegium.ui.marks import MARKS, icon
from collegium.ui.printing import Printing, said
from collegium.ui.themes import theme_of

KIT = Path(__file__).parent / "templates" / "ui" / "kit"


@lru_cache(maxsize=1_000)
def static(path: str) -> str:
    """The address of a file of ours, which is the same for as long as the process lives."""
    return address_of(path)


class Page(Template):
    """A template and what every page knows of its request."""

    def values(self, context: dict[str, Any] | None, request: HttpRequest | None) -> dict[str, Any]:
        """The context, the request, its token for forms, and what the context processors add.

        The token is masked once for a page, not once for each of its hundred small forms.
        """
        values = dict(context or {})
        if request is None:
            return values
        token = SimpleLazyObject(lambda: get_token(request))
        field = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">')
        values |= {"request": request, "csrf_token": token, "csrf_input": SimpleLazyObject(lambda: field.format(token))}
        for processor in self.backend.template_context_processors:
            values |= processor(request)
        return values

    def render(self, context: dict[str, Any] | None = None, request: HttpRequest | None = None) -> str:
        """The whole page as text."""
        made: str = self.template.render(self.values(context, request))
        return made


class Templates(Jinja2):
    """Django's Jinja2 backend, looking into `<app>/templates/` like everybody else."""

    app_dirname = "templates"

    def get_template(self, template_name: str) -> Page:
        """The template of that name, with the errors that Django expects for one that is missing or broken."""
        return Page(super().get_template(template_name).template, self)

    def from_string(self, template_code: str) -> Page:
        """A template out of a text."""
        return Page(self.env.from_string(template_code), self)


class Kit:
    """All components under one name, so that a page needs no import lines and a fragment finds them too."""

    def __init__(self, environment: Environment) -> None:
        """Learn which file defines which macro; the files are compiled when first used."""
        self._environment = environment
        self.__dict__ |= MARKS
        self._homes = {
            name: f"ui/kit/{path.name}"
            for path in sorted(KIT.glob("*.html"))
            for name in re.findall(r"{%-? *macro (\w+)", path.read_text())
        }

    def __getattr__(self, name: str) -> Callable[..., Markup]:
        """The macro of that name, kept for the next call unless templates are being edited."""
        home = self.__dict__["_homes"].get(name)
        if home is None:
            raise AttributeError(name)
        macro: Callable[..., Markup] = getattr(self._environment.get_template(home).module, name)
        if not self._environment.auto_reload:
            setattr(self, name, macro)
        return macro


@pass_context
def script(context: Context, path: str) -> Markup:
    """A module script of one page, with the nonce that lets it run."""
    return Markup('<script type="module" src="{}" nonce="{}"></script>').format(static(path), _nonce(context))


@pass_context
def scripts(context: Context) -> Markup:
    """The scripts of every page: htmx, then ours, which must run before htmx reads the page."""
    nonce = _nonce(context)
    tags = [
        Markup('<script src="{}" nonce="{}" defer></script>').format(static(path), nonce)
        for path in assets.classic_scripts()
    ]
    tags += [
        Markup('<script type="module" src="{}" nonce="{}"></script>').format(static(path), nonce)
        for path in assets.module_scripts()
    ]
    return Markup("\n").join(tags)


def stylesheets() -> Markup:
    """One concatenated sheet in production, the separate files while one edits them."""
    return Markup("\n").join(
        Markup('<link rel="stylesheet" href="{}">').format(static(path)) for path in assets.stylesheet_paths()
    )


def attributes(values: dict[str, Any] | None) -> Markup:
    """A dict as HTML attributes; None and False leave the attribute out, True writes it bare."""
    parts = [
        Markup(" {}").format(key) if value is True else Markup(' {}="{}"').format(key, value)
        for key, value in (values or {}).items()
        if value is not None and value is not False
    ]
    return Markup("").join(parts)


def _clean(values: dict[str, Any]) -> dict[str, Any]:
    """Only what has a value: Django's widgets would print `None`."""
    return {key: value for key, value in values.items() if value is not None}


def told(message: Message) -> dict[str, Any]:
    """Tone, undo and the way on of a message; those of other libraries, which have none, are plain news."""
    try:
        about = dict(json.loads(message.extra_tags or "{}"))
    except ValueError:
        about = {}
    tones = {"error": "danger", "warning": "warn", "success": "done"}
    tone = about.get("tone") or tones.get(message.level_tag, "info")
    return {"tone": tone, "undo": about.get("undo", ""), "on": about.get("on")}


def fingerprint(text: object) -> str:
    """What tells a browser whether this is the same as last time, without telling what it is: sixteen letters."""
    return salted_hmac("collegium.ui.fingerprint", str(text)).hexdigest()[:16]


def direction() -> str:
    """Whether the reader's language runs from right to left."""
    return "rtl" if translation.get_language_bidi() else "ltr"


def _nonce(context: Context) -> str:
    """The request's nonce; a page rendered outside a request has none."""
    return str(getattr(context.get("request"), "csp_nonce", ""))


@pass_eval_context
def translate(context: EvalContext, message: str, **values: Any) -> str:
    """A sentence in the reader's language; as Jinja's own, at a fifth of its cost: a page says fifty of them.

    Args:
        context: whether this template escapes; Jinja fills it in.
        message: the sentence, with `%(name)s` for each value and `%%` for a percent sign.
        values: put in escaped, except where nothing is (the plain text of a mail).
    """
    if not context.autoescape:
        return translation.gettext(message) % values
    if values:
        return Markup(translation.gettext(message)) % values  # noqa: S704 - catalogues are ours, values are escaped
    return said(translation.get_language(), message)


def environment(**options: Any) -> Environment:
    """Build the environment that `TEMPLATES` names."""
    options["undefined"] = Undefined  # Django's choice while debugging would print the names of missing things
    options["autoescape"] = _escapes
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    options.setdefault("cache_size", 800)
    extensions = ["jinja2.ext.i18n", "jinja2.ext.do"]
    made = Printing(extensions=extensions, **options)
    made.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    made.globals |= {"_": translate, "gettext": translate}
    made.globals |= {
        "static": static,
        "url": _url,
        "icon": icon,
        "_icon": icon,  # for macros that have an argument of that name
        "clean": _clean,
        "told": told,
        "script": script,
        "scripts": scripts,
        "stylesheets": stylesheets,
        "language": translation.get_language,
        "direction": direction,
        "fingerprint": fingerprint,
        "get_messages": get_messages,
        "theme_of": theme_of,
        "palette": faces.palette,
        "AUDIENCES": faces.AUDIENCES,
        "FACETS": faces.FACETS,
        "REACTIONS": faces.REACTIONS,
        "ui": Kit(made),
    }
    made.filters |= {
        "number": text.number,
        "compact": text.compact,
        "percent": text.percent,
        "iso": text.iso,
        "day": text.day,
        "moment": text.moment,
        "ago": text.ago,
        "initials": faces.initials,
        "attributes": attributes,
    }
    return made


def _escapes(name: str | None) -> bool:
    """Everything is escaped but the plain text of mails."""
    return not (name or "").endswith(".txt")


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    """An address by its name. In loops prefer the row's own `path`: reversing costs 20 µs."""
    return reverse(name, args=args or None, kwargs=kwargs or None)
