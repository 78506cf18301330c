//! A report's text, segmented and annotated with Universal Dependencies trees, in flat arrays.

use std::ops::Range;

use crate::ud::{self, Upos};
use crate::{Span, Strings, Symbol};

/// Number of a syntactic word in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenId(pub u32);

/// Number of a sentence in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SentenceId(pub u32);

impl TokenId {
    /// As an index into [`Document::tokens`].
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl SentenceId {
    /// As an index into [`Document::sentences`].
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A syntactic word with its annotation.
///
/// The two words of a multiword token (French *du* = *de* + *le*) both carry the span of the whole token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// The surface words it stands for, in bytes.
    pub span: Span,
    /// The syntactic word itself (*de*, *le* for *du*).
    pub form: Symbol,
    /// Dictionary form.
    pub lemma: Symbol,
    /// Morphological features as in CoNLL-U (`Gender=Masc|Number=Sing`); empty where there is none.
    pub features: Symbol,
    /// Relation to the head, with its subtype (`obl:agent`).
    pub relation: Symbol,
    /// The head, in the same sentence; `None` for the root.
    pub head: Option<TokenId>,
    /// Universal part of speech.
    pub upos: Upos,
}

/// A multiword token: one stretch of text that stands for several syntactic words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurfaceToken {
    /// Its place in the text, in bytes.
    pub span: Span,
    /// The words it stands for.
    pub words: Range<u32>,
}

/// A sentence: a span of the text and a run of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From the first to the last token, in bytes.
    pub span: Span,
    /// Its words, as numbers of tokens.
    pub words: Range<u32>,
}

/// A text with its sentences, words and trees.
#[derive(Clone, Debug)]
pub struct Document {
    text: String,
    strings: Strings,
    tokens: Vec<Token>,
    multiword: Vec<SurfaceToken>,
    sentences: Vec<Sentence>,
    child_start: Vec<u32>,
    child: Vec<TokenId>,
    sentence_of: Vec<SentenceId>,
}

impl Document {
    /// The text as given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The interned strings of this document.
    pub fn strings(&self) -> &Strings {
        &self.strings
    }

    /// All words in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// All multiword tokens in order.
    pub fn multiword_tokens(&self) -> &[SurfaceToken] {
        &self.multiword
    }

    /// All sentences in order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// One word.
    pub fn token(&self, id: TokenId) -> &Token {
        &self.tokens[id.index()]
    }

    /// One sentence.
    pub fn sentence(&self, id: SentenceId) -> &Sentence {
        &self.sentences[id.index()]
    }

    /// The sentence that a word belongs to.
    pub fn sentence_of(&self, id: TokenId) -> SentenceId {
        self.sentence_of[id.index()]
    }

    /// The numbers of a sentence's words.
    pub fn words(
        &self,
        sentence: SentenceId,
    ) -> impl DoubleEndedIterator<Item = TokenId> + ExactSizeIterator + use<> {
        let words = self.sentences[sentence.index()].words.clone();
        (words.start..words.end).map(TokenId)
    }

    /// The numbers of all words.
    pub fn token_ids(&self) -> impl DoubleEndedIterator<Item = TokenId> + ExactSizeIterator + use<> {
        (0..self.tokens.len() as u32).map(TokenId)
    }

    /// The syntactic word's form.
    pub fn form(&self, id: TokenId) -> &str {
        self.strings.get(self.tokens[id.index()].form)
    }

    /// The dictionary form.
    pub fn lemma(&self, id: TokenId) -> &str {
        self.strings.get(self.tokens[id.index()].lemma)
    }

    /// Puts another dictionary form in the place of the one that a word has.
    pub fn set_lemma(&mut self, id: TokenId, lemma: &str) {
        self.tokens[id.index()].lemma = self.strings.intern(lemma);
    }

    /// Draws trees anew: `edit` may change heads, relations and features. Heads that no tree can have are cut to roots.
    pub fn redraw(&mut self, edit: impl FnOnce(&mut [Token], &mut Strings)) {
        edit(&mut self.tokens, &mut self.strings);
        for sentence in &self.sentences {
            cut_broken_heads(&mut self.tokens, sentence.words.clone());
        }
        (self.child_start, self.child) = children_of(&self.tokens);
    }

    /// Universal part of speech.
    pub fn upos(&self, id: TokenId) -> Upos {
        self.tokens[id.index()].upos
    }

    /// The relation to the head, with its subtype.
    pub fn relation(&self, id: TokenId) -> Symbol {
        self.tokens[id.index()].relation
    }

    /// The universal part of the relation to the head (`obl` for `obl:agent`).
    pub fn universal_relation(&self, id: TokenId) -> &str {
        ud::universal(self.strings.get(self.tokens[id.index()].relation))
    }

    /// The head, or `None` for a root.
    pub fn head(&self, id: TokenId) -> Option<TokenId> {
        self.tokens[id.index()].head
    }

