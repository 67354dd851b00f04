"""What a page says: who reads it, who changes it, and that nobody outside learns which human wrote it."""

from datetime import timedelta

import pytest

from collegium.accounts.models import User
from collegium.audience.level import Level
from collegium.audience.viewer import Viewer
from collegium.feed import actions, rules
from collegium.feed.drafts import actions as drafts
from collegium.feed.models import Comment, Draft, FirstOnPage, Post, State
from collegium.journal.models import Entry
from collegium.lib import clock
from collegium.lib.refusal import Refusal
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.notifications.models import Notification
from collegium.organizations.models import Organization
from collegium.pages.actions import following
from collegium.pages.models import Follow, Part, Role
from collegium.reposts import actions as reposts
from collegium.testing.cast import client_of, connect, make_member
from collegium.testing.fixtures import assert_same_queries

pytestmark = pytest.mark.django_db
NAME, HANDLE, NICK = "Quillon Xanthis", "quillon-xanthis", "Quillon"
EVERYBODY = ("ada", "bo", "cy", "di", "ed", "eve", "flo", "hal", "nobody")


@pytest.fixture
def page(db):
    return Organization.objects.create(
        handle="dam-works", name="Dam Works", kind="company", page_since=clock.now(), follower_count=0
    )


@pytest.fixture
def writer(cast, page):
    """Who writes for the page: connected with Ada, a stranger to the others."""
    member = make_member(NAME)
    Role.objects.create(member=member, organization=page, part=Part.CONTENT)
    connect(member, cast.ada)
    return member


@pytest.fixture
def mate(page):
    """Who administers it."""
    member = make_member("Mate Orrin")
    Role.objects.create(member=member, organization=page, part=Part.SUPER)
    return member


@pytest.fixture
def counter(page):
    """Who reads its figures, and says nothing for it."""
    member = make_member("Counter Liss")
    Role.objects.create(member=member, organization=page, part=Part.ANALYST)
    return member


@pytest.fixture
def post(writer, page):
    return actions.post(writer, "The weir at Uppsala is open.", page=page)


def tells(text: str) -> bool:
    return any(word in text for word in (NAME, HANDLE, NICK))


def test_everybody_reads_it_whatever_stands_between_them_and_who_wrote(cast, page, writer, post):
    network.block(cast.di, writer)
    network.block(writer, cast.cy)
    for name in EVERYBODY:
        assert Post.objects.visible_to(cast.viewer(name)).filter(pk=post.pk).exists(), name
    Member.objects.filter(pk=writer.pk).update(standing="suspended")
    for name in EVERYBODY:
        assert Post.objects.visible_to(cast.viewer(name)).filter(pk=post.pk).exists(), name


def test_it_goes_with_the_page_and_comes_back_with_it(cast, page, post):
    Organization.objects.filter(pk=page.pk).update(page_since=None)
    assert cast.client("ada").get(post.path).status_code == 404
    Organization.objects.filter(pk=page.pk).update(page_since=clock.now())
    assert cast.client("ada").get(post.path).status_code == 200


def test_the_row_keeps_the_human_apart_from_authors(writer, page, post):
    assert (post.author_id, post.page_id, post.written_by_id, post.audience) == (None, page.pk, writer.pk, 5)
    assert post.speaker == page
    assert not Post.objects.filter(author=writer).exists()


def test_an_account_that_goes_takes_nothing_of_the_page_along(cast, page, writer, post):
    said = actions.comment(post, "And the sluice too.", by=writer, page=page)
    User.objects.get(pk=writer.user_id).delete()
    post.refresh_from_db()
    said.refresh_from_db()
    assert (post.written_by_id, said.written_by_id) == (None, None)
    assert "The weir" in cast.client("di").get(post.path).content.decode()


@pytest.fixture
def busy(cast, page, writer, mate, post):
    """Everything a page does with words, each time by the one who must not be named."""
    following.follow(page, by=cast.bo)
    following.follow(page, by=cast.di)
    actions.comment(post, "Since this morning.", by=writer, page=page)
    asked = actions.comment(post, "Until when?", by=cast.bo)
    actions.comment(post, "Until dusk, @bo-okafor.", by=writer, parent=asked, page=page)
    other = actions.post(cast.bo, "My own weir.", audience=Level.EVERYONE)
    mine = actions.comment(other, "Well built, @bo-okafor.", by=writer, page=page)
    actions.edit_comment(mine, "Very well built, @bo-okafor.", by=writer)
    actions.react(post, "like", by=cast.bo)
    actions.edit_post(post, by=writer, body="The weir at Uppsala is open, @di-varga #dams.")
    hidden = actions.comment(post, "Rude words.", by=cast.di)
    client_of(writer).post(f"/comments/{hidden.pk}/hiding/")
    gone = actions.comment(post, "More rude words.", by=cast.di)
    actions.delete_comment(gone, by=writer)
    reposts.repost(post, by=cast.bo, audience=Level.EVERYONE)
    client_of(writer).post(f"{post.path}page-pin/")
    return other


