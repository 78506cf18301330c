//! Training of the tokenizer, the contraction table and the sentence splitter on the texts of treebanks.

use doleance_text::{Document, Span, TokenId};
use hashbrown::{HashMap, HashSet};

use crate::annotate::{Forms, look};
use crate::conllu::surface_tokens;
use crate::contractions::{Contractions, contraction_features, is_cut};
use crate::hash::Random;
use crate::linear::{Perceptron, epoch_order, freeze_sum};
use crate::model::{Section, SyntaxModel};
use crate::segment::{Joints, Piece, Running, Seen, analysed_form, end_features, may_end};
use crate::settings::Settings;
use crate::words::lower_into;

const EPOCHS: usize = 8;

/// Tokenizers whose weights are added up, and the score by which they must be right in training.
const TOKENIZERS: usize = 9;
const TOKEN_MARGIN: i32 = 3;

/// Sentence splitters whose weights are added up.
const SPLITTERS: usize = 5;

/// Times that the sentences are strung together in another order, with some of them as headings.
const COPIES: usize = 2;

const MOST_FEATURES: usize = 60_000;

/// Score by which the end of a sentence must lead in training unless the language's settings say so, and by which the
/// lack of one must.
const END_MARGIN: i32 = 6;
const NO_END_MARGIN: i32 = 3;

/// A reading that is rarer than this among the occurrences of its word is taken for a slip.
const RAREST: f64 = 0.03;

/// The same for a contraction that no apostrophe shows. Web texts write *drivers* for *driver's* and *its* for *it's*, and
/// their treebanks part them; *du* and *cannot* are never rare.
const RAREST_UNMARKED: f64 = 0.25;

/// Times that such a contraction must have been met.
const LEAST_UNMARKED: usize = 4;

/// Empty classifiers, so that a model opens before it is trained.
pub(crate) fn placeholders(put: &mut impl FnMut(Section, Vec<u8>)) {
    put(Section::Contractions, Contractions::default().freeze());
    put(Section::Splits, Perceptron::new(2).freeze(0));
    put(Section::Ends, Perceptron::new(2).freeze(0));
    put(Section::Choices, Perceptron::new(1).freeze(0));
}

/// Trains on the documents' texts.
pub(crate) fn train(
    documents: &[Document],
    settings: &Settings,
    model: &SyntaxModel,
) -> Vec<(Section, Vec<u8>)> {
    let contractions = contraction_table(documents, model);
    let choices = train_choices(documents, model, &contractions);
    vec![
        (Section::Splits, train_splits(documents, model)),
        (Section::Ends, train_ends(documents, settings, model)),
        (Section::Contractions, contractions.freeze()),
        (Section::Choices, choices),
    ]
}

/// The surface tokens of a document in order, with the sentence's number.
fn surface(document: &Document) -> Vec<(Span, std::ops::Range<u32>, usize)> {
    let sentences = document.sentences().iter().enumerate();
    sentences
        .flat_map(|(i, s)| surface_tokens(document, s).into_iter().map(move |(span, words)| (span, words, i)))
        .collect()
}

fn train_splits(documents: &[Document], model: &SyntaxModel) -> Vec<u8> {
    let mut examples: Vec<(Vec<u64>, usize)> = Vec::new();
    for document in documents {
        let ends: HashSet<u32> = surface(document).into_iter().map(|(span, ..)| span.end).collect();
        let joints = Joints::new(document.text(), &model.writing, &model.classifiers().lexicon);
        let mut begin = 0;
        for i in 0..joints.atoms.len() {
            let is_end = ends.contains(&joints.atoms[i].end);
            if joints.is_candidate(i) {
                let mut features = Vec::new();
                joints.features(begin, i, &mut features);
                examples.push((features, usize::from(is_end)));
            }
            if is_end || joints.atoms[i].space_after {
                begin = i + 1;
            }
        }
    }
    learn_several(&examples, TOKENIZERS, |_| TOKEN_MARGIN)
}

/// Classifiers that met the examples in different orders, added up. `margin` is what the right answer must lead by.
fn learn_several(examples: &[(Vec<u64>, usize)], several: usize, margin: impl Fn(usize) -> i32) -> Vec<u8> {
    let mut scores = Vec::new();
    let mut learned = Vec::new();
    for number in 0..several {
        let mut perceptron = Perceptron::new(2);
        for epoch in 0..EPOCHS {
            for place in epoch_order(examples.len(), epoch + 1000 * number) {
                let (features, right) = &examples[place];
                perceptron.margin = margin(*right);
                perceptron.learn(features, *right, None, &mut scores);
            }
        }
        learned.push(perceptron);
    }
    freeze_sum(&learned, MOST_FEATURES)
}

