import { Group } from "@mantine/core";
import { IconClock, IconPlayerSkipForward } from "@tabler/icons-react";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useZone } from "../settings/queries";
import { BusyButton } from "../ui/BusyButton";
import { toastDone, toastError } from "../ui/toast";
import classes from "./mailbox.module.css";
import { useAdvanceClock, useClock } from "./queries";

/** «Avancer l’horloge»: a year of a campaign in a few seconds. */
export function ClockPanel({ mails }: { mails: number }) {
  const { t } = useLanguage();
  const format = useFormat();
  const zone = useZone();
  const { data: now } = useClock();
  const advance = useAdvanceClock();
  const steps: [string, string][] = [
    ["P1D", t.mailbox.advanceDay],
    ["P7D", t.mailbox.advanceWeek],
    ["P1M", t.mailbox.advanceMonth],
    ["P1Y", t.mailbox.advanceYear],
  ];
  const move = (step: string) =>
    advance.mutate(step, {
      onSuccess: (instant) => toastDone(t.mailbox.advanced(format.instant(instant, zone)), t),
      onError: (error) => toastError(error, t),
    });
  return (
    <section className={`card ${classes.clock}`} aria-label={t.mailbox.clock}>
      <span className={classes.now} role="status">
        <IconClock size={20} aria-hidden />
        {advance.isPending
          ? t.mailbox.advancing
          : now &&
            `${t.mailbox.clockNow(format.instant(now, zone))} (${zone}) · ${t.mailbox.arrived(mails)}`}
      </span>
      <Group gap="xs">
        <span>{t.mailbox.advance}</span>
        {steps.map(([step, text]) => (
          <BusyButton
            key={step}
            variant="default"
            size="xs"
            disabled={advance.isPending && advance.variables !== step}
            busy={advance.isPending && advance.variables === step}
            onClick={() => move(step)}
            leftSection={<IconPlayerSkipForward size={16} aria-hidden />}
          >
            {text}
          </BusyButton>
        ))}
      </Group>
    </section>
  );
}
