"""What rooms above tell of groups, which this room cannot know: what is new in them, and what they are about."""

from collections.abc import Callable, Collection, Mapping

from django.db.models import QuerySet

from collegium.audience.viewer import Viewer

News = Callable[[Viewer, Collection[int]], Mapping[int, int]]
Topics = Callable[[str], QuerySet]  # type: ignore[type-arg]


class Fresh:
    """How much is new for the viewer in each of these groups, since she last looked; nothing until somebody lays it."""

    def __init__(self) -> None:
        self._news: News | None = None

    def lay(self, news: News) -> None:
        """Take what the roof gives; one statement, however many groups."""
        self._news = news

    def of(self, viewer: Viewer, groups: Collection[int]) -> Mapping[int, int]:
        """By key of the group."""
        return self._news(viewer, groups) if self._news is not None and groups else {}


class TopicsOf:
    """The groups about a topic whose name holds a folded word, as a queryset of their keys."""

    def __init__(self) -> None:
        self._found: Topics | None = None

    def lay(self, found: Topics) -> None:
        """Take what the roof gives."""
        self._found = found

    def about(self, word: str) -> QuerySet | None:  # type: ignore[type-arg]
        """Keys of groups; None where nobody knows topics."""
        return self._found(word) if self._found is not None else None


fresh, topics = Fresh(), TopicsOf()
