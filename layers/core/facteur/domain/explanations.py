"""What each failure code of a message means and what to do about it, in plain words."""

from dataclasses import dataclass

from facteur.domain.settings import Locale


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why it failed, and the remedy: full sentences."""

    cause: str
    remedy: str


_FR_CHECK_ADDRESS = (
    "Vérifiez l’adresse auprès du destinataire, puis relancez l’envoi en la corrigeant."
)
_EN_CHECK_ADDRESS = "Check the address with the recipient, then retry the send with the right one."
_FR_LATER = "Relancez l’envoi dans quelques heures."
_EN_LATER = "Retry the send in a few hours."
_FR_LIGHTER = "Envoyez un document plus léger, ou transmettez-le par un autre moyen."
_EN_LIGHTER = "Send a lighter document, or hand it over by other means."
_FR_ADMINISTRATOR = "Prévenez la personne qui administre Facteur, puis relancez l’envoi."
_EN_ADMINISTRATOR = "Tell the person who runs Facteur, then retry the send."

_FRENCH = {
    "address_rejected": (
        "Cette adresse n’existe pas, ou le serveur du destinataire la refuse.",
        _FR_CHECK_ADDRESS,
    ),
    "mailbox_full": (
        "La boîte du destinataire est pleine.",
        "Demandez-lui de faire de la place, puis relancez l’envoi.",
    ),
    "suppressed": (
        "Cette adresse a déjà refusé des messages : ils ne lui sont plus envoyés.",
        (
            "Vérifiez l’adresse. Si elle est bonne, demandez à la personne qui administre Facteur"
            " de la retirer de la liste de suppression."
        ),
    ),
    "message_too_large": (
        "Le message est trop lourd pour la boîte du destinataire.",
        _FR_LIGHTER,
    ),
    "attachment_too_large": ("Les pièces jointes sont trop lourdes.", _FR_LIGHTER),
    "attachment_rejected": (
        "Le serveur du destinataire a refusé la pièce jointe.",
        "Transmettez le document par un autre moyen.",
    ),
    "content_rejected": (
        "Le contenu du message a été refusé, comme indésirable ou dangereux.",
        "Modifiez le message ou le document, puis envoyez-le de nouveau.",
    ),
    "temporary_failure": (
        "Le serveur du destinataire n’a pas pu prendre le message pour le moment.",
        _FR_LATER,
    ),
    "delivery_timeout": (
        "Le serveur du destinataire n’a pas répondu à temps.",
        _FR_LATER,
    ),
    "undetermined": (
        "Le message est revenu sans que la cause en soit claire.",
        _FR_CHECK_ADDRESS,
    ),
    "sender_not_verified": (
        "L’adresse de l’expéditeur n’est pas vérifiée auprès du service d’envoi.",
        _FR_ADMINISTRATOR,
    ),
    "ses_sandbox": (
        "Compte SES en bac à sable : seules les adresses vérifiées reçoivent.",
        _FR_ADMINISTRATOR,
    ),
    "account_suspended": ("Le compte d’envoi est suspendu.", _FR_ADMINISTRATOR),
    "ses_misconfigured": ("Le service d’envoi est mal réglé.", _FR_ADMINISTRATOR),
    "message_refused": (
        "Le service d’envoi a refusé le message.",
        "Vérifiez les adresses et le document, puis relancez l’envoi.",
    ),
    "ses_unreachable": ("Le service d’envoi ne répondait pas.", _FR_LATER),
    "quota_exceeded": (
        "Le nombre de messages permis par jour était atteint.",
        "Relancez l’envoi demain.",
    ),
    "sending_paused": ("Les envois du compte sont suspendus.", _FR_ADMINISTRATOR),
    "throttled": ("Trop de messages partaient en même temps.", _FR_LATER),
    "expired": (
        "Le message n’a pas pu partir à temps : il a été abandonné.",
        "Relancez l’envoi.",
    ),
    "unconfirmed": (
        "On ne sait pas si le message est parti : le service d’envoi n’a pas confirmé.",
        (
            "Demandez au destinataire s’il l’a reçu avant de relancer : il pourrait le recevoir"
            " deux fois."
        ),
    ),
    "missed": ("L’envoi prévu n’a pas eu lieu à temps.", "Relancez l’envoi s’il est encore utile."),
    "document_unavailable": (
        "Un document à joindre n’existe plus ou n’est plus publié.",
        "Publiez le document, puis relancez l’envoi.",
    ),
    "render_failed": (
        "Le document ou le message n’a pas pu être préparé.",
        (
            "Ouvrez l’aperçu du document, corrigez-le au besoin, puis relancez l’envoi. Si cela se"
            " reproduit, prévenez la personne qui administre Facteur."
        ),
    ),
    "message_invalid": (
        "Avec le nom des documents, l’objet ou le message est devenu trop long.",
        "Raccourcissez l’objet de la campagne, puis relancez l’envoi.",
    ),
}

_ENGLISH = {
    "address_rejected": (
        "This address does not exist, or the recipient’s server refuses it.",
        _EN_CHECK_ADDRESS,
    ),
    "mailbox_full": (
        "The recipient’s mailbox is full.",
        "Ask them to make room, then retry the send.",
    ),
    "suppressed": (
        "This address has refused messages before: none are sent to it any more.",
        (
            "Check the address. If it is right, ask the person who runs Facteur to take it off the"
            " suppression list."
        ),
    ),
    "message_too_large": ("The message is too large for the recipient’s mailbox.", _EN_LIGHTER),
    "attachment_too_large": ("The attachments are too large.", _EN_LIGHTER),
    "attachment_rejected": (
        "The recipient’s server refused the attachment.",
        "Hand the document over by other means.",
    ),
    "content_rejected": (
        "The content of the message was refused as unwanted or dangerous.",
        "Change the message or the document, then send it again.",
    ),
    "temporary_failure": (
        "The recipient’s server could not take the message for now.",
        _EN_LATER,
    ),
    "delivery_timeout": ("The recipient’s server did not answer in time.", _EN_LATER),
    "undetermined": ("The message came back for no clear reason.", _EN_CHECK_ADDRESS),
    "sender_not_verified": (
        "The sender’s address is not verified with the mail service.",
        _EN_ADMINISTRATOR,
    ),
    "ses_sandbox": (
        "The SES account is in its sandbox: only verified addresses receive mail.",
        _EN_ADMINISTRATOR,
    ),
    "account_suspended": ("The mail account is suspended.", _EN_ADMINISTRATOR),
    "ses_misconfigured": ("The mail service is not set up properly.", _EN_ADMINISTRATOR),
    "message_refused": (
        "The mail service refused the message.",
        "Check the addresses and the document, then retry the send.",
    ),
    "ses_unreachable": ("The mail service did not answer.", _EN_LATER),
    "quota_exceeded": (
        "The number of messages allowed a day was reached.",
        "Retry the send tomorrow.",
    ),
    "sending_paused": ("The account’s sending is paused.", _EN_ADMINISTRATOR),
    "throttled": ("Too many messages were leaving at once.", _EN_LATER),
    "expired": ("The message could not leave in time and was given up.", "Retry the send."),
    "unconfirmed": (
        "It is not known whether the message left: the mail service did not confirm it.",
        "Ask the recipient whether it arrived before you retry: they might get it twice.",
    ),
    "missed": (
        "The planned send did not take place in time.",
        "Retry the send if it is still useful.",
    ),
    "document_unavailable": (
        "A document to attach no longer exists or is no longer published.",
        "Publish the document, then retry the send.",
    ),
    "render_failed": (
        "The document or the message could not be prepared.",
        (
            "Open the document’s preview, correct it if need be, then retry the send. If it happens"
            " again, tell the person who runs Facteur."
        ),
    ),
    "message_invalid": (
        "With the documents’ names, the subject or the message has become too long.",
        "Shorten the campaign’s subject, then retry the send.",
    ),
}

_TABLES = {Locale.FR: _FRENCH, Locale.EN: _ENGLISH}
_UNKNOWN = {
    Locale.FR: ("L’envoi a échoué.", "Relancez l’envoi."),
    Locale.EN: ("The send failed.", "Retry the send."),
}

FAILURE_CODES = frozenset(_FRENCH)
"""Every code a failed message or Send may carry."""


def explain(code: str, locale: Locale) -> Explanation:
    """Cause and remedy of a failure code; a code met for the first time gets general words."""
    return Explanation(*_TABLES[locale].get(code, _UNKNOWN[locale]))
