"""While one types a skill: the vocabulary is offered, members' own words are not, and nothing typed is an error."""

import pytest
from django.db import connection

from collegium.skills.naming import resolve
from collegium.skills.suggesting import suggest

pytestmark = pytest.mark.django_db

HOSTILE = [
    "", " ", "%", "_", "\\", "%%%", "' OR 1=1 --", "\x00", "a\x00b", "\ud800", "\u202e", "x" * 5000, "½" * 300, "💧",
    "<script>alert(1)</script>", "c++", "f(", "[", "漢字", "٪", "\n\r\t", "0",
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "first"),
    [("js", "JavaScript"), ("JavaScr", "JavaScript"), ("postgres", "PostgreSQL"), ("k8s", "Kubernetes"),
     ("REACT", "React"), ("c++", "C++"), ("kubernets", "Kubernetes"), ("Künstliche", "Artificial intelligence")],
)  # fmt: skip
def test_the_best_comes_first(typed, first):
    assert suggest(typed)[0].name == first


def test_options_are_for_members(cast, client_of):
    page = cast.client("ada").get("/skills/?q=k8s")
    assert page.status_code == 200
    assert '<option hidden value="Kubernetes">k8s</option>' in page.content.decode()
    assert '<li role="option" class="option" data-insert="Kubernetes">' in page.content.decode()
    stranger = client_of(None).get("/skills/?q=k8s")
    assert stranger.status_code == 302
    assert "Kubernetes" not in stranger.content.decode()
    assert client_of(None).get("/skills/?q=k8s", headers={"HX-Request": "true"}).status_code == 204
    assert cast.client("ada").post("/skills/?q=k8s").status_code == 405


def test_members_own_words_are_not_told_to_others(cast):
    resolve(["Kubernetesque poetry"])
    assert "Kubernetesque" not in cast.client("ada").get("/skills/?q=kubernetesque").content.decode()
    assert "Kubernetes" in cast.client("ada").get("/skills/?q=kubernetes").content.decode()


def test_nothing_that_is_typed_is_an_error(cast):
    ada = cast.client("ada")
    for typed in HOSTILE:
        page = ada.get("/skills/", {"q": typed.encode("utf-8", "surrogatepass")})
        assert page.status_code == 200, typed
        assert "<script>" not in page.content.decode()
        assert len(suggest(typed)) <= 10
    assert ada.get("/skills/").status_code == 200
    assert ada.get("/skills/?q=%ff%fe&q=%00").status_code == 200


def test_the_index_is_used():
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE skills_spelling")
        for condition in ("folded LIKE 'postg%'", "folded LIKE '% postg%'", "folded % 'postgrs'"):
            cursor.execute(f"EXPLAIN SELECT skill_id FROM skills_spelling WHERE {condition}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert "Index" in plan, plan
