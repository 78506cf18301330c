//! The pattern notation of `times.toml` and the small program that each pattern becomes.
//!
//! Notation: words stand for themselves; `(a|b)` is a choice; `?` makes the element before it optional; `<name>` is a
//! list, class, group or built-in number; `<name:slot>` puts what it catches elsewhere; `~` asks that the next element
//! follow without a blank; `[…]` marks the expression inside its context; `\` takes the next sign literally.

use doleance_text::Strings;

use crate::expression::Slot;
use crate::fields::Field;
use crate::phrases::{Piece, pieces};

/// Numbers with a range that no table could list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    /// Any numeral, as an amount.
    Amount,
    /// 1 to 31.
    Day,
    /// Four digits that can be a year.
    Year,
    /// Four digits from 1900 to 2049.
    RecentYear,
    /// A numeral that is more than an article.
    Several,
    /// Two digits after an apostrophe or month.
    ShortYear,
    /// 1 to 12.
    Month,
    /// 0 to 24.
    Hour,
    /// Two digits, 00 to 59.
    Minute,
    /// Hour and minute in four digits.
    Clock,
    /// A numeral with an ordinal ending or an ordinal word.
    Ordinal,
    /// A year that ends in 0.
    Decade,
    /// Any run of digits.
    Digits,
}

/// One step of a pattern's program.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    Piece(Piece),
    /// The next atom must follow without a blank.
    Glued,
    List(usize),
    Class(usize, Field),
    Number(Number, Field),
    Group(usize, Slot),
    /// Try the next step, then the other.
    Split(usize),
    Jump(usize),
    Open,
    Close,
    Done,
}

impl Step {
    /// Whether the step looks at the next atom.
    pub(crate) fn consumes(&self) -> bool {
        !matches!(self, Step::Split(_) | Step::Jump(_) | Step::Open | Step::Close | Step::Done)
    }
}

/// What a name in angle brackets stands for.
pub(crate) enum Named {
    List(usize),
    Class(usize, Field),
    Number(Number, Field),
    Group(usize),
}

/// The first things a pattern can begin with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Piece(Piece),
    Glued,
    List(usize),
    Class(usize, Field),
    Number(Number, Field),
    Group(usize, Slot),
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    Optional(Box<Node>),
    Open,
    Close,
}

/// Reads a pattern. The error is a reason and a repair.
pub(crate) fn parse(
    pattern: &str,
    vocabulary: &mut Strings,
    named: &mut dyn FnMut(&str) -> Option<Named>,
) -> Result<Node, (String, String)> {
    let mut parser = Parser { chars: pattern.chars().collect(), at: 0, vocabulary, named };
    let node = parser.choice()?;
    if parser.at < parser.chars.len() {
        return Err(("a closing parenthesis has no opening one".into(), "balance the parentheses".into()));
    }
    let flat = format!("{node:?}");
    if flat.matches("Open").count() != flat.matches("Close").count() {
        return Err(("the brackets of the extent do not pair".into(), "write one [ and one ]".into()));
    }
    Ok(node)
}

struct Parser<'a> {
    chars: Vec<char>,
    at: usize,
    vocabulary: &'a mut Strings,
    named: &'a mut dyn FnMut(&str) -> Option<Named>,
}

type Parsed = Result<Node, (String, String)>;

