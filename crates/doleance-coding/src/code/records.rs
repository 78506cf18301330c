//! Outlines, claims and links → record format 1.

use doleance_actors::{redact, to_record};
use doleance_packs::ArgumentRole;
use doleance_places::PlaceUse;
use doleance_records as records;
use doleance_text::{CodePoints, Report, Span, TokenId};
use doleance_times::Granularity;

use crate::CodingOptions;
use crate::code::figures::{Figures, assign};
use crate::code::identity::Outline;
use crate::code::settle::Chosen;
use crate::coded::{CodedReport, Workings};

/// Writes the records of a report.
pub fn write(workings: &Workings, report: &Report, options: &CodingOptions) -> CodedReport {
    let points = CodePoints::new(&report.text);
    let writer = Writer { workings, report, options, points: &points };
    let claims_of: Vec<Vec<usize>> = writer.claims_of_outlines();
    let figures = assign(workings);
    let events = workings
        .outlines
        .iter()
        .enumerate()
        .map(|(number, outline)| writer.event(number, outline, &claims_of[number], &figures[number]))
        .collect();
    let claims = (0..workings.claims.len()).map(|number| writer.claim(number, &claims_of)).collect();
    let links = workings.links.iter().map(|link| writer.link(link)).collect();
    CodedReport {
        doc: report.id.clone(),
        language: Some(workings.pack.language.clone()),
        events,
        claims,
        links,
        diagnostics: workings.annotation.diagnostics.clone(),
    }
}

struct Writer<'a> {
    workings: &'a Workings<'a>,
    report: &'a Report,
    options: &'a CodingOptions,
    points: &'a CodePoints,
}

fn event_id(number: usize) -> String {
    format!("e{}", number + 1)
}

fn claim_id(number: usize) -> String {
    format!("c{}", number + 1)
}

