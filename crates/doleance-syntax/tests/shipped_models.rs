//! The shipped models on texts segmented by hand, and laws that hold on any text.

use doleance_syntax::{SyntaxModel, conllu};
use doleance_text::{Document, Span, TokenId, ud::Upos};
use proptest::prelude::*;

static FRENCH: &[u8] = include_bytes!("../../../data/languages/fr/syntax.model");
static ENGLISH: &[u8] = include_bytes!("../../../data/languages/en/syntax.model");
const FRENCH_TESTS: &str = include_str!("../../../data/languages/fr/segmentation-tests.txt");
const ENGLISH_TESTS: &str = include_str!("../../../data/languages/en/segmentation-tests.txt");

fn french() -> SyntaxModel {
    SyntaxModel::from_bytes(FRENCH).expect("the shipped model opens")
}

fn english() -> SyntaxModel {
    SyntaxModel::from_bytes(ENGLISH).expect("the shipped model opens")
}

/// Surface tokens by sentence.
fn segmented(document: &Document) -> Vec<Vec<String>> {
    let sentences = document.sentences().iter();
    sentences
        .map(|sentence| {
            let mut spans: Vec<Span> =
                sentence.words.clone().map(|w| document.token(TokenId(w)).span).collect();
            spans.dedup();
            spans.iter().map(|span| span.of(document.text()).replace(char::is_whitespace, " ")).collect()
        })
        .collect()
}

/// The raw text and the surface tokens by sentence of a marked line.
fn marked(line: &str) -> (String, Vec<Vec<String>>) {
    let raw = line.replace(['¦', '‖'], "").replace('␣', " ").replace('↵', "\n");
    let sentences = line.split('‖').map(|sentence| {
        let tokens = sentence.split([' ', '\u{a0}', '¦', '↵']).filter(|token| !token.is_empty());
        // Within a word cut at a line end the break is part of the token.
        tokens.map(|token| token.replace('␣', " ")).collect::<Vec<_>>()
    });
    (raw, sentences.collect())
}

/// The lines that come out otherwise than marked, and the number of lines.
fn failures(model: &SyntaxModel, tests: &str) -> (Vec<String>, usize) {
    let lines: Vec<&str> = tests.lines().filter(|l| !l.starts_with("# ") && !l.is_empty()).collect();
    let mut failed = Vec::new();
    for line in &lines {
        let (raw, mut expected) = marked(line);
        let found = segmented(&model.annotate(&raw));
        if line.contains("-↵") {
            // "mani-↵festation" is one token with the break inside.
            expected.iter_mut().for_each(join_cut_words);
        }
        if found != expected {
            failed.push(format!("{line}\n    {found:?}"));
        }
    }
    (failed, lines.len())
}

fn join_cut_words(tokens: &mut Vec<String>) {
    while let Some(at) = tokens.iter().position(|t| t.len() > 1 && t.ends_with('-')) {
        let rest = tokens.remove(at + 1);
        tokens[at] = format!("{} {rest}", tokens[at]);
    }
}

fn hold(model: &SyntaxModel, tests: &str, least: f64) {
    let (failed, count) = failures(model, tests);
    let share = 1.0 - failed.len() as f64 / count as f64;
    println!("{} of {count} lines as marked\n{}", count - failed.len(), failed.join("\n"));
    assert!(share >= least, "only {share:.3} of the lines are segmented as marked:\n{}", failed.join("\n"));
}

#[test]
fn french_news_is_segmented_as_marked() {
    hold(&french(), FRENCH_TESTS, 0.95);
}

#[test]
fn english_news_is_segmented_as_marked() {
    hold(&english(), ENGLISH_TESTS, 0.95);
}

#[test]
fn inclusive_spelling_is_one_noun_with_the_masculine_lemma() {
    let model = french();
    for (text, form, lemma) in [
        ("Les manifestant.e.s ont bloqué la route.", "manifestant.e.s", "manifestant"),
        ("Les étudiant·es ont bloqué la route.", "étudiant·es", "étudiant"),
        ("Les travailleurs-travailleuses ont bloqué la route.", "travailleurs-travailleuses", "travailleur"),
    ] {
        let document = model.annotate(text);
        let id = document.token_ids().find(|&t| document.form(t) == form).expect(text);
        assert_eq!(document.lemma(id), lemma);
        assert_eq!(document.upos(id), Upos::Noun);
    }
}

#[test]
fn a_contraction_is_one_token_of_two_words() {
    let document = french().annotate("Le piquet du port tient.");
    let token = &document.multiword_tokens()[0];
    let forms: Vec<&str> = token.words.clone().map(|w| document.form(TokenId(w))).collect();
    assert_eq!((token.span.of(document.text()), forms), ("du", vec!["de", "le"]));
    let document = english().annotate("They didn't strike.");
    let token = &document.multiword_tokens()[0];
    let forms: Vec<&str> = token.words.clone().map(|w| document.form(TokenId(w))).collect();
    assert_eq!((token.span.of(document.text()), forms), ("didn't", vec!["did", "n't"]));
}

#[test]
fn a_possessive_has_its_mark_apart_and_a_plain_plural_is_whole() {
    let forms = |text: &str| {
        let document = english().annotate(text);
        let words = 0..document.tokens().len() as u32;
        words.map(|w| document.form(TokenId(w)).to_owned()).collect::<Vec<_>>()
    };
    let found = forms("The dockers' union met.");
    assert_eq!(found, ["The", "dockers", "'", "union", "met", "."]);
    let found = forms("The drivers said its workers left.");
    assert_eq!(found, ["The", "drivers", "said", "its", "workers", "left", "."]);
}

