"""French."""

from collections.abc import Sequence
from typing import Final

from facteur.locales.codes import Explanation, Failures, Problems
from facteur.locales.shape import (
    CampaignNotice,
    Columns,
    Export,
    Language,
    Mail,
    Notice,
    Operations,
    Outcomes,
    PdfWords,
    RecurrenceWords,
    Roles,
    VatExemptions,
    WebhookNotice,
)

_CHECK_ADDRESS = (
    "Vérifiez l’adresse auprès du destinataire, puis relancez l’envoi en la corrigeant."
)
_LATER = "Relancez l’envoi dans quelques heures."
_LIGHTER = "Envoyez un document plus léger, ou transmettez-le par un autre moyen."
_ADMINISTRATOR = "Prévenez la personne qui exploite Facteur, puis relancez l’envoi."


def _attachments(count: int) -> str:
    return "Pièce jointe" if count == 1 else f"{count} pièces jointes"


def _people(count: int) -> str:
    return f"{count} personnes" if count > 1 else f"{count} personne"


def _et(parts: Sequence[str]) -> str:
    return " et ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _days_of_month(days: Sequence[int]) -> str:
    """The last days of the months that lack one are said once, for all of them."""
    named = ["le 1er" if day == 1 else f"le {day}" for day in days if day < 31]
    if days[-1] == 31:
        return _et([*named, "le dernier jour du mois"])
    return _et(named) + (" (ou le dernier jour du mois)" if days[-1] > 28 else "")


def _hour_of(city: str) -> str:
    if city == "UTC":
        return "heure UTC"
    return f"heure d’{city}" if city[:1] in "AEIOUYÉ" else f"heure de {city}"


def _years(count: int, month: str) -> str:
    return f"Chaque année en {month}" if count == 1 else f"Tous les {count} ans en {month}"


