"""From bytes to text: which encoding it is, by its bytes alone, and what is wrong with it. Nothing is repaired."""

import codecs
import io
import re
from collections.abc import Iterable, Iterator

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# UTF-8 read as Windows-1252 once too often: “Ã©” for “é”, “â€™” for “’”.
_MOJIBAKE = re.compile(
    "[ÂÃ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ](?<!Â[\u0080-\u009f])|â€[\u0080-\u009f™œžŸ˜¦¢“”\u00a0-\u00bf]"
)
_REPLACED = "\ufffd"
# Every codec is looked up when this is imported: later, in the locked-up child, no file can be opened.
_CODECS = {name: codecs.lookup(name) for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")}


class Sniffer:
    """Told all bytes of a file once, says how to read them the second time."""

    def __init__(self) -> None:
        self.marked = ""
        self.first = b""
        self.whole = True
        self._utf8 = _CODECS["utf-8"].incrementaldecoder("strict")

    def feed(self, piece: bytes) -> None:
        """The next bytes."""
        if len(self.first) < 512:
            self.first += piece[:512]
            self.marked = next((name for mark, name in _MARKS if self.first.startswith(mark)), "")
        if self.whole:
            try:
                self._utf8.decode(piece)
            except UnicodeDecodeError:
                self.whole = False

    def encoding(self) -> str:
        """The name of the encoding: UTF-8 where the bytes are nothing else, Windows-1252 where they are not."""
        if self.whole:
            try:
                self._utf8.decode(b"", final=True)
            except UnicodeDecodeError:
                self.whole = False
        if self.marked.startswith("utf-16"):
            return self.marked
        even, odd = self.first[0::2], self.first[1::2]
        if len(self.first) >= 8 and odd.count(0) > len(odd) * 0.6 and even.count(0) < len(even) * 0.1:
            return "utf-16-le"
        if len(self.first) >= 8 and even.count(0) > len(even) * 0.6 and odd.count(0) < len(odd) * 0.1:
            return "utf-16-be"
        if not self.whole:
            return "cp1252"
        return self.marked or "utf-8"


def decode(pieces: Iterable[bytes], encoding: str, notes: set[str]) -> Iterator[str]:
    """The text of a file in pieces, with one kind of line end.

    Args:
        pieces: its bytes.
        encoding: as the sniffer said.
        notes: takes the codes of what is wrong with the text.
    """
    decoder = io.IncrementalNewlineDecoder(_CODECS[encoding].incrementaldecoder("replace"), translate=True)
    last = ""
    for piece in pieces:
        text = decoder.decode(piece)
        _inspect(last + text, notes)
        last = (last + text)[-4:]
        yield text
    text = decoder.decode(b"", final=True)
    _inspect(last + text, notes)
    yield text


def _inspect(text: str, notes: set[str]) -> None:
    """Note what looks broken; plain ASCII cannot be."""
    if text.isascii():
        return
    if "mojibake" not in notes and _MOJIBAKE.search(text):
        notes.add("mojibake")
    if _REPLACED in text:
        notes.add("replaced")
