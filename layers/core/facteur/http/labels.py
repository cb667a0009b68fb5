"""The words of the export, in each language; outcomes are named as the console names them."""

from facteur.domain.address import Role
from facteur.domain.message import Outcome
from facteur.domain.settings import Locale

COLUMNS = {
    Locale.FR: (
        "Envoi",
        "Mis en file",
        "Envoyé",
        "Résultat",
        "Heure",
        "Adresse",
        "Rôle",
        "Sujet",
        "Type",
        "Nom du document",
        "Numéro du document",
        "Fichier",
        "SHA-256",
        "Identifiant SES",
        "Expéditeur",
        "Erreur",
    ),
    Locale.EN: (
        "Send",
        "Queued",
        "Sent",
        "Outcome",
        "Time",
        "Address",
        "Role",
        "Subject",
        "Type",
        "Document name",
        "Document number",
        "File",
        "SHA-256",
        "SES id",
        "Sender",
        "Error",
    ),
}

OUTCOMES = {
    Locale.FR: {
        Outcome.QUEUED: "En attente",
        Outcome.SENDING: "En cours",
        Outcome.UNCONFIRMED: "Incertain",
        Outcome.SENT: "Accepté",
        Outcome.DELAYED: "Retardé",
        Outcome.DELIVERED: "Remis",
        Outcome.BOUNCED: "Non remis",
        Outcome.COMPLAINED: "Signalé comme indésirable",
        Outcome.REJECTED: "Refusé",
        Outcome.FAILED: "Échec",
    },
    Locale.EN: {
        Outcome.QUEUED: "Queued",
        Outcome.SENDING: "Sending",
        Outcome.UNCONFIRMED: "Unconfirmed",
        Outcome.SENT: "Accepted",
        Outcome.DELAYED: "Delayed",
        Outcome.DELIVERED: "Delivered",
        Outcome.BOUNCED: "Bounced",
        Outcome.COMPLAINED: "Reported as spam",
        Outcome.REJECTED: "Rejected",
        Outcome.FAILED: "Failed",
    },
}

ROLES = {
    Locale.FR: {Role.TO: "À", Role.CC: "Cc", Role.BCC: "Cci", Role.COPY: "Copie à l’expéditeur"},
    Locale.EN: {Role.TO: "To", Role.CC: "Cc", Role.BCC: "Bcc", Role.COPY: "Copy to sender"},
}
