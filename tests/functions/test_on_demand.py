"""What is imported on demand answers as what it stands for."""

from facteur.adapters.pdf.renderer import PdfRenderer
from facteur.bootstrap.on_demand import PRINTABLE, RendererOnDemand


def test_the_characters_that_no_font_is_asked_for_are_printable() -> None:
    assert PdfRenderer().unprintable("".join(sorted(PRINTABLE))) == ""


def test_unusual_characters_are_asked_for() -> None:
    assert RendererOnDemand().unprintable("aé漢 \n\u200bא≈🎉ﬀ") == "漢א🎉"
