"""The body that readers see, in HTML and in plain text."""

from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facteur.adapters.email.compose import MailComposer
from facteur.adapters.email.sizes import format_size
from facteur.domain.variables import VARIABLES, replace_variables
from facteur.locales import Locale
from tests.adapters.email.examples import INVOICE, SEND, alternative, mail_of

SIGNATURE = '<p><strong>Claire Durand</strong></p><p><a href="tel:+33123456789">01 23 45</a></p>'
nasty = st.text(st.sampled_from("<>&\"'/=@: .\nabhtps{}%é"), max_size=80)


class Page(HTMLParser):
    """The elements of a page, with their attributes, and its visible text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, Mapping[str, str | None]]] = []
        self.visible = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.visible += data

    @property
    def links(self) -> list[str | None]:
        return [attributes["href"] for tag, attributes in self.elements if tag == "a"]


def page(body: str, locale: str = "en") -> Page:
    send = replace(SEND, body=body, documents=(), locale=Locale(locale))
    return Page(MailComposer().text(send).html)


@pytest.mark.feature("S11")
@pytest.mark.feature("S33")
def test_message_stands_in_both_alternatives_with_its_line_breaks() -> None:
    send = replace(SEND, body="Bonjour,\n\nPremière ligne\nSeconde ligne\n\n\n\nFin")

    html, plain = alternative(send, "html"), alternative(send, "plain")

    assert plain.startswith("Bonjour,\n\nPremière ligne\nSeconde ligne\n\n\n\nFin\n")
    assert "Première ligne<br>Seconde ligne</p>" in html
    assert html.index("Seconde ligne") < html.index('<p style="margin: 0 0 16px;"><br></p>')


@pytest.mark.parametrize("variable", VARIABLES)
@pytest.mark.feature("S30")
@pytest.mark.feature("S31")
@pytest.mark.feature("S32")
def test_value_of_a_variable_is_text_in_both_alternatives(variable: str) -> None:
    values = dict.fromkeys(VARIABLES, "") | {variable: "<b>Été & {date} {{ 7*7 }}</b>"}
    send = replace(SEND, body=replace_variables(f"Voici {{{variable}}}.", values))

    html, plain = alternative(send, "html"), alternative(send, "plain")

    assert "Voici <b>Été & {date} {{ 7*7 }}</b>." in plain
    assert "Voici &lt;b&gt;Été &amp; {date} {{ 7*7 }}&lt;/b&gt;." in html


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("Voir https://client.example.com/a?b=1&c=2.", "https://client.example.com/a?b=1&c=2"),
        ("(http://client.example.com)", "http://client.example.com"),
        ("à martin@client.example.com, merci", "mailto:martin@client.example.com"),
    ],
)
def test_links_and_addresses_are_clickable(typed: str, link: str) -> None:
    assert page(typed).links == [link]


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "data:text/html,<script>",
        "ftp://client.example.com",
        '<a href="https://evil.example">x</a>',
        "<img src=https://evil.example/a.png>",
    ],
)
def test_nothing_but_web_and_mail_links_is_made_clickable(typed: str) -> None:
    shown = page(typed)

    assert shown.visible.count(typed) == 1
    assert not [link for link in shown.links if not str(link).startswith("https://evil")]
    assert "img" not in [tag for tag, _ in shown.elements]


@given(typed=nasty)
def test_no_typed_markup_reaches_the_page(typed: str) -> None:
    empty = page("")

    shown = page(typed)

    added = {tag for tag, _ in shown.elements} - {tag for tag, _ in empty.elements}
    assert added <= {"a", "br"}
    assert all(str(link).startswith(("http://", "https://", "mailto:")) for link in shown.links)
    assert all(
        set(attributes) <= {"href", "rel", "style"}
        for tag, attributes in shown.elements
        if tag == "a"
    )
    wanted = "".join(typed.split())
    assert wanted in "".join(shown.visible.split())


@pytest.mark.feature("S12")
def test_attached_document_is_named_with_its_file_and_size() -> None:
    send = replace(SEND, documents=(replace(INVOICE, size=29_300),))

    html, plain = alternative(send, "html"), alternative(send, "plain")

    assert "Facture F-2026-0142.pdf · 29&nbsp;ko" in html
    assert "Pièce jointe\n- Facture F-2026-0142 (Facture F-2026-0142.pdf, PDF, 29\xa0ko)\n" in plain


def test_mail_without_documents_speaks_of_none() -> None:
    send = replace(SEND, documents=(), body="Bonjour")

    html, plain = alternative(send, "html"), alternative(send, "plain")

    assert "PDF" not in html
    assert plain == "Bonjour\n"


@pytest.mark.feature("S37")
def test_signature_ends_both_alternatives() -> None:
    send = replace(SEND, signature=SIGNATURE)

    html, plain = alternative(send, "html"), alternative(send, "plain")

    assert "<strong>Claire Durand</strong>" in html
    assert html.index("Facture F-2026-0142.pdf") < html.index("Claire Durand</strong>")
    assert plain.endswith("\n\n-- \nClaire Durand\n01 23 45\n")


def test_mail_without_signature_shows_none() -> None:
    assert "-- \n" not in alternative(SEND, "plain")
    assert 'class="signature"' not in alternative(SEND, "html")


@pytest.mark.feature("S83")
@pytest.mark.parametrize(
    ("locale", "label", "size"),
    [(Locale("fr"), "Pièce jointe", "10 ko"), (Locale("en"), "Attachment", "10 KB")],
)
def test_mail_says_its_language_and_speaks_it(locale: Locale, label: str, size: str) -> None:
    html = alternative(replace(SEND, locale=locale), "html")

    assert f'<html lang="{locale.value}">' in html
    assert label in html
    assert size.replace(" ", "&nbsp;") in html


def test_french_signs_do_not_begin_a_line() -> None:
    shown = page("Total : 1 234,56 € « net » !", "fr")

    assert "Total\xa0: 1\xa0234,56\xa0€ «\xa0net\xa0»\xa0!" in shown.visible
    assert "5\xa0% ou un % seul" in page("5 % ou un % seul", "fr").visible


def test_page_loads_nothing_from_afar() -> None:
    html = alternative(replace(SEND, signature=SIGNATURE), "html")

    assert not {"img", "link", "script", "iframe"} & {tag for tag, _ in Page(html).elements}
    assert "url(" not in html
    assert "@import" not in html


def test_styles_stand_on_the_elements_and_the_sheet_keeps_only_media_queries() -> None:
    html = alternative(replace(SEND, signature=SIGNATURE), "html")

    sheet = html[html.index("<style>") : html.index("</style>")]
    assert sheet.startswith("<style>@media")
    assert "prefers-color-scheme: dark" in sheet
    assert '<a href="tel:+33123456789" style="' in html


def test_preview_is_the_very_text_of_the_mail() -> None:
    text = MailComposer().text(SEND)

    [_, _, plain, html, _] = mail_of(SEND).walk()

    assert plain.get_content().replace("\r\n", "\n") == text.text
    assert html.get_content().replace("\r\n", "\n").rstrip() == text.html.rstrip()


@pytest.mark.parametrize(
    ("size", "french", "english"),
    [
        (0, "1 ko", "1 KB"),
        (29_300, "29 ko", "29 KB"),
        (999_499, "999 ko", "999 KB"),
        (999_500, "1,0 Mo", "1.0 MB"),
        (10_485_760, "10,5 Mo", "10.5 MB"),
    ],
)
def test_sizes_read_as_people_say_them(size: int, french: str, english: str) -> None:
    assert format_size(size, Locale("fr")).replace("\xa0", " ") == french
    assert format_size(size, Locale("en")).replace("\xa0", " ") == english
