"""A career as a JSON Resume that its schema accepts."""

from typing import Any

from collegium.career.document import Document, Draft, Header, Reach
from collegium.career.sections import Section
from collegium.resumes.jsonresume.contacts import is_address, standard
from collegium.resumes.jsonresume.shape import FLUENCY, SHAPES, Shape, parted

VERSION = "v1.0.0"
SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"


def dump(document: Document, *, canonical: str = "", modified: str = "") -> dict[str, Any]:
    """What `json.dumps` can write. What is empty is left out.

    Args:
        document: the career.
        canonical: the address where it stands now.
        modified: when it was made, ISO 8601.
    """
    resume: dict[str, Any] = {"$schema": SCHEMA, "basics": _basics(document.header, document.contacts)}
    for section, shape in SHAPES.items():
        if items := [_item(draft, shape) for draft in document.of(section)]:
            resume[shape.key] = items
    if document.skills:
        resume["skills"] = [{"name": name} for name in document.skills]
    if document.references:
        resume["references"] = [
            _full(
                {
                    "name": each.name,
                    "reference": each.text,
                    "x-relation": each.relation,
                    "x-headline": each.headline,
                    "x-written": each.written,
                }
            )
            for each in document.references
        ]
    meta = {"canonical": canonical, "version": VERSION, "lastModified": modified, "x-language": document.language}
    return _full({**resume, "meta": _full(meta)})


def _full(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty."""
    return {key: value for key, value in values.items() if value not in ("", [], {})}


def _basics(header: Header, contacts: list[Reach]) -> dict[str, Any]:
    """The head. Where the schema's keys do not say all about how to reach somebody, `x-contacts` does."""
    basics = {
        "name": header.name,
        "label": header.headline,
        "summary": header.about,
        "x-pronouns": header.pronouns,
        "x-pronunciation": header.pronunciation,
    }
    keys, understood = standard(contacts, header.place)
    listed = [_full({"kind": each.kind, "value": each.value, "label": each.label}) for each in contacts]
    return _full({**basics, **keys, "x-contacts": [] if understood == contacts else listed})


def _item(draft: Draft, shape: Shape) -> dict[str, Any]:
    """One item under the keys of its section."""
    item: dict[str, Any] = {keys[0]: getattr(draft, column) for column, keys in shape.columns.items()}
    if draft.section == Section.LANGUAGES:
        item["fluency"] = FLUENCY.get(draft.kind, "")
    if draft.url and "url" in item and not is_address(draft.url):
        item["x-url"] = item.pop("url")
    if shape.points:
        key = shape.columns["description"][0]
        item[key], item["highlights"] = parted(draft.description)
    item[shape.skills] = list(draft.skills)
    return _full(item)
