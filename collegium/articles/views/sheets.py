"""Writing: one's articles, the sheet, how it will look, its cover, deleting and bringing back."""

from typing import Any
from uuid import uuid5

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collegium.articles import actions, listing
from collegium.articles.forms import ACCEPTED, CoverForm, SheetForm
from collegium.articles.models import Article, Sheet
from collegium.articles.page import editor_policy
from collegium.articles.views.common import own
from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.lib.text import markdown
from collegium.media.decode import MOST_BYTES, UnusableImage, process_image
from collegium.ui.respond import done, respond

SAVES = "3000/h"
# Where the buttons beside "Save" lead, once the sheet is kept.
NEXT = {"publish": "publish/", "preview": "preview/", "cover": "edit/#cover"}


@require_GET
@signed_in
def mine(request: Request) -> HttpResponse:
    """What one wrote: drafts and what is published."""
    context = listing.mine(request.viewer.me, request.GET.get("before", ""))
    return respond(request, "articles/mine.html", "stretch", context)


@require_http_methods(["GET", "POST"])
@signed_in
@editor_policy
@limit("articles.save", rate=SAVES)
def new(request: Request) -> HttpResponse:
    """An empty sheet; nothing is kept before there are words."""
    form = SheetForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return _sheet(request, form, status=422 if request.method == "POST" else 200)
    key = form.cleaned_data["form_key"]
    if key is not None and "fresh" in request.POST:
        # One of two versions as a draft of its own: sent twice, it is one draft still.
        key = uuid5(key, f"beside {form.cleaned_data['number']}")
    if key is None or not form.says_something:
        form.add_error(None, _("There is nothing to keep yet: write something first."))
        return _sheet(request, form, status=422)
    try:
        sheet = actions.begin(request.viewer.me, key, form.texts)
    except actions.OtherText as other:
        return _differs(request, form, other.sheet)
    return _kept(request, sheet)


@require_http_methods(["GET", "POST"])
@signed_in
@editor_policy
@limit("articles.save", rate=SAVES)
def edit(request: Request, pk: int) -> HttpResponse:
    """The sheet of an article of one's own."""
    article = own(request, pk)
    if request.method == "GET":
        sheet = Sheet.objects.get(article=article)
        columns = {"title": sheet.title, "lead": sheet.lead, "source": sheet.source}
        return _sheet(request, SheetForm(initial=columns | {"number": sheet.number}), article)
    form = SheetForm(request.POST)
    if not form.is_valid():
        return _sheet(request, form, article, status=422)
    try:
        sheet = actions.save(article, form.cleaned_data["number"] or 0, form.texts, by=request.viewer.me)
    except actions.OtherText as other:
        return _differs(request, form, other.sheet, article)
    return _kept(request, sheet)


@require_GET
@signed_in
def preview(request: Request, pk: int) -> HttpResponse:
    """How the sheet will look to readers; for its author alone."""
    article = own(request, pk)
    sheet = Sheet.objects.get(article=article)
    try:
        written = markdown.render(sheet.source)
    except markdown.TooMuch:
        written = markdown.Written(markdown.render("").html)
    context = {"article": article, "sheet": sheet, "written": written}
    return respond(request, "articles/preview.html", "preview", context)


@require_POST
@signed_in
@limit("articles.cover", rate="120/h")
def cover(request: Request, pk: int) -> HttpResponse:
    """Give it a cover, or describe the one it has."""
    article = own(request, pk)
    form = CoverForm(request.POST, request.FILES)
    if not form.is_valid():
        return _cover_refused(request, article, " ".join(str(each) for words in form.errors.values() for each in words))
    given, alt = form.cleaned_data["picture"], form.cleaned_data["alt"]
    if not isinstance(given, UploadedFile) and not article.cover:
        return _cover_refused(request, article, _("Please choose a picture first."))
    if not isinstance(given, UploadedFile):
        actions.describe_cover(article, alt, by=request.viewer.me)
        return _cover_kept(request, article, _("The description is kept."))
    try:
        images = process_image(given.read(MOST_BYTES + 1), None, "posted")
    except UnusableImage as unusable:
        return _cover_refused(request, article, str(unusable))
    actions.set_cover(article, images, alt, by=request.viewer.me)
    return _cover_kept(request, article, _("The cover is in its place."))