impl Writer<'_> {
    fn offsets(&self, span: Span) -> records::Offsets {
        let (start, end) = self.points.span(&self.report.text, span);
        records::Offsets(start, end)
    }

    fn quote(&self, span: Span) -> records::Quote {
        let records::Offsets(start, end) = self.offsets(span);
        records::Quote { start, end, text: span.of(&self.report.text).to_owned() }
    }

    /// Claims go to the draft under which they stand, else to the last collective action of the sentence or before it.
    fn claims_of_outlines(&self) -> Vec<Vec<usize>> {
        let mut found = vec![Vec::new(); self.workings.outlines.len()];
        for (number, claim) in self.workings.claims.iter().enumerate() {
            let own = claim.draft.and_then(|d| self.outlines_of(d).next());
            let told_before = || {
                self.workings
                    .outlines
                    .iter()
                    .enumerate()
                    .filter(|(_, o)| self.workings.shared.codebook.page(o.kind).collective)
                    .filter(|(_, o)| {
                        o.drafts.iter().any(|&d| self.workings.drafts[d].sentence <= claim.sentence)
                    })
                    .min_by_key(|(_, o)| {
                        let nearest = o
                            .drafts
                            .iter()
                            .map(|&d| self.workings.drafts[d].sentence)
                            .filter(|s| *s <= claim.sentence)
                            .map(|s| claim.sentence.0 - s.0)
                            .min();
                        nearest.unwrap_or(u32::MAX)
                    })
                    .map(|(n, _)| n)
            };
            match own {
                Some(_) => {
                    for outline in claim.draft.into_iter().flat_map(|d| self.outlines_of(d)) {
                        found[outline].push(number);
                    }
                }
                None => {
                    if let Some(outline) = told_before() {
                        found[outline].push(number);
                    }
                }
            }
        }
        found
    }

    fn outlines_of(&self, draft: usize) -> impl Iterator<Item = usize> + '_ {
        self.workings
            .outlines
            .iter()
            .enumerate()
            .filter(move |(_, o)| o.drafts.contains(&draft))
            .map(|(n, _)| n)
    }

    fn event(&self, number: usize, outline: &Outline, claims: &[usize], figures: &Figures) -> records::Event {
        let workings = self.workings;
        let syntax = workings.annotation.syntax(workings.pack);
        let lead = &workings.drafts[outline.drafts[0]];
        let page = workings.shared.codebook.page(outline.kind);
        let time = outline.time.and_then(|t| self.time(t));
        let place = outline.place.map(|p| self.place(p));
        let mut evidence: Vec<records::Offsets> =
            outline.drafts.iter().map(|&d| self.offsets(workings.drafts[d].span(syntax))).collect();
        evidence.extend(time.as_ref().map(|t| t.span));
        evidence.extend(place.as_ref().map(|p| p.span));
        evidence.sort_unstable();
        evidence.dedup();
        let mut rules: Vec<String> = Vec::new();
        for &d in &outline.drafts {
            let draft = &workings.drafts[d];
            for rule in [&workings.pack.triggers.get(draft.trigger).id, &draft.status.rule] {
                if !rules.contains(rule) {
                    rules.push(rule.clone());
                }
            }
        }
        let mut actors = Vec::new();
        let mut targets = Vec::new();
        for &d in &outline.drafts {
            let draft = &workings.drafts[d];
            let trigger = workings.pack.triggers.get(draft.trigger);
            for (tokens, role) in
                [(&draft.arguments.subject, trigger.subject_is), (&draft.arguments.object, trigger.object_is)]
            {
                match role {
                    ArgumentRole::Actor => self.add_actors(tokens, &mut actors),
                    ArgumentRole::Target => self.add_actors(tokens, &mut targets),
                    ArgumentRole::None => {}
                }
            }
        }
        // Nobody acts on themselves: the reflexive of *se sont rassemblées* is no target.
        targets.retain(|target| actors.iter().all(|actor: &records::Actor| actor.span != target.span));
        let figure = |found: &[crate::code::figures::FoundFigure]| {
            found
                .iter()
                .map(|f| records::Figure {
                    low: f.low,
                    high: f.high,
                    text: self.shown(f.span),
                    said_by: f.said_by.map(|s| self.shown(s)),
                    span: self.offsets(f.span),
                })
                .collect::<Vec<_>>()
        };
        records::Event {
            doc: self.report.id.clone(),
            id: event_id(number),
            kind: page.id.clone(),
            status: outline.status,
            trigger: self.quote(lead.span(syntax)),
            time,
            place,
            actors,
            targets,
            size: figure(&figures.size),
            killed: figure(&figures.killed),
            injured: figure(&figures.injured),
            arrested: figure(&figures.arrested),
            reported_by: crate::code::source::source_of(workings, lead)
                .map(|s| s.of(&self.report.text).to_owned()),
            claims: claims.iter().map(|&c| claim_id(c)).collect(),
            confidence: f64::from((outline.belief * 100.0).round()) / 100.0,
            evidence,
            rules,
        }
    }

    fn time(&self, chosen: Chosen) -> Option<records::Time> {
        let option = &self.workings.options.times[chosen.option];
        let Some(mention) = option.mention else {
            // The day of publication: no words of the text give it.
            return Some(records::Time {
                start: option.start,
                end: option.end,
                part: None,
                granularity: "day".to_owned(),
                text: String::new(),
                span: records::Offsets(0, 0),
            });
        };
        let mention = &self.workings.annotation.times.mentions[mention];
        Some(records::Time {
            start: option.start,
            end: option.end,
            part: mention.part.map(|p| p.code().to_owned()),
            granularity: granularity_name(mention.granularity).to_owned(),
            text: mention.span.of(&self.report.text).to_owned(),
            span: self.offsets(mention.span),
        })
    }

    fn place(&self, chosen: Chosen) -> records::Place {
        let option = &self.workings.options.places[chosen.option];
        let place = &option.resolved;
        let candidates =
            option.mention.map_or(&[][..], |m| &self.workings.annotation.places.mentions[m].candidates);
        let alternatives = candidates
            .iter()
            .filter(|(other, _)| other.id != place.id)
            .map(|(other, score)| records::PlaceAlternative {
                name: other.name.clone(),
                id: other.id.clone(),
                country: other.country.map(|c| c.as_str().to_owned()),
                score: (f64::from(*score) * 100.0).round() / 100.0,
            })
            .collect();
        records::Place {
            name: place.name.clone(),
            id: place.id.clone(),
            level: place.level,
            country: place.country.map(|c| c.as_str().to_owned()),
            admin1: place.admin1.clone(),
            lat: place.lat,
            lon: place.lon,
            text: option.span.of(&self.report.text).to_owned(),
            span: self.offsets(option.span),
            alternatives,
        }
    }

    fn add_actors(&self, tokens: &[TokenId], into: &mut Vec<records::Actor>) {
        let annotation = &self.workings.annotation;
        // The town that a report was sent from does nothing.
        let is_dateline = |span: Span| {
            let mentions = &annotation.places.mentions;
            mentions.iter().any(|m| m.use_ == PlaceUse::Dateline && m.span.overlaps(span))
        };
        let acts = |&index: &usize| !is_dateline(annotation.actors.mentions[index].core_span);
        for index in tokens.iter().filter_map(|&t| annotation.actors.at(t)).filter(acts) {
            let actor = self.actor(index);
            let told =
                into.iter().any(|a| a.span == actor.span || (a.role == actor.role && a.text == actor.text));
            if !told {
                into.push(actor);
            }
        }
    }

    fn actor(&self, index: usize) -> records::Actor {
        let annotation = &self.workings.annotation;
        to_record(
            &self.workings.pack.actors,
            &annotation.document,
            &annotation.actors,
            index,
            self.options.persons,
            self.points,
        )
    }

    /// The words of a span with private names hidden, as the policy wants it.
    fn shown(&self, span: Span) -> String {
        let annotation = &self.workings.annotation;
        redact(
            &self.workings.pack.actors,
            &annotation.document,
            &annotation.actors,
            span,
            self.options.persons,
        )
    }

    fn claim(&self, number: usize, claims_of: &[Vec<usize>]) -> records::Claim {
        let claim = &self.workings.claims[number];
        let party = |tokens: &[TokenId]| {
            let actors = &self.workings.annotation.actors;
            let index = tokens.iter().find_map(|&t| actors.at(t))?;
            let actor = self.actor(index);
            let name = actor.organisation.or(actor.name);
            Some(records::Party { role: actor.role, name, text: actor.text, span: actor.span })
        };
        let events = claims_of
            .iter()
            .enumerate()
            .filter(|(_, list)| list.contains(&number))
            .map(|(outline, _)| event_id(outline))
            .collect();
        records::Claim {
            doc: self.report.id.clone(),
            id: claim_id(number),
            issue: claim.issue.clone(),
            stance: claim.stance,
            span: self.quote(claim.span),
            claimant: party(&claim.claimants),
            addressee: party(&claim.addressees),
            events,
        }
    }

    fn link(&self, link: &crate::relate::FoundLink) -> records::Link {
        records::Link {
            doc: self.report.id.clone(),
            relation: link.relation,
            from: event_id(link.from),
            to: event_id(link.to),
            span: self.quote(link.span),
        }
    }
}

fn granularity_name(granularity: Granularity) -> &'static str {
    match granularity {
        Granularity::Second | Granularity::Minute | Granularity::Hour => "time",
        Granularity::DayPart | Granularity::Day => "day",
        Granularity::Weekend => "weekend",
        Granularity::Week => "week",
        Granularity::Month => "month",
        Granularity::Quarter => "quarter",
        Granularity::Season => "season",
        Granularity::HalfYear => "half",
        Granularity::Year => "year",
        Granularity::Decade => "decade",
        Granularity::Century => "century",
        Granularity::Vague => "vague",
    }
}
