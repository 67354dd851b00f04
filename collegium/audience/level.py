"""How far a thing reaches, as a number that closeness is compared with."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """Audience of a post, a section, a list. The larger, the closer one must be."""

    EVERYONE = 0, _("Everyone")
    MEMBERS = 1, _("Members")
    NETWORK = 2, _("My network")
    CONNECTIONS = 3, _("Connections")
    ONLY_ME = 4, _("Only me")

    @property
    def explained(self) -> str:
        """The level in words that leave no doubt."""
        return str(EXPLAINED[self])


EXPLAINED = {
    Level.EVERYONE: _("Anyone on the internet, signed in or not"),
    Level.MEMBERS: _("Everyone who is a member here"),
    Level.NETWORK: _("Your connections and the people they are connected with"),
    Level.CONNECTIONS: _("The people you are connected with"),
    Level.ONLY_ME: _("Nobody but you"),
}
