import { Checkbox, NativeSelect } from "@mantine/core";
import { useLanguage } from "../i18n/language";
import { Group } from "../ui/Group";
import type { ContentForm } from "./DocumentForm";
import classes from "./documents.module.css";
import { AddressField, DateOf, NotesField, TextField } from "./fields";

interface Props {
  form: ContentForm;
}

export function StaffListFields({ form }: Props) {
  const { t } = useLanguage();
  const d = t.documents;
  return (
    <Group title={d.general}>
      <div className={classes.grid}>
        <TextField form={form} path="name" label={d.name} required />
        <DateOf form={form} path="date" label={d.date} required />
        <TextField form={form} path="number" label={d.number} />
        <TextField form={form} path="site" label={d.site} />
        <NotesField form={form} path="notes" label={d.notes} />
      </div>
    </Group>
  );
}

export function InvoiceFields({ form }: Props) {
  const { t } = useLanguage();
  const d = t.documents;
  const operation = form.getInputProps("operation");
  return (
    <Group title={d.general}>
      <div className={classes.grid}>
        <TextField form={form} path="number" label={d.number} required />
        <DateOf form={form} path="date" label={d.date} required />
        <DateOf form={form} path="due_date" label={d.dueDate} />
        <DateOf form={form} path="delivery_date" label={d.deliveryDate} />
        <TextField form={form} path="order_number" label={d.orderNumber} />
        <NativeSelect
          label={d.operation}
          {...operation}
          value={(operation.value as string | null) ?? ""}
          onChange={(event) => operation.onChange(event.currentTarget.value || null)}
          data={[
            { value: "", label: t.common.none },
            { value: "goods", label: d.operations.goods },
            { value: "services", label: d.operations.services },
            { value: "mixed", label: d.operations.mixed },
          ]}
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

export function OrderFields({ form }: Props) {
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
