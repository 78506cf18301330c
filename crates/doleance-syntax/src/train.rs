//! Training: treebanks and a language's settings in, a model file out, the same bytes each time.
//!
//! Nothing is random but the order of sentences, which comes from a fixed seed. Tags that the parser learns from are
//! jackknifed: each fold of the treebank is tagged by a tagger that has not seen it.

use doleance_text::{Document, DocumentBuilder, TokenId, ud};
use hashbrown::{HashMap, HashSet};

use crate::model::{Section, SyntaxModel, assemble, freeze_bundles};
use crate::settings::{Settings, Writing};
use crate::words::Sentence;

mod parsing;
mod segmenting;
mod tagging;
mod vocabulary;

use vocabulary::Vocabulary;

/// Choices that trade size and time of training for accuracy.
#[derive(Clone, Debug)]
pub struct Options {
    /// Passes over the treebank for the tagger.
    pub tagger_epochs: usize,
    /// Taggers of parts of speech whose weights are added up.
    pub taggers: usize,
    /// Passes over the treebank for the parser.
    pub parser_epochs: usize,
    /// Passes for the taggers of the jackknife.
    pub jackknife_epochs: usize,
    /// Score by which the right move must lead the best wrong one.
    pub margin: i32,
    /// Parsers whose weights are added up.
    pub parsers: usize,
    /// Folds of the jackknife.
    pub folds: usize,
    /// Most features kept for the moves.
    pub most_moves: usize,
    /// Most features kept for the relations.
    pub most_relations: usize,
    /// Most features kept for the parts of speech.
    pub most_upos: usize,
    /// Most features kept for each of the tagger's other classifiers.
    pub most_tags: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            tagger_epochs: 8,
            taggers: 7,
            parser_epochs: 8,
            jackknife_epochs: 4,
            margin: 10,
            parsers: 6,
            folds: 4,
            most_moves: 600_000,
            most_relations: 140_000,
            most_upos: 140_000,
            most_tags: 90_000,
        }
    }
}

/// One line of a morphological lexicon: a form with the parts of speech it can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconEntry {
    /// The form in lower case.
    pub form: String,
    /// A class of ambiguity: what the form can be, in any notation.
    pub class: String,
}

/// Trains a model. `report` is told what is being done, in English.
///
/// Deterministic: the same treebanks, lexicon, settings and options give the same bytes.
pub fn train(
    treebanks: &[Document],
    lexicon: &[LexiconEntry],
    settings: &Settings,
    options: &Options,
    mut report: impl FnMut(&str),
) -> Vec<u8> {
    let documents: Vec<Document> = treebanks.iter().map(|d| harmonised(d, settings)).collect();
    let vocabulary = Vocabulary::new(&documents);
    let mut sections: [Vec<u8>; Section::COUNT] = std::array::from_fn(|_| Vec::new());
    let mut put = |section: Section, bytes: Vec<u8>| sections[section as usize] = bytes;
    put(Section::Writing, Writing::new(settings).freeze());
    put(Section::BundleNames, freeze_bundles(&vocabulary.bundles, &vocabulary.bundle_parts));
    put(Section::RelationNames, vocabulary.freeze_relations());
    put(Section::Scripts, vocabulary.freeze_scripts());
    let (forms, classes) = vocabulary::freeze_lexicon(lexicon);
    put(Section::Lexicon, forms);
    put(Section::LexicalClasses, classes);
    tagging::placeholders(&mut put);
    parsing::placeholders(&mut put);
    segmenting::placeholders(&mut put);

    report("tokens and sentences");
    let empty = open(&sections);
    let learned = segmenting::train(&documents, settings, &empty);
    for (section, bytes) in learned {
        sections[section as usize] = bytes;
    }
    let empty = open(&sections);
    let gold = vocabulary.sentences(&documents, &empty);
    let everything: Vec<usize> = (0..gold.len()).collect();

    let mut tagged: Vec<Sentence> = gold.iter().map(|g| g.sentence.clone()).collect();
    report("taggers without a fold each");
    let retagged = side_by_side(options.folds, |fold| {
        let (inside, outside): (Vec<usize>, Vec<usize>) =
            everything.iter().partition(|&&i| i / 10 % options.folds != fold);
        let mut sections = sections.clone();
        for (section, bytes) in
            tagging::train(&gold, &inside, &vocabulary, options, options.jackknife_epochs, 1)
        {
            sections[section as usize] = bytes;
        }
        let model = open(&sections);
        let retagged = outside.into_iter().map(|i| (i, tagging::retag(&model, &gold[i])));
        retagged.collect::<Vec<_>>()
    });
    for (i, sentence) in retagged.into_iter().flatten() {
        tagged[i] = sentence;
    }
    report("tagger");
    for (section, bytes) in
        tagging::train(&gold, &everything, &vocabulary, options, options.tagger_epochs, options.taggers)
    {
        sections[section as usize] = bytes;
    }
    report("parser");
    for (section, bytes) in parsing::train(&gold, &tagged, &vocabulary, settings, options, &mut report) {
        sections[section as usize] = bytes;
    }
    assemble(&sections)
}

/// The results of independent trainings, each on a thread of its own, in their order.
fn side_by_side<T: Send>(count: usize, learn: impl Fn(usize) -> T + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let learn = &learn;
        let threads: Vec<_> = (0..count).map(|number| scope.spawn(move || learn(number))).collect();
        // A training that panics is a defect of ours: the panic goes on in the caller.
        let joined = threads.into_iter().map(|t| t.join().unwrap_or_else(|p| std::panic::resume_unwind(p)));
        joined.collect()
    })
}

fn open(sections: &[Vec<u8>; Section::COUNT]) -> SyntaxModel {
    // The sections were laid out by this crate a moment ago.
    SyntaxModel::from_bytes(assemble(sections)).expect("a model just assembled opens")
}

/// A copy with features and relations made alike.
pub(crate) fn harmonised(document: &Document, settings: &Settings) -> Document {
    let dropped: HashSet<&str> = settings.harmonise.drop_features.iter().map(String::as_str).collect();
    let renamed: HashMap<&str, &str> =
        settings.harmonise.rename_relations.iter().filter_map(|r| r.split_once('=')).collect();
    let mut builder = DocumentBuilder::new(document.text().to_owned());
    let mut multiword = document.multiword_tokens().iter().peekable();
    for sentence in document.sentences() {
        for word in sentence.words.clone() {
            let mut token = *document.token(TokenId(word));
            let get = |symbol| document.strings().get(symbol);
            let features: Vec<&str> = get(token.features)
                .split('|')
                .filter(|pair| !pair.split('=').next().is_some_and(|name| dropped.contains(name)))
                .collect();
            let relation = get(token.relation);
            token.form = builder.intern(get(token.form));
            token.lemma = builder.intern(get(token.lemma));
            token.features = builder.intern(&features.join("|"));
            token.relation = builder.intern(renamed.get(relation).copied().unwrap_or(relation));
            if token.head.is_none() {
                token.relation = ud::ROOT;
            }
            builder.push_token(token);
            if let Some(token) = multiword.next_if(|m| m.words.end == word + 1) {
                builder.push_multiword(token.span, TokenId(token.words.start));
            }
        }
        builder.end_sentence();
    }
    builder.finish()
}
