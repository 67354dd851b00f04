"""A career as a Word document: real headings, real lists, nothing left of the library's own template."""

import io
import re
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph

from collegium.career.document import Document
from collegium.profiles.tongues import direction
from collegium.resumes.printed import Block, Entry, Paragraph, Sheet, check_length, sheet

PAPERS = {"a4": (210, 297), "us-letter": (215.9, 279.4)}
SERIF, MARGIN = "Source Serif 4", 22
INK, QUIET, GREEN = RGBColor(0x23, 0x25, 0x2B), RGBColor(0x55, 0x56, 0x5E), RGBColor(0x1F, 0x63, 0x50)
LOOKS = ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "List Bullet")
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NOT_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def word(document: Document, *, paper: str = "a4") -> bytes:
    """Write a career for Word.

    Args:
        document: what to write, all of it.
        paper: "a4" or "us-letter".

    Raises:
        TooLongError: there is too much of it.
    """
    check_length(document)
    return Writer(sheet(document), paper).file()


class Writer:
    """Writes one sheet."""

    def __init__(self, sheet: Sheet, paper: str) -> None:
        self.sheet = sheet
        self.out: Any = docx.Document()
        self.rightwards = direction(sheet.language) == "ltr"
        width, height = PAPERS[paper]
        self._body = self.out._body  # noqa: SLF001 - the parent of paragraphs, which the library names in no other way
        self._end = self.out.element.body.sectPr
        self._looks = {each: self.out.styles[each].style_id for each in LOOKS}
        page = self.out.sections[0]
        page.page_width, page.page_height = Mm(width), Mm(height)
        page.left_margin = page.right_margin = Mm(MARGIN)
        page.top_margin = page.bottom_margin = Mm(18)
        self._styles(Mm(width - 2 * MARGIN))
        self._properties()

    def file(self) -> bytes:
        """The finished file."""
        self._head()
        if self.sheet.about:
            self._line(self.sheet.about_title, "Heading 1")
            self._text(self.sheet.about)
        for block in self.sheet.blocks:
            self._block(block)
        held = io.BytesIO()
        self.out.save(held)
        return held.getvalue()

    def _head(self) -> None:
        self._line(self.sheet.name, "Title")
        if self.sheet.headline:
            self._line(self.sheet.headline, "Subtitle")
        if words := " · ".join(filter(None, (self.sheet.aside, self.sheet.place))):
            self._quiet(self._line("", "Normal"), words)
        if self.sheet.contacts:
            line = self._line("", "Normal")
            for number, (label, words, url) in enumerate(self.sheet.contacts):
                self._quiet(line, ("  ·  " if number else "") + (f"{label} " if label else ""))
                self._link(line, words, url)

    def _block(self, block: Block) -> None:
        self._line(block.title, "Heading 1")
        for entry in block.entries:
            self._entry(entry)
        if block.words:
            said = [f"{word} ({level})" if level else word for word, level in block.words]
            self._line(" · ".join(said), "Normal")
        for words, by in block.quotes:
            self._text(words)
            self._quiet(self._line("", "Normal"), f"– {by}")

    def _entry(self, entry: Entry) -> None:
        head = self._line(entry.lead, "Heading 2")
        if entry.when:
            self._quiet(head, f"\t{entry.when}")
        if entry.where:
            line = self._line(entry.where, "Normal")
            line.runs[0].italic = True
            line.paragraph_format.keep_with_next = bool(entry.notes or entry.text)
        if entry.notes:
            self._quiet(self._line("", "Normal"), " · ".join(entry.notes))
        self._text(entry.text)
        if entry.shown:
            self._link(self._line("", "Normal"), entry.shown, entry.url)

    def _text(self, parts: list[Paragraph]) -> None:
        for part in parts:
            if part.points:
                for point in part.lines:
                    self._line(point, "List Bullet")
            else:
                self._line("\n".join(part.lines), "Normal")

    def _line(self, words: str, style: str) -> Any:
        # The library's own verb looks through all that stands there already, for each paragraph anew.
        self._end.addprevious(made := OxmlElement("w:p"))
        made.style = self._looks[style]
        line = DocxParagraph(made, self._body)
        if words:
            line.add_run(_clean(words))
        return line

    def _quiet(self, line: Any, words: str) -> None:
        if words:
            run = line.add_run(_clean(words))
            run.font.color.rgb, run.font.size, run.font.bold = QUIET, Pt(9), False

    def _link(self, line: Any, words: str, url: str) -> None:
        """A link as Word writes it; plain words where there is nowhere to go."""
        run = line.add_run(_clean(words))
        if url:
            run.font.color.rgb = GREEN
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), line.part.relate_to(_clean(url), RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            run._r.addprevious(link)  # noqa: SLF001 - the library has no verb for links
            link.append(run._r)  # noqa: SLF001

    def _styles(self, width: int) -> None:
        """Our look on the library's styles; headings and lists stay what they are to a screen reader."""
        styles = self.out.styles
        looks = {
            "Normal": (10.5, INK, False, 0, 4),
            "Title": (24, INK, True, 0, 2),
            "Subtitle": (12.5, INK, False, 0, 4),
            "Heading 1": (13, GREEN, True, 14, 4),
            "Heading 2": (10.5, INK, True, 8, 0),
            "List Bullet": (10.5, INK, False, 0, 2),
        }
        for name, (size, colour, bold, before, after) in looks.items():
            style = styles[name]
            style.font.size, style.font.color.rgb, style.font.bold = Pt(size), colour, bold
            style.font.italic = name == "Subtitle"
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
            self._letters(style)
            for border in style.element.iter(qn("w:pBdr")):
                border.getparent().remove(border)
                break
        styles["Heading 2"].paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)

    def _letters(self, style: Any) -> None:
        """One typeface for every script, the language, and the direction it is written in."""
        marks = style.element.get_or_add_rPr()
        fonts = marks.get_or_add_rFonts()
        for name in list(fonts.attrib):
            del fonts.attrib[name]
        for name in ("w:ascii", "w:hAnsi", "w:cs"):
            fonts.set(qn(name), SERIF)
        for name in ("w:lang", "w:spacing", "w:kern"):
            for old in marks.findall(qn(name)):
                marks.remove(old)
        tongue = OxmlElement("w:lang")
        tongue.set(qn("w:val" if self.rightwards else "w:bidi"), self.sheet.language)
        if not self.rightwards:
            marks.append(OxmlElement("w:rtl"))
            style.element.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), "w:spacing", "w:ind", "w:jc")
        marks.append(tongue)

    def _properties(self) -> None:
        """Whose it is; not what made it."""
        now, said = datetime.now(UTC), self.out.core_properties
        said.title, said.author, said.last_modified_by = _clean(self.sheet.title), *[_clean(self.sheet.name)] * 2
        said.language, said.comments, said.subject, said.keywords = (
            self.sheet.language,
            "",
            _clean(self.sheet.headline),
            "",
        )
        said.created = said.modified = now
        said.revision = 1
        for key, relation in list(self.out.part.package.rels.items()):
            if relation.reltype.endswith("/thumbnail"):
                del self.out.part.package.rels[key]


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)