def addresses(page, post, other, names):
    yield from ("/", page.path, f"{page.path}posts/", f"{page.path}people/", f"{page.path}followers/", "/posts/saved/")
    yield from (post.path, f"{post.path}history/", f"{post.path}reactions/", f"{post.path}?part=acts", other.path)
    yield from ("/notifications/", "/topics/dams/", f"/posts/reposts/{post.pk}/", "/organizations/", "/posts/order/")
    yield from (f"{post.path}?order=relevant", f"{post.path}?order=newest", f"{post.path}conversation/")
    yield from (f"/in/{name}/" for name in names)
    yield from (f"/in/{name}/posts/" for name in names)


def test_no_byte_tells_anybody_outside_who_wrote(cast, page, post, busy, writer, hear):
    hear()
    handles = ("bo-okafor", "di-varga")
    # Ada is connected with the writer, and so may read the name on pages about people; what the page did is elsewhere.
    for name in ("bo", "cy", "di", "flo", "hal", "nobody"):
        client = cast.client(name)
        for address in addresses(page, post, busy, handles):
            for extra in ({}, {"HTTP_HX_REQUEST": "true"}):
                answer = client.get(address, **extra)
                assert not tells(answer.content.decode()), (name, address)
                assert not any(tells(f"{key}{value}") for key, value in answer.items()), (name, address)


def test_no_news_and_no_mail_names_the_human(cast, page, post, busy, writer, hear, mailoutbox):
    hear()
    told = Notification.objects.exclude(recipient=writer).filter(kind__in=PAGE_KINDS)
    assert told.filter(recipient=cast.bo, kind="mentioned_in_comment").exists()
    assert told.filter(recipient=cast.di, kind="comment_hidden").exists()
    assert told.filter(recipient=cast.di, kind="comment_deleted").exists()
    assert told.filter(recipient=cast.di, kind="mentioned").exists()
    assert not told.filter(actor=writer).exists()
    for name in ("bo", "di"):
        text = cast.client(name).get("/notifications/").content.decode()
        assert "Dam Works" in text
        assert not tells(text)
    for mail in mailoutbox:
        assert writer.user.email in mail.to or not tells(str(mail.message()))


PAGE_KINDS = (
    "mentioned",
    "mentioned_in_comment",
    "commented",
    "replied",
    "comment_hidden",
    "comment_deleted",
    "post_reworded",
    "post_reworded_below",
)


def test_those_who_work_on_the_page_see_who_wrote_and_nobody_else(cast, page, post, writer, mate, counter):
    for member in (writer, mate, counter):
        assert NAME in client_of(member).get(post.path).content.decode()
        assert NAME in client_of(member).get(f"{page.path}posts/").content.decode()
    for name in EVERYBODY:
        assert not tells(cast.client(name).get(f"{page.path}posts/").content.decode()), name
    Role.objects.filter(member=counter).delete()
    assert not tells(client_of(counter).get(post.path).content.decode())


def test_the_human_s_own_pages_do_not_show_it(cast, page, post, writer):
    for who in ("ada", "di"):
        for address in (f"/in/{HANDLE}/", f"/in/{HANDLE}/posts/"):
            assert "The weir" not in cast.client(who).get(address).content.decode()
    assert "The weir" not in cast.client("ada").get("/").content.decode()


def test_who_may_change_it(cast, page, post, writer, mate, counter):
    assert rules.may_edit(writer, post)
    assert rules.may_edit(mate, post)
    for member in (counter, cast.ada, cast.di, None):
        assert not rules.may_edit(member, post)
    actions.edit_post(post, by=mate, body="The weir is shut.")
    Role.objects.filter(member=writer).delete()
    with pytest.raises(Refusal):
        actions.edit_post(post, by=writer, body="Mine.")
    assert client_of(writer).get(f"{post.path}edit/").status_code == 403
    assert client_of(writer).post(f"{post.path}removal/").status_code == 403
    actions.delete_post(post, by=mate)
    assert not Post.objects.filter(pk=post.pk).exists()


