import { Stack, Title } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useLimits } from "../session/me";
import { Notice } from "../ui/Notice";
import { useZone } from "./queries";
import classes from "./settings.module.css";

/** How many messages the organization may send in a day, and has sent today. */
export function DayLimits() {
  const { t } = useLanguage();
  const { number, instant } = useFormat();
  const zone = useZone();
  const limits = useLimits();
  if (!limits) return null;
  const { messages_per_day: limit, used_today: used } = limits;
  const s = t.settings;
  return (
    <section className={`card ${classes.panel}`} aria-labelledby="day-limits">
      <Stack gap="sm">
        <Title order={2} id="day-limits">
          {s.dayLimits}
        </Title>
        <p className={classes.hint}>{s.usedToday(used, number(used), number(limit))}</p>
        <progress
          className={classes.used}
          data-up={used >= limit || undefined}
          max={Math.max(limit, 1)}
          value={limit ? used : 1}
          aria-label={s.dayLimits}
        />
        {used >= limit && (
          <Notice
            tone="amber"
            icon={<IconAlertTriangle aria-hidden />}
            title={s.usedUp(instant(nextUtcDay(), zone))}
          />
        )}
        <p className={classes.hint}>{s.dayLimitsHint}</p>
      </Stack>
    </section>
  );
}

/** When the present day ends, by which the messages are counted. */
function nextUtcDay(): string {
  const now = new Date();
  const next = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1);
  return new Date(next).toISOString();
}
