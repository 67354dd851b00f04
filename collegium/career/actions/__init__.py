"""The verbs of a career. Each opens with its rule, ends with its entry, and stands in one transaction."""

from collegium.career.actions.contacts import arrange_contacts, edit_contact, put_contact, remove_contact
from collegium.career.actions.items import add, announce, arrange, edit, move, remove, restore
from collegium.career.actions.languages import drop_language, put_item_text, put_profile_text
from collegium.career.actions.parts import set_audience
from collegium.career.actions.skills import add_skills, arrange_skills, remove_skill, restore_skill
from collegium.career.actions.taking import take

__all__ = [
    "add",
    "add_skills",
    "announce",
    "arrange",
    "arrange_contacts",
    "arrange_skills",
    "drop_language",
    "edit",
    "edit_contact",
    "move",
    "put_contact",
    "put_item_text",
    "put_profile_text",
    "remove",
    "remove_contact",
    "remove_skill",
    "restore",
    "restore_skill",
    "set_audience",
    "take",
]
