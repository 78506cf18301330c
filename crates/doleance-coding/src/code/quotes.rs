//! What stands between quotation marks.

use std::ops::Range;

use doleance_text::{Document, SentenceId, TokenId};

/// Words in quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The words between the marks, as token numbers.
    pub words: Range<u32>,
    /// Whether the closing mark stands in the same sentence; otherwise the quotation runs to the sentence's end.
    pub closed: bool,
}

/// The quotations of a sentence, in text order, by the marks that open and close them.
pub fn quotations(doc: &Document, sentence: SentenceId, open: &[String], close: &[String]) -> Vec<Quotation> {
    let is = |token: TokenId, marks: &[String]| marks.iter().any(|m| m == doc.form(token));
    let mut found = Vec::new();
    let mut start: Option<u32> = None;
    for token in doc.words(sentence) {
        match start {
            Some(first) if is(token, close) => {
                found.push(Quotation { words: first..token.0, closed: true });
                start = None;
            }
            None if is(token, open) && !is_glued(doc, token) => start = Some(token.0 + 1),
            _ => {}
        }
    }
    let end = doc.sentence(sentence).words.end;
    found.extend(start.map(|first| Quotation { words: first..end, closed: false }));
    found
}

/// Whether a mark stands right behind a letter, as the apostrophe of *workers'* does: it opens nothing.
fn is_glued(doc: &Document, mark: TokenId) -> bool {
    doc.text()[..doc.token(mark).span.start as usize].ends_with(char::is_alphanumeric)
}
