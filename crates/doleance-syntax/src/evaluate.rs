//! The metrics of the CoNLL 2018 shared task on parsing from raw text.
//!
//! Tokens, sentences and words are compared by the characters they cover, white space left out; words inside
//! multiword tokens are aligned by the longest common subsequence of their forms. As there, only universal relations
//! (without subtype) and the features of the shared task's list count.

use std::fmt;
use std::ops::Range;

use doleance_text::{Document, TokenId};

use crate::conllu::surface_tokens;

/// Features that count, as in the shared task.
const FEATURES: [&str; 21] = [
    "PronType", "NumType", "Poss", "Reflex", "Foreign", "Abbr", "Gender", "Animacy", "Number", "Case",
    "Definite", "Degree", "VerbForm", "Mood", "Tense", "Aspect", "Voice", "Evident", "Polarity", "Person",
    "Polite",
];

/// Counts behind one metric.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Units in the gold file.
    pub gold: usize,
    /// Units in the system's file.
    pub system: usize,
    /// Units that agree.
    pub correct: usize,
    /// Aligned words, for metrics over words.
    pub aligned: usize,
}

impl Score {
    /// Correct among the system's.
    pub fn precision(&self) -> f64 {
        ratio(self.correct, self.system)
    }

    /// Correct among gold.
    pub fn recall(&self) -> f64 {
        ratio(self.correct, self.gold)
    }

    /// Harmonic mean of the two.
    pub fn f1(&self) -> f64 {
        ratio(2 * self.correct, self.system + self.gold)
    }

    fn add(&mut self, other: Score) {
        self.gold += other.gold;
        self.system += other.system;
        self.correct += other.correct;
        self.aligned += other.aligned;
    }
}

fn ratio(a: usize, b: usize) -> f64 {
    if b == 0 { 0.0 } else { a as f64 / b as f64 }
}

/// All metrics of one comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Evaluation {
    pub tokens: Score,
    pub sentences: Score,
    pub words: Score,
    pub upos: Score,
    pub features: Score,
    pub lemmas: Score,
    pub uas: Score,
    pub las: Score,
}

/// Why two documents cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the texts differ after {same} characters without spaces: gold has “{gold}”, the system “{system}”")]
pub struct TextsDiffer {
    /// Characters that agree.
    pub same: usize,
    /// What follows in the gold text.
    pub gold: String,
    /// What follows in the system's text.
    pub system: String,
}

/// A word with the characters it covers, counted without white space.
struct Word {
    id: TokenId,
    characters: Range<usize>,
    in_multiword: bool,
    form: String,
}

struct Side<'d> {
    document: &'d Document,
    characters: Vec<char>,
    tokens: Vec<Range<usize>>,
    sentences: Vec<Range<usize>>,
    words: Vec<Word>,
}

impl<'d> Side<'d> {
    fn new(document: &'d Document) -> Self {
        let mut side = Side {
            document,
            characters: Vec::new(),
            tokens: Vec::new(),
            sentences: Vec::new(),
            words: Vec::new(),
        };
        for sentence in document.sentences() {
            let sentence_start = side.characters.len();
            for (span, words) in surface_tokens(document, sentence) {
                let start = side.characters.len();
                let several = words.len() > 1;
                let form =
                    if several { span.of(document.text()) } else { document.form(TokenId(words.start)) };
                side.characters.extend(form.chars().filter(|c| !c.is_whitespace()));
                let characters = start..side.characters.len();
                for id in words.map(TokenId) {
                    let form = document.form(id).to_lowercase();
                    let characters = characters.clone();
                    side.words.push(Word { id, characters, in_multiword: several, form });
                }
                side.tokens.push(characters);
            }
            side.sentences.push(sentence_start..side.characters.len());
        }
        side
    }
}

