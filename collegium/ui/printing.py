"""How templates put values on a page: as Jinja does, without what a page pays for a thousand times and never needs.

Jinja makes every printed value a `Markup` before it is joined into a text that is none, and asks of whatever is called
in three ways whether it wants the context first. A home page prints a thousand values and calls four hundred things:
together that was a tenth of its time.
"""

import re
from functools import lru_cache
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from django.utils import translation
from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

_special = re.compile("[&<>'\"]").search
# These want the context only where Jinja's mark is on themselves; an object that can be called may hide it.
_PLAIN = frozenset({FunctionType, MethodType, BuiltinFunctionType, type(lru_cache(len))})
SENTENCE = "_"


def printed(value: Any) -> str:
    """What stands on the page for a value: escaped, unless it is markup already."""
    kind = type(value)
    if kind is Markup or (kind is str and _special(value) is None):
        text: str = value
        return text
    return str(value) if kind is int else escape(value)


@lru_cache(maxsize=5_000)
def said(language: str | None, message: str) -> Markup:
    """A sentence without values, as it stands on pages in this language."""
    return Markup(translation.gettext(message)) % {}  # noqa: S704 - catalogues are ours


class Printer(CodeGenerator):
    """Writes templates as Python that prints and translates in the short way."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.printed(")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - Jinja calls it so
        """A sentence without values is looked up at once; all else is called as ever."""
        plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs or forward_caller)
        named = isinstance(node.node, nodes.Name) and node.node.name == SENTENCE
        if named and plain and frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and len(node.args) == 1:
            (message,) = node.args
            if isinstance(message, nodes.Const):
                self.write(f"environment.said({message.value!r})")
                return
        super().visit_Call(node, frame, forward_caller=forward_caller)


class Scope(Context):
    """The names a template knows."""

    def call(self, thing: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a macro or a function; as Jinja's own, which asks more of them."""
        kind = type(thing)
        if kind is Macro:
            args = (self.eval_ctx, *args)
        elif kind not in _PLAIN or hasattr(thing, "jinja_pass_arg"):
            return super().call(thing, *args, **kwargs)
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        return thing(*args, **kwargs)


class Printing(Environment):
    """The environment of all pages."""

    code_generator_class = Printer
    context_class = Scope
    printed = staticmethod(printed)

    @staticmethod
    def said(message: str) -> Markup:
        """A sentence without values in the reader's language."""
        return said(translation.get_language(), message)
