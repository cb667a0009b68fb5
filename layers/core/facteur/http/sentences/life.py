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
        (
            "Le domaine {domain} n’est pas vérifié et l’organisation n’a pas d’expéditeur par"
            " défaut. Choisissez-en un dans les paramètres."
        ),
        (
            "The domain {domain} is not verified and the organization has no default sender."
            " Choose one in the settings."
        ),
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
    "campaign_not_found": ("Cette campagne n’existe pas.", "There is no such campaign."),
    "copy_deleted": (
        "Cette demande avait déjà créé une copie, qui a été supprimée depuis.",
        "This request had already made a copy, which has been deleted since.",
    ),
    "campaign_contended": (
        "Cette campagne est modifiée par d’autres en ce moment. Réessayez.",
        "Others are changing this campaign right now. Try again.",
    ),
    "at_has_passed": (
        "Cette date est passée : choisissez une date à venir.",
        "This date has passed: choose one to come.",
    ),
    "none_cannot_be_paused": (
        "Un envoi unique part aussitôt : il ne peut pas être en pause.",
        "A single send leaves at once: it cannot be paused.",
    ),
    "increment_of_lists_only": (
        "Seule la date d’une liste envoyée chaque semaine ou chaque mois peut avancer d’elle-même.",
        "Only the date of a list that is sent weekly or monthly can move by itself.",
    ),
    "increment_needed": (
        "Cette date ne se choisit que si la date de la liste avance d’elle-même.",
        "This date can only be chosen when the list’s date moves by itself.",
    ),
    "owner_not_allowed": (
        "Vous pouvez reprendre cette campagne, pas la confier à quelqu’un d’autre.",
        "You may take this campaign over, not hand it to somebody else.",
    ),
    "profile_not_found": (
        "La personne qui envoie cette campagne n’est plus connue. Reprenez la campagne.",
        "The person who sends this campaign is no longer known. Take the campaign over.",
    ),
    "campaign_completed": (
        "Cette campagne est terminée. Donnez-lui une nouvelle récurrence, ou dupliquez-la.",
        "This campaign is completed. Give it a new recurrence, or duplicate it.",
    ),
    "once_has_passed": (
        "La date de cet envoi est passée : choisissez-en une autre.",
        "The date of this send has passed: choose another.",
    ),
    "nothing_to_skip": (
        (
            "Seul le prochain envoi d’une campagne active, hebdomadaire ou mensuelle, peut être"
            " ignoré."
        ),
        "Only the next send of an active weekly or monthly campaign can be skipped.",
    ),
    "nothing_skipped": (
        "Aucun envoi à rétablir : aucun envoi à venir n’est ignoré, ou la campagne est en pause.",
        "No send to put back: no coming send is skipped, or the campaign is paused.",
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