/// Gold tokens as the splitter sees them.
fn seen(document: &Document, model: &SyntaxModel) -> Vec<Seen> {
    let mut forms = Forms::new(model, model.classifiers());
    let mut strings = doleance_text::Strings::new();
    let text = document.text();
    let tokens = surface(document);
    let mut found = Vec::with_capacity(tokens.len());
    for (i, (span, ..)) in tokens.iter().enumerate() {
        let surface = span.of(text);
        let next = tokens.get(i + 1).map_or(text.len(), |(next, ..)| next.start as usize);
        let gap = text.get(span.end as usize..next).unwrap_or(" ");
        let piece = Piece { span: *span, space_after: !gap.is_empty(), break_after: gap.contains('\n') };
        let view = forms.view(strings.intern(surface), surface);
        found.push(look(view, surface, &piece));
    }
    found
}

fn train_ends(documents: &[Document], settings: &Settings, model: &SyntaxModel) -> Vec<u8> {
    let mut examples: Vec<(Vec<u64>, usize)> = Vec::new();
    let mut sentences: Vec<Vec<Seen>> = Vec::new();
    for document in documents {
        let sentence_of: Vec<usize> = surface(document).into_iter().map(|(_, _, s)| s).collect();
        let seen = seen(document, model);
        let ends = |i: usize| sentence_of.get(i + 1).is_some_and(|&next| next != sentence_of[i]);
        end_examples(&seen, ends, &mut examples);
        let parts = sentence_of.chunk_by(|a, b| a == b);
        let mut first = 0;
        for part in parts {
            sentences.push(seen[first..first + part.len()].to_vec());
            first += part.len();
        }
    }
    let headings = settings.headings as usize;
    let copies = if headings == 0 { 0 } else { COPIES };
    let mut random = Random::new(7);
    for _ in 0..copies {
        random.shuffle(&mut sentences);
        let mut strung: Vec<Seen> = Vec::new();
        let mut ends: HashSet<usize> = HashSet::new();
        for sentence in &sentences {
            let stop = sentence.last().is_some_and(|token| token.last == '.' && token.first == '.');
            let kept = if stop && sentence.len() > 1 && random.below(headings) == 0 { 1 } else { 0 };
            strung.extend(&sentence[..sentence.len() - kept]);
            if let Some(last) = strung.last_mut() {
                (last.space_after, last.break_after) = (true, false);
            }
            ends.insert(strung.len() - 1);
        }
        end_examples(&strung, |i| ends.contains(&i), &mut examples);
    }
    // A missed end joins two sentences for good; an end too many costs less.
    let end_margin = settings.end_margin.unwrap_or(END_MARGIN);
    learn_several(&examples, SPLITTERS, |right| if right == 1 { end_margin } else { NO_END_MARGIN })
}

/// The places of a text where a sentence might end, and whether one does.
fn end_examples(seen: &[Seen], ends: impl Fn(usize) -> bool, examples: &mut Vec<(Vec<u64>, usize)>) {
    let mut running = Running::default();
    for i in 0..seen.len() {
        running.step(&seen[i]);
        if !seen[i].break_after && may_end(seen, i) {
            let mut features = Vec::new();
            end_features(seen, i, &running, &mut features);
            examples.push((features, usize::from(ends(i))));
        }
        if ends(i) {
            running = Running::default();
        }
    }
}

/// A surface token in lower case with the words it stands for, parted by spaces.
fn expansion(
    document: &Document,
    span: Span,
    words: &std::ops::Range<u32>,
    model: &SyntaxModel,
) -> (String, String) {
    let plain = |text: &str| {
        let mut lower = String::new();
        let analysed = analysed_form(text, &model.writing);
        lower_into(analysed.as_deref().unwrap_or(text), &mut lower);
        lower
    };
    let surface = plain(span.of(document.text()));
    if words.len() < 2 {
        return (surface, String::new());
    }
    let forms: Vec<String> = words.clone().map(|w| plain(document.form(TokenId(w)))).collect();
    (surface, forms.join(" "))
}

