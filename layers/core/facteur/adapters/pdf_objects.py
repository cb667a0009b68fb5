"""Searches uploaded PDFs for scripts and actions, with pypdf."""

import io
import logging
import re
import time
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

_ACTIONS = {"/JavaScript", "/Launch"}
"""Actions that run code or start programs (ISO 32000-2, 12.6.4)."""
_SCRIPTS = {"/JS", "/JavaScript", "/XFA"}
"""Entries that contain scripts: of actions, of the document, and XML forms."""
_IN_PLAIN_SIGHT = re.compile(rb"/(?:JavaScript|Launch)\b")
"""Names that a viewer that repairs files may find outside the cross-reference table."""

# Its warnings may quote the file.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def runs_something(pdf: bytes, *, patience: float) -> bool:
    """Does a PDF contain scripts, or actions that start programs?

    Raises when it cannot be read within ``patience`` seconds, is encrypted or has no page.
    """
    give_up_at = time.monotonic() + patience
    reader = PdfReader(io.BytesIO(pdf))
    if reader.is_encrypted:
        raise ValueError("encrypted")
    found = _IN_PLAIN_SIGHT.search(pdf) is not None
    for whole in _objects(reader):
        if time.monotonic() > give_up_at:
            raise TimeoutError
        found = found or any(map(_is_script_or_launch, _parts(whole)))
    if not reader.pages:
        raise ValueError("no page")
    return found


def _objects(reader: PdfReader) -> Iterator[PdfObject]:
    """The trailer and every numbered object of a file."""
    yield reader.trailer
    numbered = [(number, kind) for kind, offsets in reader.xref.items() for number in offsets]
    for number, generation in [*numbered, *((number, 0) for number in reader.xref_objStm)]:
        found = reader.get_object(IndirectObject(number, generation, reader))
        if found is not None:
            yield found


def _parts(whole: PdfObject) -> Iterator[PdfObject]:
    """An object and all objects nested in it, without following references."""
    waiting = [whole]
    while waiting:
        part = waiting.pop()
        yield part
        if isinstance(part, DictionaryObject):
            waiting += part.values()
        elif isinstance(part, ArrayObject):
            waiting += list.__iter__(part)


def _is_script_or_launch(part: PdfObject) -> bool:
    if not isinstance(part, DictionaryObject):
        return False
    if not _SCRIPTS.isdisjoint(part):
        return True
    # Not get(), which does not resolve references.
    return "/S" in part and str(part["/S"]) in _ACTIONS
