"""What somebody says she writes for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """Declared by whoever writes to a person she is not connected with; what is welcome is chosen by each of these."""

    RECRUITING = "recruiting", _("Recruiting")
    SALES = "sales", _("Selling something")
    PRESS = "press", _("Press")
    ADVICE = "advice", _("Advice")
    OTHER = "other", _("Something else")