fn contraction_table(documents: &[Document], model: &SyntaxModel) -> Contractions {
    let mut seen: HashMap<String, HashMap<String, usize>> = HashMap::new();
    for document in documents {
        for (span, words, _) in surface(document) {
            let (surface, expansion) = expansion(document, span, &words, model);
            *seen.entry(surface).or_default().entry(expansion).or_default() += 1;
        }
    }
    let mut words: Vec<(String, Vec<(String, usize)>)> = seen
        .into_iter()
        .map(|(word, counts)| {
            let mut counts: Vec<_> = counts.into_iter().collect();
            counts.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
            (word, counts)
        })
        .collect();
    words.sort_unstable();
    let endings = endings(&words);
    let cut = |word: &str| endings.iter().find(|e| is_cut(word, e));
    let mut table = Contractions { expansions: vec![String::new()], ..Contractions::default() };
    for (word, counts) in &words {
        let total: usize = counts.iter().map(|c| c.1).sum();
        let marked = word.chars().any(|c| !c.is_alphabetic());
        let is_kept = |(expansion, count): &(String, usize)| {
            let doubtful = !marked && !expansion.is_empty();
            let share = *count as f64 / total as f64;
            share >= RAREST && !(doubtful && (share < RAREST_UNMARKED || *count < LEAST_UNMARKED))
        };
        let kept: Vec<&str> = counts.iter().filter(|c| is_kept(c)).map(|c| c.0.as_str()).collect();
        let by_ending = cut(word).map_or(String::new(), |e| format!("{} {e}", &word[..word.len() - e.len()]));
        if kept == [by_ending.as_str()] || kept.is_empty() {
            continue;
        }
        let mut options = Vec::new();
        for expansion in kept {
            let number = table.expansions.iter().position(|e| e == expansion).unwrap_or_else(|| {
                table.expansions.push(expansion.to_owned());
                table.expansions.len() - 1
            });
            if let Ok(number) = u8::try_from(number) {
                options.push(number);
            }
        }
        if !options.is_empty() {
            table.words.insert(word.clone(), options);
        }
    }
    table.endings = endings;
    table
}

/// Endings with a mark in them that are cut off nearly every word that has them.
fn endings(words: &[(String, Vec<(String, usize)>)]) -> Vec<String> {
    let mut candidates: HashMap<&str, usize> = HashMap::new();
    for (word, counts) in words {
        for (expansion, count) in counts {
            let Some((stem, ending)) = expansion.split_once(' ') else { continue };
            let marked = ending.chars().any(|c| !c.is_alphanumeric()) && !ending.contains(' ');
            if marked && word.strip_suffix(ending) == Some(stem) {
                *candidates.entry(ending).or_default() += count;
            }
        }
    }
    let mut found: Vec<String> = Vec::new();
    for (ending, cut) in candidates {
        let total: usize = words
            .iter()
            .filter(|(word, _)| is_cut(word, ending))
            .flat_map(|(_, counts)| counts.iter().map(|c| c.1))
            .sum();
        if cut >= 3 && cut * 10 >= total * 7 {
            found.push(ending.to_owned());
        }
    }
    found.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    found
}

fn train_choices(documents: &[Document], model: &SyntaxModel, table: &Contractions) -> Vec<u8> {
    let mut perceptron = Perceptron::new(table.expansions.len().min(255));
    let mut examples: Vec<(Vec<u64>, usize, Vec<usize>)> = Vec::new();
    for document in documents {
        let seen = seen(document, model);
        for (i, (span, words, _)) in surface(document).into_iter().enumerate() {
            let (surface, expansion) = expansion(document, span, &words, model);
            let options = table.options(&surface);
            let right = table.expansions.iter().position(|e| *e == expansion);
            if let Some(right) = right
                && options.len() > 1
                && options.contains(&(right as u8))
            {
                let mut features = Vec::new();
                contraction_features(&seen, i, &mut features);
                examples.push((features, right, options.iter().map(|&o| o as usize).collect()));
            }
        }
    }
    let mut scores = Vec::new();
    for epoch in 0..EPOCHS {
        for place in epoch_order(examples.len(), epoch) {
            let (features, right, options) = &examples[place];
            perceptron.learn(features, *right, Some(options), &mut scores);
        }
    }
    perceptron.freeze(MOST_FEATURES)
}
