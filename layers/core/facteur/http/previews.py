"""Previews of unsaved drafts."""

from collections.abc import Callable, Mapping
from typing import Annotated

from pydantic import ConfigDict, Field, RootModel

from facteur.domain.explanations import explain
from facteur.domain.identity import Caller
from facteur.domain.message import PlannedMessage
from facteur.domain.preview import Preview, PreviewWarning
from facteur.domain.recurrence_text import recurrence_text
from facteur.domain.requests import CampaignEdit, SendRequest
from facteur.domain.settings import Sender
from facteur.http.campaigns import DraftCampaign
from facteur.http.fields import ResponseModel
from facteur.http.occurrences import OccurrenceAnswer, occurrence_answer
from facteur.http.sends import NewSend
from facteur.http.sentences import sentence
from facteur.locales import Locale


class Draft(RootModel[NewSend | DraftCampaign]):
    """An immediate send or a campaign, to be neither sent nor saved."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    @classmethod
    def parse_partial(cls, raw: Mapping[str, object]) -> "Draft":
        """Parse as an immediate send or as a campaign, depending on the fields."""
        is_campaign = raw.keys() & {"recurrence", "recipients", "document_type"}
        draft = DraftCampaign.parse_partial(raw) if is_campaign else NewSend.parse_partial(raw)
        return Draft.model_construct(draft)

    def shown(
        self,
        caller: Caller,
        *,
        send: Callable[[Caller, SendRequest], Preview],
        campaign: Callable[[Caller, CampaignEdit], Preview],
    ) -> Preview:
        """Its preview, made by the service for its kind."""
        if isinstance(self.root, NewSend):
            return send(caller, self.root.request)
        return campaign(caller, self.root.edit)


class PreviewedMessage(ResponseModel):
    """A mail: its From and To headers, and the addresses of its envelope."""

    model_config = ConfigDict(validate_by_name=True, serialize_by_alias=True)

    from_: Annotated[str, Field(alias="from")]
    to_header: str
    envelope: list[str]


class PreviewedPdf(ResponseModel):
    """An attachment; the link is valid for a few minutes."""

    filename: str
    size: int
    url: str


class WarningAnswer(ResponseModel):
    """Something to check before sending."""

    code: str
    message: str


class PreviewAnswer(ResponseModel):
    """A draft, rendered."""

    subject: str
    html: str
    text: str
    messages: list[PreviewedMessage]
    documents: list[PreviewedPdf]
    occurrences: list[OccurrenceAnswer]
    recurrence_text: Annotated[
        str | None, Field(description="The recurrence of a campaign, in the reader's language.")
    ]
    warnings: list[WarningAnswer]


def preview_answer(preview: Preview, locale: Locale) -> PreviewAnswer:
    """The response for a preview."""
    return PreviewAnswer(
        subject=preview.subject,
        html=preview.html,
        text=preview.text,
        messages=[_message(planned, preview.sender) for planned in preview.messages],
        documents=[
            PreviewedPdf(filename=document.filename, size=document.size, url=document.url)
            for document in preview.documents
        ],
        occurrences=[occurrence_answer(one, locale) for one in preview.occurrences],
        recurrence_text=_recurrence_text(preview, locale),
        warnings=[
            WarningAnswer(code=warning.code, message=_message_of(warning, locale))
            for warning in preview.warnings
        ],
    )


def _recurrence_text(preview: Preview, locale: Locale) -> str | None:
    draft, today = preview.draft, preview.today
    if draft is None or today is None:
        return None
    return recurrence_text(draft.recurrence, draft.timezone, locale, today=today)


def _message_of(warning: PreviewWarning, locale: Locale) -> str:
    params = dict(warning.params)
    if failure := params.pop("failure", ""):
        params["detail"] = explain(str(failure), locale).cause
    message = sentence(warning.code, params, locale)
    return f"{warning.document} · {message}" if warning.document else message


def _message(planned: PlannedMessage, sender: Sender) -> PreviewedMessage:
    """A mail with its To header, which names the sender when all recipients are blind copies."""
    mailbox = f"{sender.name} <{sender.address}>"
    return PreviewedMessage(
        from_=mailbox,
        to_header=", ".join(planned.to_header) or mailbox,
        envelope=[recipient.address for recipient in planned.envelope],
    )
