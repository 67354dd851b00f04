"""Who else has pictures than people: each room says under which rule its own are seen; the roof lays the table."""

from collections.abc import Callable, Mapping

from collegium.audience.viewer import Viewer

# Whether this key is now the picture of that shape ("photo" or "cover") of the row with this key, and the viewer may
# know of the row. One statement; anything it does not say yes to does not exist.
Judge = Callable[[Viewer, int, str, str], bool]


class Carriers(dict[str, Judge]):
    """By the word that stands in the address: `/media/<word>/photo/…`."""

    def lay(self, table: Mapping[str, Judge]) -> None:
        """Take the table of the roof; once, when every room stands."""
        self.clear()
        self.update(table)

    def shows(self, word: str, viewer: Viewer, key: int, shape: str, picture: str) -> bool:
        """Whether this picture is there for this viewer; of carriers nobody laid, nothing is."""
        return word in self and self[word](viewer, key, shape, picture)


carriers = Carriers()


def address(word: str, key: int, shape: str, picture: str, width: int) -> str:
    """Where a picture of a carrier is; empty without one."""
    return f"/media/{word}/{shape}/{key}/{picture}-{width}.webp" if picture else ""
