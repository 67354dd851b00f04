"""Groups people would join: open ones, one that asks questions at the door, one of which nobody else knows."""

from collections.abc import Sequence
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from collegium.audience.level import Level
from collegium.documents import actions as documents
from collegium.feed import actions as feed
from collegium.feed.attachments import Parts
from collegium.feed.models import Post
from collegium.feed.places import keeping, topics
from collegium.feed.selecting import Choice
from collegium.groups.actions import doors, founding, inviting
from collegium.groups.actions import keeping as seats
from collegium.groups.actions.founding import Charter
from collegium.groups.models import Group, Joining, Membership, Role, Visibility
from collegium.members.models import Member
from collegium.pictures import actions as pictures
from collegium.polls import actions as polls
from collegium.portability.demo import content
from collegium.portability.demo.showing import drawings
from collegium.portability.demo.showing.people import Carrying, Stage
from collegium.shares import actions as shares
from collegium.uploads import taking

DAMS = Charter(
    name="Old dams, new instruments",
    line="For everybody who listens to concrete, earth and water",
    about="Most dams are older than the people who look after them. Here we compare what we hear.\n\n"
    "Questions are welcome from anybody. Answers should say what was measured, when, and with what.",
    rules="1. Say which instrument, which year, which water level.\n"
    "2. No names of structures whose owner has not agreed.\n"
    "3. Whoever asks on a Friday night gets an answer on Monday. If water is running where it should not, "
    "close this page and ring somebody.",
    welcome="Good that you are here. Tell us in one post what you look after and what puzzles you about it.",
)
SWIMMERS = Charter(
    name="Winter swimmers of Göteborg",
    line="Keys, ladders, tea",
    about="We swim from October to April, at seven in the morning, at three places. There are eleven keys.",
    rules="Nobody swims alone below eight degrees. Who has the key brings the rope.",
    welcome="The thermos stands on the left, behind the life ring.",
    place="Göteborg",
    visibility=Visibility.PRIVATE,
    joining=Joining.REQUEST,
    approving=True,
)
READERS = Charter(
    name="Eleven pages a week",
    line="We read one book together, slowly",
    about="Nobody has to finish. Whoever has finished says nothing.",
    visibility=Visibility.UNLISTED,
    joining=Joining.INVITATION,
)
PYTHON = Charter(
    name="Python beside the river",
    line="Python for people who measure things outdoors",
    about="Scripts that read loggers, tables that became too large, plots that somebody at the council can read.",
)
REPAIR = Charter(
    name="Repair cafés of the world",
    line="Radios, trousers, toasters: bring it, we look at it together",
    about="Everybody who mends on Saturdays. Say what came in, what was wrong, and whether it left on its feet.",
)
QUESTIONS = (
    ("How cold was the water when you last swam outdoors?", True),
    ("Can you be at Askimsbadet at seven?", False),
)
SIZES = ("Two years of readings, then decide", "Replace it now", "Both, side by side, for one winter")


class Circles:
    """The groups as they are made, one after the other, each with its people."""

    def __init__(self, stage: Stage, drawn: dict[str, str]) -> None:
        self.stage, self.drawn = stage, drawn
        trades = {handle: person.trade for handle, person in content.read().people.items()}
        self.of_trade = {trade: sorted(h for h, each in trades.items() if each == trade) for trade in trades.values()}
        self.inside: dict[int, list[Member]] = {}

    def found(self, by: Member, charter: Charter, *, days: float, sign: str, questions: founding.Asked = ()) -> Group:
        """Begin it so many days ago, under its sign."""
        with self.stage.past.ago(days=days):
            group = founding.found(by, charter, questions=questions)
        then = self.stage.past.now - timedelta(days=days)
        Group.objects.filter(pk=group.pk).update(rules_at=then if charter.rules else None)
        Membership.objects.filter(group=group).update(since=then, agreed_at=then)
        founding.put_picture(group, "photo", self.drawn[sign], by=by)
        if f"{sign}, wide" in self.drawn:
            founding.put_picture(group, "cover", self.drawn[f"{sign}, wide"], by=by)
        self.inside[group.pk] = [by]
        group.refresh_from_db()
        return group

    def fill(self, group: Group, people: Sequence[Member]) -> None:
        """Many who came in one after the other since it was founded."""
        rng, before = self.stage.rng, (self.stage.past.now - group.founded_at) * 0.9
        there = {member.pk for member in self.inside[group.pk]}
        coming = [member for key, member in {each.pk: each for each in people}.items() if key not in there]
        since = [group.founded_at + before * rng.random() for _each in coming]
        rows = zip(coming, since, strict=True)
        Membership.objects.bulk_create(
            Membership(member=member, group=group, since=at, agreed_at=at) for member, at in rows
        )
        self.inside[group.pk] += coming

    def trade(self, *names: str) -> list[Member]:
        """Everybody of these trades."""
        return [self.stage[handle] for name in names for handle in self.of_trade[name]]

    def say(
        self, group: Group, who: str, body: str, *, days: float, liked: int = 0, parts: Parts | None = None
    ) -> Post:
        """One post on its wall, which some of its people like."""
        with self.stage.past.ago(days=days):
            post = feed.post(self.stage[who], body, choice=Choice(group=group), parts=parts)
        others = [member for member in self.inside[group.pk] if member.pk != post.author_id]
        self.stage.felt(post, self.stage.rng.sample(others, min(liked, len(others))))
        return post


