"""A PDF that does something when somebody opens it.

The attacker uploads an invoice with a script, an action that starts a program, sends data or
fetches a file over the network, or a file inside it, and has Facteur send it in the name of an
honest organization. They hide it from a lenient reader: by escapes in names, entries given twice,
objects that no table names, streams within streams. Every such file is refused with its reason.
Everybody else must not notice: what accounting programs write is accepted, electronic invoices
with their XML included.
"""

import io
from collections.abc import Callable, Mapping
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
import pytest
from fpdf import FPDF
from reportlab.pdfgen.canvas import Canvas

from facteur.domain.inspection import RefusalReason
from facteur.locales import Locale, language_of
from tests.adapters.pdf.samples import INVOICE, STAFF, render
from tests.attacks.uploads import reason_of, refusal_of
from tests.support.pdfs import (
    CATALOG,
    CONTENT,
    PAGE,
    PAGES,
    PdfFile,
    object_stream,
    objects,
    packed_pdf,
    pdf_of,
    stream,
)

ACTIONS, SCRIPTS = "upload_has_actions", "upload_has_scripts"
FILES, MEDIA, LINKS = "upload_has_files", "upload_has_media", "upload_has_links"
AMBIGUOUS, DAMAGED = "upload_ambiguous", "upload_damaged"
LAUNCH = b"<</S/Launch/F 9>>"
SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
ALLOWED_ACTIONS = [
    b"<</S/URI/URI(https://atelier.example/payer?n=1)>>",
    b"<</S/URI/URI(mailto:compta@atelier.example)>>",
    b"<</S/URI/URI(tel:+33123456789)>>",
    b"<</S/URI/URI(www.atelier.example)>>",
    b"<</S/GoTo/D[3 0 R/Fit]>>",
    *(b"<</Type/Action/S/Named/N/%b>>" % move for move in b"NextPage PrevPage LastPage".split()),
]
OTHER_ACTIONS = (
    b"GoTo3DView GoToDp GoToE GoToR Hide ImportData Launch Movie Rendition ResetForm"
    b" RichMediaExecute SetOCGState Sound SubmitForm Thread Trans Unheard"
).split()


def on_opening(action: bytes) -> bytes:
    return pdf_of(objects(catalog=b"/OpenAction" + action))


PLACES: Mapping[str, Callable[[bytes], bytes]] = {
    "on opening": on_opening,
    "event of the document": lambda a: pdf_of(objects(catalog=b"/AA<</WC%b>>" % a)),
    "event of a page": lambda a: pdf_of(objects(page=b"/AA<</O%b>>" % a)),
    "link": lambda a: pdf_of(objects(page=b"/Annots[<</Subtype/Link/A%b>>]" % a)),
    "former link": lambda a: pdf_of(objects(page=b"/Annots[<</Subtype/Link/PA%b>>]" % a)),
    "event of a field": lambda a: pdf_of(
        objects(
            catalog=b"/AcroForm<</Fields[5 0 R]>>",
            more={5: b"<</FT/Tx/T(a)/AA<</K%b>>>>" % a},
        )
    ),
    "after another action": lambda a: on_opening(b"<</S/GoTo/D[3 0 R/Fit]/Next%b>>" % a),
    "among the next actions": lambda a: on_opening(
        b"<</S/GoTo/D[3 0 R/Fit]/Next[<</S/GoTo/D[3 0 R/Fit]>>%b]>>" % a
    ),
    "outline": lambda a: pdf_of(
        objects(
            catalog=b"/Outlines 5 0 R",
            more={
                5: b"<</First 6 0 R/Last 6 0 R>>",
                6: b"<</Title(a)/Parent 5 0 R/A%b>>" % a,
            },
        )
    ),
    "presentation": lambda a: pdf_of(objects(page=b"/PresSteps<</NA%b>>" % a)),
    "object of its own": lambda a: pdf_of(
        objects(catalog=b"/OpenAction 5 0 R", more={5: a}),
    ),
    "packed": lambda a: packed_pdf({5: a}, catalog=b"/OpenAction 5 0 R"),
}


