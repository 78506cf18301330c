//! A look inside: the tree, the mentions, and which rule gave which value.

use std::fmt::Write as _;

use doleance_packs::{Trigger, Veto};
use doleance_text::{Report, SentenceId, Span};

use crate::choices::Features;
use crate::code::claims::FoundClaim;
use crate::code::draft::find_near_misses;
use crate::code::settle::{Candidate, Watch};
use crate::coded::{CodingOptions, work};
use crate::pack::{LanguagePack, Shared};

#[derive(Default)]
struct Lookout {
    places: Vec<Vec<Candidate>>,
    times: Vec<Vec<Candidate>>,
    pairs: Vec<(usize, usize, Features)>,
    claims: Vec<(Span, String, Features)>,
}

impl Watch for Lookout {
    fn places(&mut self, _: usize, candidates: &[Candidate]) {
        self.places.push(candidates.to_vec());
    }

    fn times(&mut self, _: usize, candidates: &[Candidate]) {
        self.times.push(candidates.to_vec());
    }

    fn pair(&mut self, earlier: &[usize], later: usize, features: &Features) {
        self.pairs.push((earlier[0], later, features.clone()));
    }

    fn claim(&mut self, claim: &FoundClaim, features: &Features) {
        self.claims.push((claim.span, claim.issue.clone(), features.clone()));
    }
}

