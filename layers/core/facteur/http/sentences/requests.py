"""Sentences about requests: their shape, their author, their fields."""

from typing import Final

SENTENCES: Final = {
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
    "store_unavailable": (
        "Les données ne répondent pas. Réessayez dans quelques secondes.",
        "The data store does not answer. Try again in a few seconds.",
    ),
    "archive_unavailable": (
        "L’archive des documents ne répond pas. Réessayez dans quelques secondes.",
        "The document archive does not answer. Try again in a few seconds.",
    ),
    "scheduler_unavailable": (
        "La planification ne répond pas. Réessayez dans quelques secondes.",
        "Scheduling does not answer. Try again in a few seconds.",
    ),
    "schedule_refused": (
        "La planification refuse cette campagne. Prévenez la personne qui administre Facteur.",
        "Scheduling refuses this campaign. Tell the person who runs Facteur.",
    ),
    "queue_unavailable": (
        "La file d’envoi ne répond pas. Réessayez dans quelques secondes.",
        "The sending queue does not answer. Try again in a few seconds.",
    ),
    "idempotency_key_invalid": (
        "La clé Idempotency-Key doit compter de 1 à 255 caractères ASCII imprimables.",
        "The Idempotency-Key must have 1 to 255 printable ASCII characters.",
    ),
    "idempotency_key_reused": (
        "Cette clé Idempotency-Key a déjà servi à une autre demande. Prenez-en une autre.",
        "This Idempotency-Key has already been used for another request. Use another.",
    ),
    "cursor_invalid": (
        "Ce curseur n’est pas valable. Recommencez à la première page.",
        "This cursor is not valid. Start again from the first page.",
    ),
    # Identity
    "token_unknown": (
        "Ce jeton ne désigne aucun utilisateur. Reconnectez-vous.",
        "This token names no user. Sign in again.",
    ),
    "email_not_verified": (
        "Votre adresse email n’est pas vérifiée. Vérifiez-la, puis reconnectez-vous.",
        "Your e-mail address is not verified. Verify it, then sign in again.",
    ),
    "client_unknown": (
        "Cette application n’est pas autorisée. Demandez à un opérateur de l’autoriser.",
        "This application has not been let in. Ask an operator to let it in.",
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
    "out_of_range": (
        "Cette valeur est hors limites (attendu : {limit}).",
        "This value is out of range (expected: {limit}).",
    ),
    "too_many_decimals": (
        "{decimal_places} décimales au plus.",
        "At most {decimal_places} decimals.",
    ),
    "date_invalid": (
        "Ce n’est pas une date (AAAA-MM-JJ).",
        "This is not a date (YYYY-MM-DD).",
    ),
    "local_time_invalid": (
        "Ce n’est pas une date et heure (AAAA-MM-JJTHH:MM).",
        "This is not a date and time (YYYY-MM-DDTHH:MM).",
    ),
    "instant_invalid": (
        "Ce n’est pas un instant (AAAA-MM-JJTHH:MM:SSZ).",
        "This is not an instant (YYYY-MM-DDTHH:MM:SSZ).",
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
    "range_too_long": ("{max} jours au plus.", "At most {max} days."),
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
}