@require_POST
@signed_in
@limit("articles.cover", rate="120/h")
def cover_removal(request: Request, pk: int) -> HttpResponse:
    """Take the cover off."""
    article = own(request, pk)
    actions.drop_cover(article, by=request.viewer.me)
    return _cover_kept(request, article, _("The cover is gone."))


@require_POST
@signed_in
@limit("articles.remove", rate="300/h")
def removal(request: Request, pk: int) -> HttpResponse:
    """Delete a draft."""
    article = own(request, pk)
    actions.remove(article, by=request.viewer.me)
    return done(request, _("The draft is deleted."), "articles:mine", undo=f"{article.here}restoration/")


@require_POST
@signed_in
@limit("articles.remove", rate="300/h")
def restoration(request: Request, pk: int) -> HttpResponse:
    """Bring it back."""
    if pk >= 1 << 63:
        raise Http404
    gone = Article.objects.filter(author=request.viewer.me).exclude(removed_at=None)
    actions.restore(get_object_or_404(gone, pk=pk), by=request.viewer.me)
    return done(request, _("The draft is back."), "articles:mine")


def _kept(request: Request, sheet: Sheet) -> HttpResponse:
    """A word to the page that keeps as one types, or on to where the button leads."""
    here = f"/articles/{sheet.pk}/"
    if _is_quiet(request):
        return JsonResponse({"number": sheet.number, "path": here, "words": _("Saved")})
    if (to := NEXT.get(request.POST.get("then", ""))) is not None:
        return redirect(here + to)
    return done(request, _("Saved."), f"{here}edit/")


def _differs(request: Request, form: SheetForm, kept: Sheet, article: Article | None = None) -> HttpResponse:
    """Two pages wrote on one sheet: both texts are shown, and nothing is lost before one of them is chosen."""
    words = _("This article was changed elsewhere since you opened it here. What you wrote is not saved yet.")
    if _is_quiet(request):
        return JsonResponse({"words": words, "differs": True}, status=409)
    sent = request.POST.copy()
    sent["number"] = str(kept.number)
    return _sheet(request, SheetForm(sent), article or kept.article, status=409, other=kept)


def _sheet(
    request: Request, form: SheetForm, article: Article | None = None, *, status: int = 200, other: Sheet | None = None
) -> HttpResponse:
    """The page of the sheet."""
    if status != 200 and _is_quiet(request):
        said = " ".join(str(each) for words in form.errors.values() for each in words)
        return JsonResponse({"words": said}, status=status)
    context: dict[str, Any] = {"form": form, "article": article, "other": other, "accepted": ACCEPTED}
    return respond(request, "articles/edit.html", "main", context, status=status)


def _is_quiet(request: Request) -> bool:
    """Whether a script asks, while somebody types."""
    return "quiet" in request.POST


def _cover_kept(request: Request, article: Article, words: str) -> HttpResponse:
    return done(request, words, f"{article.here}edit/#cover")


def _cover_refused(request: Request, article: Article, words: str) -> HttpResponse:
    """The sheet with the reason; nothing else on it was sent, so nothing else is lost."""
    sheet = Sheet.objects.get(article=article)
    columns = {"title": sheet.title, "lead": sheet.lead, "source": sheet.source}
    form = SheetForm(initial=columns | {"number": sheet.number})
    context = {"form": form, "article": article, "other": None, "accepted": ACCEPTED, "cover_problem": words}
    return respond(request, "articles/edit.html", "main", context, status=422)
