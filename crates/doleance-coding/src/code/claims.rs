//! Claims: what is demanded or opposed, read from the words that introduce it: verbs and nouns of demanding, *for* and
//! *against* under a protest, slogans in quotation marks, lists after a colon.

use std::ops::Range;

use doleance_packs::{ClassNames, ClassSet, Example, IssueTerms, PackError, PhraseTable, Vocabulary};
use doleance_records::Stance;
use doleance_text::ud::Upos;
use doleance_text::{SentenceId, Span, TokenId};
use serde::Deserialize;

use crate::code::arguments::{Syntax, is_verb};
use crate::code::draft::Draft;
use crate::code::keep::is_glued;
use crate::grammar::WordSet;

/// Where the content of a claim stands to its cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// Object, clause or infinitive of a verb; genitive complement of a noun.
    Object,
    /// A complement with one of the cue's markers.
    Marked,
    /// Words in quotation marks.
    Quote,
    /// A list after a colon, on one line or on the next ones.
    List,
    /// The clause that the cue introduces: *until the levy is withdrawn*.
    Clause,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    words: Vec<String>,
    stance: Stance,
    content: Vec<Content>,
    #[serde(default)]
    markers: Vec<String>,
    /// Classes one of which the subject must have, where there is a subject.
    #[serde(default)]
    subject: Vec<String>,
    /// Classes that the subject must not have.
    #[serde(default)]
    subject_unless: Vec<String>,
    /// A content whose issue no term tells is left out.
    #[serde(default)]
    needs_issue: bool,
    examples: Vec<Example>,
    counter_examples: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Markers {
    /// What follows a protest: *against X*.
    against: Vec<String>,
    /// *for X*.
    favour: Vec<String>,
    /// Opening quotation marks.
    open_quotes: Vec<String>,
    /// Closing quotation marks.
    close_quotes: Vec<String>,
    /// Marks that begin an item of a list.
    bullets: Vec<String>,
    /// Words that a demand is said to be addressed by: *to the government*.
    addressee: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    markers: Markers,
    #[serde(default)]
    cue: Vec<Row>,
}

/// A word or phrase that introduces a claim.
#[derive(Clone, Debug)]
pub struct ClaimCue {
    /// Stable identifier.
    pub id: String,
    /// The words, as written.
    pub words: Vec<String>,
    /// Attitude to the content.
    pub stance: Stance,
    /// Sentences that hold a claim.
    pub examples: Vec<Example>,
    /// Sentences that hold none.
    pub counter_examples: Vec<Example>,
    content: Vec<Content>,
    markers: WordSet,
    subject: ClassSet,
    subject_unless: ClassSet,
    needs_issue: bool,
}

/// The claim cues of one language.
#[derive(Clone, Debug, Default)]
pub struct ClaimCues {
    cues: Vec<ClaimCue>,
    phrases: PhraseTable<usize>,
    against: WordSet,
    favour: WordSet,
    addressee: WordSet,
    open_quotes: Vec<String>,
    close_quotes: Vec<String>,
    bullets: Vec<String>,
}

/// A claim found in a document.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundClaim {
    /// Issue of the codebook.
    pub issue: String,
    /// A term of the content gave the issue.
    pub has_issue: bool,
    /// Attitude to the content.
    pub stance: Stance,
    /// The content.
    pub span: Span,
    /// The word of the content that the rest attaches to.
    pub head: TokenId,
    /// The cue.
    pub cue: TokenId,
    /// Heads of those who make it.
    pub claimants: Vec<TokenId>,
    /// Heads of those it is addressed to.
    pub addressees: Vec<TokenId>,
    /// The draft under which it stands.
    pub draft: Option<usize>,
    /// Identifier of the rule.
    pub rule: String,
    /// Sentence of the content.
    pub sentence: SentenceId,
}

