"""The signs, each a small function with its sentence, and why it is one."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.openings.models import Opening
from collegium.openings.trust import asking
from collegium.openings.trust.case import Case
from collegium.openings.trust.gathering import case_of
from collegium.organizations.domains import domain_of
from collegium.workplaces.domains import is_public, under

# Pay above the usual times this.
FAR_ABOVE = 3
SHORTEST_LABEL = 4


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign.

    Attributes:
        name: of the sign.
        words: what is seen, in a sentence.
        why: why that is a sign, for whoever thinks of applying.
        mend: what would end it, for whoever posted.
    """

    name: str
    words: str
    why: str
    mend: str


Sign = Callable[[Case], Signal | None]


def unproved(case: Case) -> Signal | None:
    """Nobody has shown that the organisation stands behind it."""
    if case.page or case.proved:
        return None
    words = _("Nobody has proved that %(name)s stands behind this.") % {"name": case.name}
    why = _("Its domain was not proved here, and whoever posted this has not proved an address at work there.")
    return Signal("unproved", words, why, _("Prove an address at work, or make the record your organisation’s page."))


def newcomer(case: Case) -> Signal | None:
    """The poster came lately, and no page speaks."""
    if case.page or case.proved or not case.new:
        return None
    words = _("Whoever posted this joined less than a month ago.")
    why = _("Accounts of cheats are young: they are closed soon.")
    return Signal("newcomer", words, why, _("Prove an address at work. Otherwise time ends this sign."))


def money(case: Case) -> Signal | None:
    """Applicants are to pay."""
    if not case.says(*asking.MONEY):
        return None
    words = _("It speaks of a fee, a deposit or something to buy first.")
    why = _("An employer pays you. Nobody who offers honest work asks applicants for money.")
    return Signal("money", words, why, _("Take out what applicants would have to pay."))


def bank(case: Case) -> Signal | None:
    """Data of an account are asked for before anybody was hired."""
    if not case.says(*asking.BANK):
        return None
    words = _("It asks for data of a bank account or a card.")
    why = _("An employer needs your account only after you signed, and never your card or your password.")
    return Signal("bank", words, why, _("Ask for an account after the contract is signed, not here."))


def gift_cards(case: Case) -> Signal | None:
    """Cards are to be bought."""
    if not case.says(*asking.GIFT_CARDS):
        return None
    words = _("It speaks of buying or sending gift cards.")
    why = _("Whoever has the code of a gift card has the money, and cannot be found.")
    return Signal("gift_cards", words, why, _("Take out what is said of gift cards."))


def elsewhere(case: Case) -> Signal | None:
    """The talk is to go on where nobody sees it."""
    if not case.says(*asking.ELSEWHERE):
        return None
    words = _("It asks applicants to go on in a messenger outside of this network.")
    why = _("There nobody can look into it, and nobody knows who writes.")
    return Signal("elsewhere", words, why, _("Let people apply here, or by an address at your organisation."))


def papers(case: Case) -> Signal | None:
    """Papers are asked for that prove who one is."""
    if not case.says(*asking.PAPERS):
        return None
    words = _("It asks for a passport, an identity card or a number like it.")
    why = _("With a copy of it somebody can pretend to be you. An employer looks at it when you begin.")
    return Signal("papers", words, why, _("Ask for papers when somebody begins, not here."))


def mule(case: Case) -> Signal | None:
    """One's account, address or name is to be used."""
    if not case.says(*asking.MULE):
        return None
    words = _("The work is to pass on money, cheques or parcels, or it is paid in cryptocurrency.")
    why = _("Stolen money and goods are moved so, and whoever moved them is held to account.")
    return Signal(
        "mule", words, why, _("Say plainly whose money or goods these are, and use accounts of the organisation.")
    )


def promises(case: Case) -> Signal | None:
    """Much is promised for little."""
    if not case.says(*asking.PROMISES):
        return None
    words = _("It promises much money for little work.")
    why = _("Work that anybody can do in an hour a day is not paid like this.")
    return Signal("promises", words, why, _("Say what is paid for which time, and nothing that depends on luck."))


def pay(case: Case) -> Signal | None:
    """Far more than others pay."""
    if case.yearly is None or not case.usual or case.yearly <= case.usual * FAR_ABOVE:
        return None
    words = _("The pay is more than %(num)d times what others here pay for this title.") % {"num": FAR_ABOVE}
    why = _("Pay that is too good is what many cheats begin with.")
    return Signal(
        "pay", words, why, _("Look whether amount, currency and period are right, and the title says the level.")
    )


def free_mail(case: Case) -> Signal | None:
    """Answers go to a mailbox that anybody can have."""
    found = next((domain for domain in case.mails if is_public(domain)), "")
    if not found:
        return None
    words = _("It names a mail address at %(domain)s.") % {"domain": found}
    why = _("Anybody can have an address there; it does not show that an organisation writes.")
    return Signal(
        "free_mail", words, why, _("Use an address at the domain of your organisation, or none: people apply here.")
    )


def shortened(case: Case) -> Signal | None:
    """A link hides where it leads."""
    found = next((host for host in case.hosts if host in asking.SHORTENERS), "")
    if not found:
        return None
    words = _("It has a link through %(host)s, which hides where it leads.") % {"host": found}
    why = _("You see the true address only when you are there.")
    return Signal("shortened", words, why, _("Write the whole address."))


def wrong_house(case: Case) -> Signal | None:
    """An address that looks like the organisation's and is another's."""
    label = case.domain.split(".")[0]
    if len(label) < SHORTEST_LABEL:
        return None
    others = (
        host for host in (*case.mails, *case.hosts) if not under(host, case.domain) and domain_of(f"https://{host}")
    )
    found = next((host for host in others if label in host.replace("-", "")), "")
    if not found:
        return None
    words = _("It names %(found)s, while the website of %(name)s is %(domain)s.")
    why = _("An address that only looks like an organisation’s can be anybody’s.")
    said = words % {"found": found, "name": case.name, "domain": case.domain}
    return Signal("wrong_house", said, why, _("Use addresses at the domain of the organisation."))


def look_alike(case: Case) -> Signal | None:
    """The name is nearly that of somebody who proved it."""
    if case.page or not case.resembled:
        return None
    words = _("The name is nearly that of %(name)s, whose domain is proved here; this is another record.")
    why = _("Cheats take names that people trust.")
    return Signal(
        "look_alike", words % {"name": case.resembled}, why, _("Post for the right record, or prove your own domain.")
    )


OF_TEXT: tuple[Sign, ...] = (
    money,
    bank,
    gift_cards,
    papers,
    mule,
    elsewhere,
    promises,
    free_mail,
    shortened,
    wrong_house,
)
SIGNS: tuple[Sign, ...] = (unproved, newcomer, look_alike, *OF_TEXT, pay)


def of(case: Case) -> list[Signal]:
    """Every sign there is, in the order in which they stand above."""
    return [found for sign in SIGNS if (found := sign(case)) is not None]


def signals(opening: Opening, _viewer: Viewer) -> list[Signal]:
    """The signs of one opening; the same for everybody who may read it, its poster too.

    Args:
        opening: with its faces.
    """
    return of(case_of(opening))
