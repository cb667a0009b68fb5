/** `HH:MM` out of 8h, 8:5, 8 h 30, 08.30, 0830 or 08:30:00; anything else as typed. */
export function timeIn(typed: string): string {
  const text = typed.trim();
  const match =
    /^(\d{1,2})(\d{2})$/.exec(text) ?? /^(\d{1,2})\s*(?:[h:.]\s*(\d{1,2})?(?::00)?)?$/i.exec(text);
  if (!match) return text;
  return `${match[1]?.padStart(2, "0")}:${(match[2] ?? "").padStart(2, "0")}`;
}

/** Is it an hour of the day, as the API reads it? */
export function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** The quarter of an hour before or after a time, around the clock; from 08:00 when it is none. */
export function movedBy(time: string, minutes: number): string {
  const [, hour, minute] = /^(\d{2}):(\d{2})$/.exec(time) ?? ["", "08", "00"];
  const total = (Number(hour) * 60 + Number(minute) + minutes + 1_440) % 1_440;
  const digits = (value: number) => String(value).padStart(2, "0");
  return `${digits(Math.floor(total / 60))}:${digits(total % 60)}`;
}
