import { Checkbox } from "@mantine/core";
import { IconFileInvoice } from "@tabler/icons-react";
import { useLanguage } from "../../i18n/language";
import { Group } from "../../ui/Group";
import { type ContentForm, type ContentOf, cleanParty, newParty, withoutBlanks } from "../content";
import type { DefinitionOf } from "../definition";
import classes from "../documents.module.css";
import { AddressField, ChoiceField, DateOf, NotesField, TextField } from "../fields";
import { LinesEditor } from "../LinesEditor";
import { cleanLines, newLine, withFigures } from "../lines";
import { PartyFields } from "../PartyFields";

export const definition: DefinitionOf<"invoice"> = {
  order: 2,
  Icon: IconFileInvoice,
  ready: "sent",
  publishedFirst: false,
  numbered: true,
  movingDate: false,
  partyInSubject: true,
  editSentWarning: (t) => t.documents.editSentInvoice,
  newContent: (date) => ({
    ...{ type: "invoice", number: "", name: "", date, due_date: null, delivery_date: null },
    ...{ order_number: "", payment_terms: "", operation: null, vat_on_debits: false, notes: "" },
    ...{ vat_exemption: null, delivery_address: [] },
    ...{ client: newParty(), lines: [newLine()] },
  }),
  typed: (content, format) => ({ ...content, lines: withFigures(content.lines, format.figure) }),
  cleaned: (content) => ({
    ...content,
    lines: cleanLines(content.lines),
    delivery_address: withoutBlanks(content.delivery_address),
    client: cleanParty(content.client),
  }),
  Fields,
};

function Fields({ form, content }: { form: ContentForm; content: ContentOf<"invoice"> }) {
  const d = useLanguage().t.documents;
  return (
    <>
      <General form={form} />
      <PartyFields form={form} path="client">
        <AddressField
          form={form}
          path="delivery_address"
          label={d.deliveryAddress}
          description={d.deliveryAddressHint}
        />
      </PartyFields>
      <LinesEditor form={form} lines={content.lines} />
    </>
  );
}

function General({ form }: { form: ContentForm }) {
  const { t } = useLanguage();
  const d = t.documents;
  return (
    <Group title={d.general}>
      <div className={classes.grid}>
        <TextField form={form} path="number" label={d.number} required />
        <DateOf form={form} path="date" label={d.date} required />
        <DateOf form={form} path="due_date" label={d.dueDate} />
        <DateOf form={form} path="delivery_date" label={d.deliveryDate} />
        <TextField form={form} path="order_number" label={d.orderNumber} />
        <ChoiceField form={form} path="operation" label={d.operation} choices={d.operations} />
        <ChoiceField
          form={form}
          path="vat_exemption"
          label={d.vatExemption}
          choices={d.vatExemptions}
        />
        <TextField form={form} path="name" label={d.name} description={d.nameHint} />
        <Checkbox
          className={classes.full}
          label={d.vatOnDebits}
          {...form.getInputProps("vat_on_debits", { type: "checkbox" })}
        />
        <NotesField form={form} path="payment_terms" label={d.paymentTerms} />
        <NotesField form={form} path="notes" label={d.notes} />
      </div>
    </Group>
  );
}
