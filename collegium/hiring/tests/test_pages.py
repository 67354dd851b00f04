"""What the pages do: reading is told once, others' ratings wait, words are found, many are answered, all of it goes."""

import pytest

from collegium.applications import actions as applications
from collegium.applications.models import Application, Sent, Standing, Step
from collegium.hiring.actions import keeping, moving, noting
from collegium.hiring.models import Card, Criterion, Note, Reply, Scorecard, Stage
from collegium.hiring.replies import filled
from collegium.hiring.stages import columns
from collegium.hiring.tests.scene import applied, career, crowd, make_scene, skilled
from collegium.openings.models import Opening, Part, Seat
from collegium.openings.tests.scene import led
from collegium.testing.cast import Cast, client_of, make_member
from collegium.testing.fixtures import assert_same_queries

pytestmark = pytest.mark.django_db


def test_reading_is_told_once_and_keeps_the_opening_awake(cast: Cast) -> None:
    scene = make_scene(cast)
    before = Opening.objects.get(pk=scene.opening.pk).reviewed_at
    for member in (scene.observer, scene.lead):
        assert client_of(member).get(scene.page).status_code == 200
    assert [step.standing for step in Step.objects.order_by("pk")] == [Standing.SENT, Standing.SEEN]
    after = Opening.objects.get(pk=scene.opening.pk).reviewed_at
    assert before is not None
    assert after is not None
    assert after > before


def test_the_list_alone_is_no_reading(cast: Cast) -> None:
    scene = make_scene(cast)
    client_of(scene.lead).get(scene.root)
    client_of(scene.lead).head(scene.page)
    assert scene.fresh().standing == Standing.SENT


def test_others_are_read_after_ones_own(cast: Cast) -> None:
    scene = make_scene(cast)
    noting.rate(scene.application, 2, by=scene.recruiter, words="Wandering answers.")
    client = client_of(scene.interviewer)
    page = client.get(scene.page).content.decode()
    assert "Wandering" not in page
    assert "Rita Recruits" not in page.partition('id="ratings"')[2]
    assert client.get(f"{scene.root}?rating=2").content.decode().count("data-card=") == 0
    client.post(f"{scene.page}rating/", {"rating": "4", "words": "Clear."})
    assert "Wandering" in client.get(scene.page).content.decode()
    assert client.get(f"{scene.root}?rating=3").content.decode().count("data-card=") == 1
    assert client.get(f"{scene.root}?rating=4").content.decode().count("data-card=") == 0


def test_an_observer_reads_no_ratings(cast: Cast) -> None:
    scene = make_scene(cast)
    noting.rate(scene.application, 2, by=scene.recruiter, words="Wandering answers.")
    assert "Wandering" not in client_of(scene.observer).get(scene.page).content.decode()


@pytest.mark.parametrize(
    ("words", "found"),
    [("tanaka", 1), ("FORGE", 1), ("smith forge", 1), ("yes", 1), ("section", 0), ("smith nobody", 0)],
)
def test_words_are_found_in_what_was_sent(cast: Cast, words: str, found: int) -> None:
    career(cast.cy)
    scene = make_scene(cast)
    page = client_of(scene.lead).get(scene.root, {"q": words}).content.decode()
    assert page.count("data-card=") == found


def test_stages_and_where_everybody_stands(cast: Cast) -> None:
    scene = make_scene(cast)
    client = client_of(scene.lead)
    client.get(scene.root)
    stages = columns(scene.opening).stages
    client.post(f"{scene.page}move/", {"to": str(stages[3].pk)})
    assert scene.fresh().standing == Standing.INTERVIEW
    client.post(f"{scene.page}move/", {"to": str(stages[2].pk)})
    assert Step.objects.count() == 2, "another stage of the same meaning tells the applicant nothing"
    # The stage she stands in goes: she stands in the other one that means the same.
    keeping.set_stages(
        scene.opening,
        [keeping.Wanted(each.pk, each.name, Standing(each.standing)) for each in stages if each != stages[2]],
        by=scene.lead,
    )
    assert not Card.objects.exists()
    page = client.get(scene.root).content.decode()
    column = page.partition(f'data-stage="{stages[3].pk}"')[2].partition("</section>")[0]
    assert f'data-card="{scene.application.pk}"' in column


def test_stages_are_set_by_a_form(cast: Cast) -> None:
    scene = make_scene(cast)
    client = client_of(scene.lead)
    client.get(scene.root)
    first = Stage.objects.filter(opening=scene.opening).order_by("place")[0]
    given = {"name_0": "Fresh", "means_0": "1", "place_0": "2", "key_0": str(first.pk)}
    given |= {"name_1": "Talk", "means_1": "3", "place_1": "1", "key_1": ""}
    for number in range(2, 12):
        given |= {f"name_{number}": "", f"means_{number}": "1", f"place_{number}": "1", f"key_{number}": ""}
    assert client.post(f"{scene.root}stages/", given).status_code == 302
    names = list(Stage.objects.filter(opening=scene.opening).order_by("place").values_list("name", flat=True))
    assert names == ["Talk", "Fresh"]


