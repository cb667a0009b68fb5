"""What qpdf's warnings about a file mean."""

import re

import pikepdf

from facteur.adapters.upload_check.refused import RefusedError
from facteur.domain.inspection import RefusalReason

_HARMLESS = re.compile(
    "reported number of objects"
    "|xref entry for the xref stream itself is missing"
    "|accepting invalid xref table entry"
    "|stream keyword followed by (carriage return only|extraneous whitespace)"
    "|expected endobj"
)
"""Faults of ordinary programs, which hide nothing: they concern the table, which is not trusted, or
the edge of an object, where no reader goes on."""
_LIMITS = re.compile("limits? (error|exceeded)|excessively")
_UNFINISHED = re.compile(
    "expected endstream|unexpected EOF|EOF while reading|expected n n obj|Length|not found"
)


def ensure_no_complaint(pdf: pikepdf.Pdf) -> None:
    """Raise RefusedError unless qpdf has read everything so far as every other reader does."""
    for complaint in map(str, pdf.get_warnings()):
        if _LIMITS.search(complaint):
            raise RefusedError(RefusalReason.TOO_COMPLEX)
        if _UNFINISHED.search(complaint):
            raise RefusedError(RefusalReason.DAMAGED)
        if not _HARMLESS.search(complaint):
            raise RefusedError(RefusalReason.AMBIGUOUS)
