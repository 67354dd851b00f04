"""PDFs written by hand: good ones, and such as nobody's program would write."""

from collections.abc import Iterable, Mapping

CATALOG, PAGES, FONT = 1, 2, 3


def written(objects: Mapping[int, bytes], *, root: int = CATALOG, startxref: int | None = None) -> bytes:
    """A file with these objects and a true table of them."""
    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00000 f \n"
    out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n" % (size, root)
    return bytes(out + b"%d\n%%%%EOF\n" % (table if startxref is None else startxref))


def stream(body: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(body), more) + body + b"\nendstream"


def parts(texts: Iterable[str], box: str = "0 0 720 405", catalog: str = "", page: str = "") -> dict[int, bytes]:
    """The objects of a document with a line of text on each page."""
    objects: dict[int, bytes] = {}
    kids = []
    for at, text in enumerate(texts):
        key = 10 + 2 * at
        kids.append(f"{key} 0 R")
        drawn = f"0.1 0.4 0.7 rg 40 40 200 90 re f BT /F1 36 Tf 60 200 Td ({text}) Tj ET"
        objects[key] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents {key + 1} 0 R {page}"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        ).encode()
        objects[key + 1] = stream(drawn.encode("latin-1"))
    objects[CATALOG] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode()
    objects[PAGES] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    objects[FONT] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return objects


def document(*texts: str, box: str = "0 0 720 405", catalog: str = "", page: str = "") -> bytes:
    """A good document, as far as what is put into it is good."""
    return written(parts(texts or ("Beavers at work",), box, catalog, page))
