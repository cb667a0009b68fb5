import type { Dictionary } from "../fr";

const many = (n: number, one: string, other: string) => (n === 1 ? one : other);

export const common: Dictionary["common"] = {
  appName: "Facteur",
  save: "Save",
  cancel: "Cancel",
  close: "Close",
  delete: "Delete",
  retry: "Try again",
  reload: "Reload",
  remove: "Remove",
  saved: "Changes saved.",
  actions: "Actions",
  moreActions: (name) => `More actions: ${name}`,
  loading: "Loading…",
  none: "—",
  previous: "Previous",
  next: "Next",
  pages: "Pages",
  from: "From",
  to: "To",
  view: "View",
  unsavedChanges: "Some changes are not saved.",
  draftRestored: "What you typed earlier has been restored.",
  discardDraft: "Start again from the saved version",
  startOver: "Clear all and start over",
  kilobytes: (value) => `${value} KB`,
  megabytes: (value) => `${value} MB`,
  bytes: (value) => `${value} bytes`,
};

export const shell: Dictionary["shell"] = {
  skip: "Skip to content",
  mainNavigation: "Main navigation",
  campaigns: "Campaigns",
  history: "History",
  documents: "Documents",
  settings: "Settings",
  mailbox: "Test mailbox",
  mailboxShort: "Mailbox",
  language: "Language",
  french: "Français",
  english: "English",
  themeToDark: "Switch to the dark theme",
  themeToLight: "Switch to the light theme",
  account: (name) => `Account: ${name}`,
  signOut: "Sign out",
  help: "Keyboard shortcuts",
  trial: "Trial mode: no email leaves this machine",
  trialMailbox: "See captured emails",
  switchUser: "Switch user",
  otherUser: "Another address",
  failures: (n) =>
    many(n, "1 failed send since your last visit", `${n} failed sends since your last visit`),
  manyFailures: "More than 50 failed sends since your last visit",
  seeFailures: "See the failures",
  sandbox: "SES account in the sandbox: only verified addresses receive.",
  sandboxRemedy: "Ask your administrator to move the account to production.",
  offline: "Connection lost. What you typed is kept; nothing is sent for now.",
  notFound: "This page does not exist",
  notFoundHint: "The address may be incomplete, or the item has been deleted.",
  home: "Back to campaigns",
  crash: "This page ran into a problem",
  crashHint: "Your data is not affected. Reload the page to continue.",
  shortcuts: {
    search: "Search",
    create: "New campaign or new document",
    goCampaigns: "Go to campaigns",
    goHistory: "Go to history",
    goDocuments: "Go to documents",
    send: "Send or save the open form",
    help: "Show this help",
    single: "Use single-key shortcuts",
  },
  keyThen: "then",
};

export const signIn: Dictionary["signIn"] = {
  intro: "Send your documents by email, now or on a schedule.",
  button: "Sign in",
  localTitle: "Choose a user",
  localIntro: "Trial mode: each address has its own organization.",
  unreachable: "The service does not answer. Check your connection, then try again.",
  expired: "Your session has expired. Sign in again: what you typed is kept.",
};

export const errors: Dictionary["errors"] = {
  title: "The operation did not succeed",
  network: "The service does not answer. Check your connection: what you typed is kept.",
  unknown: "An unexpected problem occurred. Try again in a moment.",
  requestId: (id) => `Reference to give to support: ${id}`,
  fields: (n) => many(n, "1 field needs correcting.", `${n} fields need correcting.`),
  conflictTitle: "Changed elsewhere in the meantime",
  conflict:
    "Someone else, or another tab, saved a newer version. Nothing was overwritten and what you typed is still here.",
  conflictReload: "Load the saved version",
};

export const types: Dictionary["types"] = {
  staff_list: "Staff list",
  invoice: "Invoice",
  purchase_order: "Purchase order",
};

export const typesPlural: Dictionary["typesPlural"] = {
  staff_list: "Staff lists",
  invoice: "Invoices",
  purchase_order: "Purchase orders",
};

const status = { draft: "Draft", published: "Published", sent: "Sent" };

export const documentStatus: Dictionary["documentStatus"] = {
  staff_list: status,
  invoice: status,
  purchase_order: status,
};

export const sendStatus: Dictionary["sendStatus"] = {
  queued: "Queued",
  sent: "Sent",
  failed: "Failed",
};

export const campaignStatus: Dictionary["campaignStatus"] = {
  active: "Active",
  paused: "Paused",
  completed: "Completed",
};

export const origins: Dictionary["origins"] = {
  manual: "Manual send",
  campaign: "Campaign",
  test: "Test",
  retry: "Retry",
  notice: "Notice",
};

export const outcomes: Dictionary["outcomes"] = {
  queued: "Queued",
  sending: "Sending",
  sent: "Accepted",
  delivered: "Delivered",
  delayed: "Delayed",
  bounced: "Not delivered",
  complained: "Reported as spam",
  rejected: "Rejected",
  failed: "Failed",
  unconfirmed: "Uncertain",
};

export const roles: Dictionary["roles"] = {
  to: "Main",
  cc: "Copy (CC)",
  bcc: "Blind copy (BCC)",
  copy: "Sender’s copy",
};

export const weekdays: Dictionary["weekdays"] = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
];

export const dates: Dictionary["dates"] = {
  placeholder: "DD/MM/YYYY",
  clear: "Clear the date",
  previousMonth: "Previous month",
  nextMonth: "Next month",
  previousYear: "Previous year",
  nextYear: "Next year",
  previousDecade: "Previous decade",
  nextDecade: "Next decade",
};
