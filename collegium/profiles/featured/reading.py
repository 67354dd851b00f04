"""The pins of one person as one viewer sees them: two statements, however many there are."""

from dataclasses import dataclass
from datetime import datetime

from django.template.defaultfilters import filesizeformat

from collegium.audience.viewer import Viewer
from collegium.lib.statement import Statement
from collegium.members.models import Member
from collegium.profiles.featured.providers import providers
from collegium.profiles.models import Pin

PINS = Statement(lambda slot: Pin.objects.filter(member=slot.int("member")).in_order())


@dataclass(frozen=True)
class Shown:
    """A pin as it is drawn.

    Attributes:
        title: what stands first; "" for a post without one.
        text: the owner's note, or the beginning of a post.
        href: where it leads.
        source: the host of a link, or the name of a file.
        size: bytes of a document.
        picture: address of a small version, of a picture.
    """

    pin: Pin
    title: str
    text: str
    href: str
    source: str = ""
    size: int = 0
    picture: str = ""
    when: datetime | None = None

    @property
    def weight(self) -> str:
        """The size of a document for people: "2.4 MB"."""
        return filesizeformat(self.size)


def shown(viewer: Viewer, person: Member, *, is_open: bool | None = None) -> list[Shown]:
    """What the viewer sees pinned, in its owner's order.

    Args:
        viewer: who looks.
        person: whose profile.
        is_open: whether the part is open to her, where that is known (`Part.FEATURED in career.parts`).
    """
    if is_open is None:
        is_open = Pin.objects.visible_to(viewer).filter(member=person).exists()
    pins = PINS.rows(member=person.pk) if is_open else []
    return _drawn(viewer, person, pins)


def _drawn(viewer: Viewer, person: Member, pins: list[Pin]) -> list[Shown]:
    """Each with what it takes; a post that is gone, or that the viewer does not see, is left out."""
    posts = [pin.post_key for pin in pins if pin.post_key is not None]
    cards = providers.cards(Pin.Kind.POST, viewer, posts)
    made = []
    for pin in pins:
        if pin.kind == Pin.Kind.POST:
            card = cards.get(pin.post_key or 0)
            if card is not None and card.owner == person.pk:
                made.append(Shown(pin, card.title, card.excerpt, card.path, when=card.when))
        elif pin.kind == Pin.Kind.LINK:
            host = pin.url.partition("://")[2].partition("/")[0].removeprefix("www.")
            made.append(Shown(pin, pin.title, pin.note, pin.url, source=host))
        else:
            made.append(_file(pin, f"{person.path}featured/{pin.pk}/"))
    return made


def _file(pin: Pin, path: str) -> Shown:
    if pin.kind == Pin.Kind.PICTURE:
        return Shown(pin, pin.title, pin.note, f"{path}1200.webp", picture=f"{path}480.webp")
    return Shown(pin, pin.title, pin.note, f"{path}file/", source=pin.file_name, size=pin.file_size)
