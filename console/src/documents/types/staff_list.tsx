import { IconUsers } from "@tabler/icons-react";
import { useLanguage } from "../../i18n/language";
import { Group } from "../../ui/Group";
import type { ContentForm, ContentOf } from "../content";
import type { DefinitionOf } from "../definition";
import classes from "../documents.module.css";
import { EntriesEditor } from "../EntriesEditor";
import { cleanEntries, newEntry } from "../entries";
import { DateOf, NotesField, TextField } from "../fields";

export const definition: DefinitionOf<"staff_list"> = {
  order: 1,
  Icon: IconUsers,
  ready: "published",
  publishedFirst: true,
  numbered: false,
  movingDate: true,
  partyInSubject: false,
  newContent: (date) => ({
    ...{ type: "staff_list", name: "", number: "", date, site: "", notes: "" },
    entries: [newEntry()],
  }),
  typed: (content) => content,
  cleaned: (content) => ({ ...content, entries: cleanEntries(content.entries) }),
  Fields,
};

function Fields({ form, content }: { form: ContentForm; content: ContentOf<"staff_list"> }) {
  const { t } = useLanguage();
  const d = t.documents;
  return (
    <>
      <Group title={d.general}>
        <div className={classes.grid}>
          <TextField form={form} path="name" label={d.name} required />
          <DateOf form={form} path="date" label={d.date} required />
          <TextField form={form} path="number" label={d.number} />
          <TextField form={form} path="site" label={d.site} />
          <NotesField form={form} path="notes" label={d.notes} />
        </div>
      </Group>
      <EntriesEditor form={form} entries={content.entries} />
    </>
  );
}
