"""What is printed on each type of document."""

import datetime as dt
from dataclasses import replace

import pytest

from facteur.domain.content import Content, Invoice, Operation, PurchaseOrder, VatExemption
from facteur.domain.content_parts import Party
from facteur.domain.settings import OrganizationSettings
from facteur.domain.wording import default_name
from tests.adapters.pdf.samples import (
    BARE,
    ENGLISH,
    ENTRY,
    FULL,
    INVOICE,
    ORDER,
    STAFF,
    line,
    text,
)

LATE_PAYMENT = (
    "Pas d’escompte pour paiement anticipé. En cas de retard : pénalités au taux de trois fois "
    "l’intérêt légal, exigibles sans rappel, et indemnité forfaitaire pour frais de recouvrement "
    "de 40 € (art. L. 441-10 et D. 441-5 du code de commerce)."
)
NO_VAT = "TVA non applicable, art. 293 B du CGI"


@pytest.mark.feature("S12")
def test_every_field_of_a_staff_list_is_printed() -> None:
    printed = text(STAFF)

    for expected in (
        "Liste de personnel",
        "Équipe Bercy",
        "LP-2026-11",
        "Chantier Bercy",
        "1 personne",
        "Łukasz",
        "Zoé",
        "Cheffe d’équipe",
        "06 12 34 56 78",
        "zoe@exemple.fr",
        "08:00 – 16:30",
        "Casque et harnais",
        "Badge obligatoire.",
    ):
        assert expected in printed


@pytest.mark.feature("S50")
def test_a_staff_list_carries_the_date_it_is_asked_for_and_not_its_own() -> None:
    printed = text(STAFF, on=dt.date(2027, 2, 28))

    assert "28/02/2027 dimanche" in printed
    assert "01/11/2026" not in printed


@pytest.mark.feature("S12")
def test_every_field_of_an_invoice_is_printed() -> None:
    printed = text(INVOICE)

    for expected in (
        "Facture N° F-2026-0142",
        "Date d’émission 20/11/2026",
        "Date de livraison 18/11/2026",
        "Échéance 20/12/2026",
        "Bon de commande BC-77",
        "Objet Réfection de l’œil-de-bœuf",
        "Facturé à Dupont BTP 35 rue de la République 69001 Lyon",
        "SIREN 787 878 784 · TVA FR19787878784",
        "compta@dupont.example",
        "Pose de cloisons 120 m² 38,50 € 20 % 4 620,00 €",
        "Livre de chantier 2,5 ex. 10,055 € 5,5 % 25,14 €",
        "Merci de votre confiance.",
        "Paiement à 30 jours.",
        "IBAN FR20 1242 1242 1242 1242 1242 124 · BIC QNTOFRP1XXX",
    ):
        assert expected in printed


def test_the_totals_of_an_invoice_are_given_per_rate() -> None:
    printed = text(INVOICE)

    assert (
        "Total HT 4 645,14 € TVA 5,5 % sur 25,14 € 1,38 € TVA 20 % sur 4 620,00 € 924,00 € "
        "Net à payer TTC 5 570,52 €"
    ) in printed


def test_the_legal_mentions_of_an_invoice_are_printed() -> None:
    printed = text(INVOICE)

    assert "Nature de l’opération : livraison de biens et prestation de services." in printed
    assert "TVA sur les débits" in printed
    assert LATE_PAYMENT in printed
    assert NO_VAT not in printed


@pytest.mark.parametrize(
    ("operation", "words"),
    [(Operation.GOODS, "livraison de biens."), (Operation.SERVICES, "prestation de services.")],
)
def test_the_nature_of_the_operation_is_named(operation: Operation, words: str) -> None:
    printed = text(INVOICE.model_copy(update={"operation": operation}))

    assert f"Nature de l’opération : {words}" in printed


def test_the_terms_of_the_settings_stand_in_for_those_an_invoice_lacks() -> None:
    printed = text(INVOICE.model_copy(update={"payment_terms": ""}))

    assert "Conditions de règlement Paiement à 45 jours." in printed


def test_an_organization_without_vat_number_says_why_it_charges_none() -> None:
    content = INVOICE.model_copy(update={"lines": (line(vat_rate="0"),)})

    printed = text(content, replace(FULL, vat_number=""))

    assert NO_VAT in printed
    assert "TVA 0 %" not in printed


def test_an_organization_with_vat_number_names_its_reason_for_a_zero_rate_itself() -> None:
    content = INVOICE.model_copy(update={"lines": (line(vat_rate="0"),)})

    printed = text(content)

    assert NO_VAT not in printed
    assert "TVA 0 %" in printed


@pytest.mark.feature("B39")
@pytest.mark.parametrize(
    ("exemption", "mention"),
    [
        (VatExemption.FRANCHISE, NO_VAT),
        (VatExemption.REVERSE_CHARGE, "Autoliquidation : TVA due par le client"),
        (VatExemption.INTRA_COMMUNITY, "Exonération de TVA, art. 262 ter, I du CGI."),
    ],
)
def test_the_reason_for_a_zero_rate_is_printed(exemption: VatExemption, mention: str) -> None:
    free = {"lines": (line(vat_rate="0"),), "vat_exemption": exemption}

    printed = text(INVOICE.model_copy(update=free))
    charged = text(INVOICE.model_copy(update={"vat_exemption": exemption}))

    assert mention in printed
    assert ("TVA 0 %" in printed) is (exemption is not VatExemption.FRANCHISE)
    assert mention not in charged


@pytest.mark.feature("B39")
def test_an_invoice_has_an_address_of_delivery_where_it_is_given() -> None:
    address = ("Chantier Bercy", "8 quai de Bercy")

    printed = text(INVOICE.model_copy(update={"delivery_address": address}))

    assert "Adresse de livraison Chantier Bercy 8 quai de Bercy" in printed
    assert "Adresse de livraison" not in text(INVOICE)


