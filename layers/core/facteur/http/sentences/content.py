"""Sentences about what is sent: documents, messages, warnings of the preview."""

from typing import Final

SENTENCES: Final = {
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
        "Les documents d’un envoi sont tous du même type. Envoyez les autres à part.",
        "The documents of a send are all of the same type. Send the others apart.",
    ),
    "document_not_published": (
        (
            "« {name} » est un brouillon : publiez cette liste, ou marquez cette facture ou ce"
            " bon comme envoyé."
        ),
        "“{name}” is a draft: publish this list, or mark this invoice or order as sent.",
    ),
    "document_unavailable": (
        (
            "Un document de cet envoi n’existe plus ou n’est plus publié. Publiez-le, ou"
            " choisissez-en un autre."
        ),
        (
            "A document of this send no longer exists or is no longer published. Publish it, or"
            " choose another."
        ),
    ),
    "number_taken": (
        "Le numéro {number} est déjà celui d’un autre document. Choisissez-en un autre.",
        "The number {number} already belongs to another document. Choose another.",
    ),
    "type_fixed": (
        "Le type d’un document ne change pas. Créez-en plutôt un autre.",
        "The type of a document cannot change. Create another one instead.",
    ),
    "version_conflict": (
        "Quelqu’un l’a modifié entre-temps. Rechargez pour repartir de la dernière version.",
        "Somebody has changed it meanwhile. Reload to start from the latest version.",
    ),
    "attachment_too_large": (
        (
            "Les pièces jointes pèsent {megabytes} Mo une fois encodées : {max_megabytes} Mo au"
            " plus. Retirez des documents."
        ),
        (
            "The attachments weigh {megabytes} MB once encoded: at most {max_megabytes} MB."
            " Remove documents."
        ),
    ),
    "document_too_large": (
        "Ce document est trop volumineux. Retirez des lignes ou raccourcissez leurs textes.",
        "This document is too large. Remove lines or shorten their texts.",
    ),
    "document_of_another_type": (
        "« {name} » n’est pas du type choisi pour la campagne.",
        "“{name}” is not of the type chosen for the campaign.",
    ),
    "document_in_use": (
        "Des campagnes envoient encore ce document : {campaigns}. Retirez-le d’abord de celles-ci.",
        "Campaigns still send this document: {campaigns}. Take it out of these first.",
    ),
    # Uploaded documents
    "campaigns_too_heavy": (
        (
            "Avec ce fichier, les pièces jointes pèseraient {megabytes} Mo une fois encodées"
            " ({max_megabytes} Mo au plus) dans : {campaigns}. Déposez un PDF plus léger, ou"
            " retirez des documents de ces campagnes."
        ),
        (
            "With this file the attachments would weigh {megabytes} MB once encoded (at most"
            " {max_megabytes} MB) in: {campaigns}. Upload a lighter PDF, or take documents out of"
            " these campaigns."
        ),
    ),
    "upload_not_found": (
        "Ce fichier n’a pas été déposé, ou l’a été il y a plus d’un jour. Déposez-le de nouveau.",
        "This file has not been posted, or more than a day ago. Post it again.",
    ),
    "upload_not_pdf": (
        "Ce fichier n’est pas un PDF lisible. Exportez-le de nouveau en PDF.",
        "This file is not a readable PDF. Export it to PDF again.",
    ),
    "upload_encrypted": (
        "Ce PDF est chiffré ou protégé. Importez-en une version sans protection.",
        "This PDF is encrypted or protected. Upload a version without protection.",
    ),
    "upload_has_actions": (
        "Ce PDF contient un script ou lance un programme. Imprimez-le en PDF, puis importez-le.",
        "This PDF has a script or starts a program. Print it to PDF, then upload that.",
    ),
    "upload_too_large": (
        "Un PDF importé pèse {max_megabytes} Mo au plus.",
        "An uploaded PDF has at most {max_megabytes} MB.",
    ),
    "upload_date_fixed": (
        "Ce PDF a été importé : sa date ne peut pas changer.",
        "This PDF was uploaded: its date cannot change.",
    ),
    "source_fixed": (
        "Un document rédigé ici ne devient pas un PDF importé, ni l’inverse. Créez-en un autre.",
        "A document written here does not become an uploaded PDF, nor the reverse. Create another.",
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
    "document_not_ready": (
        "« {name} » est encore un brouillon : la campagne ne peut pas l’envoyer.",
        "“{name}” is still a draft: the campaign cannot send it.",
    ),
    "sender_replaced": (
        "Le message partira de {address} ; les réponses iront à {reply_to}.",
        "The message will come from {address}; replies go to {reply_to}.",
    ),
}
