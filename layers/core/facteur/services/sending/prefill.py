"""The send form of a document, filled in from its content."""

from dataclasses import dataclass

from facteur.domain.address import parse_addresses
from facteur.domain.content import party_of
from facteur.domain.filenames import filename_of
from facteur.domain.identity import Caller, DocumentId
from facteur.domain.variables import escape_braces
from facteur.domain.wording import default_body, default_subject
from facteur.ports import Renderer, Store
from facteur.services.people import settings_of
from facteur.services.sending.fill import Message, filled, variables_of


@dataclass(frozen=True, slots=True)
class SendForm:
    """The initial form of «Envoyer par email»; braces in subject and body are escaped."""

    to: str
    subject: str
    body: str
    filename: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefillSend:
    """Fills in the form."""

    store: Store
    renderer: Renderer

    def prefill(self, caller: Caller, document_id: DocumentId) -> SendForm:
        """The form of a document. Raises NotFoundError ``document_not_found``."""
        content = self.store.documents(caller.organization).get(document_id).content
        locale = settings_of(self.store.settings(caller.organization)).locale
        date = self.renderer.format_date(content.date, locale)
        template = Message(default_subject(content, locale), default_body(locale))
        message = filled(template, variables_of([content], date=date))
        party = party_of(content)
        addresses, _ = parse_addresses(party.email if party else "", field="to")
        return SendForm(
            to=addresses[0] if addresses else "",
            subject=escape_braces(message.subject),
            body=escape_braces(message.body),
            filename=filename_of(content, on=content.date, locale=locale),
        )
