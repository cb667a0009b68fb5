import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useMemo, useState } from "react";
import { describe, expect, it } from "vitest";
import { ApiProblem } from "../src/api/problem";
import { Form } from "../src/forms/Form";
import { FormFoot } from "../src/forms/FormFoot";
import { useNewForm } from "../src/forms/useNewForm";
import { type Column, problemIn, tidied, withoutBlankEnd } from "../src/grid/columns";
import { decimal } from "../src/grid/figures";
import { Grid } from "../src/grid/Grid";
import { isTable, pasted, tableIn } from "../src/grid/paste";
import { formatsOf } from "../src/i18n/format";
import { sentences as fr } from "../src/i18n/languages/fr";
import { show } from "./page";

const COLUMNS: Column[] = [
  { key: "what", label: "Désignation", kind: "long", required: true },
  { key: "price", label: "Prix", kind: "figure" },
  { key: "at", label: "Heure", kind: "time" },
];
const french = formatsOf("fr");
const newRow = () => ({ what: "", price: "1", at: "" });
const sheet = (rows: ReturnType<typeof newRow>[], most = 100) => ({
  ...{ rows, columns: COLUMNS, newRow, most },
});

describe("figures copied from a spreadsheet", () => {
  it.each([
    ["1 234,50", "1234.50"],
    ["1\u202f234,50\u00a0€", "1234.50"],
    ["38.5", "38.5"],
    ["20 %", "20"],
    ["1.234,50", "1234.50"],
    ["1,234.50", "1234.50"],
    ["€1,234.50", "1234.50"],
    ["\u22125", "-5"],
    ["-5,00 €", "-5.00"],
    ["abc", "abc"],
  ])("%s is %s", (typed, figure) => {
    expect(decimal(typed)).toBe(figure);
  });
});

describe("a cell that is left", () => {
  it.each([
    [1, "38.50 €", "38,50"],
    [1, " abc ", "abc"],
    [2, "0830", "08:30"],
    [2, "08:30:00", "08:30"],
    [2, "25:00", "25:00"],
    [0, " deux\nlignes ", "deux\nlignes"],
  ])("of column %d reads %j as %j", (column, typed, read) => {
    expect(tidied(typed, COLUMNS[column] as Column, french)).toBe(read);
  });

  it.each([
    [1, "abc", "Ce n’est pas un nombre."],
    [1, "38,50 €", null],
    [2, "25:00", "Ce n’est pas une heure (par exemple 08:30)."],
    [2, "8h", null],
    [0, "", null],
  ])("of column %d finds %j wrong: %j", (column, typed, message) => {
    expect(problemIn(typed, COLUMNS[column] as Column, fr)).toBe(message);
  });
});

