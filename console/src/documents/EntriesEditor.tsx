import { useMemo } from "react";
import type { Column } from "../grid/columns";
import { Grid } from "../grid/Grid";
import { useLanguage } from "../i18n/language";
import { Group } from "../ui/Group";
import { type ContentForm, MOST_ROWS } from "./content";
import { type Entry, newEntry } from "./entries";

/** The people on a staff list. */
export function EntriesEditor({ form, entries }: { form: ContentForm; entries: Entry[] }) {
  const { t } = useLanguage();
  const d = t.documents;
  const columns = useMemo<Column[]>(
    () => [
      { key: "last_name", label: d.lastName, kind: "text", least: 5.5, required: true },
      { key: "first_name", label: d.firstName, kind: "text", least: 5 },
      { key: "position", label: d.position, kind: "text", least: 6 },
      { key: "phone", label: d.phone, kind: "text", width: 6.75, inputMode: "tel" },
      { key: "email", label: d.email, kind: "text", least: 6, inputMode: "email" },
      { key: "start", label: d.start, kind: "time", width: 3.5, placeholder: "08:00" },
      { key: "end", label: d.end, kind: "time", width: 3.5, placeholder: "16:00" },
      { key: "notes", label: d.entryNotes, kind: "text", least: 5 },
    ],
    [d],
  );
  return (
    <Group title={`${d.entries} · ${d.entryCount(entries.length)}`}>
      <Grid
        form={form}
        path="entries"
        rows={entries}
        columns={columns}
        newRow={newEntry}
        least={0}
        most={MOST_ROWS}
        label={d.entries}
        nameOf={d.entry}
        add={d.addEntry}
      />
    </Group>
  );
}
