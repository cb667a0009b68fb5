import { describe, expect, it } from "vitest";
import { formatsOf } from "../src/i18n/format";
import { parseDate } from "../src/ui/DateField";
import { movedBy, timeIn } from "../src/ui/times";

describe("amounts", () => {
  it("of nothing have no sign", () => {
    expect(formatsOf("fr").amount(-0)).toBe(formatsOf("fr").amount(0));
    expect(formatsOf("fr").amount(-5)).toContain("-5,00");
  });
});

describe("dates and times", () => {
  it("are DD/MM/YYYY and 24-hour in both languages", () => {
    expect(formatsOf("fr").instant("2026-11-24T21:05:00Z", "Europe/Paris")).toBe(
      "24/11/2026 22:05",
    );
    expect(formatsOf("en").instant("2026-11-24T21:05:00Z", "Europe/Paris")).toBe(
      "24/11/2026 22:05",
    );
  });

  it("show midnight as 00:00", () => {
    expect(formatsOf("fr").instant("2026-11-24T23:00:00Z", "Europe/Paris")).toBe(
      "25/11/2026 00:00",
    );
  });

  it("keep a plain date whatever the zone of the device", () => {
    expect(formatsOf("fr").date("2027-01-31")).toBe("31/01/2027");
  });

  it("are told from now", () => {
    const now = Date.parse("2026-11-24T08:00:00Z");

    expect(formatsOf("fr").relative("2026-11-30T08:00:00Z", now)).toBe("dans 6 jours");
    expect(formatsOf("fr").relative("2026-11-24T05:00:00Z", now)).toBe("il y a 3 heures");
    expect(formatsOf("fr").relative("2026-11-24T08:00:10Z", now)).toBe("maintenant");
  });
});

describe("a typed date", () => {
  it.each([
    ["31/01/2027", "2027-01-31"],
    ["1/2/27", "2027-02-01"],
    ["31.01.2027", "2027-01-31"],
    ["31012027", "2027-01-31"],
    ["2027-01-31", "2027-01-31"],
  ])("%s is %s", (typed, date) => {
    expect(parseDate(typed)).toBe(date);
  });

  it.each(["31/02/2027", "32/01/2027", "demain", ""])("%j is none", (typed) => {
    expect(parseDate(typed)).toBeNull();
  });
});

describe("a typed time", () => {
  it.each([
    ["8h", "08:00"],
    ["8 h 30", "08:30"],
    ["08.5", "08:05"],
    ["8", "08:00"],
    ["14:45", "14:45"],
    ["0830", "08:30"],
    ["830", "08:30"],
    ["08:30:00", "08:30"],
    ["25:00", "25:00"],
  ])("%s is %s", (typed, time) => {
    expect(timeIn(typed)).toBe(time);
  });

  it("that is none stays as typed, for the API to judge", () => {
    expect(timeIn(" bientôt ")).toBe("bientôt");
  });

  it("moves by quarters around the clock", () => {
    expect(movedBy("23:50", 15)).toBe("00:05");
    expect(movedBy("00:00", -15)).toBe("23:45");
    expect(movedBy("", 15)).toBe("08:15");
  });
});