def dams(circles: Circles) -> Group:
    """A public group with rules, a moderator, posts of every form, one pinned and one recommended."""
    stage = circles.stage
    group = circles.found(stage["ines-carvalho"], DAMS, days=150, sign="gauge")
    circles.fill(group, [*circles.trade("hydrology", "research"), stage.ada])
    seats.give_role(group, stage["marek-dvorak"], Role.MODERATOR, by=stage["ines-carvalho"])
    topics.name(group, ["damsafety", "instrumentation", "hydrology"], on_topic=False, by=stage["ines-carvalho"])
    first = circles.say(
        group,
        "ines-carvalho",
        "How to ask here, so that somebody can answer: the instrument, its age, the last three readings, and the water "
        "level of each. A photograph of the place it sits in helps more than a drawing. #damsafety",
        days=60,
        liked=8,
    )
    keeping.pin(first, by=stage["ines-carvalho"])
    _readings(circles, group)
    _files(circles, group)
    _told(circles, group)
    _asked(circles, group)
    _shown(circles, group)
    return group


def _files(circles: Circles, group: Group) -> None:
    """The readings themselves, as a table that others can look at."""
    stage = circles.stage
    lines = ["day,level_m,pore_pressure_kpa"]
    lines += [f"{day},{204.2 - day * 0.013:.2f},{88.1 - max(0, day - 7) * 0.09:.1f}" for day in range(60)]
    table = SimpleUploadedFile("gallery-3-readings.csv", "\n".join(lines).encode())
    with stage.past.ago(days=7.1):
        upload = taking.take_in(stage.ada, table, "documents")
    parts = Carrying(lambda post, by: documents.hang(post, [upload], by=by))
    body = "Sixty days of the slow one, as asked. The third column follows the second a week late. #instrumentation"
    circles.say(group, "ada-lindqvist", body, days=7.1, liked=5, parts=parts)


def _told(circles: Circles, group: Group) -> None:
    """Somebody tells people outside of it, with the group itself on the post."""
    stage = circles.stage
    parts = Carrying(lambda post, by: shares.show(post, "group", group.pk, by=by))
    body = "For everybody who asked me where one learns this: here, by asking badly once and kindly being told."
    with stage.past.ago(days=3.3):
        post = feed.post(stage.ada, body, audience=Level.MEMBERS, parts=parts)
    stage.liked(post, 9)


def _readings(circles: Circles, group: Group) -> None:
    stage = circles.stage
    post = circles.say(
        group,
        "ada-lindqvist",
        "A piezometer of 1957 that follows the lake nine days late. Since last winter it is seven. I have checked "
        "the clock, the cable and the person who reads it. What else becomes faster with age? #instrumentation",
        days=8.2,
        liked=11,
    )
    said = (
        ("tomoko-hayashi", "The filter around it. Ours was washed by an earthquake that nobody else noticed."),
        ("ines-carvalho", "Look at the two beside it. If one became slower, the water has found another way."),
        ("ada-lindqvist", "One did, by a day. I would not have looked. Thank you."),
        ("giorgos-papadakis", "This is why I read everything here twice."),
    )
    stage.answers(post, days=8.2, said=said)
    keeping.recommend(post, by=stage["marek-dvorak"])


def _asked(circles: Circles, group: Group) -> None:
    stage = circles.stage
    body = "A vibrating wire that drifts by a millimetre a month, and a new one lies in the cupboard. What do you do?"
    parts = Carrying(lambda post, by: polls.ask(post, SIZES, 7, by=by))
    post = circles.say(group, "marek-dvorak", body, days=2.1, parts=parts)
    others = [member for member in circles.inside[group.pk] if member.pk != post.author_id]
    for voter in stage.rng.sample(others, 12):
        polls.vote(post, stage.rng.choices(range(3), (4, 2, 6))[0], by=voter)
    stage.answers(
        post, days=2.1, said=(("leila-haddad", "Side by side. The old one knows things the new one has to learn."),)
    )