def test_who_may_not_speak_does_not(cast, page, writer, mate, counter):
    for member in (counter, cast.ada):
        with pytest.raises(Refusal):
            actions.post(member, "As if.", page=page)
    answer = client_of(cast.ada).post("/posts/", {"body": "As if.", "speaker": str(page.pk), "facet": "professional"})
    assert answer.status_code == 422
    assert not Post.objects.filter(page=page).exists()
    Organization.objects.filter(pk=page.pk).update(page_since=None)
    page.refresh_from_db()
    with pytest.raises(Refusal):
        actions.post(writer, "Too late.", page=page)


def test_the_composer_offers_it_to_those_who_may(cast, page, writer, counter):
    assert 'name="speaker"' in client_of(writer).get("/posts/").content.decode()
    for client in (cast.client("ada"), client_of(counter)):
        assert 'name="speaker"' not in client.get("/posts/").content.decode()
    form = {"body": "By hand.", "facet": "personal", "audience": "only", "commenting": "anyone", "speaker": page.pk}
    answer = client_of(writer).post("/posts/", form)
    assert answer["Location"] == f"{page.path}posts/"
    made = Post.objects.get(body="By hand.")
    assert (made.page_id, made.author_id, made.written_by_id) == (page.pk, None, writer.pk)


def test_a_form_sent_twice_is_one_post(page, writer):
    key = "8c3a0b52-6a58-4e2c-9f14-0d1c5a3ea111"
    first = actions.post(writer, "Once.", page=page, form_key=key)
    assert actions.post(writer, "Once.", page=page, form_key=key) == first


def test_what_waits_for_its_hour_is_judged_then(page, writer):
    form = {"body": "Later.", "speaker": str(page.pk), "facet": "professional", "audience": "3", "commenting": "anyone"}
    due = clock.now() + timedelta(days=1)
    client_of(writer).post("/posts/", form | {"later": f"{due:%Y-%m-%dT%H:%M}"})
    row = Draft.objects.get()
    Draft.objects.update(due_at=clock.now() - timedelta(minutes=1))
    Role.objects.filter(member=writer).delete()
    drafts.publish(row.pk)
    row.refresh_from_db()
    assert "do not speak for this page" in row.problem
    assert not Post.objects.exists()
    Role.objects.create(member=writer, organization=page, part=Part.SUPER)
    Draft.objects.update(due_at=clock.now() - timedelta(minutes=1))
    drafts.publish(row.pk)
    assert Post.objects.get().page_id == page.pk


# As the page: under its own posts and those of pages, and where everybody reads and answers.
@pytest.mark.parametrize(
    ("audience", "commenting", "may"),
    [
        (Level.EVERYONE, "anyone", True),
        (Level.MEMBERS, "anyone", True),
        (Level.NETWORK, "anyone", False),
        (Level.CONNECTIONS, "anyone", False),
        (Level.EVERYONE, "connections", False),
    ],
)
def test_where_a_page_comments(cast, page, writer, audience, commenting, may):
    theirs = actions.post(cast.ada, "Words.", audience=audience, commenting=commenting)
    if may:
        said = actions.comment(theirs, "Hear.", by=writer, page=page)
        assert said.author_id is None
    else:
        with pytest.raises(Refusal):
            actions.comment(theirs, "Hear.", by=writer, page=page)


def test_a_comment_of_a_page_is_read_by_all_who_read_the_post(cast, page, writer, post):
    theirs = actions.post(cast.bo, "Bo's words.", audience=Level.EVERYONE)
    Member.objects.filter(pk=cast.bo.pk).update(visibility=0)
    said = actions.comment(theirs, "Under it.", by=writer, page=page)
    network.block(cast.di, writer)
    Member.objects.filter(pk=writer.pk).update(standing="suspended")
    for name in EVERYBODY:
        assert Comment.objects.visible_to(cast.viewer(name)).filter(pk=said.pk).exists(), name
    Organization.objects.filter(pk=page.pk).update(page_since=None)
    for name in EVERYBODY:
        assert not Comment.objects.visible_to(cast.viewer(name)).filter(pk=said.pk).exists(), name


def test_a_comment_by_the_form(cast, page, writer, post):
    client_of(writer).post(f"{post.path}comments/", {"body": "As the page.", "speaker": page.pk})
    client_of(writer).post(f"{post.path}comments/", {"body": "As myself."})
    assert Comment.objects.get(body="As the page.").page_id == page.pk
    assert Comment.objects.get(body="As myself.").author_id == writer.pk
    answer = cast.client("di").post(f"{post.path}comments/", {"body": "As the page.", "speaker": page.pk})
    assert answer.status_code == 403


