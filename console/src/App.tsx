import { MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { useEffect, useMemo } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { useWording } from "./api/useWording";
import { useLanguage } from "./i18n/language";
import { SignIn } from "./session/SignIn";
import { useSession } from "./session/session";
import { ErrorBoundary } from "./shell/ErrorBoundary";
import { NotFound } from "./shell/NotFound";
import { PAGES } from "./shell/pages";
import { Shell } from "./shell/Shell";
import { cssVariables, themeIn } from "./theme/theme";
import { keepFocus } from "./ui/focus";
import { Toasts } from "./ui/Toasts";

/** The look in the reader's language, then the page asked for, or the way to sign in. */
export function App() {
  const { t, language } = useLanguage();
  const { identity } = useSession();
  useWording(language);
  useEffect(keepFocus, []);
  const theme = useMemo(() => themeIn(t, language), [t, language]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <ModalsProvider labels={{ confirm: t.common.save, cancel: t.common.cancel }}>
        <Toasts />
        {identity === null ? <SignIn /> : <Pages key={`${identity.email} ${identity.role}`} />}
      </ModalsProvider>
    </MantineProvider>
  );
}

function Pages() {
  const [path] = useLocation();
  return (
    <Shell>
      <ErrorBoundary path={path}>
        <Switch>
          {PAGES.map(([path, Page]) => (
            <Route key={path} path={path} component={Page} />
          ))}
          <Route path="/">
            <Redirect to="/campagnes" replace />
          </Route>
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </ErrorBoundary>
    </Shell>
  );
}
