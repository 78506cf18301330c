//! Documents without a model: words by white space and signs, everything hanging flat, no tags but the few given.

use doleance_text::ud::{self, Upos};
use doleance_text::{Document, DocumentBuilder, Span, Token};

/// Splits at white space and around signs; ends sentences at `.`, `!`, `?` before a blank and a capital.
pub fn document(text: &str) -> Document {
    let mut builder = DocumentBuilder::new(text.to_owned());
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut i = 0;
    while i < chars.len() {
        let (start, c) = chars[i];
        if c.is_whitespace() {
            i += 1;
            continue;
        }
        let mut j = i + 1;
        if c.is_alphanumeric() {
            while j < chars.len() && chars[j].1.is_alphanumeric() {
                j += 1;
            }
        }
        let end = chars.get(j).map_or(text.len(), |&(at, _)| at);
        let span = Span::new(start as u32, end as u32);
        let form = builder.intern_span(span);
        let upos = if c.is_ascii_digit() {
            Upos::Num
        } else if c.is_alphabetic() {
            Upos::X
        } else {
            Upos::Punct
        };
        builder.push_token(Token {
            span,
            form,
            lemma: form,
            features: ud::EMPTY,
            relation: ud::EMPTY,
            head: None,
            upos,
        });
        let next = chars.get(j + 1).map_or(' ', |&(_, c)| c);
        if matches!(c, '!' | '?')
            || c == '.' && chars.get(j).is_none_or(|&(_, c)| c.is_whitespace()) && next.is_uppercase()
        {
            builder.end_sentence();
        }
        i = j;
    }
    builder.finish()
}
