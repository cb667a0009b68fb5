import type { UseFormReturnType } from "@mantine/form";
import type { FormEvent, ReactNode } from "react";
import type { Content } from "./content";
import { EntriesEditor } from "./EntriesEditor";
import { InvoiceFields, OrderFields, StaffListFields } from "./GeneralFields";
import { LinesEditor } from "./LinesEditor";
import { PartyFields } from "./PartyFields";

export type ContentForm = UseFormReturnType<Content>;

interface Props {
  form: ContentForm;
  onSubmit: () => void;
  /** What stands at the foot: problems and the button that saves. */
  children: ReactNode;
}

/** The form of a document of any type. Ctrl+Enter saves. */
export function DocumentForm({ form, onSubmit, children }: Props) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
      }}
    >
      <Fields form={form} />
      {children}
    </form>
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