def test_many_are_answered_each_in_her_name_and_once(cast: Cast) -> None:
    scene = make_scene(cast)
    rows = crowd(scene.opening, 3)
    client = client_of(scene.lead)
    keys = [str(row.pk) for row in rows]
    page = client.post(f"{scene.root}many/", {"act": "decline", "who": keys}).content.decode()
    who = [f"{row.pk}-{moving.newest_step(row)}" for row in rows]
    assert all(each in page for each in who)
    given = {"act": "decline", "who": who, "words": "Dear {name}, {title} at {organization}.", "do": "1"}
    for _time in range(2):
        assert client.post(f"{scene.root}many/", given).status_code == 302
    told = Step.objects.filter(standing=Standing.DECLINED)
    names = Sent.objects.filter(application__in=rows).values_list("name", flat=True)
    assert sorted(step.words for step in told) == sorted(f"Dear {name}, Engineer at Acme." for name in names)
    assert scene.fresh().standing == Standing.SENT


def test_what_somebody_is_called_is_no_place_to_fill(cast: Cast) -> None:
    assert filled("{name}: {title}", name="{title}", opening=led(cast.ada)) == "{title}: Engineer"


def test_all_of_it_goes_with_what_was_sent(cast: Cast) -> None:
    scene = make_scene(cast)
    noting.note(scene.application, "Promising.", by=scene.lead)
    noting.rate(scene.application, 5, by=scene.lead)
    moving.move(scene.application, columns(scene.opening).stages[1], by=scene.lead)
    applications.withdraw(scene.application, by=cast.cy)
    applications.erase(scene.application, by=cast.cy)
    assert not any(table.objects.exists() for table in (Note, Scorecard, Card, Sent))
    client = client_of(scene.lead)
    assert client.get(scene.page).status_code == 404
    assert "Cy Tanaka" not in client.get(scene.root).content.decode()
    assert client.get(f"{scene.root}applications.json").json()["applications"] == []


def test_the_same_person_elsewhere_only_where_one_hires_too(cast: Cast) -> None:
    scene = make_scene(cast)
    other = led(cast.bo, title="Night clerk")
    applied(other, cast.cy)
    assert "Night clerk" not in client_of(scene.lead).get(scene.page).content.decode()
    Seat.objects.create(opening=other, member=scene.lead, part=Part.OBSERVER)
    assert "Night clerk" in client_of(scene.lead).get(scene.page).content.decode()
    twin = make_member("Cy T.")
    row = applied(scene.opening, twin)
    Sent.objects.filter(application=row).update(email_mark=Sent.objects.get(application=scene.application).email_mark)
    assert "from another account" in client_of(scene.lead).get(scene.page).content.decode()


def test_files_are_safe_for_spreadsheets(cast: Cast) -> None:
    scene = make_scene(cast)
    Sent.objects.update(headline="=HYPERLINK(1)", phone="+49 1")
    text = client_of(scene.lead).get(f"{scene.root}applications.csv").content.decode()
    assert "'=HYPERLINK" in text
    assert ",=HYPERLINK" not in text


def test_replies_belong_to_the_organisation(cast: Cast) -> None:
    scene = make_scene(cast)
    client = client_of(scene.lead)
    client.post(f"{scene.root}replies/new/", {"name": "Thanks", "words": "Dear {name}"})
    kept = Reply.objects.get()
    assert kept.organization_id == scene.opening.organization_id
    taken = client.post(f"{scene.root}replies/new/", {"name": "Thanks", "words": "Again"})
    assert taken.status_code == 409
    client.post(f"{scene.root}replies/{kept.pk}/removal/")
    assert not Reply.objects.exists()


def test_compare_shows_two_to_four(cast: Cast) -> None:
    scene = make_scene(cast)
    skilled(scene.opening, cast.cy)
    Criterion.objects.create(opening=scene.opening, name="Care", place=0)
    keys = [scene.application.pk, *(row.pk for row in crowd(scene.opening, 4))]
    client = client_of(scene.lead)
    assert client.get(f"{scene.root}compare/", {"who": keys[:1]}).content.decode().count('scope="col"') == 0
    assert client.get(f"{scene.root}compare/", {"who": keys[:4]}).content.decode().count('scope="col"') == 4
    assert client.get(f"{scene.root}compare/", {"who": keys}).content.decode().count('scope="col"') == 0


def test_the_list_costs_the_same_for_few_and_many(cast: Cast) -> None:
    scene = make_scene(cast)
    client = client_of(scene.lead)
    stages = columns(scene.opening).stages
    others = crowd(scene.opening, 2)

    def grow() -> None:
        for place, row in enumerate(crowd(scene.opening, 16, "Kim")):
            moving.move(row, stages[place % 5], by=scene.lead)
            noting.rate(row, 3, by=scene.lead)

    assert_same_queries(lambda: client.get(scene.root), grow, lambda: client.get(scene.root))
    path = f"{scene.root}{others[0].pk}/"
    client.get(path)

    def write() -> None:
        for member in (scene.recruiter, scene.interviewer, scene.lead):
            noting.note(others[0], "Hm.", by=member)

    assert_same_queries(lambda: client.get(path), write, lambda: client.get(path))
    assert Application.objects.count() == 19