impl Parser<'_> {
    fn choice(&mut self) -> Parsed {
        let mut choices = vec![self.sequence()?];
        while self.chars.get(self.at) == Some(&'|') {
            self.at += 1;
            choices.push(self.sequence()?);
        }
        Ok(if choices.len() == 1 { choices.remove(0) } else { Node::Choice(choices) })
    }

    fn sequence(&mut self) -> Parsed {
        let mut nodes: Vec<Node> = Vec::new();
        while let Some(&c) = self.chars.get(self.at) {
            let node = match c {
                ')' | '|' => break,
                c if c.is_whitespace() => {
                    self.at += 1;
                    continue;
                }
                '?' => {
                    self.at += 1;
                    let last = nodes.pop().ok_or_else(|| {
                        ("? has nothing before it".to_owned(), "put it after an element".to_owned())
                    })?;
                    nodes.push(Node::Optional(Box::new(last)));
                    continue;
                }
                '(' => {
                    self.at += 1;
                    let inner = self.choice()?;
                    if self.chars.get(self.at) != Some(&')') {
                        return Err(("a parenthesis is not closed".into(), "balance the parentheses".into()));
                    }
                    self.at += 1;
                    inner
                }
                '[' => {
                    self.at += 1;
                    Node::Open
                }
                ']' => {
                    self.at += 1;
                    Node::Close
                }
                '~' => {
                    self.at += 1;
                    Node::Glued
                }
                '<' => self.name()?,
                _ => self.literal(),
            };
            nodes.push(node);
        }
        Ok(if nodes.len() == 1 { nodes.remove(0) } else { Node::Sequence(nodes) })
    }

    fn name(&mut self) -> Parsed {
        let end = self.chars[self.at..].iter().position(|&c| c == '>').map(|i| self.at + i);
        let end = end.ok_or_else(|| ("a < is not closed".to_owned(), "close it with >".to_owned()))?;
        let inside: String = self.chars[self.at + 1..end].iter().collect();
        self.at = end + 1;
        let (name, slot) = inside.split_once(':').map_or((inside.as_str(), None), |(n, s)| (n, Some(s)));
        let unknown = || {
            (
                format!("<{inside}> names no list, class, group or number"),
                "define it under [lists] or [class.…], or mend the name".to_owned(),
            )
        };
        let field = |default: Field| match slot {
            None => Ok(default),
            Some(slot) => Field::parse(slot).ok_or_else(|| {
                (format!("slot {slot} is no field"), format!("use one of {}", Field::names()))
            }),
        };
        Ok(match (self.named)(name).ok_or_else(unknown)? {
            Named::List(list) => Node::List(list),
            Named::Class(class, default) => Node::Class(class, field(default)?),
            Named::Number(number, default) => Node::Number(number, field(default)?),
            Named::Group(group) => Node::Group(
                group,
                match slot {
                    None => Slot::Main,
                    Some("from") => Slot::From,
                    Some("to") => Slot::To,
                    Some(other) => {
                        return Err((format!("slot {other} of a group"), "use :from, :to or none".into()));
                    }
                },
            ),
        })
    }

    fn literal(&mut self) -> Node {
        let mut word = String::new();
        while let Some(&c) = self.chars.get(self.at) {
            if c == '\\' {
                word.extend(self.chars.get(self.at + 1));
                self.at += 2;
            } else if c.is_whitespace() || "()[]|?<~".contains(c) {
                break;
            } else {
                word.push(c);
                self.at += 1;
            }
        }
        let pieces = pieces(self.vocabulary, &word);
        match &*pieces {
            [one] => Node::Piece(*one),
            several => Node::Sequence(several.iter().map(|p| Node::Piece(*p)).collect()),
        }
    }
}

/// Turns a pattern into steps.
pub(crate) fn compile(node: &Node) -> Vec<Step> {
    let mut steps = Vec::new();
    emit(node, &mut steps);
    steps.push(Step::Done);
    steps
}

fn emit(node: &Node, steps: &mut Vec<Step>) {
    match node {
        Node::Piece(piece) => steps.push(Step::Piece(*piece)),
        Node::Glued => steps.push(Step::Glued),
        Node::List(list) => steps.push(Step::List(*list)),
        Node::Class(class, field) => steps.push(Step::Class(*class, *field)),
        Node::Number(number, field) => steps.push(Step::Number(*number, *field)),
        Node::Group(group, slot) => steps.push(Step::Group(*group, *slot)),
        Node::Open => steps.push(Step::Open),
        Node::Close => steps.push(Step::Close),
        Node::Sequence(nodes) => nodes.iter().for_each(|n| emit(n, steps)),
        Node::Optional(inner) => {
            let split = steps.len();
            steps.push(Step::Split(0));
            emit(inner, steps);
            steps[split] = Step::Split(steps.len());
        }
        Node::Choice(choices) => {
            let mut ends = Vec::new();
            for (i, choice) in choices.iter().enumerate() {
                if i + 1 == choices.len() {
                    emit(choice, steps);
                    break;
                }
                let split = steps.len();
                steps.push(Step::Split(0));
                emit(choice, steps);
                ends.push(steps.len());
                steps.push(Step::Jump(0));
                steps[split] = Step::Split(steps.len());
            }
            let end = steps.len();
            for jump in ends {
                steps[jump] = Step::Jump(end);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(pattern: &str) -> Result<usize, String> {
        let mut vocabulary = Strings::new();
        parse(pattern, &mut vocabulary, &mut |name| {
            (name == "day").then_some(Named::Number(Number::Day, Field::Day))
        })
        .map(|node| compile(&node).len())
        .map_err(|(reason, _)| reason)
    }

    #[test]
    fn choices_options_and_numbers_compile() {
        assert_eq!(steps("le <day>"), Ok(3));
        assert_eq!(steps("(le|ce)? [<day>] \\("), Ok(10));
        assert_eq!(steps("aujourd'hui"), Ok(4));
    }

    #[test]
    fn mistakes_are_named() {
        assert!(steps("(le").unwrap_err().contains("not closed"));
        assert!(steps("le)").unwrap_err().contains("no opening"));
        assert!(steps("<nope>").unwrap_err().contains("names no"));
        assert!(steps("[le").unwrap_err().contains("do not pair"));
        assert!(steps("?").unwrap_err().contains("nothing before"));
    }
}