/// Describes how a report is coded, as text for a person.
pub fn trace(pack: &LanguagePack, shared: &Shared, report: &Report, options: &CodingOptions) -> String {
    let mut lookout = Lookout::default();
    let found = work(pack, shared, &shared.choices, report, options, 0.5, &mut lookout);
    let doc = &found.annotation.document;
    let text = doc.text();
    let mut out = String::new();
    // Writing into a String cannot fail; the results are not looked at.
    let _ = writeln!(out, "TREE");
    for sentence in 0..doc.sentences().len() as u32 {
        let first = doc.sentence(SentenceId(sentence)).words.start;
        for token in doc.words(SentenceId(sentence)) {
            let head = doc.head(token).map_or(0, |h| h.0 - first + 1);
            let classes: Vec<&str> = pack.classes.names(found.annotation.classes[token.index()]).collect();
            let _ = writeln!(
                out,
                "  {:>3} {:<18} {:<16} {:<5} {:>3} {:<12} {} {}",
                token.0 - first + 1,
                doc.form(token),
                doc.lemma(token),
                doc.upos(token).name(),
                head,
                doc.strings().get(doc.relation(token)),
                doc.strings().get(doc.token(token).features),
                classes.join(",")
            );
        }
        out.push('\n');
    }
    let _ = writeln!(out, "TIMES");
    for mention in &found.annotation.times.mentions {
        let _ = writeln!(
            out,
            "  {:?} {} {} by {}",
            mention.span.of(text),
            mention.timex.name(),
            mention.value,
            mention.rule
        );
    }
    let _ = writeln!(out, "PLACES");
    for mention in &found.annotation.places.mentions {
        let name = mention.resolved.as_ref().map_or("unresolved", |r| r.name.as_str());
        let _ = writeln!(
            out,
            "  {:?} {} {} by {}",
            mention.span.of(text),
            name,
            mention.use_.name(),
            mention.rule
        );
    }
    let _ = writeln!(out, "ACTORS");
    for mention in &found.annotation.actors.mentions {
        let role = &pack.actors.roles().role(mention.role).id;
        let _ = writeln!(out, "  {:?} {role} by {}", mention.span.of(text), pack.actors.rule(mention.rule));
    }
    let _ = writeln!(out, "ACTIONS");
    let syntax = found.annotation.syntax(pack);
    for (number, draft) in found.drafts.iter().enumerate() {
        let trigger = pack.triggers.get(draft.trigger);
        let kind = &shared.codebook.page(draft.kind).id;
        let _ = writeln!(out, "  {:?} {kind} by {}", draft.span(syntax).of(text), trigger.id);
        let _ = writeln!(out, "    status {} by {}", draft.status.status.name(), draft.status.rule);
        let words = |list: &[doleance_text::TokenId]| {
            list.iter().map(|t| doc.form(*t)).collect::<Vec<_>>().join(", ")
        };
        let _ = writeln!(
            out,
            "    subject [{}] object [{}] predicate {}",
            words(&draft.arguments.subject),
            words(&draft.arguments.object),
            draft.arguments.predicate.map_or("-", |p| doc.form(p))
        );
        let _ = writeln!(out, "    belief {:.2}, of which:", found.beliefs[number]);
        reasons(&mut out, &shared.choices.keep.reasons(&found.features[number]));
        for candidate in lookout.places[number].iter().take(6) {
            let name =
                candidate.chosen.map_or("open", |c| found.options.places[c.option].resolved.name.as_str());
            let _ = writeln!(out, "    place {name}: {:.2}", candidate.score);
            reasons(&mut out, &shared.choices.place.reasons(&candidate.features));
        }
        for candidate in lookout.times[number].iter().take(3) {
            let start = candidate.chosen.and_then(|c| found.options.times[c.option].start);
            let name = start.map_or("open".to_owned(), |d| d.to_string());
            let _ = writeln!(out, "    time {name}: {:.2}", candidate.score);
            reasons(&mut out, &shared.choices.time.reasons(&candidate.features));
        }
    }
    let _ = writeln!(out, "DID NOT FIRE");
    for (hit, veto) in find_near_misses(syntax, &pack.triggers, &found.annotation.classes) {
        let trigger = pack.triggers.get(hit.trigger);
        let words: Vec<&str> = hit.matched.iter().map(|t| doc.form(*t)).collect();
        let kind = &shared.codebook.page(trigger.kind).id;
        let _ = writeln!(
            out,
            "  {:?} {kind} by {}: {}",
            words.join(" "),
            trigger.id,
            not_held(pack, trigger, veto)
        );
    }
    let _ = writeln!(out, "TOLD TWICE");
    for (earlier, later, features) in &lookout.pairs {
        let words = |draft: usize| found.drafts[draft].span(syntax).of(text);
        let score = shared.choices.same.score(features);
        let _ = writeln!(out, "  {:?} and {:?}: {score:.2}", words(*earlier), words(*later));
        reasons(&mut out, &shared.choices.same.reasons(features));
    }
    let _ = writeln!(out, "CLAIMS");
    for (span, issue, features) in &lookout.claims {
        let belief = crate::code::claim_belief::belief(&shared.choices, features);
        let _ = writeln!(out, "  {:?} {issue}: belief {belief:.2}, of which:", span.of(text));
        reasons(&mut out, &shared.choices.claim.reasons(features));
    }
    for claim in &found.claims {
        let _ =
            writeln!(out, "  {:?} {} {:?} by {}", claim.span.of(text), claim.issue, claim.stance, claim.rule);
    }
    let _ = writeln!(out, "LINKS");
    for link in &found.links {
        let _ =
            writeln!(out, "  e{} {} e{} by {}", link.from + 1, link.relation.name(), link.to + 1, link.rule);
    }
    out
}

/// The condition that keeps a trigger from firing, in words.
fn not_held(pack: &LanguagePack, trigger: &Trigger, veto: Veto) -> String {
    let list = |set| pack.classes.names(set).collect::<Vec<_>>().join(", ");
    match veto {
        Veto::PartOfSpeech => "the word has another part of speech here".to_owned(),
        Veto::NotIn => "a phrase of not_in covers it".to_owned(),
        Veto::Unless(number) => format!("pattern {} of unless holds", number + 1),
        Veto::Subject => format!("no subject is of {}", list(trigger.subject)),
        Veto::Object => format!("no object is of {}", list(trigger.object)),
        Veto::SubjectUnless => format!("a subject is of {}", list(trigger.subject_unless)),
        Veto::ObjectUnless => format!("an object is of {}", list(trigger.object_unless)),
    }
}

fn reasons(out: &mut String, reasons: &[(String, f32)]) {
    for (feature, weight) in reasons.iter().take(5) {
        let _ = writeln!(out, "      {weight:>+6.2} {feature}");
    }
}
