import { plural } from "../plural";

export const common = {
  appName: "Facteur",
  save: "Enregistrer",
  cancel: "Annuler",
  close: "Fermer",
  delete: "Supprimer",
  retry: "Réessayer",
  reload: "Recharger",
  remove: "Retirer",
  saved: "Modifications enregistrées.",
  actions: "Actions",
  moreActions: (name: string) => `Autres actions : ${name}`,
  loading: "Chargement…",
  none: "—",
  previous: "Précédent",
  next: "Suivant",
  pages: "Pages",
  from: "Du",
  to: "Au",
  view: "Affichage",
  unsavedChanges: "Des modifications ne sont pas enregistrées.",
  draftRestored: "Votre saisie précédente a été retrouvée.",
  discardDraft: "Repartir de la version enregistrée",
  startOver: "Tout effacer et recommencer",
  kilobytes: (value: string) => `${value} ko`,
  megabytes: (value: string) => `${value} Mo`,
  bytes: (value: string) => `${value} octets`,
};

export const shell = {
  skip: "Aller au contenu",
  mainNavigation: "Navigation principale",
  campaigns: "Campagnes",
  history: "Historique",
  documents: "Documents",
  settings: "Paramètres",
  mailbox: "Boîte d’essai",
  mailboxShort: "Essai",
  language: "Langue",
  french: "Français",
  english: "English",
  themeToDark: "Passer au thème sombre",
  themeToLight: "Passer au thème clair",
  account: (name: string) => `Compte : ${name}`,
  signOut: "Se déconnecter",
  help: "Raccourcis clavier",
  trial: "Mode d’essai : aucun email ne part",
  trialMailbox: "Voir les emails capturés",
  switchUser: "Changer d’utilisateur",
  otherUser: "Autre adresse",
  failures: (n: number) =>
    plural(
      n,
      "1 envoi en erreur depuis votre dernière visite",
      `${n} envois en erreur depuis votre dernière visite`,
    ),
  manyFailures: "Plus de 50 envois en erreur depuis votre dernière visite",
  seeFailures: "Voir les erreurs",
  sandbox: "Compte SES en bac à sable : seules les adresses vérifiées reçoivent.",
  sandboxRemedy: "Demandez à votre administrateur de passer le compte en production.",
  offline: "Connexion perdue. Vos saisies sont conservées, rien n’est envoyé pour l’instant.",
  notFound: "Cette page n’existe pas",
  notFoundHint: "L’adresse est peut-être incomplète, ou l’élément a été supprimé.",
  home: "Revenir aux campagnes",
  crash: "Cette page a rencontré un problème",
  crashHint: "Vos données ne sont pas touchées. Rechargez la page pour continuer.",
  shortcuts: {
    search: "Rechercher",
    create: "Nouvelle campagne ou nouveau document",
    goCampaigns: "Aller aux campagnes",
    goHistory: "Aller à l’historique",
    goDocuments: "Aller aux documents",
    send: "Envoyer ou enregistrer le formulaire ouvert",
    help: "Afficher cette aide",
    single: "Activer les raccourcis d’une seule touche",
  },
  keyThen: "puis",
};

export const signIn = {
  intro: "Envoyez vos documents par email, tout de suite ou selon un calendrier.",
  button: "Se connecter",
  localTitle: "Choisissez un utilisateur",
  localIntro: "Mode d’essai : chaque adresse a sa propre organisation.",
  unreachable: "Le service ne répond pas. Vérifiez votre connexion, puis réessayez.",
  expired: "Votre session a expiré. Reconnectez-vous : vos saisies sont conservées.",
};

export const errors = {
  title: "L’opération n’a pas abouti",
  network: "Le service ne répond pas. Vérifiez votre connexion : vos saisies sont conservées.",
  unknown: "Un problème inattendu est survenu. Réessayez dans un instant.",
  requestId: (id: string) => `Référence à communiquer : ${id}`,
  fields: (n: number) => plural(n, "1 champ est à corriger.", `${n} champs sont à corriger.`),
  conflictTitle: "Modifié ailleurs entre-temps",
  conflict:
    "Une autre personne ou un autre onglet a enregistré une version plus récente. Rien n’a été écrasé et vos saisies sont toujours ici.",
  conflictReload: "Charger la version enregistrée",
};

export const types = {
  staff_list: "Liste de personnel",
  invoice: "Facture",
  purchase_order: "Bon de commande",
};

export const typesPlural = {
  staff_list: "Listes de personnel",
  invoice: "Factures",
  purchase_order: "Bons de commande",
};

export const documentStatus = {
  staff_list: { draft: "Brouillon", published: "Publiée", sent: "Envoyée" },
  invoice: { draft: "Brouillon", published: "Publiée", sent: "Envoyée" },
  purchase_order: { draft: "Brouillon", published: "Publié", sent: "Envoyé" },
};

export const sendStatus = { queued: "En attente", sent: "Envoyé", failed: "Erreur" };

export const campaignStatus = { active: "Active", paused: "En pause", completed: "Terminée" };

export const origins = {
  manual: "Envoi manuel",
  campaign: "Campagne",
  test: "Test",
  retry: "Relance",
  notice: "Avis",
};

export const outcomes = {
  queued: "En attente",
  sending: "En cours",
  sent: "Accepté",
  delivered: "Remis",
  delayed: "Retardé",
  bounced: "Non remis",
  complained: "Signalé comme indésirable",
  rejected: "Refusé",
  failed: "Échec",
  unconfirmed: "Incertain",
};

export const roles = {
  to: "Principal",
  cc: "Copie (CC)",
  bcc: "Copie cachée (CCI)",
  copy: "Expéditeur en copie",
};

export const weekdays = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

export const dates = {
  placeholder: "JJ/MM/AAAA",
  clear: "Effacer la date",
  previousMonth: "Mois précédent",
  nextMonth: "Mois suivant",
  previousYear: "Année précédente",
  nextYear: "Année suivante",
  previousDecade: "Décennie précédente",
  nextDecade: "Décennie suivante",
};
