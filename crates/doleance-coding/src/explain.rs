//! Pages of the codebook: what a kind, issue, status, relation or rule is, as Markdown.

use std::fmt::Write as _;

use doleance_packs::{Codebook, Entry, Example, Kind};

use crate::LanguagePacks;
use crate::code::status::MECHANISMS;

/// Claims that stand under a protest itself, and links that need no words of relating.
const RULES_WITHOUT_CUES: [(&str, &str); 4] = [
    (
        "claim.protest-for",
        "What a collective action is said to be for is a claim of those who act, for what the words name.",
    ),
    (
        "claim.protest-against",
        "What a collective action is said to be against is a claim of those who act, against what the words name.",
    ),
    (
        "claim.protest-against-further-on",
        "Words of *against* that stand after a collective action and name an issue are its claim, wherever the tree hangs them.",
    ),
    (
        "link.part-of-whole",
        "A figure that counts one place of a whole is an event of its own and part of the whole.",
    ),
];

/// Diagnostics of the coding and of the stages before it, with what mends them.
const DIAGNOSTICS: [(&str, &str); 6] = [
    (
        "time.no-anchor",
        "A relative time (a weekday, \"last week\") stayed open, because the day of publication is not known. State it in the report (`published`) or with `--published`.",
    ),
    (
        "place.unresolved",
        "A name that looks like a place is in no gazetteer, or too many places share it and nothing else in the report tells which is meant. The country of the source (`country`, `--country`) helps.",
    ),
    ("text.empty", "The report has no words. Check that the file holds the text of the report."),
    (
        "language.unknown",
        "The language of the report was not recognised as one that has a pack. State it in the report (`language`) or with `--language`.",
    ),
    (
        "language.no-pack",
        "The report is in a language without a pack. docs/how-to-add-a-language.md says how to make one.",
    ),
    (
        "pack.broken",
        "A file of a language pack cannot be read. `doleance check` names the file and the line.",
    ),
];

/// The page of an identifier; `None` where nothing has it.
pub fn explain(packs: &LanguagePacks, id: &str) -> Option<String> {
    let shared = packs.shared().ok()?;
    let codebook = &shared.codebook;
    if let Some(kind) = codebook.kind(id) {
        return Some(kind_page(packs, codebook, codebook.page(kind)));
    }
    for (title, list) in
        [("issue", codebook.issues()), ("status", codebook.statuses()), ("relation", codebook.relations())]
    {
        if let Some(entry) = list.iter().find(|e| e.id == id) {
            return Some(entry_page(title, entry));
        }
    }
    if id == "gazetteer" {
        return Some(doleance_places::shipped::ATTRIBUTION.to_owned());
    }
    let mechanisms = MECHANISMS.iter().chain(&RULES_WITHOUT_CUES).chain(&DIAGNOSTICS);
    if let Some((name, text)) = mechanisms.into_iter().find(|(name, _)| *name == id) {
        return Some(format!("# {name}\n\n{text}\n"));
    }
    packs.languages().iter().filter_map(|l| packs.get(l).ok().flatten()).find_map(|pack| {
        if let Some(trigger) = pack.triggers.find(id) {
            let trigger = pack.triggers.get(trigger);
            let mut page =
                format!("# {id}\n\nA trigger of the kind `{}`.\n\n", codebook.page(trigger.kind).id);
            list(&mut page, "Words", trigger.words.iter().map(String::as_str));
            let _ = writeln!(page, "Belief that it is an event: {}\n", trigger.weight);
            examples(&mut page, &trigger.examples, &trigger.counter_examples);
            return Some(page);
        }
        if let Some(cue) = pack.status.cues().iter().find(|c| c.id == id) {
            let mut page =
                format!("# {id}\n\nGives the status `{}` to the action in its scope.\n\n", cue.effect.name());
            list(&mut page, "Words", cue.lemmas.iter().map(String::as_str));
            examples(&mut page, &cue.examples, &cue.counter_examples);
            return Some(page);
        }
        if let Some(cue) = pack.claims.cues().iter().find(|c| c.id == id) {
            let mut page = format!("# {id}\n\nIntroduces a claim.\n\n");
            list(&mut page, "Words", cue.words.iter().map(String::as_str));
            examples(&mut page, &cue.examples, &cue.counter_examples);
            return Some(page);
        }
        if let Some(cue) = pack.links.cues().iter().find(|c| c.id == id) {
            let mut page = format!("# {id}\n\nRelates two actions: `{}`.\n\n", cue.relation.name());
            list(&mut page, "Words", cue.words.iter().map(String::as_str));
            examples(&mut page, &cue.examples, &cue.counter_examples);
            return Some(page);
        }
        let term = pack.issues.terms().iter().find(|t| t.id == id)?;
        let mut page = format!("# {id}\n\nWords that speak for the issue `{}`.\n\n", term.issue);
        list(&mut page, "Words", term.words.iter().map(String::as_str));
        examples(&mut page, &term.examples, &term.counter_examples);
        Some(page)
    })
}

fn kind_page(packs: &LanguagePacks, codebook: &Codebook, kind: &Kind) -> String {
    let mut page = format!("# {} (`{}`)\n\n{}\n\n", kind.name, kind.id, kind.definition);
    list(&mut page, "Code when", kind.code_when.iter().map(String::as_str));
    list(&mut page, "Do not code when", kind.do_not_code_when.iter().map(String::as_str));
    if !kind.crosswalk.is_empty() {
        page.push_str("## In other datasets\n\n");
        for (dataset, table) in &kind.crosswalk {
            let fields: Vec<String> = table.iter().map(|(k, v)| format!("{k} = {v}")).collect();
            let _ = writeln!(page, "- {dataset}: {}", fields.join(", "));
        }
        page.push('\n');
    }
    for (language, own) in &kind.examples {
        let _ = writeln!(page, "## Examples ({language})\n");
        examples(&mut page, &own.positive, &own.negative);
    }
    for language in packs.languages() {
        let Ok(Some(pack)) = packs.get(language) else { continue };
        let words: Vec<&str> = pack
            .triggers
            .iter()
            .filter(|(_, t)| codebook.page(t.kind).id == kind.id)
            .flat_map(|(_, t)| t.words.iter().map(String::as_str))
            .collect();
        if !words.is_empty() {
            let _ = writeln!(page, "## Triggers ({})\n\n{}\n", language.0, words.join(", "));
        }
    }
    page
}

fn entry_page(title: &str, entry: &Entry) -> String {
    let mut page = format!("# {} (`{}`, {title})\n\n{}\n\n", entry.name, entry.id, entry.definition);
    list(&mut page, "Code when", entry.code_when.iter().map(String::as_str));
    list(&mut page, "Do not code when", entry.do_not_code_when.iter().map(String::as_str));
    page
}

fn list<'a>(page: &mut String, title: &str, items: impl Iterator<Item = &'a str>) {
    let mut items = items.peekable();
    if items.peek().is_none() {
        return;
    }
    let _ = writeln!(page, "## {title}\n");
    for item in items {
        let _ = writeln!(page, "- {item}");
    }
    page.push('\n');
}

fn examples(page: &mut String, positive: &[Example], negative: &[Example]) {
    list(page, "Yes", positive.iter().map(Example::text));
    list(page, "No", negative.iter().map(Example::text));
}
