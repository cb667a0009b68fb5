"""The codes of errors and of failed messages, each with its sentence in every language."""

from typing import NamedTuple


class Problems(NamedTuple):
    """What is wrong and, where it helps, what to do: a sentence for each code of an error, of a
    problem of a request and of a warning of a preview."""

    # Requests as a whole
    validation_failed: str
    json_invalid: str
    object_expected: str
    body_too_large: str
    route_not_found: str
    not_found: str
    internal_error: str
    busy: str
    store_unavailable: str
    archive_unavailable: str
    scheduler_unavailable: str
    schedule_refused: str
    queue_unavailable: str
    inspector_unavailable: str
    idempotency_key_invalid: str
    idempotency_key_reused: str
    cursor_invalid: str
    # Identity
    unauthorized: str
    token_unknown: str
    email_not_verified: str
    client_unknown: str
    scope_missing: str
    admin_only: str
    # Fields
    required: str
    unknown_field: str
    too_long: str
    too_many: str
    too_few: str
    not_allowed: str
    time_invalid: str
    number_invalid: str
    out_of_range: str
    too_many_decimals: str
    date_invalid: str
    local_time_invalid: str
    instant_invalid: str
    boolean_expected: str
    text_expected: str
    text_invalid: str
    list_expected: str
    value_invalid: str
    control_character: str
    direction_character: str
    encoded_word: str
    name_like_address: str
    range_too_long: str
    range_empty: str
    # Registration numbers and bank accounts
    siren_invalid: str
    siren_key_wrong: str
    siret_invalid: str
    siret_key_wrong: str
    vat_number_invalid: str
    vat_number_key_wrong: str
    vat_number_country_unknown: str
    iban_invalid: str
    iban_key_wrong: str
    iban_country_unknown: str
    bic_invalid: str
    bic_country_unknown: str
    # Addresses
    address_invalid: str
    address_local_part_not_ascii: str
    one_address_expected: str
    too_many_addresses: str
    correction_unknown: str
    # Groups of recipients
    group_not_found: str
    group_name_taken: str
    group_in_use: str
    group_too_large: str
    # Messages
    unknown_variable: str
    unbalanced_brace: str
    # Documents
    document_not_found: str
    documents_of_several_types: str
    document_not_published: str
    document_not_published_invoice: str
    document_not_published_purchase_order: str
    document_unavailable: str
    number_taken: str
    type_fixed: str
    version_conflict: str
    attachment_too_large: str
    document_too_large: str
    too_many_pages: str
    document_of_another_type: str
    document_in_use: str
    # Uploaded documents
    campaigns_too_heavy: str
    upload_not_found: str
    upload_changed: str
    upload_not_pdf: str
    upload_damaged: str
    upload_ambiguous: str
    upload_encrypted: str
    upload_without_pages: str
    upload_too_complex: str
    upload_has_scripts: str
    upload_has_actions: str
    upload_has_files: str
    upload_has_media: str
    upload_has_links: str
    upload_reads_files: str
    upload_too_large: str
    upload_date_fixed: str
    source_fixed: str
    upload_not_copied: str
    no_number_follows: str
    # Warnings of the preview
    many_blind_recipients: str
    document_number_empty: str
    list_not_published: str
    document_not_ready: str
    sender_replaced: str
    recipient_bounced: str
    recipient_complained: str
    recipient_suppressed: str
    recipients_flagged: str
    already_sent: str
    already_sent_invoice: str
    already_sent_staff_list: str
    already_sent_to_others: str
    address_complained: str
    # Warnings about a document
    seller_address_missing: str
    seller_siren_missing: str
    seller_vat_number_missing: str
    client_address_missing: str
    client_vat_number_missing: str
    payment_date_missing: str
    vat_exemption_missing: str
    vat_exemption_unused: str
    quantity_zero: str
    price_negative: str
    characters_missing: str
    # Sends
    send_not_found: str
    attachment_not_found: str
    message_not_found: str
    message_too_large: str
    send_in_progress: str
    nothing_to_retry: str
    already_retried: str
    nothing_to_resolve: str
    campaign_message_gone: str
    campaign_message_invalid: str
    sender_not_verified: str
    organization_suspended: str
    daily_limit_reached: str
    export_too_large: str
    export_too_heavy: str
    # Campaigns
    campaign_not_found: str
    copy_deleted: str
    campaign_contended: str
    at_has_passed: str
    ends_ambiguous: str
    ends_before_start: str
    ends_before_next: str
    differs_from_list: str
    days_or_ordinal: str
    weekday_needs_ordinal: str
    none_cannot_be_paused: str
    increment_of_lists_only: str
    increment_needed: str
    owner_not_allowed: str
    profile_not_found: str
    campaign_completed: str
    once_has_passed: str
    recurrence_has_ended: str
    no_recipients: str
    group_unavailable: str
    too_many_recipients: str
    nothing_to_skip: str
    nothing_skipped: str
    occurrence_in_progress: str
    # Settings
    timezone_unknown: str
    country_unknown: str
    region_unknown: str
    sender_domain_not_verified: str
    sender_not_allowed: str
    logo_invalid: str
    logo_too_large: str
    logo_too_many_pixels: str
    # Webhooks
    webhook_not_found: str
    webhook_url_invalid: str
    webhook_url_not_https: str
    webhook_url_not_public: str
    too_many_webhooks: str
    webhook_disabled: str
    delivery_not_found: str
    delivery_under_way: str


class Explanation(NamedTuple):
    """Why a message failed, and what to do about it: full sentences."""

    cause: str
    remedy: str


class Failures(NamedTuple):
    """The explanation of each code that a failed message or Send may have."""

    address_rejected: Explanation
    mailbox_full: Explanation
    suppressed: Explanation
    message_too_large: Explanation
    attachment_too_large: Explanation
    too_many_pages: Explanation
    attachment_rejected: Explanation
    content_rejected: Explanation
    temporary_failure: Explanation
    delivery_timeout: Explanation
    undetermined: Explanation
    sender_not_verified: Explanation
    ses_sandbox: Explanation
    account_suspended: Explanation
    ses_misconfigured: Explanation
    message_refused: Explanation
    ses_unreachable: Explanation
    quota_exceeded: Explanation
    daily_limit_reached: Explanation
    organization_suspended: Explanation
    sending_paused: Explanation
    throttled: Explanation
    expired: Explanation
    unconfirmed: Explanation
    missed: Explanation
    document_unavailable: Explanation
    data_unreadable: Explanation
    owner_unknown: Explanation
    no_recipients: Explanation
    group_unavailable: Explanation
    too_many_recipients: Explanation
    render_failed: Explanation
    message_invalid: Explanation
    # For a code that is not listed above
    unknown: Explanation


FAILURE_CODES = frozenset(Failures._fields) - {"unknown"}
"""Every code that a failed message or Send may have."""
