import { ActionIcon } from "@mantine/core";
import {
  IconArrowBackUp,
  IconCopy,
  IconDots,
  IconFlask,
  IconPencil,
  IconPlayerSkipForward,
  IconSend,
  IconTrash,
} from "@tabler/icons-react";
import { useLocation } from "wouter";
import type { Campaign } from "../api/types";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useAskCount } from "../recipients/queries";
import { ActionMenu, type MenuEntry } from "../ui/ActionMenu";
import { toastDone, toastError } from "../ui/toast";
import { useConfirm } from "../ui/useConfirm";
import { type Action, useCampaignAction, useDeleteCampaign } from "./queries";
import { kindOf } from "./recurrences";

/** Everything else that may be done to a campaign. */
export function CampaignMenu({ campaign }: { campaign: Campaign }) {
  const { t } = useLanguage();
  const act = useAct(campaign);
  const runNow = useRunNow(campaign, act);
  const remove = useRemove(campaign);
  const name = t.common.moreActions(campaign.name);
  const entry = (label: string, Icon: typeof IconCopy, onSelect: () => void) => ({
    label,
    icon: <Icon size={18} aria-hidden />,
    onSelect,
  });
  const { repeats } = kindOf(campaign.recurrence);
  const entries: MenuEntry[] = [
    {
      label: t.campaigns.edit,
      icon: <IconPencil size={18} aria-hidden />,
      href: `/campagnes/${campaign.id}/modifier`,
    },
    entry(t.campaigns.duplicate, IconCopy, () => act("duplicate", t.campaigns.duplicated)),
    entry(t.campaigns.test, IconFlask, () => act("test", t.campaigns.tested)),
    entry(t.campaigns.runNow, IconSend, runNow),
  ];
  if (campaign.status === "active" && repeats) {
    entries.push(
      entry(t.campaigns.skip, IconPlayerSkipForward, () => act("skip", t.campaigns.skipped)),
    );
    if (campaign.skipped.length > 0) {
      entries.push(
        entry(t.campaigns.unskip, IconArrowBackUp, () => act("unskip", t.campaigns.unskipped)),
      );
    }
  }
  entries.push("divider", entry(t.campaigns.delete, IconTrash, remove));
  return (
    <ActionMenu
      label={name}
      entries={entries}
      trigger={(props) => (
        <ActionIcon {...props} variant="subtle" color="gray" size="lg" aria-label={name}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      )}
    />
  );
}

/** Does something to a campaign, and says so. */
export function useAct(campaign: Campaign) {
  const { t } = useLanguage();
  const action = useCampaignAction(campaign.id);
  return (name: Action, done: string) =>
    action.mutate(name, {
      onSuccess: () => toastDone(done, t),
      onError: (error) => toastError(error, t),
    });
}

/** «Envoyer maintenant», confirmed: to how many, and with which date. */
function useRunNow(campaign: Campaign, act: (name: Action, done: string) => void): () => void {
  const { t } = useLanguage();
  const confirm = useConfirm();
  const format = useFormat();
  const date = campaign.next_document_date;
  const text = [date && t.campaigns.runDate(format.date(date)), t.campaigns.runCalendar]
    .filter(Boolean)
    .join(" ");
  const askCount = useAskCount();
  const ask = (count: number) =>
    confirm({
      title: t.campaigns.runQuestion(count),
      text,
      confirm: t.campaigns.runNow,
      onConfirm: () => act("run", t.campaigns.ran),
    });
  return () => {
    const { recipients, groups } = campaign;
    if (groups.length === 0) return ask(recipients.length);
    askCount(recipients, groups).then(ask, (error: unknown) => toastError(error, t));
  };
}

/** «Supprimer», confirmed; from anywhere it leads back to the list. */
export function useRemove(campaign: Campaign): () => void {
  const { t } = useLanguage();
  const confirm = useConfirm();
  const [, navigate] = useLocation();
  const remove = useDeleteCampaign(campaign.id);
  const onConfirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        toastDone(t.campaigns.deleted, t);
        navigate("/campagnes");
      },
      onError: (error) => toastError(error, t),
    });
  return () =>
    confirm({
      title: t.campaigns.deleteTitle(campaign.name),
      text: t.campaigns.deleteText,
      confirm: t.campaigns.delete,
      danger: true,
      onConfirm,
    });
}
