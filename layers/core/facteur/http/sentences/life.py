"""Sentences about what happens: sends, campaigns; and about settings."""

from typing import Final

SENTENCES: Final = {
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
}
