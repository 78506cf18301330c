// Days as numbers since 1970-01-01, and the units into which a timeline is cut.

const DAY = 86_400_000;

export type Unit = "day" | "week" | "month" | "year" | "decade";

/** The number of the day written as 2024-03-05; undefined for anything else. */
export function dayOf(iso: string | null | undefined): number | undefined {
  const parts = iso ? /^(-?\d{4,6})-(\d\d)-(\d\d)$/.exec(iso) : null;
  if (!parts) return undefined;
  const moment = new Date(0);
  moment.setUTCFullYear(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  const day = Math.round(moment.getTime() / DAY);
  return Number.isFinite(day) ? day : undefined;
}

export function dateOf(day: number): Date {
  return new Date(day * DAY);
}

/** 2024-03-05. */
export function isoOf(day: number): string {
  const date = dateOf(day);
  const year = String(date.getUTCFullYear()).padStart(4, "0");
  const two = (number: number) => String(number).padStart(2, "0");
  return `${year}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
}

/** The unit in which a span of days has no more than some hundred and fifty bars. */
export function unitFor(days: number): Unit {
  if (days <= 100) return "day";
  if (days <= 750) return "week";
  if (days <= 4_700) return "month";
  return days <= 55_000 ? "year" : "decade";
}

/** The first day of the unit that holds a day; weeks begin on Monday. */
export function floorTo(day: number, unit: Unit): number {
  const date = dateOf(day);
  const first = (year: number, month: number) => {
    const moment = new Date(0);
    moment.setUTCFullYear(year, month, 1);
    return Math.round(moment.getTime() / DAY);
  };
  switch (unit) {
    case "day": return day;
    case "week": return day - ((date.getUTCDay() + 6) % 7);
    case "month": return first(date.getUTCFullYear(), date.getUTCMonth());
    case "year": return first(date.getUTCFullYear(), 0);
    case "decade": return first(Math.floor(date.getUTCFullYear() / 10) * 10, 0);
  }
}

/** The first day of the next unit. */
export function next(day: number, unit: Unit): number {
  const longest = { day: 1, week: 7, month: 31, year: 366, decade: 3_653 }[unit];
  return floorTo(floorTo(day, unit) + longest, unit);
}

/** The first days of all units from that of `first` to that of `last`. */
export function units(first: number, last: number, unit: Unit): number[] {
  const starts: number[] = [];
  for (let day = floorTo(first, unit); day <= last; day = next(day, unit)) starts.push(day);
  return starts;
}
