//! How far a mention stands from an action, in the tree and in the text.

use doleance_text::TokenId;

use crate::code::arguments::{Syntax, is_verb};

/// What lies between an action and a mention of the same sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nearness {
    /// Edges of the tree between the two.
    pub edges: u32,
    /// Clause boundaries among them.
    pub clauses: u32,
    /// Other actions on the way.
    pub actions: u32,
    /// Verbs among what lies between, other than the action and its predicate.
    pub verbs: u32,
    /// The mention depends on the action or on its predicate.
    pub below: bool,
    /// The mention comes first.
    pub before: bool,
    /// Words between them.
    pub words: u32,
}

/// Measures the way from `action` (or its `predicate`, whichever is nearer) to `mention`; `is_action` tells the heads of
/// other actions.
pub fn measure(
    syntax: Syntax,
    action: TokenId,
    predicate: Option<TokenId>,
    mention: TokenId,
    is_action: &[bool],
) -> Nearness {
    let direct = way(syntax, action, mention, is_action);
    match predicate.filter(|&p| p != action) {
        Some(predicate) => {
            let through = way(syntax, predicate, mention, is_action);
            let own = u32::from(is_action[predicate.index()]);
            let through = Nearness {
                actions: through.actions + own,
                words: direct.words,
                before: direct.before,
                ..through
            };
            if (through.actions, through.edges) < (direct.actions, direct.edges) { through } else { direct }
        }
        None => direct,
    }
}

fn way(syntax: Syntax, action: TokenId, mention: TokenId, is_action: &[bool]) -> Nearness {
    let doc = syntax.document;
    let above: Vec<TokenId> = std::iter::once(action).chain(doc.ancestors(action)).collect();
    let mut edges = 0;
    let mut clauses = 0;
    let mut actions = 0;
    let mut verbs = 0;
    let mut at = mention;
    let mut meeting = None;
    for _ in 0..doc.sentence(doc.sentence_of(mention)).words.len() {
        if let Some(depth) = above.iter().position(|&t| t == at) {
            meeting = Some(depth);
            break;
        }
        if at != mention && is_action[at.index()] {
            actions += 1;
        }
        verbs += u32::from(at != mention && is_verb(syntax.document, at));
        clauses += u32::from(is_clause(syntax, at));
        edges += 1;
        match doc.head(at) {
            Some(head) => at = head,
            None => break,
        }
    }
    let depth = meeting.unwrap_or(above.len());
    for &token in &above[..depth] {
        edges += 1;
        clauses += u32::from(is_clause(syntax, token));
        if token != action && is_action[token.index()] {
            actions += 1;
        }
        verbs += u32::from(token != action && is_verb(syntax.document, token));
    }
    if let Some(&top) = above.get(depth) {
        if top != action && top != mention && is_action[top.index()] {
            actions += 1;
        }
        verbs += u32::from(top != action && is_verb(syntax.document, top));
    }
    Nearness {
        edges,
        clauses,
        actions,
        verbs,
        below: depth == 0,
        before: mention < action,
        words: action.0.abs_diff(mention.0),
    }
}

/// Whether a word heads a clause of its own within the sentence.
fn is_clause(syntax: Syntax, token: TokenId) -> bool {
    let doc = syntax.document;
    match doc.universal_relation(token) {
        "ccomp" | "advcl" | "parataxis" | "csubj" => true,
        "acl" | "conj" => is_verb(doc, token),
        _ => false,
    }
}
