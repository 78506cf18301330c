//! What the words of a trigger phrase themselves say of its status: *refused to resign*, *called for a shutdown*.

use doleance_records::Status;
use doleance_text::TokenId;

use super::{Scope, StatusCue, StatusCues, StatusReading};
use crate::code::arguments::{Syntax, is_verb};

impl StatusCues {
    /// Whether a phrase's own verb says that its action has begun, whatever is wanted of it: who "wants to prolong the
    /// strike" is on strike. A call to go on with one stays a call.
    pub fn presupposes(&self, syntax: Syntax, head: TokenId, matched: &[TokenId], status: Status) -> bool {
        let open = matches!(
            status,
            Status::Planned | Status::Hypothetical | Status::Threatened | Status::Refused | Status::Attempted
        );
        let nouns = matched.iter().filter(|&&t| t != head && syntax.document.upos(t).is_nominal());
        let shields = |cue: &StatusCue| cue.effect == Status::Happened && cue.negated.is_none();
        open && is_verb(syntax.document, head)
            && nouns
                .copied()
                .any(|noun| self.find(syntax, head, noun, Scope::Complement).is_some_and(shields))
    }

    /// The status that a phrase's own words give it: *refused to resign* is a resignation, refused.
    pub fn refusal_inside(&self, syntax: Syntax, words: std::ops::Range<u32>) -> Option<StatusReading> {
        self.cue_inside(syntax, words, Status::Refused)
    }

    /// So *called for a shutdown* is a strike that is called for.
    pub fn call_inside(&self, syntax: Syntax, words: std::ops::Range<u32>) -> Option<StatusReading> {
        self.cue_inside(syntax, words, Status::CalledFor)
    }

    fn cue_inside(
        &self,
        syntax: Syntax,
        words: std::ops::Range<u32>,
        effect: Status,
    ) -> Option<StatusReading> {
        let doc = syntax.document;
        let content = |t: &TokenId| is_verb(doc, *t) || doc.upos(*t).is_nominal();
        let last = words.clone().map(TokenId).rfind(content)?;
        words.clone().map(TokenId).filter(|t| *t < last).find_map(|cue| {
            let found = self.find(syntax, cue, last, Scope::Complement)?;
            (found.effect == effect).then(|| StatusReading::new(found.effect, &found.id, cue))
        })
    }
}