impl Evaluation {
    /// Compares a system's document with gold.
    ///
    /// # Errors
    /// [`TextsDiffer`] if the two are not the same text, white space apart.
    pub fn new(gold: &Document, system: &Document) -> Result<Self, TextsDiffer> {
        let (gold, system) = (Side::new(gold), Side::new(system));
        if gold.characters != system.characters {
            let same = gold.characters.iter().zip(&system.characters).take_while(|(a, b)| a == b).count();
            let rest = |side: &Side<'_>| side.characters[same..].iter().take(20).collect();
            return Err(TextsDiffer { same, gold: rest(&gold), system: rest(&system) });
        }
        let aligned = align(&gold.words, &system.words);
        let mut partner = vec![None; gold.words.len()];
        aligned.iter().for_each(|&(g, s)| partner[g] = Some(s));
        let word_score = |agrees: &dyn Fn(TokenId, TokenId) -> bool| Score {
            gold: gold.words.len(),
            system: system.words.len(),
            correct: aligned.iter().filter(|&&(g, s)| agrees(gold.words[g].id, system.words[s].id)).count(),
            aligned: aligned.len(),
        };
        let (g, s) = (gold.document, system.document);
        // Words are listed in document order, so a token's number is its place in the list.
        let same_head = |a: TokenId, b: TokenId| match (g.head(a), s.head(b)) {
            (None, None) => true,
            (Some(a), Some(b)) => partner.get(a.index()).copied().flatten() == Some(b.index()),
            _ => false,
        };
        let same_relation = |a, b| g.universal_relation(a) == s.universal_relation(b);
        let same_lemma = |a, b| g.lemma(a).is_empty() || g.lemma(a) == "_" || g.lemma(a) == s.lemma(b);
        Ok(Evaluation {
            tokens: ranges(&gold.tokens, &system.tokens),
            sentences: ranges(&gold.sentences, &system.sentences),
            words: word_score(&|_, _| true),
            upos: word_score(&|a, b| g.upos(a) == s.upos(b)),
            features: word_score(&|a, b| features(g, a) == features(s, b)),
            lemmas: word_score(&same_lemma),
            uas: word_score(&same_head),
            las: word_score(&|a, b| same_head(a, b) && same_relation(a, b)),
        })
    }

    /// Adds up another comparison.
    pub fn add(&mut self, other: &Evaluation) {
        self.tokens.add(other.tokens);
        self.sentences.add(other.sentences);
        self.words.add(other.words);
        self.upos.add(other.upos);
        self.features.add(other.features);
        self.lemmas.add(other.lemmas);
        self.uas.add(other.uas);
        self.las.add(other.las);
    }

    /// Names and scores in the order of the shared task's table.
    pub fn rows(&self) -> [(&'static str, Score); 8] {
        [
            ("Tokens", self.tokens),
            ("Sentences", self.sentences),
            ("Words", self.words),
            ("UPOS", self.upos),
            ("UFeats", self.features),
            ("Lemmas", self.lemmas),
            ("UAS", self.uas),
            ("LAS", self.las),
        ]
    }
}

impl fmt::Display for Evaluation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Metric     | Precision |    Recall |  F1 Score | AligndAcc")?;
        writeln!(f, "-----------+-----------+-----------+-----------+-----------")?;
        for (name, score) in self.rows() {
            write!(
                f,
                "{name:<11}|{:>10.2} |{:>10.2} |{:>10.2} |",
                100.0 * score.precision(),
                100.0 * score.recall(),
                100.0 * score.f1()
            )?;
            match score.aligned {
                0 => writeln!(f)?,
                aligned => writeln!(f, "{:>10.2}", 100.0 * ratio(score.correct, aligned))?,
            }
        }
        Ok(())
    }
}

/// The features of a word that count, sorted.
fn features(document: &Document, id: TokenId) -> Vec<&str> {
    let all = document.strings().get(document.token(id).features);
    let mut counted: Vec<&str> = all
        .split('|')
        .filter(|pair| pair.split('=').next().is_some_and(|name| FEATURES.contains(&name)))
        .collect();
    counted.sort_unstable();
    counted
}

/// Counts equal ranges in two ascending lists.
fn ranges(gold: &[Range<usize>], system: &[Range<usize>]) -> Score {
    let (mut g, mut s, mut correct) = (0, 0, 0);
    while g < gold.len() && s < system.len() {
        if gold[g] == system[s] {
            correct += 1;
        }
        match gold[g].start.cmp(&system[s].start) {
            std::cmp::Ordering::Less => g += 1,
            std::cmp::Ordering::Greater => s += 1,
            std::cmp::Ordering::Equal => {
                g += 1;
                s += 1;
            }
        }
    }
    Score { gold: gold.len(), system: system.len(), correct, aligned: 0 }
}

