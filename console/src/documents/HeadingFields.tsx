import { NativeSelect } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { DOCUMENT_TYPES, type Document, type DocumentType } from "../api/types";
import { useLanguage } from "../i18n/language";
import classes from "./documents.module.css";
import { DateOf, TextField } from "./fields";

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
  const isList = form.values.type === "staff_list";
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
      <TextField form={form} path="number" label={d.number} required={!isList} />
      <TextField
        form={form}
        path="name"
        label={d.name}
        required={isList}
        description={isList ? undefined : d.nameHint}
      />
    </div>
  );
}
