"""Addresses of one's own career. Nouns with a word of their own stand before the sections."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from collegium.career.models import Contact
from collegium.career.sections import Part, Section
from collegium.profiles import guide
from collegium.profiles.editing import arranging, audiences, contacts, head, items, skills, translations
from collegium.profiles.featured import views as featured


class SectionConverter(StringConverter):
    """`<section:…>`: one of the sections; anything else is an address that does not exist."""

    choices = Section
    regex = "|".join(Section.values)

    def to_python(self, value: str) -> str:
        """The member of the enumeration."""
        return self.choices(value)


class AudiencePartConverter(SectionConverter):
    """`<audience_part:…>`: a part of a profile with an audience of its own."""

    choices = Part  # type: ignore[assignment]
    regex = "|".join(Part.values)


class KindConverter(SectionConverter):
    """`<contact_kind:…>`: a kind of way to reach somebody."""

    choices = Contact.Kind  # type: ignore[assignment]
    regex = "|".join(Contact.Kind.values)


class TagConverter(StringConverter):
    """`<tag:…>`: what could be a BCP 47 tag."""

    regex = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}"


register_converter(SectionConverter, "section")
register_converter(AudiencePartConverter, "audience_part")
register_converter(KindConverter, "contact_kind")
register_converter(TagConverter, "tag")

urlpatterns = [
    path("items/<int:pk>/", items.item, name="item"),
    path("items/<int:pk>/removal/", items.removal, name="item_removal"),
    path("items/<int:pk>/restoration/", items.restoration, name="item_restoration"),
    path("skills/", skills.skills, name="skills"),
    path("skills/order/", skills.skills_order, name="skills_order"),
    path("skills/<int:pk>/", skills.skill, name="skill"),
    path("skills/<int:pk>/removal/", skills.skill_removal, name="skill_removal"),
    path("skills/<int:pk>/restoration/", skills.skill_restoration, name="skill_restoration"),
    path("contacts/", contacts.contacts, name="contacts"),
    path("contacts/order/", contacts.contacts_order, name="contacts_order"),
    path("contacts/restoration/", contacts.contact_restoration, name="contact_restoration"),
    path("contacts/new/<contact_kind:kind>/", contacts.new_contact, name="new_contact"),
    path("contacts/<int:pk>/", contacts.contact, name="contact"),
    path("contacts/<int:pk>/removal/", contacts.contact_removal, name="contact_removal"),
    path("head/", head.head, name="head"),
    path("about/", head.about, name="about"),
    path("audiences/<audience_part:part>/", audiences.audience, name="audience"),
    path("translations/", translations.translations, name="translations"),
    path("translations/<tag:tag>/", translations.translation, name="translation"),
    path("translations/<tag:tag>/removal/", translations.translation_removal, name="translation_removal"),
    path("translations/<tag:tag>/items/<int:pk>/", translations.item_translation, name="item_translation"),
    path("featured/", featured.featured, name="featured"),
    path("featured/order/", featured.featured_order, name="featured_order"),
    path("featured/new/link/", featured.new_link, name="new_link"),
    path("featured/new/file/", featured.new_file, name="new_file"),
    path("featured/posts/<int:pk>/", featured.pinned_post, name="pinned_post"),
    path("featured/<int:pk>/", featured.pin, name="pin"),
    path("featured/<int:pk>/removal/", featured.pin_removal, name="pin_removal"),
    path("guide/rest/", guide.rest, name="guide_rest"),
    path("guide/return/", guide.back, name="guide_return"),
    path("<section:section>/", arranging.section, name="section"),
    path("<section:section>/new/", items.new, name="new"),
    path("<section:section>/order/", arranging.section_order, name="section_order"),
    path("<section:section>/sentence/", items.sentence, name="sentence"),
]
