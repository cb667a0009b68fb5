import { describe, expect, it } from "vitest";
import { newLine } from "../src/documents/lines";
import { printable } from "../src/documents/printable";
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

describe("the PDF of what is being typed", () => {
  it.each(DOCUMENT_TYPES)("leaves open what a new %s still lacks", (type) => {
    const content = printable(definitionOf(type).newContent("2026-11-20"));

    expect(JSON.stringify(content)).not.toContain('"last_name":""');
    if (content.type === "staff_list") expect(content.name).toBe("…");
    else {
      expect(content.number).toBe("…");
      expect(content.lines).toEqual([
        { description: "…", quantity: "1", unit: "", unit_price: "0", vat_rate: "20" },
      ]);
    }
  });

  it("has no hour that is only half typed, and leaves wrong figures to the API", () => {
    const list = definitionOf("staff_list").newContent("2026-11-20");
    if (list.type !== "staff_list") throw new Error("not a list");
    list.entries = [{ last_name: "Martin", start: "08:3", end: "25:00" }];
    const order = definitionOf("purchase_order").newContent("2026-11-20");
    if (order.type !== "purchase_order") throw new Error("not an order");
    order.lines = [line("abc", "1", "20")];

    const shown = printable(list);
    expect(shown.type === "staff_list" && shown.entries[0]).toMatchObject({
      start: "08:03",
      end: "",
    });
    expect(JSON.stringify(printable(order))).toContain('"quantity":"abc"');
  });
});

describe("the types of documents", () => {
  it("have a file each, and words", () => {
    expect(DOCUMENT_TYPES).toEqual(["staff_list", "invoice", "purchase_order"]);
    expect(Object.keys(sentences.documentTypes)).toEqual(DOCUMENT_TYPES);
  });
});
