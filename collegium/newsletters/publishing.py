"""The line on the sheet with which one publishes an article: whether it is an issue, and of what."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from collegium.articles.models import Article
from collegium.articles.publishing import Extra
from collegium.lib.fields import offer
from collegium.members.models import Member
from collegium.newsletters import actions
from collegium.newsletters.models import Issue, Newsletter


class SeriesForm(forms.Form):
    """One of her newsletters, or none."""

    of = forms.ChoiceField(label=_("As an issue of"), required=False)

    def __init__(self, data: Any = None, *, author: Member) -> None:
        """Offer those that go on."""
        super().__init__(data, prefix="newsletters")
        self.rows = {str(row.pk): row for row in Newsletter.objects.filter(owner=author).going_on().order_by("-pk")}
        choices = [("", _("None")), *((key, row.name) for key, row in self.rows.items())]
        offer(self, "of", choices)

    @property
    def newsletter(self) -> Newsletter | None:
        """What was chosen on a valid form."""
        return self.rows.get(self.cleaned_data["of"])


class SeriesExtra(Extra):
    """Makes an article an issue when it is published, or later."""

    name = "newsletters"
    template = "newsletters/choice.html"

    def form(self, request: HttpRequest | None, author: Member, article: Article) -> forms.Form | None:
        """None where she has no newsletter, or it is an issue already."""
        if Issue.objects.filter(article=article).exists():
            return None
        made = SeriesForm(request.POST if request is not None else None, author=author)
        return made if made.rows else None

    def published(self, article: Article, form: forms.Form, by: Member) -> None:
        """Its readers hear of it once the article is out."""
        if isinstance(form, SeriesForm) and (newsletter := form.newsletter) is not None:
            actions.issue(newsletter, article, by=by)