@pytest.mark.parametrize("action", OTHER_ACTIONS)
@pytest.mark.parametrize("place", PLACES)
def test_no_action_but_links_and_moves_is_let_in_wherever_it_stands(
    place: str, action: bytes
) -> None:
    refusal = refusal_of(PLACES[place](b"<</S/%b>>" % action))

    assert refusal is not None
    assert refusal.reason == ACTIONS
    assert refusal.what == action.decode()


@pytest.mark.parametrize("place", PLACES)
def test_no_script_is_let_in_wherever_it_stands(place: str) -> None:
    assert reason_of(PLACES[place](SCRIPT)) == SCRIPTS


@pytest.mark.parametrize("action", ALLOWED_ACTIONS)
@pytest.mark.parametrize("place", PLACES)
def test_links_and_moves_are_let_in_wherever_they_stand(place: str, action: bytes) -> None:
    assert reason_of(PLACES[place](action)) == ""


@pytest.mark.parametrize("command", [b"Print", b"SaveAs", b"Quit"])
def test_a_named_action_only_moves_to_a_page(command: bytes) -> None:
    refusal = refusal_of(on_opening(b"<</S/Named/N/%b>>" % command))

    assert refusal is not None
    assert (refusal.reason, refusal.what) == (ACTIONS, command.decode())


@pytest.mark.parametrize(
    "link",
    [
        b"(javascript:alert\\(1\\))",
        b"(java\\nscript:alert\\(1\\))",
        b"( JavaScript:alert\\(1\\))",
        b"<FEFF006A006100760061007300630072006900700074003A0078>",
        b"(file:///C:/Windows/System32/calc.exe)",
        b"(\\\\\\\\server\\\\share\\\\x)",
        b"(//server/share)",
        b"(smb://server/share)",
        b"(C:/Windows/System32/calc.exe)",
        b"(ms-msdt:/id)",
        b"/Name",
    ],
)
def test_a_link_leads_to_the_web_to_a_mail_or_to_a_telephone(link: bytes) -> None:
    assert reason_of(on_opening(b"<</S/URI/URI%b>>" % link)) == LINKS
    assert reason_of(pdf_of(objects(catalog=b"/URI<</Base%b>>" % link))) == LINKS


