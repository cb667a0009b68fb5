import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type RenderResult, render } from "@testing-library/react";
import type { ReactNode } from "react";
import { fr } from "../src/i18n/fr";
import { LanguageProvider } from "../src/i18n/language";
import { themeIn } from "../src/theme/theme";

export function newCache(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { retry: false }, mutations: { retry: false } },
  });
}

/** What surrounds a component on the page, in French. */
export function Page({
  cache = newCache(),
  children,
}: {
  cache?: QueryClient;
  children: ReactNode;
}) {
  return (
    <LanguageProvider first={fr} language="fr">
      <QueryClientProvider client={cache}>
        <MantineProvider theme={themeIn(fr, "fr")}>{children}</MantineProvider>
      </QueryClientProvider>
    </LanguageProvider>
  );
}

export function show(component: ReactNode): RenderResult {
  return render(<Page>{component}</Page>);
}

/** An answer of the API. */
export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json" },
  });
}
