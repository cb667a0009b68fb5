"""The preview of a Send that is not saved; its PDFs are stored for a day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from facteur.domain.address import Role
from facteur.domain.campaign_occurrences import CampaignOccurrence
from facteur.domain.document import Document
from facteur.domain.identity import OrgId
from facteur.domain.preview import Preview, PreviewedDocument, PreviewWarning
from facteur.domain.send import Send
from facteur.domain.settings import OrganizationSettings
from facteur.ports import Archive, Composer, Renderer
from facteur.services.documents.attach import AttachedDocument, as_recorded
from facteur.services.documents.warn import warnings_about
from facteur.services.sending.fill import Message
from facteur.services.sending.warn_recipients import WarnOfRecipients

MANY_BLIND = 10
"""Blind recipients of one message from which some mail gateways treat it as spam."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPreview:
    """Makes the preview of a Send."""

    archive: Archive
    composer: Composer
    renderer: Renderer
    warn_of_recipients: WarnOfRecipients

    def show(
        self,
        organization: OrgId,
        send: Send,
        attached: Sequence[AttachedDocument],
        settings: OrganizationSettings,
        *,
        warnings: Sequence[PreviewWarning],
        occurrences: Sequence[CampaignOccurrence] = (),
        repeats: bool = False,
    ) -> Preview:
        """The preview, with links to its PDFs that are valid for some minutes.

        It warns of recipients who have had the same documents already, unless the Send ``repeats``
        them, as a campaign with a recurrence does.

        The mail names its attachments, so the Send is composed with them, as it will be when it is
        sent.
        """
        text = self.composer.text(replace(send, documents=tuple(map(as_recorded, attached))))
        return Preview(
            subject=send.subject,
            html=text.html,
            text=text.text,
            sender=send.sender,
            messages=send.messages(),
            documents=[
                PreviewedDocument(
                    document.filename,
                    len(document.pdf),
                    self.archive.preview(organization, document.pdf, filename=document.filename),
                )
                for document in attached
            ],
            warnings=[
                *warnings,
                *self.warn_of_recipients.of_standings(organization, send, settings),
                *(() if repeats else self._of_repetition(organization, send, attached, settings)),
                *self._of_documents(attached, settings),
                *_of_the_sender(send),
            ],
            occurrences=occurrences,
        )

    def _of_repetition(
        self,
        organization: OrgId,
        send: Send,
        attached: Sequence[AttachedDocument],
        settings: OrganizationSettings,
    ) -> Iterator[PreviewWarning]:
        documents = [(one.document, one.date) for one in attached]
        return self.warn_of_recipients.of_repetition(organization, send, documents, settings)

    def _of_documents(
        self, attached: Sequence[AttachedDocument], settings: OrganizationSettings
    ) -> list[PreviewWarning]:
        """What their forms warn of; what lacks in the settings lacks in all of them."""
        found: list[PreviewWarning] = []
        for one in attached:
            content = one.document.content
            name = content.name if len(attached) > 1 else ""
            for warning in warnings_about(content, settings, self.renderer):
                document = name if warning.field else ""
                found.append(PreviewWarning(warning.code, warning.params, document))
        return [warning for n, warning in enumerate(found) if warning not in found[:n]]


def warnings_of(
    send: Send, template: Message, documents: Sequence[Document]
) -> Iterator[PreviewWarning]:
    """The warnings about recipients, message and documents of a Send."""
    blind = sum(recipient.role is Role.BCC for recipient in send.recipients)
    if not send.separate and blind >= MANY_BLIND:
        yield PreviewWarning("many_blind_recipients", {"count": blind})
    uses_number = "{document_number}" in template.subject + template.body
    if uses_number and any(not document.content.number for document in documents):
        yield PreviewWarning("document_number_empty")


def _of_the_sender(send: Send) -> Iterator[PreviewWarning]:
    if send.sender.reply_to is not None:
        params = {"address": send.sender.address, "reply_to": send.sender.reply_to}
        yield PreviewWarning("sender_replaced", {**params})
