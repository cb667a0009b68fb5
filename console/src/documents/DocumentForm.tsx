import type { ReactNode } from "react";
import { Form } from "../forms/Form";
import type { ContentForm } from "./content";
import { definitionOf } from "./registry";

interface Props {
  form: ContentForm;
  saving: boolean;
  onSubmit: () => void;
  foot: ReactNode;
}

/** The form of a document of any type. */
export function DocumentForm({ form, ...props }: Props) {
  const { Fields } = definitionOf(form.values.type);
  return (
    <Form {...props}>
      <Fields form={form} content={form.values} />
    </Form>
  );
}
