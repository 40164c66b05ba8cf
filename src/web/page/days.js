// Days as the data write them, YYYY-MM-DD, without time zones.

const LENGTH = 86_400_000;

/** The number of a day, counted from 1970-01-01. */
export const number = (day) => Math.round(Date.parse(`${day}T00:00:00Z`) / LENGTH);

/** The day of a number. */
export const day = (count) => new Date(count * LENGTH).toISOString().slice(0, 10);

/** The corresponding day so many months away, the last of its month where there is none. */
export function months(from, away) {
  const [year, month, date] = from.split("-").map(Number);
  const first = new Date(Date.UTC(year, month - 1 + away, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date, last));
  return first.toISOString().slice(0, 10);
}

/** Whether a text is a day of the calendar. */
export function isDay(text) {
  return /^\d{4}-\d{2}-\d{2}$/.test(text ?? "") && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && day(number(text)) === text;
}