impl ClaimCues {
    /// Reads a `claims.toml`.
    pub fn from_toml(
        file: &str,
        text: &str,
        names: &mut ClassNames,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, PackError> {
        let rows: File = toml::from_str(text).map_err(|e| PackError::syntax(file, &e))?;
        let mut all = ClaimCues {
            against: WordSet::new(&rows.markers.against, vocabulary),
            favour: WordSet::new(&rows.markers.favour, vocabulary),
            addressee: WordSet::new(&rows.markers.addressee, vocabulary),
            open_quotes: rows.markers.open_quotes,
            close_quotes: rows.markers.close_quotes,
            bullets: rows.markers.bullets,
            ..ClaimCues::default()
        };
        for row in rows.cue {
            let error = |reason: String, repair: &str| PackError::new(file, &row.id, reason, repair);
            if row.examples.is_empty() || row.counter_examples.is_empty() {
                return Err(error("an example or a counter-example is missing".into(), "write one of each"));
            }
            let mut set = |list: &[String]| {
                list.iter().try_fold(ClassSet::NONE, |set, name| {
                    let class = names.intern(name);
                    class
                        .map(|c| set.join(c))
                        .ok_or_else(|| error("more than 64 classes".into(), "merge two"))
                })
            };
            let (subject, subject_unless) = (set(&row.subject)?, set(&row.subject_unless)?);
            for words in &row.words {
                let added = all.phrases.add(words, all.cues.len(), names, vocabulary);
                added.map_err(|e| error(e, "mend the phrase"))?;
            }
            all.cues.push(ClaimCue {
                stance: row.stance,
                content: row.content,
                markers: WordSet::new(&row.markers, vocabulary),
                subject,
                subject_unless,
                needs_issue: row.needs_issue,
                examples: row.examples,
                counter_examples: row.counter_examples,
                words: row.words,
                id: row.id,
            });
        }
        Ok(all)
    }

    /// All cues.
    pub fn cues(&self) -> &[ClaimCue] {
        &self.cues
    }

    /// All claims of a document, at most one per sentence, issue and stance, in text order.
    pub fn find(
        &self,
        syntax: Syntax,
        issues: &IssueTerms,
        classes: &[ClassSet],
        drafts: &[Draft],
        is_collective: &dyn Fn(&Draft) -> bool,
    ) -> Vec<FoundClaim> {
        let mut found = Vec::new();
        let reader = Reader { cues: self, syntax, issues, classes, drafts };
        for token in syntax.document.token_ids() {
            reader.at_cue(token, &mut found);
        }
        for (number, draft) in drafts.iter().enumerate() {
            if is_collective(draft) {
                reader.under_draft(number, draft, &mut found);
            }
        }
        found.sort_by_key(|c| (c.span.start, c.span.end));
        let mut kept: Vec<FoundClaim> = Vec::new();
        for claim in found {
            let told = kept.iter().any(|k| {
                k.sentence == claim.sentence
                    && k.issue == claim.issue
                    && (k.stance == claim.stance || k.span.overlaps(claim.span))
                    || k.span == claim.span
            });
            if !told {
                kept.push(claim);
            }
        }
        kept
    }
}

struct Reader<'a> {
    cues: &'a ClaimCues,
    syntax: Syntax<'a>,
    issues: &'a IssueTerms,
    classes: &'a [ClassSet],
    drafts: &'a [Draft],
}

