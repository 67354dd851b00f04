"""The same answers by brute force: what `career.reading` shows the viewer of everybody she finds, word by word.

A query is a small tree of tuples: ("word", text), ("phrase", text), ("field", name, text), ("and", …), ("or", …),
("not", tree). `written` says it as somebody would type it.
"""

from collections import Counter

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.career import reading
from collegium.graph.degrees import standings
from collegium.members.models import Member
from collegium.openness.reading import shown_to


def written(tree):
    kind, *rest = tree
    if kind == "word":
        return rest[0]
    if kind == "phrase":
        return f'"{rest[0]}"'
    if kind == "field":
        return f"{rest[0]}:{rest[1]}"
    if kind == "not":
        return f"NOT {_bracketed(rest[0])}"
    return f" {kind.upper()} ".join(_bracketed(each) for each in rest)


def _bracketed(tree):
    return f"({written(tree)})" if tree[0] in ("and", "or", "not") else written(tree)


class Seen:
    """What one viewer sees of one member: texts by field, and values of facets."""

    def __init__(self, viewer, member):
        career = reading.read(viewer, member)
        self.texts = [("name", member.name), ("headline", member.headline), ("place", member.place)]
        self.texts.append(("about", career.head.about))
        self.handle = member.handle
        self.values = {name: set() for name in ("company", "past", "school", "skill", "place", "language")}
        if member.place:
            self.values["place"].add(member.place.lower())
        for item in career.all_items:
            self._take(item)
        for held in career.skills:
            self.texts.append(("skill", held.name))
            self.values["skill"].add(held.name)
        self.open = shown_to(viewer, member) is not None

    def _take(self, item):
        fields = {"positions": ("title", "company"), "education": ("study", "school"), "languages": ("language", "")}
        title, body = fields.get(item.section, ("", ""))
        study = "study" if item.section == "education" else ""
        self.texts += [(title, item.title), (body, item.organization_name), ("", item.place), (study, item.detail)]
        self.texts.append(("", item.description))
        facet = {"positions": "past" if item.ended else "company", "education": "school"}.get(item.section)
        if facet and item.organization_name:
            name = item.organization_name.lower()
            self.values[facet].add(str(item.organization_id) if item.organization_id else f"~{name}")
        if item.section == "languages":
            self.values["language"].add(item.title.lower())

    def fits(self, tree, *, exact=False):
        kind, *rest = tree
        if kind == "and":
            return all(self.fits(each, exact=exact) for each in rest)
        if kind == "or":
            return any(self.fits(each, exact=exact) for each in rest)
        if kind == "not":
            return not self.fits(rest[0], exact=True)
        field, wanted = (rest[0], rest[1]) if kind == "field" else ("", rest[0])
        texts = [text.lower().split() for name, text in self.texts if not field or name == field]
        words = wanted.split()
        if kind == "phrase":
            return any(words == text[at : at + len(words)] for text in texts for at in range(len(text)))
        return any(word == wanted or (not exact and word.startswith(wanted)) for text in texts for word in text)


class Reference:
    """One viewer and everybody she finds."""

    def __init__(self, viewer_key):
        self.viewer = Viewer(Member.objects.get(pk=viewer_key))
        found = people.findable_by(self.viewer)
        self.seen = {member.pk: Seen(self.viewer, member) for member in found}
        stands = standings(self.viewer.me, list(self.seen))
        self.degrees = {key: (stands[key].degree if key in stands else None) for key in self.seen}

    def degree(self, key):
        return str(self.degrees[key]) if self.degrees[key] in (1, 2) else "3"

    def values(self, key, facet):
        if facet == "degree":
            return {self.degree(key)}
        if facet == "open":
            return {"1"} if self.seen[key].open else set()
        return self.seen[key].values[facet]

    def keys(self, tree, chosen, without=""):
        return {
            key
            for key, seen in self.seen.items()
            if (tree is None or seen.fits(tree))
            and all(self.values(key, facet) & wanted for facet, wanted in chosen.items() if facet != without)
        }

    def counts(self, tree, chosen, facet):
        keys = self.keys(tree, chosen, without=facet)
        return Counter(value for key in keys for value in self.values(key, facet))
