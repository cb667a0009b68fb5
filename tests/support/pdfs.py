"""PDFs written byte by byte, as programs and attackers write them."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
CATALOG, PAGES, PAGE, CONTENT = 1, 2, 3, 4
EMPTY_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<<>>"


def stream(data: bytes, entries: bytes = b"", *, compress: bool = False) -> bytes:
    """The body of a stream object."""
    data = zlib.compress(data) if compress else data
    entries += b"/Filter/FlateDecode" if compress else b""
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(data), data)


def objects(
    *, catalog: bytes = b"", page: bytes = b"", more: Mapping[int, bytes] | None = None
) -> dict[int, bytes]:
    """The bodies of a document of one page, with entries added to its catalog and page."""
    return {
        CATALOG: b"<</Type/Catalog/Pages 2 0 R%b>>" % catalog,
        PAGES: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        PAGE: EMPTY_PAGE + b"/Contents 4 0 R%b>>" % page,
        CONTENT: stream(b"BT (Formation HTML/JavaScript) Tj ET"),
        **(more or {}),
    }


@dataclass
class PdfFile:
    """A file that is written part by part; offsets are remembered for its tables."""

    written: bytearray = field(default_factory=lambda: bytearray(HEAD))
    offsets: dict[int, int] = field(default_factory=dict)
    last_table: int | None = None

    def add(self, bodies: Mapping[int, bytes]) -> None:
        """Write objects, or new definitions of them."""
        for number, body in bodies.items():
            self.offsets[number] = len(self.written)
            self.written += b"%d 0 obj\n%b\nendobj\n" % (number, body)

    def add_table(self, trailer: bytes = b"", *, free: tuple[int, ...] = ()) -> bytes:
        """Write a cross-reference table of everything, and end the file; its bytes so far."""
        table, size = len(self.written), max(self.offsets) + 1
        self.written += b"xref\n0 %d\n0000000000 65535 f \n" % size
        for number in range(1, size):
            kind = b"f" if number in free or number not in self.offsets else b"n"
            offset = self.offsets.get(number, 0) if kind == b"n" else 0
            self.written += b"%010d 00000 %b \n" % (offset, kind)
        previous = b"" if self.last_table is None else b"/Prev %d" % self.last_table
        self.written += b"trailer\n<</Size %d/Root 1 0 R%b%b>>\n" % (size, previous, trailer)
        self.written += b"startxref\n%d\n%%%%EOF\n" % table
        self.last_table = table
        return bytes(self.written)


def pdf_of(
    bodies: Mapping[int, bytes] | None = None, trailer: bytes = b"", *, free: tuple[int, ...] = ()
) -> bytes:
    """A file of these objects, by default a document of one page, with a table."""
    file = PdfFile()
    file.add(objects() if bodies is None else bodies)
    return file.add_table(trailer, free=free)


def object_stream(packed: Mapping[int, bytes], entries: bytes = b"") -> bytes:
    """The body of an object stream (ISO 32000-2, 7.5.7)."""
    texts = list(packed.values())
    starts = [sum(len(text) + 1 for text in texts[:n]) for n in range(len(texts))]
    head = b"".join(
        b"%d %d " % (number, start) for number, start in zip(packed, starts, strict=True)
    )
    entries += b"/Type/ObjStm/N %d/First %d" % (len(texts), len(head))
    return stream(head + b"".join(text + b" " for text in texts), entries, compress=True)


def packed_pdf(
    packed: Mapping[int, bytes], *, container: bytes | None = None, catalog: bytes = b""
) -> bytes:
    """A file with objects in an object stream, and a cross-reference stream in place of a table."""
    file = PdfFile()
    holder = 1 + max([CONTENT, *packed])
    body = object_stream(packed) if container is None else container
    file.add(objects(catalog=catalog, more={holder: body}))
    table = holder + 1
    file.offsets[table] = len(file.written)
    rows = [b"\0" + bytes(4) + b"\xff\xff"]
    for number in range(1, table + 1):
        if number in packed:
            rows.append(_row(2, holder, list(packed).index(number)))
        else:
            offset = file.offsets.get(number)
            rows.append(_row(0, 0, 0) if offset is None else _row(1, offset, 0))
    entries = b"/Type/XRef/Size %d/W[1 4 2]/Root 1 0 R" % (table + 1)
    start = len(file.written)
    file.add({table: stream(b"".join(rows), entries, compress=True)})
    return bytes(file.written) + b"startxref\n%d\n%%%%EOF\n" % start


def _row(kind: int, first: int, second: int) -> bytes:
    return bytes([kind]) + first.to_bytes(4, "big") + second.to_bytes(2, "big")
