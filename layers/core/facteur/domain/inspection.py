"""What the inspection of an uploaded PDF can say of it."""

from dataclasses import dataclass
from enum import StrEnum


class RefusalReason(StrEnum):
    """Why an uploaded PDF may not be sent; the values are codes of problems."""

    NOT_PDF = "upload_not_pdf"
    DAMAGED = "upload_damaged"
    """A reader would have to repair it, and readers repair differently."""
    AMBIGUOUS = "upload_ambiguous"
    """Readers understand it differently: an entry given twice, a value where a name belongs."""
    ENCRYPTED = "upload_encrypted"
    WITHOUT_PAGES = "upload_without_pages"
    TOO_COMPLEX = "upload_too_complex"
    HAS_SCRIPTS = "upload_has_scripts"
    HAS_ACTIONS = "upload_has_actions"
    HAS_FILES = "upload_has_files"
    HAS_MEDIA = "upload_has_media"
    HAS_LINKS = "upload_has_links"
    """Links that are not to the web, a mail address or a telephone."""
    READS_FILES = "upload_reads_files"
    """It refers to files outside itself: on this computer, or on another of the network."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a PDF is refused; ``what`` names the action for HAS_ACTIONS, in letters and digits."""

    reason: RefusalReason
    what: str = ""


@dataclass(frozen=True, slots=True)
class Inspection:
    """The result for the bytes with this SHA-256, in hexadecimal; no refusal means good.

    Without a SHA-256, there were no bytes that could be inspected to the end.
    """

    sha256: str
    refusal: Refusal | None = None
