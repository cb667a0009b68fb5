import { describe, expect, it } from "vitest";
import { newLine } from "../src/documents/lines";
import { cleaned, DOCUMENT_TYPES, definitionOf } from "../src/documents/registry";
import { totalsOf } from "../src/documents/totals";
import { decimal } from "../src/grid/figures";
import { sentences } from "../src/i18n/languages/fr";

const line = (quantity: string, unit_price: string, vat_rate: string) => ({
  ...newLine(),
  quantity,
  unit_price,
  vat_rate,
});

describe("figures as people type them", () => {
  it.each([
    ["1 234,50", "1234.50"],
    ["1\u202f234,50", "1234.50"],
    ["38.5", "38.5"],
  ])("%s is %s", (typed, figure) => {
    expect(decimal(typed)).toBe(figure);
  });
});

describe("totals", () => {
  it("round VAT half-up, once per rate", () => {
    const totals = totalsOf([
      line("1", "0,05", "10"),
      line("1", "0,10", "10"),
      line("2", "10", "20"),
    ]);

    expect(totals).toEqual({
      rates: [
        { rate: "10", vat: 0.02 },
        { rate: "20", vat: 4 },
      ],
      net: 20.15,
      gross: 24.17,
    });
  });

  it("are free of binary dust", () => {
    expect(totalsOf([line("1", "1.005", "0")])?.net).toBe(1.01);
  });

  it("wait for figures", () => {
    expect(totalsOf([line("2", "", "20")])).toBeNull();
  });
});

describe("what is sent", () => {
  it("has points for commas and no blank lines in addresses", () => {
    const invoice = definitionOf("invoice").newContent("2026-11-20");
    if (invoice.type !== "invoice") throw new Error("not an invoice");
    invoice.lines = [line("1,5", "10", "20")];
    invoice.client.address = ["12 rue des Lilas", " ", ""];

    const body = cleaned(invoice);

    expect(body.lines[0]?.quantity).toBe("1.5");
    expect(body.client.address).toEqual(["12 rue des Lilas"]);
  });
});

describe("the types of documents", () => {
  it("have a file each, and words", () => {
    expect(DOCUMENT_TYPES).toEqual(["staff_list", "invoice", "purchase_order"]);
    expect(Object.keys(sentences.documentTypes)).toEqual(DOCUMENT_TYPES);
  });
});
