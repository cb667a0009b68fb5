import { describe, expect, it } from "vitest";
import { pollEvery } from "../src/api/polling";
import type { EmailForm, Send } from "../src/api/types";
import { filtersOf, historyPath, isNarrowed, queryOf } from "../src/history/filters";
import { reachedSince } from "../src/history/reached";
import { valuesAfter } from "../src/send/values";

describe("the address of the history", () => {
  it("gives back the filters it was made of", () => {
    const path = historyPath({ q: "dupont btp", status: "failed", from: "2026-11-01" });

    const filters = filtersOf(new URLSearchParams(path.split("?")[1]));

    expect(filters).toMatchObject({
      q: "dupont btp",
      status: "failed",
      from: "2026-11-01",
      to: "",
    });
  });

  it("ignores what is no filter's value", () => {
    const filters = filtersOf(new URLSearchParams("statut=lost&type=cat&du=hier"));

    expect(isNarrowed(filters)).toBe(false);
  });

  it("asks the API only for what is narrowed", () => {
    const filters = filtersOf(new URLSearchParams("statut=sent&campagne=C1&page=next"));

    expect(queryOf(filters)).toEqual({ status: "sent", campaign_id: "C1", cursor: "next" });
  });
});

describe("«À traiter»", () => {
  it("is the failures that are open, by a filter of their own in the API", () => {
    const filters = filtersOf(new URLSearchParams("statut=open&type=invoice"));

    expect(isNarrowed(filters)).toBe(true);
    expect(queryOf(filters)).toEqual({ resolution: "open", type: "invoice" });
  });
});

describe("polling", () => {
  it("is every 5 s while something is queued, else every minute", () => {
    expect(pollEvery(true)).toBe(5_000);
    expect(pollEvery(false)).toBe(60_000);
    expect(pollEvery(undefined)).toBe(60_000);
  });
});

describe("«Ouvrir le document» after a failure", () => {
  const form = {
    to: "a@x.fr",
    cc: [],
    bcc: [],
    subject: "s",
    body: "b",
    filename: "f.pdf",
  } as EmailForm;
  const recipient = (address: string, role: string, outcome: string) => ({
    address,
    role,
    outcome,
  });
  const send = (recipients: unknown[]) =>
    ({
      subject: "Prix {net}",
      body: "Bonjour",
      copy_to_sender: true,
      separate: false,
      recipients,
    }) as unknown as Send;

  it("addresses only those that failed, each in its role, and keeps braces as they were", () => {
    const values = valuesAfter(
      send([
        recipient("ok@x.fr", "to", "delivered"),
        recipient("cc@x.fr", "cc", "bounced"),
        recipient("b@x.fr", "bcc", "failed"),
      ]),
      form,
    );

    expect(values).toMatchObject({
      to: "cc@x.fr",
      cc: [],
      bcc: ["b@x.fr"],
      subject: "Prix {{net}}",
      copy_to_sender: true,
      separate: false,
    });
  });

  it("writes to nobody that has the mail already", () => {
    const values = valuesAfter(
      send([recipient("ok@x.fr", "to", "delivered"), recipient("cc@x.fr", "cc", "bounced")]),
      { ...form, to: "ok@x.fr" },
    );

    expect(values).toMatchObject({ to: "cc@x.fr", cc: [], bcc: [] });
  });

  it("writes to nobody that a retry has reached since, not even as the client of the document", () => {
    const failed = send([
      recipient("a@x.fr", "to", "bounced"),
      recipient("B@x.fr", "cc", "bounced"),
    ]);
    const retry = send([recipient("b@x.fr", "cc", "delivered")]);
    const open = { ...failed, resolution: "open" } as Send;
    const over = { ...failed, resolution: "retried" } as Send;

    expect(valuesAfter(open, form, reachedSince(open, [retry]))).toMatchObject({
      to: "a@x.fr",
      cc: [],
    });
    expect(valuesAfter(over, form, reachedSince(over, [retry]))).toMatchObject({ to: "", cc: [] });
  });

  it("never shows blind recipients to each other", () => {
    const values = valuesAfter(
      send([recipient("a@x.fr", "bcc", "bounced"), recipient("b@x.fr", "bcc", "bounced")]),
      form,
    );

    expect(values).toMatchObject({ to: "a@x.fr", bcc: ["b@x.fr"], separate: true });
  });
});