/// Aligns words: by their characters outside multiword tokens, by common subsequence of forms inside.
fn align(gold: &[Word], system: &[Word]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::with_capacity(gold.len());
    let (mut g, mut s) = (0, 0);
    while g < gold.len() && s < system.len() {
        if gold[g].in_multiword || system[s].in_multiword {
            let ((g_end, s_end), g_start, s_start) = multiword_stretch(gold, system, g, s);
            common_subsequence(&gold[g_start..g_end], &system[s_start..s_end], |a, b| {
                pairs.push((g_start + a, s_start + b));
            });
            (g, s) = (g_end, s_end);
        } else if gold[g].characters == system[s].characters {
            pairs.push((g, s));
            g += 1;
            s += 1;
        } else if gold[g].characters.start <= system[s].characters.start {
            g += 1;
        } else {
            s += 1;
        }
    }
    pairs
}

/// The words of both sides that share characters with a multiword token here.
fn multiword_stretch(
    gold: &[Word],
    system: &[Word],
    mut g: usize,
    mut s: usize,
) -> ((usize, usize), usize, usize) {
    let mut end = if gold[g].in_multiword { gold[g].characters.end } else { system[s].characters.end };
    if gold[g].in_multiword {
        if !system[s].in_multiword && system[s].characters.start < gold[g].characters.start {
            s += 1;
        }
    } else if gold[g].characters.start < system[s].characters.start {
        g += 1;
    }
    let (g_start, s_start) = (g, s);
    let beyond = |words: &[Word], at: usize, end: usize| {
        words
            .get(at)
            .is_none_or(|w| if w.in_multiword { w.characters.start >= end } else { w.characters.end > end })
    };
    while !beyond(gold, g, end) || !beyond(system, s, end) {
        let from_gold =
            g < gold.len() && system.get(s).is_none_or(|w| gold[g].characters.start <= w.characters.start);
        let word = if from_gold { &gold[g] } else { &system[s] };
        if word.in_multiword {
            end = end.max(word.characters.end);
        }
        if from_gold { g += 1 } else { s += 1 }
    }
    ((g, s), g_start, s_start)
}

