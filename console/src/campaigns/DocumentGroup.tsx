import { Anchor, Checkbox, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import type { Document, DocumentRow } from "../api/types";
import { useDocuments, useDocumentsOf } from "../documents/queries";
import { DOCUMENT_TYPES, definitionOf } from "../documents/registry";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { Group } from "../ui/Group";
import { SearchInput } from "../ui/SearchInput";
import type { CampaignForm } from "./draft";
import classes from "./editor.module.css";

const MOST = 10;

/** What a choice needs to know of a document. */
type Choice = Pick<DocumentRow, "id" | "name" | "number" | "date" | "party">;

/** Type and documents: only those that a campaign may send. */
export function DocumentGroup({
  form,
  onChosen,
}: {
  form: CampaignForm;
  onChosen: (chosen: Choice[]) => void;
}) {
  const { t } = useLanguage();
  const type = form.values.document_type;
  const [q, setQ] = useState("");
  const { data } = useDocuments({ q, type, status: definitionOf(type).ready, cursor: "" });
  // The last type's stay until this one's have come: they are not to be chosen any more.
  const listed = data?.items.filter((document) => document.type === type) ?? [];
  const elsewhere = useChosenElsewhere(listed, form.values.document_ids);
  const changeType = (value: string) => {
    const next = DOCUMENT_TYPES.find((candidate) => candidate === value);
    if (!next) return;
    form.setValues({ document_type: next, document_ids: [] });
    onChosen([]);
  };
  const change = (ids: string[]) => {
    form.setFieldValue("document_ids", ids);
    const all = [...elsewhere, ...listed];
    onChosen(ids.flatMap((id) => all.find((document) => document.id === id) ?? []));
  };
  const none = data?.items.length === 0;
  return (
    <Group title={t.editor.groups.document}>
      <NativeSelect
        label={t.editor.type}
        value={type}
        onChange={(event) => changeType(event.currentTarget.value)}
        data={DOCUMENT_TYPES.map((value) => ({ value, label: t.documentTypes[value].name }))}
      />
      <Checkbox.Group
        label={t.editor.documents}
        description={t.editor.documentsHint}
        inputWrapperOrder={["label", "description", "input", "error"]}
        required
        value={form.values.document_ids}
        onChange={change}
        error={form.errors.document_ids}
        maxSelectedValues={MOST}
      >
        <div className={classes.documents} data-path="document_ids" tabIndex={-1}>
          <SearchInput label={t.documents.search} value={q} onChange={setQ} />
          <div className={classes.choices}>
            {[...elsewhere, ...listed].map((document) => (
              <DocumentChoice key={document.id} document={document} />
            ))}
          </div>
        </div>
      </Checkbox.Group>
      {none && (
        <p className={classes.minor}>
          {t.editor.documentsNone}{" "}
          <Anchor component={Link} href={`/documents?type=${type}`} fz="inherit">
            {t.editor.documentsNoneLink}
          </Anchor>
        </p>
      )}
    </Group>
  );
}

function DocumentChoice({ document }: { document: Choice }) {
  const format = useFormat();
  const number = document.name.includes(document.number) ? "" : document.number;
  const details = [number, document.party, format.date(document.date)].filter(Boolean);
  return <Checkbox value={document.id} label={document.name} description={details.join(" · ")} />;
}

/** Chosen documents that the list on screen does not show. */
function useChosenElsewhere(listed: Choice[], chosen: string[]): Choice[] {
  const missing = chosen.filter((id) => !listed.some((document) => document.id === id));
  return useDocumentsOf(missing).map((document) => ({ ...document, party: partyOf(document) }));
}

function partyOf(document: Document): string {
  if ("client" in document) return document.client.name;
  return "supplier" in document ? document.supplier.name : "";
}
