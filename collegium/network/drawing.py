"""The buttons beside a person, as the viewer stands to them. Their HTML is in `network/_tie.html`."""

from typing import TYPE_CHECKING

from markupsafe import Markup

from collegium.members.models import Member
from collegium.ui.stencil import Stencil

if TYPE_CHECKING:
    from collegium.network.relations import Relation

BUTTONS = Stencil("network/_tie.html", "buttons", "key", "handle", "path", "name", "invitation", "csrf")


def buttons(relation: "Relation", person: Member, token: str, *, brief: bool, live: bool) -> Markup:
    """The buttons; see `Relation.drawn`."""
    choices = {
        "step": str(relation.step),
        "follows": relation.follows,
        "remindable": relation.remindable,
        "rung": relation.rung,
        "brief": bool(brief),
        "live": bool(live),
    }
    about = {"key": person.pk, "handle": person.handle, "path": person.path, "name": person.name}
    return BUTTONS.draw(choices, **about, invitation=relation.invitation or "", csrf=token)
