import type { ReactNode } from "react";
import { useLanguage } from "../i18n/language";
import { Group } from "../ui/Group";
import type { ContentForm } from "./content";
import classes from "./documents.module.css";
import { AddressField, TextField } from "./fields";
import { PartyName } from "./PartyName";

interface Props {
  form: ContentForm;
  path: "client" | "supplier";
  /** Fields that follow those of the party. */
  children?: ReactNode;
}

/** The client of an invoice or the supplier of an order. */
export function PartyFields({ form, path, children }: Props) {
  const { t } = useLanguage();
  const d = t.documents;
  return (
    <Group title={d[path]}>
      <div className={classes.grid}>
        <PartyName form={form} path={path} />
        <TextField form={form} path={`${path}.email`} label={d.email} type="email" />
        <AddressField
          form={form}
          path={`${path}.address`}
          label={d.address}
          description={d.addressHint}
        />
        <div className={classes.grid}>
          <TextField form={form} path={`${path}.siren`} label={d.siren} />
          <TextField form={form} path={`${path}.vat_number`} label={d.vatNumber} />
        </div>
        {children}
      </div>
    </Group>
  );
}
