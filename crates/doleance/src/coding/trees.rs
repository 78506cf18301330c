//! Trees made elsewhere, laid over a report's own text.
//!
//! CoNLL-U gives words and not where they stand. Each word must follow the one before in the report's text with
//! nothing but white space between; otherwise the trees belong to another text.

use doleance_text::{Document, DocumentBuilder, Span, TokenId};

/// The first word that does not follow in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// Its number among the surface words of the trees, from 1.
    pub word: usize,
    /// Where the text goes on instead, in bytes.
    pub at: usize,
}

/// One document with the trees of `documents`, in order, over `text`.
pub fn lay_over(text: &str, documents: &[Document]) -> Result<Document, Misfit> {
    let mut builder = DocumentBuilder::new(text.to_owned());
    let mut place = Placement { text, at: 0, word: 0 };
    for document in documents {
        copy(document, &mut builder, &mut place)?;
    }
    match place.rest() {
        "" => Ok(builder.finish()),
        _ => Err(Misfit { word: place.word + 1, at: place.at }),
    }
}

struct Placement<'a> {
    text: &'a str,
    at: usize,
    word: usize,
}

impl<'a> Placement<'a> {
    fn rest(&self) -> &'a str {
        self.text[self.at..].trim_start_matches(is_between_words)
    }

    fn next(&mut self, form: &str) -> Result<Span, Misfit> {
        self.word += 1;
        let start = self.text.len() - self.rest().len();
        if form.is_empty() || !self.text[start..].starts_with(form) {
            return Err(Misfit { word: self.word, at: start });
        }
        self.at = start + form.len();
        // Reports are at most 512 MiB, so offsets fit.
        Ok(Span::new(start as u32, self.at as u32))
    }
}

/// White space, and what parsers drop: marks without width.
fn is_between_words(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{2060}' | '\u{AD}')
}

fn copy(document: &Document, builder: &mut DocumentBuilder, place: &mut Placement<'_>) -> Result<(), Misfit> {
    let before = builder.tokens().len() as u32;
    let mut multiword = document.multiword_tokens().iter().peekable();
    for sentence in document.sentences() {
        let mut word = sentence.words.start;
        while word < sentence.words.end {
            while multiword.next_if(|token| token.words.start < word).is_some() {}
            let range = multiword.next_if(|token| token.words.start == word);
            let words = range.map_or(word..word + 1, |token| token.words.start..token.words.end);
            let surface = range.map_or(document.token(TokenId(word)).span, |token| token.span);
            let span = place.next(surface.of(document.text()))?;
            for id in words.clone().map(TokenId) {
                let mut token = *document.token(id);
                token.span = span;
                token.form = builder.intern(document.strings().get(token.form));
                token.lemma = builder.intern(document.strings().get(token.lemma));
                token.features = builder.intern(document.strings().get(token.features));
                token.relation = builder.intern(document.strings().get(token.relation));
                token.head = token.head.map(|head| TokenId(head.0 + before));
                builder.push_token(token);
            }
            if range.is_some() {
                builder.push_multiword(span, TokenId(before + words.start));
            }
            word = words.end.max(word + 1);
        }
        builder.end_sentence();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREES: &str = "# sent_id = 1\n# text = La fin du conflit.\n\
        1\tLa\tle\tDET\t_\t_\t2\tdet\t_\t_\n2\tfin\tfin\tNOUN\t_\t_\t0\troot\t_\t_\n3-4\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n\
        3\tde\tde\tADP\t_\t_\t5\tcase\t_\t_\n4\tle\tle\tDET\t_\t_\t5\tdet\t_\t_\n\
        5\tconflit\tconflit\tNOUN\t_\t_\t2\tnmod\t_\tSpaceAfter=No\n6\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_\n\n\
        1\tTous\ttout\tPRON\t_\t_\t2\tnsubj\t_\t_\n2\treprennent\treprendre\tVERB\t_\t_\t0\troot\t_\t_\n\n";

    #[test]
    fn words_take_their_places_in_the_report() {
        let text = "  La fin\n\ndu conflit. Tous  reprennent\n";
        let document = lay_over(text, &doleance_syntax::conllu::read(TREES).unwrap()).unwrap();
        let words: Vec<_> = document.tokens().iter().map(|token| token.span.of(text)).collect();
        assert_eq!(words, ["La", "fin", "du", "du", "conflit", ".", "Tous", "reprennent"]);
        assert_eq!(document.head(TokenId(6)), Some(TokenId(7)));
        assert_eq!(document.sentences().len(), 2);
        assert_eq!(document.multiword_tokens()[0].words, 2..4);
    }

    #[test]
    fn trees_of_another_text_are_refused_at_the_word() {
        let documents = doleance_syntax::conllu::read(TREES).unwrap();
        assert_eq!(lay_over("La fin de la grève", &documents).unwrap_err(), Misfit { word: 3, at: 7 });
        assert_eq!(lay_over("La fin du conflit. Tous reprennent tôt", &documents).unwrap_err().word, 8);
    }
}
