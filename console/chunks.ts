import type { Plugin } from "vite";

/**
 * What the first screen does without: folders, and files without their ending. All of it makes one
 * file, because two files compress better than many small ones: 250 KB in all instead of 280.
 * Barrels like Mantine's hide who needs what, so that the bundler cannot tell this by itself.
 */
const LATER = [
  // Fields and their forms.
  "src/forms",
  "@mantine/form",
  "fast-deep-equal",
  "klona",
  "@mantine/core/esm/components/Checkbox",
  "@mantine/core/esm/components/FileButton",
  "@mantine/core/esm/components/Pill",
  "@mantine/core/esm/components/PillsInput",
  "@mantine/core/esm/components/Radio",
  "@mantine/core/esm/components/Textarea",
  "src/ui/AddressesInput",
  "src/ui/Group",
  "src/ui/SearchInput",
  "src/ui/TimeField",
  "src/ui/TimezoneSelect",
  "src/ui/VariableField",
  "src/ui/variables",
  // Dates, in what floats above the page.
  "@mantine/dates",
  "dayjs",
  "@floating-ui",
  "@mantine/core/esm/components/Popover",
  "@mantine/core/esm/utils/Floating",
  "src/ui/DateField",
  // Mails and PDFs.
  "@mantine/core/esm/components/Drawer",
  "@mantine/core/esm/components/Tabs",
  "src/ui/MailFrame",
  "src/ui/MailView",
  "src/ui/PdfButton",
  "src/ui/PdfView",
  "src/ui/mail",
  "src/ui/useObjectUrl",
  // Pages.
  "src/campaigns/CreateCampaign",
  "src/campaigns/DocumentGroup",
  "src/campaigns/EditCampaign",
  "src/campaigns/EditorForm",
  "src/campaigns/EditorPage",
  "src/campaigns/LivePreview",
  "src/campaigns/MessageGroups",
  "src/campaigns/PlanGroups",
  "src/campaigns/draft",
  "src/documents",
  "src/history",
  "src/mailbox",
  "src/send",
  "src/settings",
];

/** What stands in these folders and the first screen needs. */
const FIRST = [
  "src/forms/drafts",
  "src/history/SendSummaries",
  "src/history/filters",
  "src/history/queries",
  "src/history/recipients",
  "src/settings/queries",
];

/** Fetched only by those who need it. */
const APART = ["oidc-client-ts", "jwt-decode", "src/session/oidc", "src/i18n/en"];

/** The name of the file that a module goes to; null leaves it to the bundler. */
export function chunkOf(id: string): string | null {
  if (matches(id, APART)) return null;
  return matches(id, LATER) && !matches(id, FIRST) && !id.endsWith(".css") ? "later" : "first";
}

/** Fails the build when an entry of these lists no longer names anything. */
export function chunks(): Plugin {
  return {
    name: "chunks",
    apply: "build",
    buildEnd() {
      const ids = [...this.getModuleIds()];
      const idle = [...LATER, ...FIRST, ...APART].filter(
        (entry) => !ids.some((id) => matches(id, [entry])),
      );
      if (idle.length > 0) throw new Error(`chunks.ts names no file by ${idle.join(", ")}.`);
    },
  };
}

function matches(id: string, entries: string[]): boolean {
  const path = id.replace(/^.*\/(?:node_modules\/|(?=src\/))/, "");
  return entries.some((entry) => path.startsWith(`${entry}/`) || path.startsWith(`${entry}.`));
}