@pytest.mark.feature("B39")
@pytest.mark.parametrize("content", [INVOICE, ORDER])
def test_a_name_that_repeats_the_title_is_no_subject(content: Invoice | PurchaseOrder) -> None:
    unnamed = content.model_copy(update={"name": ""})
    default = content.model_copy(update={"name": default_name(unnamed, FULL.locale)})

    assert "Objet" in text(content)
    assert "Objet" not in text(default)


@pytest.mark.feature("B39")
@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("10000", "au capital de 10 000 €"),
        ("10 000 €", "au capital de 10 000 €"),
        ("7622,45", "au capital de 7 622,45 €"),
        ("10000 francs", "au capital de 10000 francs"),
        ("variable", "au capital de variable"),
    ],
)
def test_capital_is_printed_as_an_amount(typed: str, printed: str) -> None:
    assert printed in text(INVOICE, replace(FULL, capital=typed))


@pytest.mark.feature("S12")
def test_every_field_of_an_order_is_printed() -> None:
    printed = text(ORDER)

    for expected in (
        "Bon de commande N° BC-2026-0031",
        "Date de commande 02/10/2026",
        "Livraison le 16/10/2026",
        "Objet Cloisons, lot 3",
        "Adresse de livraison Chantier Bercy 8 quai de Bercy 75012 Paris",
        "Fournisseur Matériaux du Rhône ZI Nord SIREN 552 100 554",
        "Pose de cloisons 120 m² 38,50 € 20 % 4 620,00 €",
        "Total TTC 5 570,52 €",
        "Accès par le quai.",
        "30 jours fin de mois",
    ):
        assert expected in printed


def test_an_order_carries_neither_our_account_nor_our_mentions() -> None:
    printed = text(ORDER)

    assert "IBAN" not in printed
    assert "escompte" not in printed
    assert "45 jours" not in printed


@pytest.mark.parametrize("content", [INVOICE, ORDER])
def test_an_invoice_or_order_ignores_the_date_it_is_asked_for(
    content: Content,
) -> None:
    printed = text(content, on=dt.date(1999, 12, 31))

    assert "1999" not in printed


def test_the_foot_says_who_the_company_is() -> None:
    printed = text(STAFF)

    assert "Atelier Durand SAS au capital de 10 000 € · 12 rue des Lilas, 75012 Paris" in printed
    assert (
        "SIREN 732 829 320 · SIRET 732 829 320 00074 · RCS Paris 732 829 320 · TVA FR44732829320"
    ) in printed


def test_nothing_is_printed_of_empty_fields() -> None:
    content = INVOICE.model_copy(
        update={
            "name": "",
            "due_date": None,
            "delivery_date": None,
            "order_number": "",
            "payment_terms": "",
            "operation": None,
            "vat_on_debits": False,
            "notes": "",
            "client": Party(name="Ω"),
            "lines": (line(),),
        }
    )

    printed = text(content, BARE)

    assert printed == (
        "Atelier Durand Facture N° F-2026-0142 Date d’émission 20/11/2026 Facturé à Ω "
        "Désignation Qté PU HT TVA Total HT Pose 1 10,00 € 20 % 10,00 € "
        f"Total HT 10,00 € TVA 20 % 2,00 € Net à payer TTC 12,00 € {LATE_PAYMENT} "
        "Atelier Durand Page 1/1"
    )


@pytest.mark.parametrize("content", [STAFF, INVOICE, ORDER])
def test_an_organization_that_has_said_nothing_of_itself_can_print(content: Content) -> None:
    printed = text(content, OrganizationSettings(name=""))

    assert content.name in printed
    assert printed.endswith("Page 1/1")


def test_a_column_that_is_empty_in_every_row_goes() -> None:
    lone = ENTRY.model_copy(update={"email": "", "notes": "", "start": "", "end": ""})

    printed = text(STAFF.model_copy(update={"entries": (lone, lone)}))

    for title in ("Email", "Horaires"):
        assert title not in printed
    assert "Nom Prénom Poste Téléphone" in printed


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [("08:00", "", "dès 08:00"), ("", "16:30", "jusqu’à 16:30"), ("08:00", "16:30", "08:00 – 16")],
)
def test_hours_may_be_known_in_part(start: str, end: str, words: str) -> None:
    entry = ENTRY.model_copy(update={"start": start, "end": end})

    printed = text(STAFF.model_copy(update={"entries": (entry,)}))

    assert words in printed


def test_a_list_of_nobody_says_so() -> None:
    printed = text(STAFF.model_copy(update={"entries": ()}))

    assert "Aucune personne sur cette liste." in printed
    assert "Effectif" not in printed


@pytest.mark.feature("B18")
def test_an_english_invoice_is_english_throughout() -> None:
    printed = text(INVOICE, ENGLISH)

    for expected in (
        "Invoice No. F-2026-0142",
        "Issue date 20/11/2026",
        "Billed to",
        "Pose de cloisons 120 m² €38.50 20% €4,620.00",
        "VAT 5.5% on €25.14",
        "Amount due €5,570.52",
        "Nature of the transaction: supply of goods and services.",
        "No discount for early payment. Late payment: penalties at three times",
        "fixed recovery charge of €40 (articles L. 441-10 and D. 441-5",
        "with a capital of €10,000",
        "Page 1/1",
    ):
        assert expected in printed


@pytest.mark.feature("B18")
def test_an_english_list_and_order_are_english_too() -> None:
    assert "Staff list 31/01/2027 Sunday" in text(STAFF, ENGLISH)
    assert "Purchase order No. BC-2026-0031" in text(ORDER, ENGLISH)