HIDDEN: Mapping[str, tuple[bytes, str]] = {
    "escaped name": (on_opening(b"<</S/L#61unch>>"), ACTIONS),
    "escaped key": (on_opening(b"<<#2FS/x/#53/L#61unch>>"), ACTIONS),
    "escaped script": (on_opening(b"<</S/J#61vaScript/#4AS(x)>>"), SCRIPTS),
    "entry given twice": (
        pdf_of(objects(catalog=b"/OpenAction<</S/J#61vaScript/JS(x)>>/OpenAction null")),
        AMBIGUOUS,
    ),
    "entry given twice, once escaped": (
        pdf_of(objects(catalog=b"/OpenAction<</S/Launch>>/Open#41ction null")),
        AMBIGUOUS,
    ),
    "the last of two entries": (
        pdf_of(objects(catalog=b"/OpenAction null/OpenAction<</S/J#61vaScript/JS(x)>>")),
        SCRIPTS,
    ),
    "key after a bad token": (
        pdf_of(objects(catalog=b"/Odd 1 2)/OpenAction<</S/J#61vaScript/JS(x)>>")),
        SCRIPTS,
    ),
    "bad token alone": (pdf_of(objects(catalog=b"/Odd oops 1")), AMBIGUOUS),
    "value in place of a key": (pdf_of(objects(catalog=b"/Odd 1 2")), AMBIGUOUS),
    "name with a stray #": (pdf_of(objects(catalog=b"/Odd#zz 1")), AMBIGUOUS),
    "name with a zero byte": (pdf_of(objects(catalog=b"/Odd#00 1")), AMBIGUOUS),
    "action kind by reference": (
        pdf_of(objects(catalog=b"/OpenAction<</S 5 0 R>>", more={5: b"/Launch"})),
        ACTIONS,
    ),
    "free entry of the table": (
        pdf_of(objects(catalog=b"/OpenAction 5 0 R", more={5: LAUNCH}), free=(5,)),
        ACTIONS,
    ),
    "not in the table": (
        pdf_of(objects(catalog=b"/OpenAction 5 0 R")).replace(
            b"xref\n", b"5 0 obj\n" + SCRIPT + b"\nendobj\nxref\n", 1
        ),
        SCRIPTS,
    ),
    "nothing leads to it": (pdf_of(objects(more={5: LAUNCH})), ACTIONS),
    "after the end of the file": (pdf_of() + b"5 0 obj\n" + LAUNCH + b"\nendobj\n", ACTIONS),
    "in the data of a stream": (
        pdf_of(objects(more={5: stream(b"\n6 0 obj " + LAUNCH + b" endobj\n")})),
        ACTIONS,
    ),
    "in the middle of a line, with comments": (
        pdf_of() + b"junk 6%x\n0 % y z\r obj" + LAUNCH + b"endobj",
        ACTIONS,
    ),
    "in the trailer": (pdf_of(objects(), b"/Odd" + LAUNCH), ACTIONS),
    "in a second trailer": (
        pdf_of() + b"trailer<</Root<</OpenAction" + LAUNCH + b">>>>startxref\n0\n",
        ACTIONS,
    ),
    "packed where nothing names it": (
        pdf_of(objects(more={5: object_stream({6: SCRIPT})})),
        SCRIPTS,
    ),
    "packed where no index begins": (
        packed_pdf({}, container=object_stream({6: LAUNCH}).replace(b"/First", b"/First -1/Was")),
        DAMAGED,
    ),
    "in a trailer after a comment": (
        pdf_of() + b"trailer%x\n<</Odd" + LAUNCH + b">>startxref\n0\n",
        ACTIONS,
    ),
    "packed beside what its index names": (
        packed_pdf({}, container=object_stream({6: b"null " + LAUNCH})),
        ACTIONS,
    ),
    "packed out of brackets": (
        packed_pdf({}, container=object_stream({6: b"null ] endobj 7 0 obj [ " + LAUNCH})),
        AMBIGUOUS,
    ),
    "packed in an unusual way": (
        packed_pdf(
            {}, container=stream(b"3C3C>", b"/Type/ObjStm/N 1/First 0/Filter/ASCIIHexDecode")
        ),
        AMBIGUOUS,
    ),
    "packed with a predictor": (
        packed_pdf(
            {}, container=object_stream({6: b"null"}, b"/DecodeParms<</Predictor 12/Columns 4>>")
        ),
        AMBIGUOUS,
    ),
    "packed twice": (
        packed_pdf(
            {},
            container=stream(b"x", b"/Type/ObjStm/N 1/First 0/Filter[/FlateDecode/FlateDecode]"),
        ),
        AMBIGUOUS,
    ),
    "stream shorter than it says": (
        pdf_of(objects(more={5: b"<</Length 3>>stream\nabcdefgh\nendstream"})),
        DAMAGED,
    ),
    "table that is elsewhere": (pdf_of().replace(b"startxref\n", b"startxref\n1"), DAMAGED),
    "page tree with a circle": (
        pdf_of({**objects(), PAGES: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"}),
        DAMAGED,
    ),
    "the same page twice": (
        pdf_of({**objects(), PAGES: b"<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>"}),
        DAMAGED,
    ),
}


@pytest.mark.parametrize("way", HIDDEN)
def test_what_is_hidden_is_found(way: str) -> None:
    pdf, reason = HIDDEN[way]

    assert reason_of(pdf) == reason


def test_what_a_later_revision_replaced_is_still_in_the_file() -> None:
    file = PdfFile()
    file.add(objects(catalog=b"/OpenAction" + SCRIPT))
    file.add_table()
    file.add({CATALOG: objects()[CATALOG]})
    replaced = file.add_table()

    assert reason_of(replaced) == SCRIPTS


EVERYTHING_ELSE: Mapping[str, tuple[bytes, str]] = {
    "XML form": (
        pdf_of(objects(catalog=b"/AcroForm<</XFA 5 0 R>>", more={5: stream(b"x")})),
        SCRIPTS,
    ),
    "scripts by name": (
        pdf_of(objects(catalog=b"/Names<</JavaScript<</Names[(a)5 0 R]>>>>", more={5: SCRIPT})),
        SCRIPTS,
    ),
    "PostScript": (pdf_of(objects(more={5: stream(b"x", b"/Subtype/PS")})), SCRIPTS),
    "embedded program": (
        pdf_of(
            objects(
                catalog=b"/Names<</EmbeddedFiles<</Names[(a)5 0 R]>>>>",
                more={
                    5: b"<</Type/Filespec/F(facture.exe)/EF<</F 6 0 R>>>>",
                    6: stream(b"MZ", b"/Type/EmbeddedFile"),
                },
            )
        ),
        FILES,
    ),
    "attachment of a page": (
        pdf_of(objects(page=b"/Annots[<</Subtype/FileAttachment/FS<</F(a)>>>>]")),
        FILES,
    ),
    "portfolio": (pdf_of(objects(catalog=b"/Collection<</View/D>>")), FILES),
    "stream in a file of the network": (
        pdf_of(objects(more={5: b"<</Length 0/F(\\\\\\\\server\\\\x)>>stream\n\nendstream"})),
        "upload_reads_files",
    ),
    "page of another document": (
        pdf_of(objects(more={5: stream(b"", b"/Subtype/Form/Ref<</F<</UF(//server/x.pdf)>>>>")})),
        "upload_reads_files",
    ),
    "movie": (pdf_of(objects(page=b"/Annots[<</Subtype/Movie/Movie<<>>>>]")), MEDIA),
    "sound": (pdf_of(objects(page=b"/Annots[<</Subtype/Sound>>]")), MEDIA),
    "screen": (pdf_of(objects(page=b"/Annots[<</Subtype/Screen>>]")), MEDIA),
    "3D": (pdf_of(objects(page=b"/Annots[<</Subtype/3D>>]")), MEDIA),
    "rich media": (pdf_of(objects(page=b"/Annots[<</Subtype/RichMedia>>]")), MEDIA),
    "rendition": (pdf_of(objects(more={5: b"<</Type/Rendition/S/MR>>"})), MEDIA),
    "encrypted": (
        pdf_of(objects(), b"/Encrypt<</Filter/Standard/V 9>>/ID[(a)(a)]"),
        "upload_encrypted",
    ),
    "no page": (
        pdf_of({**objects(), PAGES: b"<</Type/Pages/Kids[]/Count 0>>"}),
        "upload_without_pages",
    ),
    "something before": (b"MZ" + pdf_of(), "upload_not_pdf"),
    "byte-order mark": (b"\xef\xbb\xbf" + pdf_of(), "upload_not_pdf"),
    "spreadsheet": (b"PK\x03\x04", "upload_not_pdf"),
    "nothing": (b"", "upload_not_pdf"),
    "head alone": (b"%PDF-1.7 and nothing else", DAMAGED),
    "cut off": (pdf_of()[:250], DAMAGED),
}


@pytest.mark.feature("B17")
@pytest.mark.parametrize("case", EVERYTHING_ELSE)
def test_what_else_may_not_be_sent_is_refused_with_its_reason(case: str) -> None:
    pdf, reason = EVERYTHING_ELSE[case]

    assert reason_of(pdf) == reason


@pytest.mark.feature("B17")
@pytest.mark.parametrize("password", ["", "secret"])
@pytest.mark.parametrize(
    "cipher",
    [
        {"R": 2, "aes": False, "metadata": False},
        {"R": 3, "aes": False, "metadata": False},
        {"R": 4},
        {"R": 6},
    ],
    ids=["RC4-40", "RC4-128", "AES-128", "AES-256"],
)
def test_an_encrypted_pdf_is_refused_also_when_it_opens_without_a_password(
    cipher: dict[str, Any], password: str
) -> None:
    written = io.BytesIO()
    protection = pikepdf.Encryption(owner="owner", user=password, **cipher)
    pikepdf.open(io.BytesIO(pdf_of())).save(written, encryption=protection)

    assert reason_of(written.getvalue()) == "upload_encrypted"


def test_every_reason_has_its_own_sentence_in_every_language() -> None:
    for locale in Locale:
        problems = language_of(locale).problems
        sentences = {getattr(problems, reason.value) for reason in RefusalReason}

        assert len(sentences) == len(RefusalReason)


# --- what must pass ----------------------------------------------------------------------------


def by_fpdf() -> bytes:
    pdf = FPDF()
    for text in ("Facture", "Conditions de vente : HTML/JavaScript"):
        pdf.add_page()
        pdf.set_font("helvetica", size=12)
        pdf.start_section(text)
        pdf.cell(text=text, link="https://atelier.example/payer")
    return bytes(pdf.output())


def by_reportlab() -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written)
    canvas.bookmarkPage("top")
    canvas.addOutlineEntry("Facture", "top")
    canvas.linkURL("mailto:compta@atelier.example", (0, 0, 100, 20))
    canvas.linkRect("", "top", (0, 50, 100, 70))
    canvas.acroForm.textfield(name="reference", x=10, y=100)
    canvas.drawString(100, 700, "Facture F-2026-0142")
    canvas.save()
    return written.getvalue()


def saved_again(pdf: bytes, **how: Any) -> bytes:
    written = io.BytesIO()
    pikepdf.open(io.BytesIO(pdf)).save(written, **how)
    return written.getvalue()


def changed_twice() -> bytes:
    """Incremental updates, as a signature or a stamp makes them."""
    file = PdfFile()
    file.add(objects())
    file.add_table()
    for n in range(2):
        file.add({PAGE: objects(page=b"/Rotate %d" % (90 * n))[PAGE]})
        file.add({CONTENT: stream(b"BT (v%d) Tj ET" % n)})
        file.add_table()
    return bytes(file.written)


PACKED = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}
HONEST: Mapping[str, bytes] = {
    "written byte by byte": pdf_of(),
    "an invoice of ours": render(INVOICE),
    "a list of ours": render(STAFF),
    "fpdf2": by_fpdf(),
    "reportlab": by_reportlab(),
    "linearized": saved_again(by_reportlab(), linearize=True),
    "packed": saved_again(render(INVOICE), **PACKED),
    "packed and linearized": saved_again(render(INVOICE), linearize=True, **PACKED),
    "uncompressed": saved_again(by_fpdf(), qdf=True),
    "changed twice": changed_twice(),
    "packed by hand": packed_pdf({5: b"<</Title(a)>>", 6: b"12", 7: b"[5 0 R 6 0 R]"}),
    "names in Latin-1": pdf_of(
        objects(more={5: b"<</Type/Font/BaseFont/Garamond-It\xe9/Enc\xe9 1/Name/F#e9>>"})
    ),
    "words of the format in texts": pdf_of(
        objects(more={5: b"<</Title(Boat trailer and live stream, 2 endobj)/Author( trailer x)>>"})
    ),
    "zeros at the end": pdf_of() + bytes(500),
    "table of the wrong size": pdf_of().replace(b"/Size 5", b"/Size 9"),
    "streams after a carriage return": pdf_of().replace(b"stream\nBT", b"stream\rBT"),
    "signed": pdf_of(
        objects(
            catalog=b"/AcroForm<</SigFlags 3/Fields[5 0 R]>>/Perms<</DocMDP 6 0 R>>",
            page=b"/Annots[5 0 R]",
            more={
                5: b"<</Type/Annot/Subtype/Widget/FT/Sig/T(s)/V 6 0 R/F 132/Rect[0 0 0 0]>>",
                6: b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange"
                b"[0 1 2 3]/Contents<3000>/Prop_Build<</App<</Name/X>>>>/Reference[<</Type/SigRef"
                b"/TransformMethod/DocMDP/TransformParams<</P 2/V/1.2>>>>]>>",
            },
        )
    ),
    "tagged": pdf_of(
        objects(
            catalog=b"/MarkInfo<</Marked true>>/StructTreeRoot 5 0 R/ViewerPreferences<<>>",
            more={
                5: b"<</Type/StructTreeRoot/K 6 0 R>>",
                6: b"<</Type/StructElem/S/Table/P 5 0 R/A[<</O/Table/RowSpan 1>>]/K 0>>",
            },
        )
    ),
    "an unusual meaning of S": pdf_of(
        objects(page=b"/Trans<</S/Fade>>", more={5: b"<</S/Transparency/Odd<</S<<>>>>>>"})
    ),
}


