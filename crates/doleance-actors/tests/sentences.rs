//! Own sentences with the role, sector and figures that a coder would give, over the shipped syntax models.

mod common;

use common::{model, pack, time_pack};
use doleance_actors::{Actors, QuantityKind, QuantityMention, find_actors, find_quantities};
use doleance_packs::Marked;
use doleance_text::{Document, Span};
use doleance_times::find_numbers;

/// Runs all sentences of a language and gives those that fail, with the number of sentences.
fn failures(language: &str) -> (Vec<String>, usize) {
    let (pack, _) = pack(language);
    let (model, times) = (model(language), time_pack(language));
    let path = format!("{}/../../data/languages/{language}/actors-tests.tsv", env!("CARGO_MANIFEST_DIR"));
    let table = std::fs::read_to_string(path).unwrap();
    let mut failed = Vec::new();
    let mut count = 0;
    for line in table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        count += 1;
        let mut fields = line.split('\t');
        let marked = Marked::parse(fields.next().unwrap());
        let role = fields.next().unwrap();
        let sector = fields.next().unwrap_or("");
        let further = fields.next().unwrap_or("");
        let document = model.annotate(&marked.text);
        let actors = find_actors(&pack, &document, &[]);
        let quantities = find_quantities(&pack, &document, &find_numbers(&times, &document), &actors);
        let found = Found { pack: &pack, document: &document, actors: &actors, quantities: &quantities };
        if let Err(message) = found.agrees(marked.span.unwrap(), role, sector, further) {
            failed.push(format!("{line}\n    {message}"));
        }
    }
    (failed, count)
}

struct Found<'a> {
    pack: &'a doleance_actors::ActorPack,
    document: &'a Document,
    actors: &'a Actors,
    quantities: &'a [QuantityMention],
}

impl Found<'_> {
    fn agrees(&self, span: Span, role: &str, sector: &str, further: &str) -> Result<(), String> {
        let text = self.document.text();
        let roles = self.pack.roles();
        let mut overlapping = self.actors.mentions.iter().filter(|m| {
            m.core_span.overlaps(span)
                || m.organisation.is_some_and(|o| m.span.contains(o) && o.overlaps(span))
        });
        if role == "-" {
            return overlapping.next().map_or(Ok(()), |m| Err(format!("{} is an actor", m.span.of(text))));
        }
        let seen: Vec<String> = self
            .actors
            .mentions
            .iter()
            .map(|m| {
                format!(
                    "{} {} {:?}",
                    m.span.of(text),
                    roles.role(m.role).id,
                    m.sector.map(|s| &roles.sector(s).id)
                )
            })
            .chain(self.quantities.iter().map(|q| {
                format!("{} {:?} {:?} {:?}", q.span.of(text), q.kind, q.low, q.said_by.map(|s| s.of(text)))
            }))
            .collect();
        let mention = overlapping
            .find(|m| {
                roles.role(m.role).id == role
                    && m.sector.map_or("", |s| roles.sector(s).id.as_str()) == sector
            })
            .ok_or_else(|| seen.join("; "))?;
        for (key, value) in further.split("; ").filter_map(|f| f.split_once('=')) {
            let kind = match key {
                "org" => {
                    let organisation = mention.organisation.map(|o| o.of(text));
                    if organisation != Some(value) {
                        return Err(format!("organisation {organisation:?}"));
                    }
                    continue;
                }
                "name" => {
                    let name = mention.name.map(|n| n.of(text));
                    if name != Some(value) {
                        return Err(format!("name {name:?}; {}", seen.join("; ")));
                    }
                    continue;
                }
                "by" => {
                    let said = |q: &QuantityMention| q.said_by.map(|s| s.of(text)) == Some(value);
                    if !self.quantities.iter().any(|q| q.span.overlaps(span) && said(q)) {
                        return Err(seen.join("; "));
                    }
                    continue;
                }
                "size" => QuantityKind::People,
                "killed" => QuantityKind::Killed,
                "injured" => QuantityKind::Injured,
                "arrested" => QuantityKind::Arrested,
                "jobs" => QuantityKind::Jobs,
                _ => return Err(format!("unknown key {key}")),
            };
            let low = value.parse().ok();
            let fits = |q: &&QuantityMention| q.span.overlaps(span) && q.kind == kind && q.low == low;
            if !self.quantities.iter().any(|q| fits(&q)) {
                return Err(seen.join("; "));
            }
        }
        Ok(())
    }
}

fn holds(language: &str) {
    let (failed, count) = failures(language);
    assert!(count >= 100, "{language}: only {count} sentences");
    assert!(failed.is_empty(), "{} of {count} fail:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn french_sentences_give_their_actors_and_figures() {
    holds("fr");
}

#[test]
fn english_sentences_give_their_actors_and_figures() {
    holds("en");
}
