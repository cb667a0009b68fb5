import { Textarea, TextInput, type TextInputProps } from "@mantine/core";
import type { ReactNode } from "react";
import { DateField } from "../shared/DateField";
import type { ContentForm } from "./DocumentForm";
import classes from "./documents.module.css";

interface FieldProps {
  form: ContentForm;
  path: string;
  label: string;
  required?: boolean;
  description?: string;
}

/** A group of fields under a title. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={`card ${classes.group}`}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

/** A text field of the document; problems of the API stand beneath it. */
export function TextField({
  form,
  path,
  ...props
}: FieldProps & Omit<TextInputProps, keyof FieldProps>) {
  return <TextInput {...props} {...form.getInputProps(path)} key={form.key(path)} />;
}

export function NotesField({ form, path, ...props }: FieldProps) {
  return (
    <Textarea
      autosize
      minRows={2}
      maxRows={8}
      className={classes.full}
      {...props}
      {...form.getInputProps(path)}
    />
  );
}

/** A date that may be left out unless it is required. */
export function DateOf({ form, path, required = false, ...props }: FieldProps) {
  return (
    <DateField required={required} clearable={!required} {...props} {...form.getInputProps(path)} />
  );
}

/** Lines of an address, one a line. */
export function AddressField({ form, path, ...props }: FieldProps) {
  const { value, onChange, ...rest } = form.getInputProps(path);
  return (
    <Textarea
      autosize
      minRows={2}
      maxRows={6}
      {...props}
      {...rest}
      value={(value as string[] | undefined)?.join("\n") ?? ""}
      onChange={(event) => onChange(event.currentTarget.value.split("\n"))}
    />
  );
}