    /// The value of a morphological feature: `feature(t, "Tense") == Some("Past")`.
    pub fn feature(&self, id: TokenId, name: &str) -> Option<&str> {
        let features = self.strings.get(self.tokens[id.index()].features);
        features.split('|').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }

    /// Whether a feature has this value (also among several, as in `Gender=Fem,Masc`).
    pub fn has_feature(&self, id: TokenId, name: &str, value: &str) -> bool {
        self.feature(id, name).is_some_and(|found| found.split(',').any(|v| v == value))
    }

    /// The dependents of a word, in text order.
    pub fn children(&self, id: TokenId) -> &[TokenId] {
        let from = self.child_start[id.index()] as usize;
        let to = self.child_start[id.index() + 1] as usize;
        &self.child[from..to]
    }

    /// The dependents that stand in a relation, whatever its subtype: `children_by(t, "obl")`.
    pub fn children_by<'a>(&'a self, id: TokenId, universal: &'a str) -> impl Iterator<Item = TokenId> + 'a {
        self.children(id).iter().copied().filter(move |&c| self.universal_relation(c) == universal)
    }

    /// The heads from a word's own head up to the root. Ends even on a broken tree.
    pub fn ancestors(&self, id: TokenId) -> impl Iterator<Item = TokenId> + '_ {
        let limit = self.sentences[self.sentence_of(id).index()].words.len();
        std::iter::successors(self.head(id), |&t| self.head(t)).take(limit)
    }

    /// Whether `inner` is `outer` or depends on it, directly or not.
    pub fn dominates(&self, outer: TokenId, inner: TokenId) -> bool {
        outer == inner || self.ancestors(inner).any(|t| t == outer)
    }

    /// A word and everything that depends on it, in text order.
    pub fn subtree(&self, id: TokenId) -> Vec<TokenId> {
        let mut found = vec![id];
        let mut next = 0;
        while next < found.len() {
            found.extend_from_slice(self.children(found[next]));
            next += 1;
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The span from the first to the last word of a subtree.
    pub fn subtree_span(&self, id: TokenId) -> Span {
        self.subtree(id).iter().map(|&t| self.token(t).span).fold(self.token(id).span, Span::join)
    }

    /// The sentence at a byte offset; between two sentences, the one before.
    pub fn sentence_at(&self, offset: u32) -> Option<SentenceId> {
        let after = self.sentences.partition_point(|s| s.span.start <= offset);
        after.checked_sub(1).map(|i| SentenceId(i as u32))
    }

    /// The words that a span touches, as numbers of tokens.
    pub fn tokens_in(&self, span: Span) -> Range<u32> {
        let from = self.tokens.partition_point(|t| t.span.end <= span.start);
        let to = self.tokens.partition_point(|t| t.span.start < span.end);
        from as u32..(to.max(from)) as u32
    }

    /// The word of a span on which the others depend: the one whose head lies outside. `None` for a span without words.
    pub fn head_of_span(&self, span: Span) -> Option<TokenId> {
        let words = self.tokens_in(span);
        let first = words.clone().next()?;
        words
            .clone()
            .map(TokenId)
            .find(|&t| self.upos(t) != Upos::Punct && self.head(t).is_none_or(|h| !words.contains(&h.0)))
            .or(Some(TokenId(first)))
    }
}

/// Builds a [`Document`] sentence by sentence.
///
/// Call [`push_token`](Self::push_token) for each word and [`end_sentence`](Self::end_sentence) after each sentence;
/// heads are set on the tokens or later through [`tokens_mut`](Self::tokens_mut).
#[derive(Debug)]
pub struct DocumentBuilder {
    text: String,
    strings: Strings,
    tokens: Vec<Token>,
    multiword: Vec<SurfaceToken>,
    sentences: Vec<Sentence>,
}

impl DocumentBuilder {
    /// Starts on a text.
    pub fn new(text: String) -> Self {
        let words = text.len() / 5;
        DocumentBuilder {
            text,
            strings: Strings::new(),
            tokens: Vec::with_capacity(words),
            multiword: Vec::new(),
            sentences: Vec::with_capacity(words / 20 + 1),
        }
    }

    /// The text given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The interned strings so far.
    pub fn strings(&self) -> &Strings {
        &self.strings
    }

    /// Interns a string.
    pub fn intern(&mut self, text: &str) -> Symbol {
        self.strings.intern(text)
    }

    /// Interns a stretch of the text.
    pub fn intern_span(&mut self, span: Span) -> Symbol {
        self.strings.intern(span.of(&self.text))
    }

    /// Adds a word and gives its number.
    pub fn push_token(&mut self, token: Token) -> TokenId {
        self.tokens.push(token);
        TokenId(self.tokens.len() as u32 - 1)
    }

    /// Records that the words from `first` up to the last one pushed share one surface token.
    pub fn push_multiword(&mut self, span: Span, first: TokenId) {
        self.multiword.push(SurfaceToken { span, words: first.0..self.tokens.len() as u32 });
    }

    /// Ends the sentence that holds all words since the last end. Does nothing if there are none.
    pub fn end_sentence(&mut self) {
        let first = self.sentences.last().map_or(0, |s| s.words.end);
        let last = self.tokens.len() as u32;
        if first == last {
            return;
        }
        let span = self.tokens[first as usize].span.join(self.tokens[last as usize - 1].span);
        self.sentences.push(Sentence { span, words: first..last });
    }

    /// The words so far, with the strings: for taggers and parsers that fill annotations in place.
    pub fn tokens_mut(&mut self) -> (&mut [Token], &mut Strings) {
        (&mut self.tokens, &mut self.strings)
    }

    /// The words so far.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The sentences so far.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The finished document. Heads that point outside their sentence, at the word itself or in a circle are cut to
    /// roots, so that walking a tree always ends.
    pub fn finish(mut self) -> Document {
        self.end_sentence();
        let count = self.tokens.len();
        let mut sentence_of = Vec::with_capacity(count);
        for (number, sentence) in self.sentences.iter().enumerate() {
            sentence_of.resize(sentence.words.end as usize, SentenceId(number as u32));
            cut_broken_heads(&mut self.tokens, sentence.words.clone());
        }
        let (child_start, child) = children_of(&self.tokens);
        Document {
            text: self.text,
            strings: self.strings,
            tokens: self.tokens,
            multiword: self.multiword,
            sentences: self.sentences,
            child_start,
            child,
            sentence_of,
        }
    }
}

/// The dependents of all words, end to end, with where those of each word start.
fn children_of(tokens: &[Token]) -> (Vec<u32>, Vec<TokenId>) {
    let count = tokens.len();
    let mut start = vec![0u32; count + 1];
    for token in tokens {
        if let Some(head) = token.head {
            start[head.index() + 1] += 1;
        }
    }
    for i in 0..count {
        start[i + 1] += start[i];
    }
    let mut next = start.clone();
    let mut child = vec![TokenId(0); start[count] as usize];
    for (number, token) in tokens.iter().enumerate() {
        if let Some(head) = token.head {
            child[next[head.index()] as usize] = TokenId(number as u32);
            next[head.index()] += 1;
        }
    }
    (start, child)
}

/// Marks each word on the way to a root with the number of the walk; a walk that meets its own mark has found a circle.
fn cut_broken_heads(tokens: &mut [Token], words: Range<u32>) {
    let mut mark = vec![0u32; words.len()];
    for (walk, start) in (1u32..).zip(words.clone()) {
        let mut at = start;
        loop {
            let slot = &mut mark[(at - words.start) as usize];
            if *slot != 0 && *slot != walk {
                break;
            }
            *slot = walk;
            let token = &mut tokens[at as usize];
            match token.head {
                None => break,
                Some(head) if !words.contains(&head.0) || mark[(head.0 - words.start) as usize] == walk => {
                    token.head = None;
                    token.relation = ud::ROOT;
                    break;
                }
                Some(head) => at = head.0,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(heads: &[Option<u32>]) -> Document {
        let text = vec!["mot"; heads.len()].join(" ");
        let mut builder = DocumentBuilder::new(text);
        let word = builder.intern("mot");
        for (i, head) in heads.iter().enumerate() {
            let start = i as u32 * 4;
            builder.push_token(Token {
                span: Span::new(start, start + 3),
                form: word,
                lemma: word,
                features: ud::EMPTY,
                relation: if head.is_some() { ud::OBJ } else { ud::ROOT },
                head: head.map(TokenId),
                upos: Upos::Noun,
            });
        }
        builder.finish()
    }

    #[test]
    fn children_and_subtrees_follow_the_heads() {
        let doc = build(&[Some(1), None, Some(3), Some(1)]);
        assert_eq!(doc.children(TokenId(1)), &[TokenId(0), TokenId(3)]);
        assert_eq!(doc.subtree(TokenId(3)), vec![TokenId(2), TokenId(3)]);
        assert_eq!(doc.subtree_span(TokenId(3)).of(doc.text()), "mot mot");
        assert!(doc.dominates(TokenId(1), TokenId(2)));
        assert_eq!(doc.head_of_span(Span::new(8, 15)), Some(TokenId(3)));
    }

    #[test]
    fn circles_and_stray_heads_become_roots() {
        let doc = build(&[Some(1), Some(0), Some(2), Some(77)]);
        for id in doc.token_ids() {
            assert!(doc.ancestors(id).count() < 4);
        }
        assert_eq!(doc.head(TokenId(2)), None);
        assert_eq!(doc.head(TokenId(3)), None);
        assert!(doc.head(TokenId(0)).is_none() || doc.head(TokenId(1)).is_none());
    }
}
