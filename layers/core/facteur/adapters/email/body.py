"""The two alternatives of a mail, HTML and plain text, from the same data."""

import re
from functools import cache
from pathlib import Path

import css_inline
import jinja2

from facteur.adapters.email.links import linked
from facteur.adapters.email.plain import plain_text
from facteur.adapters.email.sizes import format_size
from facteur.domain.send import Send
from facteur.locales import Locale, language_of
from facteur.ports import MailText

_LINE_BREAK = re.compile(r"\r\n?")
_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n")


def mail_text(send: Send) -> MailText:
    """The body of a Send's mails: message, list of the attached documents, signature."""
    body = _LINE_BREAK.sub("\n", send.body).strip("\n")
    data = {
        "language": send.locale.value,
        "subject": send.subject,
        "body": body,
        "paragraphs": _paragraphs(body, send.locale),
        "attachments_label": language_of(send.locale).mail.attachments(len(send.documents)),
        "documents": [
            {
                "name": document.name,
                "filename": document.filename,
                "size": format_size(document.size, send.locale),
            }
            for document in send.documents
        ],
        "signature": send.signature,
        "signature_text": plain_text(send.signature),
    }
    page = _template("mail.html.j2").render(data)
    return MailText(html=_inliner().inline(page), text=_template("mail.txt.j2").render(data))


def _paragraphs(body: str, locale: Locale) -> list[list[str]]:
    """The lines of each paragraph, with no-break spaces where the language requires them.

    In French, no line may begin with "€" or ":".
    """
    spaces = language_of(locale).mail.unbreakable_spaces
    if spaces is not None:
        body = re.sub(spaces, "\N{NO-BREAK SPACE}", body)
    return [part.split("\n") for part in _PARAGRAPH_BREAK.split(body)]


@cache
def _template(name: str) -> jinja2.Template:
    """A template, compiled once per process; only HTML templates are escaped."""
    return _environment().get_template(name)


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=jinja2.select_autoescape(["html.j2"], default=False),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["linked"] = linked
    return environment


@cache
def _inliner() -> css_inline.CSSInliner:
    """Copies CSS rules into style attributes, since mail programs often drop style sheets.

    Media queries stay in the sheet. It takes 0.02 ms per Send, so whole finished pages are inlined.
    """
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
