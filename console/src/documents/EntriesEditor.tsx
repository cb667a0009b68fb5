import { ActionIcon, Button } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type ClipboardEvent, useState } from "react";
import { useLanguage } from "../i18n/language";
import { Group } from "../ui/Group";
import type { ContentForm } from "./content";
import classes from "./documents.module.css";
import { type Entry, entriesIn, newEntry } from "./entries";
import { TextField } from "./fields";

const AT_ONCE = 30;

/** The people on a staff list; rows copied from a spreadsheet may be pasted into the first cell. */
export function EntriesEditor({ form, entries }: { form: ContentForm; entries: Entry[] }) {
  const { t } = useLanguage();
  const [shown, setShown] = useState(AT_ONCE);
  const paste = (event: ClipboardEvent, index: number) => {
    const pasted = entriesIn(event.clipboardData.getData("text/plain"));
    if (pasted.length === 0) return;
    event.preventDefault();
    form.setFieldValue("entries", [
      ...entries.slice(0, index),
      ...pasted,
      ...entries.slice(index + 1),
    ]);
  };
  const add = () => {
    form.insertListItem("entries", newEntry());
    setShown(Math.max(shown, entries.length + 1));
  };
  return (
    <Group title={`${t.documents.entries} · ${t.documents.entryCount(entries.length)}`}>
      <div>
        <p className={classes.minor}>{t.documents.pasteHint}</p>
        {entries.slice(0, shown).map((_, index) => (
          <EntryRow
            // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
            key={index}
            form={form}
            index={index}
            onPaste={(event) => paste(event, index)}
          />
        ))}
        {entries.length > shown && (
          <Button variant="subtle" size="xs" onClick={() => setShown(shown + AT_ONCE)}>
            {t.history.andMore(entries.length - shown)}
          </Button>
        )}
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={add}
        >
          {t.documents.addEntry}
        </Button>
      </div>
    </Group>
  );
}

function EntryRow(props: {
  form: ContentForm;
  index: number;
  onPaste: (event: ClipboardEvent) => void;
}) {
  const { t } = useLanguage();
  const { form, index, onPaste } = props;
  const d = t.documents;
  const path = `entries.${index}`;
  return (
    <fieldset className={`${classes.row} ${classes.entryRow}`} aria-label={d.entry(index + 1)}>
      <div className={classes.rowHead}>
        <span>{d.entry(index + 1)}</span>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={d.removeEntry(index + 1)}
          onClick={() => form.removeListItem("entries", index)}
        >
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      </div>
      <TextField
        form={form}
        path={`${path}.last_name`}
        label={d.lastName}
        required
        onPaste={onPaste}
      />
      <TextField form={form} path={`${path}.first_name`} label={d.firstName} />
      <TextField form={form} path={`${path}.position`} label={d.position} />
      <TextField form={form} path={`${path}.phone`} label={d.phone} type="tel" />
      <TextField form={form} path={`${path}.email`} label={d.email} type="email" />
      <TextField form={form} path={`${path}.start`} label={d.start} placeholder="08:00" />
      <TextField form={form} path={`${path}.end`} label={d.end} placeholder="16:00" />
      <TextField form={form} path={`${path}.notes`} label={d.entryNotes} />
    </fieldset>
  );
}
