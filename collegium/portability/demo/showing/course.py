"""The slides of the demo: a course for people who walk along drains, set as a PDF."""

import typst

from collegium.resumes.pdf import FONTS

TITLE = "Walking the drain: an hour for new field technicians"
SOURCE = """
#set page(width: 25.4cm, height: 14.29cm, margin: (x: 1.9cm, top: 1.5cm, bottom: 1.2cm), fill: rgb("#f7f4ec"),
  footer: text(size: 11pt, fill: rgb("#6a6f78"))[Västra Vattenkraft #h(1fr) #context counter(page).display()])
#set text(font: "Hanken Grotesk", size: 20pt, fill: rgb("#22262e"))
#set par(leading: .7em)
#set list(marker: text(fill: rgb("#3f6f5e"))[–], spacing: 1em)
#let title(size, words) = text(font: "Source Serif 4", size: size, weight: 600, fill: rgb("#2f5a4b"), words)
#show heading: it => block(below: 1.1em, title(32pt, it.body))
#set document(title: "TITLE")
#v(1fr)
#title(44pt)[Walking the drain]
#v(-.6em)
#text(size: 22pt)[An hour for new field technicians]
#v(1.2fr)
#text(size: 16pt)[Ada Lindqvist, with everything Kerstin has taught me since 2015]
#v(.8cm)
#pagebreak()
= What you take along
- A bucket with a line at ten litres, and a stopwatch
- Rod, torch, thermometer, a knife for roots
- The drawing of the drain, and a red pencil: it is wrong somewhere
- Somebody who has walked it before. That is item one
#pagebreak()
= Look, in this order
#set text(size: 19pt)
#table(columns: (1fr, 2.4fr), stroke: (x, y) => if y > 0 { (top: .6pt + rgb("#b9b3a4")) }, inset: (x: 4pt, y: 9pt),
  [*Colour*], [Hold the glass against the sky. Cloudy is a telephone call, now],
  [*Amount*], [Three fills of the bucket, and the middle one counts],
  [*Place*], [New wet grass is a new pipe until proved otherwise],
  [*Sound*], [Stand still for one minute. You will want to leave after ten seconds])
#pagebreak()
= Eight months in one picture
#v(.3em)
#let bars = (4.1, 4.2, 4.0, 4.4, 4.5, 4.4, 4.6, 4.5)
#grid(columns: bars.len(), column-gutter: .9cm, align: bottom + center, row-gutter: .35cm,
  ..bars.map(b => rect(width: 1.7cm, height: (b - 3.2) * 3.4cm,
    fill: rgb(if b > 4.35 { "#b5623f" } else { "#3f6f5e" }))),
  ..("Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct").map(m => text(size: 14pt, m)))
#v(.5em)
#text(size: 17pt)[Litres a second at the weir. The model said 4.0 all along. Where is the other half litre?]
#pagebreak()
= It was in a pipe of 1951
The construction drainage, on no drawing, found with a bucket by someone who has walked here every Tuesday since 1994.
#v(.6em)
#block(inset: (left: 14pt), stroke: (left: 3pt + rgb("#b5623f")))[The instrument was right. The drawing was wrong.]
#pagebreak()
= What you write down
- What you saw, before what you think it means
- The time, the weather of the last three days, who was with you
- What you did *not* look at, and why
- One line for whoever walks here in forty years
"""


def slides() -> bytes:
    """The PDF."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    made = typst.Compiler(SOURCE.replace("TITLE", TITLE).encode(), font_paths=fonts).compile(format="pdf")
    if not isinstance(made, bytes):
        raise TypeError("several files are for pictures of pages only")
    return made