describe("a table copied from a spreadsheet", () => {
  it.each([
    [
      "a\tb\r\nc\td\r\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ["a\n\n\nb\n", [["a"], ["b"]]],
    ['"deux\nlignes"\tb', [["deux\nlignes", "b"]]],
    ['"un ""mot"""\tb', [['un "mot"', "b"]]],
    ['"12" vis\tb', [['"12" vis', "b"]]],
    ["a\t\t", [["a", "", ""]]],
    ["mot", [["mot"]]],
    ["", []],
  ])("%j is %j", (text, table) => {
    expect(tableIn(text)).toEqual(table);
  });

  it("is read in time that grows with its length", () => {
    expect(tableIn("x\ty\tz\n".repeat(20_000))).toHaveLength(20_000);
    expect(tableIn('"'.repeat(20_000))).toHaveLength(1);
  });

  it("is more than one cell", () => {
    expect(isTable([["mot"]])).toBe(false);
    expect(isTable([["a", "b"]])).toBe(true);
    expect(isTable([])).toBe(false);
  });

  it("is written over the rows from a cell on, and beyond the last", () => {
    const rows = [newRow(), { what: "b", price: "2", at: "" }];

    const { rows: next, written } = pasted(
      sheet(rows),
      { row: 1, column: 1 },
      [
        ["3,5 €", "8h"],
        ["4", "0930"],
      ],
      french,
    );

    expect(written).toBe(2);
    expect(next).toEqual([
      newRow(),
      { what: "b", price: "3,5", at: "08:00" },
      { what: "", price: "4", at: "09:30" },
    ]);
  });

  it("has its headings say where the columns belong", () => {
    const { rows } = pasted(
      sheet([newRow()]),
      { row: 0, column: 0 },
      [
        ["PRIX", "Désignation", ""],
        ["7", "Vis", "rien"],
      ],
      french,
    );

    expect(rows).toEqual([{ what: "Vis", price: "7", at: "" }]);
  });

  it("stops where there is no more room", () => {
    const { rows, written, left } = pasted(
      sheet([newRow()], 3),
      { row: 0, column: 0 },
      [["a"], ["b"], ["c"], ["d"], ["e"]],
      french,
    );

    expect([rows.length, written, left]).toEqual([3, 3, 2]);
  });
});

describe("rows that are sent", () => {
  it("end with the last that is filled in", () => {
    const rows = [newRow(), { ...newRow(), what: "b" }, newRow(), { ...newRow(), price: "" }];

    expect(withoutBlankEnd(rows, newRow())).toHaveLength(2);
    expect(withoutBlankEnd([newRow(), newRow()], newRow())).toHaveLength(1);
    expect(withoutBlankEnd([], newRow())).toEqual([]);
  });
});

interface Values extends Record<string, unknown> {
  rows: ReturnType<typeof newRow>[];
}

function Sheet({ count, answer }: { count: number; answer?: unknown }) {
  const [initial] = useState<Values>(() => ({
    rows: Array.from({ length: count }, (_, n) => ({ what: `n${n + 1}`, price: "1", at: "" })),
  }));
  const [made, setMade] = useState("");
  const editing = useNewForm({
    key: "grid",
    initial,
    make: async (values: Values) => {
      if (answer) throw answer;
      return JSON.stringify(values.rows.map((row) => Object.values(row).join("|")));
    },
    onMade: setMade,
  });
  const columns = useMemo(() => COLUMNS, []);
  return (
    <Form
      onSubmit={() => editing.submit()}
      saving={editing.saving}
      foot={<FormFoot editing={editing} />}
    >
      <Grid
        form={editing.form}
        path="rows"
        rows={editing.form.values.rows}
        columns={columns}
        newRow={newRow}
        least={1}
        most={1_000}
        label="Lignes"
        nameOf={(n) => `Ligne ${n}`}
        add="Ajouter une ligne"
      />
      <output aria-label="fait">{made}</output>
    </Form>
  );
}

const KEYS: Record<string, string> = { Désignation: "what", Prix: "price", Heure: "at" };
const found = (name: string) => {
  const [column = "", , n] = name.split(" ");
  const path = `rows.${Number(n) - 1}.${KEYS[column]}`;
  return document.querySelector<HTMLInputElement>(`[data-path="${path}"]`);
};
/** Quicker than by its role, of which a page has hundreds. */
const cell = (name: string) => found(name) as HTMLInputElement;
const done = () => screen.getByLabelText("fait").textContent;
const save = () => fireEvent.click(screen.getByText("Enregistrer"));

describe("a grid", { timeout: 60_000 }, () => {
  it("goes from cell to cell by the keyboard, and on to a new row", async () => {
    const user = userEvent.setup();
    show(<Sheet count={2} />);

    await user.click(cell("Prix Ligne 1"));
    await user.keyboard("{Enter}");
    expect(document.activeElement).toBe(cell("Prix Ligne 2"));
    await user.keyboard("5{ArrowRight}0830{Enter}");
    expect(document.activeElement).toBe(cell("Désignation Ligne 3"));
    await user.keyboard("c{ArrowUp}");
    expect(document.activeElement).toBe(cell("Désignation Ligne 2"));
    await user.keyboard("{Control>}{Enter}{/Control}");

    await waitFor(() => expect(done()).toBe('["n1|1|","n2|5|08:30","c|1|"]'));
  });

  it("flags an hour that is none once it is left, and leads there", async () => {
    const user = userEvent.setup();
    show(<Sheet count={60} />);

    await user.click(cell("Heure Ligne 3"));
    await user.keyboard("25:00");
    expect(screen.queryByText("1 case est à corriger")).toBeNull();
    await user.tab();
    expect(screen.getByText("1 case est à corriger")).toBeTruthy();
    expect(cell("Heure Ligne 3").getAttribute("aria-invalid")).toBe("true");

    await user.click(screen.getByLabelText("Suivant"));
    await user.click(screen.getByText("Ligne 3 · Heure"));
    expect(document.activeElement).toBe(cell("Heure Ligne 3"));
  });

  it("pastes a table, says so, and takes it back", async () => {
    const user = userEvent.setup();
    show(<Sheet count={1} />);

    await user.click(cell("Désignation Ligne 1"));
    await user.paste("Vis\t1 234,50 €\t8h\nÉcrou\t2\t0930\n");

    expect(cell("Prix Ligne 1").value).toBe("1234,50");
    expect(cell("Heure Ligne 2").value).toBe("09:30");
    expect(screen.getByText("2 lignes collées.")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Annuler" }));
    expect(cell("Désignation Ligne 1").value).toBe("n1");
    expect(found("Prix Ligne 2")).toBeNull();
    expect(document.activeElement).toBe(cell("Désignation Ligne 1"));
  });

  it("pastes a word where the caret is", async () => {
    const user = userEvent.setup();
    show(<Sheet count={1} />);

    await user.click(cell("Désignation Ligne 1"));
    await user.paste(" bis");

    expect(cell("Désignation Ligne 1").value).toBe("n1 bis");
  });

  it("shows a page of its rows, and keeps the focus at the last", async () => {
    const user = userEvent.setup();
    show(<Sheet count={101} />);
    expect([...document.querySelectorAll("tr")]).toHaveLength(51);

    const next = screen.getByLabelText("Suivant");
    await user.click(next);
    await user.click(next);

    expect([...document.querySelectorAll("tr")]).toHaveLength(2);
    expect(document.activeElement).toBe(next);
    expect(next.getAttribute("aria-disabled")).toBe("true");
  });

  it("goes to the API's problem of a row on another page", async () => {
    const errors = [{ field: "rows.83.price", code: "x", message: "Trop de décimales." }];
    show(<Sheet count={100} answer={new ApiProblem(422, { errors })} />);

    save();

    await waitFor(() => expect(document.activeElement).toBe(cell("Prix Ligne 84")));
    expect(screen.getByText("1 champ est à corriger.")).toBeTruthy();
    expect(screen.getAllByText("Trop de décimales.").length).toBeGreaterThan(0);
    expect(screen.getByText("Ligne 84 · Prix")).toBeTruthy();
  });

  it("names each cell by its column and row", () => {
    show(<Sheet count={1} />);

    expect(screen.getByRole("textbox", { name: "Désignation Ligne 1" })).toBe(
      cell("Désignation Ligne 1"),
    );
  });

  it("moves a row by the keyboard", async () => {
    const user = userEvent.setup();
    show(<Sheet count={3} />);

    await user.click(cell("Prix Ligne 3"));
    await user.keyboard("7{Alt>}{ArrowUp}{/Alt}");

    expect(document.activeElement).toBe(cell("Prix Ligne 2"));
    expect(cell("Désignation Ligne 2").value).toBe("n3");
    expect(cell("Prix Ligne 2").value).toBe("17");
    expect(cell("Prix Ligne 3").value).toBe("1");
  });

  it("takes in what is typed last when Enter moves on at once", async () => {
    const user = userEvent.setup();
    show(<Sheet count={2} />);

    await user.click(cell("Désignation Ligne 1"));
    await user.keyboard("!");
    save();

    await waitFor(() => expect(done()).toBe('["n1!|1|","n2|1|"]'));
  });
});
