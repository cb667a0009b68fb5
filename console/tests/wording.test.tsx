import { act, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { useWording } from "../src/api/useWording";
import { useSend } from "../src/history/queries";
import { useLanguage } from "../src/i18n/language";
import { json, show } from "./page";

afterEach(() => vi.unstubAllGlobals());

function Cause() {
  const { language, setLanguage } = useLanguage();
  useWording(language);
  const { data } = useSend("S1");
  return (
    <>
      <output>{data?.error?.cause}</output>
      <button type="button" onClick={() => setLanguage("en")}>
        English
      </button>
    </>
  );
}

it("a cause on screen is fetched again when another language is chosen", async () => {
  const spoken: (string | null)[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    const language = request.headers.get("Accept-Language");
    spoken.push(language);
    const cause = language === "fr" ? "La boîte est pleine." : "The mailbox is full.";
    return json({ status: "failed", error: { code: "mailbox_full", cause } });
  });
  show(<Cause />);
  await screen.findByText("La boîte est pleine.");

  act(() => screen.getByRole("button").click());

  await screen.findByText("The mailbox is full.");
  expect(spoken).toEqual(["fr", "en"]);
});
