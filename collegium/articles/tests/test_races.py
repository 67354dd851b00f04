"""What is done at the same moment ends as if it had been done in turn."""

from uuid import uuid4

import pytest

from collegium.articles import actions
from collegium.articles.models import Article, Revision, Sheet
from collegium.articles.tests.helping import chosen, draft
from collegium.articles.writing import Texts
from collegium.feed import actions as feed
from collegium.feed.models import Post
from collegium.lib.refusal import Conflict
from collegium.testing.cast import make_member
from collegium.testing.racing import race

ROUNDS = 5
pytestmark = pytest.mark.django_db(transaction=True)


def test_one_page_sent_three_times_begins_one_article() -> None:
    ada = make_member("Ada Lindqvist")
    for number in range(ROUNDS):
        key, texts = uuid4(), Texts("T", "", "Words.")
        made = race(*[lambda: actions.begin(ada, key, texts).pk] * 3)
        assert len(set(made)) == 1
        assert Article.objects.count() == number + 1


def test_two_tabs_saving_at_once_keep_one_and_tell_the_other() -> None:
    ada = make_member("Ada Lindqvist")
    for _ in range(ROUNDS):
        article = draft(ada)
        texts = [Texts("T", "", words) for words in ("one", "two")]
        outcomes = race(*(lambda text=text: actions.save(article, 1, text, by=ada) for text in texts))
        assert sorted(type(each).__name__ for each in outcomes) == ["OtherText", "Sheet"]
        kept = Sheet.objects.get(article=article)
        assert kept.source == texts[[isinstance(each, Sheet) for each in outcomes].index(True)].source
        assert kept.number == 2


def test_publishing_from_two_pages_and_twice_from_one() -> None:
    ada = make_member("Ada Lindqvist")
    for number in range(ROUNDS):
        article, form, other = draft(ada), chosen(), chosen()
        outcomes = race(*(lambda form=form: actions.publish(article, form, by=ada) for form in (form, form, other)))
        assert sum(isinstance(each, Conflict) for each in outcomes) in (1, 2)
        assert Post.objects.count() == Revision.objects.count() == number + 1


def test_updating_while_the_post_is_deleted() -> None:
    ada = make_member("Ada Lindqvist")
    for _ in range(ROUNDS):
        article = actions.publish(draft(ada), chosen(), by=ada)
        actions.save(article, 1, Texts("T", "", "Other words."), by=ada)
        updated, gone = race(
            lambda: actions.update(article, "", by=ada), lambda: feed.delete_post(article.post, by=ada)
        )
        assert gone is None
        assert isinstance(updated, Article | Conflict)
        article.refresh_from_db()
        assert article.post is None
        assert Sheet.objects.get(article=article).source == "Other words."