LANGUAGE: Final = Language(
    tag="fr-FR",
    decimal_sign=",",
    document_types={
        "staff_list": "Liste de personnel",
        "invoice": "Facture",
        "purchase_order": "Bon de commande",
    },
    default_body="Bonjour,\n\nVeuillez trouver ci-joint : {document_name}.",
    campaign_copy=" (copie)",
    campaign_copies=" (copie {n})",
    recurrence=RecurrenceWords(
        date="%d/%m/%Y",
        at_once="Aussitôt, une seule fois",
        once="Une fois",
        on_date="le {date}",
        at="à {time}",
        zone=_hour_of,
        weeks=lambda n: "Chaque semaine" if n == 1 else f"Toutes les {n} semaines",
        months=lambda n: "Chaque mois" if n == 1 else f"Tous les {n} mois",
        years=_years,
        month_names=(
            *("janvier", "février", "mars", "avril", "mai", "juin"),
            *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
        ),
        weekday_names=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        weekdays=lambda names: _et([f"le {name}" for name in names]),
        days_of_month=_days_of_month,
        ordinal="le {ordinal} {day}",
        ordinals=("premier", "deuxième", "troisième", "quatrième", "dernier"),
        working_day="jour ouvré",
        moved_before="le jour ouvré précédent si c’est un week-end ou un jour férié",
        moved_after="le jour ouvré suivant si c’est un week-end ou un jour férié",
        starting="à partir du {date}",
        until="jusqu’au {date}",
        sends_in_all=lambda n: "un seul envoi" if n == 1 else f"{n} envois en tout",
    ),
    problems=Problems(
        # Requests as a whole
        validation_failed="La demande contient des erreurs.",
        json_invalid="Le corps de la demande n’est pas du JSON valide.",
        object_expected="Un objet JSON est attendu.",
        body_too_large="La demande dépasse {max_kilobytes} Ko.",
        route_not_found="Cette adresse n’existe pas.",
        not_found="Introuvable.",
        internal_error="Une erreur est survenue de notre côté. Référence : {request_id}.",
        busy="Trop de demandes en même temps. Réessayez dans quelques secondes.",
        store_unavailable="Les données ne répondent pas. Réessayez dans quelques secondes.",
        archive_unavailable=(
            "L’archive des documents ne répond pas. Réessayez dans quelques secondes."
        ),
        scheduler_unavailable="La planification ne répond pas. Réessayez dans quelques secondes.",
        schedule_refused=(
            "La planification refuse cette campagne. Prévenez la personne qui exploite Facteur."
        ),
        inspector_unavailable=(
            "Les PDF importés ne peuvent pas être contrôlés pour l’instant. Réessayez dans quelques"
            " secondes."
        ),
        queue_unavailable="La file d’envoi ne répond pas. Réessayez dans quelques secondes.",
        idempotency_key_invalid=(
            "La clé Idempotency-Key doit compter de 1 à 255 caractères ASCII imprimables."
        ),
        idempotency_key_reused=(
            "Cette clé Idempotency-Key a déjà servi à une autre demande. Prenez-en une autre."
        ),
        cursor_invalid="Ce curseur n’est pas valable. Recommencez à la première page.",
        # Identity
        unauthorized="Il faut un jeton valable. Connectez-vous, puis recommencez.",
        token_unknown="Ce jeton ne désigne aucun utilisateur. Reconnectez-vous.",
        email_not_verified=(
            "Votre adresse email n’est pas vérifiée. Vérifiez-la, puis reconnectez-vous."
        ),
        client_unknown=(
            "Cette application n’est pas autorisée. Demandez à un opérateur de l’autoriser."
        ),
        scope_missing=(
            "Ce jeton n’a pas la portée facteur/api. Demandez-la en même temps que le jeton."
        ),
        admin_only="Seul un administrateur de votre organisation peut faire ce changement.",
        # Fields
        required="Ce champ est obligatoire.",
        unknown_field="Ce champ n’existe pas.",
        too_long="{max_length} caractères au plus.",
        too_many="{max_length} éléments au plus.",
        too_few="{min_length} élément au moins.",
        not_allowed="Valeur non admise. Valeurs possibles : {expected}.",
        time_invalid="Ce n’est pas une heure (HH:MM).",
        number_invalid="Ce n’est pas un nombre admis ici.",
        out_of_range="Cette valeur est hors limites (attendu : {limit}).",
        too_many_decimals="{decimal_places} décimales au plus.",
        date_invalid="Ce n’est pas une date (AAAA-MM-JJ).",
        local_time_invalid="Ce n’est pas une date et heure (AAAA-MM-JJTHH:MM).",
        instant_invalid="Ce n’est pas un instant (AAAA-MM-JJTHH:MM:SSZ).",
        boolean_expected="true ou false est attendu.",
        text_expected="Un texte est attendu.",
        text_invalid="Ce texte contient des caractères impossibles.",
        list_expected="Une liste est attendue.",
        value_invalid="Cette valeur n’est pas admise.",
        control_character="Les retours à la ligne et caractères de contrôle sont interdits ici.",
        direction_character=(
            "Un caractère invisible change ici le sens de lecture. Retapez ce texte au lieu de le"
            " coller."
        ),
        encoded_word="Une suite « =?…?= » est interdite ici.",
        name_like_address=(
            "Un nom ne contient pas de « @ » : indiquez votre nom, pas une adresse."
        ),
        range_too_long="{max} jours au plus.",
        range_empty="La date de fin précède la date de début.",
        # Registration numbers and bank accounts
        siren_invalid="Un SIREN compte 9 chiffres : les 9 premiers du SIRET.",
        siren_key_wrong="La clé de ce SIREN ne correspond pas. Vérifiez chacun de ses 9 chiffres.",
        siret_invalid="Un SIRET compte 14 chiffres : le SIREN, puis 5 chiffres.",
        siret_key_wrong="La clé de ce SIRET ne correspond pas. Vérifiez chacun de ses 14 chiffres.",
        vat_number_invalid=(
            "Ce numéro de TVA n’a pas la forme de ceux de son pays (exemple : FR44732829320)."
        ),
        vat_number_key_wrong=(
            "La clé de ce numéro de TVA ne correspond pas. Vérifiez chaque caractère."
        ),
        vat_number_country_unknown=(
            "Un numéro de TVA commence par le code de son pays (exemple : FR44732829320)."
        ),
        iban_invalid="Cet IBAN n’a pas la forme de ceux de son pays. Recopiez-le depuis un RIB.",
        iban_key_wrong="La clé de cet IBAN ne correspond pas. Vérifiez chaque caractère.",
        iban_country_unknown="Cet IBAN ne commence pas par le code d’un pays qui en délivre.",
        bic_invalid="Un BIC compte 8 ou 11 caractères (exemple : AGRIFRPP).",
        bic_country_unknown="Les caractères 5 et 6 de ce BIC ne sont pas le code d’un pays.",
        # Addresses
        address_invalid="« {address} » n’est pas une adresse email valide.",
        address_local_part_not_ascii=(
            "« {address} » : les accents avant le @ ne sont pas acceptés par le service d’envoi."
        ),
        one_address_expected="Une seule adresse est attendue.",
        too_many_addresses="{count} adresses : un envoi en compte {max_length} au plus.",
        correction_unknown="Cette adresse n’est pas parmi celles à relancer.",
        # Groups of recipients
        group_not_found="Cette liste de diffusion n’existe pas.",
        group_name_taken=(
            "Une autre liste de diffusion s’appelle déjà « {name} ». Choisissez un autre nom."
        ),
        group_in_use=(
            "Des campagnes écrivent encore à cette liste de diffusion : {campaigns}. Retirez-la"
            " d’abord de celles-ci."
        ),
        group_too_large=(
            "Cette liste de diffusion est trop volumineuse. Retirez des adresses ou raccourcissez"
            " les noms."
        ),
        # Messages
        unknown_variable="La variable « {{{name}}} » n’existe pas. Variables possibles : {known}.",
        unbalanced_brace=(
            "Accolade isolée au caractère {position}. Doublez-la pour l’écrire telle quelle."
        ),
        # Documents
        document_not_found="Ce document n’existe pas.",
        documents_of_several_types=(
            "Les documents d’un envoi sont tous du même type. Envoyez les autres à part."
        ),
        document_not_published=(
            "« {name} » n’est pas publiée. Publiez cette liste, puis recommencez."
        ),
        document_not_published_invoice=(
            "« {name} » est un brouillon. Marquez cette facture comme envoyée, puis recommencez."
        ),
        document_not_published_purchase_order=(
            "« {name} » est un brouillon. Marquez ce bon de commande comme envoyé, puis "
            "recommencez."
        ),
        document_unavailable=(
            "Un document de cet envoi n’existe plus ou n’est plus publié. Publiez-le, ou"
            " choisissez-en un autre."
        ),
        number_taken=("Le numéro {number} est déjà celui de « {name} ». Choisissez-en un autre."),
        type_fixed="Le type d’un document ne change pas. Créez-en plutôt un autre.",
        version_conflict=(
            "Quelqu’un l’a modifié entre-temps. Rechargez pour repartir de la dernière version."
        ),
        attachment_too_large=(
            "Les pièces jointes pèsent {megabytes} Mo une fois encodées : {max_megabytes} Mo au"
            " plus. Retirez des documents."
        ),
        document_too_large=(
            "Ce document est trop volumineux. Retirez des lignes ou raccourcissez leurs textes."
        ),
        too_many_pages=(
            "Ce document ferait plus de {max_pages} pages. Retirez des lignes, ou des retours à la"
            " ligne de leurs textes."
        ),
        document_of_another_type="« {name} » n’est pas du type choisi pour la campagne.",
        document_in_use=(
            "Des campagnes envoient encore ce document : {campaigns}. Retirez-le d’abord de"
            " celles-ci."
        ),
        # Uploaded documents
        campaigns_too_heavy=(
            "Avec ce fichier, les pièces jointes pèseraient {megabytes} Mo une fois encodées"
            " ({max_megabytes} Mo au plus) dans : {campaigns}. Déposez un PDF plus léger, ou"
            " retirez des documents de ces campagnes."
        ),
        upload_not_found=(
            "Ce fichier n’a pas été déposé, ou l’a été il y a plus d’un jour. Déposez-le de"
            " nouveau."
        ),
        upload_changed=(
            "Un autre fichier a été déposé pendant le contrôle de celui-ci. Déposez le vôtre de"
            " nouveau."
        ),
        upload_not_pdf=(
            "Ce fichier n’est pas un PDF. Exportez le document en PDF, puis importez-le."
        ),
        upload_damaged=(
            "Ce PDF est endommagé : certains logiciels ne pourraient pas l’ouvrir. Exportez-le"
            " de nouveau."
        ),
        upload_ambiguous=(
            "Ce PDF peut être lu de plusieurs façons (une entrée y figure deux fois ou y est mal"
            " formée). Imprimez-le en PDF, puis importez-le."
        ),
        upload_encrypted="Ce PDF est chiffré ou protégé. Importez-en une version sans protection.",
        upload_without_pages="Ce PDF n’a aucune page. Exportez le document de nouveau.",
        upload_too_complex=(
            "Ce PDF n’a pas pu être contrôlé : il est trop complexe. Imprimez-le en PDF, puis"
            " importez-le."
        ),
        upload_has_scripts="Ce PDF contient un script. Imprimez-le en PDF, puis importez-le.",
        upload_has_actions=(
            "Ce PDF contient une action qui peut agir hors du document ({action}). Imprimez-le en"
            " PDF, puis importez-le."
        ),
        upload_has_files=(
            "Ce PDF contient un fichier joint. Seule est admise la facture électronique d’un PDF"
            " Factur-X : un seul fichier XML, nommé factur-x.xml. Retirez les autres pièces"
            " jointes."
        ),
        upload_has_media=(
            "Ce PDF contient du son, de la vidéo ou de la 3D. Imprimez-le en PDF, puis importez-le."
        ),
        upload_has_links=(
            "Ce PDF contient un lien vers autre chose qu’une page web, une adresse e-mail ou un"
            " numéro de téléphone. Retirez ce lien, ou imprimez le document en PDF."
        ),
        upload_reads_files=(
            "Ce PDF fait référence à un fichier extérieur. Imprimez-le en PDF, puis importez-le."
        ),
        upload_too_large="Un PDF importé pèse {max_megabytes} Mo au plus.",
        upload_date_fixed="Ce PDF a été importé : sa date ne peut pas changer.",
        source_fixed=(
            "Un document rédigé ici ne devient pas un PDF importé, ni l’inverse. Créez-en un autre."
        ),
        upload_not_copied=(
            "Un PDF importé ne se duplique pas : son numéro et sa date sont dans le fichier. "
            "Importez-en un autre."
        ),
        no_number_follows=(
            "Aucun numéro libre ne suit {number}. Créez le document et donnez-lui le numéro de "
            "votre choix."
        ),
        # Warnings of the preview
        many_blind_recipients=(
            "{count} copies cachées : certaines messageries les refusent. L’envoi séparé est plus"
            " sûr."
        ),
        document_number_empty="Un document n’a pas de numéro : {{document_number}} restera vide.",
        list_not_published="La liste « {name} » n’est pas publiée. Publiez-la pour l’envoyer.",
        document_not_ready=(
            "« {name} » est encore un brouillon : la campagne ne peut pas l’envoyer."
        ),
        sender_replaced="Le message partira de {address} ; les réponses iront à {reply_to}.",
        recipient_bounced="Le {date}, l’email à {address} n’a pas pu être remis. {detail}",
        recipient_complained=(
            "Le {date}, {address} a signalé un de vos emails comme indésirable. N’écrivez à cette"
            " adresse que si l’email y est attendu."
        ),
        recipient_suppressed=(
            "Depuis le {date}, le service d’envoi bloque l’adresse {address} : un email n’y"
            " arrivera pas tant qu’elle n’est pas débloquée."
        ),
        recipients_flagged=(
            "D’autres destinataires n’ont pas pu être joints, ou ne veulent pas l’être : {count}."
        ),
        already_sent="Déjà envoyé à {address} le {date} à {time}.",
        already_sent_invoice="Déjà envoyée à {address} le {date} à {time}.",
        already_sent_staff_list="Déjà envoyée à {address} le {date} à {time}.",
        already_sent_to_others="Autres destinataires qui ont déjà eu ce document : {count}.",
        address_complained="Le destinataire a signalé un email comme indésirable.",
        # Warnings about a document
        seller_address_missing=(
            "L’adresse de votre organisation manque : une facture doit la porter. Complétez-la "
            "dans les paramètres."
        ),
        seller_siren_missing=(
            "Le SIREN de votre organisation manque : une facture doit le porter. Complétez-le "
            "dans les paramètres."
        ),
        seller_vat_number_missing=(
            "Le numéro de TVA de votre organisation manque : une facture avec TVA doit le "
            "porter. Complétez-le dans les paramètres."
        ),
        client_address_missing="L’adresse du client manque.",
        client_vat_number_missing=(
            "Le numéro de TVA du client manque : il est obligatoire quand le client doit la TVA."
        ),
        payment_date_missing="Il manque une échéance ou des conditions de règlement.",
        vat_exemption_missing="Des lignes sont à 0 % de TVA. Indiquez le motif de l’exonération.",
        vat_exemption_unused=(
            "Un motif d’exonération est indiqué, mais aucune ligne n’est à 0 % de TVA."
        ),
        quantity_zero="Ligne {line} : la quantité est 0.",
        price_negative="Ligne {line} : le prix est négatif. Vérifiez qu’il s’agit d’une remise.",
        characters_missing=(
            "Le PDF ne peut pas imprimer ces caractères et les remplace par un carré : {characters}"
        ),
        # Sends
        send_not_found="Cet envoi n’existe pas.",
        attachment_not_found="Cet envoi n’a pas de pièce jointe de ce numéro.",
        message_not_found="Cet envoi n’a pas de message de ce numéro.",
        message_too_large=(
            "La source de ce message est trop volumineuse. Ouvrez plutôt sa pièce jointe."
        ),
        send_in_progress="Cet envoi est encore en cours. Attendez qu’il soit terminé.",
        nothing_to_retry="Aucun destinataire de cet envoi n’est en échec.",
        already_retried="Les destinataires en échec ont déjà été relancés (envoi {send_id}).",
        nothing_to_resolve="Cet envoi n’est pas en échec : il n’y a rien à traiter.",
        campaign_message_gone=(
            "Le message de cet envoi était trop long, et sa campagne a été supprimée. Ouvrez le"
            " document et envoyez-le avec un autre message."
        ),
        campaign_message_invalid=(
            "Avec le nom des documents, l’objet ou le message de la campagne est encore trop long."
            " Raccourcissez-le dans la campagne, puis relancez l’envoi."
        ),
        sender_not_verified=(
            "Le domaine {domain} n’est pas vérifié et l’organisation n’a pas d’expéditeur par"
            " défaut. Choisissez-en un dans les paramètres."
        ),
        organization_suspended=(
            "Les envois de votre organisation sont suspendus : rien n’est parti. Prévenez la"
            " personne qui administre Facteur."
        ),
        daily_limit_reached=(
            "Cet envoi dépasserait le nombre de messages que votre organisation peut envoyer par"
            " jour ({limit}). Envoyez-le demain, ou demandez à la personne qui administre Facteur"
            " d’augmenter cette limite."
        ),
        export_too_large="Plus de {max} lignes : choisissez une période plus courte.",
        export_too_heavy="Cet export est trop volumineux : choisissez une période plus courte.",
        # Campaigns
        campaign_not_found="Cette campagne n’existe pas.",
        copy_deleted="Cette demande avait déjà créé une copie, qui a été supprimée depuis.",
        campaign_contended="Cette campagne est modifiée par d’autres en ce moment. Réessayez.",
        at_has_passed="Cette date est passée : choisissez une date à venir.",
        ends_ambiguous="Indiquez une seule fin : une date (on) ou un nombre d’envois (after).",
        ends_before_start="La fin précède le début : choisissez une date plus tardive.",
        ends_before_next="Rien ne partirait d’ici là : choisissez une fin plus tardive.",
        differs_from_list="Ce champ contredit la liste « {list} » : n’indiquez que la liste.",
        days_or_ordinal=(
            "Indiquez des jours du mois ou une place (premier, deuxième… ou dernier), pas les deux."
        ),
        weekday_needs_ordinal=(
            "Un jour de la semaine dans le mois demande une place : premier, deuxième… ou dernier."
        ),
        none_cannot_be_paused="Un envoi unique part aussitôt : il ne peut pas être en pause.",
        increment_of_lists_only=(
            "Seule la date d’une liste envoyée chaque semaine ou chaque mois peut avancer"
            " d’elle-même."
        ),
        increment_needed="Cette date ne se choisit que si la date de la liste avance d’elle-même.",
        owner_not_allowed=(
            "Vous pouvez reprendre cette campagne, pas la confier à quelqu’un d’autre."
        ),
        profile_not_found=(
            "La personne qui envoie cette campagne n’est plus connue. Reprenez la campagne."
        ),
        campaign_completed=(
            "Cette campagne est terminée. Donnez-lui une nouvelle récurrence, ou dupliquez-la."
        ),
        once_has_passed="La date de cet envoi est passée : choisissez-en une autre.",
        recurrence_has_ended=(
            "La récurrence de cette campagne est terminée : choisissez une autre fin."
        ),
        no_recipients="Cette campagne n’a plus de destinataire : modifiez-la pour en ajouter.",
        group_unavailable=(
            "Une liste de diffusion de cette campagne n’existe plus : modifiez la campagne pour la"
            " retirer ou la remplacer."
        ),
        too_many_recipients=(
            "Avec ses listes de diffusion, cette campagne compte plus de 1 000 destinataires :"
            " réduisez-les, ou répartissez-les sur plusieurs campagnes."
        ),
        nothing_to_skip=(
            "Seul le prochain envoi d’une campagne active, hebdomadaire ou mensuelle, peut être"
            " ignoré."
        ),
        nothing_skipped=(
            "Aucun envoi à rétablir : aucun envoi à venir n’est ignoré, ou la campagne est en"
            " pause."
        ),
        occurrence_in_progress=(
            "L’envoi de cette campagne est en cours. Réessayez dans quelques minutes."
        ),
        # Settings
        timezone_unknown="Ce fuseau horaire n’existe pas (exemple : Europe/Paris).",
        country_unknown=(
            "Les jours fériés de ce pays ne sont pas connus. Indiquez son code de deux lettres"
            " (exemple : FR)."
        ),
        region_unknown=(
            "Cette région n’a pas de jours fériés particuliers. Régions connues : {regions}."
        ),
        sender_domain_not_verified=(
            "Le domaine de cette adresse n’est pas vérifié. Domaines vérifiés : {domains}."
        ),
        sender_not_allowed=(
            "D’autres organisations envoient aussi depuis {domain}. Choisissez une adresse qui vous"
            " a été attribuée ou celle d’un de vos utilisateurs : {addresses}."
        ),
        logo_invalid="Le logo doit être une image PNG ou JPEG en URI « data: ».",
        logo_too_large="Le logo dépasse {max_kilobytes} Ko.",
        logo_too_many_pixels=(
            "Le logo a plus de {max_pixels} pixels. Réduisez ses dimensions : 600 pixels de large"
            " suffisent."
        ),
        # Webhooks
        webhook_not_found="Ce webhook n’existe pas.",
        webhook_url_invalid=(
            "Cette adresse web ne peut pas être appelée : indiquez https:// et un nom de serveur"
            " complet, sans utilisateur, mot de passe ni #."
        ),
        webhook_url_not_https="L’adresse d’un webhook commence par https://.",
        webhook_url_not_public=(
            "Cette adresse n’est pas sur l’Internet public. Indiquez-en une qui soit joignable de"
            " l’extérieur."
        ),
        too_many_webhooks=(
            "Une organisation a au plus {max} webhooks. Supprimez-en un ou ajoutez-lui les"
            " événements."
        ),
        webhook_disabled="Ce webhook est désactivé. Activez-le, puis renvoyez l’événement.",
        delivery_not_found="Cet événement n’existe pas : ils sont conservés 30 jours.",
        delivery_under_way=(
            "Cet événement est en cours de remise. Rechargez la page, puis réessayez."
        ),
    ),
    failures=Failures(
        address_rejected=Explanation(
            "Cette adresse n’existe pas, ou le serveur du destinataire la refuse.", _CHECK_ADDRESS
        ),
        mailbox_full=Explanation(
            "La boîte du destinataire est pleine.",
            "Demandez-lui de faire de la place, puis relancez l’envoi.",
        ),
        suppressed=Explanation(
            "Cette adresse a déjà refusé des messages : ils ne lui sont plus envoyés.",
            (
                "Vérifiez l’adresse. Si elle est bonne, demandez à la personne qui exploite"
                " Facteur de la retirer de la liste de suppression."
            ),
        ),
        message_too_large=Explanation(
            "Le message est trop lourd pour la boîte du destinataire.", _LIGHTER
        ),
        attachment_too_large=Explanation("Les pièces jointes sont trop lourdes.", _LIGHTER),
        too_many_pages=Explanation(
            "Un document est trop long pour être imprimé.",
            "Retirez-en des lignes ou raccourcissez leurs textes, puis renvoyez-le.",
        ),
        attachment_rejected=Explanation(
            "Le serveur du destinataire a refusé la pièce jointe.",
            "Transmettez le document par un autre moyen.",
        ),
        content_rejected=Explanation(
            "Le contenu du message a été refusé, comme indésirable ou dangereux.",
            "Modifiez le message ou le document, puis envoyez-le de nouveau.",
        ),
        temporary_failure=Explanation(
            "Le serveur du destinataire n’a pas pu prendre le message pour le moment.", _LATER
        ),
        delivery_timeout=Explanation("Le serveur du destinataire n’a pas répondu à temps.", _LATER),
        undetermined=Explanation(
            "Le message est revenu sans que la cause en soit claire.", _CHECK_ADDRESS
        ),
        sender_not_verified=Explanation(
            "L’adresse de l’expéditeur n’est pas vérifiée auprès du service d’envoi.",
            _ADMINISTRATOR,
        ),
        ses_sandbox=Explanation(
            "Compte SES en bac à sable : seules les adresses vérifiées reçoivent.", _ADMINISTRATOR
        ),
        account_suspended=Explanation("Le compte d’envoi est suspendu.", _ADMINISTRATOR),
        ses_misconfigured=Explanation("Le service d’envoi est mal réglé.", _ADMINISTRATOR),
        message_refused=Explanation(
            "Le service d’envoi a refusé le message.",
            "Vérifiez les adresses et le document, puis relancez l’envoi.",
        ),
        ses_unreachable=Explanation("Le service d’envoi ne répondait pas.", _LATER),
        quota_exceeded=Explanation(
            "Le nombre de messages permis par jour était atteint.", "Relancez l’envoi demain."
        ),
        daily_limit_reached=Explanation(
            "Votre organisation avait déjà envoyé autant de messages que permis par jour.",
            (
                "Relancez l’envoi demain, ou demandez à la personne qui administre Facteur"
                " d’augmenter cette limite."
            ),
        ),
        organization_suspended=Explanation(
            "Les envois de votre organisation étaient suspendus.", _ADMINISTRATOR
        ),
        sending_paused=Explanation("Les envois du compte sont suspendus.", _ADMINISTRATOR),
        throttled=Explanation("Trop de messages partaient en même temps.", _LATER),
        expired=Explanation(
            "Le message n’a pas pu partir à temps : il a été abandonné.", "Relancez l’envoi."
        ),
        unconfirmed=Explanation(
            "On ne sait pas si le message est parti : le service d’envoi n’a pas confirmé.",
            (
                "Demandez au destinataire s’il l’a reçu avant de relancer : il pourrait le recevoir"
                " deux fois."
            ),
        ),
        missed=Explanation(
            "L’envoi prévu n’a pas eu lieu à temps.", "Relancez l’envoi s’il est encore utile."
        ),
        document_unavailable=Explanation(
            "Un document à joindre n’existe plus ou n’est plus publié.",
            "Publiez le document, puis relancez l’envoi.",
        ),
        data_unreadable=Explanation(
            "Une donnée enregistrée dont l’envoi a besoin ne peut plus être lue.",
            "Prévenez la personne qui administre Facteur, puis relancez l’envoi.",
        ),
        owner_unknown=Explanation(
            "La personne au nom de qui la campagne part n’est plus connue de Facteur.",
            ("Ouvrez la campagne, choisissez d’en devenir l’expéditeur, puis relancez l’envoi."),
        ),
        no_recipients=Explanation(
            "La campagne n’a plus de destinataire : ils ont demandé à être oubliés.",
            "Modifiez la campagne pour ajouter des destinataires.",
        ),
        group_unavailable=Explanation(
            "Une liste de diffusion de la campagne n’existe plus.",
            "Modifiez la campagne pour la retirer ou la remplacer, puis choisissez « Envoyer"
            " maintenant ».",
        ),
        too_many_recipients=Explanation(
            "Avec ses listes de diffusion, la campagne compte plus de 1 000 destinataires.",
            "Réduisez ses listes de diffusion ou répartissez-les sur plusieurs campagnes, puis"
            " choisissez « Envoyer maintenant ».",
        ),
        render_failed=Explanation(
            "Le document ou le message n’a pas pu être préparé.",
            (
                "Ouvrez l’aperçu du document, corrigez-le au besoin, puis relancez l’envoi. Si cela"
                " se reproduit, prévenez la personne qui exploite Facteur."
            ),
        ),
        message_invalid=Explanation(
            "Avec le nom des documents, l’objet ou le message est devenu trop long.",
            (
                "Raccourcissez l’objet ou le message de la campagne, puis relancez l’envoi : il"
                " prendra le message actuel de la campagne."
            ),
        ),
        unknown=Explanation("L’envoi a échoué.", "Relancez l’envoi."),
    ),
    notice=Notice(
        subject="Échec d’envoi : {subject}",
        unconfirmed_subject="Envoi non confirmé : {subject}",
        not_made="Votre envoi « {subject} » n’a pas eu lieu : rien n’est parti.",
        failed="Votre envoi « {subject} » a échoué.",
        partly="Votre envoi « {subject} » a échoué pour {failed} de ses {total} destinataires.",
        unconfirmed="Votre envoi « {subject} » n’est pas confirmé. Il est peut-être arrivé.",
        unconfirmed_partly=(
            "Votre envoi « {subject} » n’est pas confirmé pour {failed} de ses {total}"
            " destinataires. Ils l’ont peut-être reçu."
        ),
        also_unconfirmed=(
            "Il n’est pas confirmé pour ces destinataires, qui l’ont peut-être reçu :"
        ),
        campaign="Campagne « {campaign} ».",
        occurrence="Campagne « {campaign} », envoi prévu le {when}.",
        when="%d/%m/%Y à %H:%M",
        cause="Cause : {cause}",
        recipient="- {address} : {cause}",
        more="… et {count} de plus, à voir dans l’historique.",
        remedy="Que faire : {remedy}",
        not_resent="Facteur ne renvoie pas de lui-même un message qui n’est pas confirmé.",
        paused=(
            "Les {count} derniers envois de cette campagne n’ont atteint personne : elle s’est mise"
            " en pause. Une fois la cause corrigée, ouvrez la campagne, puis « Reprendre » : {link}"
        ),
        again=(
            "Pour relancer : ouvrez cet envoi, puis « Relancer ». Seuls ces destinataires le"
            " recevront, avec le même document."
        ),
        again_anew=(
            "Pour relancer : ouvrez cet envoi, puis « Relancer ». Le document sera préparé à ce"
            " moment-là, tel qu’il sera alors."
        ),
        open="Voir cet envoi : {link}",
    ),
    campaign_notice=CampaignNotice(
        handed_over_subject="Une campagne vous est confiée : {campaign}",
        handed_over=(
            "La personne responsable de la campagne « {campaign} » n’a plus de compte dans"
            " Facteur. Vous administrez l’organisation : la campagne vous est confiée. Elle part"
            " désormais à votre nom, avec votre signature, et ses échecs vous sont signalés.\n\n"
            "Rien d’autre ne change. Dans Facteur, onglet Campagnes, vous pouvez la modifier ou la"
            " mettre en pause, et un collègue peut la reprendre à son nom."
        ),
        no_recipients_subject="Campagne mise en pause : {campaign}",
        no_recipients=(
            "L’unique destinataire de votre campagne « {campaign} » a demandé à être oublié :"
            " son adresse est effacée et la campagne est en pause.\n\n"
            "Pour continuer : dans Facteur, onglet Campagnes, modifiez-la, ajoutez des"
            " destinataires, puis reprenez-la."
        ),
        unreadable_subject="Une campagne n’a pas pu être envoyée",
        unreadable=(
            "Une campagne de votre organisation était à envoyer, mais ce qui en est enregistré ne"
            " peut plus être lu : rien n’est parti, et rien ne partira tant que ce n’est pas"
            " réparé.\n\n"
            "Que faire : transmettez ce message à la personne qui exploite Facteur.\n"
            "Référence de la campagne : {campaign}"
        ),
    ),
    webhook_notice=WebhookNotice(
        subject="Un webhook de votre organisation est désactivé",
        gone=(
            "Le webhook vers {host} a répondu qu’il n’attend plus rien (410) : Facteur l’a"
            " désactivé et ne lui envoie plus d’événements.\n\n"
            "Si c’est voulu, supprimez-le dans Facteur, onglet Paramètres, Webhooks. Sinon,"
            " réactivez-le au même endroit une fois l’application corrigée."
        ),
        unreachable=(
            "Depuis trois jours, aucun événement n’a pu être remis au webhook vers {host} :"
            " Facteur l’a désactivé et ne lui envoie plus d’événements.\n\n"
            "Dans Facteur, onglet Paramètres, Webhooks, chaque tentative est affichée avec la"
            " réponse reçue. Une fois l’application corrigée, réactivez le webhook, puis renvoyez"
            " les événements manqués."
        ),
    ),
    mail=Mail(
        attachments=_attachments,
        kilobytes="ko",
        megabytes="Mo",
        unbreakable_spaces=r" (?=[:;!?»€])|(?<=«) |(?<=\d) (?=%|\d{3}(?!\d))",
    ),
    export=Export(
        delimiter=";",
        columns=Columns(
            send="Envoi",
            queued_at="Mis en file",
            sent_at="Envoyé",
            outcome="Résultat",
            outcome_at="Heure",
            address="Adresse",
            role="Rôle",
            subject="Sujet",
            type="Type",
            document_names="Nom du document",
            document_numbers="Numéro du document",
            filenames="Fichier",
            sha256="SHA-256",
            ses_message_id="Identifiant SES",
            sender="Expéditeur",
            error="Erreur",
            explanation="Cause et remède",
        ),
        forgotten="adresse effacée",
        outcomes=Outcomes(
            queued="En attente",
            sending="En cours",
            unconfirmed="Incertain",
            sent="Accepté",
            delayed="Retardé",
            delivered="Remis",
            bounced="Non remis",
            complained="Signalé comme indésirable",
            rejected="Refusé",
            failed="Échec",
        ),
        roles=Roles(
            to="À",
            cc="Cc",
            bcc="Cci",
            copy="Copie à l’expéditeur",
        ),
    ),
    pdf=PdfWords(
        number="N°",
        page="Page {page}/{pages}",
        site="Site",
        headcount="Effectif",
        people=_people,
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
        operations=Operations(
            goods="livraison de biens",
            services="prestation de services",
            mixed="livraison de biens et prestation de services",
        ),
        vat_on_debits="TVA sur les débits : option pour le paiement de la taxe d’après les débits.",
        vat_exemptions=VatExemptions(
            franchise="TVA non applicable, art. 293 B du CGI.",
            reverse_charge="Autoliquidation : TVA due par le client, art. 283 du CGI.",
            intra_community="Exonération de TVA, art. 262 ter, I du CGI.",
        ),
        late_payment=(
            "Pas d’escompte pour paiement anticipé. En cas de retard : pénalités au taux de trois "
            "fois l’intérêt légal, exigibles sans rappel, et indemnité forfaitaire pour frais de "
            "recouvrement de 40\u00a0€ (art. L.\u00a0441-10 et D.\u00a0441-5 du code de commerce)."
        ),
    ),
)
