import { TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { type ComponentProps, useMemo } from "react";
import type { Group as StoredGroup } from "../api/types";
import { Form } from "../forms/Form";
import { FormFoot } from "../forms/FormFoot";
import { type Column, isBlank, withoutBlankEnd } from "../grid/columns";
import { Grid } from "../grid/Grid";
import { useLanguage } from "../i18n/language";
import { Group } from "../ui/Group";
import { type Contact, contactsIn, newContact } from "./contacts";
import classes from "./recipients.module.css";

const MOST = 1_000;

export type GroupValues = { name: string; addresses: Contact[] };

export function newValues(): GroupValues {
  return { name: "", addresses: [newContact()] };
}

export function valuesOf({ name, addresses }: StoredGroup): GroupValues {
  return { name, addresses };
}

/** A group as it is sent: no blank rows at the end, and none at all when nothing is filled in. */
export function bodyOf({ name, addresses }: GroupValues): GroupValues {
  const filled = withoutBlankEnd(addresses, newContact());
  const [first] = filled;
  const isEmpty = filled.length === 1 && first && isBlank(first, newContact());
  return { name, addresses: isEmpty ? [] : filled };
}

interface Props {
  editing: ComponentProps<typeof FormFoot>["editing"] & { form: UseFormReturnType<GroupValues> };
  onSubmit: () => void;
}

/** The name of a group, and its addresses in rows. */
export function GroupForm({ editing, onSubmit }: Props) {
  const { t } = useLanguage();
  const { form, saving } = editing;
  const r = t.recipients;
  const { addresses } = form.values;
  const columns = useMemo<Column[]>(
    () => [
      { key: "name", label: r.contactName, kind: "text", least: 8 },
      {
        key: "address",
        label: r.contactAddress,
        kind: "text",
        least: 10,
        required: true,
        inputMode: "email",
      },
    ],
    [r],
  );
  const filled = addresses.filter(({ address }) => address.trim() !== "").length;
  return (
    <Form onSubmit={onSubmit} saving={saving} foot={<FormFoot editing={editing} />}>
      <div className={`card ${classes.nameCard}`}>
        <TextInput
          label={r.groupName}
          description={r.groupNameHint}
          required
          {...form.getInputProps("name")}
        />
      </div>
      <Group title={`${r.addresses} · ${r.count(filled)}`}>
        <p className={classes.hint}>{r.pasteHint}</p>
        {form.errors.addresses && (
          <p className={classes.error} role="alert" data-path="addresses" tabIndex={-1}>
            {form.errors.addresses}
          </p>
        )}
        <Grid
          form={form}
          path="addresses"
          rows={addresses}
          columns={columns}
          newRow={newContact}
          read={contactsIn}
          least={0}
          most={MOST}
          label={r.addresses}
          nameOf={r.contact}
          add={r.addContact}
        />
      </Group>
    </Form>
  );
}
