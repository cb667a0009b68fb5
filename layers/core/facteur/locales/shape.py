"""The shape of a language: everything that the API, mails, notices, exports and PDFs say.

A language without one of the fields does not pass the type check. Words between braces are
parameters, which every language must keep. These are named tuples and not dataclasses because the
first use of a language in a process builds the classes while somebody waits: 4 ms instead of 12.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from facteur.locales.codes import Failures, Problems


class Notice(NamedTuple):
    """The notice that tells a sender of a failure."""

    subject: str
    failed: str
    partly: str
    recipient: str
    more: str
    remedy: str
    again: str


class CampaignNotice(NamedTuple):
    """What the owner of a campaign is told about it by e-mail, beside failures."""

    handed_over_subject: str
    handed_over: str
    """Its owner is gone; the reader is the new one."""
    no_recipients_subject: str
    no_recipients: str
    """It is paused, because its only recipient asked to be forgotten."""


class Mail(NamedTuple):
    """What a mail says beside its message."""

    attachments: Callable[[int], str]
    """What stands above so many attached documents."""
    kilobytes: str
    megabytes: str
    unbreakable_spaces: str | None
    """A regular expression of the spaces at which no line of the message may be broken."""


class Columns(NamedTuple):
    """The head of the export, in the order of its columns."""

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


class Outcomes(NamedTuple):
    """What became of a recipient, by the outcome's value, as the console says it too."""

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
    """The role of a recipient, by the role's value."""

    to: str
    cc: str
    bcc: str
    copy: str


class Export(NamedTuple):
    """The history as CSV."""

    delimiter: str
    """What spreadsheets expect between cells: not a comma where decimals have one."""
    columns: Columns
    forgotten: str
    """Stands for the address of a person who asked to be forgotten."""
    outcomes: Outcomes
    roles: Roles


class Operations(NamedTuple):
    """The nature of what is invoiced, by the operation's value."""

    goods: str
    services: str
    mixed: str


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
    no_vat: str
    late_payment: str


class Language(NamedTuple):
    """One language, complete."""

    tag: str
    """The language as RFC 5646 writes it, with the region whose dates and amounts are printed."""
    decimal_sign: str
    document_types: Mapping[str, str]
    """The name of each type of document, by the type's value; a test finds one that is missing."""
    default_body: str
    """The message that is proposed for a document."""
    campaign_copy: str
    """What is added to the name of a duplicated campaign."""
    problems: Problems
    failures: Failures
    notice: Notice
    campaign_notice: CampaignNotice
    mail: Mail
    export: Export
    pdf: PdfWords
