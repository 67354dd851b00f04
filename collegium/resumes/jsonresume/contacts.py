"""Ways to reach somebody, as `basics` has keys for them."""

from typing import Any

from collegium.career.document import Reach
from collegium.career.models import Contact

Kind = Contact.Kind
_NEVER = frozenset(' <>"{}|\\^`[]')


def standard(contacts: list[Reach], place: str) -> tuple[dict[str, Any], list[Reach]]:
    """The keys of the schema for these contacts, and the contacts that somebody reads out of them again."""
    first = {each.kind: each.value for each in reversed(contacts)}
    keys: dict[str, Any] = {
        "email": first.get(Kind.EMAIL, ""),
        "phone": first.get(Kind.PHONE, ""),
        "url": website if is_address(website := first.get(Kind.WEBSITE, "")) else "",
        "location": {key: value for key, value in (("address", first.get(Kind.ADDRESS, "")), ("city", place)) if value},
        "profiles": [_profile(each) for each in contacts if each.kind == Kind.NETWORK],
    }
    understood = [Reach(Kind.EMAIL, keys["email"]), Reach(Kind.PHONE, keys["phone"]), Reach(Kind.WEBSITE, keys["url"])]
    understood.append(Reach(Kind.ADDRESS, keys["location"].get("address", "")))
    understood += [network(profile) for profile in keys["profiles"]]
    return keys, [each for each in understood if each.value]


def network(profile: dict[str, str]) -> Reach:
    """A profile elsewhere. A name that its address does not show stays in the label."""
    name, user, url = (profile.get(key, "") for key in ("network", "username", "url"))
    if url and user and user.casefold() not in url.casefold():
        name = f"{name} {user}".strip()
    return Reach(Kind.NETWORK, url or user, name)


def _profile(reach: Reach) -> dict[str, str]:
    key = "url" if is_address(reach.value) else "username"
    return {name: text for name, text in (("network", reach.label), (key, reach.value)) if text}


def is_address(text: str) -> bool:
    """Whether the schema's `uri` allows it."""
    return text.isascii() and text.startswith(("http://", "https://")) and not set(text) & _NEVER
