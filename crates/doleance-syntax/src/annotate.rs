//! From raw text to trees: the stages of the engine in their order.

use doleance_text::ud::{self, Upos};
use doleance_text::{Document, DocumentBuilder, Span, Symbol, TokenId};
use hashbrown::HashMap;

use crate::conllu::bare_token;
use crate::contractions::{Expansion, contraction_features, with_capitals_of};
use crate::linear::argmax;
use crate::model::{Classifiers, SyntaxModel};
use crate::segment::{
    Joints, LONGEST_SENTENCE, Piece, Running, Seen, analysed_form, end_features, is_within_capitals, may_end,
    printed_form,
};
use crate::words::{Sentence, WordView, lower_into};
use crate::{parser, punctuation, tagger};

/// A word of a sentence whose parts of speech are decided and whose tree is not.
#[derive(Clone, Copy, Debug)]
pub struct Tagged<'s> {
    /// The word as it stands.
    pub form: &'s str,
    /// Its part of speech.
    pub upos: Upos,
    /// Its features, as in CoNLL-U.
    pub features: &'s str,
}

/// Another tag for a word.
#[derive(Clone, Copy, Debug)]
pub struct Retagged {
    /// Which word of the sentence, counted from 0.
    pub word: usize,
    /// Its part of speech.
    pub upos: Upos,
    /// Its features, as in CoNLL-U.
    pub features: &'static str,
}

impl SyntaxModel {
    /// Annotates a raw text: sentences, tokens, multiword tokens, parts of speech, features, lemmas, trees.
    ///
    /// Any text will do; an empty one gives a document without sentences. Spans are byte offsets into `text` as given.
    /// Time and space are linear in the length of the text.
    pub fn annotate(&self, text: &str) -> Document {
        self.annotate_with(text, &|_| Vec::new())
    }

