"""An immediate send as it would be: the very mail and PDFs; only the PDFs are kept, for a day."""

from dataclasses import dataclass

from facteur.domain.address import Role
from facteur.domain.asked import SendRequest
from facteur.domain.errors import Parameter
from facteur.domain.identity import Caller, SendId
from facteur.domain.preview import Caution, Preview, PreviewedDocument
from facteur.domain.send import Origin, Send
from facteur.domain.settings import sender_of
from facteur.ports import Archive, Clock, Composer, Ids, Store
from facteur.services.people import profile_of
from facteur.services.prepare_send import PreparedSend, PrepareSend

MANY_BLIND = 10
"""Blind recipients of one message from which some gateways take it for spam."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewSend:
    """Renders an unsaved draft of an immediate send."""

    store: Store
    archive: Archive
    composer: Composer
    clock: Clock
    ids: Ids
    prepare: PrepareSend

    def __call__(self, caller: Caller, request: SendRequest) -> Preview:
        """Raises InputError, ConflictError ``sender_not_verified``."""
        prepared = self.prepare(caller.organization, request)
        send = self._unsaved(caller, prepared)
        text = self.composer.text(send)
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
                    self.archive.preview(
                        caller.organization, document.pdf, filename=document.filename
                    ),
                )
                for document in prepared.documents
            ],
            cautions=_cautions(prepared, send),
        )

    def _unsaved(self, caller: Caller, prepared: PreparedSend) -> Send:
        profile = profile_of(self.store.settings(caller.organization), caller)
        sender = sender_of(profile, prepared.settings)
        now = self.clock.now()
        return Send(
            id=SendId(self.ids.new_id(now)),
            origin=Origin.MANUAL,
            created_by=caller.user,
            queued_at=now,
            sender=sender,
            recipients=prepared.recipients,
            separate=prepared.request.separate,
            copy=sender.copy_to if prepared.request.copy_to_sender else None,
            subject=prepared.message.subject,
            body=prepared.message.body,
            signature=profile.signature,
            locale=prepared.settings.locale,
            document_type=prepared.document_type,
        )


def _cautions(prepared: PreparedSend, send: Send) -> list[Caution]:
    cautions: list[Caution] = []
    blind = sum(recipient.role is Role.BCC for recipient in send.recipients)
    if not send.separate and blind >= MANY_BLIND:
        cautions.append(Caution("many_blind_recipients", {"count": blind}))
    uses_number = "{document_number}" in prepared.template.subject + prepared.template.body
    if uses_number and any(not d.document.content.number for d in prepared.documents):
        cautions.append(Caution("document_number_empty"))
    cautions += (
        Caution("list_not_published", {"name": document.content.name})
        for document in prepared.draft_lists
    )
    if send.sender.reply_to is not None:
        params: dict[str, Parameter] = {
            "address": send.sender.address,
            "reply_to": send.sender.reply_to,
        }
        cautions.append(Caution("sender_replaced", params))
    return cautions
