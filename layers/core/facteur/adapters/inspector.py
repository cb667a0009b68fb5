"""The port ``Inspector``: checks whether an uploaded PDF may be sent."""

from dataclasses import dataclass

from facteur.domain.errors import InputError, Problem

_MAGIC = b"%PDF-"


@dataclass(frozen=True, slots=True)
class PdfInspector:
    """The port ``Inspector``. Loads pypdf at the first check.

    A file that takes more than ``patience`` seconds is refused.
    """

    patience: float = 10.0

    def check(self, pdf: bytes, *, field: str) -> None:
        """Read every object, also those that no page refers to. Raises InputError."""
        from facteur.adapters import pdf_objects  # noqa: PLC0415  (pypdf)

        if not pdf.startswith(_MAGIC):
            raise InputError([Problem(field, "upload_not_pdf")])
        try:
            is_harmful = pdf_objects.runs_something(pdf, patience=self.patience)
        except Exception as error:
            # pypdf raises arbitrary exceptions for a broken file, and for an encrypted one that the
            # key or the cipher is missing.
            if b"/Encrypt" in pdf:
                raise InputError([Problem(field, "upload_encrypted")]) from error
            raise InputError([Problem(field, "upload_not_pdf")]) from error
        if is_harmful:
            raise InputError([Problem(field, "upload_has_actions")])
