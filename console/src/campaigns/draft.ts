import type { UseFormReturnType } from "@mantine/form";
import type {
  Campaign,
  CampaignBody,
  CampaignEdit,
  DocumentRow,
  DocumentType,
  PreviewBody,
  Recurrence,
} from "../api/types";
import { definitionOf } from "../documents/registry";
import type { Dictionary } from "../i18n/dictionary";
import { isPlausible } from "../recipients/addresses";
import { escapeBraces } from "../ui/variables";
import { isComplete, kindOf, newRecurrence, type RecurrenceValues } from "./recurrences";

/** What the editor holds. */
export type CampaignValues = {
  name: string;
  document_type: DocumentType;
  document_ids: string[];
  recipients: string[];
  groups: string[];
  copy_to_sender: boolean;
  separate: boolean;
  subject: string;
  body: string;
  recurrence: RecurrenceValues;
  timezone: string;
  auto_increment_date: boolean;
  next_document_date: string | null;
  status: "active" | "paused";
};

export type CampaignForm = UseFormReturnType<CampaignValues>;

/** A campaign that does not exist yet: a monthly list, until told otherwise. Its name is for the reader of the page (`t`), subject and message for those of the mail. */
export function newValues(zone: string, t: Dictionary, mail: Dictionary): CampaignValues {
  const values: CampaignValues = {
    name: "",
    document_type: "staff_list",
    document_ids: [],
    recipients: [],
    groups: [],
    copy_to_sender: false,
    separate: false,
    subject: "",
    body: mail.editor.defaultBody,
    recurrence: newRecurrence(),
    timezone: zone,
    auto_increment_date: true,
    next_document_date: null,
    status: "active",
  };
  return { ...values, name: defaultName(values, t), subject: defaultSubject(values, [], mail) };
}

export function valuesOf(campaign: Campaign): CampaignValues {
  const { recurrence } = campaign;
  return {
    name: campaign.name,
    document_type: campaign.document_type,
    document_ids: campaign.document_ids,
    recipients: campaign.recipients,
    groups: campaign.groups,
    copy_to_sender: campaign.copy_to_sender,
    separate: campaign.separate,
    subject: campaign.subject,
    body: campaign.body,
    recurrence: {
      ...newRecurrence(),
      kind: recurrence.kind,
      ...kindOf(recurrence).valuesOf(recurrence),
      stored: recurrence,
    },
    timezone: campaign.timezone,
    auto_increment_date: campaign.auto_increment_date,
    next_document_date: campaign.next_document_date,
    status: campaign.status === "paused" ? "paused" : "active",
  };
}

/** The recurrence chosen, or null while something of it is missing. */
export function recurrenceOf({ recurrence }: CampaignValues): Recurrence | null {
  return isComplete(recurrence) ? kindOf(recurrence).bodyOf(recurrence) : null;
}

/** May the list's date move on with these choices? */
export function canIncrement(values: CampaignValues): boolean {
  const { movingDate } = definitionOf(values.document_type);
  return movingDate && kindOf(values.recurrence).repeats === true;
}

/** The values as they may be sent: the date of a list that was imported cannot move. */
export function withDates(values: CampaignValues, uploaded: boolean): CampaignValues {
  return uploaded ? { ...values, auto_increment_date: false } : values;
}

/** What a save of a campaign tells of what was read; a run moves the dates on without a new version. */
export function readOf({ version, next_run_at, next_document_date }: Campaign) {
  return { version, next_run_at, next_document_date };
}

/** The whole of a campaign, edited. The list's next date goes only when a person moved it. */
export function editOf(
  values: CampaignValues,
  read: ReturnType<typeof readOf>,
  uploaded: boolean,
): CampaignEdit {
  const { next_document_date } = values;
  const { version, next_run_at } = read;
  const moved = next_document_date !== read.next_document_date;
  const anchor = moved ? { next_run_at, next_document_date } : {};
  return { ...bodyOf(withDates(values, uploaded)), ...anchor, version };
}

/** A campaign to create: «Aucune» is never paused. */
export function creationOf(values: CampaignValues, uploaded: boolean): CampaignBody {
  const status = kindOf(values.recurrence).immediate ? "active" : values.status;
  return { ...bodyOf(withDates(values, uploaded)), status };
}

/** What is sent to the API. */
export function bodyOf(values: CampaignValues): CampaignBody {
  const { name, document_type, document_ids, recipients, groups } = values;
  const { copy_to_sender, separate } = values;
  return {
    ...{ name, document_type, document_ids, recipients, groups, copy_to_sender, separate },
    subject: values.subject,
    body: values.body,
    recurrence: kindOf(values.recurrence).bodyOf(values.recurrence),
    timezone: values.timezone,
    auto_increment_date: values.auto_increment_date && canIncrement(values),
  };
}

/** The draft to preview once there is enough of it. An address still wrong holds nothing up: its field says so; without any it is shown to its author. */
export function previewOf(values: CampaignValues, self: string | undefined): PreviewBody | null {
  if (values.document_ids.length === 0 || recurrenceOf(values) === null) return null;
  const plausible = values.recipients.filter(isPlausible);
  const isTold = plausible.length > 0 || values.groups.length > 0;
  const recipients = isTold ? plausible : [self ?? ""];
  const { next_document_date } = values;
  const anchor = next_document_date === null ? {} : { next_document_date };
  return { ...bodyOf(values), ...anchor, recipients, name: values.name || "-" };
}

/** «Liste de personnel - {date}» and its like, for the first document chosen. */
export function defaultSubject(
  values: CampaignValues,
  chosen: Pick<DocumentRow, "party">[],
  mail: Dictionary,
): string {
  const party = escapeBraces(chosen[0]?.party ?? "");
  const subject = mail.documentTypes[values.document_type].subject;
  const { partyInSubject } = definitionOf(values.document_type);
  return partyInSubject && party ? `${subject} - ${party}` : subject;
}

/** «Mensuelle - Équipe Bercy»: what the list of campaigns is easiest read by. */
export function defaultName(values: CampaignValues, t: Dictionary, document?: string): string {
  const { short } = t.recurrence[values.recurrence.kind];
  return t.editor.defaultName(document ?? t.documentTypes[values.document_type].name, short);
}
