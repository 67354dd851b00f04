"""What somebody brings along: private, kept once, and of it only the one kind is shown, when she says so."""

import pytest

from collegium.audience.level import Level
from collegium.career import actions as career
from collegium.career.sections import Part
from collegium.lib.refusal import Conflict, Refusal
from collegium.testing.cast import Cast
from collegium.vouching import actions, reading
from collegium.vouching.foreign import ForeignText, ForeignWord
from collegium.vouching.models import ForeignEndorsement, ForeignRecommendation

WORD = ForeignWord("received", "Python", "Ursula Beck", "https://example.org/in/ursula", "ACCEPTED", "2019-03-07")
TEXT = ForeignText(
    "received", "Ursula Beck", "Head of Data", "Hooli", "She sees what is missing.", "VISIBLE", "2019-03"
)


def kept(cast: Cast, *texts: ForeignText) -> list[ForeignRecommendation]:
    actions.keep_foreign(cast.ada, recommendations=texts)
    return list(ForeignRecommendation.objects.order_by("pk"))


def test_twice_is_once(cast: Cast) -> None:
    for new in (1, 0):
        found = actions.keep_foreign(cast.ada, endorsements=[WORD, WORD], recommendations=[TEXT, TEXT])
        assert found == {"endorsements": new, "recommendations": new}
    other = actions.keep_foreign(cast.bo, endorsements=[WORD], recommendations=[TEXT])
    assert other == {"endorsements": 1, "recommendations": 1}
    with pytest.raises(Refusal):
        actions.keep_foreign(cast.gus, endorsements=[WORD])


def test_too_long_and_nameless(cast: Cast) -> None:
    long = TEXT._replace(name="n" * 900, title="t" * 900, company="c" * 900, text="x" * 20_000, status="s" * 90)
    (row,) = kept(cast, long, TEXT._replace(name=""), TEXT._replace(text=""))
    assert (len(row.name), len(row.text)) == (200, 5000)


def test_private_until_its_owner_shows_it(cast: Cast) -> None:
    (row,) = kept(cast, TEXT)
    actions.keep_foreign(cast.ada, endorsements=[WORD])
    names = [name for name in cast.names if name != "gus"]

    def seen(name: str) -> bool:
        found = ForeignRecommendation.objects.visible_to(cast.viewer(name)).exists()
        assert bool(reading.recommendations(cast.viewer(name), cast.ada)) == (found and row.shown)
        return found

    assert [name for name in names if seen(name)] == ["ada"]
    assert [name for name in names if ForeignEndorsement.objects.visible_to(cast.viewer(name)).exists()] == ["ada"]
    with pytest.raises(Refusal):
        actions.show_foreign(row, by=cast.bo, shown=True)
    assert cast.client("bo").post(f"{row.path}showing/").status_code == 404
    assert cast.client("ada").post(f"{row.path}showing/").status_code == 302
    row.refresh_from_db()
    assert [name for name in names if seen(name)] == ["ada", "bo", "cy", "di", "flo", "hal"]
    page = cast.client("di").get("/vouching/of/ada-lindqvist/").content.decode()
    assert "From LinkedIn: Ursula Beck" in page
    assert "Head of Data · Hooli" in page
    assert "not confirmed here" in page
    career.set_audience(cast.ada, Part.RECOMMENDATIONS, Level.CONNECTIONS)
    assert [name for name in names if seen(name)] == ["ada", "bo"]
    assert cast.client("ada").post(f"{row.path}hiding/").status_code == 302
    row.refresh_from_db()
    assert [name for name in names if seen(name)] == ["ada"]


@pytest.mark.parametrize(
    "text", [TEXT._replace(direction="given"), TEXT._replace(status="HIDDEN"), TEXT._replace(status="")]
)
def test_only_what_was_received_and_visible_there_is_shown_here(cast: Cast, text: ForeignText) -> None:
    (row,) = kept(cast, text)
    with pytest.raises(Conflict):
        actions.show_foreign(row, by=cast.ada, shown=True)
    assert cast.client("ada").post(f"{row.path}showing/").status_code == 409
    assert b"Show on my profile" not in cast.client("ada").get("/vouching/elsewhere/").content


def test_the_page(cast: Cast) -> None:
    browser = cast.client("ada")
    assert b"Nothing brought along" in browser.get("/vouching/elsewhere/").content
    kept(cast, TEXT)
    page = browser.get("/vouching/elsewhere/").content
    assert b"March 2019" in page
    assert b"Show on my profile" in page
