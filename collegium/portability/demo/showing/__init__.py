"""One of each form of post, for who looks at the demo: made by the verbs of its rooms, as a member would.

Pictures, slides and the film are drawn here; what takes long is worked by the background worker after the start.
"""

from datetime import datetime

from collegium.portability.demo.showing import hung, jobs, letters, messages, met, places, talk
from collegium.portability.demo.showing.past import Past
from collegium.portability.demo.showing.people import Stage


def show(now: datetime) -> None:
    """Let the demo people post everything that can be posted, and talk, in the days before now."""
    stage = Stage(Past(now))
    talk.opened(stage)
    stairs = hung.album(stage)
    asked = hung.poll(stage)
    taught = hung.deck(stage)
    hung.video(stage)
    linked = hung.link(stage)
    hung.celebration(stage)
    hung.passed_on(stage, stairs)
    talk.radios(stage)
    talk.one_by_one(stage)
    talk.by_machine(stage)
    letters.newsletter(stage)
    messages.conversations(stage)
    met.introduced(stage)
    places.places(stage)
    jobs.jobs(stage)
    talk.kept(stage, stairs, asked, linked, taught)
