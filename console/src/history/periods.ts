/** Days from one to another, both included, `YYYY-MM-DD`; empty where there is no bound. */
export interface Period {
  from: string;
  to: string;
}

export const PERIODS = ["all", "thisMonth", "lastMonth", "lastYear"] as const;
export type PeriodName = (typeof PERIODS)[number];

const DAY_MS = 86_400_000;

/** What a period is today. */
export function periodOf(name: PeriodName, today: string): Period {
  const [year = 0, month = 0, day = 0] = today.split("-").map(Number);
  switch (name) {
    case "all":
      return { from: "", to: "" };
    case "thisMonth":
      return { from: date(year, month, 1), to: date(year, month + 1, 0) };
    case "lastMonth":
      return { from: date(year, month - 1, 1), to: date(year, month, 0) };
    case "lastYear":
      return {
        from: dayAfter(date(year - 1, month, Math.min(day, daysIn(year - 1, month)))),
        to: today,
      };
  }
}

/** The period that has these bounds today, if one has. */
export function nameOf({ from, to }: Period, today: string): PeriodName | "" {
  const has = (name: PeriodName) => {
    const period = periodOf(name, today);
    return period.from === from && period.to === to;
  };
  return PERIODS.find(has) ?? "";
}

/** A day by its numbers, which may lie outside their month or year. */
function date(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
