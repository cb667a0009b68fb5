"""Signatures typed by people, sanitised."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facteur.adapters.cleaner import HtmlCleaner
from facteur.adapters.email.compose import MailComposer
from tests.adapters.email.examples import SEND

REL = 'rel="noopener noreferrer"'
fragments = st.lists(
    st.sampled_from(
        [
            *[
                "<p>",
                "</p>",
                "<a href='https://a.example'>",
                "<a href=javascript:alert(1)>",
                "</a>",
            ],
            *[
                "<img src=x onerror=alert(1)>",
                "<script>",
                "</script>",
                "<style>",
                "<svg>",
                "<math>",
            ],
            *["<span style='color: red; background: url(//evil)'>", "</span>", "<!--", "-->", "<"],
            *[
                "<p onclick=x>",
                "&lt;script&gt;",
                "&",
                '"',
                "texte",
                "\n",
                "<table>",
                "<li>",
                "<ul>",
            ],
        ]
    ),
    max_size=12,
).map("".join)


@pytest.mark.parametrize(
    "html",
    [
        "Claire Durand",
        "<p>A<br>B</p>",
        "<p><br></p>",
        "<div><b>a</b><strong>b</strong><i>c</i><em>d</em><u>e</u><small>f</small></div>",
        "<ul><li>a</li></ul><ol><li>b</li></ol>",
        '<span style="color: #b3261e">a</span>',
        '<span style="color: red">a</span>',
        f'<a href="https://a.example/b?c=d&amp;e" {REL}>a</a>',
        f'<a href="mailto:a@b.example" {REL}>a</a>',
        f'<a href="tel:+33123456789" {REL}>a</a>',
    ],
)
def test_what_a_signature_is_made_of_stays(html: str) -> None:
    assert HtmlCleaner().clean(html) == html


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("<script>alert(1)</script>a", "a"),
        ("<style>p{}</style>a", "a"),
        ("<img src=https://evil.example/pixel.gif>a", "a"),
        ("<!-- a -->b", "b"),
        ("<h1>a</h1>", "a"),
        ("<p onclick=alert(1) class=x id=y style='color:red'>a</p>", "<p>a</p>"),
        ("<a href='javascript:alert(1)'>a</a>", f"<a {REL}>a</a>"),
        ("<a href=' java\nscript:alert(1)'>a</a>", f"<a {REL}>a</a>"),
        ("<a href='data:text/html,x'>a</a>", f"<a {REL}>a</a>"),
        ("<a href='/local'>a</a>", f"<a {REL}>a</a>"),
        ("<a href='//evil.example'>a</a>", f"<a {REL}>a</a>"),
        ("<span style='background: url(https://evil.example)'>a</span>", "<span>a</span>"),
        ("<span style='color: url(https://evil.example)'>a</span>", "<span>a</span>"),
        (
            "<span style='position:fixed;COLOR:#FFF;x:y'>a</span>",
            '<span style="color: #fff">a</span>',
        ),
        ("<span style='background-color: red'>a</span>", "<span>a</span>"),
        ("<p></p>", "<p><br></p>"),
        ("<p>a", "<p>a</p>"),
    ],
)
def test_everything_else_goes(html: str, cleaned: str) -> None:
    assert HtmlCleaner().clean(html) == cleaned


@given(html=fragments)
def test_cleaning_again_changes_nothing_and_nothing_dangerous_remains(html: str) -> None:
    cleaned = HtmlCleaner().clean(html)

    assert HtmlCleaner().clean(cleaned) == cleaned
    for danger in ("<script", "<img", "<style", "<svg", "javascript:", "onerror=", "url("):
        assert danger not in cleaned


@given(html=fragments)
def test_whatever_was_cleaned_can_be_written_in_a_mail(html: str) -> None:
    cleaned = HtmlCleaner().clean(html)

    text = MailComposer().text(replace(SEND, signature=cleaned))

    assert text.html.rstrip().endswith("</body></html>")
    assert text.text.startswith(SEND.body)
