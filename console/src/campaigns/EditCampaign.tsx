import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLocation } from "wouter";
import { answer, api } from "../api/client";
import { isConflict } from "../api/problem";
import type { Campaign } from "../api/types";
import { useChosenUpload } from "../documents/queries";
import { useLanguage } from "../i18n/language";
import { ConflictAlert } from "../ui/ConflictAlert";
import { ErrorAlert } from "../ui/ErrorAlert";
import { PageHeader } from "../ui/PageHeader";
import { toastDone } from "../ui/toast";
import { useConfirm } from "../ui/useConfirm";
import { showProblems, useDraftForm } from "../ui/useDraftForm";
import { bodyOf, type CampaignValues, valuesOf, withDates } from "./draft";
import { EditorForm } from "./EditorForm";
import { useReplaceCampaign } from "./queries";

/** A campaign that exists. Making an active one «Aucune» sends at once, and asks first. */
export function EditCampaign({ campaign }: { campaign: Campaign }) {
  const { t } = useLanguage();
  const confirm = useConfirm();
  const cache = useQueryClient();
  const [, navigate] = useLocation();
  const { form, restored, adopt, versionRead } = useDraftForm<CampaignValues>({
    key: `campaign.${campaign.id}`,
    initial: valuesOf(campaign),
    version: campaign.version,
  });
  const uploaded = useChosenUpload(form.values.document_ids);
  const replace = useReplaceCampaign(campaign.id);
  const take = (next: Campaign) => {
    adopt(valuesOf(next), next.version);
    replace.reset();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another's edit is shown unless it would undo typing
  useEffect(() => {
    if (!form.isDirty() && campaign.version !== versionRead()) take(campaign);
  }, [campaign]);
  const store = () => {
    const moved = form.values.next_document_date !== campaign.next_document_date;
    const { next_run_at } = campaign;
    const anchor = moved ? { next_run_at, next_document_date: form.values.next_document_date } : {};
    replace.mutate(
      { ...bodyOf(withDates(form.values, uploaded)), ...anchor, version: versionRead() },
      {
        onError: (error) => showProblems(form, error),
        onSuccess: (next) => {
          take(next);
          toastDone(t.common.saved, t);
          navigate(`/campagnes/${campaign.id}`);
        },
      },
    );
  };
  const sendsNow = campaign.status === "active" && form.values.recurrence.kind === "none";
  const submit = () => {
    if (!sendsNow) return store();
    confirm({
      title: t.editor.confirmNoneTitle,
      text: t.editor.confirmNone,
      confirm: t.editor.sendNow(form.values.recipients.length),
      onConfirm: store,
    });
  };
  const loadStored = async () => {
    const next = await answer(
      api.GET("/v1/campaigns/{id}", { params: { path: { id: campaign.id } } }),
    );
    cache.setQueryData(["campaigns", "one", campaign.id], next);
    take(next);
  };
  return (
    <>
      <PageHeader title={t.editor.editTitle} intro={campaign.name} />
      <EditorForm
        form={form}
        isNew={false}
        uploaded={uploaded}
        saving={replace.isPending}
        submitLabel={sendsNow ? t.editor.sendNow(form.values.recipients.length) : t.editor.save}
        restored={restored}
        onDiscard={() => take(campaign)}
        onSubmit={submit}
      >
        {isConflict(replace.error) ? (
          <ConflictAlert onLoad={() => void loadStored()} />
        ) : (
          <ErrorAlert
            error={replace.error}
            shownFields={(field) => form.getInputNode(field) !== null}
          />
        )}
      </EditorForm>
    </>
  );
}
