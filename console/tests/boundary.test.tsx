import { screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ErrorBoundary } from "../src/shell/ErrorBoundary";
import { Page, show } from "./page";

function Broken(): never {
  throw new Error("broken");
}

// React tells of the error we make.
beforeEach(() => vi.spyOn(console, "error").mockImplementation(() => undefined));
afterEach(() => vi.restoreAllMocks());

it("a page that breaks offers a way out and leaves the others alone", () => {
  const { rerender } = show(
    <ErrorBoundary path="/documents">
      <Broken />
    </ErrorBoundary>,
  );
  expect(screen.getByText("Cette page a rencontré un problème")).toBeTruthy();

  rerender(
    <Page>
      <ErrorBoundary path="/historique">
        <p>Historique</p>
      </ErrorBoundary>
    </Page>,
  );

  expect(screen.getByText("Historique")).toBeTruthy();
});
