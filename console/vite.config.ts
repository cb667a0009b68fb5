import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { budget } from "./budget.ts";
import { compressed } from "./compress.ts";

/** What only the pages that fill something in need, and these pages. */
const FORMS =
  /@mantine[/](form|dates)|dayjs|components[/](Checkbox|Radio|Textarea|Pill|PillsInput|FileButton|Tabs|Drawer|Popover)[/]|src[/](history|send|settings|documents|mailbox)[/]|campaigns[/](Create|Edit|DocumentGroup|MessageGroups|PlanGroups|LivePreview|Group|draft|editor)|ui[/](AddressesInput|VariableField|variables|DateField|TimeField|TimezoneSelect|useDraftForm|ConflictAlert|MailView|MailFrame|mail|PdfView|SearchInput)/;
const FIRST = /settings[/]queries|history[/](filters|queries|recipients|SendSummaries|detail)/;
const APART = /oidc-client-ts|jwt-decode|session[/]oidc|i18n[/]en[/]/;

/**
 * Two files, what the first screen needs and the rest: they compress better than many small ones.
 * English and Cognito stay apart.
 */
function chunkOf(id: string): string | null {
  if (APART.test(id)) return null;
  return FORMS.test(id) && !FIRST.test(id) && !id.endsWith(".css") ? "forms" : "base";
}

export default defineConfig({
  plugins: [react(), budget(), compressed()],
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000, // the budget is ours to watch
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: chunkOf }], includeDependenciesRecursively: false },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(
      ["/v1", "/local", "/config.json", "/healthz"].map((path) => [path, "http://127.0.0.1:8000"]),
    ),
  },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.{ts,tsx}"],
    setupFiles: "tests/setup.ts",
  },
});