fn common_subsequence(gold: &[Word], system: &[Word], mut found: impl FnMut(usize, usize)) {
    let (n, m) = (gold.len(), system.len());
    let mut length = vec![0usize; (n + 1) * (m + 1)];
    let at = |g: usize, s: usize| g * (m + 1) + s;
    for g in (0..n).rev() {
        for s in (0..m).rev() {
            length[at(g, s)] = if gold[g].form == system[s].form {
                1 + length[at(g + 1, s + 1)]
            } else {
                length[at(g + 1, s)].max(length[at(g, s + 1)])
            };
        }
    }
    let (mut g, mut s) = (0, 0);
    while g < n && s < m {
        if gold[g].form == system[s].form {
            found(g, s);
            g += 1;
            s += 1;
        } else if length[at(g, s)] == length[at(g + 1, s)] {
            g += 1;
        } else {
            s += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu;

    /// A sentence from rows of `form/lemma/upos/features/head/relation`; `a+b=` before the first word of a multiword
    /// token gives its surface and `+` marks the words after the first.
    fn document(sentences: &[&str]) -> Document {
        let mut text = String::new();
        for sentence in sentences {
            let words: Vec<&str> = sentence.split(' ').collect();
            for (i, word) in words.iter().enumerate() {
                let (surface, word) = word.split_once('=').map_or((None, *word), |(s, w)| (Some(s), w));
                let columns: Vec<&str> = word.trim_start_matches('+').split('/').collect();
                if let Some(surface) = surface {
                    let more = words[i + 1..].iter().take_while(|w| w.starts_with('+')).count();
                    text += &format!("{}-{}\t{surface}\t_\t_\t_\t_\t_\t_\t_\t_\n", i + 1, i + 1 + more);
                }
                let [form, lemma, upos, features, head, relation] = columns[..] else { panic!("{word}") };
                let features = features.replace(':', "=");
                let relation = relation.replace('.', ":");
                text +=
                    &format!("{}\t{form}\t{lemma}\t{upos}\t_\t{features}\t{head}\t{relation}\t_\t_\n", i + 1);
            }
            text.push('\n');
        }
        let mut documents = conllu::read(&text).expect("sound rows");
        documents.remove(0)
    }

    fn counts(score: Score) -> (usize, usize, usize) {
        (score.correct, score.gold, score.system)
    }

    const PORT: &str =
        "Grève/grève/NOUN/_/0/root du=de/de/ADP/_/4/case +le/le/DET/_/4/det port/port/NOUN/_/1/nmod";

    #[test]
    fn the_same_trees_agree_in_everything() {
        let gold = document(&[PORT]);
        let found = Evaluation::new(&gold, &gold).expect("one text");
        for (name, score) in found.rows() {
            assert!((score.f1() - 1.0).abs() < 1e-9, "{name}");
        }
        assert_eq!(counts(found.tokens), (3, 3, 3));
        assert_eq!(counts(found.words), (4, 4, 4));
    }

    #[test]
    fn a_multiword_token_left_whole_loses_its_words() {
        let gold = document(&[PORT]);
        let system = document(&["Grève/grève/NOUN/_/0/root du/du/ADP/_/3/case port/port/NOUN/_/1/nmod"]);
        let found = Evaluation::new(&gold, &system).expect("one text");
        // The surface tokens are the same; "du" is neither "de" nor "le".
        assert_eq!(counts(found.tokens), (3, 3, 3));
        assert_eq!(counts(found.words), (2, 4, 3));
        assert_eq!(counts(found.las), (2, 4, 3));
    }

    #[test]
    fn words_in_a_multiword_token_are_aligned_by_their_forms() {
        let gold = document(&["auxquels=à/à/ADP/_/2/case +lesquels/lequel/PRON/_/0/root"]);
        let system = document(&["auxquels=aux/aux/ADP/_/2/case +lesquels/lequel/PRON/_/0/root"]);
        let found = Evaluation::new(&gold, &system).expect("one text");
        assert_eq!(counts(found.words), (1, 2, 2));
        assert_eq!(counts(found.uas), (1, 2, 2));
    }

    #[test]
    fn subtypes_and_unlisted_features_do_not_count() {
        let gold = document(&["Ils/il/PRON/Number:Plur|Emph:No/2/nsubj.pass partent/partir/VERB/_/0/root"]);
        let system = document(&["Ils/eux/PRON/Number:Plur/2/nsubj partent/partir/VERB/Mood:Ind/0/root"]);
        let found = Evaluation::new(&gold, &system).expect("one text");
        assert_eq!(counts(found.las), (2, 2, 2));
        assert_eq!(counts(found.features), (1, 2, 2));
        assert_eq!(counts(found.lemmas), (1, 2, 2));
    }

    #[test]
    fn a_lemma_that_gold_leaves_open_is_right() {
        let gold = document(&["Non/_/INTJ/_/0/root"]);
        let system = document(&["Non/non/INTJ/_/0/root"]);
        assert_eq!(counts(Evaluation::new(&gold, &system).expect("one text").lemmas), (1, 1, 1));
    }

    #[test]
    fn a_sentence_cut_in_two_loses_the_sentence_and_the_root() {
        let gold = document(&["On/on/PRON/_/2/nsubj marche/marcher/VERB/_/0/root ./_/PUNCT/_/2/punct"]);
        let system = document(&["On/on/PRON/_/0/root", "marche/marcher/VERB/_/0/root ./_/PUNCT/_/1/punct"]);
        let found = Evaluation::new(&gold, &system).expect("one text");
        assert_eq!(counts(found.sentences), (0, 1, 2));
        assert_eq!(counts(found.tokens), (3, 3, 3));
        assert_eq!(counts(found.uas), (2, 3, 3));
    }

    #[test]
    fn tokens_cut_elsewhere_do_not_align() {
        let gold = document(&["aujourd'hui/aujourd'hui/ADV/_/0/root midi/midi/NOUN/_/1/nmod"]);
        let system =
            document(&["aujourd'/aujourd'/ADV/_/0/root hui/hui/ADV/_/1/advmod midi/midi/NOUN/_/1/nmod"]);
        let found = Evaluation::new(&gold, &system).expect("one text");
        assert_eq!(counts(found.words), (1, 2, 3));
        // The head of "midi" is not aligned: the arc is wrong.
        assert_eq!(counts(found.uas), (0, 2, 3));
    }

    #[test]
    fn other_texts_are_refused() {
        let error = Evaluation::new(&document(&["a/a/X/_/0/root"]), &document(&["b/b/X/_/0/root"]));
        assert_eq!(error.expect_err("two texts").same, 0);
    }
}
