"""English."""

from collections.abc import Sequence
from typing import Final

from facteur.locales.codes import Explanation, Failures, Problems
from facteur.locales.shape import (
    CampaignNotice,
    Columns,
    Export,
    Language,
    Mail,
    Notice,
    Operations,
    Outcomes,
    PdfWords,
    RecurrenceWords,
    Roles,
    VatExemptions,
    WebhookNotice,
)

_CHECK_ADDRESS = "Check the address with the recipient, then retry the send with the right one."
_LATER = "Retry the send in a few hours."
_LIGHTER = "Send a lighter document, or hand it over by other means."
_ADMINISTRATOR = "Tell the person who runs Facteur, then retry the send."


def _attachments(count: int) -> str:
    return "Attachment" if count == 1 else f"{count} attachments"


def _people(count: int) -> str:
    return f"{count} people" if count > 1 else f"{count} person"


def _and(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _days_of_month(days: Sequence[int]) -> str:
    """The last days of the months that lack one are said once, for all of them."""
    named = _and([_rank(day) for day in days if day < 31])
    if days[-1] == 31:
        return _and([f"on the {named}", "on the last day of the month"] if named else _LAST_DAY)
    return f"on the {named}{' (or the last day of the month)' if days[-1] > 28 else ''}"


_LAST_DAY = ["on the last day of the month"]


def _rank(day: int) -> str:
    ending = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


LANGUAGE: Final = Language(
    tag="en-GB",
    decimal_sign=".",
    document_types={
        "staff_list": "Staff list",
        "invoice": "Invoice",
        "purchase_order": "Purchase order",
    },
    default_body="Hello,\n\nPlease find attached: {document_name}.",
    campaign_copy=" (copy)",
    campaign_copies=" (copy {n})",
    recurrence=RecurrenceWords(
        date="%d/%m/%Y",
        at_once="At once, a single time",
        once="Once",
        on_date="on {date}",
        at="at {time}",
        zone=lambda city: f"{city} time",
        weeks=lambda n: "Every week" if n == 1 else f"Every {n} weeks",
        months=lambda n: "Every month" if n == 1 else f"Every {n} months",
        years=lambda n, month: (
            f"Every year in {month}" if n == 1 else f"Every {n} years in {month}"
        ),
        month_names=(
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        weekday_names=(
            *("Monday", "Tuesday", "Wednesday", "Thursday"),
            *("Friday", "Saturday", "Sunday"),
        ),
        weekdays=lambda names: f"on {_and(names)}",
        days_of_month=_days_of_month,
        ordinal="on the {ordinal} {day}",
        ordinals=("first", "second", "third", "fourth", "last"),
        working_day="working day",
        moved_before="on the working day before if that is a weekend or a public holiday",
        moved_after="on the working day after if that is a weekend or a public holiday",
        starting="from {date}",
        until="until {date}",
        sends_in_all=lambda n: "a single send" if n == 1 else f"{n} sends in all",
    ),
    problems=Problems(
        # Requests as a whole
        validation_failed="The request has errors.",
        json_invalid="The body of the request is not valid JSON.",
        object_expected="A JSON object is expected.",
        body_too_large="The request is larger than {max_kilobytes} KB.",
        route_not_found="There is nothing at this address.",
        not_found="Not found.",
        internal_error="Something went wrong on our side. Reference: {request_id}.",
        busy="Too many requests at once. Try again in a few seconds.",
        store_unavailable="The data store does not answer. Try again in a few seconds.",
        archive_unavailable="The document archive does not answer. Try again in a few seconds.",
        scheduler_unavailable="Scheduling does not answer. Try again in a few seconds.",
        schedule_refused="Scheduling refuses this campaign. Tell the person who runs Facteur.",
        inspector_unavailable="Uploads cannot be checked now. Try again in a few seconds.",
        queue_unavailable="The sending queue does not answer. Try again in a few seconds.",
        idempotency_key_invalid=(
            "The Idempotency-Key must have 1 to 255 printable ASCII characters."
        ),
        idempotency_key_reused=(
            "This Idempotency-Key has already been used for another request. Use another."
        ),
        cursor_invalid="This cursor is not valid. Start again from the first page.",
        # Identity
        unauthorized="A valid token is needed. Sign in, then try again.",
        token_unknown="This token names no user. Sign in again.",
        email_not_verified="Your e-mail address is not verified. Verify it, then sign in again.",
        client_unknown="This application has not been let in. Ask an operator to let it in.",
        scope_missing="This token does not have the scope facteur/api. Request it with the token.",
        admin_only="Only an administrator of your organization may change this.",
        # Fields
        required="This field is required.",
        unknown_field="There is no such field.",
        too_long="At most {max_length} characters.",
        too_many="At most {max_length} items.",
        too_few="At least {min_length} item.",
        not_allowed="Not an allowed value. Possible values: {expected}.",
        time_invalid="This is not a time (HH:MM).",
        number_invalid="This is not a number allowed here.",
        out_of_range="This value is out of range (expected: {limit}).",
        too_many_decimals="At most {decimal_places} decimals.",
        date_invalid="This is not a date (YYYY-MM-DD).",
        local_time_invalid="This is not a date and time (YYYY-MM-DDTHH:MM).",
        instant_invalid="This is not an instant (YYYY-MM-DDTHH:MM:SSZ).",
        boolean_expected="true or false is expected.",
        text_expected="A text is expected.",
        text_invalid="This text has impossible characters.",
        list_expected="A list is expected.",
        value_invalid="This value is not allowed.",
        control_character="Line breaks and control characters are not allowed here.",
        direction_character=(
            "An invisible character changes the reading direction here. Type this text anew"
            " instead of pasting it."
        ),
        encoded_word="A sequence “=?…?=” is not allowed here.",
        name_like_address="A name does not contain “@”: write your name, not an address.",
        range_too_long="At most {max} days.",
        range_empty="The end date is before the start date.",
        # Registration numbers and bank accounts
        siren_invalid="A SIREN has 9 digits: the first 9 of the SIRET.",
        siren_key_wrong="The key of this SIREN does not match. Check each of its 9 digits.",
        siret_invalid="A SIRET has 14 digits: the SIREN, then 5 digits.",
        siret_key_wrong="The key of this SIRET does not match. Check each of its 14 digits.",
        vat_number_invalid=(
            "This VAT number does not look like those of its country (example: FR44732829320)."
        ),
        vat_number_key_wrong="The key of this VAT number does not match. Check each character.",
        vat_number_country_unknown=(
            "A VAT number begins with the code of its country (example: FR44732829320)."
        ),
        iban_invalid=(
            "This IBAN does not look like those of its country. Copy it from a bank statement."
        ),
        iban_key_wrong="The key of this IBAN does not match. Check each character.",
        iban_country_unknown="This IBAN does not begin with the code of a country that issues any.",
        bic_invalid="A BIC has 8 or 11 characters (example: AGRIFRPP).",
        bic_country_unknown="Characters 5 and 6 of this BIC are not the code of a country.",
        # Addresses
        address_invalid="“{address}” is not a valid e-mail address.",
        address_local_part_not_ascii=(
            "“{address}”: the sending service takes no accents before the @."
        ),
        one_address_expected="Exactly one address is expected.",
        too_many_addresses="{count} addresses: a send has at most {max_length}.",
        correction_unknown="This address is not among those to retry.",
        # Groups of recipients
        group_not_found="There is no such mailing list.",
        group_name_taken="Another mailing list is already called “{name}”. Choose another name.",
        group_in_use=(
            "Campaigns still send to this mailing list: {campaigns}. Take it out of these first."
        ),
        group_too_large="This mailing list is too large. Remove addresses or shorten the names.",
        # Messages
        unknown_variable="There is no variable “{{{name}}}”. Possible variables: {known}.",
        unbalanced_brace=(
            "Lone brace at character {position}. Double it to have it written as it is."
        ),
        # Documents
        document_not_found="There is no such document.",
        documents_of_several_types=(
            "The documents of a send are all of the same type. Send the others apart."
        ),
        document_not_published="“{name}” is not published. Publish this list, then try again.",
        document_not_published_invoice=(
            "“{name}” is a draft. Set this invoice to sent, then try again."
        ),
        document_not_published_purchase_order=(
            "“{name}” is a draft. Set this order to sent, then try again."
        ),
        document_unavailable=(
            "A document of this send no longer exists or is no longer published. Publish it, or"
            " choose another."
        ),
        number_taken="The number {number} already belongs to “{name}”. Choose another.",
        type_fixed="The type of a document cannot change. Create another one instead.",
        version_conflict=(
            "Somebody has changed it meanwhile. Reload to start from the latest version."
        ),
        attachment_too_large=(
            "The attachments weigh {megabytes} MB once encoded: at most {max_megabytes} MB. Remove"
            " documents."
        ),
        document_too_large="This document is too large. Remove lines or shorten their texts.",
        too_many_pages=(
            "This document would have more than {max_pages} pages. Remove lines, or line breaks"
            " from their texts."
        ),
        document_of_another_type="“{name}” is not of the type chosen for the campaign.",
        document_in_use=(
            "Campaigns still send this document: {campaigns}. Take it out of these first."
        ),
        # Uploaded documents
        campaigns_too_heavy=(
            "With this file the attachments would weigh {megabytes} MB once encoded (at most"
            " {max_megabytes} MB) in: {campaigns}. Upload a lighter PDF, or take documents out of"
            " these campaigns."
        ),
        upload_not_found="This file has not been posted, or more than a day ago. Post it again.",
        upload_changed="Another file was posted while this one was checked. Post yours again.",
        upload_not_pdf="This file is not a PDF. Export the document to PDF, then upload that.",
        upload_damaged="This PDF is damaged: not every program could open it. Export it again.",
        upload_ambiguous=(
            "Programs can read this PDF in different ways (an entry stands there twice, or is"
            " malformed). Print it to PDF, then upload that."
        ),
        upload_encrypted="This PDF is encrypted or protected. Upload a version without protection.",
        upload_without_pages="This PDF has no page. Export the document again.",
        upload_too_complex=(
            "This PDF could not be checked: it is too complex. Print it to PDF, then upload that."
        ),
        upload_has_scripts="This PDF has a script. Print it to PDF, then upload that.",
        upload_has_actions=(
            "This PDF has an action that may reach beyond the document ({action}). Print it to PDF,"
            " then upload that."
        ),
        upload_has_files=(
            "This PDF has a file attached. Only the electronic invoice of a Factur-X PDF may be:"
            " one XML file, named factur-x.xml. Remove the other attachments."
        ),
        upload_has_media="This PDF has sound, video or 3D. Print it to PDF, then upload that.",
        upload_has_links=(
            "This PDF has a link to something other than a web page, a mail address or a telephone"
            " number. Remove this link, or print the document to PDF."
        ),
        upload_reads_files=(
            "This PDF refers to a file outside itself. Print it to PDF, then upload that."
        ),
        upload_too_large="An uploaded PDF has at most {max_megabytes} MB.",
        upload_date_fixed="This PDF was uploaded: its date cannot change.",
        source_fixed=(
            "A document written here does not become an uploaded PDF, nor the reverse. Create"
            " another."
        ),
        upload_not_copied=(
            "An uploaded PDF cannot be duplicated: its number and date are in the file. Upload "
            "another one."
        ),
        no_number_follows=(
            "No free number follows {number}. Create the document and give it the number of "
            "your choice."
        ),
        # Warnings of the preview
        many_blind_recipients=(
            "{count} blind copies: some gateways refuse them. Separate sending is safer."
        ),
        document_number_empty="A document has no number: {{document_number}} will be empty.",
        list_not_published="The list “{name}” is not published. Publish it to send it.",
        document_not_ready="“{name}” is still a draft: the campaign cannot send it.",
        sender_replaced="The message will come from {address}; replies go to {reply_to}.",
        recipient_bounced="On {date}, the e-mail to {address} could not be delivered. {detail}",
        recipient_complained=(
            "On {date}, {address} reported one of your e-mails as spam. Write to this address only"
            " if the e-mail is expected there."
        ),
        recipient_suppressed=(
            "Since {date}, the sending service has blocked the address {address}: no e-mail will"
            " reach it until it is unblocked."
        ),
        recipients_flagged=(
            "Others of the recipients could not be reached, or do not want to be: {count}."
        ),
        already_sent="Already sent to {address} on {date} at {time}.",
        already_sent_invoice="Already sent to {address} on {date} at {time}.",
        already_sent_staff_list="Already sent to {address} on {date} at {time}.",
        already_sent_to_others="Other recipients who have had this document already: {count}.",
        address_complained="The recipient reported an e-mail as spam.",
        # Warnings about a document
        seller_address_missing=(
            "The address of your organization is missing: an invoice must have it. Add it in "
            "the settings."
        ),
        seller_siren_missing=(
            "The SIREN of your organization is missing: an invoice must have it. Add it in the "
            "settings."
        ),
        seller_vat_number_missing=(
            "The VAT number of your organization is missing: an invoice with VAT must have it. "
            "Add it in the settings."
        ),
        client_address_missing="The address of the client is missing.",
        client_vat_number_missing=(
            "The VAT number of the client is missing: it is mandatory when the client owes the VAT."
        ),
        payment_date_missing="A due date or payment terms are missing.",
        vat_exemption_missing="Some lines have 0% VAT. State the reason for the exemption.",
        vat_exemption_unused="A reason for an exemption is stated, but no line has 0% VAT.",
        quantity_zero="Line {line}: the quantity is 0.",
        price_negative="Line {line}: the price is negative. Check that it is a discount.",
        characters_missing=(
            "The PDF cannot print these characters and shows a square instead: {characters}"
        ),
        # Sends
        send_not_found="There is no such send.",
        attachment_not_found="This send has no attachment of that number.",
        message_not_found="This send has no message of that number.",
        message_too_large="The source of this message is too large. Open its attachment instead.",
        send_in_progress="This send is still under way. Wait until it has ended.",
        nothing_to_retry="No recipient of this send has failed.",
        already_retried="The recipients that failed have already been retried (send {send_id}).",
        nothing_to_resolve="This send has not failed: there is nothing to deal with.",
        campaign_message_gone=(
            "The message of this send was too long, and its campaign has been deleted. Open the"
            " document and send it with another message."
        ),
        campaign_message_invalid=(
            "With the documents’ names, the campaign’s subject or message is still too long."
            " Shorten it in the campaign, then retry the send."
        ),
        sender_not_verified=(
            "The domain {domain} is not verified and the organization has no default sender. Choose"
            " one in the settings."
        ),
        organization_suspended=(
            "Your organization’s sending is suspended: nothing was sent. Tell the person who runs"
            " Facteur."
        ),
        daily_limit_reached=(
            "This send would exceed the number of messages that your organization may send in a"
            " day ({limit}). Send it tomorrow, or ask the person who runs Facteur to raise the"
            " limit."
        ),
        export_too_large="More than {max} lines: choose a shorter range.",
        export_too_heavy="This export is too large: choose a shorter range.",
        # Campaigns
        campaign_not_found="There is no such campaign.",
        copy_deleted="This request had already made a copy, which has been deleted since.",
        campaign_contended="Others are changing this campaign right now. Try again.",
        at_has_passed="This date has passed: choose one to come.",
        ends_ambiguous="Say one end: a date (on), or a number of sends (after).",
        ends_before_start="It would end before it starts: choose a later date.",
        ends_before_next="Nothing would be sent by then: choose a later end.",
        differs_from_list="This contradicts the list “{list}”: give the list only.",
        days_or_ordinal="Give days of the month or a rank (first … last), not both.",
        weekday_needs_ordinal="A weekday of the month needs its rank: first, second … or last.",
        none_cannot_be_paused="A single send leaves at once: it cannot be paused.",
        increment_of_lists_only=(
            "Only the date of a list that is sent weekly or monthly can move by itself."
        ),
        increment_needed="This date can only be chosen when the list’s date moves by itself.",
        owner_not_allowed="You may take this campaign over, not hand it to somebody else.",
        profile_not_found=(
            "The person who sends this campaign is no longer known. Take the campaign over."
        ),
        campaign_completed="This campaign is completed. Give it a new recurrence, or duplicate it.",
        once_has_passed="The date of this send has passed: choose another.",
        recurrence_has_ended="The recurrence of this campaign has ended: choose another end.",
        no_recipients="This campaign has no recipients left: edit it and add some.",
        group_unavailable=(
            "A mailing list of this campaign does not exist any more: edit the campaign to remove"
            " or replace it."
        ),
        too_many_recipients=(
            "With its mailing lists, this campaign has more than 1,000 recipients: shorten them, or"
            " divide them among several campaigns."
        ),
        nothing_to_skip=(
            "Only the next send of an active weekly or monthly campaign can be skipped."
        ),
        nothing_skipped=(
            "No send to put back: no upcoming send is skipped, or the campaign is paused."
        ),
        occurrence_in_progress=(
            "The send of this campaign is under way. Try again in a few minutes."
        ),
        # Settings
        timezone_unknown="There is no such time zone (for example: Europe/Paris).",
        country_unknown=(
            "The public holidays of this country are not known. Give its code of two letters (for"
            " example: FR)."
        ),
        region_unknown="This region has no public holidays of its own. Known regions: {regions}.",
        sender_domain_not_verified=(
            "The domain of this address is not verified. Verified domains: {domains}."
        ),
        sender_not_allowed=(
            "Other organizations send from {domain} too. Choose an address that was given to you,"
            " or that of one of your users: {addresses}."
        ),
        logo_invalid="The logo must be a PNG or JPEG image as a “data:” URI.",
        logo_too_large="The logo is larger than {max_kilobytes} KB.",
        logo_too_many_pixels=(
            "The logo has more than {max_pixels} pixels. Make it smaller: 600 pixels of width are"
            " enough."
        ),
        # Webhooks
        webhook_not_found="There is no such webhook.",
        webhook_url_invalid=(
            "This is not a web address that can be called: https:// and a full host name, without"
            " user, password or #."
        ),
        webhook_url_not_https="A webhook must begin with https://.",
        webhook_url_not_public=(
            "This address is not on the public Internet. Give one that can be reached from outside."
        ),
        too_many_webhooks=(
            "An organization has at most {max} webhooks. Delete one, or add the events to it."
        ),
        webhook_disabled="This webhook is disabled. Enable it, then replay the event.",
        delivery_not_found="There is no such event: they are kept for 30 days.",
        delivery_under_way="This event is being delivered right now. Reload, then try again.",
    ),
    failures=Failures(
        address_rejected=Explanation(
            "This address does not exist, or the recipient’s server refuses it.", _CHECK_ADDRESS
        ),
        mailbox_full=Explanation(
            "The recipient’s mailbox is full.", "Ask them to make room, then retry the send."
        ),
        suppressed=Explanation(
            "This address has refused messages before: none are sent to it any more.",
            (
                "Check the address. If it is right, ask the person who runs Facteur to take it off"
                " the suppression list."
            ),
        ),
        message_too_large=Explanation(
            "The message is too large for the recipient’s mailbox.", _LIGHTER
        ),
        attachment_too_large=Explanation("The attachments are too large.", _LIGHTER),
        too_many_pages=Explanation(
            "A document is too long to be printed.",
            "Remove lines from it or shorten their texts, then send it again.",
        ),
        attachment_rejected=Explanation(
            "The recipient’s server refused the attachment.",
            "Hand the document over by other means.",
        ),
        content_rejected=Explanation(
            "The content of the message was refused as unwanted or dangerous.",
            "Change the message or the document, then send it again.",
        ),
        temporary_failure=Explanation(
            "The recipient’s server could not take the message for now.", _LATER
        ),
        delivery_timeout=Explanation("The recipient’s server did not answer in time.", _LATER),
        undetermined=Explanation("The message came back for no clear reason.", _CHECK_ADDRESS),
        sender_not_verified=Explanation(
            "The sender’s address is not verified with the mail service.", _ADMINISTRATOR
        ),
        ses_sandbox=Explanation(
            "The SES account is in its sandbox: only verified addresses receive mail.",
            _ADMINISTRATOR,
        ),
        account_suspended=Explanation("The mail account is suspended.", _ADMINISTRATOR),
        ses_misconfigured=Explanation("The mail service is not set up properly.", _ADMINISTRATOR),
        message_refused=Explanation(
            "The mail service refused the message.",
            "Check the addresses and the document, then retry the send.",
        ),
        ses_unreachable=Explanation("The mail service did not answer.", _LATER),
        quota_exceeded=Explanation(
            "The number of messages allowed a day was reached.", "Retry the send tomorrow."
        ),
        daily_limit_reached=Explanation(
            "Your organization had sent as many messages as it may in a day.",
            "Retry the send tomorrow, or ask the person who runs Facteur to raise the limit.",
        ),
        organization_suspended=Explanation(
            "Your organization’s sending was suspended.", _ADMINISTRATOR
        ),
        sending_paused=Explanation("The account’s sending is paused.", _ADMINISTRATOR),
        throttled=Explanation("Too many messages were leaving at once.", _LATER),
        expired=Explanation(
            "The message could not leave in time and was given up.", "Retry the send."
        ),
        unconfirmed=Explanation(
            "It is not known whether the message left: the mail service did not confirm it.",
            "Ask the recipient whether it arrived before you retry: they might get it twice.",
        ),
        missed=Explanation(
            "The planned send did not take place in time.", "Retry the send if it is still useful."
        ),
        document_unavailable=Explanation(
            "A document to attach no longer exists or is no longer published.",
            "Publish the document, then retry the send.",
        ),
        data_unreadable=Explanation(
            "Stored data that the send needs can no longer be read.",
            "Tell the person who runs Facteur, then retry the send.",
        ),
        owner_unknown=Explanation(
            "The person in whose name the campaign is sent is no longer known to Facteur.",
            "Open the campaign, take it over as its sender, then retry the send.",
        ),
        no_recipients=Explanation(
            "The campaign has no recipients left: they asked to be forgotten.",
            "Edit the campaign and add recipients.",
        ),
        group_unavailable=Explanation(
            "A mailing list of the campaign does not exist any more.",
            "Edit the campaign to remove or replace it, then choose “Send now”.",
        ),
        too_many_recipients=Explanation(
            "With its mailing lists, the campaign has more than 1,000 recipients.",
            "Shorten its mailing lists or divide them among several campaigns, then choose"
            " “Send now”.",
        ),
        render_failed=Explanation(
            "The document or the message could not be prepared.",
            (
                "Open the document’s preview, correct it if need be, then retry the send. If it"
                " happens again, tell the person who runs Facteur."
            ),
        ),
        message_invalid=Explanation(
            "With the documents’ names, the subject or the message has become too long.",
            (
                "Shorten the subject or the message in the campaign, then retry the send: it takes"
                " the campaign’s present message."
            ),
        ),
        unknown=Explanation("The send failed.", "Retry the send."),
    ),
    notice=Notice(
        subject="Sending failed: {subject}",
        unconfirmed_subject="Sending not confirmed: {subject}",
        not_made="Your message “{subject}” was not sent: nothing has left.",
        failed="Your message “{subject}” failed.",
        partly="Your message “{subject}” failed for {failed} of its {total} recipients.",
        unconfirmed="Your message “{subject}” is not confirmed. It may have arrived.",
        unconfirmed_partly=(
            "Your message “{subject}” is not confirmed for {failed} of its {total} recipients. They"
            " may have received it."
        ),
        also_unconfirmed="It is not confirmed for these recipients, who may have received it:",
        campaign="Campaign “{campaign}”.",
        occurrence="Campaign “{campaign}”, planned for {when}.",
        when="%d/%m/%Y at %H:%M",
        cause="Cause: {cause}",
        recipient="- {address}: {cause}",
        more="… and {count} more, listed in the history.",
        remedy="What to do: {remedy}",
        not_resent="Facteur does not send again by itself what is not confirmed.",
        paused=(
            "The last {count} sends of this campaign reached nobody: it has paused itself. Once the"
            " cause is fixed, open the campaign, then “Resume”: {link}"
        ),
        again=(
            "To retry: open this send, then “Retry”. Only these recipients will get it, with the"
            " same document."
        ),
        again_anew=(
            "To retry: open this send, then “Retry”. The document will be made at that time, as it"
            " is then."
        ),
        open="See this send: {link}",
    ),
    campaign_notice=CampaignNotice(
        handed_over_subject="Campaign handed over to you: {campaign}",
        handed_over=(
            "The person who owned the campaign “{campaign}” no longer has an account in Facteur."
            " As an administrator of the organization you now own it: from now on it is sent in"
            " your name, with your signature, and its failures are reported to you.\n\n"
            "Nothing else has changed. In Facteur, under Campaigns, you can edit or pause it, and a"
            " colleague can take it over."
        ),
        no_recipients_subject="Campaign paused: {campaign}",
        no_recipients=(
            "The only recipient of your campaign “{campaign}” asked to be forgotten: the address"
            " has been erased and the campaign is paused.\n\n"
            "To continue: in Facteur, under Campaigns, edit it, add recipients and resume it."
        ),
        unreadable_subject="A campaign could not be sent",
        unreadable=(
            "A campaign of your organization was due, but what is stored of it can no longer be"
            " read: nothing was sent, and nothing will be until that is repaired.\n\n"
            "What to do: pass this message on to the person who runs Facteur.\n"
            "Reference of the campaign: {campaign}"
        ),
    ),
    webhook_notice=WebhookNotice(
        subject="A webhook of your organization is disabled",
        gone=(
            "The webhook to {host} answered that it wants no more events (410): Facteur has"
            " disabled it and sends it nothing more.\n\n"
            "If that is intended, delete it in Facteur, under Settings, Webhooks. Otherwise enable"
            " it again there once the application is corrected."
        ),
        unreachable=(
            "For three days no event could be delivered to the webhook to {host}: Facteur has"
            " disabled it and sends it nothing more.\n\n"
            "In Facteur, under Settings, Webhooks, each attempt is shown with the answer received."
            " Once the application is corrected, enable the webhook, then replay the events that it"
            " missed."
        ),
    ),
    mail=Mail(
        attachments=_attachments,
        kilobytes="KB",
        megabytes="MB",
        unbreakable_spaces=None,
    ),
    export=Export(
        delimiter=",",
        columns=Columns(
            send="Send",
            queued_at="Queued",
            sent_at="Sent",
            outcome="Outcome",
            outcome_at="Time",
            address="Address",
            role="Role",
            subject="Subject",
            type="Type",
            document_names="Document name",
            document_numbers="Document number",
            filenames="File",
            sha256="SHA-256",
            ses_message_id="SES id",
            sender="Sender",
            error="Error",
            explanation="Cause and remedy",
        ),
        forgotten="address erased",
        outcomes=Outcomes(
            queued="Queued",
            sending="Sending",
            unconfirmed="Unconfirmed",
            sent="Accepted",
            delayed="Delayed",
            delivered="Delivered",
            bounced="Bounced",
            complained="Reported as spam",
            rejected="Rejected",
            failed="Failed",
        ),
        roles=Roles(
            to="To",
            cc="Cc",
            bcc="Bcc",
            copy="Copy to sender",
        ),
    ),
    pdf=PdfWords(
        number="No.",
        page="Page {page}/{pages}",
        site="Site",
        headcount="Headcount",
        people=_people,
        nobody="Nobody is on this list.",
        last_name="Last name",
        first_name="First name",
        position="Position",
        phone="Phone",
        email="Email",
        hours="Hours",
        since="from {time}",
        until="until {time}",
        remarks="Remarks",
        subject="Subject",
        issued_on="Issue date",
        ordered_on="Order date",
        delivered_on="Delivery date",
        deliver_by="Deliver on",
        due_on="Due date",
        order_number="Purchase order",
        client="Billed to",
        supplier="Supplier",
        delivery_address="Delivery address",
        description="Description",
        quantity="Qty",
        unit="Unit",
        unit_price="Unit price",
        vat="VAT",
        line_total="Net total",
        total_net="Total excl. VAT",
        vat_at="VAT {rate}",
        vat_at_on="VAT {rate} on {net}",
        total_gross="Total incl. VAT",
        to_pay="Amount due",
        by_transfer="Payment by bank transfer",
        payment="Payment terms",
        notes="Notes",
        vat_number="VAT",
        capital="with a capital of {capital}",
        operation="Nature of the transaction: {operation}.",
        operations=Operations(
            goods="supply of goods",
            services="supply of services",
            mixed="supply of goods and services",
        ),
        vat_on_debits="VAT on debits: the supplier has opted to pay VAT when invoicing.",
        vat_exemptions=VatExemptions(
            franchise="VAT not applicable, article 293 B of the French tax code (CGI).",
            reverse_charge="Reverse charge: VAT due by the client (art. 283 of the French CGI).",
            intra_community="Intra-community supply, exempt from VAT (art. 262 ter, I of the CGI).",
        ),
        late_payment=(
            "No discount for early payment. Late payment: penalties at three times the French "
            "legal interest rate, due without reminder, and a fixed recovery charge of €40 "
            "(articles L.\u00a0441-10 and D.\u00a0441-5 of the French commercial code)."
        ),
    ),
)
