"""Why a message stands where it stands, in sentences."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    "key": _("Written with a contact key of yours."),
    "first": _("Somebody you are not connected with writes to you for the first time."),
    "mutual": _("You have connections in common."),
    "group": _("You are in a group together."),
    "new_account": _("The sender joined less than a week ago."),
    "unconfirmed": _("The sender’s address is not confirmed."),
    "link": _("There is an address to follow in it."),
    "same_text": _("The sender wrote much the same to several others."),
    "same_text_many": _("The sender wrote much the same to many others."),
    "verdicts": _("Several people said of earlier messages of this sender that they were pitches or worse."),
    "says_call": _("It asks for a call or a meeting, as pitches do."),
    "says_offer": _("It speaks of what a company does for its customers."),
    "says_job": _("It offers work in the words that are sent to many."),
    "says_money": _("It speaks of earning or investing money."),
    "says_elsewhere": _("It asks you to go on somewhere else."),
    "says_links": _("It is about links, reach or ranking."),
    "says_romance": _("It makes advances."),
    "says_opener": _("It opens as messages to many do."),
    "says_price": _("It names a price."),
    "says_honour": _("It offers an honour, as those do that are to be paid for."),
    "bulk": _("It was written to many, and nothing in it is about you."),
    "pitches": _("Several things in it are those of a pitch."),
    "misdeclared": _("It does not seem to be what it says it is for."),
    "shouts": _("It shouts."),
    "learned": _("People here said of messages like this that they were unwanted."),
}


def say(why: Sequence[str]) -> list[str]:
    """The sentences of these reasons; a name that is no longer known says nothing."""
    return [str(REASONS[name]) for name in why if name in REASONS]
