import { afterEach, describe, expect, it } from "vitest";
import { ApiProblem } from "../src/api/problem";
import type { SendRow } from "../src/api/types";
import { instantOf, isOver, isUnderWay } from "../src/history/failures";
import { sentences as fr } from "../src/i18n/languages/fr";
import { isInSandbox, withSeen } from "../src/shell/useFailures";
import { setPresent } from "../src/ui/clock";
import { messageOf } from "../src/ui/ErrorAlert";

const DAY = 86_400_000;

function failed(code: string, daysAgo: number, retriedBy: string[] = []): SendRow {
  return {
    error: { code, detail: "" },
    queued_at: new Date(Date.now() - daysAgo * DAY).toISOString(),
    retried_by: retriedBy,
  } as unknown as SendRow;
}

describe("failures that have been seen", () => {
  it("are known one by one: an older send may fail after a newer one was seen", () => {
    expect(withSeen("", ["02B"])).toBe("02B");
    expect(withSeen("02B", ["01A"])).toBe("01A 02B");
    expect(withSeen("01A 02B", ["02B"])).toBe("01A 02B");
  });

  it("are forgotten when very many, the oldest first", () => {
    const ids = Array.from({ length: 600 }, (_, n) => String(n).padStart(3, "0"));

    const kept = withSeen("", ids).split(" ");

    expect(kept).toHaveLength(500);
    expect(kept[0]).toBe("100");
  });
});

describe("failures that are over", () => {
  const made = "2026-11-24T09:00:00Z";
  const retry = "01M86CH3M0AAAAAAAAAAAAAAAA";
  const send = (resolution: string | null, retried_by: string[] = []) =>
    ({ status: resolution ? "failed" : "sent", resolution, retried_by }) as unknown as SendRow;

  afterEach(() => void setPresent(new Date().toISOString()));

  it("are neither open nor looked at often", () => {
    expect(isOver(send("retried"))).toBe(true);
    expect(isOver(send("resolved"))).toBe(true);
    expect(isOver(send("open"))).toBe(false);
    expect(isOver(send(null))).toBe(false);
    expect(isUnderWay(send("retried", [retry]))).toBe(false);
  });

  it("are looked at often for ten minutes after a retry, which may reach everybody", () => {
    expect(new Date(instantOf(retry)).toISOString()).toBe("2026-11-24T09:00:00.000Z");
    setPresent(made);
    expect(isUnderWay(send("open", [retry]))).toBe(true);
    expect(isUnderWay(send("open"))).toBe(false);

    setPresent("2026-11-24T09:11:00Z");
    expect(isUnderWay(send("open", [retry]))).toBe(false);
  });
});

describe("the SES sandbox", () => {
  it("is told of while a send of this week was refused for it, seen or not", () => {
    expect(isInSandbox([failed("mailbox_full", 0), failed("ses_sandbox", 6)])).toBe(true);
    expect(isInSandbox([failed("mailbox_full", 0)])).toBe(false);
  });

  it("is no longer told of once that send has been sent again, or is old", () => {
    expect(isInSandbox([failed("ses_sandbox", 1, ["03C"])])).toBe(false);
    expect(isInSandbox([failed("ses_sandbox", 8)])).toBe(false);
  });
});

describe("an error where there is no form", () => {
  it("says what the API says of each field", () => {
    const message = "Plus de 5 000 envois : choisissez une période plus courte.";
    const problem = new ApiProblem(422, {
      code: "validation_failed",
      errors: [{ field: "from", code: "too_many", message }],
    });

    expect(messageOf(problem, fr)).toBe(message);
  });
});
