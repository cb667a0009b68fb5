"""The sentence of every code, in each language: what is wrong and, where it helps, what to do."""

from collections.abc import Mapping
from typing import Final

from facteur.domain.errors import Parameter
from facteur.domain.settings import Locale

_FALLBACK: Final = "value_invalid"

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    # Requests as a whole
    "validation_failed": (
        "La demande contient des erreurs.",
        "The request has errors.",
    ),
    "json_invalid": (
        "Le corps de la demande n’est pas du JSON valide.",
        "The body of the request is not valid JSON.",
    ),
    "object_expected": ("Un objet JSON est attendu.", "A JSON object is expected."),
    "body_too_large": (
        "La demande dépasse {max_kilobytes} Ko.",
        "The request is larger than {max_kilobytes} KB.",
    ),
    "route_not_found": ("Cette adresse n’existe pas.", "There is nothing at this address."),
    "not_found": ("Introuvable.", "Not found."),
    "internal_error": (
        "Une erreur est survenue de notre côté. Référence : {request_id}.",
        "Something went wrong on our side. Reference: {request_id}.",
    ),
    "busy": (
        "Trop de demandes en même temps. Réessayez dans quelques secondes.",
        "Too many requests at once. Try again in a few seconds.",
    ),
    "idempotency_key_invalid": (
        "La clé Idempotency-Key doit compter de 1 à 255 caractères ASCII imprimables.",
        "The Idempotency-Key must have 1 to 255 printable ASCII characters.",
    ),
    "idempotency_key_reused": (
        "Cette clé Idempotency-Key a déjà servi à une autre demande.",
        "This Idempotency-Key has already been used for another request.",
    ),
    "cursor_invalid": (
        "Ce curseur n’est pas valable. Recommencez à la première page.",
        "This cursor is not valid. Start again from the first page.",
    ),
    # Identity
    "token_unknown": (
        "Ce jeton ne désigne aucun utilisateur.",
        "This token names no user.",
    ),
    "email_not_verified": (
        "Votre adresse email n’est pas vérifiée.",
        "Your e-mail address is not verified.",
    ),
    "client_unknown": (
        "Cette application n’est pas autorisée.",
        "This application has not been let in.",
    ),
    # Fields
    "required": ("Ce champ est obligatoire.", "This field is required."),
    "unknown_field": ("Ce champ n’existe pas.", "There is no such field."),
    "too_long": (
        "{max_length} caractères au plus.",
        "At most {max_length} characters.",
    ),
    "too_many": ("{max_length} éléments au plus.", "At most {max_length} items."),
    "too_few": ("{min_length} élément au moins.", "At least {min_length} item."),
    "not_allowed": (
        "Valeur non admise. Valeurs possibles : {expected}.",
        "Not an allowed value. Possible values: {expected}.",
    ),
    "time_invalid": (
        "Ce n’est pas une heure (HH:MM).",
        "This is not a time (HH:MM).",
    ),
    "number_invalid": ("Ce n’est pas un nombre admis ici.", "This is not a number allowed here."),
    "out_of_range": ("Cette valeur est hors limites.", "This value is out of range."),
    "date_invalid": (
        "Ce n’est pas une date (AAAA-MM-JJ).",
        "This is not a date (YYYY-MM-DD).",
    ),
    "boolean_expected": ("true ou false est attendu.", "true or false is expected."),
    "text_expected": ("Un texte est attendu.", "A text is expected."),
    "text_invalid": (
        "Ce texte contient des caractères impossibles.",
        "This text has impossible characters.",
    ),
    "list_expected": ("Une liste est attendue.", "A list is expected."),
    "value_invalid": ("Cette valeur n’est pas admise.", "This value is not allowed."),
    "control_character": (
        "Les retours à la ligne et caractères de contrôle sont interdits ici.",
        "Line breaks and control characters are not allowed here.",
    ),
    "encoded_word": (
        "Une suite « =?…?= » est interdite ici.",
        "A sequence “=?…?=” is not allowed here.",
    ),
    "range_empty": (
        "La date de fin précède la date de début.",
        "The end date is before the start date.",
    ),
    # Addresses
    "address_invalid": (
        "« {address} » n’est pas une adresse email valide.",
        "“{address}” is not a valid e-mail address.",
    ),
    "address_local_part_not_ascii": (
        "« {address} » : les accents avant le @ ne sont pas acceptés par le service d’envoi.",
        "“{address}”: the sending service takes no accents before the @.",
    ),
    "one_address_expected": (
        "Une seule adresse est attendue.",
        "Exactly one address is expected.",
    ),
    "too_many_addresses": (
        "{count} adresses : un envoi en compte {max_length} au plus.",
        "{count} addresses: a send has at most {max_length}.",
    ),
    "correction_unknown": (
        "Cette adresse n’est pas parmi celles à relancer.",
        "This address is not among those to retry.",
    ),
    # Messages
    "unknown_variable": (
        "La variable « {{{name}}} » n’existe pas. Variables possibles : {known}.",
        "There is no variable “{{{name}}}”. Possible variables: {known}.",
    ),
    "unbalanced_brace": (
        "Accolade isolée au caractère {position}. Doublez-la pour l’écrire telle quelle.",
        "Lone brace at character {position}. Double it to have it written as it is.",
    ),
    # Documents
    "document_not_found": (
        "Ce document n’existe pas.",
        "There is no such document.",
    ),
    "documents_of_several_types": (
        "Les documents d’un envoi sont tous du même type.",
        "The documents of a send are all of the same type.",
    ),
    "document_not_published": (
        "La liste « {name} » n’est pas publiée. Publiez-la pour l’envoyer.",
        "The list “{name}” is not published. Publish it to send it.",
    ),
    "document_unavailable": (
        "Le document de cet envoi n’est plus disponible.",
        "The document of this send is no longer available.",
    ),
    "number_taken": (
        "Le numéro {number} est déjà celui d’un autre document.",
        "The number {number} already belongs to another document.",
    ),
    "type_fixed": (
        "Le type d’un document ne change pas.",
        "The type of a document cannot change.",
    ),
    "version_conflict": (
        "Quelqu’un l’a modifié entre-temps. Rechargez pour repartir de la dernière version.",
        "Somebody has changed it meanwhile. Reload to start from the latest version.",
    ),
    "attachment_too_large": (
        "Les pièces jointes pèsent {megabytes} Mo une fois encodées : {max_megabytes} Mo au plus.",
        "The attachments weigh {megabytes} MB once encoded: at most {max_megabytes} MB.",
    ),
    "document_too_large": (
        "Ce document est trop volumineux.",
        "This document is too large.",
    ),
    "campaign_preview_unavailable": (
        "L’aperçu d’une campagne n’est pas encore possible. Envoyez le corps d’un envoi immédiat.",
        "A campaign cannot be previewed yet. Send the body of an immediate send.",
    ),
    # Sends
    "send_not_found": ("Cet envoi n’existe pas.", "There is no such send."),
    "attachment_not_found": (
        "Cet envoi n’a pas de pièce jointe de ce numéro.",
        "This send has no attachment of that number.",
    ),
    "message_not_found": (
        "Cet envoi n’a pas de message de ce numéro.",
        "This send has no message of that number.",
    ),
    "message_too_large": (
        "La source de ce message est trop volumineuse. Ouvrez plutôt sa pièce jointe.",
        "The source of this message is too large. Open its attachment instead.",
    ),
    "send_in_progress": (
        "Cet envoi est encore en cours. Attendez qu’il soit terminé.",
        "This send is still under way. Wait until it has ended.",
    ),
    "nothing_to_retry": (
        "Aucun destinataire de cet envoi n’est en échec.",
        "No recipient of this send has failed.",
    ),
    "already_retried": (
        "Les destinataires en échec ont déjà été relancés (envoi {send_id}).",
        "The recipients that failed have already been retried (send {send_id}).",
    ),
    "sender_not_verified": (
        "Le domaine {domain} n’est pas vérifié et l’organisation n’a pas d’expéditeur par défaut.",
        "The domain {domain} is not verified and the organization has no default sender.",
    ),
    "export_too_large": (
        "Plus de {max} lignes : choisissez une période plus courte.",
        "More than {max} lines: choose a shorter range.",
    ),
    "export_too_heavy": (
        "Cet export est trop volumineux : choisissez une période plus courte.",
        "This export is too large: choose a shorter range.",
    ),
    # Campaigns
    "campaign_completed": (
        "Cette campagne est terminée.",
        "This campaign is completed.",
    ),
    "once_has_passed": (
        "La date de cet envoi est passée : choisissez-en une autre.",
        "The date of this send has passed: choose another.",
    ),
    "nothing_to_skip": (
        "Cette campagne n’a pas d’envoi à venir.",
        "This campaign has no coming send.",
    ),
    "nothing_skipped": (
        "Aucun envoi à venir n’est ignoré.",
        "No coming send is skipped.",
    ),
    "occurrence_in_progress": (
        "L’envoi de cette campagne est en cours. Réessayez dans quelques minutes.",
        "The send of this campaign is under way. Try again in a few minutes.",
    ),
    # Settings
    "timezone_unknown": (
        "Ce fuseau horaire n’existe pas (exemple : Europe/Paris).",
        "There is no such time zone (for example: Europe/Paris).",
    ),
    "sender_domain_not_verified": (
        "Le domaine de cette adresse n’est pas vérifié. Domaines vérifiés : {domains}.",
        "The domain of this address is not verified. Verified domains: {domains}.",
    ),
    "logo_invalid": (
        "Le logo doit être une image PNG ou JPEG en URI « data: ».",
        "The logo must be a PNG or JPEG image as a “data:” URI.",
    ),
    "logo_too_large": (
        "Le logo dépasse {max_kilobytes} Ko.",
        "The logo is larger than {max_kilobytes} KB.",
    ),
    # Warnings of the preview
    "many_blind_recipients": (
        "{count} copies cachées : certaines messageries les refusent. L’envoi séparé est plus sûr.",
        "{count} blind copies: some gateways refuse them. Separate sending is safer.",
    ),
    "document_number_empty": (
        "Un document n’a pas de numéro : {{document_number}} restera vide.",
        "A document has no number: {{document_number}} will be empty.",
    ),
    "list_not_published": (
        "La liste « {name} » n’est pas publiée. Publiez-la pour l’envoyer.",
        "The list “{name}” is not published. Publish it to send it.",
    ),
    "sender_replaced": (
        "Le message partira de {address} ; les réponses iront à {reply_to}.",
        "The message will come from {address}; replies go to {reply_to}.",
    ),
}
"""Code → French, English. Names between braces are the parameters of the error."""


def sentence(code: str, params: Mapping[str, Parameter], locale: Locale) -> str:
    """What ``code`` means, in the reader's language."""
    french, english = SENTENCES.get(code, SENTENCES[_FALLBACK])
    return (english if locale is Locale.EN else french).format_map(_Given(params))


class _Given(dict[str, Parameter]):
    """Parameters; one that was not given shows as an ellipsis."""

    def __missing__(self, _name: str) -> str:
        return "…"
