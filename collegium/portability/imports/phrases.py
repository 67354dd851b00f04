"""Numbers of things in words: what the button will do, what an import did."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.career.sections import Section

PHRASES: Mapping[str, Callable[[int], str]] = {
    "header": lambda n: ngettext("%(num)d line of the head", "%(num)d lines of the head", n) % {"num": n},
    Section.POSITIONS: lambda n: ngettext("%(num)d position", "%(num)d positions", n) % {"num": n},
    Section.EDUCATION: lambda n: ngettext("%(num)d school or degree", "%(num)d schools or degrees", n) % {"num": n},
    "skills": lambda n: ngettext("%(num)d skill", "%(num)d skills", n) % {"num": n},
    Section.CERTIFICATES: lambda n: ngettext("%(num)d certificate", "%(num)d certificates", n) % {"num": n},
    Section.LANGUAGES: lambda n: ngettext("%(num)d language", "%(num)d languages", n) % {"num": n},
    Section.PROJECTS: lambda n: ngettext("%(num)d project", "%(num)d projects", n) % {"num": n},
    Section.VOLUNTEERING: lambda n: ngettext("%(num)d voluntary role", "%(num)d voluntary roles", n) % {"num": n},
    Section.PUBLICATIONS: lambda n: ngettext("%(num)d publication", "%(num)d publications", n) % {"num": n},
    Section.PATENTS: lambda n: ngettext("%(num)d patent", "%(num)d patents", n) % {"num": n},
    Section.HONOURS: lambda n: ngettext("%(num)d honour", "%(num)d honours", n) % {"num": n},
    Section.COURSES: lambda n: ngettext("%(num)d course", "%(num)d courses", n) % {"num": n},
    Section.SCORES: lambda n: ngettext("%(num)d test score", "%(num)d test scores", n) % {"num": n},
    Section.MEMBERSHIPS: lambda n: ngettext("%(num)d membership", "%(num)d memberships", n) % {"num": n},
    Section.INTERESTS: lambda n: ngettext("%(num)d interest", "%(num)d interests", n) % {"num": n},
    "contacts": lambda n: ngettext("%(num)d way to reach you", "%(num)d ways to reach you", n) % {"num": n},
    "endorsements": lambda n: (
        ngettext("%(num)d endorsement, for your eyes", "%(num)d endorsements, for your eyes", n) % {"num": n}
    ),
    "recommendations": lambda n: (
        ngettext("%(num)d recommendation, for your eyes", "%(num)d recommendations, for your eyes", n) % {"num": n}
    ),
    "posts": lambda n: ngettext("%(num)d post", "%(num)d posts", n) % {"num": n},
    "comments": lambda n: ngettext("%(num)d comment", "%(num)d comments", n) % {"num": n},
    "articles": lambda n: ngettext("%(num)d draft of an article", "%(num)d drafts of articles", n) % {"num": n},
    "remarks": lambda n: ngettext("%(num)d private remark", "%(num)d private remarks", n) % {"num": n},
    "conversations": lambda n: (
        ngettext("%(num)d private conversation", "%(num)d private conversations", n) % {"num": n}
    ),
    "messages": lambda n: ngettext("%(num)d message", "%(num)d messages", n) % {"num": n},
    "invitations": lambda n: ngettext("%(num)d private invitation", "%(num)d private invitations", n) % {"num": n},
}
# Rows are named for one thing, counts for many.
MANY = {
    "skill": "skills",
    "contact": "contacts",
    "endorsement": "endorsements",
    "recommendation": "recommendations",
    "post": "posts",
    "comment": "comments",
    "reaction": "remarks",
    "post_kept": "remarks",
    "comment_kept": "remarks",
    "article": "articles",
    "conversation": "conversations",
    "invitation": "invitations",
}


def listed(counts: Mapping[str, int]) -> str:
    """One after the other: "14 positions, 32 skills"; empty when there is nothing."""
    return ", ".join(words(counts[what]) for what, words in PHRASES.items() if counts.get(what))


def plan(new: Mapping[str, int], changed: int) -> str:
    """What the button will do, on the button: "Add 14 positions, 32 skills, change 2"."""
    added = listed(new)
    if added and changed:
        return _("Add %(added)s, change %(changed)d") % {"added": added, "changed": changed}
    if added:
        return _("Add %(added)s") % {"added": added}
    return _("Change %(changed)d") % {"changed": changed} if changed else ""


def history(counts: Mapping[str, int]) -> str:
    """What an import did, in the past: "14 positions, 32 skills added, 2 changed"."""
    added, changed = listed(counts), counts.get("changed", 0)
    if added and changed:
        return _("%(added)s added, %(changed)d changed") % {"added": added, "changed": changed}
    if added:
        return _("%(added)s added") % {"added": added}
    return _("%(changed)d changed") % {"changed": changed} if changed else _("nothing changed")
