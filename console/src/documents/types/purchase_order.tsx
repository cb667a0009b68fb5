import { IconShoppingCart } from "@tabler/icons-react";
import { useLanguage } from "../../i18n/language";
import { Group } from "../../ui/Group";
import { type ContentForm, type ContentOf, cleanParty, newParty, withoutBlanks } from "../content";
import type { DefinitionOf } from "../definition";
import classes from "../documents.module.css";
import { AddressField, DateOf, NotesField, TextField } from "../fields";
import { LinesEditor } from "../LinesEditor";
import { cleanLines, newLine, withFigures } from "../lines";
import { PartyFields } from "../PartyFields";

export const definition: DefinitionOf<"purchase_order"> = {
  order: 3,
  Icon: IconShoppingCart,
  ready: "sent",
  publishedFirst: false,
  numbered: true,
  movingDate: false,
  partyInSubject: false,
  newContent: (date) => ({
    ...{ type: "purchase_order", number: "", name: "", date, delivery_date: null },
    ...{ delivery_address: [], payment_terms: "", notes: "" },
    ...{ supplier: newParty(), lines: [newLine()] },
  }),
  typed: (content, format) => ({ ...content, lines: withFigures(content.lines, format.figure) }),
  cleaned: (content) => ({
    ...content,
    lines: cleanLines(content.lines),
    delivery_address: withoutBlanks(content.delivery_address),
    supplier: cleanParty(content.supplier),
  }),
  Fields,
};

function Fields({ form, content }: { form: ContentForm; content: ContentOf<"purchase_order"> }) {
  return (
    <>
      <General form={form} />
      <PartyFields form={form} path="supplier" />
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
        <DateOf form={form} path="delivery_date" label={d.deliveryDate} />
        <TextField form={form} path="name" label={d.name} description={d.nameHint} />
        <AddressField
          form={form}
          path="delivery_address"
          label={d.deliveryAddress}
          description={d.addressHint}
        />
        <NotesField form={form} path="payment_terms" label={d.paymentTerms} />
        <NotesField form={form} path="notes" label={d.notes} />
      </div>
    </Group>
  );
}
