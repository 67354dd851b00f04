"""Answers to the questions of an opening: what one may look like, and whether it passes. Read before and at sending."""

from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from collegium.applications.models.sent import ANSWER_LIMIT
from collegium.openings.models import Question
from collegium.openings.models.questions import Answer

YES, NO = "yes", "no"
LARGEST = Decimal(10) ** 10


class Judged(NamedTuple):
    """A question, what was answered, and what its rule says of that; None where it has none."""

    question: Question
    answer: str
    passed: bool | None

    @property
    def ends(self) -> bool:
        """Whether the application ends by it."""
        return self.question.must and self.passed is False


def number(text: str) -> Decimal | None:
    """A number as people write one; None for anything else, and for what no column would hold."""
    plain = text.strip().replace(" ", "").replace("\N{NO-BREAK SPACE}", "").replace(",", ".")
    try:
        found = Decimal(plain)
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < LARGEST else None


def problem_of(question: Question, answer: str) -> str:
    """Why this is no answer to it, as a sentence; "" when it is one."""
    if not answer:
        return _("Please answer this question.") if question.required or question.must else ""
    if len(answer) > ANSWER_LIMIT:
        return _("Please write at most %(n)s letters.") % {"n": ANSWER_LIMIT}
    if question.answer == Answer.NUMBER and number(answer) is None:
        return _("Please write a number.")
    known = {Answer.YES_NO: [YES, NO], Answer.CHOICE: question.choices}.get(Answer(question.answer))
    return _("Please choose one of the answers.") if known is not None and answer not in known else ""


def judge(question: Question, answer: str) -> Judged:
    """What its rule says of an answer. A text never decides, and without a rule nothing does."""
    if question.answer == Answer.TEXT or (question.least is None and not question.passing):
        return Judged(question, answer, None)
    if not answer:
        return Judged(question, answer, False if question.must else None)
    if question.answer == Answer.NUMBER:
        given = number(answer)
        passed = question.least is None or (given is not None and given >= question.least)
    else:
        passed = answer in question.passing
    return Judged(question, answer, passed)


def rule_of(question: Question) -> str:
    """Its rule in a sentence, for those who apply; "" where it has none."""
    if question.answer == Answer.TEXT or (question.least is None and not question.passing):
        return ""
    if question.answer == Answer.NUMBER and question.least is not None:
        what = _("at least %(n)s") % {"n": number_format(question.least.normalize(), use_l10n=True)}
    else:
        what = _(" or ").join(shown(question, each) for each in question.passing)
    if question.must:
        return _("Needed: %(what)s. With any other answer your application ends at once.") % {"what": what}
    return _("Welcome: %(what)s. Any other answer is read too.") % {"what": what}


def shown(question: Question, answer: str) -> str:
    """An answer as people read it."""
    if question.answer == Answer.YES_NO:
        return {YES: _("Yes"), NO: _("No")}.get(answer, answer)
    return answer
