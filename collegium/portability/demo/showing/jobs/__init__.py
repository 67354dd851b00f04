"""Work that is offered in the demo community, and what becomes of it: made by the verbs, dated in the past.

Kofi hires for his ward, with people at every stage; Mei has applied for something, and somebody whom she knows has put
in a word; Ada hires for the dams and keeps a search of her own.
"""

from django.http import QueryDict

from collegium.applications import actions
from collegium.career import actions as careers
from collegium.career.document import Draft
from collegium.career.sections import Section
from collegium.finding import asked
from collegium.finding.keeping import actions as keeping
from collegium.finding.models import Rhythm
from collegium.openings.models import Opening
from collegium.portability.demo.showing.jobs import ward
from collegium.portability.demo.showing.jobs.offers import posted
from collegium.portability.demo.showing.jobs.past import then
from collegium.portability.demo.showing.people import Stage
from collegium.referrals import actions as referrals
from collegium.referrals.models import Knows

LETTERS = {
    "dams": (
        ("hanna-virtanen", 10.7, "I know what ice does to a gate. I should like to learn what water does behind one."),
        ("zofia-kaminska", 7.9, "Fourteen years of levees, and old maps. I read yours before I wrote this."),
        ("karin-ostby", 3.6, "My tunnels lead to dams. I would like to see the other end."),
    ),
    "nights": (("bridget-oneill", 1.9, "Twenty-two years of leg ulcers. At night they are the same, and quieter."),),
    "port": (
        ("tiago-nunes", 3.1, "Buses are containers that complain. I would be glad of a calmer freight."),
        ("robert-kaminski", 1.3, "I have kept one payroll alive since 1998. Boring on purpose is a fair description."),
    ),
}
STAIR = (
    "The one in our reading room of 2022: forty-one square metres, and everybody stops on the fourth step. It took us "
    "a year to see that this is where the window begins."
)
NOTE = (
    "You measured for Helena how stairwells sound, and you have seen mine. Would you say a word for me? I will not be "
    "hurt by silence; I design waiting rooms."
)
WORD = (
    "I worked with Mei-Ling on the waiting room of our hospice, and then on its stair. She sat at the bottom of it for "
    "two days with a pencil before she drew anything. The handrail she drew is the only one I know that people thank."
)


def jobs(stage: Stage) -> None:
    """Everything, after the pages stand."""
    rows = posted(stage)
    ward.fill(stage, rows["ward"])
    for name, people in LETTERS.items():
        for handle, days, letter in people:
            ward.apply(stage, rows[name], stage[handle], days=days, letter=letter)
    with then(stage, 9.5):
        actions.seen(rows["dams"].applications.get(applicant=stage["hanna-virtanen"]), by=stage.ada)
    _stairs(stage, rows["stairs"])
    _kept(stage)


def _stairs(stage: Stage, opening: Opening) -> None:
    """Mei asks somebody who worked there for a word, gets it, and applies; it has been read."""
    rosalind, helena = stage["rosalind-baker"], stage["helena-dahl"]
    worked = Draft(
        Section.POSITIONS, title="Listener, stairwells", organization_name="Trapp & Trinn", started="2021", ended="2022"
    )
    careers.take(rosalind, [worked])
    with then(stage, 7.4):
        question = referrals.ask(stage.mei, rosalind, opening, note=NOTE)
    with then(stage, 6.2):
        referrals.give(question, by=rosalind, knows=Knows.TOGETHER, words=WORD)
    letter = (
        "I draw schools, libraries, and the space under stairs. For twelve years I have counted where people stop. "
        "I would like to know whether they stop elsewhere too."
    )
    row = ward.apply(stage, opening, stage.mei, days=5.9, letter=letter, answers=(STAIR,))
    with then(stage, 4.6):
        actions.seen(row, by=helena)


def _kept(stage: Stage) -> None:
    """Ada keeps a search, by mail once a week."""
    said = asked.read(QueryDict("q=dam OR barrier&skill=Instrumentation"))
    with then(stage, 15):
        keeping.save(stage.ada, "Gates and barriers", said.address, Rhythm.WEEKLY)
