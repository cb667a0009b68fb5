import { act, renderHook, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { CampaignPage } from "../src/api/types";
import { usePause } from "../src/campaigns/queries";
import { json, newCache, Page } from "./page";

const LIST = ["campaigns", "list", { status: "", cursor: "" }];

afterEach(() => vi.unstubAllGlobals());

function pausing(respond: () => Promise<Response>) {
  vi.stubGlobal("fetch", respond);
  const cache = newCache();
  const page = { items: [{ id: "C1", status: "active" }], next: null, previous: null };
  cache.setQueryData(LIST, page as unknown as CampaignPage);
  const { result } = renderHook(() => usePause("C1"), {
    wrapper: ({ children }) => <Page cache={cache}>{children}</Page>,
  });
  const status = () => cache.getQueryData<CampaignPage>(LIST)?.items[0]?.status;
  return { pause: () => act(() => result.current.mutate("pause")), status };
}

describe("«Mettre en pause»", () => {
  it("shows at once, before the API has answered", async () => {
    const { pause, status } = pausing(() => new Promise(() => undefined));

    pause();

    await waitFor(() => expect(status()).toBe("paused"));
  });

  it("is undone when the API refuses", async () => {
    let refuse: (response: Response) => void = () => undefined;
    const { pause, status } = pausing(
      () =>
        new Promise((resolve) => {
          refuse = resolve;
        }),
    );
    pause();
    await waitFor(() => expect(status()).toBe("paused"));

    refuse(json({ code: "occurrence_in_progress" }, 409));

    await waitFor(() => expect(status()).toBe("active"));
  });
});
