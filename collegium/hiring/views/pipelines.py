"""The pipeline of an opening."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from collegium.audience.door import Request
from collegium.hiring.reading import asked as asking
from collegium.hiring.reading import pipeline as reading
from collegium.hiring.stages import columns
from collegium.hiring.views.common import Desk, at_desk, number, show


@require_safe
@at_desk
def pipeline(request: Request, desk: Desk) -> HttpResponse:
    """All columns; on a narrow screen the one that is asked for. With `after` one column goes on from there."""
    asked, stages = asking.read(request.GET), columns(desk.opening)
    key = number(request.GET.get("stage", ""))
    if key and stages.named(key) is None:
        raise Http404
    if (after := request.GET.get("after", "")) and key is not None:
        found = reading.stretch(request.viewer, desk.opening, stages, asked, key=key, after=after)
        return show(request, "hiring/stretch.html", desk, block="stretch", column=found, on=_on(found, asked))
    shown = reading.pipeline(request.viewer, desk.opening, stages, asked)
    current = key if key is not None else next((each.key for each in shown if each.total), stages.stages[0].pk)
    context: dict[str, Any] = {
        "asked": asked,
        "stages": stages.stages,
        "shown": shown,
        "current": current,
        "tabs": [_tab(desk, column, asked, current) for column in shown],
        "onward": {column.key: _on(column, asked) for column in shown},
        "total": sum(column.total for column in shown),
    }
    return show(request, "hiring/pipeline.html", desk, **context)


def _tab(desk: Desk, column: reading.Shown, asked: asking.Asked, current: int) -> dict[str, Any]:
    return {
        "label": column.stage.name if column.stage else None,
        "count": column.total,
        "current": column.key == current,
        "href": desk.path + _address(asked, stage=str(column.key)),
    }


def _on(column: reading.Shown, asked: asking.Asked) -> str:
    return _address(asked, stage=str(column.key), after=column.after) if column.after else ""


def _address(asked: asking.Asked, **given: str) -> str:
    return "?" + "&".join(filter(None, (urlencode(given), asked.query)))
