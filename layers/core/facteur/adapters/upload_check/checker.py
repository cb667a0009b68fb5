"""The port ``PdfChecker``: may this PDF be sent?"""

import secrets
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Integer, Object, Stream

from facteur.adapters.upload_check import readings
from facteur.adapters.upload_check.complaints import ensure_no_complaint
from facteur.adapters.upload_check.factur_x import Invoices, inflated
from facteur.adapters.upload_check.limits import MAX_PAGES, Budget, ensure, limit_qpdf
from facteur.adapters.upload_check.refused import RefusedError
from facteur.adapters.upload_check.rules import check_object
from facteur.adapters.upload_check.values import name_of
from facteur.domain.inspection import Refusal, RefusalReason

_MAGIC = b"%PDF-"
_TABLE = "/XRef"


class StrictPdfChecker:
    """The port ``PdfChecker``."""

    def __init__(self) -> None:
        limit_qpdf()

    def check(self, pdf: bytes) -> Refusal | None:
        """Read every object of a file as each of the ways in which viewers may find it."""
        try:
            ensure_sendable(pdf, Budget())
        except RefusedError as error:
            return error.refusal
        except pikepdf.PasswordError:
            return Refusal(RefusalReason.ENCRYPTED)
        except pikepdf.PikepdfError:
            return Refusal(RefusalReason.DAMAGED)
        return None


def ensure_sendable(pdf: bytes, budget: Budget) -> None:
    """Raise RefusedError, or pikepdf's error for a file that is not one."""
    if not pdf.startswith(_MAGIC):
        raise RefusedError(RefusalReason.NOT_PDF)
    budget.spend_tokens(pdf)
    _check_trailers(pdf, budget)
    packed: list[bytes] = []
    for definitions in readings.definitions_of(pdf):
        packed += _check_definitions(pdf, definitions, budget)
    _check_packed(packed, budget)
    _check_as_strict_viewers_read(pdf, budget)


def _check_trailers(pdf: bytes, budget: Budget) -> None:
    trailers = readings.as_objects(readings.trailers_of(pdf))
    for trailer in trailers.objects:
        if isinstance(trailer, Dictionary) and "/Encrypt" in trailer:
            raise RefusedError(RefusalReason.ENCRYPTED)
    _check_objects(trailers, budget)


def _check_definitions(
    pdf: bytes, definitions: list[readings.Definition], budget: Budget
) -> Iterator[bytes]:
    """Check definitions that no table need name; returns what their object streams hold."""
    reading = readings.dictionaries(pdf, definitions)
    containers = [each.objgen for each in reading.objects if _is_container(each)]
    _check_objects(reading, budget)
    if not containers:
        return
    whole = readings.streams(pdf, definitions)
    for container in containers:
        stream = whole.get_object(container)
        if not isinstance(stream, Stream):
            raise RefusedError(RefusalReason.DAMAGED)
        data = inflated(stream, budget)
        if name_of(stream.get("/Type")) != _TABLE:
            text = data[_first_of(stream) :]
            budget.spend_tokens(text)
            yield text


def _first_of(stream: Stream) -> int:
    """Where the objects of an object stream begin."""
    first = stream.get("/First")
    if not isinstance(first, Integer) or int(first) < 0:
        raise RefusedError(RefusalReason.DAMAGED)
    return int(first)


def _check_packed(texts: list[bytes], budget: Budget) -> None:
    """Check what object streams hold from the first object on, whatever their indices name.

    Objects that follow one another are the items of an array, unless they get out of it.
    """
    # Not to be foreseen by whoever made the file.
    end = f"/{secrets.token_hex(16)}"
    reading = readings.as_objects(b"[ %b\n%b ]" % (text, end.encode()) for text in texts)
    for number in range(1, len(texts) + 1):
        items = reading.get_object((number, 0))
        if not isinstance(items, Array) or name_of(items[-1]) != end:
            raise RefusedError(RefusalReason.AMBIGUOUS)
    _check_objects(reading, budget)


def _is_container(whole: Object | None) -> bool:
    """Is this the dictionary of an object stream, or of a cross-reference stream (7.5.7, 7.5.8)?

    Raises RefusedError ``ENCRYPTED`` when it says that the file is.
    """
    if not isinstance(whole, Dictionary):
        return False
    kind = name_of(whole.get("/Type"))
    if kind == _TABLE and "/Encrypt" in whole:
        raise RefusedError(RefusalReason.ENCRYPTED)
    return kind in (_TABLE, "/ObjStm") or {"/N", "/First"} <= set(whole.keys())


def _check_objects(reading: pikepdf.Pdf, budget: Budget, *, has_streams: bool = False) -> None:
    invoices = Invoices(budget, has_streams=has_streams)
    for whole in reading.objects:
        budget.spend_values(1)
        check_object(whole, invoices, budget)
    ensure_no_complaint(reading)


def _check_as_strict_viewers_read(pdf: bytes, budget: Budget) -> None:
    reading = readings.open_strictly(pdf)
    if reading.is_encrypted:
        raise RefusedError(RefusalReason.ENCRYPTED)
    check_object(reading.trailer, Invoices(budget, has_streams=True), budget)
    _check_objects(reading, budget, has_streams=True)
    pages = 0
    for _ in _pages_of(reading):
        pages += 1
        ensure(pages <= MAX_PAGES)
    if not pages:
        raise RefusedError(RefusalReason.WITHOUT_PAGES)


def _pages_of(reading: pikepdf.Pdf) -> Iterator[Object]:
    """The leaves of the page tree. Raises RefusedError for one that is not a tree."""
    seen: set[tuple[int, int]] = set()
    waiting = [reading.Root.get("/Pages")]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Dictionary) or node.objgen in seen or not node.is_indirect:
            raise RefusedError(RefusalReason.DAMAGED)
        seen.add(node.objgen)
        kids = node.get("/Kids")
        if isinstance(kids, Array):
            waiting += list(kids)
        else:
            yield node