def _shown(circles: Circles, group: Group) -> None:
    stage = circles.stage
    scene = (
        (drawings.section, "A gauge house in section: shelves with instruments, a stair, a pipe that leads down."),
    )
    with stage.past.ago(days=4.4):
        rows = stage.photographs(stage["sigrun-jonsdottir"], scene)
    parts = Carrying(lambda post, by: pictures.hang(post, rows, by=by))
    body = "We drew our gauge house before it is pulled down, because half of the manual refers to which shelf."
    post = circles.say(group, "sigrun-jonsdottir", body, days=4.4, liked=7, parts=parts)
    stage.answers(
        post, days=4.4, said=(("marek-dvorak", "Please also draw where the kettle stood. People look for it."),)
    )


def swimmers(circles: Circles) -> Group:
    """A private one that Ada keeps: two ask to be let in, and a post waits."""
    stage = circles.stage
    group = circles.found(stage.ada, SWIMMERS, days=320, sign="lake", questions=QUESTIONS)
    near = stage.friends(stage.ada, 22)
    inside, asking = near[:18], near[18:20]
    circles.fill(group, inside)
    seats.give_role(group, inside[0], Role.MANAGER, by=stage.ada)
    first = circles.say(
        group,
        "ada-lindqvist",
        "The ladder at Saltholmen is back. The third rung is new: the pale one.",
        days=5.6,
        liked=6,
    )
    stage.answers(first, days=5.6, said=((inside[1].handle, "Tested this morning. Rung good, water 4.1."),))
    circles.say(group, inside[0].handle, "Who has the spare key for Askim until Sunday?", days=3.3)
    circles.say(
        group,
        inside[3].handle,
        "I would like to bring my brother on Saturday. He is eleven years older and colder.",
        days=0.4,
    )
    words = (
        ("Six degrees, in May, by accident.", "Yes, I cycle past."),
        ("Two. In a lake in Jämtland, on purpose.", ""),
    )
    keys = list(group.questions.order_by("rank").values_list("pk", flat=True))
    for number, (member, said) in enumerate(zip(asking, words, strict=True)):
        with stage.past.ago(days=0.3 + number):
            doors.ask(group, by=member, answers=dict(zip(keys, said, strict=True)), agreed=True)
    return group


def readers(circles: Circles) -> Group:
    """An unlisted one, in which Ada and Kofi are."""
    stage = circles.stage
    group = circles.found(stage.kofi, READERS, days=90, sign="page")
    known = stage.friends(stage.kofi, 6)
    circles.fill(group, [stage.ada, *known])
    circles.say(
        group, "kofi-mensah", "Pages 78 to 88. The brother comes back. I read this on a night bus and missed my stop.",
        days=2.9, liked=3,
    )  # fmt: skip
    post = circles.say(
        group, "ada-lindqvist", "Is it the same coat as in chapter two? I think it is the same coat.", days=1.2
    )
    stage.answers(post, days=1.2, said=(("kofi-mensah", "It is. You are two pages ahead of the person who notices."),))
    return group


def suggested(circles: Circles) -> Group:
    """One that Ada is not in, which her skills and people she knows speak for."""
    stage = circles.stage
    group = circles.found(stage["marek-dvorak"], PYTHON, days=70, sign="snake")
    others = [*stage.friends(stage["marek-dvorak"], 12), *circles.trade("software"), stage["ines-carvalho"]]
    circles.fill(group, [each for each in dict.fromkeys(others) if each.pk != stage.ada.pk])
    circles.say(
        group, "marek-dvorak", "Forty lines read every logger we own, also the one that writes commas for points. #py",
        days=3.8, liked=9,
    )  # fmt: skip
    circles.say(
        group,
        "ines-carvalho",
        "The spreadsheet that refuses to die now has tests. It passes all but one.",
        days=1.5,
        liked=12,
    )
    return group


def repair(circles: Circles) -> Group:
    """A large open one of Kofi's, to which Ada is asked."""
    stage = circles.stage
    group = circles.found(stage.kofi, REPAIR, days=210, sign="screw")
    circles.fill(group, [*circles.trade("craft", "nursing"), stage.mei])
    circles.say(
        group,
        "kofi-mensah",
        "Saturday: nine radios, seven repaired, one buried, one taken home to think about.",
        days=6.1,
        liked=10,
    )
    circles.say(
        group,
        "mei-ling-chen",
        "A lamp with three lives: ship, school, kitchen. It never was the switch. #repair",
        days=1.9,
        liked=6,
    )
    with stage.past.ago(days=0.7):
        inviting.invite(group, stage.friends(stage.kofi, 2), by=stage.kofi, note="You have a toaster. I have seen it.")
    return group
