import { Button, type ButtonProps } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import type { MouseEvent } from "react";
import type { Campaign } from "../api/types";
import { useLanguage } from "../i18n/language";
import { toastDone, toastError } from "../ui/toast";
import { usePause } from "./queries";

/** «Mettre en pause» or «Reprendre», at once. */
export function PauseButton({ campaign, ...props }: { campaign: Campaign } & ButtonProps) {
  const { t } = useLanguage();
  const pause = usePause(campaign.id);
  if (campaign.status === "completed") return null;
  const active = campaign.status === "active";
  const change = ({ detail: clicks }: MouseEvent) => {
    // The second click of two would undo the first.
    if (pause.isPending || clicks > 1) return;
    pause.mutate(active ? "pause" : "resume", {
      onSuccess: () => toastDone(active ? t.campaigns.paused : t.campaigns.resumed, t),
      onError: (error) => toastError(error, t),
    });
  };
  const Icon = active ? IconPlayerPause : IconPlayerPlay;
  return (
    <Button
      variant="default"
      {...props}
      onClick={change}
      leftSection={<Icon size={16} aria-hidden />}
    >
      {active ? t.campaigns.pause : t.campaigns.resume}
      <span className="visually-hidden"> {campaign.name}</span>
    </Button>
  );
}
