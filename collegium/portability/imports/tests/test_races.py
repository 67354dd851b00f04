"""Two tabs at once: each import is confirmed once, and one member has one open."""

import pytest

from collegium.career.models import Item
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.portability.imports import actions
from collegium.portability.imports.models import Import, ImportRow
from collegium.portability.imports.tests.archives import archive, bring, reviewed
from collegium.testing.cast import client_of, make_member
from collegium.testing.racing import race


@pytest.mark.django_db(transaction=True)
def test_two_tabs_confirm_once():
    ada = make_member("Ada Lindqvist")
    row = reviewed(client_of(ada), archive())

    def confirm() -> object:
        return actions.confirm(Import.objects.get(pk=row.pk), by=Member.objects.get(pk=ada.pk))

    outcomes = race(confirm, confirm, confirm)
    assert sum(isinstance(each, Conflict) for each in outcomes) == 2
    assert Item.objects.filter(member=ada).count() == 4
    assert ImportRow.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_uploads_at_once_are_one():
    ada = make_member("Ada Lindqvist")
    answers = race(*(lambda: bring(client_of(Member.objects.get(pk=ada.pk)), archive()) for _time in range(3)))
    assert sorted(answer.status_code for answer in answers) == [302, 422, 422]
    assert Import.objects.count() == 1
