// The page: filters above, map, timeline and table beside the reader. What is chosen in one is chosen in all.

import type { GeoPermissibleObjects } from "d3-geo";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";

import type { Chronicle } from "./chronicle";
import { entriesOf, holds, isFiltered, NO_FILTERS, type Entry, type Filters as Chosen } from "./entries";
import { Filters } from "./parts/filters";
import { Header, type Appearance } from "./parts/header";
import { Map as EventMap } from "./parts/map";
import { Reader } from "./parts/reader";
import { Table, type Listed } from "./parts/table";
import { Timeline } from "./parts/timeline";
import { linksOf, spreadOf } from "./spread";
import { kept, keep } from "./kept";
import { useNarrow } from "./size";
import { LANGUAGES, preferred, Words, WordsProvider, type Language } from "./words";

export function App({ chronicle, land }: { chronicle: Chronicle; land: GeoPermissibleObjects }) {
  const [language, setLanguage] = useState<Language>(() => kept("language", LANGUAGES) ?? preferred());
  const [appearance, setAppearance] = useState<Appearance>(() => kept("appearance", ["auto", "light", "dark"] as const) ?? "auto");
  const [filters, setFilters] = useState<Chosen>(NO_FILTERS);
  const [listed, setListed] = useState<Listed>("events");
  // The report that is read by itself; an event that is chosen takes its place.
  const [report, setReport] = useState<number | undefined>();
  const [selected, setSelected] = useState<number | undefined>(() => named(chronicle));
  // On a narrow page the reader stands in front, and what is behind it rests.
  const [reading, setReading] = useState(selected !== undefined);
  const narrow = useNarrow();

  const words = useMemo(() => new Words(language), [language]);
  const entries = useMemo(() => entriesOf(chronicle, words), [chronicle, words]);
  const undated = useMemo(() => entries.filter((entry) => holds(entry, filters, "without dates")), [entries, filters]);
  const shown = useMemo(() => undated.filter((entry) => holds(entry, filters)), [undated, filters]);
  const links = useMemo(() => linksOf(chronicle), [chronicle]);
  const joins = useMemo(() => new Map(chronicle.crosswalk.map((join) => [join.record, join])), [chronicle]);
  const steps = useMemo(() => (selected === undefined ? [] : spreadOf(selected, links)), [selected, links]);
  const entry = selected === undefined ? undefined : entries[selected];

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${words.say("title")} · ${words.count("events", entries.length)}`;
    keep("language", language);
  }, [language, words, entries]);
  useEffect(() => {
    document.documentElement.dataset["appearance"] = appearance;
    keep("appearance", appearance);
  }, [appearance]);
  useEffect(() => {
    const follow = () => setSelected(named(chronicle));
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, [chronicle]);
  useEffect(() => {
    const address = selected === undefined ? "" : `#${chronicle.events[selected]?.id ?? ""}`;
    if (location.hash === address) return;
    try {
      history.replaceState(null, "", address || location.pathname + location.search);
    } catch {
      // Some browsers allow no history for files: the address then does not name the event, and nothing else is lost.
    }
  }, [selected, chronicle]);

  const inFront = narrow && reading && (entry !== undefined || report !== undefined);
  useEffect(() => {
    if (inFront) document.getElementById("reader")?.focus();
  }, [inFront]);

  const select = useCallback((event: number | undefined) => {
    setSelected(event);
    setReport(undefined);
  }, []);
  const selectReport = useCallback((report: number | undefined) => setReport(report), []);
  const read = useCallback((event: number) => {
    select(event);
    setReading(true);
  }, []);
  const readReport = useCallback((report: number) => {
    setReport(report);
    setReading(true);
  }, []);
  const enter = useCallback(() => {
    setReading(true);
    document.getElementById("reader")?.focus();
  }, []);
  const focusTable = () => document.querySelector<HTMLElement>(".table .rows")?.focus();
  // A report that an event led to leads back to it. On a narrow page an event stays chosen, so that the map shows what it
  // led to.
  const close = () => {
    if (report !== undefined && entry && listed === "events") {
      setReport(undefined);
      return;
    }
    setReading(false);
    setReport(undefined);
    if (!narrow) setSelected(undefined);
    // What was at rest can be focused once it has been drawn again.
    setTimeout(focusTable);
  };
  const only = useCallback((at: number) => {
    const events = chronicle.reports[at]?.records?.flatMap((record) => chronicle.records[record]?.event ?? []);
    const label = chronicle.reports[at]?.source ?? chronicle.reports[at]?.name ?? "";
    setFilters((before) => ({ ...before, chosen: { label, events: new Set(events) } }));
    setReading(false);
  }, [chronicle]);
  const open = useCallback((label: string, events: Entry[]) => {
    const [first, ...others] = events;
    if (!first) return;
    if (others.length > 0) setFilters((before) => ({ ...before, chosen: { label: words.say("chosen", { place: label }), events: new Set(events.map((event) => event.number)) } }));
    else read(first.number);
  }, [words]);

  // What a choice of another event does not touch is not drawn again.
  const head = useMemo(
    () => (
      <>
        <Header chronicle={chronicle} entries={entries} appearance={appearance} setAppearance={setAppearance} setLanguage={setLanguage} />
        <Filters chronicle={chronicle} entries={entries} shown={shown.length} filters={filters} setFilters={setFilters} />
      </>
    ),
    [chronicle, entries, appearance, shown.length, filters],
  );

  return (
    <WordsProvider value={words}>
      <a class="skip" href="#table" onClick={(event) => {
        event.preventDefault();
        focusTable();
      }}>
        {words.say("skip")}
      </a>
      <div inert={inFront}>{head}</div>
      <main class="views">
        <div class="overview" inert={inFront}>
          <EventMap land={land} all={entries} entries={shown} selected={entry} steps={steps} open={open} />
          <Timeline entries={undated} all={entries} selected={entry} filters={filters} setFilters={setFilters} />
          <Table
            chronicle={chronicle}
            shown={shown}
            isFiltered={isFiltered(filters)}
            listed={listed}
            setListed={setListed}
            event={selected}
            report={report}
            selectEvent={select}
            readEvent={read}
            selectReport={selectReport}
            readReport={readReport}
            enter={enter}
          />
        </div>
        <Reader
          chronicle={chronicle}
          entries={entries}
          entry={entry}
          report={report}
          links={selected === undefined ? [] : (links.get(selected) ?? [])}
          steps={steps}
          joins={joins}
          inFront={inFront}
          select={read}
          open={readReport}
          only={only}
          close={close}
        />
      </main>
      <footer class="small">{words.say("sources")}</footer>
    </WordsProvider>
  );
}

/** The event that the address names. */
function named(chronicle: Chronicle): number | undefined {
  const id = location.hash.slice(1);
  const at = id ? chronicle.events.findIndex((event) => event.id === id) : -1;
  return at < 0 ? undefined : at;
}
