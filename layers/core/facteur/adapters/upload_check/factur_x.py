"""The one file that a PDF may contain: an electronic invoice, as Factur-X prescribes.

https://fnfe-mpe.org/factur-x/ and ISO 19005-3: a PDF/A-3 with the invoice in XML, named in the
document with its relationship to it.
"""

import zlib
from collections.abc import Mapping
from xml.parsers import expat

from pikepdf import Array, Dictionary, Object, Stream

from facteur.adapters.upload_check.limits import Budget, ensure
from facteur.adapters.upload_check.refused import RefusedError
from facteur.adapters.upload_check.values import name_of, text_of
from facteur.domain.inspection import RefusalReason

_FILENAMES = {"factur-x.xml", "order-x.xml", "xrechnung.xml", "zugferd-invoice.xml"}
_PATHS = {"/F", "/UF", "/DOS", "/Mac", "/Unix"}
_RELATIONSHIPS = {"/Alternative", "/Data", "/Source"}
_ROOTS = {
    "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100 CrossIndustryInvoice",
    "urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100 SCRDMCCBDACIOMessageStructure",
    "urn:ferd:CrossIndustryDocument:invoice:1p0 CrossIndustryDocument",
}
_VOCABULARY = "urn:"
"""Namespaces of the elements: XHTML's, whose scripts run in a browser, begins with http."""
_MAX_XML = 4 * 1024 * 1024
_FLATE = "/FlateDecode"


class Invoices:
    """Checks the files inside a document, one reading of it at a time.

    ``has_streams`` is False for a reading without the data of streams.
    """

    def __init__(self, budget: Budget, *, has_streams: bool) -> None:
        self._budget = budget
        self._has_streams = has_streams
        self._found: set[tuple[int, int]] = set()

    def check(self, specification: Mapping[str, Object | None]) -> None:
        """Check a file specification with an embedded file (7.11.3). Raises RefusedError."""
        files = specification.get("/EF")
        names = {
            (text_of(specification[key]) or "").lower() for key in _PATHS & specification.keys()
        }
        is_named_so = (
            names <= _FILENAMES
            and len(names) == 1
            and name_of(specification.get("/AFRelationship")) in _RELATIONSHIPS
            and "/RF" not in specification
        )
        if not is_named_so or not isinstance(files, Dictionary):
            raise RefusedError(RefusalReason.HAS_FILES)
        for embedded in files.values():
            self._check_file(embedded)

    def _check_file(self, embedded: Object | None) -> None:
        if not self._has_streams or (embedded is not None and embedded.objgen in self._found):
            return
        if not isinstance(embedded, Stream) or not is_invoice(inflated(embedded, self._budget)):
            raise RefusedError(RefusalReason.HAS_FILES)
        self._found.add(embedded.objgen)
        if len(self._found) > 1:
            raise RefusedError(RefusalReason.HAS_FILES)


def inflated(stream: Stream, budget: Budget) -> bytes:
    """The data of a stream that is not compressed, or is so in the ordinary way.

    Raises RefusedError ``DAMAGED``, or ``AMBIGUOUS`` for any other filter or a predictor. Tables
    usually have one, and only their size matters.
    """
    if name_of(stream.get("/Type")) != "/XRef" and stream.get("/DecodeParms") is not None:
        raise RefusedError(RefusalReason.AMBIGUOUS)
    filters = _filters_of(stream)
    raw = stream.read_raw_bytes()
    if filters == [_FLATE]:
        raw = _inflate(raw, most=budget.inflated)
    elif filters:
        raise RefusedError(RefusalReason.AMBIGUOUS)
    budget.spend_inflated(len(raw))
    return raw


def _filters_of(stream: Stream) -> list[str]:
    declared = stream.get("/Filter")
    if declared is None:
        return []
    return [name_of(each) for each in (declared if isinstance(declared, Array) else [declared])]


def _inflate(raw: bytes, *, most: int) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        data = unpacker.decompress(raw, most + 1)
    except zlib.error as error:
        raise RefusedError(RefusalReason.DAMAGED) from error
    ensure(len(data) <= most)
    if not unpacker.eof:
        raise RefusedError(RefusalReason.DAMAGED)
    return data


def is_invoice(xml: bytes) -> bool:
    """Is this well-formed XML of an invoice or order, with nothing in it that a browser runs?"""
    if len(xml) > _MAX_XML:
        return False
    roots: list[str] = []

    def element(name: str, _attributes: object) -> None:
        if not name.startswith(_VOCABULARY):
            raise RefusedError(RefusalReason.HAS_FILES)
        if not roots:
            roots.append(name)

    def forbidden(*_: object) -> None:
        raise RefusedError(RefusalReason.HAS_FILES)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = element
    # Entities grow without end, style sheets hold scripts.
    parser.StartDoctypeDeclHandler = forbidden
    parser.ProcessingInstructionHandler = forbidden
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        return False
    return roots[0] in _ROOTS
