import { NativeSelect, Textarea, TextInput, type TextInputProps } from "@mantine/core";
import { useTyped } from "../forms/useTyped";
import { useLanguage } from "../i18n/language";
import { DateField } from "../ui/DateField";
import classes from "./documents.module.css";

/** As much of a form as a field needs. */
interface AnyForm {
  // biome-ignore lint/suspicious/noExplicitAny: what Mantine itself gives for a path it does not know
  getInputProps: (path: string) => any;
}

interface FieldProps {
  form: AnyForm;
  path: string;
  label: string;
  required?: boolean;
  description?: string;
}

/** A text field of the document; problems of the API stand beneath it. */
export function TextField({
  form,
  path,
  ...props
}: FieldProps & Omit<TextInputProps, keyof FieldProps>) {
  const { value, onChange, onBlur, ...rest } = form.getInputProps(path);
  const { text, type, leave } = useTyped((value as string | undefined) ?? "", onChange);
  return (
    <TextInput
      {...props}
      {...rest}
      value={text}
      onChange={(event) => type(event.currentTarget)}
      onBlur={() => leave()}
    />
  );
}

export function NotesField({ form, path, ...props }: FieldProps) {
  const { value, onChange, onBlur, ...rest } = form.getInputProps(path);
  const { text, type, leave } = useTyped((value as string | undefined) ?? "", onChange);
  return (
    <Textarea
      autosize
      minRows={2}
      maxRows={8}
      className={classes.full}
      {...props}
      {...rest}
      value={text}
      onChange={(event) => type(event.currentTarget)}
      onBlur={() => leave()}
    />
  );
}

/** One of a few values, or none. */
export function ChoiceField({
  form,
  path,
  choices,
  ...props
}: FieldProps & { choices: Record<string, string> }) {
  const { t } = useLanguage();
  const { value, onChange, ...rest } = form.getInputProps(path);
  return (
    <NativeSelect
      {...props}
      {...rest}
      value={(value as string | null) ?? ""}
      onChange={(event) => onChange(event.currentTarget.value || null)}
      data={[
        { value: "", label: t.common.none },
        ...Object.entries(choices).map(([choice, label]) => ({ value: choice, label })),
      ]}
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
  const { value, onChange, onBlur, ...rest } = form.getInputProps(path);
  const { text, type, leave } = useTyped(
    (value as string[] | undefined)?.join("\n") ?? "",
    (lines) => onChange(lines.split("\n")),
  );
  return (
    <Textarea
      autosize
      minRows={2}
      maxRows={6}
      {...props}
      {...rest}
      value={text}
      onChange={(event) => type(event.currentTarget)}
      onBlur={() => leave()}
    />
  );
}
