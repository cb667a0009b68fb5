import { ActionIcon, Button } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { Group } from "../ui/Group";
import type { ContentForm } from "./content";
import classes from "./documents.module.css";
import { TextField } from "./fields";
import { type Line, newLine } from "./lines";
import { lineTotal, totalsOf } from "./totals";

/** The lines of an invoice or order, with totals as they are typed. */
export function LinesEditor({ form, lines }: { form: ContentForm; lines: Line[] }) {
  const { t } = useLanguage();
  return (
    <Group title={t.documents.lines}>
      <div>
        {lines.map((line, index) => (
          <LineRow
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
            key={index}
            form={form}
            line={line}
            index={index}
            alone={lines.length === 1}
          />
        ))}
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => form.insertListItem("lines", newLine())}
        >
          {t.documents.addLine}
        </Button>
        <TotalsList lines={lines} />
      </div>
    </Group>
  );
}

function LineRow(props: { form: ContentForm; line: Line; index: number; alone: boolean }) {
  const { t } = useLanguage();
  const format = useFormat();
  const { form, line, index, alone } = props;
  const d = t.documents;
  const total = lineTotal(line);
  const path = `lines.${index}`;
  return (
    <fieldset className={`${classes.row} ${classes.lineRow}`} aria-label={d.line(index + 1)}>
      <div className={classes.rowHead}>
        <span>
          {d.line(index + 1)}
          {total !== null && ` · ${format.amount(total)}`}
        </span>
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={alone}
          aria-label={d.removeLine(index + 1)}
          onClick={() => form.removeListItem("lines", index)}
        >
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      </div>
      <TextField form={form} path={`${path}.description`} label={d.description} required />
      <TextField
        form={form}
        path={`${path}.quantity`}
        label={d.quantity}
        inputMode="decimal"
        required
      />
      <TextField form={form} path={`${path}.unit`} label={d.unit} />
      <TextField
        form={form}
        path={`${path}.unit_price`}
        label={d.unitPrice}
        inputMode="decimal"
        required
      />
      <TextField
        form={form}
        path={`${path}.vat_rate`}
        label={d.vatRate}
        inputMode="decimal"
        required
      />
    </fieldset>
  );
}

function TotalsList({ lines }: { lines: Line[] }) {
  const { t } = useLanguage();
  const format = useFormat();
  const totals = totalsOf(lines);
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
