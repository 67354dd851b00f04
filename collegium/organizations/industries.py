"""What organisations do: sections of ISIC (revision 4), and the divisions of them that people name most.

A short word is kept, the label is for the page. The list is closed, so that figures and searches can be by it.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SECTORS: tuple[tuple[str, str | Promise], ...] = (
    ("agriculture", _("Agriculture, forestry and fishing")),
    ("mining", _("Mining and quarrying")),
    ("food", _("Food and drink")),
    ("textiles", _("Textiles and clothing")),
    ("wood-paper", _("Wood, paper and printing")),
    ("chemicals", _("Chemicals")),
    ("pharmaceuticals", _("Pharmaceuticals")),
    ("materials", _("Plastics, glass and metals")),
    ("electronics", _("Electronics and optics")),
    ("machinery", _("Machinery and equipment")),
    ("vehicles", _("Vehicles and transport equipment")),
    ("manufacturing", _("Other manufacturing")),
    ("energy", _("Electricity, gas and heat")),
    ("water-waste", _("Water, waste and recycling")),
    ("construction", _("Construction")),
    ("wholesale", _("Wholesale")),
    ("retail", _("Retail")),
    ("transport", _("Transport and storage")),
    ("post", _("Post and couriers")),
    ("hospitality", _("Accommodation and food service")),
    ("publishing", _("Publishing")),
    ("film-music", _("Film, television and music")),
    ("broadcasting", _("Broadcasting")),
    ("telecommunications", _("Telecommunications")),
    ("software", _("Software and IT services")),
    ("information", _("Data and information services")),
    ("banking", _("Banking and finance")),
    ("insurance", _("Insurance and pensions")),
    ("real-estate", _("Real estate")),
    ("legal-accounting", _("Law and accounting")),
    ("consulting", _("Management consulting")),
    ("architecture", _("Architecture and engineering")),
    ("research", _("Research and development")),
    ("advertising", _("Advertising and market research")),
    ("design", _("Design and photography")),
    ("veterinary", _("Veterinary services")),
    ("employment", _("Employment and staffing")),
    ("travel", _("Travel agencies and tours")),
    ("security", _("Security services")),
    ("support", _("Office and facility services")),
    ("government", _("Public administration")),
    ("defence", _("Defence")),
    ("schools", _("Schools")),
    ("higher-education", _("Higher education")),
    ("training", _("Training and other education")),
    ("health", _("Health care")),
    ("care", _("Residential and social care")),
    ("arts", _("Arts and entertainment")),
    ("museums", _("Libraries, archives and museums")),
    ("sports", _("Sports and recreation")),
    ("associations", _("Associations and unions")),
    ("religion", _("Religious organisations")),
    ("repair", _("Repair")),
    ("personal", _("Other services")),
    ("international", _("International organisations")),
)
_LABELS = dict(SECTORS)


def label(word: str) -> str:
    """The words for what is kept; what a bundle brought in words of its own stands as it is."""
    return str(_LABELS.get(word, word))
