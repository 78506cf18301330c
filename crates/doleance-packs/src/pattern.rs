//! Dependency patterns: a documented subset of Semgrex (CoreNLP).
//!
//! A node is `{attr:value;attr:/a|b/}` with the attributes `word`, `lemma`, `upos`, `class` or the name of a morphological
//! feature; `{}` is any word, `!{…}` any word that does not fit. `=name` names a node. After a node stand relations, all of
//! which must hold: `>rel` child, `<rel` head, `>>rel` descendant, `<<rel` ancestor, `.` the next word, `..` a later word of
//! the sentence; `!>rel {…}` says that there is none. The relation's name may be left out; `obl` also means `obl:mod`.
//! A node with relations of its own, as the argument of a relation, stands in parentheses.

use std::borrow::Cow;

use doleance_text::{Document, TokenId};

use crate::classes::{ClassNames, ClassSet};

/// A compiled pattern.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    root: Node,
    names: Vec<String>,
}

/// The words that a match bound to names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bindings {
    words: Vec<(u8, TokenId)>,
}

impl Bindings {
    /// The word bound to a name of `pattern`.
    pub fn get(&self, pattern: &Pattern, name: &str) -> Option<TokenId> {
        let number = pattern.names.iter().position(|n| n == name)? as u8;
        self.words.iter().find(|(n, _)| *n == number).map(|(_, t)| *t)
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Node {
    negated: bool,
    tests: Vec<Test>,
    name: Option<u8>,
    relations: Vec<Relation>,
}

#[derive(Clone, Debug, PartialEq)]
enum Test {
    Word(Alternatives),
    Lemma(Alternatives),
    Upos(Alternatives),
    Class(ClassSet),
    Feature(String, Alternatives),
}

/// The words of a list `a|b|c`. Byte by byte: they are short, and a search set up for each would cost more than it saves.
pub(crate) fn between_bars(list: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(list);
    std::iter::from_fn(move || {
        let words = rest?;
        let end = words.bytes().position(|b| b == b'|');
        rest = end.map(|end| &words[end + 1..]);
        Some(&words[..end.unwrap_or(words.len())])
    })
}

/// Words of which one must be met, in lower case, in one string with bars between: a pack has thousands of such lists.
/// `train.*` is every word that begins so.
#[derive(Clone, Debug, PartialEq)]
struct Alternatives(Box<str>);

impl Alternatives {
    fn new(list: &str) -> Self {
        Alternatives(list.to_lowercase().into())
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        between_bars(&self.0)
    }

    fn hold(&self, value: &str) -> bool {
        let value = match value.contains(char::is_uppercase) {
            true => Cow::Owned(value.to_lowercase()),
            false => Cow::Borrowed(value),
        };
        self.iter().any(|v| match v.strip_suffix(".*") {
            Some(prefix) => value.starts_with(prefix),
            None => v == value,
        })
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Relation {
    negated: bool,
    direction: Direction,
    name: Option<String>,
    node: Node,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Direction {
    Child,
    Head,
    Descendant,
    Ancestor,
    Next,
    Later,
}

impl Pattern {
    /// Compiles the notation. The error says what is wrong and at which character.
    pub fn parse(text: &str, classes: &mut ClassNames) -> Result<Self, String> {
        let mut parser = Parser { rest: text, whole: text, names: Vec::new(), classes };
        let root = parser.node_with_relations()?;
        parser.space();
        if !parser.rest.is_empty() {
            return Err(parser.error("expected a relation or the end"));
        }
        let names = parser.names;
        Ok(Pattern { root, names })
    }

    /// The lemmas that the first node may have, if it names any: what the pattern is looked up by.
    pub fn anchor_lemmas(&self) -> impl Iterator<Item = &str> {
        let lemmas = self.root.tests.iter().find_map(|t| match t {
            Test::Lemma(list) if !self.root.negated => Some(list),
            _ => None,
        });
        lemmas.into_iter().flat_map(Alternatives::iter)
    }

    /// Matches with the first node at `token`.
    pub fn match_at(&self, document: &Document, classes: &[ClassSet], token: TokenId) -> Option<Bindings> {
        let mut bindings = Bindings::default();
        holds(&self.root, document, classes, token, &mut bindings).then_some(bindings)
    }
}

fn holds(node: &Node, doc: &Document, classes: &[ClassSet], token: TokenId, bindings: &mut Bindings) -> bool {
    let fits = node.tests.iter().all(|t| test_holds(t, doc, classes, token));
    if fits == node.negated {
        return false;
    }
    let mark = bindings.words.len();
    if let Some(name) = node.name {
        bindings.words.push((name, token));
    }
    for relation in &node.relations {
        let found = relation_holds(relation, doc, classes, token, bindings);
        if found == relation.negated {
            bindings.words.truncate(mark);
            return false;
        }
    }
    true
}

fn test_holds(test: &Test, doc: &Document, classes: &[ClassSet], token: TokenId) -> bool {
    match test {
        Test::Word(list) => list.hold(doc.form(token)),
        Test::Lemma(list) => list.hold(doc.lemma(token)),
        Test::Upos(list) => list.hold(doc.upos(token).name()),
        Test::Class(set) => classes.get(token.index()).is_some_and(|c| c.meets(*set)),
        Test::Feature(name, list) => doc.feature(token, name).is_some_and(|v| list.hold(v)),
    }
}

fn relation_holds(
    relation: &Relation,
    doc: &Document,
    classes: &[ClassSet],
    token: TokenId,
    bindings: &mut Bindings,
) -> bool {
    let named = |t: TokenId| {
        relation.name.as_deref().is_none_or(|name| {
            let found = doc.strings().get(doc.relation(t));
            found == name || (!name.contains(':') && doleance_text::ud::universal(found) == name)
        })
    };
    let mut try_word = |t: TokenId| holds(&relation.node, doc, classes, t, bindings);
    match relation.direction {
        Direction::Child => doc.children(token).iter().any(|&c| named(c) && try_word(c)),
        Direction::Head => doc.head(token).is_some_and(|h| named(token) && try_word(h)),
        Direction::Descendant => {
            doc.subtree(token).into_iter().any(|t| t != token && named(t) && try_word(t))
        }
        Direction::Ancestor => {
            let mut below = token;
            for above in doc.ancestors(token) {
                if named(below) && try_word(above) {
                    return true;
                }
                below = above;
            }
            false
        }
        Direction::Next => {
            let next = TokenId(token.0 + 1);
            doc.sentence(doc.sentence_of(token)).words.contains(&next.0) && try_word(next)
        }
        Direction::Later => {
            let end = doc.sentence(doc.sentence_of(token)).words.end;
            (token.0 + 1..end).map(TokenId).any(try_word)
        }
    }
}

struct Parser<'a, 'c> {
    rest: &'a str,
    whole: &'a str,
    names: Vec<String>,
    classes: &'c mut ClassNames,
}

impl Parser<'_, '_> {
    fn error(&self, what: &str) -> String {
        format!(
            "{what} at character {}",
            self.whole[..self.whole.len() - self.rest.len()].chars().count() + 1
        )
    }

    fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn eat(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn name(&mut self) -> String {
        let end = self
            .rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
            .unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        name.to_owned()
    }

    fn node_with_relations(&mut self) -> Result<Node, String> {
        self.space();
        let mut node = self.node()?;
        loop {
            self.space();
            if self.rest.is_empty() || self.rest.starts_with(')') {
                return Ok(node);
            }
            let negated = self.eat("!");
            let direction = if self.eat(">>") {
                Direction::Descendant
            } else if self.eat("<<") {
                Direction::Ancestor
            } else if self.eat(">") {
                Direction::Child
            } else if self.eat("<") {
                Direction::Head
            } else if self.eat("..") {
                Direction::Later
            } else if self.eat(".") {
                Direction::Next
            } else {
                return Err(self.error("expected one of > < >> << . .."));
            };
            let name = self.name();
            self.space();
            let argument = if self.eat("(") {
                let inner = self.node_with_relations()?;
                self.space();
                if !self.eat(")") {
                    return Err(self.error("expected )"));
                }
                inner
            } else {
                self.node()?
            };
            let name = (!name.is_empty()).then_some(name);
            node.relations.push(Relation { negated, direction, name, node: argument });
        }
    }

    fn node(&mut self) -> Result<Node, String> {
        let negated = self.eat("!");
        if !self.eat("{") {
            return Err(self.error("expected {"));
        }
        let Some(end) = self.rest.find('}') else { return Err(self.error("a { is not closed")) };
        let (inside, rest) = self.rest.split_at(end);
        let mut tests = Vec::new();
        for part in inside.split(';').map(str::trim).filter(|p| !p.is_empty()) {
            let Some((attribute, value)) = part.split_once(':') else {
                return Err(self.error("expected attribute:value"));
            };
            let value = value.trim();
            let list = value.strip_prefix('/').and_then(|v| v.strip_suffix('/')).unwrap_or(value);
            tests.push(match attribute.trim() {
                "word" => Test::Word(Alternatives::new(list)),
                "lemma" => Test::Lemma(Alternatives::new(list)),
                "upos" => Test::Upos(Alternatives::new(list)),
                "class" => {
                    let mut set = ClassSet::NONE;
                    for name in list.split('|') {
                        set = set.join(self.classes.intern(name).ok_or("more than 64 classes are in use")?);
                    }
                    Test::Class(set)
                }
                feature => Test::Feature(feature.to_owned(), Alternatives::new(list)),
            });
        }
        self.rest = &rest[1..];
        let name = if self.eat("=") {
            let name = self.name();
            let number = self.names.iter().position(|n| *n == name).unwrap_or_else(|| {
                self.names.push(name);
                self.names.len() - 1
            });
            Some(u8::try_from(number).map_err(|_| "more than 255 names in one pattern")?)
        } else {
            None
        };
        Ok(Node { negated, tests, name, relations: Vec::new() })
    }
}

#[cfg(test)]
mod tests {
    use doleance_text::{DocumentBuilder, Span, Token, ud};

    use super::*;

    /// "workers block roads": block → workers (nsubj), roads (obj).
    fn document() -> Document {
        let mut builder = DocumentBuilder::new("workers block roads".into());
        let rows = [
            ("workers", "worker", "Number=Plur", ud::NSUBJ, Some(1), ud::Upos::Noun, 0, 7),
            ("block", "block", "Tense=Pres", ud::ROOT, None, ud::Upos::Verb, 8, 13),
            ("roads", "road", "Number=Plur", ud::OBJ, Some(1), ud::Upos::Noun, 14, 19),
        ];
        for (form, lemma, features, relation, head, upos, start, end) in rows {
            let (form, lemma, features) =
                (builder.intern(form), builder.intern(lemma), builder.intern(features));
            builder.push_token(Token {
                span: Span::new(start, end),
                form,
                lemma,
                features,
                relation,
                head: head.map(TokenId),
                upos,
            });
        }
        builder.finish()
    }

    fn matches_at(pattern: &str, token: u32) -> bool {
        let mut names = ClassNames::default();
        let classes = vec![ClassSet::NONE, ClassSet::NONE, names.intern("site").unwrap()];
        let pattern = Pattern::parse(pattern, &mut names).unwrap();
        pattern.match_at(&document(), &classes, TokenId(token)).is_some()
    }

    #[test]
    fn each_relation_is_read() {
        assert!(matches_at("{lemma:block} >obj {class:site} >nsubj {Number:Plur}", 1));
        assert!(matches_at("{lemma:road} <obj ({upos:VERB} >nsubj {lemma:/worker|miner/})", 2));
        assert!(matches_at("{word:workers} . {lemma:block} .. {lemma:road}", 0));
        assert!(matches_at("{} >> {lemma:ro.*}", 1));
        assert!(!matches_at("{lemma:block} !>obj {}", 1));
        assert!(!matches_at("!{lemma:block}", 1));
        assert!(!matches_at("{lemma:block} >iobj {}", 1));
    }

    #[test]
    fn names_are_bound() {
        let mut names = ClassNames::default();
        let pattern = Pattern::parse("{lemma:block} >obj {}=target", &mut names).unwrap();
        let found = pattern.match_at(&document(), &[], TokenId(1)).unwrap();
        assert_eq!(found.get(&pattern, "target"), Some(TokenId(2)));
    }

    #[test]
    fn a_broken_pattern_says_where() {
        let error = Pattern::parse("{lemma:block} >obj lemma", &mut ClassNames::default()).unwrap_err();
        assert!(error.contains("character 20"), "{error}");
    }
}
