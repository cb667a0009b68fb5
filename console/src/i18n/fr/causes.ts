/** What each failure code means and what to do about it, as notices word it too. */
export const causes = {
  address_rejected: {
    cause: "Cette adresse n’existe pas, ou le serveur du destinataire la refuse.",
    remedy: "Vérifiez l’adresse auprès du destinataire, puis relancez l’envoi en la corrigeant.",
  },
  mailbox_full: {
    cause: "La boîte du destinataire est pleine.",
    remedy: "Demandez-lui de faire de la place, puis relancez l’envoi.",
  },
  suppressed: {
    cause: "Cette adresse a déjà refusé des messages : ils ne lui sont plus envoyés.",
    remedy:
      "Vérifiez l’adresse. Si elle est bonne, demandez à la personne qui administre Facteur de la retirer de la liste de suppression.",
  },
  message_too_large: {
    cause: "Le message est trop lourd pour la boîte du destinataire.",
    remedy: "Envoyez un document plus léger, ou transmettez-le par un autre moyen.",
  },
  attachment_too_large: {
    cause: "Les pièces jointes sont trop lourdes.",
    remedy: "Envoyez un document plus léger, ou transmettez-le par un autre moyen.",
  },
  attachment_rejected: {
    cause: "Le serveur du destinataire a refusé la pièce jointe.",
    remedy: "Transmettez le document par un autre moyen.",
  },
  content_rejected: {
    cause: "Le contenu du message a été refusé, comme indésirable ou dangereux.",
    remedy: "Modifiez le message ou le document, puis envoyez-le de nouveau.",
  },
  temporary_failure: {
    cause: "Le serveur du destinataire n’a pas pu prendre le message pour le moment.",
    remedy: "Relancez l’envoi dans quelques heures.",
  },
  delivery_timeout: {
    cause: "Le serveur du destinataire n’a pas répondu à temps.",
    remedy: "Relancez l’envoi dans quelques heures.",
  },
  undetermined: {
    cause: "Le message est revenu sans que la cause en soit claire.",
    remedy: "Vérifiez l’adresse auprès du destinataire, puis relancez l’envoi en la corrigeant.",
  },
  sender_not_verified: {
    cause: "L’adresse de l’expéditeur n’est pas vérifiée auprès du service d’envoi.",
    remedy: "Prévenez la personne qui administre Facteur, puis relancez l’envoi.",
  },
  ses_sandbox: {
    cause: "Compte SES en bac à sable : seules les adresses vérifiées reçoivent.",
    remedy: "Prévenez la personne qui administre Facteur, puis relancez l’envoi.",
  },
  account_suspended: {
    cause: "Le compte d’envoi est suspendu.",
    remedy: "Prévenez la personne qui administre Facteur, puis relancez l’envoi.",
  },
  ses_misconfigured: {
    cause: "Le service d’envoi est mal réglé.",
    remedy: "Prévenez la personne qui administre Facteur, puis relancez l’envoi.",
  },
  message_refused: {
    cause: "Le service d’envoi a refusé le message.",
    remedy: "Vérifiez les adresses et le document, puis relancez l’envoi.",
  },
  ses_unreachable: {
    cause: "Le service d’envoi ne répondait pas.",
    remedy: "Relancez l’envoi dans quelques heures.",
  },
  quota_exceeded: {
    cause: "Le nombre de messages permis par jour était atteint.",
    remedy: "Relancez l’envoi demain.",
  },
  sending_paused: {
    cause: "Les envois du compte sont suspendus.",
    remedy: "Prévenez la personne qui administre Facteur, puis relancez l’envoi.",
  },
  throttled: {
    cause: "Trop de messages partaient en même temps.",
    remedy: "Relancez l’envoi dans quelques heures.",
  },
  expired: {
    cause: "Le message n’a pas pu partir à temps : il a été abandonné.",
    remedy: "Relancez l’envoi.",
  },
  unconfirmed: {
    cause: "On ne sait pas si le message est parti : le service d’envoi n’a pas confirmé.",
    remedy:
      "Demandez au destinataire s’il l’a reçu avant de relancer : il pourrait le recevoir deux fois.",
  },
  missed: {
    cause: "L’envoi prévu n’a pas eu lieu à temps.",
    remedy: "Relancez l’envoi s’il est encore utile.",
  },
  document_unavailable: {
    cause: "Un document à joindre n’existe plus ou n’est plus publié.",
    remedy: "Publiez le document, puis relancez l’envoi.",
  },
  message_invalid: {
    cause: "Avec le nom des documents, l’objet ou le message est devenu trop long.",
    remedy: "Raccourcissez l’objet de la campagne, puis relancez l’envoi.",
  },
  render_failed: {
    cause: "Le document ou le message n’a pas pu être préparé.",
    remedy:
      "Ouvrez l’aperçu du document, corrigez-le au besoin, puis relancez l’envoi. Si cela se reproduit, prévenez la personne qui administre Facteur.",
  },
  unknown: {
    cause: "L’envoi a échoué.",
    remedy: "Relancez l’envoi.",
  },
};
