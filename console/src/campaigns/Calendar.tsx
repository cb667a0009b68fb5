import { ActionIcon, Button, Group, Title } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import type { CSSProperties } from "react";
import { Link } from "wouter";
import type { UpcomingItem } from "../api/types";
import { useFormat } from "../i18n/format";
import { useLanguage } from "../i18n/language";
import { useZone } from "../settings/queries";
import { localTime, today } from "../ui/clock";
import { ErrorAlert } from "../ui/ErrorAlert";
import classes from "./calendar.module.css";
import { useUpcoming } from "./queries";

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** A coming send, at its hour in the organization's zone. */
type Coming = UpcomingItem & { at: string };

/** A month of coming sends, one cell a day; a list of its days on a phone. */
export function Calendar({ month, onMonth }: { month: string; onMonth: (month: string) => void }) {
  const { t } = useLanguage();
  const format = useFormat();
  const zone = useZone();
  const present = today(zone);
  const shown = MONTH.test(month) ? month : present.slice(0, 7);
  const days = daysOf(shown);
  const { data, error, refetch } = useUpcoming(days[0] ?? "", days.at(-1) ?? "");
  const coming = (data?.items ?? []).map((item) => ({
    ...item,
    at: localTime(item.occurrence_at, zone),
  }));
  return (
    <section className={`card ${classes.calendar}`} aria-label={t.campaigns.calendar}>
      <div className={classes.head}>
        <Title order={2} aria-live="polite">
          {format.month(shown)}
        </Title>
        <span className={classes.count}>
          {coming.length > 0 ? t.campaigns.calendarCount(coming.length) : t.campaigns.calendarEmpty}{" "}
          · {t.history.zone(zone)}
        </span>
        <Group gap={4}>
          <Button size="xs" variant="default" onClick={() => onMonth("")}>
            {t.campaigns.today}
          </Button>
          <ActionIcon
            variant="default"
            size="input-xs"
            aria-label={t.campaigns.previousMonth}
            onClick={() => onMonth(shift(shown, -1))}
          >
            <IconChevronLeft size={18} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="default"
            size="input-xs"
            aria-label={t.campaigns.nextMonth}
            onClick={() => onMonth(shift(shown, 1))}
          >
            <IconChevronRight size={18} aria-hidden />
          </ActionIcon>
        </Group>
      </div>
      {error && <ErrorAlert error={error} onRetry={() => void refetch()} />}
      <div className={classes.weekdays} aria-hidden>
        {t.weekdays.map((day) => (
          <span key={day}>{day.slice(0, 3)}.</span>
        ))}
      </div>
      <ol className={classes.days}>
        {days.map((day, index) => {
          const items = coming.filter(({ at }) => at.startsWith(day));
          return (
            <li
              key={day}
              className={classes.day}
              style={{ "--column": index === 0 ? weekdayOf(day) : "auto" } as CSSProperties}
              aria-current={day === present ? "date" : undefined}
              data-empty={items.length === 0}
            >
              <Day day={day} items={items} />
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Day({ day, items }: { day: string; items: Coming[] }) {
  const { t } = useLanguage();
  const format = useFormat();
  return (
    <>
      <time dateTime={day} className={classes.number}>
        <span className={classes.short} aria-hidden>
          {Number(day.slice(8))}
        </span>
        <span className={classes.long}>{format.longDate(day)}</span>
      </time>
      {items.map((item) => (
        <Link
          key={item.campaign_id + item.occurrence_at}
          href={`/campagnes/${item.campaign_id}`}
          className={classes.item}
          title={
            item.document_date ? t.campaigns.listDate(format.date(item.document_date)) : undefined
          }
        >
          <strong>{item.at.slice(11)}</strong> {item.name}
        </Link>
      ))}
    </>
  );
}

/** Every day of a month, `YYYY-MM-DD`. */
export function daysOf(month: string): string[] {
  const [year = 0, number = 0] = month.split("-").map(Number);
  const count = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return Array.from(
    { length: count },
    (_, index) => `${month}-${String(index + 1).padStart(2, "0")}`,
  );
}

/** A month some months on. */
export function shift(month: string, by: number): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

/** 1 for Monday to 7. */
function weekdayOf(day: string): number {
  return new Date(`${day}T00:00Z`).getUTCDay() || 7;
}
