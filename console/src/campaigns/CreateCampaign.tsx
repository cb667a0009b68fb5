import { useState } from "react";
import { Link, useLocation } from "wouter";
import { useChosenUpload } from "../documents/queries";
import { useNewForm } from "../forms/useNewForm";
import type { Dictionary } from "../i18n/dictionary";
import { useLanguage } from "../i18n/language";
import { useCount } from "../recipients/queries";
import { useAskFirst } from "../send/useAskFirst";
import { PageHeader } from "../ui/PageHeader";
import { toastDone } from "../ui/toast";
import { type CampaignValues, creationOf, newValues, previewOf } from "./draft";
import { EditorForm } from "./EditorForm";
import { useCreateCampaign } from "./queries";
import { kindOf } from "./recurrences";

/** A new campaign. With «Aucune» saving sends at once. */
export function CreateCampaign({ zone, mail }: { zone: string; mail: Dictionary }) {
  const { t } = useLanguage();
  const [, navigate] = useLocation();
  const [initial] = useState(() => newValues(zone, t, mail));
  const create = useCreateCampaign();
  const editing = useNewForm({
    key: "campaign.new",
    initial,
    make: (values: CampaignValues, keyOf) => {
      const body = creationOf(values, uploaded);
      return create(body, keyOf(body));
    },
    onMade: ({ id }) => toastDone(<Link href={`/campagnes/${id}`}>{t.editor.created}</Link>, t),
  });
  const { form, submit } = editing;
  const uploaded = useChosenUpload(form.values.document_ids);
  const count = useCount(form.values.recipients, form.values.groups);
  const { ask, asking } = useAskFirst();
  const store = () => {
    const values = form.getValues();
    const go = () => submit(({ id }) => navigate(`/campagnes/${id}`, { replace: true }));
    const isSending = kindOf(values.recurrence).immediate === true;
    if (!isSending || editing.isRepeated(creationOf(values, uploaded))) go();
    else ask({ body: previewOf(values, undefined), go });
  };
  return (
    <>
      <PageHeader title={t.editor.createTitle} />
      <EditorForm
        editing={{ ...editing, saving: editing.saving || asking }}
        isNew
        mail={mail}
        uploaded={uploaded}
        submitLabel={submitLabel()}
        onSubmit={store}
      />
    </>
  );

  function submitLabel(): string {
    const { recurrence, status } = form.values;
    if (kindOf(recurrence).immediate)
      return count > 0 ? t.editor.sendNow(count) : t.editor.sendNowPlain;
    return status === "active" ? t.editor.activate : t.editor.save;
  }
}
