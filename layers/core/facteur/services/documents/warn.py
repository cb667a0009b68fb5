"""Warnings about a document, for its form and for the preview of what sends it."""

from dataclasses import dataclass

from facteur.domain.content import Content, UploadedPdf
from facteur.domain.document_warnings import (
    DocumentWarning,
    content_warnings,
    printed_characters,
)
from facteur.domain.identity import Caller
from facteur.domain.settings import OrganizationSettings
from facteur.ports import Renderer, Store
from facteur.services.people import settings_of

MAX_NAMED_CHARACTERS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class WarnOfDocuments:
    """Finds what a person should look at before a document is sent."""

    store: Store
    renderer: Renderer

    def of_content(self, caller: Caller, content: Content) -> list[DocumentWarning]:
        """The warnings about a document, with the organization's settings as they are now."""
        settings = settings_of(self.store.settings(caller.organization))
        return warnings_about(content, settings, self.renderer)


def warnings_about(
    content: Content, settings: OrganizationSettings, renderer: Renderer
) -> list[DocumentWarning]:
    """The warnings about a content that is printed with these settings."""
    found = content_warnings(content, settings)
    if isinstance(content, UploadedPdf):
        return found
    if missing := renderer.unprintable(printed_characters(content, settings)):
        shown = " ".join(missing[:MAX_NAMED_CHARACTERS])
        found.append(DocumentWarning("characters_missing", params={"characters": shown}))
    return found
