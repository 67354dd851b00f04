"""The three people whom a visitor can be, and what waits for each of them when she signs in."""

from typing import NamedTuple

from collegium.portability.demo.acquaintance import Pair, pair


class Guest(NamedTuple):
    """A demo person with a password that is told to whoever filled the network."""

    handle: str
    password: str
    pronouns: str
    sees: str


class Letter(NamedTuple):
    """An invitation that waits: from whom, to whom, how many days, and the note."""

    sender: str
    recipient: str
    days: float
    note: str


GUESTS = (
    Guest(
        "ada-lindqvist",
        "ada-swims-in-november",
        "she/her",
        "dam engineer and owner of this network; six invitations wait, a lively profession around her",
    ),
    Guest(
        "kofi-mensah",
        "kofi-repairs-old-radios",
        "he/him",
        "ward manager; colleagues from many countries, invitations with notes, answers to his posts",
    ),
    Guest(
        "mei-ling-chen",
        "mei-draws-under-stairs",
        "she/her",
        "architect; posts in two scripts, an invitation of her own still unanswered",
    ),
)

LETTERS = (
    Letter(
        "maarit-salmi",
        "ada-lindqvist",
        0.13,
        "You wrote of the icy jetty. I build wooden boats in Rovaniemi and have kept a log of water temperatures "
        "since 2010. You may have it, if it is of use to you. Greetings from a colder jetty.",
    ),
    Letter(
        "gareth-evans",
        "ada-lindqvist",
        1.4,
        "There is an old reservoir above our farm, and this autumn the spring below it has moved. I have the "
        "dates written down. Could you tell me whom one asks?",
    ),
    Letter(
        "sofia-andersson",
        "ada-lindqvist",
        2.6,
        "We sat in the same row at the safety evening in Uppsala; I was the one who kept asking “and then?”. I "
        "would like to compare how dam people and device people write down a near miss.",
    ),
    Letter(
        "yosef-alemu",
        "ada-lindqvist",
        4.2,
        "I teach history in Mekelle and take my class to the old dam each spring. We found a drawing from 1963 "
        "that no engineer here can read to us. May I send it?",
    ),
    Letter("tomas-varga", "ada-lindqvist", 8.5, ""),
    Letter(
        "nomvula-zulu",
        "ada-lindqvist",
        11.0,
        "My nephew studies civil engineering and does not believe that the good ones walk along drains with a "
        "bucket. I should like to show him that you are a real person.",
    ),
    Letter(
        "dylan-reyes",
        "kofi-mensah",
        0.3,
        "I have three EL84 in a drawer in Austin, tested, matched and unused. They ought to be in a radio. Tell "
        "me where to post them.",
    ),
    Letter(
        "sarah-goldberg",
        "kofi-mensah",
        1.1,
        "Two of my clients are nurses with offers from hospitals near yours. Could I ask you ten minutes of "
        "questions about supervised practice? I will bring good ones.",
    ),
    Letter(
        "grainne-walsh",
        "kofi-mensah",
        3.0,
        "I edit a paper in Galway and would like to print your words about the rota, with your name, on a "
        "Saturday of your choice. No hurry; it will be true next year as well.",
    ),
    Letter(
        "haruka-sato",
        "kofi-mensah",
        5.7,
        "I tune pianos in Hamamatsu. Inside an upright I found a small valve amplifier. May I ask you what to do "
        "first, apart from not touching it?",
    ),
    Letter("olof-nyberg", "kofi-mensah", 9.2, ""),
    Letter(
        "rosario-gil",
        "mei-ling-chen",
        0.2,
        "We are turning a customs house into a branch library. The best place in it lies under the stairs and "
        "nobody believes me. May I show you the section?",
    ),
    Letter(
        "neha-kulkarni",
        "mei-ling-chen",
        1.8,
        "Our centre has eleven steps and sixty children. They have measured the steps (all are different) and "
        "would like you to have the drawing.",
    ),
    Letter(
        "hamish-reid",
        "mei-ling-chen",
        3.3,
        "Your ferry terminal has hung in our office for a year. We have been given 40,000 pounds for a waiting "
        "room. Is that enough for cork?",
    ),
    Letter(
        "orsolya-kiss",
        "mei-ling-chen",
        6.9,
        "I bind portfolios for architects, and since I read the jury secretary I put the section where the book "
        "opens by itself. I would like to send you one.",
    ),
    Letter("xiao-mei-zhou", "mei-ling-chen", 12.4, ""),
    # What the three have asked others themselves.
    Letter(
        "ada-lindqvist",
        "stefania-vitale",
        2.2,
        "Your shepherd's word for the sound has been in my head since Sunday. I listen to dams. I would like to "
        "learn how you write down a noise that has no name.",
    ),
    Letter(
        "kofi-mensah",
        "rebecca-stein",
        1.6,
        "We apologise on my ward every day, and not always well. I read that the first sentence decides. Might I "
        "quote you at our next teaching hour?",
    ),
    Letter(
        "mei-ling-chen",
        "takeshi-mori",
        3.9,
        "百年後の人の一時間、という言葉が忘れられません。台北で木の階段を設計しています。一度、継手の図面を見ていただけませんか。",
    ),
)

# Who said yes to one of the three in the last days, and how many days ago.
ACCEPTED = {
    pair("ada-lindqvist", "dario-conti"): 0.6,
    pair("ada-lindqvist", "luz-marina-ospina"): 2.9,
    pair("kofi-mensah", "lucy-morgan"): 0.4,
    pair("kofi-mensah", "adam-nowicki"): 3.4,
    pair("mei-ling-chen", "yuko-matsuda"): 0.8,
    pair("mei-ling-chen", "rosalind-baker"): 2.1,
}


def strangers() -> set[Pair]:
    """Pairs between whom an invitation waits: they are not connected."""
    return {pair(letter.sender, letter.recipient) for letter in LETTERS}
