//! Figures: which record a number of people belongs to, and as what. Each keeps who says so.
//!
//! A number that is an argument of an action counts for that action. Casualties go to the fight, shooting or dispersal
//! where they fell: the nearest such action of the sentence, else the last one told.

use doleance_actors::{QuantityKind, QuantityMention};
use doleance_packs::NumberRole;
use doleance_text::Span;
use doleance_text::ud::Upos;

use crate::code::draft::Draft;
use crate::coded::Workings;

/// A number of people, for one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundFigure {
    /// The figure, or the lower end.
    pub low: Option<u64>,
    /// The upper end.
    pub high: Option<u64>,
    /// The words.
    pub span: Span,
    /// Who says so.
    pub said_by: Option<Span>,
}

/// All figures of one record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Taking part; jobs lost.
    pub size: Vec<FoundFigure>,
    /// Deaths.
    pub killed: Vec<FoundFigure>,
    /// Injuries.
    pub injured: Vec<FoundFigure>,
    /// Arrests.
    pub arrested: Vec<FoundFigure>,
}

impl Figures {
    fn list(&mut self, role: NumberRole) -> Option<&mut Vec<FoundFigure>> {
        match role {
            NumberRole::Size => Some(&mut self.size),
            NumberRole::Killed => Some(&mut self.killed),
            NumberRole::Injured => Some(&mut self.injured),
            NumberRole::Arrested => Some(&mut self.arrested),
            NumberRole::None => None,
        }
    }

    fn add(&mut self, role: NumberRole, quantity: &QuantityMention) {
        let Some(list) = self.list(role) else { return };
        if !list.iter().any(|f| f.span == quantity.span) {
            list.push(FoundFigure {
                low: quantity.low,
                high: quantity.high,
                span: quantity.span,
                said_by: quantity.said_by,
            });
        }
    }
}

/// The figures of every outline.
pub fn assign(workings: &Workings) -> Vec<Figures> {
    let mut figures = vec![Figures::default(); workings.outlines.len()];
    for quantity in &workings.annotation.quantities {
        // A number that counts one place alone is told with that place.
        if quantity.number.is_some() && workings.outlines.iter().any(|o| o.part == quantity.number) {
            continue;
        }
        let Some((draft, role)) = place(workings, quantity) else { continue };
        for (outline, own) in workings.outlines.iter().zip(&mut figures) {
            if outline.drafts.contains(&draft) && outline.part.is_none() {
                own.add(role, quantity);
            }
        }
    }
    for (outline, own) in workings.outlines.iter().zip(&mut figures) {
        let Some(number) = outline.part.map(|n| &workings.annotation.numbers[n]) else { continue };
        let role = workings.shared.codebook.page(outline.kind).counted();
        if let (Some(list), Some((low, high))) = (own.list(role), number.figure()) {
            list.push(FoundFigure { low: Some(low), high, span: number.span, said_by: None });
        }
    }
    figures
}

/// The draft that a quantity belongs to, among those that became records.
fn place(workings: &Workings, quantity: &QuantityMention) -> Option<(usize, NumberRole)> {
    let kept = |d: &usize| workings.outlines.iter().any(|o| o.drafts.contains(d));
    let drafts: Vec<usize> = (0..workings.drafts.len()).filter(kept).collect();
    if let Some(found) = drafts.iter().find_map(|&d| as_argument(workings, d, quantity).map(|role| (d, role)))
    {
        return Some(found);
    }
    let role = match quantity.kind {
        QuantityKind::Killed => NumberRole::Killed,
        QuantityKind::Injured => NumberRole::Injured,
        QuantityKind::Arrested => NumberRole::Arrested,
        QuantityKind::People | QuantityKind::Jobs | QuantityKind::Unknown => {
            return by_sentence(workings, &drafts, quantity);
        }
    };
    let takes = |d: &&usize| {
        let page = workings.shared.codebook.page(workings.drafts[**d].kind);
        if role == NumberRole::Arrested { page.object_number == role } else { page.casualties }
    };
    nearest(workings, drafts.iter().filter(takes).copied(), quantity, u32::MAX).map(|d| (d, role))
}

