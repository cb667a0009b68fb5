import { campaigns, editor, recurrence } from "./campaigns";
import { causes } from "./causes";
import {
  campaignStatus,
  common,
  dates,
  documentStatus,
  errors,
  origins,
  outcomes,
  roles,
  sendStatus,
  shell,
  signIn,
  types,
  typesPlural,
  weekdays,
} from "./common";
import { documents, sendForm } from "./documents";
import { detail, history } from "./history";
import { mailbox, settings } from "./settings";

/** Every sentence of the console in French. Spaces follow French typography: a test reads them. */
export const fr = {
  campaigns,
  campaignStatus,
  causes,
  common,
  dates,
  detail,
  documents,
  documentStatus,
  editor,
  errors,
  history,
  mailbox,
  origins,
  outcomes,
  recurrence,
  roles,
  sendForm,
  sendStatus,
  settings,
  shell,
  signIn,
  types,
  typesPlural,
  weekdays,
};

export type Dictionary = typeof fr;
