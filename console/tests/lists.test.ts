import { afterEach, describe, expect, it } from "vitest";
import { NetworkError } from "../src/api/problem";
import { forgetDrafts, writeDraft } from "../src/forms/drafts";
import { nameOf, PERIODS, periodOf } from "../src/history/periods";
import { sentences as fr } from "../src/i18n/languages/fr";
import { messageOf } from "../src/ui/ErrorAlert";
import { withoutUnused } from "../styles.ts";

describe("a usual period", () => {
  it("is whole months, over the turn of a year too", () => {
    expect(periodOf("thisMonth", "2028-02-10")).toEqual({ from: "2028-02-01", to: "2028-02-29" });
    expect(periodOf("lastMonth", "2027-01-31")).toEqual({ from: "2026-12-01", to: "2026-12-31" });
    expect(periodOf("thisMonth", "2026-12-31")).toEqual({ from: "2026-12-01", to: "2026-12-31" });
  });

  it.each([
    ["2026-11-25", "2025-11-26"],
    ["2028-02-29", "2027-03-01"],
    ["2027-02-28", "2026-03-01"],
    ["2027-01-01", "2026-01-02"],
  ])("of twelve months ends today, %s, and begins the day after a year ago", (today, from) => {
    expect(periodOf("lastYear", today)).toEqual({ from, to: today });
  });

  it.each(PERIODS)("%s is known by its days", (name) => {
    expect(nameOf(periodOf(name, "2026-11-25"), "2026-11-25")).toBe(name);
  });

  it("has no name when its days are anybody's choice", () => {
    expect(nameOf({ from: "2026-11-02", to: "" }, "2026-11-25")).toBe("");
  });
});

describe("a service that does not answer", () => {
  afterEach(forgetDrafts);

  it("is said to keep what is typed only where something is", () => {
    const nothing = messageOf(new NetworkError(), fr);
    writeDraft("facteur.draft.claire@x.fr.campaign.new", { values: { name: "A" }, read: null });

    expect(nothing).toBe(fr.errors.network);
    expect(messageOf(new NetworkError(), fr)).toBe(`${fr.errors.network} ${fr.common.kept}`);
  });
});

describe("the styles of the build", () => {
  const used = new Set(["m_11111111"]);

  it("have the rules of parts that are used, and those of no part", () => {
    const sheet = ".m_11111111{color:red}.m_22222222{color:blue}.ours{top:0}";

    expect(withoutUnused(sheet, used)).toBe(".m_11111111{color:red}.ours{top:0}");
  });

  it("keep the selectors of a rule that are used", () => {
    const sheet = ".m_11111111,.m_22222222:hover,a .m_11111111{color:red}";

    expect(withoutUnused(sheet, used)).toBe(".m_11111111,a .m_11111111{color:red}");
  });

  it("keep no condition that nothing is left in", () => {
    const sheet = "@media print{@supports (top:0){.m_22222222{top:0}}}@media print{p{top:0}}";

    expect(withoutUnused(sheet, used)).toBe("@media print{p{top:0}}");
  });
});
