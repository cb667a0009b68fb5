import { NativeSelect } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { Document, DocumentType } from "../api/types";
import { useLanguage } from "../i18n/language";
import classes from "./documents.module.css";
import { DateOf, TextField } from "./fields";
import { DOCUMENT_TYPES, definitionOf } from "./registry";

/** What is said of a PDF that was made elsewhere. */
export type Heading = { type: DocumentType; name: string; number: string; date: string };

export function headingOf({ type, name, number, date }: Document): Heading {
  return { type, name, number, date };
}

interface Props {
  form: UseFormReturnType<Heading>;
  /** A document that exists keeps its type. */
  isNew?: boolean;
}

export function HeadingFields({ form, isNew = false }: Props) {
  const { t } = useLanguage();
  const d = t.documents;
  const { numbered } = definitionOf(form.values.type);
  return (
    <div className={classes.grid}>
      {isNew && (
        <NativeSelect
          label={d.type}
          {...form.getInputProps("type")}
          data={DOCUMENT_TYPES.map((value) => ({ value, label: t.documentTypes[value].name }))}
        />
      )}
      <DateOf form={form} path="date" label={d.date} required />
      <TextField form={form} path="number" label={d.number} required={numbered} />
      <TextField
        form={form}
        path="name"
        label={d.name}
        required={!numbered}
        description={numbered ? d.nameHint : undefined}
      />
    </div>
  );
}
