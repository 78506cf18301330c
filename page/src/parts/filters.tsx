// The filters above the views. All that is given must hold.

import { useMemo, useState } from "preact/hooks";

import type { Chronicle } from "../chronicle";
import { dayOf, isoOf } from "../days";
import { isFiltered, NO_FILTERS, type Entry, type Filters as Chosen } from "../entries";
import { useWords } from "../words";

interface Given {
  chronicle: Chronicle;
  entries: Entry[];
  shown: number;
  filters: Chosen;
  setFilters: (change: (filters: Chosen) => Chosen) => void;
}

export function Filters({ chronicle, entries, shown, filters, setFilters }: Given) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  const options = useMemo(() => optionsOf(chronicle, entries), [chronicle, entries]);
  const set = (change: Partial<Chosen>) => setFilters((before) => ({ ...before, ...change }));
  const collator = new Intl.Collator(words.language);
  const named = (codes: string[], name: (code: string) => string) =>
    codes.map((code) => [code, name(code)] as const).sort((a, b) => collator.compare(a[1], b[1]));

  const choice = (id: "kind" | "status" | "issue" | "language", label: string, all: (readonly [string, string])[]) =>
    all.length > 0 && (
      <label class="field">
        <span>{label}</span>
        <select id={`filter-${id}`} value={filters[id]} onChange={(event) => set({ [id]: event.currentTarget.value })}>
          <option value="">{words.say("all")}</option>
          {all.map(([code, name]) => <option value={code}>{name}</option>)}
        </select>
      </label>
    );
  const typed = (id: "place" | "actor", label: string, suggestions: string[]) => (
    <label class="field">
      <span>{label}</span>
      <input id={`filter-${id}`} type="text" value={filters[id]} list={`${id}s`} autocomplete="off" onInput={(event) => set({ [id]: event.currentTarget.value })} />
      <datalist id={`${id}s`}>{suggestions.map((name) => <option value={name} />)}</datalist>
    </label>
  );
  const day = (id: "from" | "to", label: string) => (
    <label class="field field-day">
      <span>{label}</span>
      <input
        id={`filter-${id}`}
        type="date"
        value={filters[id] === undefined ? "" : isoOf(filters[id])}
        onChange={(event) => set({ [id]: dayOf(event.currentTarget.value) })}
      />
    </label>
  );
  return (
    <search class="filters">
      <div class="filters-row">
        <label class="field field-search">
          <span>{words.say("search")}</span>
          <input id="filter-text" type="search" placeholder={words.say("search_hint")} value={filters.text} onInput={(event) => set({ text: event.currentTarget.value })} />
        </label>
        <button type="button" class="filters-switch" aria-expanded={open} aria-controls="more-filters" onClick={() => setOpen(!open)}>
          {words.say("filters")}
        </button>
        <div id="more-filters" class={open ? "more-filters open" : "more-filters"}>
          {choice("kind", words.say("kind"), named(options.kinds, (code) => words.name("kinds", code)))}
          {choice("status", words.say("status"), named(options.statuses, (code) => words.name("statuses", code)))}
          {typed("place", words.say("place"), options.places)}
          {typed("actor", words.say("actor"), options.actors.map((code) => words.name("roles", code)))}
          {choice("issue", words.say("issue"), named(options.issues, (code) => words.name("issues", code)))}
          {choice("language", words.say("report_language"), named(options.languages, (code) => words.tongue(code)))}
          {day("from", words.say("from"))}
          {day("to", words.say("to"))}
        </div>
      </div>
      <div class="filters-row filters-result">
        <p id="shown" aria-live="polite">
          {words.count("shown", shown, { all: words.number(entries.length) })}
        </p>
        {filters.chosen && (
          <button type="button" class="chip" aria-label={`${words.say("remove")}: ${filters.chosen.label}`} onClick={() => set({ chosen: undefined })}>
            {filters.chosen.label} <span aria-hidden="true">×</span>
          </button>
        )}
        {isFiltered(filters) && (
          <button type="button" class="plain" id="clear-filters" onClick={() => setFilters(() => NO_FILTERS)}>
            {words.say("clear")}
          </button>
        )}
      </div>
    </search>
  );
}

/** The codes that there are, so that no filter is offered that nothing matches. */
function optionsOf(chronicle: Chronicle, entries: Entry[]) {
  const unique = (values: (string | undefined)[]) => [...new Set(values.filter((value) => value !== undefined && value !== ""))] as string[];
  const actors = chronicle.events.flatMap((event) => [...(event.actors ?? []), ...(event.targets ?? [])]);
  return {
    kinds: unique(entries.map((entry) => entry.event.kind.value)),
    statuses: unique(entries.map((entry) => entry.event.status.value)),
    places: unique(entries.map((entry) => entry.event.place?.value.name)).sort(),
    actors: unique(actors.map((actor) => actor.role)).sort(),
    issues: unique(entries.flatMap((entry) => (entry.event.issues ?? []).map((issue) => issue.issue))),
    languages: unique(entries.flatMap((entry) => entry.languages)),
  };
}
