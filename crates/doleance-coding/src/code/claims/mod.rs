//! Claims: what is demanded or opposed, read from the words that introduce it: verbs and nouns of demanding, *for* and
//! *against* under a protest, slogans in quotation marks, lists after a colon.

mod cues;
mod lists;
mod protests;

use std::ops::Range;

use doleance_packs::{ClassSet, IssueTerms};
use doleance_records::Stance;
use doleance_text::ud::Upos;
use doleance_text::{SentenceId, Span, TokenId};

pub use cues::{ClaimCue, ClaimCues, Content};

use crate::code::arguments::{Syntax, is_verb};
use crate::code::draft::Draft;

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

/// Where a claim stands: the cue with its word, who makes it, under which draft.
#[derive(Clone, Copy)]
struct Place<'p> {
    cue: &'p ClaimCue,
    head: TokenId,
    claimants: &'p [TokenId],
    draft: Option<usize>,
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
        let at = Place { cue, head, claimants: &arguments.subject, draft };
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
                            self.push(at, first, tokens, found);
                        }
                    }
                }
                Content::List => self.list_after(at, found),
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
            self.push_coordinated(at, content, found);
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
            self.continue_list(at, from, found);
        }
    }

    fn push(&self, at: Place, content: TokenId, words: Range<u32>, found: &mut Vec<FoundClaim>) {
        let doc = self.syntax.document;
        let Place { cue, head, claimants, draft } = at;
        if words.is_empty() {
            return;
        }
        let span = words
            .clone()
            .fold(doc.tokens()[words.start as usize].span, |s, w| s.join(doc.tokens()[w as usize].span));
        // "want their mayor to go": who is to act tells what is asked, where the act alone does not.
        let issue = self.issue_of(words.clone()).or_else(|| {
            let asked = doc.children(head).iter().copied().filter(|&c| {
                matches!(doc.universal_relation(c), "obj" | "iobj" | "obl") && c > head && c < content
            });
            let first = asked.map(|c| doc.subtree_span(c)).map(|s| doc.tokens_in(s).start).min()?;
            let is_act = doc.has_feature(content, "VerbForm", "Inf") && first > head.0;
            is_act.then(|| self.issue_over(first..words.end, content)).flatten()
        });
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

    /// The issue of a term of several words that reach over a token.
    fn issue_over(&self, words: Range<u32>, token: TokenId) -> Option<&str> {
        let (doc, own) = (self.syntax.document, self.syntax.words);
        let mut terms = self.issues.matches(doc, own, self.classes, words);
        let over = |at: TokenId, length: usize| at < token && token.0 < at.0 + length as u32;
        terms.find(|&(_, at, length)| over(at, length)).map(|(term, ..)| &term.issue[..])
    }

    /// The issue whose terms weigh most; longer terms weigh more, and the first word of the content a little more.
    fn issue_of(&self, words: Range<u32>) -> Option<&str> {
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
}
