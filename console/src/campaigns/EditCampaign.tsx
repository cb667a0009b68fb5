import { useLocation } from "wouter";
import type { Campaign } from "../api/types";
import { useChosenUpload } from "../documents/queries";
import { useStoredForm } from "../forms/useStoredForm";
import { useLanguage } from "../i18n/language";
import { useCount } from "../recipients/queries";
import { useAskFirst } from "../send/useAskFirst";
import { PageHeader } from "../ui/PageHeader";
import { editOf, previewOf, readOf, valuesOf } from "./draft";
import { EditorForm } from "./EditorForm";
import { useFetchCampaign, useReplaceCampaign } from "./queries";

/** A campaign that exists. Making an active one «Aucune» sends at once, and asks first. */
export function EditCampaign({ campaign }: { campaign: Campaign }) {
  const { t } = useLanguage();
  const [, navigate] = useLocation();
  const replace = useReplaceCampaign(campaign.id);
  const editing = useStoredForm({
    key: `campaign.${campaign.id}`,
    stored: campaign,
    valuesOf,
    readOf,
    save: (values, read) => replace(editOf(values, read, uploaded)),
    fetchStored: useFetchCampaign(campaign.id),
  });
  const { form } = editing;
  const uploaded = useChosenUpload(form.values.document_ids);
  const count = useCount(form.values.recipients, form.values.groups);
  const { ask, asking } = useAskFirst();
  const sendsNow = campaign.status === "active" && form.values.recurrence.kind === "none";
  const store = () => editing.submit(() => navigate(`/campagnes/${campaign.id}`));
  const submit = () => {
    if (!sendsNow) return store();
    ask({
      body: previewOf(form.getValues(), undefined),
      question: {
        title: t.editor.confirmNoneTitle,
        text: t.editor.confirmNone,
        confirm: t.editor.sendNow(count),
      },
      go: store,
    });
  };
  return (
    <>
      <PageHeader title={t.editor.editTitle} intro={campaign.name} />
      <EditorForm
        editing={{ ...editing, saving: editing.saving || asking }}
        isNew={false}
        uploaded={uploaded}
        submitLabel={sendsNow ? t.editor.sendNow(count) : t.editor.save}
        onSubmit={submit}
      />
    </>
  );
}
