// The head of the page: what it is, how much it holds, what it lacks; language and appearance.

import type { Chronicle } from "../chronicle";
import type { Entry } from "../entries";
import { LANGUAGES, useWords, type Language } from "../words";

export type Appearance = "auto" | "light" | "dark";
const APPEARANCES: Appearance[] = ["auto", "light", "dark"];
const NATIVE: { [language in Language]: string } = { en: "English", fr: "Français", ru: "Русский" };

interface Given {
  chronicle: Chronicle;
  entries: Entry[];
  appearance: Appearance;
  setAppearance: (appearance: Appearance) => void;
  setLanguage: (language: Language) => void;
}

export function Header({ chronicle, entries, appearance, setAppearance, setLanguage }: Given) {
  const words = useWords();
  const dated = entries.filter((entry) => entry.first !== undefined);
  const first = dated.reduce((least, entry) => Math.min(least, entry.first ?? least), Infinity);
  const last = dated.reduce((most, entry) => Math.max(most, entry.last ?? most), -Infinity);
  const [events, reports] = [words.count("events", entries.length), words.count("reports", chronicle.reports.length)];
  const leftOut = Object.entries(chronicle.left_out ?? {});
  return (
    <header class="head">
      <div class="head-row">
        <div>
          <h1>{words.say("title")}</h1>
          <p class="summary">
            {dated.length > 0
              ? words.say("summary", { events, reports, from: words.day(first), to: words.day(last) })
              : words.say("summary_undated", { events, reports })}
          </p>
        </div>
        <div class="switches">
          <label>
            <span>{words.say("language")}</span>
            <select id="language" value={words.language} onChange={(event) => setLanguage(event.currentTarget.value as Language)}>
              {LANGUAGES.map((language) => <option value={language} lang={language}>{NATIVE[language]}</option>)}
            </select>
          </label>
          <label>
            <span>{words.say("appearance")}</span>
            <select id="appearance" value={appearance} onChange={(event) => setAppearance(event.currentTarget.value as Appearance)}>
              {APPEARANCES.map((way) => <option value={way}>{words.say(`appearance_${way}`)}</option>)}
            </select>
          </label>
        </div>
      </div>
      {chronicle.unmerged > 0 && (
        <p class="notice" role="note">
          <strong>{words.say("unmerged_title")}</strong> {words.count("unmerged", chronicle.unmerged)}
        </p>
      )}
      {leftOut.length > 0 && (
        <p class="aside">
          <strong>{words.say("public_title")}</strong>{" "}
          {words.say("public_text", {
            what: leftOut.map(([what, number]) => `${words.name("left_out", what)} (${words.number(number)})`).join(", "),
          })}
        </p>
      )}
    </header>
  );
}
