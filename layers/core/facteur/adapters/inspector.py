"""PDFs made elsewhere: may they be sent on?"""

from dataclasses import dataclass

from facteur.domain.errors import InputError, Problem

_MAGIC = b"%PDF-"


@dataclass(frozen=True, slots=True)
class PdfInspector:
    """``Inspector``, which loads pypdf when it first looks into a file.

    One that takes more seconds than its ``patience`` is refused.
    """

    patience: float = 10.0

    def check(self, pdf: bytes, *, field: str) -> None:
        """Reads every object, whether a page leads to it or not. Raises InputError."""
        from facteur.adapters import pdf_objects  # noqa: PLC0415  (pypdf)

        if not pdf.startswith(_MAGIC):
            raise InputError([Problem(field, "upload_not_pdf")])
        try:
            is_harmful = pdf_objects.runs_something(pdf, patience=self.patience)
        except Exception as error:
            # What pypdf raises of a broken file is whatever its parsing stumbled over; of one that
            # is encrypted, that it lacks the key or the cipher.
            if b"/Encrypt" in pdf:
                raise InputError([Problem(field, "upload_encrypted")]) from error
            raise InputError([Problem(field, "upload_not_pdf")]) from error
        if is_harmful:
            raise InputError([Problem(field, "upload_has_actions")])
