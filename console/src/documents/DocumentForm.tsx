import type { UseFormReturnType } from "@mantine/form";
import type { ReactNode } from "react";
import { Form } from "../forms/Form";
import type { Content } from "./content";
import { EntriesEditor } from "./EntriesEditor";
import { InvoiceFields, OrderFields, StaffListFields } from "./GeneralFields";
import { LinesEditor } from "./LinesEditor";
import { PartyFields } from "./PartyFields";

export type ContentForm = UseFormReturnType<Content>;

interface Props {
  form: ContentForm;
  saving: boolean;
  onSubmit: () => void;
  foot: ReactNode;
}

/** The form of a document of any type. */
export function DocumentForm({ form, ...props }: Props) {
  return (
    <Form {...props}>
      <Fields form={form} />
    </Form>
  );
}

function Fields({ form }: { form: ContentForm }) {
  switch (form.values.type) {
    case "staff_list":
      return (
        <>
          <StaffListFields form={form} />
          <EntriesEditor form={form} entries={form.values.entries} />
        </>
      );
    case "invoice":
      return (
        <>
          <InvoiceFields form={form} />
          <PartyFields form={form} path="client" />
          <LinesEditor form={form} lines={form.values.lines} />
        </>
      );
    case "purchase_order":
      return (
        <>
          <OrderFields form={form} />
          <PartyFields form={form} path="supplier" />
          <LinesEditor form={form} lines={form.values.lines} />
        </>
      );
  }
}
