import { useLocation } from "wouter";
import type { Campaign } from "../api/types";
import { useChosenUpload } from "../documents/queries";
import { useStoredForm } from "../forms/useStoredForm";
import { useLanguage } from "../i18n/language";
import { PageHeader } from "../ui/PageHeader";
import { useConfirm } from "../ui/useConfirm";
import { editOf, readOf, valuesOf } from "./draft";
import { EditorForm } from "./EditorForm";
import { useFetchCampaign, useReplaceCampaign } from "./queries";

/** A campaign that exists. Making an active one «Aucune» sends at once, and asks first. */
export function EditCampaign({ campaign }: { campaign: Campaign }) {
  const { t } = useLanguage();
  const confirm = useConfirm();
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
  const sendsNow = campaign.status === "active" && form.values.recurrence.kind === "none";
  const store = () => editing.submit(() => navigate(`/campagnes/${campaign.id}`));
  const submit = () => {
    if (!sendsNow) return store();
    confirm({
      title: t.editor.confirmNoneTitle,
      text: t.editor.confirmNone,
      confirm: t.editor.sendNow(form.getValues().recipients.length),
      onConfirm: store,
    });
  };
  return (
    <>
      <PageHeader title={t.editor.editTitle} intro={campaign.name} />
      <EditorForm
        editing={editing}
        isNew={false}
        uploaded={uploaded}
        submitLabel={sendsNow ? t.editor.sendNow(form.values.recipients.length) : t.editor.save}
        onSubmit={submit}
      />
    </>
  );
}
