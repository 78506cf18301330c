//! Actions in a relative clause of place: *Lyon, where dockers struck*.

use doleance_text::ud::Upos;
use doleance_text::{Span, TokenId};

use super::{PlaceOption, Stage};
use crate::code::draft::Draft;

/// The place that a relative word takes up for an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TakenUp {
    /// Number of the option.
    pub(super) option: usize,
    /// Whether the others of its list are meant as well: *in Ceres and Robertson, where …*, but not *in Ceres, in Paarl and
    /// in Robertson, where …*.
    pub(super) with_list: bool,
    /// The relative word: what stands behind it in the clause may say more closely where.
    pub(super) relative: TokenId,
}

/// The place before the relative word of an action's clause. One that only says where another is gives way to that one:
/// *Basra, a port in southern Iraq, where …*.
pub(super) fn taken_up(stage: &Stage, draft: &Draft) -> Option<TakenUp> {
    let doc = stage.syntax.document;
    let relative = relative_of(stage, draft)?;
    let end = doc.token(relative).span.start;
    let is_place = |p: &PlaceOption| {
        p.sentence == draft.sentence && p.location && !p.implied && !p.dateline && p.span.end <= end
    };
    let nearest =
        stage.places.iter().enumerate().filter(|(_, p)| is_place(p)).max_by_key(|(_, p)| p.span.end);
    let (mut option, place) = nearest?;
    let mut between = doc.tokens_in(Span::new(place.span.end, end)).map(TokenId).peekable();
    let members = stage.places.iter().filter(|p| is_place(p) && p.list == place.list).count();
    let with_list = between.peek().is_none() || members <= PAIR;
    if !between.all(|t| doc.upos(t) == Upos::Punct) {
        return None;
    }
    let before =
        stage.places.iter().enumerate().filter(|(_, p)| is_place(p) && p.span.end <= place.span.start);
    if let Some((described, _)) =
        before.max_by_key(|(_, p)| p.span.end).filter(|(_, p)| is_described(stage, p, place))
    {
        option = described;
    }
    Some(TakenUp { option, with_list, relative })
}

/// A list of so many places is taken up as a whole.
const PAIR: usize = 2;

/// The relative word of place in the clause of an action.
fn relative_of(stage: &Stage, draft: &Draft) -> Option<TokenId> {
    let syntax = stage.syntax;
    let doc = syntax.document;
    let words = &syntax.grammar.relative_places;
    let bearers = [Some(draft.head), draft.arguments.predicate, doc.head(draft.head)];
    bearers.into_iter().flatten().find_map(|bearer| {
        doc.children(bearer).iter().copied().find(|&c| {
            c < draft.head && doc.has_feature(c, "PronType", "Rel") && words.holds(doc, syntax.words, c)
        })
    })
}

/// Whether a later place only belongs to a noun that says what an earlier one is.
fn is_described(stage: &Stage, earlier: &PlaceOption, later: &PlaceOption) -> bool {
    let syntax = stage.syntax;
    let doc = syntax.document;
    let mut between = doc.tokens_in(Span::new(earlier.span.end, later.span.start)).map(TokenId);
    let starts = between.next().is_some_and(|t| doc.upos(t) == Upos::Punct);
    let mut named = false;
    starts
        && between.all(|t| {
            named |= syntax.grammar.place_nouns.holds(doc, syntax.words, t);
            !matches!(doc.upos(t), Upos::Verb | Upos::Aux | Upos::Cconj | Upos::Punct | Upos::Propn)
                || doc.form(t) == "-"
        })
        && named
}
