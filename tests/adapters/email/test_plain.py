"""Signatures as plain text."""

import pytest

from facteur.adapters.email.plain import plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("Claire", "Claire"),
        ("<p>Cordialement,</p><p>Claire</p>", "Cordialement,\nClaire"),
        ("<p>Cordialement,</p>\n<p>Claire</p>\n", "Cordialement,\nClaire"),
        ("<p>A</p><p><br></p><p>B</p>", "A\n\nB"),
        ("A<br>B", "A\nB"),
        ("<div>A <b>B</b>  <i>C</i></div>D", "A B C\nD"),
        ("<ul><li>A</li><li>B</li></ul>", "- A\n- B"),
        ("<ul><li><p>A</p></li></ul>", "- A"),
        ("Durand &amp; fils &lt;3", "Durand & fils <3"),
        ('<a href="https://a.example/">a.example</a>', "a.example"),
        ('<a href="https://a.example/b">Notre <b>site</b></a>', "Notre site (https://a.example/b)"),
        ('<a href="mailto:a@b.example">a@b.example</a>', "a@b.example"),
        ('<a href="mailto:a@b.example">écrire</a>', "écrire (a@b.example)"),
        ('<a href="tel:+33123456789">01 23 45 67 89</a>', "01 23 45 67 89"),
        ("<a>sans lien</a>", "sans lien"),
    ],
)
def test_signature_reads_line_for_line(html: str, text: str) -> None:
    assert plain_text(html) == text