impl Reader<'_> {
    fn at_cue(&self, token: TokenId, found: &mut Vec<FoundClaim>) {
        let (doc, words) = (self.syntax.document, self.syntax.words);
        let mut done: Vec<usize> = Vec::new();
        for (hit, _, cue) in self.cues.phrases.matches_at(doc, words, self.classes, token) {
            if !done.contains(&cue) {
                done.push(cue);
                self.read_cue(&self.cues.cues[cue], hit.words, found);
            }
        }
    }

    fn read_cue(&self, cue: &ClaimCue, words: Range<u32>, found: &mut Vec<FoundClaim>) {
        let doc = self.syntax.document;
        let head = words
            .clone()
            .map(TokenId)
            .find(|t| doc.head(*t).is_none_or(|h| !words.contains(&h.0)))
            .unwrap_or(TokenId(words.start));
        let arguments = self.syntax.arguments(head);
        let any = |set: ClassSet| arguments.subject.iter().any(|t| self.classes[t.index()].meets(set));
        let known = arguments.subject.iter().any(|t| !self.classes[t.index()].is_empty());
        if any(cue.subject_unless) || (!cue.subject.is_empty() && known && !any(cue.subject)) {
            return;
        }
        let draft = self.drafts.iter().position(|d| {
            d.sentence == doc.sentence_of(head)
                && (doc.dominates(d.head, head)
                    || d.arguments.predicate.is_some_and(|p| doc.dominates(p, head)))
        });
        let mut contents: Vec<TokenId> = Vec::new();
        for content in &cue.content {
            match content {
                Content::Object => {
                    for word in words.clone().map(TokenId) {
                        for &child in doc.children(word) {
                            let relation = doc.universal_relation(child);
                            let of_noun = relation == "nmod"
                                && self.syntax.has_case(child, &self.syntax.grammar.complement_markers);
                            // "want the college to hire": what is wanted is the hiring.
                            let told_what = |c: TokenId| {
                                doc.universal_relation(c) == "xcomp" && doc.has_feature(c, "VerbForm", "Inf")
                            };
                            let controls =
                                relation == "obj" && doc.children(word).iter().any(|&c| told_what(c));
                            // "demanding 900 euros a month": the sum hangs on its span of time.
                            let sum = doc.strings().get(doc.relation(child)) == "obl:unmarked"
                                && child > word
                                && doc.children_by(child, "nummod").next().is_some();
                            if !words.contains(&child.0)
                                && !controls
                                && (matches!(relation, "obj" | "ccomp" | "xcomp")
                                    || sum
                                    || of_noun && !is_verb(doc, head))
                            {
                                contents.push(child);
                            }
                        }
                    }
                    if self.syntax.is_passive(head) {
                        contents.extend(arguments.object.iter().copied().filter(|t| !words.contains(&t.0)));
                    }
                }
                Content::Marked => {
                    for word in words.clone().map(TokenId) {
                        contents.extend(doc.children(word).iter().copied().filter(|&c| {
                            !words.contains(&c.0)
                                && matches!(
                                    doc.universal_relation(c),
                                    "obl" | "nmod" | "advcl" | "acl" | "xcomp" | "iobj" | "ccomp"
                                )
                                && self.syntax.has_case(c, &cue.markers)
                        }));
                        // "voiced outrage over the reform": the marker belongs to the cue, what it marks hangs on the verb.
                        let is_marker = doc.universal_relation(word) == "case"
                            && cue.markers.holds(doc, self.syntax.words, word);
                        contents.extend(doc.head(word).filter(|&h| is_marker && h.0 >= words.end));
                    }
                }
                Content::Quote => {
                    for span in self.quotes_after(head) {
                        let tokens = doc.tokens_in(span);
                        if let Some(first) = doc.head_of_span(span) {
                            self.push(cue, head, first, tokens, &arguments.subject, draft, found);
                        }
                    }
                }
                Content::List => self.list_after(cue, head, &arguments.subject, draft, found),
                Content::Clause => {
                    // "until their wages are paid": a parser may hang the cue on the subject.
                    let marked = doc.head(head).filter(|&h| h > head);
                    let subject = marked.filter(|&h| doc.universal_relation(h) == "nsubj");
                    let verb = subject.map_or(marked, |h| doc.head(h));
                    let has_subject = |v: TokenId| doc.children_by(v, "nsubj").next().is_some();
                    contents.extend(verb.filter(|&v| is_verb(doc, v) && has_subject(v)));
                }
            }
        }
        contents.sort_unstable();
        contents.dedup();
        let before = found.len();
        for content in contents {
            self.push_coordinated(cue, head, content, &arguments.subject, draft, found);
        }
        let said = found[before..].iter().map(|c| doc.tokens_in(c.span).end).max();
        let marked = || {
            // No complement in the tree: the marker may have been attached to another word of the clause.
            let takes_marker = cue.content.contains(&Content::Marked);
            let near = words.end..(words.end + 3).min(doc.sentence(doc.sentence_of(head)).words.end);
            near.map(TokenId)
                .find(|&t| takes_marker && cue.markers.holds(doc, self.syntax.words, t))
                .map(|t| t.0)
        };
        if let Some(from) = said.or_else(marked) {
            self.continue_list(cue, head, from, &arguments.subject, draft, found);
        }
    }

    /// Goes on with a list of demands past what the tree coordinated, piece by piece, as long as the pieces are no clauses
    /// of their own and speak of issues.
    fn continue_list(
        &self,
        cue: &ClaimCue,
        head: TokenId,
        from: u32,
        claimants: &[TokenId],
        draft: Option<usize>,
        found: &mut Vec<FoundClaim>,
    ) {
        let doc = self.syntax.document;
        let end = doc.sentence(doc.sentence_of(head)).words.end;
        let separates = |t: TokenId| doc.form(t) == "," || doc.universal_relation(t) == "cc";
        let starts_list = from < end
            && (separates(TokenId(from)) || cue.markers.holds(doc, self.syntax.words, TokenId(from)));
        if !starts_list {
            return;
        }
        let mut start = from + 1;
        for word in from + 1..=end {
            let at_end =
                word == end || separates(TokenId(word)) || matches!(doc.form(TokenId(word)), "." | ";" | "!");
            if !at_end {
                continue;
            }
            let piece = start..word;
            start = word + 1;
            if piece.is_empty() {
                continue;
            }
            let clause = piece.clone().map(TokenId).any(|t| {
                doc.has_feature(t, "VerbForm", "Fin")
                    || doc.children_by(t, "nsubj").next().is_some() && is_verb(doc, t)
            });
            if clause || self.issue_of(piece.clone(), cue.stance).is_none() {
                break;
            }
            self.push(cue, head, TokenId(piece.start), piece, claimants, draft, found);
        }
    }

    /// The content and what is coordinated with it, each as a claim of its own.
    fn push_coordinated(
        &self,
        cue: &ClaimCue,
        head: TokenId,
        content: TokenId,
        claimants: &[TokenId],
        draft: Option<usize>,
        found: &mut Vec<FoundClaim>,
    ) {
        let doc = self.syntax.document;
        let mut sources: Vec<TokenId> = Vec::new();
        let mut parts = vec![content];
        let mut next = 0;
        while next < parts.len() && parts.len() < 32 {
            for part in doc.children_by(parts[next], "conj") {
                // "against the closure, according to the prefecture": the source is no second demand.
                let said_by = self.syntax.is_source(part);
                if said_by { sources.push(part) } else { parts.push(part) }
            }
            next += 1;
        }
        for &part in &parts {
            let inner: Vec<TokenId> = doc
                .subtree(part)
                .into_iter()
                .filter(|t| !sources.iter().any(|s| doc.dominates(*s, *t)))
                .filter(|t| !parts.iter().any(|p| *p != part && *p > part && doc.dominates(*p, *t)))
                .collect();
            let trimmed = self.trim(&inner, part);
            if let (Some(first), Some(last)) = (trimmed.first(), trimmed.last()) {
                self.push(cue, head, part, first.0..last.0 + 1, claimants, draft, found);
            }
        }
    }

    /// Leaves out punctuation, conjunctions and the adposition at the edges.
    fn trim(&self, words: &[TokenId], part: TokenId) -> Vec<TokenId> {
        let doc = self.syntax.document;
        let edge = |t: &&TokenId| {
            let relation = doc.universal_relation(**t);
            doc.upos(**t) == Upos::Punct
                || (matches!(relation, "case" | "cc" | "mark") && doc.head(**t) == Some(part))
        };
        let skip = words.iter().take_while(edge).count();
        let tail = words.iter().rev().take_while(edge).count();
        if skip + tail >= words.len() { Vec::new() } else { words[skip..words.len() - tail].to_vec() }
    }

    #[allow(clippy::too_many_arguments)]
    fn push(
        &self,
        cue: &ClaimCue,
        head: TokenId,
        content: TokenId,
        words: Range<u32>,
        claimants: &[TokenId],
        draft: Option<usize>,
        found: &mut Vec<FoundClaim>,
    ) {
        let doc = self.syntax.document;
        if words.is_empty() {
            return;
        }
        let span = words
            .clone()
            .fold(doc.tokens()[words.start as usize].span, |s, w| s.join(doc.tokens()[w as usize].span));
        let issue = self.issue_of(words, cue.stance);
        // Nobody demands *them* or *Monday*: without a term of an issue, the content is at least a noun or a verb.
        let says_something = matches!(
            doc.upos(content),
            Upos::Noun | Upos::Verb | Upos::Adj | Upos::Aux | Upos::Propn | Upos::Num | Upos::X
        );
        if issue.is_none() && (cue.needs_issue || !says_something) {
            return;
        }
        let mut claimants = claimants.to_vec();
        if claimants.is_empty() {
            claimants = draft.map(|d| self.drafts[d].arguments.subject.clone()).unwrap_or_default();
        }
        let addressees = doc
            .children(head)
            .iter()
            .copied()
            .filter(|&c| {
                matches!(doc.universal_relation(c), "obl" | "iobj" | "nmod")
                    && self.syntax.has_case(c, &self.cues.addressee)
                    && !self.classes[c.index()].is_empty()
            })
            .collect();
        found.push(FoundClaim {
            issue: issue.unwrap_or("other").to_owned(),
            has_issue: issue.is_some(),
            stance: cue.stance,
            span,
            head: content,
            cue: head,
            claimants,
            addressees,
            draft,
            rule: cue.id.clone(),
            sentence: doc.sentence_of(content),
        });
    }

    /// The issue whose terms weigh most; longer terms weigh more, and the first word of the content a little more.
    fn issue_of(&self, words: Range<u32>, _stance: Stance) -> Option<&str> {
        let mut sums: Vec<(&str, f32)> = Vec::new();
        let first = words.start;
        for (term, at, length) in
            self.issues.matches(self.syntax.document, self.syntax.words, self.classes, words.clone())
        {
            let near = 1.0 / (1.0 + (at.0 - first) as f32 * 0.05);
            let weight = term.weight * (length as f32).sqrt() * near;
            match sums.iter_mut().find(|(issue, _)| *issue == term.issue) {
                Some((_, sum)) => *sum = sum.max(weight) + 0.1 * weight.min(*sum),
                None => sums.push((&term.issue, weight)),
            }
        }
        sums.iter()
            .fold(
                None,
                |best: Option<&(&str, f32)>, s| if best.is_none_or(|b| s.1 > b.1) { Some(s) } else { best },
            )
            .map(|s| s.0)
    }

    fn is_one_of(&self, token: TokenId, marks: &[String]) -> bool {
        marks.iter().any(|m| m == self.syntax.document.form(token))
    }

    /// The quotations of the cue's sentence that follow it, or that precede it where none follows.
    fn quotes_after(&self, cue: TokenId) -> Vec<Span> {
        let doc = self.syntax.document;
        let sentence = doc.sentence_of(cue);
        let mut quotes: Vec<(TokenId, TokenId)> = Vec::new();
        let mut open: Option<TokenId> = None;
        for token in doc.words(sentence) {
            match open {
                Some(start) if self.is_one_of(token, &self.cues.close_quotes) => {
                    if token.0 > start.0 + 1 {
                        quotes.push((TokenId(start.0 + 1), TokenId(token.0 - 1)));
                    }
                    open = None;
                }
                None if self.is_one_of(token, &self.cues.open_quotes) && !is_glued(doc, token) => {
                    open = Some(token);
                }
                _ => {}
            }
        }
        let after = |(a, _): &&(TokenId, TokenId)| *a > cue && a.0 - cue.0 < 12;
        let before = |(_, b): &&(TokenId, TokenId)| *b < cue && cue.0 - b.0 < 8;
        let mut near: Vec<_> = quotes.iter().filter(after).copied().collect();
        if near.is_empty() {
            near.extend(quotes.iter().rfind(before).copied());
        }
        near.into_iter().map(|(a, b)| doc.token(a).span.join(doc.token(b).span)).collect()
    }

    /// Items after a colon: on the same line up to the end of the sentence, then lines that begin with a bullet.
    fn list_after(
        &self,
        cue: &ClaimCue,
        head: TokenId,
        claimants: &[TokenId],
        draft: Option<usize>,
        found: &mut Vec<FoundClaim>,
    ) {
        let doc = self.syntax.document;
        let sentence = doc.sentence_of(head);
        let end = doc.sentence(sentence).words.end;
        let Some(colon) = (head.0..end).map(TokenId).find(|t| matches!(doc.form(*t), ":" | "–" | "—" | "-"))
        else {
            return;
        };
        self.items(cue, head, colon.0 + 1..end, claimants, draft, found);
        if doc.form(colon) != ":" || colon.0 + 2 < end {
            return;
        }
        for next in sentence.0 + 1..doc.sentences().len() as u32 {
            let words = doc.sentence(SentenceId(next)).words.clone();
            if !self.is_one_of(TokenId(words.start), &self.cues.bullets) {
                break;
            }
            self.items(cue, head, words.start + 1..words.end, claimants, draft, found);
        }
    }

    /// One claim for each issue of the items between commas and conjunctions.
    fn items(
        &self,
        cue: &ClaimCue,
        head: TokenId,
        words: Range<u32>,
        claimants: &[TokenId],
        draft: Option<usize>,
        found: &mut Vec<FoundClaim>,
    ) {
        let doc = self.syntax.document;
        let mut start = words.start;
        let mut pieces: Vec<Range<u32>> = Vec::new();
        for word in words.clone() {
            let token = TokenId(word);
            let parts = matches!(doc.form(token), "," | ";" | "!" | ".") || doc.upos(token) == Upos::Cconj;
            if parts || word + 1 == words.end {
                let stop = if parts { word } else { word + 1 };
                if stop > start {
                    pieces.push(start..stop);
                }
                start = word + 1;
            }
        }
        let known: Vec<bool> =
            pieces.iter().map(|p| self.issue_of(p.clone(), cue.stance).is_some()).collect();
        if !known.iter().any(|k| *k) {
            if let Some(content) = words.clone().next().map(TokenId) {
                self.push(cue, head, content, words, claimants, draft, found);
            }
            return;
        }
        for (piece, _) in pieces.into_iter().zip(known).filter(|(_, k)| *k) {
            self.push(cue, head, TokenId(piece.start), piece, claimants, draft, found);
        }
    }

    /// "a march against X", "a strike for Y": complements of the protest itself or of its predicate.
    fn under_draft(&self, number: usize, draft: &Draft, found: &mut Vec<FoundClaim>) {
        let doc = self.syntax.document;
        // "a strike to denounce X": the verb has its own stance, and its object is what the claim names.
        let speaks_itself = |t: TokenId| {
            let mut cues = self.cues.phrases.matches_at(doc, self.syntax.words, self.classes, t);
            is_verb(doc, t) && cues.next().is_some()
        };
        let near = [Some(draft.head), draft.arguments.predicate.filter(|p| *p != draft.head)];
        for above in near.into_iter().flatten() {
            for &child in doc.children(above) {
                if draft.words.contains(&child.0)
                    || !matches!(doc.universal_relation(child), "obl" | "nmod" | "advcl")
                    || speaks_itself(child)
                {
                    continue;
                }
                let (id, stance) = if self.syntax.has_case(child, &self.cues.against) {
                    (PROTEST_AGAINST, Stance::Against)
                } else if above == draft.head && self.syntax.has_case(child, &self.cues.favour) {
                    (PROTEST_FOR, Stance::For)
                } else {
                    continue;
                };
                let needs_issue = stance == Stance::For || doc.upos(child) != Upos::Noun;
                let cue = own_cue(id, stance, needs_issue);
                self.push_coordinated(&cue, above, child, &draft.arguments.subject, Some(number), found);
            }
        }
        self.against_further_on(number, draft, found);
    }

    /// "a strike at the refinery on Tuesday against [the pension plan]": the tree often hangs such words on the last noun.
    fn against_further_on(&self, number: usize, draft: &Draft, found: &mut Vec<FoundClaim>) {
        let doc = self.syntax.document;
        let end = doc.sentence(draft.sentence).words.end.min(draft.words.end + AGAINST_REACH);
        for child in (draft.words.end..end).map(TokenId) {
            let Some(above) = doc.head(child).filter(|&h| h >= draft.head && !is_verb(doc, h)) else {
                continue;
            };
            let is_own = above == draft.head || Some(above) == draft.arguments.predicate;
            if is_own || !doc.upos(child).is_nominal() || !self.syntax.has_case(child, &self.cues.against) {
                continue;
            }
            let cue = own_cue(PROTEST_AGAINST_FURTHER, Stance::Against, true);
            self.push_coordinated(&cue, above, child, &draft.arguments.subject, Some(number), found);
        }
    }
}

const PROTEST_FOR: &str = "claim.protest-for";
const PROTEST_AGAINST: &str = "claim.protest-against";
const PROTEST_AGAINST_FURTHER: &str = "claim.protest-against-further-on";

/// How many words after a protest the words *against X* may stand.
const AGAINST_REACH: u32 = 16;

/// A cue that is no word of the pack: the protest itself.
fn own_cue(id: &str, stance: Stance, needs_issue: bool) -> ClaimCue {
    ClaimCue {
        id: id.to_owned(),
        words: Vec::new(),
        stance,
        examples: Vec::new(),
        counter_examples: Vec::new(),
        content: Vec::new(),
        markers: WordSet::default(),
        subject: ClassSet::NONE,
        subject_unless: ClassSet::NONE,
        needs_issue,
    }
}

impl ClaimCues {
    /// Opening and closing quotation marks of the language.
    pub fn quotation_marks(&self) -> (&[String], &[String]) {
        (&self.open_quotes, &self.close_quotes)
    }
}
