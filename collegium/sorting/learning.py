"""What this community teaches about unwanted messages: kept as numbers, made into weights by the clock."""

from datetime import timedelta
from functools import lru_cache

from collegium.lib import clock, ids
from collegium.sorting import model
from collegium.sorting.features import numbers
from collegium.sorting.letter import Letter
from collegium.sorting.models import MOST_NUMBERS, Learned, Lesson

FORM = 1
"""Of features and weights together: a release that changes either counts this up, and what was made before rests."""
MOST_LESSONS = 5000
LEAST_LESSONS, LEAST_OF_EACH = 40, 10
KEPT_WEIGHTS = 3
KEPT_BACK = timedelta(days=3)
"""As verdicts are in the account of cold messages, and for its reason: what somebody says must not show soon after."""
# What a verdict or a box says of a letter. "Not for me" says nothing of it: it was for somebody else.
TEACHES = {
    "pitch": True,
    "misdeclared": True,
    "spam": True,
    "other": True,
    "wanted": False,
    "requests": False,
    "focused": False,
}


def teach(letter: Letter, label: str) -> None:
    """Keep what somebody said of a letter, by a verdict (`wanted`, `pitch` …) or by the box she put it in."""
    if label in TEACHES:
        Lesson.objects.create(numbers=list(numbers(letter))[:MOST_NUMBERS], unwanted=TEACHES[label])


def weights() -> model.Weights:
    """Those that judge now: what the community taught, or the rules alone while it has taught little."""
    newest = Learned.objects.filter(form=FORM).order_by("-id").values_list("id", flat=True).first()
    return _kept(newest) if newest else _rules()


@lru_cache(maxsize=1)
def _rules() -> model.Weights:
    return model.rules()


@lru_cache(maxsize=2)
def _kept(key: int) -> model.Weights:
    """A row never changes, so it is read once."""
    return model.Weights.from_bytes(bytes(Learned.objects.values_list("weights", flat=True).get(pk=key)))


def train() -> None:
    """Make new weights when there are new lessons, and forget lessons beyond the newest few thousand."""
    ripe = Lesson.objects.filter(id__lt=ids.floor_at(clock.now() - KEPT_BACK))
    rows = list(ripe.order_by("-id").values_list("id", "numbers", "unwanted")[:MOST_LESSONS])
    unwanted = sum(row[2] for row in rows)
    if len(rows) < LEAST_LESSONS or min(unwanted, len(rows) - unwanted) < LEAST_OF_EACH:
        return
    newest, oldest = rows[0][0], rows[-1][0]
    if not Learned.objects.filter(form=FORM, newest=newest).exists():
        rows.reverse()
        made = model.train(model.Lessons([row[1] for row in rows], [row[2] for row in rows]))
        Learned.objects.create(form=FORM, lessons=len(rows), newest=newest, weights=made.to_bytes())
    old = Learned.objects.order_by("-id").values_list("id", flat=True)[KEPT_WEIGHTS:]
    Learned.objects.filter(pk__in=list(old)).delete()
    Lesson.objects.filter(id__lt=oldest).delete()
