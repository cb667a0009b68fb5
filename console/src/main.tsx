import "@fontsource-variable/figtree/wght.css";
import "@mantine/core/styles.css";
import "@mantine/dates/styles.css";
import "./theme/global.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { tokensFrom } from "./api/client";
import { ApiProblem } from "./api/problem";
import { LanguageProvider, storedLanguage } from "./i18n/language";
import { loadDictionary } from "./i18n/languages";
import { cognitoIdentities } from "./session/cognito";
import { loadConfig } from "./session/config";
import { localIdentities } from "./session/local";
import { SessionProvider } from "./session/session";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      retry: (count, error) => !(error instanceof ApiProblem && error.status < 500) && count < 2,
    },
    mutations: { networkMode: "always" },
  },
});

const root = createRoot(document.getElementById("root") as HTMLElement);

/** Learn how people sign in here and who is signed in, then show the page. */
async function start(): Promise<void> {
  const language = storedLanguage();
  const first = await loadDictionary(language);
  const config = await loadConfig();
  const identities = config.mode === "local" ? localIdentities() : cognitoIdentities(config);
  tokensFrom(() => identities.token());
  const identity = await identities.current();
  root.render(
    <StrictMode>
      <LanguageProvider first={first} language={language}>
        <QueryClientProvider client={queries}>
          <SessionProvider config={config} identities={identities} first={identity}>
            <App />
          </SessionProvider>
        </QueryClientProvider>
      </LanguageProvider>
    </StrictMode>,
  );
}

start().catch(async () => {
  const { signIn, common } = await loadDictionary(storedLanguage());
  root.render(
    <main style={{ padding: "3rem 1.5rem", textAlign: "center", fontFamily: "sans-serif" }}>
      <h1>{common.appName}</h1>
      <p>{signIn.unreachable}</p>
      <button type="button" onClick={() => location.reload()}>
        {common.retry}
      </button>
    </main>,
  );
});