@pytest.mark.feature("B17")
@pytest.mark.parametrize("program", HONEST)
def test_what_ordinary_programs_write_may_be_sent(program: str) -> None:
    assert reason_of(HONEST[program]) == ""


CII = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
XML = (
    f'<?xml version="1.0"?><i:CrossIndustryInvoice xmlns:i="{CII}"><i:A/></i:CrossIndustryInvoice>'
)


def factur_x(
    xml: str = XML,
    *,
    name: str = "factur-x.xml",
    relationship: str = "/Alternative",
    specification: str = "",
    catalog: str = "",
    more: Mapping[int, bytes] | None = None,
) -> bytes:
    """An invoice as Factur-X prescribes it, with one thing or the other that it does not."""
    entries = f"/Names<</EmbeddedFiles<</Names[({name})5 0 R]>>>>/AF[5 0 R]{catalog}"
    file = (
        f"<</Type/Filespec/F({name})/UF({name})/Desc(Facture){relationship and '/AFRelationship'}"
        f"{relationship}/EF<</F 6 0 R/UF 6 0 R>>{specification}>>"
    )
    embedded = stream(
        xml.encode(), b"/Type/EmbeddedFile/Subtype/text#2Fxml/Params<</Size 9>>", compress=True
    )
    return pdf_of(
        objects(catalog=entries.encode(), more={5: file.encode(), 6: embedded, **(more or {})})
    )


