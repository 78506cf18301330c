// The words of the interface in three languages: one file per language, with the same keys in each.

import { createContext } from "preact";
import { useContext } from "preact/hooks";

import type { Figure, When, Where } from "./chronicle";
import { dateOf, dayOf } from "./days";
import en from "./languages/en.json";
import fr from "./languages/fr.json";
import ru from "./languages/ru.json";

type Table = typeof en;
type Section = keyof Table;
const TABLES: { [language: string]: Table } = { en, fr, ru };
export const LANGUAGES = ["en", "fr", "ru"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Which form of a noun goes with which plural category; the last form stands for all others. */
const FORMS: { [language: string]: string[] } = { en: ["one", "other"], fr: ["one", "other"], ru: ["one", "few", "many"] };

export class Words {
  private readonly table: Table;
  private readonly plural: Intl.PluralRules;
  private readonly numbers: Intl.NumberFormat;
  private readonly regions: Intl.DisplayNames;
  private readonly tongues: Intl.DisplayNames;
  private readonly formats = new Map<string, Intl.DateTimeFormat>();

  constructor(readonly language: Language) {
    this.table = TABLES[language] ?? en;
    this.plural = new Intl.PluralRules(language);
    this.numbers = new Intl.NumberFormat(language);
    this.regions = new Intl.DisplayNames(language, { type: "region", fallback: "code" });
    this.tongues = new Intl.DisplayNames(language, { type: "language", fallback: "code" });
  }

  /** A phrase of the interface, its places filled. */
  say(key: keyof Table["interface"], values: { [name: string]: string | number } = {}): string {
    return this.fill(this.table.interface[key], values);
  }

  /** A phrase with a number: the forms of the phrase are separated by bars. */
  count(key: keyof Table["counts"], n: number, values: { [name: string]: string | number } = {}): string {
    const forms = this.table.counts[key].split("|");
    const at = (FORMS[this.language] ?? []).indexOf(this.plural.select(n));
    const form = forms[at < 0 ? forms.length - 1 : Math.min(at, forms.length - 1)] ?? "";
    return this.fill(form, { n: this.number(n), ...values });
  }

  /** The name of a code of the codebook; a code that this page does not know is shown as it is. */
  name(section: Exclude<Section, "interface" | "counts">, code: string): string {
    const names: { [code: string]: string } = this.table[section];
    return Object.hasOwn(names, code) ? (names[code] ?? code) : code.replaceAll("_", " ");
  }

  number(n: number): string {
    return this.numbers.format(n);
  }

  country(code: string | null | undefined): string | undefined {
    try {
      return code ? this.regions.of(code) : undefined;
    } catch {
      return code ?? undefined;
    }
  }

  tongue(code: string): string {
    try {
      return this.tongues.of(code) ?? code;
    } catch {
      return code;
    }
  }

  day(day: number, style: "short" | "long" | "month" | "year" | "dayMonth" = "short"): string {
    let format = this.formats.get(style);
    if (!format) {
      const options: { [style: string]: Intl.DateTimeFormatOptions } = {
        short: { day: "numeric", month: "short", year: "numeric" },
        long: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
        month: { month: "short", year: "numeric" },
        year: { year: "numeric" },
        dayMonth: { day: "numeric", month: "short" },
      };
      format = new Intl.DateTimeFormat(this.language, { ...options[style], timeZone: "UTC" });
      this.formats.set(style, format);
    }
    return format.format(dateOf(day));
  }

  iso(iso: string | undefined, style: "short" | "long" = "short"): string | undefined {
    const day = dayOf(iso);
    return day === undefined ? iso : this.day(day, style);
  }

  /** When an event took place; undefined where nothing says. */
  when(time: When | { start: string | null; end: string | null; part: string | null } | null | undefined, style: "short" | "long" = "short"): string | undefined {
    const [start, end] = [this.iso(time?.start ?? undefined, style), this.iso(time?.end ?? undefined, style)];
    if (!time || (!start && !end)) return undefined;
    const part = time.part ? `, ${this.name("parts_of_day", time.part)}` : "";
    if (start && end) return this.range(time.start ?? "", time.end ?? "", style) + part;
    return (start ? this.say("from_day", { day: start }) : this.say("until_day", { day: end ?? "" })) + part;
  }

  /** From one day to another, what they have in common said once. */
  private range(start: string, end: string, style: "short" | "long"): string {
    const [first, last] = [dayOf(start), dayOf(end)];
    if (first === undefined || last === undefined || last < first) return start === end ? start : `${start} – ${end}`;
    if (first === last) return this.day(first, style);
    this.day(first, style);
    return this.formats.get(style)?.formatRange(dateOf(first), dateOf(last)) ?? `${start} – ${end}`;
  }

  /** A place with its division and country. */
  where(place: Where): string {
    const country = place.level === "country" ? undefined : this.country(place.country);
    const division = place.admin1 && place.admin1 !== place.name ? place.admin1 : undefined;
    return [place.name, division, country].filter(Boolean).join(", ");
  }

  figure(figure: { low?: number | null; high?: number | null }): string | undefined {
    const [low, high] = [figure.low ?? undefined, figure.high ?? undefined];
    if (low !== undefined && high !== undefined && low !== high) return `${this.number(low)}–${this.number(high)}`;
    const number = low ?? high;
    return number === undefined ? undefined : this.number(number);
  }

  /** Rival figures in a cell: all that differ, in order. */
  figures(figures: Figure[] | undefined): string {
    const all = (figures ?? []).map((figure) => this.figure(figure) ?? figure.texts[0] ?? "").filter(Boolean);
    return [...new Set(all)].join(" / ");
  }

  /** Who a figure or a record is from: a role of the codebook, or a name as the report has it. */
  speaker(said_by: string): string {
    return this.name("roles", said_by);
  }

  /** Role, sector and names of an actor. */
  actor(actor: { role: string; sector?: string | null; name?: string | null; organisation?: string | null }): string {
    const role = this.name("roles", actor.role);
    const what = actor.sector ? `${role} (${this.name("sectors", actor.sector)})` : role;
    return [what, actor.organisation, actor.name].filter(Boolean).join(", ");
  }

  private fill(phrase: string, values: { [name: string]: string | number }): string {
    return phrase.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
  }
}

const context = createContext(new Words("en"));
export const WordsProvider = context.Provider;

/** The words of the language that the reader has chosen. */
export function useWords(): Words {
  return useContext(context);
}

/** The language of the interface to begin with: the first of the browser's that we have. */
export function preferred(): Language {
  for (const tag of navigator.languages ?? []) {
    const found = LANGUAGES.find((language) => tag.toLowerCase().startsWith(language));
    if (found) return found;
  }
  return "en";
}
