import { describe, expect, it } from "vitest";
import type { Recurrence } from "../src/api/types";
import { daysOf, shift } from "../src/campaigns/Calendar";
import {
  bodyOf,
  canIncrement,
  defaultName,
  defaultSubject,
  editOf,
  newValues,
  previewOf,
  recurrenceOf,
} from "../src/campaigns/draft";
import { kindOf } from "../src/campaigns/recurrences";
import { formatsOf } from "../src/i18n/format";
import { sentences as en } from "../src/i18n/languages/en";
import { sentences as fr } from "../src/i18n/languages/fr";

const format = formatsOf("fr");
const values = () => newValues("Europe/Paris", fr, fr);

describe("a campaign edited while it runs", () => {
  const read = {
    version: 3,
    next_run_at: "2026-11-30T07:00:00Z",
    next_document_date: "2026-11-30",
  };

  it("sends no date that nobody moved", () => {
    const edited = { ...values(), next_document_date: "2026-11-30", subject: "Nouveau" };

    const body = editOf(edited, read, false);

    expect(body).toMatchObject({ subject: "Nouveau", version: 3 });
    expect(body).not.toHaveProperty("next_document_date");
    expect(body).not.toHaveProperty("next_run_at");
  });

  it("sends a date that was moved with the run it was moved for", () => {
    const body = editOf({ ...values(), next_document_date: "2026-12-05" }, read, false);

    expect(body).toMatchObject({
      next_document_date: "2026-12-05",
      next_run_at: "2026-11-30T07:00:00Z",
    });
  });
});

describe("a new campaign", () => {
  it("is a monthly list whose dates move on", () => {
    expect(bodyOf(values())).toMatchObject({
      document_type: "staff_list",
      recurrence: { kind: "monthly", day: 1, time: "08:00" },
      auto_increment_date: true,
      subject: "Liste de personnel - {date}",
    });
  });

  it("has a name for the reader of the page, and a mail for its recipients", () => {
    const read = newValues("Europe/Paris", en, fr);

    expect(read.name).toBe(newValues("Europe/Paris", en, en).name);
    expect(read.subject).toBe("Liste de personnel - {date}");
    expect(read.body).toBe(fr.editor.defaultBody);
  });

  it("is named after its document and its rhythm", () => {
    expect(defaultName(values(), fr, "Équipe Bercy")).toBe("Équipe Bercy - Mensuelle");
  });

  it("proposes the client in an invoice's subject, braces escaped", () => {
    const invoice = { ...values(), document_type: "invoice" as const };

    expect(defaultSubject(invoice, [{ party: "A {B}" }], fr)).toBe(
      "Facture {document_number} - A {{B}}",
    );
  });

  it("increments dates only for lists that come again and again", () => {
    const once = { ...values(), recurrence: { ...values().recurrence, kind: "once" as const } };

    expect(canIncrement(values())).toBe(true);
    expect(canIncrement(once)).toBe(false);
    expect(bodyOf(once).auto_increment_date).toBe(false);
  });

  it("is previewed to its author while it has no recipients", () => {
    const draft = { ...values(), document_ids: ["D1"] };

    expect(previewOf(values(), "moi@x.fr")).toBeNull();
    expect(previewOf(draft, "moi@x.fr")).toMatchObject({ recipients: ["moi@x.fr"] });
    const typing = { ...draft, recipients: ["a@x.fr", "b@"] };
    expect(previewOf(typing, "moi@x.fr")).toMatchObject({ recipients: ["a@x.fr"] });
  });

  it("has no recurrence while its date or its hour is missing", () => {
    const { recurrence } = values();

    expect(recurrenceOf({ ...values(), recurrence: { ...recurrence, kind: "once" } })).toBeNull();
    expect(recurrenceOf({ ...values(), recurrence: { ...recurrence, time: "8h" } })).toBeNull();
    expect(
      recurrenceOf({
        ...values(),
        recurrence: { ...recurrence, kind: "once", date: "2027-01-31" },
      }),
    ).toEqual({
      kind: "once",
      at: "2027-01-31T08:00",
    });
  });
});

describe("a recurrence", () => {
  it("is told in words", () => {
    const words = (recurrence: Recurrence) => kindOf(recurrence).words(recurrence, fr, format);

    expect(words({ kind: "monthly", day: 31, time: "08:00" })).toBe(
      "Mensuelle · le 31 ou le dernier jour du mois · 08:00",
    );
    expect(words({ kind: "monthly", day: 1, time: "08:00" })).toBe("Mensuelle · le 1er · 08:00");
    expect(words({ kind: "weekly", weekday: 1, time: "09:30" })).toBe(
      "Hebdomadaire · le lundi · 09:30",
    );
    expect(words({ kind: "once", at: "2026-12-24T08:00" })).toBe(
      "Une fois · le 24/12/2026 · 08:00",
    );
  });

  it("is said back with the number of recipients when it sends at once", () => {
    const sentence = kindOf({ kind: "none" }).sentence(
      { kind: "none" },
      { zone: "Europe/Paris", recipients: 12 },
      fr,
      format,
    );

    expect(sentence).toBe("L’email part dès l’enregistrement, une seule fois, à 12 destinataires.");
  });
});

describe("the calendar", () => {
  it("has every day of a month", () => {
    expect(daysOf("2028-02")).toHaveLength(29);
    expect(daysOf("2026-12").at(-1)).toBe("2026-12-31");
  });

  it("turns over the year", () => {
    expect(shift("2026-12", 1)).toBe("2027-01");
    expect(shift("2027-01", -1)).toBe("2026-12");
  });
});

describe("a rule that says more than the editor shows", () => {
  const twice = {
    ...{ kind: "monthly", day: null, days: [1, 16], every: 3, time: "08:00" },
    ...{ ordinal: null, weekday: null, starts_on: null, ends: null, off_days: "before" },
  } as unknown as Recurrence;
  const edited = (changes: object) =>
    recurrenceOf({
      ...values(),
      recurrence: { ...values().recurrence, kind: "monthly", day: 1, stored: twice, ...changes },
    });

  it("keeps it when only the hour is changed", () => {
    expect(edited({ time: "09:30" })).toEqual({ ...twice, time: "09:30" });
  });

  it("is replaced when the day is", () => {
    expect(edited({ day: 5 })).toEqual({ kind: "monthly", day: 5, time: "08:00" });
  });
});
