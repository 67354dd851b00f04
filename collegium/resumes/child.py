"""The process that sets a CV. Started for one, it reads our templates and fonts, locks itself up, then sees the words.

Reads one JSON object from standard input: {"template": name, "paper": "a4", "data": {…}}; writes the PDF to standard
output. With the argument `cjk` it loads the typeface of Chinese, Japanese and Korean too, ten times as heavy as the
others together. Knows nothing of Collegium: no settings, no database, no secrets, no environment.
"""

import json
import os
import sys
from pathlib import Path

import noto_cjk_sans_jp_regular
import typst

from collegium.media import sandbox

ROOM = Path(__file__).resolve().parent
FONTS = ROOM.parent / "ui" / "fonts"
CJK = Path(noto_cjk_sans_jp_regular.__file__).parent
MEMORY = 1200 * 1024 * 1024
CPU_SECONDS = 10
OPEN_FILES = 64
OUTPUT = 16 * 1024 * 1024
# Makes typst open every font while it still may; the letters stand for the scripts.
WARM = """
#let say(..look) = text(..look)[Aa Жж Λλ ا א अ ก]
#for weight in (400, 600) {
  for family in ("Source Serif 4", "Hanken Grotesk", "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew",
    "Noto Sans Devanagari", "Noto Sans Thai") { say(font: family, weight: weight, fallback: false) }
}
#say(font: "Source Serif 4", style: "italic")
"""
WARM_CJK = '#text(font: "Noto Sans CJK JP", fallback: false)[日本]'


def main() -> None:
    """One CV."""
    source = {path.stem: path.read_bytes() for path in (ROOM / "looks").glob("*.typ")}
    cjk = "cjk" in sys.argv[1:]
    folders: list[Path] = [FONTS, *([CJK] if cjk else [])]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    compiler = typst.Compiler((WARM + WARM_CJK * cjk).encode(), root=str(ROOM / "looks"), font_paths=fonts)
    compiler.compile(format="pdf")
    sandbox.limit_resources(memory=MEMORY, cpu=CPU_SECONDS, files=OPEN_FILES, output=OUTPUT)
    sandbox.lock_up()
    asked = json.loads(sys.stdin.buffer.read())
    document = source["common"] + b"\n" + source[asked["template"]]
    words = {"data": json.dumps(asked["data"]), "paper": asked["paper"]}
    try:
        made = compiler.compile(document, format="pdf", sys_inputs=words, pdf_standards=["ua-1"])
    except typst.TypstError as problem:
        sys.stderr.write(f"not PDF/UA-1: {problem.message[:500]}\n")
        made = compiler.compile(document, format="pdf", sys_inputs=words)
    if isinstance(made, bytes):  # several files are for pictures of pages only
        sys.stdout.buffer.write(made)
        sys.stdout.buffer.flush()
    # Nothing is worth tidying up.
    os._exit(0)


if __name__ == "__main__":
    main()
