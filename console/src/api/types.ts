import type { paths } from "./schema";

type Json<T> = T extends { content: { "application/json": infer Body } } ? Body : never;
type Responses<
  Path extends keyof paths,
  Method extends keyof paths[Path],
> = paths[Path][Method] extends {
  responses: infer R;
}
  ? R
  : never;
type Got<Path extends keyof paths> =
  Responses<Path, "get" & keyof paths[Path]> extends { 200: infer R } ? Json<R> : never;
type Given<Path extends keyof paths, Method extends "post" | "put"> = paths[Path][Method] extends {
  requestBody?: infer B;
}
  ? Json<NonNullable<B>>
  : never;

export type SendPage = Got<"/v1/sends">;
export type SendRow = SendPage["items"][number];
export type Send = Got<"/v1/sends/{id}">;
export type SendError = NonNullable<Send["error"]>;
export type SendBody = Given<"/v1/sends", "post">;
export type RecipientOutcome = Send["recipients"][number];
export type Outcome = RecipientOutcome["outcome"];
export type SendStatus = Send["status"];
export type Resolution = NonNullable<Send["resolution"]>;

export type DocumentPage = Got<"/v1/documents">;
export type DocumentRow = DocumentPage["items"][number];
export type Document = Got<"/v1/documents/{id}">;
export type DocumentBody = Given<"/v1/documents", "post">;
export type DocumentEdit = Given<"/v1/documents/{id}", "put">;
export type DraftBody = Given<"/v1/documents/preview", "post">;
export type DocumentType = DocumentRow["type"];
export type DocumentStatus = DocumentRow["status"];
export type EmailForm = Got<"/v1/documents/{id}/email">;

export type CampaignPage = Got<"/v1/campaigns">;
export type Campaign = Got<"/v1/campaigns/{id}">;
export type CampaignBody = Given<"/v1/campaigns", "post">;
export type CampaignEdit = Given<"/v1/campaigns/{id}", "put">;
export type CampaignStatus = Campaign["status"];
export type Recurrence = Campaign["recurrence"];
export type Occurrence = Got<"/v1/campaigns/{id}/occurrences">["occurrences"][number];
export type UpcomingItem = Got<"/v1/upcoming">["items"][number];

export type CalendarBody = Given<"/v1/campaigns/occurrences", "post">;
export type KnownRecipient = Got<"/v1/recipients">["items"][number];
export type RecipientState = KnownRecipient["state"];
export type GroupPage = Got<"/v1/groups">;
export type GroupRow = GroupPage["items"][number];
export type Group = Got<"/v1/groups/{id}">;
export type GroupBody = Given<"/v1/groups", "post">;
export type GroupEdit = Given<"/v1/groups/{id}", "put">;

export type PreviewBody = Given<"/v1/preview", "post">;
export type Preview = Responses<"/v1/preview", "post"> extends { 200: infer R } ? Json<R> : never;

export type Me = Got<"/v1/me">;
export type UserRole = Me["role"];
export type Settings = Got<"/v1/settings">;
export type SettingsBody = Given<"/v1/settings", "put">;
export type Profile = Got<"/v1/profile">;
export type ProfileBody = Given<"/v1/profile", "put">;

export type Webhook = Got<"/v1/webhooks/{id}">;
export type WebhookBody = Given<"/v1/webhooks", "post">;
export type WebhookEvent = Webhook["events"][number];
export type HookDelivery = Got<"/v1/webhooks/{id}/deliveries">["items"][number];
export type HookAttempt = HookDelivery["attempts"][number];