#[test]
fn a_plain_clause_has_its_subject_and_object() {
    for (model, text, subject, verb, object) in [
        (french(), "Les grévistes bloquent le port.", "gréviste", "bloquer", "port"),
        (english(), "The strikers blocked the port.", "striker", "block", "port"),
    ] {
        let document = model.annotate(text);
        let root = document.token_ids().find(|&t| document.head(t).is_none()).expect("a root");
        assert_eq!(document.lemma(root), verb);
        let lemmas = |relation| -> Vec<&str> {
            document.children_by(root, relation).map(|t| document.lemma(t)).collect()
        };
        assert_eq!(lemmas("nsubj"), [subject]);
        assert_eq!(lemmas("obj"), [object]);
    }
}

/// A parser that never goes back takes the participle for the verb of the sentence.
#[test]
fn a_participle_that_looks_like_the_main_verb_is_taken_back() {
    for (model, text, verb, participle) in [
        (
            english(),
            "Nurses employed by private clinics joined the strike called by doctors.",
            "join",
            "employ",
        ),
        (french(), "Les chauffeurs réclamant une hausse ont garé leurs camions.", "garer", "réclamer"),
    ] {
        let document = model.annotate(text);
        let root = document.token_ids().find(|&t| document.head(t).is_none()).expect("a root");
        assert_eq!(document.lemma(root), verb);
        let subject = document.children_by(root, "nsubj").next().expect("a subject");
        let below: Vec<&str> = document.children_by(subject, "acl").map(|t| document.lemma(t)).collect();
        assert_eq!(below, [participle]);
    }
}

#[test]
fn a_sentence_without_end_is_read_in_linear_time() {
    let document = french().annotate(&"grève et ".repeat(10_000));
    assert_eq!(document.tokens().len(), 20_000);
    let longest = document.sentences().iter().map(|s| s.words.len()).max();
    assert!(longest.is_some_and(|words| words <= 400));
}

#[test]
fn damaged_models_are_refused_or_read_without_panic() {
    assert!(SyntaxModel::from_bytes(&b"nonsense"[..]).is_err());
    assert!(SyntaxModel::from_bytes(&FRENCH[..FRENCH.len() / 2]).is_err());
    for step in (200..FRENCH.len()).step_by(FRENCH.len() / 23) {
        let mut bytes = FRENCH.to_vec();
        bytes[step..].iter_mut().step_by(977).for_each(|b| *b = b.wrapping_add(101));
        if let Ok(model) = SyntaxModel::from_bytes(bytes) {
            assert!(!model.annotate("Les grévistes du port bloquent l'accès.").tokens().is_empty());
        }
    }
}

/// Spans lie on character boundaries, in order; only white space and characters without width stay outside.
fn check_laws(model: &SyntaxModel, text: &str) {
    let document = model.annotate(text);
    assert_eq!(document.text(), text);
    let mut at = 0usize;
    for sentence in document.sentences() {
        for (i, word) in sentence.words.clone().enumerate() {
            let token = document.token(TokenId(word));
            let shared = i > 0 && document.token(TokenId(word - 1)).span == token.span;
            assert!(!token.span.is_empty() && sentence.span.contains(token.span));
            if !shared {
                let gap = text.get(at..token.span.start as usize).expect("a character boundary");
                assert!(gap.chars().all(|c| !c.is_alphanumeric()), "{gap:?}");
            }
            at = token.span.end as usize;
            assert!(text.is_char_boundary(at));
            assert!(token.head.is_none_or(|h| sentence.words.contains(&h.0)));
            assert!(!document.form(TokenId(word)).is_empty());
        }
        let roots = sentence.words.clone().filter(|&w| document.head(TokenId(w)).is_none()).count();
        assert_eq!(roots, 1);
    }
    assert!(text[at..].chars().all(|c| !c.is_alphanumeric()));
    let mut written = String::new();
    conllu::write(&document, &mut written).expect("strings take all");
    let read = conllu::read(&written).expect("what was written can be read");
    assert_eq!(read.iter().map(|d| d.tokens().len()).sum::<usize>(), document.tokens().len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_text_keeps_the_laws(text in "\\PC{0,80}") {
        check_laws(&french(), &text);
        check_laws(&english(), &text);
    }

    #[test]
    fn any_mixture_of_news_and_noise_keeps_the_laws(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "Grève", "l'", "l’", "usine", "manifestant.e.s", "travailleurs-travailleuses", "12", "000", "3,5", "%",
                "17h30", "C.G.T.", "a@b.fr", "#grève", "http://x.org/a?b", " ", " ", " ", "\n", "\n\n", "- ", "«", "»",
                "\"", ".", "…", "...", "?", "!", "(", ")", "-", "—", "\u{a0}", "\u{202f}", "\u{ad}", "\u{200b}", "du",
                "des", "don't", "cannot", "U.S.", "é\u{301}", "𝄞", "\t", "\r\n", "\u{0}", "Ça", "штурм", "中",
            ]),
            0..40,
        )
    ) {
        let text = pieces.concat();
        check_laws(&french(), &text);
        check_laws(&english(), &text);
    }
}
