import { useState } from "react";
import { Link, useLocation } from "wouter";
import { newRequestKey } from "../api/client";
import { useChosenUpload } from "../documents/queries";
import { useLanguage } from "../i18n/language";
import { ErrorAlert } from "../ui/ErrorAlert";
import { PageHeader } from "../ui/PageHeader";
import { toastDone } from "../ui/toast";
import { showProblems, useDraftForm } from "../ui/useDraftForm";
import { useRequestKey } from "../ui/useRequestKey";
import { bodyOf, type CampaignValues, newValues, withDates } from "./draft";
import { EditorForm } from "./EditorForm";
import { useCreateCampaign } from "./queries";

/** A new campaign. With «Aucune» saving sends at once. */
export function CreateCampaign({ zone }: { zone: string }) {
  const { t } = useLanguage();
  const [, navigate] = useLocation();
  const [initial] = useState(() => newValues(zone, t));
  const { form, restored, adopt, forget } = useDraftForm<CampaignValues>({
    key: "campaign.new",
    initial,
  });
  const uploaded = useChosenUpload(form.values.document_ids);
  const create = useCreateCampaign();
  const keyOf = useRequestKey(newRequestKey);
  const { kind } = form.values.recurrence;
  const submit = () => {
    const status = kind === "none" ? ("active" as const) : form.values.status;
    const body = { ...bodyOf(withDates(form.values, uploaded)), status };
    create.mutate(
      { body, key: keyOf(body) },
      {
        onError: (error) => showProblems(form, error),
        onSuccess: ({ id }) => {
          forget();
          toastDone(<Link href={`/campagnes/${id}`}>{t.editor.created}</Link>, t);
          navigate(`/campagnes/${id}`, { replace: true });
        },
      },
    );
  };
  return (
    <>
      <PageHeader title={t.editor.createTitle} />
      <EditorForm
        form={form}
        isNew
        uploaded={uploaded}
        saving={create.isPending}
        submitLabel={submitLabel()}
        restored={restored}
        onDiscard={() => adopt(initial)}
        onSubmit={submit}
      >
        <ErrorAlert
          error={create.error}
          shownFields={(field) => form.getInputNode(field) !== null}
        />
      </EditorForm>
    </>
  );

  function submitLabel(): string {
    const { recipients, status } = form.values;
    if (kind === "none")
      return recipients.length > 0 ? t.editor.sendNow(recipients.length) : t.editor.sendNowPlain;
    return status === "active" ? t.editor.activate : t.editor.save;
  }
}
