"""The words printed on documents, in each language."""

from dataclasses import dataclass
from typing import Final

from facteur.domain.document import Operation
from facteur.domain.settings import Locale


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Labels and sentences of one language. Those with braces take what the braces name."""

    number: str
    page: str

    site: str
    headcount: str
    people: tuple[str, str]
    nobody: str
    last_name: str
    first_name: str
    position: str
    phone: str
    email: str
    hours: str
    since: str
    until: str
    remarks: str

    subject: str
    issued_on: str
    ordered_on: str
    delivered_on: str
    deliver_by: str
    due_on: str
    order_number: str
    client: str
    supplier: str
    delivery_address: str
    description: str
    quantity: str
    unit: str
    unit_price: str
    vat: str
    line_total: str
    total_net: str
    vat_at: str
    vat_at_on: str
    total_gross: str
    to_pay: str
    by_transfer: str
    payment: str
    notes: str

    vat_number: str
    capital: str
    operation: str
    operations: dict[Operation, str]
    vat_on_debits: str
    no_vat: str
    late_payment: str


WORDS: Final = {
    Locale.FR: Words(
        number="N°",
        page="Page {page}/{pages}",
        site="Site",
        headcount="Effectif",
        people=("personne", "personnes"),
        nobody="Aucune personne sur cette liste.",
        last_name="Nom",
        first_name="Prénom",
        position="Poste",
        phone="Téléphone",
        email="Email",
        hours="Horaires",
        since="dès {time}",
        until="jusqu’à {time}",
        remarks="Remarques",
        subject="Objet",
        issued_on="Date d’émission",
        ordered_on="Date de commande",
        delivered_on="Date de livraison",
        deliver_by="Livraison le",
        due_on="Échéance",
        order_number="Bon de commande",
        client="Facturé à",
        supplier="Fournisseur",
        delivery_address="Adresse de livraison",
        description="Désignation",
        quantity="Qté",
        unit="Unité",
        unit_price="PU HT",
        vat="TVA",
        line_total="Total HT",
        total_net="Total HT",
        vat_at="TVA {rate}",
        vat_at_on="TVA {rate} sur {net}",
        total_gross="Total TTC",
        to_pay="Net à payer TTC",
        by_transfer="Règlement par virement",
        payment="Conditions de règlement",
        notes="Remarques",
        vat_number="TVA",
        capital="au capital de {capital}",
        operation="Nature de l’opération : {operation}.",
        operations={
            Operation.GOODS: "livraison de biens",
            Operation.SERVICES: "prestation de services",
            Operation.MIXED: "livraison de biens et prestation de services",
        },
        vat_on_debits="TVA sur les débits : option pour le paiement de la taxe d’après les débits.",
        no_vat="TVA non applicable, art. 293 B du CGI.",
        late_payment=(
            "Pas d’escompte pour paiement anticipé. En cas de retard : pénalités au taux de trois "
            "fois l’intérêt légal, exigibles sans rappel, et indemnité forfaitaire pour frais de "
            "recouvrement de 40\u00a0€ (art. L.\u00a0441-10 et D.\u00a0441-5 du code de commerce)."
        ),
    ),
    Locale.EN: Words(
        number="No.",
        page="Page {page}/{pages}",
        site="Site",
        headcount="Headcount",
        people=("person", "people"),
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
        operations={
            Operation.GOODS: "supply of goods",
            Operation.SERVICES: "supply of services",
            Operation.MIXED: "supply of goods and services",
        },
        vat_on_debits="VAT on debits: the supplier has opted to pay VAT when invoicing.",
        no_vat="VAT not applicable, article 293 B of the French tax code (CGI).",
        late_payment=(
            "No discount for early payment. Late payment: penalties at three times the French "
            "legal interest rate, due without reminder, and a fixed recovery charge of €40 "
            "(articles L.\u00a0441-10 and D.\u00a0441-5 of the French commercial code)."
        ),
    ),
}
