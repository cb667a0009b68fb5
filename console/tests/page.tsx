import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type RenderResult, render } from "@testing-library/react";
import type { ReactNode } from "react";
import { LanguageProvider } from "../src/i18n/language";
import { sentences as fr } from "../src/i18n/languages/fr";
import type { Identities } from "../src/session/identity";
import { SessionProvider } from "../src/session/session";
import { themeIn } from "../src/theme/theme";

export function newCache(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { retry: false }, mutations: { retry: false } },
  });
}

const NOBODY_ELSE: Identities = {
  current: async () => null,
  token: async () => null,
  signIn: async () => null,
  signOut: async () => undefined,
};

/** What surrounds a component on the page, in French. */
export function Page({
  cache = newCache(),
  as = "claire@x.fr",
  children,
}: {
  cache?: QueryClient;
  as?: string;
  children: ReactNode;
}) {
  return (
    <LanguageProvider first={fr} language="fr">
      <QueryClientProvider client={cache}>
        <SessionProvider
          config={{ mode: "local" }}
          identities={NOBODY_ELSE}
          first={{ email: as, name: as }}
        >
          <MantineProvider theme={themeIn(fr, "fr")}>{children}</MantineProvider>
        </SessionProvider>
      </QueryClientProvider>
    </LanguageProvider>
  );
}

export function show(component: ReactNode, as?: string): RenderResult {
  return render(<Page {...(as ? { as } : {})}>{component}</Page>);
}

/** An answer of the API. */
export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json" },
  });
}
