"""Subject and body: checked as typed, then with their variables replaced."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from facteur.domain.content import Content
from facteur.domain.document import Document
from facteur.domain.errors import InputError, Problem
from facteur.domain.headers import MAX_SUBJECT, check_direction, check_stored_header
from facteur.domain.variables import check_variables, replace_variables
from facteur.domain.wording import default_body, default_subject
from facteur.locales import Locale

TEST_PREFIX = "[Test] "
"""Begins the subject of a test of a campaign."""
MAX_MESSAGE = 20_000
"""Characters that a body may have, before and after its variables are replaced."""


@dataclass(frozen=True, slots=True)
class Message:
    """Subject and body, before or after variables are replaced."""

    subject: str
    body: str


def typed_message(subject: str, body: str) -> Message:
    """A typed message, its subject stripped and its line ends normalised to ``\\n``."""
    return Message(subject.strip(), body.replace("\r\n", "\n").replace("\r", "\n"))


def template_of(
    subject: str | None, body: str | None, documents: Sequence[Document], locale: Locale
) -> Message:
    """The typed message, with the default subject or body of these documents for None."""
    if subject is None:
        # Without a document the request is refused anyway: any valid subject will do.
        subject = default_subject(documents[0].content, locale) if documents else "{date}"
    return typed_message(subject, default_body(locale) if body is None else body)


def check_message(message: Message) -> list[Problem]:
    """The problems of a message, before or after its variables are replaced."""
    problems = check_stored_header(message.subject, field="subject")
    if not message.subject:
        problems.append(Problem("subject", "required"))
    if len(message.subject) > MAX_SUBJECT:
        problems.append(Problem("subject", "too_long", {"max_length": MAX_SUBJECT}))
    if len(message.body) > MAX_MESSAGE:
        problems.append(Problem("body", "too_long", {"max_length": MAX_MESSAGE}))
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in _visible(message.body)):
        problems.append(Problem("body", "control_character"))
    return problems


def check_template(message: Message) -> list[Problem]:
    """The problems of a message before its variables are replaced."""
    return [
        *check_message(message),
        *check_direction(message.subject, field="subject"),
        *check_variables(message.subject, field="subject"),
        *check_variables(message.body, field="body"),
    ]


def variables_of(contents: Sequence[Content], *, date: str) -> dict[str, str]:
    """The values of the variables: names and numbers joined, ``date`` as printed."""
    return {
        "document_name": ", ".join(content.name for content in contents),
        "document_number": ", ".join(content.number for content in contents if content.number),
        "date": date,
    }


def filled(template: Message, values: Mapping[str, str]) -> Message:
    """The message with its variables replaced; it has passed ``check_template``."""
    return Message(
        replace_variables(template.subject, values).strip(),
        replace_variables(template.body, values),
    )


def fill(template: Message, contents: Sequence[Content], *, date: str) -> Message:
    """The message about these documents. Raises InputError when it cannot be sent."""
    message = filled(template, variables_of(contents, date=date))
    if problems := check_message(message):
        raise InputError(problems)
    return message


def _visible(body: str) -> str:
    return body.replace("\n", "").replace("\t", "")
