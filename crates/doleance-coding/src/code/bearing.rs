//! What a place tells beside where something was: whose people or body it describes, where they come from, what something is
//! shared with, which branch of a firm is meant.

use doleance_actors::RoleId;
use doleance_places::{PlaceMention, PlaceMentionKind};
use doleance_records::PlaceLevel;
use doleance_text::ud::Upos;
use doleance_text::{Span, TokenId};

use crate::annotate::Annotation;
use crate::code::arguments::Syntax;
use crate::code::settle::Described;

/// The people or body that a place describes.
pub(super) fn described(
    syntax: Syntax,
    annotation: &Annotation,
    is_authority: &dyn Fn(RoleId) -> bool,
    mention: &PlaceMention,
) -> Option<Described> {
    let doc = syntax.document;
    // "commandos in Kismayo": where they are may well be where it happened.
    let modifies = |&t: &TokenId| match doc.universal_relation(t) {
        "nmod" => syntax.has_case(t, &syntax.grammar.complement_markers),
        relation => matches!(relation, "amod" | "compound" | "flat"),
    };
    let above = || {
        std::iter::once(mention.head)
            .chain(doc.ancestors(mention.head))
            .take(DESCRIPTION_DEPTH)
            .take_while(modifies)
            .filter_map(|t| doc.head(t))
    };
    // "selon la préfecture de la Loire": an office, though nothing says that its people act.
    if mention.rule == "place.office" {
        return above().next().map(|head| Described { head, is_authority: true });
    }
    let (head, actor) = above().find_map(|t| annotation.actors.mention_at(t).map(|m| (t, m)))?;
    Some(Described { head, is_authority: is_authority(actor.role) })
}

/// How many nouns may stand between a place and those whom it describes.
const DESCRIPTION_DEPTH: usize = 3;

/// Whether a word acts or is acted on, rather than say where: *Moscow denied*, *denied by Moscow*, not *in Moscow*.
pub(super) fn acts(syntax: Syntax, head: TokenId, is_building: bool) -> bool {
    let doc = syntax.document;
    let relation = doc.universal_relation(head);
    doc.strings().get(doc.relation(head)) == "obl:agent"
        // A seat that is stormed or fenced in is the building.
        || relation == "nsubj"
        || matches!(relation, "obj" | "iobj") && !is_building
        || syntax.is_source(head)
}

/// Whether people or things only come from a place: *a worker from Bihar*, *né à Oujda*, *farmers from Punjab and
/// Haryana*. Nothing is told to happen there.
pub(super) fn is_origin(syntax: Syntax, place: TokenId) -> bool {
    let doc = syntax.document;
    let grammar = syntax.grammar;
    // What is true of the first of a list is true of all.
    let first = std::iter::once(place)
        .chain(doc.ancestors(place))
        .find(|&t| doc.universal_relation(t) != "conj")
        .unwrap_or(place);
    let Some(above) = doc.head(first) else { return false };
    let listed = first == place || doc.children_by(place, "case").next().is_none();
    let comes = doc.upos(above).is_nominal() && listed && syntax.has_case(first, &grammar.origin_markers);
    let arrives = grammar.coming_words.holds(doc, syntax.words, above)
        && syntax.has_case(first, &grammar.coming_markers);
    comes
        || arrives
        || grammar.origin_words.holds(doc, syntax.words, above)
        || is_nested_in_origin(syntax, first)
}

/// *speakers from disputes in Eastbourne*, *people from as far away as Windsor*: what they come from lies there.
pub(super) fn is_nested_in_origin(syntax: Syntax, place: TokenId) -> bool {
    let doc = syntax.document;
    let describes = |&t: &TokenId| doc.upos(t).is_nominal() || doc.upos(t) == Upos::Adv;
    doc.ancestors(place).take(3).take_while(describes).any(|t| {
        syntax.has_case(t, &syntax.grammar.origin_markers)
            && doc.head(t).is_some_and(|above| doc.upos(above).is_nominal())
    })
}

/// Whether a country is what something is shared with or turned against (*its border with Colombia*, *a pact with China*).
pub(super) fn is_counterpart(syntax: Syntax, place: TokenId) -> bool {
    [&syntax.grammar.with_markers, &syntax.grammar.against_markers]
        .iter()
        .any(|set| syntax.has_case(place, set))
}

/// Whether a country ends the name of a firm or body, and no more: *Goodyear France*, *Greenpeace India*.
pub(super) fn names_branch(annotation: &Annotation, mention: &PlaceMention) -> bool {
    let doc = &annotation.document;
    let is_country = mention.resolved.as_ref().is_some_and(|p| p.level == PlaceLevel::Country);
    let named = mention.kind == PlaceMentionKind::Name && is_country;
    let Some(first) = doc.tokens_in(mention.span).next().filter(|_| named) else { return false };
    let Some(before) = first.checked_sub(1).map(TokenId) else { return false };
    let (own, span) = (mention.span.of(doc.text()), doc.token(before).span);
    let follows = doc.text().get(span.end as usize..mention.span.start as usize) == Some(" ");
    let is_time = || annotation.times.mentions.iter().any(|t| t.span.overlaps(span));
    let is_place = || annotation.places.mentions.iter().any(|p| p.span.overlaps(span));
    let in_capitals = own.chars().all(|c| !c.is_lowercase());
    follows
        && !in_capitals
        && doc.upos(before) == Upos::Propn
        && doc.form(before).chars().next().is_some_and(char::is_uppercase)
        && !is_time()
        && !is_place()
}

/// Whether a name only says whose people they are, or where somebody has their seat: *U.S. agents*, *Geneva-based*. The
/// *Liverpool dockers* are in Liverpool.
pub(super) fn is_attributive(
    syntax: Syntax,
    annotation: &Annotation,
    kind: PlaceMentionKind,
    level: PlaceLevel,
    head: TokenId,
    span: Span,
) -> bool {
    let doc = syntax.document;
    if doc.text().get(span.end as usize..).is_some_and(|rest| rest.starts_with('-')) {
        return true;
    }
    let modifies = matches!(doc.universal_relation(head), "compound" | "amod");
    // "the district commissioner", "the county court".
    let told_again =
        kind == PlaceMentionKind::Relative && matches!(level, PlaceLevel::Admin1 | PlaceLevel::Admin2);
    (level == PlaceLevel::Country || told_again)
        && modifies
        && doc.head(head).is_some_and(|noun| {
            doc.token(noun).span.start >= span.end && !annotation.classes[noun.index()].is_empty()
        })
}