@pytest.mark.feature("B17")
@pytest.mark.parametrize(
    "pdf",
    [
        factur_x(),
        factur_x(relationship="/Data"),
        factur_x(name="ZUGFeRD-invoice.xml"),
        saved_again(factur_x(), **PACKED),
        saved_again(factur_x(), linearize=True),
    ],
    ids=["alternative", "data", "ZUGFeRD", "packed", "linearized"],
)
def test_an_electronic_invoice_keeps_its_xml(pdf: bytes) -> None:
    assert reason_of(pdf) == ""


SECOND = b"<</Type/Filespec/F(factur-x.xml)/AFRelationship/Data/EF<</F 8 0 R>>>>"
XHTML = "http://www.w3.org/1999/xhtml"


@pytest.mark.parametrize(
    "pdf",
    [
        factur_x(name="facture.exe"),
        factur_x(name="factur-x.xml.exe"),
        factur_x(relationship=""),
        factur_x(relationship="/Unspecified"),
        factur_x(specification="/RF<</F[(a)6 0 R]>>"),
        factur_x("MZ this is a program"),
        factur_x(""),
        factur_x("<html/>"),
        factur_x(f"<x:{escape('a')} xmlns:x='urn:another'/>"),
        factur_x(XML.replace("<i:A/>", f"<s:script xmlns:s='{XHTML}'>alert(1)</s:script>")),
        factur_x(XML.replace("<i:Cross", "<?xml-stylesheet href='x.xsl'?><i:Cross", 1)),
        factur_x(XML.replace("<i:Cross", "<!DOCTYPE a [<!ENTITY b 'c'>]><i:Cross", 1)),
        factur_x(catalog="/Odd 7 0 R", more={7: SECOND, 8: stream(XML.encode())}),
    ],
    ids=[
        "program",
        "two extensions",
        "no relationship",
        "another relationship",
        "related files",
        "not XML",
        "empty",
        "HTML",
        "another vocabulary",
        "script of a web page",
        "style sheet",
        "entities",
        "a second file",
    ],
)
def test_nothing_else_passes_for_an_electronic_invoice(pdf: bytes) -> None:
    assert reason_of(pdf) == FILES
