import { type ComponentType, lazy, Suspense } from "react";
import { CampaignsPage } from "../campaigns/CampaignsPage";
import { PageLoading } from "./PageLoading";

/** A page fetched when it is first opened. */
function page(load: () => Promise<ComponentType>): ComponentType {
  const Page = lazy(async () => ({ default: await load() }));
  return () => (
    <Suspense fallback={<PageLoading />}>
      <Page />
    </Suspense>
  );
}

const Editor = page(async () => (await import("../campaigns/EditorPage")).EditorPage);

/** The command palette, fetched with the pages when it is first opened. */
export const Palette = lazy(async () => ({
  default: (await import("../palette/Palette")).Palette,
}));

/** Every address of the console and its page, in the order in which they are tried. */
export const PAGES: [string, ComponentType][] = [
  ["/campagnes", CampaignsPage],
  ["/campagnes/nouvelle", Editor],
  ["/campagnes/:id/modifier", Editor],
  ["/campagnes/:id", page(async () => (await import("../campaigns/CampaignPage")).CampaignPage)],
  ["/historique/:id?", page(async () => (await import("../history/HistoryPage")).HistoryPage)],
  ["/documents", page(async () => (await import("../documents/DocumentsPage")).DocumentsPage)],
  [
    "/documents/nouveau/:type",
    page(async () => (await import("../documents/NewDocumentPage")).NewDocumentPage),
  ],
  ["/documents/importer", page(async () => (await import("../documents/ImportPage")).ImportPage)],
  [
    "/documents/:id/:action?",
    page(async () => (await import("../documents/DocumentPage")).DocumentPage),
  ],
  [
    "/parametres/webhooks",
    page(async () => (await import("../webhooks/WebhooksPage")).WebhooksPage),
  ],
  ["/parametres/listes", page(async () => (await import("../recipients/GroupsPage")).GroupsPage)],
  ["/parametres/listes/:id", page(async () => (await import("../recipients/GroupPage")).GroupPage)],
  ["/parametres", page(async () => (await import("../settings/SettingsPage")).SettingsPage)],
  ["/courrier/:id?", page(async () => (await import("../mailbox/MailboxPage")).MailboxPage)],
];
