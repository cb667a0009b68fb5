import { describe, expect, it } from "vitest";
import { ApiProblem } from "../src/api/problem";
import type { SendRow } from "../src/api/types";
import { sentences as fr } from "../src/i18n/languages/fr";
import { isInSandbox, withSeen } from "../src/shell/useFailures";
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
