//! Who *we* are: those for whom the speaker of a quotation speaks.

use doleance_packs::{ClassSet, DocumentWords};
use doleance_text::ud::Upos;
use doleance_text::{Document, SentenceId, TokenId};

use crate::code::arguments::is_verb;
use crate::code::quotes::quotations;
use crate::grammar::WordSet;

/// The words that the reading looks up.
pub struct Quoting<'a> {
    /// *we*, *on*.
    pub pronouns: &'a WordSet,
    /// Marks that open a quotation.
    pub open: &'a [String],
    /// Marks that close one.
    pub close: &'a [String],
}

/// Gives every *we* that does something the classes of who says it; `unnamed` where the sentence does not tell.
///
/// « S'ils viennent, on coupe l'autoroute », menace un délégué: the delegate's people would cut it.
pub fn class_speakers(
    document: &Document,
    words: &DocumentWords,
    quoting: &Quoting,
    unnamed: ClassSet,
    classes: &mut [ClassSet],
) {
    for sentence in (0..document.sentences().len() as u32).map(SentenceId) {
        let is_we = |t: TokenId| {
            quoting.pronouns.holds(document, words, t)
                && document.upos(t) == Upos::Pron
                && document.universal_relation(t) == "nsubj"
        };
        let found: Vec<TokenId> = document.words(sentence).filter(|&t| is_we(t)).collect();
        if found.is_empty() {
            continue;
        }
        let quotes = quotations(document, sentence, quoting.open, quoting.close);
        for pronoun in found {
            let quote = quotes.iter().find(|q| q.words.contains(&pronoun.0));
            let speaker = quote.and_then(|quote| {
                let outside = document.words(sentence).filter(|t| !quote.words.contains(&t.0));
                let mut subjects = outside.filter(|&t| {
                    document.upos(t).is_nominal() && document.upos(t) != Upos::Pron && speaks(document, t)
                });
                subjects.next()
            });
            // A person's classes stand with the name or with what is put beside it.
            let of_speaker = speaker.map_or(ClassSet::NONE, |t| {
                let beside = document
                    .children(t)
                    .iter()
                    .filter(|&&c| matches!(document.universal_relation(c), "appos" | "flat" | "compound"));
                beside.fold(classes[t.index()], |set, c| set.join(classes[c.index()]))
            });
            let own = if of_speaker.is_empty() { unnamed } else { of_speaker };
            classes[pronoun.index()] = classes[pronoun.index()].join(own);
        }
    }
}

/// Whether a noun is who says something: the subject of a verb, or, where a tree took the subject behind it for one
/// (*annonce le préfet*), the object of a verb that stands beside what is said and has no subject.
fn speaks(document: &Document, noun: TokenId) -> bool {
    let Some(verb) = document.head(noun).filter(|&verb| is_verb(document, verb)) else { return false };
    match document.universal_relation(noun) {
        "nsubj" => true,
        "obj" => {
            document.universal_relation(verb) == "parataxis"
                && document.children_by(verb, "nsubj").next().is_none()
        }
        _ => false,
    }
}
