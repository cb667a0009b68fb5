"""The shape of a language: everything that the API, mails, notices, exports and PDFs say.

A language without one of the fields does not pass the type check. Words between braces are
parameters, which every language must keep. Named tuples rather than dataclasses: their classes are
built during the first request that uses a language, which takes 4 ms instead of 12.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from facteur.locales.codes import Failures, Problems


class RecurrenceWords(NamedTuple):
    """The parts of the sentence that says a recurrence back; they are joined by commas."""

    date: str
    """A date, for ``strftime``."""
    at_once: str
    once: str
    on_date: str
    at: str
    zone: Callable[[str], str]
    """The local time of a city, or UTC."""
    weeks: Callable[[int], str]
    months: Callable[[int], str]
    years: Callable[[int, str], str]
    """Every so many years, in a month."""
    month_names: Sequence[str]
    weekday_names: Sequence[str]
    """From Monday on."""
    weekdays: Callable[[Sequence[str]], str]
    days_of_month: Callable[[Sequence[int]], str]
    ordinal: str
    ordinals: Sequence[str]
    working_day: str
    moved_before: str
    moved_after: str
    starting: str
    until: str
    sends_in_all: Callable[[int], str]


class Notice(NamedTuple):
    """The mail that notifies a sender of a failure."""

    subject: str
    unconfirmed_subject: str
    not_made: str
    """The Send could not be made: nothing was e-mailed."""
    failed: str
    partly: str
    unconfirmed: str
    unconfirmed_partly: str
    also_unconfirmed: str
    """Comes between the recipients that failed and those of whom it is not known."""
    campaign: str
    occurrence: str
    when: str
    """A local date and time, for ``strftime``."""
    cause: str
    recipient: str
    more: str
    remedy: str
    not_resent: str
    paused: str
    again: str
    again_anew: str
    """The same when no PDF was frozen: a retry renders the documents as they are then."""
    open: str


class CampaignNotice(NamedTuple):
    """What the owner of a campaign is told about it by e-mail, beside failures."""

    handed_over_subject: str
    handed_over: str
    """Its owner is gone; the reader is the new one."""
    no_recipients_subject: str
    no_recipients: str
    """It is paused, because its only recipient asked to be forgotten."""
    unreadable_subject: str
    unreadable: str
    """It cannot be read, so that nothing but its id is known; the reader is an administrator."""


class WebhookNotice(NamedTuple):
    """What administrators are told about a webhook that was disabled by itself."""

    subject: str
    gone: str
    unreachable: str


class Mail(NamedTuple):
    """The texts of a mail besides its message."""

    attachments: Callable[[int], str]
    """The heading of the list of attached documents, by their number."""
    kilobytes: str
    megabytes: str
    unbreakable_spaces: str | None
    """A regular expression that matches the spaces at which a line must not be broken."""


class Columns(NamedTuple):
    """The header row of the export, in the order of its columns."""

    send: str
    queued_at: str
    sent_at: str
    outcome: str
    outcome_at: str
    address: str
    role: str
    subject: str
    type: str
    document_names: str
    document_numbers: str
    filenames: str
    sha256: str
    ses_message_id: str
    sender: str
    error: str
    explanation: str


class Outcomes(NamedTuple):
    """The name of each outcome of a recipient, by its value; the console uses the same names."""

    queued: str
    sending: str
    unconfirmed: str
    sent: str
    delayed: str
    delivered: str
    bounced: str
    complained: str
    rejected: str
    failed: str


class Roles(NamedTuple):
    """The name of each role of a recipient, by its value."""

    to: str
    cc: str
    bcc: str
    copy: str


class Export(NamedTuple):
    """The history as CSV."""

    delimiter: str
    """The separator that spreadsheets expect: no comma where that is the decimal sign."""
    columns: Columns
    forgotten: str
    """Stands for the address of a person who asked to be forgotten."""
    outcomes: Outcomes
    roles: Roles


class Operations(NamedTuple):
    """The name of each kind of operation that an invoice may state, by its value."""

    goods: str
    services: str
    mixed: str


class VatExemptions(NamedTuple):
    """The mention of each reason for which an invoice states no VAT, by its value."""

    franchise: str
    reverse_charge: str
    intra_community: str


class PdfWords(NamedTuple):
    """The labels and sentences printed on documents."""

    number: str
    page: str

    site: str
    headcount: str
    people: Callable[[int], str]
    nobody: str
    last_name: str
    first_name: str
    position: str
    phone: str
    email: str
    hours: str
    since: str
    until: str
    remarks: str

    subject: str
    issued_on: str
    ordered_on: str
    delivered_on: str
    deliver_by: str
    due_on: str
    order_number: str
    client: str
    supplier: str
    delivery_address: str
    description: str
    quantity: str
    unit: str
    unit_price: str
    vat: str
    line_total: str
    total_net: str
    vat_at: str
    vat_at_on: str
    total_gross: str
    to_pay: str
    by_transfer: str
    payment: str
    notes: str

    vat_number: str
    capital: str
    operation: str
    operations: Operations
    vat_on_debits: str
    vat_exemptions: VatExemptions
    late_payment: str


class Language(NamedTuple):
    """All texts of one language."""

    tag: str
    """The RFC 5646 tag, with the region whose formats of dates and amounts are used."""
    decimal_sign: str
    document_types: Mapping[str, str]
    """The name of each type of document, by the type's value; a test finds one that is missing."""
    default_body: str
    """The message proposed for a document, and sent when a request has no ``body``."""
    campaign_copy: str
    """The suffix of the name of a duplicated campaign."""
    campaign_copies: str
    """The suffix of the copy of a copy: ``{n}`` counts from 2."""
    recurrence: RecurrenceWords
    problems: Problems
    failures: Failures
    notice: Notice
    campaign_notice: CampaignNotice
    webhook_notice: WebhookNotice
    mail: Mail
    export: Export
    pdf: PdfWords
