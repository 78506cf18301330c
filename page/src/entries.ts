// Events made ready for filtering, sorting and drawing, and the filters.

import type { Chronicle, Event } from "./chronicle";
import { dayOf } from "./days";
import { piecesOf, wordsAt } from "./stretches";
import type { Words } from "./words";

/** An event with what the views ask of it. */
export interface Entry {
  number: number;
  event: Event;
  /** First and last day; undefined where the event has no date. */
  first?: number;
  last?: number;
  point?: [number, number];
  happened: boolean;
  languages: string[];
  when: string;
  where: string;
  kind: string;
  status: string;
  who: string;
  size: string;
  /** The largest figure of participants. */
  people: number;
  /** All that a search goes over, folded. */
  haystack: string;
  actors: string;
}

export interface Filters {
  text: string;
  kind: string;
  status: string;
  place: string;
  actor: string;
  issue: string;
  language: string;
  from?: number;
  to?: number;
  /** Events at chosen points of the map, by number. */
  chosen?: { label: string; events: Set<number> };
}

export const NO_FILTERS: Filters = { text: "", kind: "", status: "", place: "", actor: "", issue: "", language: "" };

/** Small letters without accents. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}+/gu, "").toLowerCase().replaceAll("’", "'");
}

export function entriesOf(chronicle: Chronicle, words: Words): Entry[] {
  const texts = chronicle.reports.map(piecesOf);
  return chronicle.events.map((event, number) => {
    const [time, place] = [event.time?.value, event.place?.value];
    const [start, end] = [dayOf(time?.start), dayOf(time?.end)];
    const reports = event.reports.flatMap((at) => chronicle.reports[at] ?? []);
    const actors = [...(event.actors ?? []), ...(event.targets ?? [])];
    const who = (event.actors ?? []).map((actor) => words.actor(actor)).join("; ");
    const kind = words.name("kinds", event.kind.value);
    const status = words.name("statuses", event.status.value);
    const where = place ? words.where(place) : "";
    const actorWords = actors.map((actor) => `${words.actor(actor)} ${actor.role} ${actor.sector ?? ""}`).join(" ");
    const issues = (event.issues ?? []).map((issue) => words.name("issues", issue.issue)).join(" ");
    const evidence = event.records.flatMap((at) => {
      const record = chronicle.records[at];
      return record ? record.coded.evidence.map((span) => wordsAt(texts[record.report] ?? [], span)) : [];
    });
    const titles = reports.map((report) => `${report.title ?? ""} ${report.source ?? ""} ${report.name}`);
    return {
      number,
      event,
      first: start ?? end,
      last: end ?? start,
      point: place?.lat !== undefined && place.lon !== undefined ? [place.lon, place.lat] : undefined,
      happened: event.status.value === "happened",
      languages: [...new Set(reports.flatMap((report) => report.language ?? []))],
      when: words.when(time) ?? "",
      where,
      kind,
      status,
      who,
      size: words.figures(event.size),
      people: Math.max(0, ...(event.size ?? []).map((figure) => figure.high ?? figure.low ?? 0)),
      haystack: fold([kind, event.kind.value, status, where, actorWords, issues, ...evidence, ...titles, event.id].join(" ")),
      actors: fold(actorWords),
    };
  });
}

/** Whether anything was asked for. */
export function isFiltered(filters: Filters): boolean {
  return Object.values(filters).some((value) => value !== "" && value !== undefined);
}

/** Whether an entry is shown; all that is given must hold. */
export function holds(entry: Entry, filters: Filters, dates: "with dates" | "without dates" = "with dates"): boolean {
  const { event } = entry;
  if (filters.kind && event.kind.value !== filters.kind) return false;
  if (filters.status && event.status.value !== filters.status) return false;
  if (filters.issue && !event.issues?.some((issue) => issue.issue === filters.issue)) return false;
  if (filters.language && !entry.languages.includes(filters.language)) return false;
  if (filters.chosen && !filters.chosen.events.has(entry.number)) return false;
  if (filters.place && !fold(entry.where).includes(fold(filters.place))) return false;
  if (filters.actor && !entry.actors.includes(fold(filters.actor))) return false;
  if (filters.text && !fold(filters.text).split(/\s+/).every((word) => entry.haystack.includes(word))) return false;
  if (dates === "with dates") {
    if (filters.from !== undefined && !(entry.last !== undefined && entry.last >= filters.from)) return false;
    if (filters.to !== undefined && !(entry.first !== undefined && entry.first <= filters.to)) return false;
  }
  return true;
}

export type Column = "when" | "kind" | "status" | "where" | "size" | "who" | "reports";
export interface Order { column: Column; direction: 1 | -1 }

/** Sorted; what has no value comes last in either direction. */
export function sorted(entries: Entry[], order: Order, collator: Intl.Collator): Entry[] {
  const missing = (entry: Entry) =>
    (order.column === "when" && entry.first === undefined) ||
    (order.column === "where" && !entry.where) ||
    (order.column === "who" && !entry.who) ||
    (order.column === "size" && !entry.size);
  const compare = (a: Entry, b: Entry): number => {
    switch (order.column) {
      case "when": return (a.first ?? 0) - (b.first ?? 0) || (a.last ?? 0) - (b.last ?? 0);
      case "size": return a.people - b.people;
      case "reports": return a.event.reports.length - b.event.reports.length;
      default: return collator.compare(a[order.column], b[order.column]);
    }
  };
  return [...entries].sort(
    (a, b) => Number(missing(a)) - Number(missing(b)) || order.direction * compare(a, b) || a.number - b.number,
  );
}
