//! What an action came to: deaths in a sentence that also tells the shooting or clash where they fell are no killing of
//! their own. The number of the dead then goes to that action, as any number of casualties does.

use doleance_packs::Codebook;
use doleance_records::{Stance, Status};
use doleance_text::{Document, TokenId};

use crate::code::claims::FoundClaim;
use crate::code::draft::{Draft, of_sentence};
use crate::code::settle::{Chosen, Setting, Source, Stage};

/// Takes back the belief in drafts whose kind `falls_in` that of another draft of the sentence, where neither place nor
/// time that the two say differs.
pub fn take_in(stage: &Stage, drafts: &[Draft], settings: &[Setting], beliefs: &mut [f32], threshold: f32) {
    let told = |draft: usize, beliefs: &[f32]| {
        beliefs[draft] >= threshold && drafts[draft].status.status == Status::Happened
    };
    for outcome in 0..drafts.len() {
        let takers = &stage.codebook.page(drafts[outcome].kind).falls_in;
        if takers.is_empty() || !told(outcome, beliefs) {
            continue;
        }
        let taken = of_sentence(drafts, outcome).any(|action| {
            takers.contains(&stage.codebook.page(drafts[action].kind).id)
                && told(action, beliefs)
                && !is_circumstance(stage, &drafts[outcome], &drafts[action])
                && agree(stage, &settings[outcome], &settings[action])
        });
        if taken {
            beliefs[outcome] = -1.0;
        }
    }
}

/// Takes back the belief in what is demanded, which is a claim and no action: *they demand the release of the prisoners*.
/// What was done on a day gone by of its own, and what is threatened, is no demand: *that it honour the 2011 agreement*.
pub fn take_back_demands(
    stage: &Stage,
    drafts: &[Draft],
    settings: &[Setting],
    claims: &[FoundClaim],
    beliefs: &mut [f32],
) {
    for ((draft, setting), belief) in drafts.iter().zip(settings).zip(beliefs) {
        let span = draft.span(stage.syntax);
        let demanded = |c: &FoundClaim| c.stance == Stance::For && c.span.contains(span);
        let asked = !stage.codebook.page(draft.kind).collective
            && draft.status.status != Status::Threatened
            && claims.iter().any(demanded);
        if asked && !has_gone_by(stage, draft, setting) {
            *belief = -1.0;
        }
    }
}

/// Whether a day before the report is said of an action itself: *révoqué la semaine dernière*.
fn has_gone_by(stage: &Stage, draft: &Draft, setting: &Setting) -> bool {
    let document = stage.syntax.document;
    let Some(chosen) = setting.times.first() else { return false };
    let time = &stage.times[chosen.option];
    let mut way =
        std::iter::once(time.head).chain(document.ancestors(time.head)).take_while(|&t| t != draft.head);
    let own = time.mention.is_some()
        && document.dominates(draft.head, time.head)
        && way.all(|word| document.universal_relation(word) != "conj");
    let day = time.end.or(time.start);
    draft.status.status == Status::Happened
        && own
        && day.zip(stage.published).is_some_and(|(day, today)| day < today)
}

/// Takes back the belief in drafts whose object is the means of a kind that they yield to: *guardsmen fired tear gas*, not
/// *fired live rounds and tear gas*.
pub fn yield_to_means(
    document: &Document,
    codebook: &Codebook,
    drafts: &[Draft],
    beliefs: &mut [f32],
    threshold: f32,
) {
    for number in 0..drafts.len() {
        let kinds = &codebook.page(drafts[number].kind).yields_to;
        let object = &drafts[number].arguments.object;
        let mut words = drafts[number].words.clone().map(TokenId);
        let own_means = words.any(|t| document.universal_relation(t) == "obj");
        let yields = !kinds.is_empty()
            && !own_means
            && of_sentence(drafts, number).any(|means| {
                beliefs[means] >= threshold
                    && kinds.contains(&codebook.page(drafts[means].kind).id)
                    && object.iter().any(|t| drafts[means].words.contains(&t.0))
            });
        if yields {
            beliefs[number] = -1.0;
        }
    }
}

/// Takes back the belief in drafts that only name those who act (*the strikers marched*), where the report tells the action
/// itself elsewhere: who they are is no further strike.
pub fn take_in_participants(
    codebook: &Codebook,
    drafts: &[Draft],
    beliefs: &mut [f32],
    threshold: f32,
    names_people: &dyn Fn(&Draft) -> bool,
) {
    let parent = |draft: &Draft| codebook.page(draft.kind).parent.as_str();
    for participants in 0..drafts.len() {
        let own = &drafts[participants];
        let told = |number: usize, action: &Draft| {
            beliefs[number] >= threshold && parent(action) == parent(own) && !names_people(action)
        };
        if names_people(own) && drafts.iter().enumerate().any(|(number, action)| told(number, action)) {
            beliefs[participants] = -1.0;
        }
    }
}

/// *Riots broke out after the death of a protester*: what stands under *after* or *since* came before. In *after riots that
/// left 59 dead* the riots themselves do.
fn is_circumstance(stage: &Stage, outcome: &Draft, action: &Draft) -> bool {
    let syntax = stage.syntax;
    let markers = &syntax.grammar.circumstance_markers;
    std::iter::once(outcome.head)
        .chain(syntax.document.ancestors(outcome.head))
        .take_while(|&t| t != action.head)
        .any(|t| syntax.has_case(t, markers))
}

/// Whether two actions may be of one place and time: what either leaves unsaid does not part them.
fn agree(stage: &Stage, outcome: &Setting, action: &Setting) -> bool {
    let said = |chosen: &[Chosen]| chosen.first().filter(|c| c.source == Source::Sentence).map(|c| c.option);
    let place = said(&outcome.places)
        .zip(said(&action.places))
        .is_none_or(|(a, b)| stage.places[a].id == stage.places[b].id);
    let time = said(&outcome.times).zip(said(&action.times)).is_none_or(|(a, b)| {
        let (a, b) = (&stage.times[a], &stage.times[b]);
        a.start <= b.end && b.start <= a.end
    });
    place && time
}
