import type { ComponentProps } from "react";
import { FormPage } from "../forms/FormPage";
import { useLanguage } from "../i18n/language";
import type { ContentForm } from "./content";
import { definitionOf } from "./registry";

interface Props extends Omit<ComponentProps<typeof FormPage>, "children" | "besideLabel"> {
  editing: ComponentProps<typeof FormPage>["editing"] & { form: ContentForm };
}

/** The form of a document of any type, with its PDF beside. */
export function DocumentForm(props: Props) {
  const { t } = useLanguage();
  const { form } = props.editing;
  const { Fields } = definitionOf(form.values.type);
  return (
    <FormPage {...props} besideLabel={t.documents.pdf}>
      <Fields form={form} content={form.values} />
    </FormPage>
  );
}
