import { useMemo } from "react";
import type { Column } from "../grid/columns";
import { Grid } from "../grid/Grid";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { Group } from "../ui/Group";
import { type ContentForm, MOST_ROWS } from "./content";
import classes from "./documents.module.css";
import { type Line, newLine } from "./lines";
import { lineTotal, totalsOf } from "./totals";

/** The lines of an invoice or order, with totals as they are typed. */
export function LinesEditor({ form, lines }: { form: ContentForm; lines: Line[] }) {
  const { t } = useLanguage();
  const format = useFormat();
  const d = t.documents;
  const columns = useMemo<Column[]>(
    () => [
      { key: "description", label: d.description, kind: "long", least: 10.5, required: true },
      { key: "quantity", label: d.quantity, kind: "figure", width: 5.25, required: true },
      { key: "unit", label: d.unit, kind: "text", width: 4 },
      { key: "unit_price", label: d.unitPrice, kind: "figure", width: 6, required: true },
      { key: "vat_rate", label: d.vatRate, kind: "figure", width: 4, required: true },
    ],
    [d],
  );
  const amountOf = (line: Line) => {
    const total = lineTotal(line);
    return total === null ? null : format.amount(total);
  };
  return (
    <Group title={`${d.lines} · ${format.number(lines.length)}`}>
      <Grid
        form={form}
        path="lines"
        rows={lines}
        columns={columns}
        newRow={newLine}
        least={1}
        most={MOST_ROWS}
        label={d.lines}
        nameOf={d.line}
        add={d.addLine}
        sum={{ label: d.lineTotal, of: amountOf }}
      >
        <TotalsList lines={lines} />
      </Grid>
    </Group>
  );
}

function TotalsList({ lines }: { lines: Line[] }) {
  const { t } = useLanguage();
  const format = useFormat();
  const totals = useMemo(() => totalsOf(lines), [lines]);
  if (totals === null) return null;
  return (
    <dl className={classes.totals} aria-live="polite">
      <dt>{t.documents.net}</dt>
      <dd>{format.amount(totals.net)}</dd>
      {totals.rates.map(({ rate, vat }) => [
        <dt key={`rate ${rate}`}>{t.documents.vat(format.number(Number(rate)))}</dt>,
        <dd key={`vat ${rate}`}>{format.amount(vat)}</dd>,
      ])}
      <dt>{t.documents.gross}</dt>
      <dd>{format.amount(totals.gross)}</dd>
    </dl>
  );
}