def test_only_its_followers_where_it_says_connections(cast, page, writer):
    row = actions.post(writer, "For followers.", page=page, commenting="connections")
    assert not rules.may_comment(cast.di, row)
    following.follow(page, by=cast.di)
    assert rules.may_comment(cast.di, row)


def test_those_who_speak_for_it_hear_once_a_day_and_nobody_else(cast, page, writer, mate, counter, post, hear):
    for name in ("bo", "di"):
        actions.comment(post, f"From {name}.", by=getattr(cast, name))
        actions.react(post, "like", by=getattr(cast, name))
    hear()
    told = Notification.objects.filter(kind__startswith="page_")
    assert sorted(told.values_list("recipient", "kind")) == sorted(
        (member.pk, kind) for member in (writer, mate) for kind in ("page_commented", "page_reacted")
    )
    assert "Dam Works" in client_of(mate).get("/notifications/").content.decode()
    Role.objects.filter(member=mate).delete()
    assert "Dam Works" not in client_of(mate).get("/notifications/").content.decode()
    for name in ("bo", "di"):
        actions.unreact(post, by=getattr(cast, name))
    hear()
    assert not Notification.objects.filter(kind="page_reacted").exists()


def test_followers_read_it_at_home(cast, page, writer, post):
    assert "The weir" not in cast.client("di").get("/").content.decode()
    following.follow(page, by=cast.di)
    text = cast.client("di").get("/").content.decode()
    assert "The weir" in text
    assert "Dam Works" in text


def test_one_post_stands_first(cast, page, writer, mate, post):
    newer = actions.post(writer, "Newer words.", page=page)
    assert cast.client("di").post(f"{post.path}page-pin/").status_code == 403
    client_of(mate).post(f"{post.path}page-pin/")
    text = cast.client("di").get(f"{page.path}posts/").content.decode()
    assert text.index("The weir") < text.index("Newer words")
    assert text.count("The weir") == 1
    client_of(mate).post(f"{newer.path}page-pin/")
    assert FirstOnPage.objects.get().post_id == newer.pk
    client_of(mate).post(f"{newer.path}page-pin/removal/")
    assert not FirstOnPage.objects.exists()


def test_the_log_says_who(page, writer, mate, post):
    actions.edit_post(post, by=mate, body="Other words.")
    actions.delete_post(post, by=mate)
    kinds = Entry.objects.filter(subject=page.pk, kind__startswith="feed.page_").order_by("id")
    assert list(kinds.values_list("kind", "actor")) == [
        ("feed.page_posted", writer.pk),
        ("feed.page_post_edited", mate.pk),
        ("feed.page_post_deleted", mate.pk),
    ]
    assert NAME in client_of(mate).get(f"{page.path}log/").content.decode()


def test_it_names_nobody_whom_only_the_writer_finds(cast, page, writer):
    Member.objects.filter(pk=cast.ada.pk).update(visibility=3)
    row = actions.post(writer, "Thanks to @ada-lindqvist and @bo-okafor.", page=page)
    assert cast.ada.path not in row.html
    assert cast.bo.path in row.html


def test_where_comments_wait_the_page_lets_them_in(cast, page, writer, mate, hear):
    row = actions.post(writer, "Talk to us.", page=page, approving=True)
    waiting = actions.comment(row, "May I?", by=cast.di)
    hear()
    assert waiting.state == State.WAITING
    assert set(Notification.objects.filter(kind="comment_waits").values_list("recipient", flat=True)) == {
        writer.pk,
        mate.pk,
    }
    assert client_of(mate).post(f"/comments/{waiting.pk}/admission/").status_code in (200, 302)
    hear()
    told = Notification.objects.get(kind="comment_let_in")
    assert (told.recipient_id, told.actor_id, told.data["speaker"]) == (cast.di.pk, None, "Dam Works")
    own = actions.comment(row, "We may.", by=mate, page=page)
    assert own.state == State.SHOWN


def test_a_tab_costs_the_same_however_much_there_is(cast, page, writer, mate):
    actions.post(writer, "Number.", page=page)
    client = client_of(mate)
    client_of(mate).post(f"{Post.objects.get().path}page-pin/")
    actions.post(writer, "Another number.", page=page)

    def more():
        for number in range(8):
            actions.post(writer, f"Number {number}.", page=page)

    assert_same_queries(lambda: client.get(f"{page.path}posts/"), more, lambda: client.get(f"{page.path}posts/"))


def test_nobody_follows_by_posting(page, writer, post):
    assert not Follow.objects.exists()
    assert not rules.may_edit(None, post)
    assert Viewer(writer).me == writer
