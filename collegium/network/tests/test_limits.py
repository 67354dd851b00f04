"""Pages for which the whole network is searched have a limit, though they only read."""

import pytest
from django.test import Client

from collegium.lib.limits import Bucket
from collegium.testing.cast import Cast


@pytest.mark.parametrize(
    "address",
    [
        "/network/picture/",
        "/network/with/bo-okafor/ways/",
        "/network/suggestions/",
        "/search/saved/",
    ],
)
def test_reading_them_takes_from_a_bucket(cast: Cast, address: str) -> None:
    ada: Client = cast.client("ada")
    assert ada.get(address).status_code == 200
    row = Bucket.objects.get(key__endswith=f":m:{cast.ada.pk}")
    Bucket.objects.filter(pk=row.pk).update(tokens=0)
    answer = ada.get(address)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
