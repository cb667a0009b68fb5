"""Checks a campaign when it is saved, so that its occurrences do not fail later."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from facteur.domain.account import Account
from facteur.domain.address import Role, parse_addresses, without_duplicates
from facteur.domain.campaign import CampaignDraft
from facteur.domain.content import DocumentType, UploadedPdf
from facteur.domain.document import Document
from facteur.domain.errors import InputError, Problem
from facteur.domain.group import Group, check_count, with_groups
from facteur.domain.headers import check_header
from facteur.domain.identity import DocumentId, GroupId, OrgId
from facteur.domain.occurrences import Calendar, is_timezone
from facteur.domain.public_holidays import HolidayArea
from facteur.domain.recurrence import NoRecurrence, Once, Periodic, Recurrence, needs_working_days
from facteur.domain.recurrence_changes import started
from facteur.domain.requests import CampaignRequest
from facteur.domain.settings import OrganizationSettings
from facteur.ports import Store
from facteur.services.documents.attach import check_size, uploaded_sizes
from facteur.services.documents.choose import choose_documents
from facteur.services.people import settings_of
from facteur.services.sending.choose_groups import choose_groups
from facteur.services.sending.fill import (
    Message,
    check_template,
    fill,
    template_of,
    typed_message,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCampaign:
    """A draft without problems, with its groups and documents as stored now."""

    draft: CampaignDraft
    groups: Sequence[Group]
    documents: Sequence[Document]
    settings: OrganizationSettings
    account: Account
    first_document_date: dt.date | None

    @property
    def list_date(self) -> dt.date:
        """The date of the first document."""
        return self.documents[0].content.date

    @property
    def first_date(self) -> dt.date:
        """The date that occurrence 0 of a new campaign carries."""
        return self.first_document_date or self.list_date


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCampaign:
    """Checks a request, except whether its documents are ready."""

    store: Store

    def check(
        self,
        organization: OrgId,
        request: CampaignRequest,
        *,
        now: dt.datetime,
        paused: bool = False,
        stored: CampaignDraft | None = None,
    ) -> CheckedCampaign:
        """The checked draft; ``stored`` is the present one, whose past date may stay.

        Raises InputError with every problem of the request.
        """
        repository = self.store.settings(organization)
        settings = settings_of(repository)
        problems = list(request.problems)
        broken = {problem.field.partition(".")[0] for problem in problems}
        found: Sequence[Document] = ()
        if "document_ids" not in broken:
            documents = self.store.documents(organization)
            found, wrong = choose_documents(documents, request.document_ids)
            problems += wrong
        groups, unknown = choose_groups(self.store.groups(organization), request.groups)
        recipients, wrong = _recipients(request, groups)
        wrong += unknown
        template = template_of(request.subject, request.body, found, settings.locale)
        if found or request.subject is not None:
            wrong += check_template(template)
        wrong += _wrong_name(request)
        wrong += _wrong_type(request, found)
        wrong += check_size(uploaded_sizes(found))
        is_kept = stored is not None and _has_calendar(stored, request, now)
        wrong += calendar_problems(
            request.recurrence, request.timezone, settings.area, now=now, is_kept=is_kept
        )
        if isinstance(request.recurrence, NoRecurrence) and paused:
            wrong.append(Problem("status", "none_cannot_be_paused"))
        wrong += _wrong_increment(request, found)
        problems += (p for p in wrong if not (p.code == "required" and p.field in broken))
        if problems:
            raise InputError(problems)
        # Checks the filled message with present values; a date has ten characters.
        contents = [document.content for document in found]
        fill(template, contents, date=contents[0].date.isoformat())
        draft = _draft_of(request, recipients, template, now=now, stored=stored)
        needs_area = needs_working_days(draft.recurrence)
        return CheckedCampaign(
            draft=replace(draft, area=settings.area) if needs_area else draft,
            groups=groups,
            documents=found,
            settings=settings,
            account=repository.get_account(),
            first_document_date=request.first_document_date,
        )


def draft_again(
    request: CampaignRequest, *, subject: str, body: str, now: dt.datetime
) -> CampaignDraft:
    """The draft of a request checked ``now``; ``subject`` and ``body`` were its defaults."""
    recipients, _ = _recipients(request, ())
    template = typed_message(
        subject if request.subject is None else request.subject,
        body if request.body is None else request.body,
    )
    return _draft_of(request, recipients, template, now=now)


def _draft_of(
    request: CampaignRequest,
    recipients: tuple[str, ...],
    template: Message,
    *,
    now: dt.datetime,
    stored: CampaignDraft | None = None,
) -> CampaignDraft:
    if request.document_type is None or request.recurrence is None:
        raise InputError([*request.problems])
    today = now.astimezone(ZoneInfo(request.timezone)).date()
    before = stored.recurrence if stored is not None else None
    return CampaignDraft(
        name=request.name,
        document_type=request.document_type,
        document_ids=tuple(DocumentId(chosen) for chosen in dict.fromkeys(request.document_ids)),
        recipients=recipients,
        copy_to_sender=request.copy_to_sender,
        separate=request.separate,
        subject=template.subject,
        body=template.body,
        recurrence=started(request.recurrence, today, before),
        timezone=request.timezone,
        auto_increment_date=request.auto_increment_date,
        groups=tuple(GroupId(chosen) for chosen in dict.fromkeys(request.groups)),
    )


def _recipients(
    request: CampaignRequest, groups: Sequence[Group]
) -> tuple[tuple[str, ...], list[Problem]]:
    """The typed addresses without duplicates, and what is wrong with all recipients."""
    addresses, problems = parse_addresses(request.recipients, field="recipients")
    typed = without_duplicates(addresses, (), ())
    if not typed and not problems and not request.groups:
        problems.append(Problem("recipients", "required"))
    everybody = with_groups(typed, groups, role=Role.TO)
    wrong = check_count(typed, field="recipients") or check_count(everybody, field="groups")
    return tuple(recipient.address for recipient in typed), problems + wrong


def _wrong_name(request: CampaignRequest) -> Iterator[Problem]:
    if not request.name:
        yield Problem("name", "required")
    yield from check_header(request.name, field="name")


def _wrong_type(request: CampaignRequest, found: Sequence[Document]) -> Iterator[Problem]:
    if request.document_type is None:
        yield Problem("document_type", "required")
        return
    for document in found:
        if document.type is not request.document_type:
            params = {"name": document.content.name}
            yield Problem("document_ids", "document_of_another_type", {**params})


def calendar_problems(
    recurrence: Recurrence | None,
    timezone: str,
    area: HolidayArea,
    *,
    now: dt.datetime,
    is_kept: bool = False,
) -> Iterator[Problem]:
    """What is wrong with a recurrence in its zone; ``is_kept``: it is stored, and may be past."""
    if recurrence is None:
        yield Problem("recurrence", "required")
    if not is_timezone(timezone):
        yield Problem("timezone", "timezone_unknown")
    elif recurrence is not None and not is_kept:
        zone = ZoneInfo(timezone)
        rule = started(recurrence, now.astimezone(zone).date())
        is_over = Calendar(rule, zone, area).next_after(now) is None
        if is_over and isinstance(rule, Once):
            yield Problem("recurrence.at", "at_has_passed")
        elif is_over and isinstance(rule, Periodic):
            yield Problem("recurrence.ends.on", "ends_before_next")


def _has_calendar(stored: CampaignDraft, request: CampaignRequest, now: dt.datetime) -> bool:
    if request.recurrence is None or request.timezone != stored.timezone:
        return False
    today = now.astimezone(stored.zone).date()
    return started(request.recurrence, today, stored.recurrence) == stored.recurrence


def _wrong_increment(request: CampaignRequest, found: Sequence[Document]) -> Iterator[Problem]:
    if not request.auto_increment_date:
        if request.first_document_date is not None:
            yield Problem("first_document_date", "increment_needed")
        return
    if not _may_increment(request.document_type, request.recurrence):
        yield Problem("auto_increment_date", "increment_of_lists_only")
    elif any(isinstance(document.content, UploadedPdf) for document in found):
        yield Problem("auto_increment_date", "upload_date_fixed")


def _may_increment(kind: DocumentType | None, recurrence: Recurrence | None) -> bool:
    """Treat a missing type or recurrence as allowed: it is a problem of its own."""
    moving_date = kind is None or kind.rules.moving_date
    return moving_date and (recurrence is None or isinstance(recurrence, Periodic))