    /// Annotates a raw text, where `correct` sees each sentence as it was tagged and may tag words otherwise before its
    /// tree is built. A bundle of features that the model does not know is left out with its word.
    pub fn annotate_with(&self, text: &str, correct: &dyn Fn(&[Tagged<'_>]) -> Vec<Retagged>) -> Document {
        let mut builder = DocumentBuilder::new(text.to_owned());
        let weights = self.classifiers();
        let mut forms = Forms::new(self, weights);
        self.segment(&weights, text, &mut builder, &mut forms);
        self.annotate_words(&weights, builder, &mut forms, correct)
    }

    /// Annotates anew the words of a document that is already segmented, as the gold tokens of a treebank are.
    pub fn annotate_segmented(&self, document: &Document) -> Document {
        let mut builder = DocumentBuilder::new(document.text().to_owned());
        let weights = self.classifiers();
        let mut forms = Forms::new(self, weights);
        let mut multiword = document.multiword_tokens().iter().peekable();
        for sentence in document.sentences() {
            for word in sentence.words.clone() {
                let id = TokenId(word);
                let form = builder.intern(document.form(id));
                builder.push_token(bare_token(document.token(id).span, form));
                if let Some(token) = multiword.next_if(|m| m.words.end == word + 1) {
                    builder.push_multiword(token.span, TokenId(token.words.start));
                }
            }
            builder.end_sentence();
        }
        self.annotate_words(&weights, builder, &mut forms, &|_| Vec::new())
    }

    fn annotate_words(
        &self,
        weights: &Classifiers<'_>,
        mut builder: DocumentBuilder,
        forms: &mut Forms<'_>,
        correct: &dyn Fn(&[Tagged<'_>]) -> Vec<Retagged>,
    ) -> Document {
        let sentences: Vec<_> = builder.sentences().iter().map(|s| s.words.clone()).collect();
        let root = self.relation_names.iter().position(|r| r == "root").unwrap_or(0) as u8;
        let (tokens, strings) = builder.tokens_mut();
        let bundles: Vec<Symbol> = self.bundle_names.iter().map(|name| strings.intern(name)).collect();
        let relations: Vec<Symbol> = self.relation_names.iter().map(|name| strings.intern(name)).collect();
        let mark = self.relation_names.iter().position(|r| r == "punct").map(|r| r as u8);
        let mut phrases = punctuation::Phrases::default();
        let mut sentence = Sentence::default();
        let mut tagging = tagger::Scratch::default();
        let mut parsing = parser::Scratch::default();
        let mut lemmas: HashMap<u64, (Symbol, u64), rustc_hash::FxBuildHasher> = HashMap::default();
        for words in sentences {
            let words = words.start as usize..words.end as usize;
            sentence.clear();
            for token in &tokens[words.clone()] {
                sentence.views.push(forms.view(token.form, strings.get(token.form)));
            }
            sentence.lower_headline();
            tagger::tag(self, weights, &mut sentence, &mut tagging);
            let words_as_tagged = tokens[words.clone()].iter().enumerate().map(|(i, token)| Tagged {
                form: strings.get(token.form),
                upos: Upos::ALL.get(sentence.upos[i] as usize).copied().unwrap_or_default(),
                features: self.bundle_names.get(sentence.bundles[i] as usize).map_or("", String::as_str),
            });
            for Retagged { word, upos, features } in correct(&words_as_tagged.collect::<Vec<_>>()) {
                let bundle = self.bundle_names.iter().position(|name| name == features);
                let part = Upos::ALL.iter().position(|&p| p == upos);
                if let (Some(bundle), Some(part), true) = (bundle, part, word < sentence.len()) {
                    sentence.upos[word] = part as u8;
                    sentence.bundles[word] = bundle as u16;
                }
            }
            for (i, token) in tokens[words.clone()].iter_mut().enumerate() {
                let key = u64::from(token.form.0) << 32
                    | u64::from(sentence.bundles[i]) << 8
                    | u64::from(sentence.upos[i]);
                let (lemma, hash) = *lemmas.entry(key).or_insert_with(|| {
                    let surface = strings.get(token.form);
                    let analysed = forms.analysed(token.form).unwrap_or(surface);
                    tagger::lemmatize(self, weights, &mut sentence, i, analysed, &mut tagging);
                    (strings.intern(&tagging.lemma), sentence.lemmas[i])
                });
                sentence.lemmas[i] = hash;
                token.lemma = lemma;
                token.upos = Upos::ALL.get(sentence.upos[i] as usize).copied().unwrap_or_default();
                token.features = bundles.get(sentence.bundles[i] as usize).copied().unwrap_or(ud::EMPTY);
            }
            parser::parse(weights, root, &mut sentence, &mut parsing);
            if let Some(mark) = mark {
                let features = &mut parsing.features;
                punctuation::attach(&weights.punctuation, mark, &mut sentence, &mut phrases, features);
            }
            let count = sentence.len() as u32;
            for (i, token) in tokens[words.clone()].iter_mut().enumerate() {
                let head = sentence.heads[i];
                token.head = (head < count).then(|| TokenId(words.start as u32 + head));
                let relation = relations.get(sentence.relations[i] as usize).copied().unwrap_or(ud::EMPTY);
                token.relation = if token.head.is_none() { ud::ROOT } else { relation };
            }
        }
        builder.finish()
    }

    /// Finds tokens, words and sentences.
    fn segment(
        &self,
        weights: &Classifiers<'_>,
        text: &str,
        builder: &mut DocumentBuilder,
        forms: &mut Forms<'_>,
    ) {
        let joints = Joints::new(text, &self.writing, &weights.lexicon);
        let pieces = joints.decide(&weights.splits);
        let mut symbols = Vec::with_capacity(pieces.len());
        let mut seen = Vec::with_capacity(pieces.len());
        for piece in &pieces {
            let surface = piece.span.of(text);
            let symbol = match printed_form(surface) {
                Some(form) => builder.intern(&form),
                None => builder.intern(surface),
            };
            symbols.push(symbol);
            let view = forms.view(symbol, builder.strings().get(symbol));
            seen.push(look(view, surface, piece));
        }
        let mut features = Vec::with_capacity(64);
        let mut running = Running::default();
        let mut scores = [0; 256];
        let mut lower = String::new();
        for (i, piece) in pieces.iter().enumerate() {
            let start = builder.tokens().len() as u32;
            let form = forms.analysed(symbols[i]).unwrap_or(piece.span.of(text));
            lower_into(form, &mut lower);
            let expansion = self.expand(weights, &lower, &seen, i, &mut features);
            push_words(builder, piece.span, symbols[i], expansion, start);
            running.step(&seen[i]);
            let ends = piece.break_after
                || builder.tokens().len() - builder.sentences().last().map_or(0, |s| s.words.end as usize)
                    >= LONGEST_SENTENCE
                || may_end(&seen, i) && !is_within_capitals(&seen, i) && {
                    end_features(&seen, i, &running, &mut features);
                    weights.ends.best(&features, &mut scores) == 1
                };
            if ends {
                builder.end_sentence();
                running = Running::default();
            }
        }
    }

    /// What a surface token stands for.
    fn expand(
        &self,
        weights: &Classifiers<'_>,
        lower: &str,
        seen: &[Seen],
        i: usize,
        features: &mut Vec<u64>,
    ) -> Expansion {
        match self.contractions.options(lower) {
            [] => self.contractions.cut(lower).map_or(Expansion::None, Expansion::Cut),
            [only] => self.contractions.expansion(*only),
            options => {
                contraction_features(seen, i, features);
                let mut scores = [0; 256];
                weights.choices.score(features, &mut scores);
                let scores: Vec<i32> =
                    options.iter().map(|&o| scores.get(o as usize).copied().unwrap_or(i32::MIN)).collect();
                self.contractions.expansion(options[argmax(&scores)])
            }
        }
    }
}

/// Digits of a year.
const YEAR: usize = 4;

/// A token as the sentence splitter sees it.
pub(crate) fn look(view: WordView, surface: &str, piece: &Piece) -> Seen {
    Seen {
        view,
        first: surface.chars().next().unwrap_or(' '),
        last: surface.chars().next_back().unwrap_or(' '),
        counts: surface.starts_with(|c: char| c.is_ascii_digit())
            && surface.ends_with(|c: char| c.is_ascii_digit())
            && surface.len() != YEAR,
        space_after: piece.space_after,
        break_after: piece.break_after,
    }
}

fn push_words(builder: &mut DocumentBuilder, span: Span, symbol: Symbol, expansion: Expansion, first: u32) {
    if expansion == Expansion::None {
        builder.push_token(bare_token(span, symbol));
        return;
    }
    let surface = span.of(builder.text()).to_owned();
    let forms = match expansion {
        Expansion::None => Vec::new(),
        Expansion::Forms(mut forms) => {
            with_capitals_of(&surface, &mut forms);
            forms
        }
        Expansion::Cut(count) => {
            let at = surface.char_indices().rev().nth(count.saturating_sub(1)).map_or(0, |(at, _)| at);
            vec![surface[..at].to_owned(), surface[at..].to_owned()]
        }
    };
    for form in forms {
        let symbol = builder.intern(&form);
        builder.push_token(bare_token(span, symbol));
    }
    builder.push_multiword(span, TokenId(first));
}

/// Views and analysed forms of a document's strings, made once each.
pub(crate) struct Forms<'m> {
    model: &'m SyntaxModel,
    weights: Classifiers<'m>,
    views: Vec<Option<WordView>>,
    analysed: HashMap<Symbol, String>,
    lower: String,
}

impl<'m> Forms<'m> {
    /// None so far.
    pub(crate) fn new(model: &'m SyntaxModel, weights: Classifiers<'m>) -> Self {
        Forms { model, weights, views: Vec::new(), analysed: HashMap::new(), lower: String::new() }
    }

    /// The view of a string.
    pub(crate) fn view(&mut self, symbol: Symbol, form: &str) -> WordView {
        let index = symbol.0 as usize;
        if let Some(Some(view)) = self.views.get(index) {
            return *view;
        }
        if self.views.len() <= index {
            self.views.resize(index + 1 + index / 2, None);
        }
        let analysed = analysed_form(form, &self.model.writing);
        let mut view = WordView::new(analysed.as_deref().unwrap_or(form), &mut self.lower);
        let class = self.weights.lexicon.get(view.lower);
        if let Some((parts, inflection)) = class.and_then(|c| self.model.lexical_classes.get(c as usize)) {
            (view.lexical, view.inflection) = (*parts, *inflection);
        }
        self.views[index] = Some(view);
        if let Some(analysed) = analysed {
            self.analysed.insert(symbol, analysed);
        }
        view
    }

    /// The form as it is analysed, where it is not as it is written. Known after the view was asked for.
    pub(crate) fn analysed(&self, symbol: Symbol) -> Option<&str> {
        self.analysed.get(&symbol).map(String::as_str)
    }
}