/// What a quantity that is an argument of the draft counts for it.
fn as_argument(workings: &Workings, number: usize, quantity: &QuantityMention) -> Option<NumberRole> {
    let doc = &workings.annotation.document;
    let actors = &workings.annotation.actors;
    let draft = &workings.drafts[number];
    if doc.sentence_at(quantity.span.start) != Some(draft.sentence) {
        return None;
    }
    let page = workings.shared.codebook.page(draft.kind);
    let is = |t: &doleance_text::TokenId| {
        *t == quantity.head || (quantity.of.is_some() && actors.at(*t) == quantity.of)
    };
    let counted = match quantity.kind {
        QuantityKind::Killed => Some(NumberRole::Killed),
        QuantityKind::Injured => Some(NumberRole::Injured),
        QuantityKind::Arrested => Some(NumberRole::Arrested),
        QuantityKind::Jobs => Some(NumberRole::Size),
        QuantityKind::People | QuantityKind::Unknown => None,
    };
    let role = if quantity.span.contains_offset(doc.token(draft.head).span.start) {
        // "six arrests": the trigger itself is counted. "They were 300 outside the town hall": it is the count.
        if doc.upos(draft.head) == Upos::Num { page.subject_number } else { page.object_number }
    } else if draft.arguments.object.iter().any(is) {
        page.object_number
    } else if draft.arguments.subject.iter().any(is) || draft.arguments.complement.iter().any(is) {
        page.subject_number
    } else {
        return None;
    };
    match (role, counted) {
        (NumberRole::None, _) => None,
        (role, Some(counted)) if role != counted => None,
        (role, _) => Some(role),
    }
}

/// A bare number of people counts for the collective action of its sentence; jobs for the cuts told last.
fn by_sentence(
    workings: &Workings,
    drafts: &[usize],
    quantity: &QuantityMention,
) -> Option<(usize, NumberRole)> {
    let page = |d: usize| workings.shared.codebook.page(workings.drafts[d].kind);
    match quantity.kind {
        QuantityKind::Jobs => {
            let cuts = drafts.iter().copied().filter(|&d| page(d).object_number == NumberRole::Size);
            nearest(workings, cuts, quantity, 1).map(|d| (d, NumberRole::Size))
        }
        QuantityKind::People
            if quantity.of.is_some_and(|of| is_crowd(workings, of)) || quantity.said_by.is_some() =>
        {
            let crowds = drafts
                .iter()
                .copied()
                .filter(|&d| page(d).collective && page(d).subject_number == NumberRole::Size);
            nearest(workings, crowds, quantity, 1).map(|d| (d, NumberRole::Size))
        }
        _ => None,
    }
}

/// Whether an actor mention is of people who protest, rather than of people at large.
fn is_crowd(workings: &Workings, actor: usize) -> bool {
    let classes = workings.annotation.actors.mentions[actor].classes;
    workings.pack.classes.find("protesters").is_some_and(|c| classes.meets(c))
}

/// The nearest draft of the quantity's sentence, else the last one told at most `back` sentences before it.
fn nearest(
    workings: &Workings,
    drafts: impl Iterator<Item = usize>,
    quantity: &QuantityMention,
    back: u32,
) -> Option<usize> {
    let doc = &workings.annotation.document;
    let sentence = doc.sentence_at(quantity.span.start)?;
    let distance = |draft: &Draft| draft.head.0.abs_diff(quantity.head.0);
    drafts
        .filter(|&d| {
            workings.drafts[d].sentence <= sentence && sentence.0 - workings.drafts[d].sentence.0 <= back
        })
        .min_by_key(|&d| {
            let draft = &workings.drafts[d];
            (sentence.0 - draft.sentence.0, distance(draft))
        })
}
