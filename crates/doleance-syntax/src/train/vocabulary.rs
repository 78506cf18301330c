//! The names that a model knows: feature bundles, relations, lemma scripts, lexical classes.

use doleance_text::{Document, TokenId};
use hashbrown::HashMap;

use super::LexiconEntry;
use crate::annotate::Forms;
use crate::bytes::put_strings;
use crate::dictionary::freeze_compact;
use crate::hash::hash_bytes;
use crate::lemma::script_for;
use crate::linear::MOST_CLASSES;
use crate::model::{SyntaxModel, lexicon_key};
use crate::segment::analysed_form;
use crate::words::Sentence;

/// Names by number and numbers by name, the most frequent first.
pub(crate) struct Vocabulary {
    pub bundles: Vec<String>,
    /// For each bundle the parts of speech that it was seen with, as a bit set.
    pub bundle_parts: Vec<u32>,
    pub bundle_numbers: HashMap<String, u16>,
    pub relations: Vec<String>,
    pub relation_numbers: HashMap<String, u8>,
    pub scripts: Vec<String>,
    pub script_numbers: HashMap<String, u16>,
}

/// A sentence of a treebank with its gold annotation.
pub(crate) struct Gold {
    /// Views with gold parts of speech, bundles, heads and relations.
    pub sentence: Sentence,
    /// Forms as they are analysed.
    pub forms: Vec<String>,
    /// Numbers of lemma scripts.
    pub scripts: Vec<u16>,
}

/// Names counted and sorted, the most frequent first, of equals the lesser first.
fn by_frequency<'d>(names: impl Iterator<Item = &'d str>) -> Vec<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    names.for_each(|name| *counts.entry(name).or_default() += 1);
    let mut sorted: Vec<_> = counts.into_iter().collect();
    sorted.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    sorted.into_iter().map(|(name, _)| name.to_owned()).collect()
}

fn numbers<N: TryFrom<usize>>(names: &[String]) -> HashMap<String, N> {
    names.iter().enumerate().filter_map(|(i, name)| Some((name.clone(), N::try_from(i).ok()?))).collect()
}

impl Vocabulary {
    /// Collects the names of treebanks.
    pub(crate) fn new(documents: &[Document]) -> Self {
        let words = || documents.iter().flat_map(|d| d.token_ids().map(move |id| (d, id)));
        let features = |(d, id): (&'_ Document, TokenId)| d.strings().get(d.token(id).features).to_owned();
        let relation = |(d, id): (&'_ Document, TokenId)| d.strings().get(d.relation(id)).to_owned();
        let all_features: Vec<String> = words().map(features).collect();
        let all_relations: Vec<String> = words().map(relation).collect();
        let mut bundles = by_frequency(all_features.iter().map(String::as_str));
        bundles.truncate(MOST_CLASSES);
        let bundle_numbers: HashMap<String, u16> = numbers(&bundles);
        let mut bundle_parts = vec![0u32; bundles.len()];
        for ((d, id), features) in words().zip(&all_features) {
            if let Some(&number) = bundle_numbers.get(features) {
                bundle_parts[number as usize] |= 1 << d.upos(id) as u8;
            }
        }
        let mut relations = by_frequency(all_relations.iter().map(String::as_str));
        relations.truncate(64);
        let mut all_scripts = Vec::new();
        for (d, id) in words() {
            all_scripts.push(script_for(&plain_form(d.form(id)), d.lemma(id)));
        }
        let scripts = by_frequency(all_scripts.iter().map(String::as_str));
        Vocabulary {
            relation_numbers: numbers(&relations),
            script_numbers: numbers(&scripts),
            bundles,
            bundle_parts,
            bundle_numbers,
            relations,
            scripts,
        }
    }

    /// The relation names as a section.
    pub(crate) fn freeze_relations(&self) -> Vec<u8> {
        frozen(&self.relations)
    }

    /// The lemma scripts as a section.
    pub(crate) fn freeze_scripts(&self) -> Vec<u8> {
        frozen(&self.scripts)
    }

    /// The sentences of treebanks in the classifiers' terms. `model` gives the views.
    pub(crate) fn sentences(&self, documents: &[Document], model: &SyntaxModel) -> Vec<Gold> {
        let mut found = Vec::new();
        for document in documents {
            let mut forms = Forms::new(model, model.classifiers());
            for sentence in document.sentences() {
                let first = sentence.words.start;
                let count = sentence.words.len() as u32;
                let mut gold = Gold { sentence: Sentence::default(), forms: Vec::new(), scripts: Vec::new() };
                for id in sentence.words.clone().map(TokenId) {
                    let token = document.token(id);
                    let get = |symbol| document.strings().get(symbol);
                    gold.sentence.views.push(forms.view(token.form, get(token.form)));
                    gold.sentence.upos.push(token.upos as u8);
                    gold.sentence
                        .bundles
                        .push(self.bundle_numbers.get(get(token.features)).copied().unwrap_or(0));
                    gold.sentence.lemmas.push(hash_bytes(get(token.lemma).as_bytes()));
                    gold.sentence.heads.push(token.head.map_or(count, |head| head.0 - first));
                    gold.sentence
                        .relations
                        .push(self.relation_numbers.get(get(token.relation)).copied().unwrap_or(0));
                    let form = plain_form(get(token.form));
                    let script = script_for(&form, get(token.lemma));
                    gold.scripts.push(self.script_numbers.get(&script).copied().unwrap_or(0));
                    gold.forms.push(form);
                }
                gold.sentence.lower_headline();
                found.push(gold);
            }
        }
        found
    }
}

/// A treebank's form with straight apostrophes.
fn plain_form(form: &str) -> String {
    analysed_form(form, &crate::settings::Writing::default()).unwrap_or_else(|| form.to_owned())
}

fn frozen(names: &[String]) -> Vec<u8> {
    let mut out = Vec::new();
    put_strings(&mut out, names);
    out
}

/// A lexicon as sections: forms to numbers of classes, and the classes, the most frequent first.
pub(crate) fn freeze_lexicon(lexicon: &[LexiconEntry]) -> (Vec<u8>, Vec<u8>) {
    let classes = by_frequency(lexicon.iter().map(|entry| entry.class.as_str()));
    let class_numbers: HashMap<String, u16> = numbers(&classes);
    let mut entries: HashMap<u64, u16> = HashMap::new();
    for entry in lexicon {
        if let Some(&number) = class_numbers.get(&entry.class) {
            entries.insert(lexicon_key(&entry.form), number);
        }
    }
    (freeze_compact(entries.into_iter().collect()), frozen(&classes))
}
