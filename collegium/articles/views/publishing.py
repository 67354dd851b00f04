"""The publishing sheet: who sees an article, from which side of its author, who may comment; later, what changed."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from collegium.articles import actions, rules
from collegium.articles.forms import NoteForm
from collegium.articles.models import Article, Sheet
from collegium.articles.publishing import Chosen, extras
from collegium.articles.views.common import own
from collegium.audience.door import Request, signed_in
from collegium.feed.drafts.forms import ComposerForm
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict, require
from collegium.ui.respond import respond, tell


@require_http_methods(["GET", "POST"])
@signed_in
@limit("articles.publish", rate="60/h")
def publish(request: Request, pk: int) -> HttpResponse:
    """Choose who reads it, and let them; what is published already is brought up to date."""
    article = own(request, pk)
    require(rules.may_edit(request.viewer.me, article))
    sheet = Sheet.objects.get(article=article)
    sent = request if request.method == "POST" else None
    parts = extras.forms(sent, request.viewer.me, article)
    if sent is not None and article.is_published and "facet" in sent.POST:
        # The same sheet sent a second time, after the first was heard.
        return _again(request, article, sent)
    if article.is_published:
        return _update(request, article, sheet, parts)
    return _publish(request, article, sheet, parts)


def _publish(request: Request, article: Article, sheet: Sheet, parts: list[Any]) -> HttpResponse:
    me = request.viewer.me
    initial = {"body": sheet.lead}
    form = ComposerForm(request.POST if request.method == "POST" else None, me=me, initial=initial)
    del form.fields["later"], form.fields["zone"]
    missing = missing_of(sheet)
    if request.method == "POST" and _are_valid(form, parts) and not missing:
        chosen = Chosen(_values(form), tuple(parts))
        try:
            article = actions.publish(article, chosen, by=me)
        except Conflict as refusal:
            form.add_error(None, refusal.reason)
        else:
            tell(request, _("Published."))
            return redirect(article.path)
    context = {"form": form, "article": article, "sheet": sheet, "missing": missing, "extras": parts}
    status = 422 if request.method == "POST" else 200
    return respond(request, "articles/publish.html", "main", context, status=status)


def _update(request: Request, article: Article, sheet: Sheet, parts: list[Any]) -> HttpResponse:
    form = NoteForm(request.POST if request.method == "POST" else None)
    missing = missing_of(sheet)
    if request.method == "POST" and _are_valid(form, parts) and not missing:
        chosen = Chosen({}, tuple(parts))
        article = actions.update(article, form.cleaned_data["note"], by=request.viewer.me, chosen=chosen)
        tell(request, _("Readers see it as it is now."))
        return redirect(article.path)
    same = sheet.texts == (article.title, article.lead, article.source)
    context = {"form": form, "article": article, "sheet": sheet, "missing": missing, "extras": parts, "same": same}
    status = 422 if request.method == "POST" else 200
    return respond(request, "articles/update.html", "main", context, status=status)


def _again(request: Request, article: Article, sent: Request) -> HttpResponse:
    key = str(article.post.form_key) if article.post is not None else ""
    if key and sent.POST.get("form_key") == key:
        return redirect(article.path)
    raise Conflict(_("This article is published already."))


def _are_valid(form: Any, parts: list[Any]) -> bool:
    """Whether all are; every one is asked, so that all of its words stand on the page."""
    judged = [form.is_valid(), *(part.is_valid() for _extra, part in parts)]
    return all(judged)


def _values(form: ComposerForm) -> dict[str, Any]:
    """What the feed's verb takes."""
    values = {name: value for name, value in form.cleaned_data.items() if name != "lasting"}
    return values | {"ends_at": form.ends_at}


def missing_of(sheet: Sheet) -> str:
    """What an article lacks before it can be read by others; nothing where it lacks nothing."""
    if not sheet.title and not sheet.source:
        return _("It needs a title and a text first.")
    if not sheet.title:
        return _("It needs a title first.")
    return "" if sheet.source else _("It needs a text first.")
