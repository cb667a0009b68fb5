"""Makes qpdf read every definition of every object of a file, whatever its tables say.

A reader follows the file's cross-reference tables. When they seem wrong it looks for objects by
itself, and readers disagree on what seems wrong and on which definition counts. So everything that
looks like a definition is read: also what a table calls free, what a later revision replaced, and
what stands between objects or in the data of a stream.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pikepdf

from facteur.adapters.upload_check.limits import (
    MAX_OBJECT_NUMBER,
    MAX_OBJECTS,
    MAX_REVISIONS,
    ensure,
)

_SPACE = b"\x00\t\n\x0c\r "
_DELIMITERS = b"()<>[]{}/%"
_KEYWORD = re.compile(rb"(?<!end)obj(?![^" + re.escape(_SPACE + _DELIMITERS) + rb"])")
_TRAILER = re.compile(rb"trailer(?:[\x00\t\n\x0c\r ]|%[^\r\n]*+[\r\n])*+(?=<<)")
_MAX_TRAILER = 65_536
_MAX_DIGITS = 32
_WINDOW = 1024
_MAX_GENERATION = 65_535
_STREAM, _END = b"stream", b"endobj"


@dataclass(frozen=True, slots=True)
class Definition:
    """Where a file says ``number generation obj``."""

    number: int
    generation: int
    offset: int


def open_strictly(pdf: bytes) -> pikepdf.Pdf:
    """Read a file without any repair. Raises pikepdf.PdfError."""
    return pikepdf.open(
        io.BytesIO(pdf),
        attempt_recovery=False,
        # Walks the page tree before we can see whether it is one.
        inherit_page_attributes=False,
        conversion_mode="explicit",
    )


def definitions_of(pdf: bytes) -> list[list[Definition]]:
    """All definitions: first the first one of each object, then the second one of those that have
    another, and so on."""
    revisions: list[list[Definition]] = []
    counts: dict[int, int] = {}
    for total, definition in enumerate(_definitions(pdf), 1):
        ensure(total <= MAX_OBJECTS)
        revision = counts.get(definition.number, 0)
        ensure(revision < MAX_REVISIONS)
        if revision == len(revisions):
            revisions.append([])
        revisions[revision].append(definition)
        counts[definition.number] = revision + 1
    return revisions


def _definitions(pdf: bytes) -> Iterator[Definition]:
    """``12 0 obj`` wherever it stands, with white space and comments as any reader takes them.

    Read backwards from each ``obj``: forwards, each number of a table of numbers may begin one.
    """
    # One kind of line end: looking back for the last of two kinds could read the whole file.
    pdf = pdf.replace(b"\r", b"\n")
    for total, keyword in enumerate(_KEYWORD.finditer(pdf)):
        ensure(total <= 2 * MAX_OBJECTS)
        end = _before_space(pdf, keyword.start())
        start_of_generation = _before_digits(pdf, end)
        end_of_number = _before_space(pdf, start_of_generation)
        start = _before_digits(pdf, end_of_number)
        if start < end_of_number < start_of_generation < end:
            number, generation = int(pdf[start:end_of_number]), int(pdf[start_of_generation:end])
            ensure(number <= MAX_OBJECT_NUMBER)
            ensure(generation <= _MAX_GENERATION)
            yield Definition(number, generation, start)


def _before_digits(pdf: bytes, end: int) -> int:
    """Where the digits that end here begin."""
    window = pdf[max(0, end - _MAX_DIGITS) : end]
    digits = len(window) - len(window.rstrip(b"0123456789"))
    ensure(digits < _MAX_DIGITS)
    return end - digits


def _before_space(pdf: bytes, end: int) -> int:
    """Where the white space and comments that end here begin."""
    while True:
        start = _before_blanks(pdf, end)
        comment = _comment_before(pdf, start) if pdf.find(b"\n", start, end) >= 0 else None
        if comment is None:
            return start
        end = comment


def _before_blanks(pdf: bytes, end: int) -> int:
    while end:
        window = pdf[max(0, end - _WINDOW) : end]
        if kept := window.rstrip(_SPACE):
            return end - len(window) + len(kept)
        end -= len(window)
    return 0


def _comment_before(pdf: bytes, end: int) -> int | None:
    """Where the comment that the line ends with here begins, if it has one."""
    found = pdf.find(b"%", pdf.rfind(b"\n", 0, end) + 1, end)
    return None if found < 0 else found


def dictionaries(pdf: bytes, definitions: Sequence[Definition]) -> pikepdf.Pdf:
    """These definitions as a file, without the data of streams: those read as dictionaries.

    So what is read does not depend on where a stream ends, which readers may see differently.
    """
    return _indexed(pdf.replace(_STREAM, _END), definitions)


def streams(pdf: bytes, definitions: Sequence[Definition]) -> pikepdf.Pdf:
    """These definitions as a file, with the data of streams as long as their dictionaries say."""
    return _indexed(pdf, definitions)


def trailers_of(pdf: bytes) -> Iterator[bytes]:
    """The dictionary after each word ``trailer``, and what follows it."""
    for total, found in enumerate(_TRAILER.finditer(pdf), 1):
        ensure(total <= MAX_REVISIONS)
        end = pdf.find(b"startxref", found.end())
        end = len(pdf) if end < 0 else end
        ensure(end - found.end() <= _MAX_TRAILER)
        yield pdf[found.end() : end]


def as_objects(texts: Iterable[bytes]) -> pikepdf.Pdf:
    """A file that has each text as an object, numbered from 1."""
    written = bytearray(b"%PDF-1.7\n")
    definitions = []
    for number, text in enumerate(texts, 1):
        definitions.append(Definition(number, 0, len(written)))
        body = text.replace(_STREAM, _END)
        written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    return _indexed(bytes(written), definitions)


def _indexed(pdf: bytes, definitions: Sequence[Definition]) -> pikepdf.Pdf:
    """A file with a new table of just these definitions, and a catalog of our own."""
    catalog = 1 + max((each.number for each in definitions), default=0)
    own = {
        catalog: b"<</Type/Catalog/Pages %d 0 R>>" % (catalog + 1),
        catalog + 1: b"<</Type/Pages/Kids[]/Count 0>>",
    }
    written = bytearray(pdf + b"\n")
    every = [*definitions, *_append(written, own)]
    table = len(written)
    written += b"xref\n0 1\n0000000000 65535 f \n"
    for each in every:
        written += b"%d 1\n%010d %05d n \n" % (each.number, each.offset, each.generation)
    written += b"trailer\n<</Size %d/Root %d 0 R>>\n" % (catalog + 2, catalog)
    written += b"startxref\n%d\n%%%%EOF\n" % table
    return open_strictly(bytes(written))


def _append(written: bytearray, objects: Mapping[int, bytes]) -> Iterator[Definition]:
    for number, body in objects.items():
        yield Definition(number, 0, len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
