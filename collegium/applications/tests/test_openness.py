"""That she looks for work is nowhere in an application: everything is the same, byte for byte, with it and without."""

import json
import re
from datetime import timedelta

import pytest

from collegium.applications import snapshot
from collegium.applications.models import Application
from collegium.applications.tests import scene
from collegium.lib import clock
from collegium.openings.tests import scene as openings
from collegium.openness.models import Audience, OpenToWork
from collegium.testing.cast import Cast, client_of

pytestmark = pytest.mark.django_db
WIDEST = min(Audience.values)
_FRESH = re.compile(rb'(csrfmiddlewaretoken" value=|X-CSRFToken": |nonce=|data-session=|form_key" value=)"[^"]*"')


def _page(client: object, path: str) -> bytes:
    return _FRESH.sub(b"", client.get(path).content)  # type: ignore[attr-defined]


def test_nothing_differs(cast: Cast) -> None:
    opening = openings.led(cast.ada)
    kept, pages = [], []
    applicant, team = client_of(cast.di), client_of(cast.ada)
    row = scene.application(opening, cast.di)
    for is_open in (False, True):
        if is_open:
            now = clock.now()
            wish = {"since": now, "until": now + timedelta(days=90), "audience": WIDEST, "note": "Hire me for dams"}
            OpenToWork.objects.create(member=cast.di, **wish)
            assert OpenToWork.objects.living().filter(member=cast.di).exists()
        made = snapshot.of(cast.di, snapshot.PARTS)
        kept.append(json.dumps(snapshot.dump(made.document)))
        paths = [row.path, "/applications/"]
        team_paths = [f"/jobs/{opening.pk}/hiring/", opening.path, "/jobs/mine/"]
        pages.append([_page(applicant, path) for path in paths] + [_page(team, path) for path in team_paths])
    assert kept[0] == kept[1]
    assert pages[0] == pages[1]
    text = json.dumps(Application.objects.get().sent.profile)
    assert "openness" not in text
    assert "Hire me" not in text
