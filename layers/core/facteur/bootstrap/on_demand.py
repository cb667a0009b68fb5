"""Adapters whose libraries are imported at their first use, as most requests need none of them."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from facteur.domain.content import Written
from facteur.domain.document import Document
from facteur.domain.send import Send
from facteur.domain.settings import OrganizationSettings
from facteur.locales import Locale
from facteur.ports import Attachment, Composer, Composition, MailText, Renderer

PRINTABLE = frozenset(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)]))
"""Characters that the fonts are known to have without being asked: the Latin-1 ones."""


class RendererOnDemand:
    """The port ``Renderer``: ``PdfRenderer``, with fpdf2, Babel, Pillow and fontTools."""

    def render(self, document: Document, settings: OrganizationSettings, *, on: date) -> bytes:
        return _renderer().render(document, settings, on=on)

    def ensure_printable(self, content: Written, settings: OrganizationSettings) -> None:
        _renderer().ensure_printable(content, settings)

    def unprintable(self, characters: str) -> str:
        unusual = "".join(each for each in characters if each not in PRINTABLE)
        return _renderer().unprintable(unusual) if unusual else ""

    def format_date(self, value: date, locale: Locale) -> str:
        return _renderer().format_date(value, locale)


class ComposerOnDemand:
    """The port ``Composer``: ``MailComposer``, with Jinja2 and css-inline."""

    def text(self, send: Send) -> MailText:
        return _composer().text(send)

    def compose(self, send: Send, attachments: Sequence[Attachment]) -> Composition:
        return _composer().compose(send, attachments)


@cache
def _renderer() -> Renderer:
    from facteur.adapters.pdf.renderer import PdfRenderer

    return PdfRenderer()


@cache
def _composer() -> Composer:
    from facteur.adapters.email.compose import MailComposer

    return MailComposer()
