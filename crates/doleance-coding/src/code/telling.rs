//! What a mention says of its action beside place and time: who acts, on what, how many, in which form. Two mentions that
//! differ in these tell two events more often than one ("350 gilets jaunes ont défilé" after "8 000 manifestants").

use doleance_packs::ClassSet;
use doleance_text::ud::Upos;
use doleance_text::{Document, TokenId};

use crate::annotate::Annotation;
use crate::choices::Features;
use crate::code::arguments::{Syntax, is_verb};
use crate::code::draft::Draft;

/// What one mention says.
#[derive(Clone, Copy, Debug)]
pub struct Telling {
    /// Classes of those who act.
    actors: ClassSet,
    /// How many act.
    crowd: Option<u64>,
    /// How the action is named.
    form: Form,
    /// Told in a tense before that of the narrative.
    background: bool,
}

/// How the action is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// A verb that carries tense, or whose auxiliary does.
    Finite,
    /// Another form of a verb.
    Nonfinite,
    /// A noun for one.
    Singular,
    /// A noun for several.
    Plural,
}

impl Form {
    fn name(self) -> &'static str {
        match self {
            Form::Finite => "finite",
            Form::Nonfinite => "nonfinite",
            Form::Singular => "singular",
            Form::Plural => "plural",
        }
    }
}

/// How what one mention says stands to what another says, from the least alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// Neither says.
    Open,
    /// Only the later one says.
    Later,
    /// Only the earlier one says.
    Earlier,
    Other,
    /// Other words of one class.
    Alike,
    Same,
}

impl Likeness {
    fn name(self) -> &'static str {
        match self {
            Likeness::Open => "open",
            Likeness::Later => "later",
            Likeness::Earlier => "earlier",
            Likeness::Other => "other",
            Likeness::Alike => "alike",
            Likeness::Same => "same",
        }
    }

    fn of_presence(earlier: bool, later: bool) -> Option<Likeness> {
        match (earlier, later) {
            (false, false) => Some(Likeness::Open),
            (false, true) => Some(Likeness::Later),
            (true, false) => Some(Likeness::Earlier),
            (true, true) => None,
        }
    }
}

impl Telling {
    /// Reads it off the tree around a draft.
    pub fn of(syntax: Syntax, annotation: &Annotation, draft: &Draft) -> Telling {
        let doc = syntax.document;
        let arguments = &draft.arguments;
        let actors = arguments
            .subject
            .iter()
            .fold(ClassSet::NONE, |all, subject| all.join(annotation.classes[subject.index()]));
        let counts = |head: TokenId| {
            arguments.subject.contains(&head)
                || arguments.complement.contains(&head)
                || doc.head(head).is_some_and(|above| arguments.subject.contains(&above))
        };
        let crowd = annotation.quantities.iter().filter(|q| counts(q.head)).find_map(|q| q.low);
        Telling { actors, crowd, form: form_of(doc, draft.head), background: is_background(doc, draft) }
    }
}

fn auxiliaries(doc: &Document, verb: TokenId) -> impl Iterator<Item = TokenId> + '_ {
    doc.children(verb)
        .iter()
        .copied()
        .filter(|&c| doc.universal_relation(c) == "aux" && doc.feature(c, "VerbForm") == Some("Fin"))
}

fn form_of(doc: &Document, head: TokenId) -> Form {
    if !is_verb(doc, head) {
        let plural = doc.feature(head, "Number") == Some("Plur");
        return if plural { Form::Plural } else { Form::Singular };
    }
    let finite = doc.feature(head, "VerbForm") == Some("Fin") || auxiliaries(doc, head).next().is_some();
    if finite { Form::Finite } else { Form::Nonfinite }
}

/// "avaient manifesté", "had marched": a participle under an auxiliary that is itself past.
fn is_background(doc: &Document, draft: &Draft) -> bool {
    draft.arguments.predicate.is_some_and(|predicate| {
        doc.feature(predicate, "VerbForm") == Some("Part")
            && auxiliaries(doc, predicate).any(|c| matches!(doc.feature(c, "Tense"), Some("Imp" | "Past")))
    })
}

/// The mentions of a report, to be compared with each other.
pub struct Tellings<'a> {
    /// Words and trees.
    pub syntax: Syntax<'a>,
    /// The drafts.
    pub drafts: &'a [Draft],
    /// What each says.
    pub told: Vec<Telling>,
}

/// With how many of the last mentions of a record a further one is compared.
const MENTIONS: usize = 16;

impl Tellings<'_> {
    /// Adds how the mention `later` stands to those that `earlier` lists: the likest of them counts.
    pub fn compare(&self, earlier: &[usize], later: usize, features: &mut Features) {
        let recent = &earlier[earlier.len().saturating_sub(MENTIONS)..];
        let likest = |like: &dyn Fn(usize) -> Likeness| {
            recent.iter().map(|&e| like(e)).max().unwrap_or(Likeness::Open).name()
        };
        let own = &self.told[later];
        let subject = likest(&|e| {
            let likeness =
                self.nouns(&self.drafts[e].arguments.subject, &self.drafts[later].arguments.subject);
            let alike = likeness == Likeness::Other && self.told[e].actors.meets(own.actors);
            if alike { Likeness::Alike } else { likeness }
        });
        features.add(format_args!("subject={subject}"));
        let object =
            likest(&|e| self.nouns(&self.drafts[e].arguments.object, &self.drafts[later].arguments.object));
        features.add(format_args!("object={object}"));
        let crowd =
            likest(&|e| {
                let before = self.told[e].crowd;
                Likeness::of_presence(before.is_some(), own.crowd.is_some())
                    .unwrap_or(if before == own.crowd { Likeness::Same } else { Likeness::Other })
            });
        features.add(format_args!("crowd={crowd}"));
        let lead = &self.told[earlier[0]];
        features.add(format_args!("form={}", own.form.name()));
        features.add(format_args!("form={}&earlier={}", own.form.name(), lead.form.name()));
        if own.background != lead.background {
            features.add(format_args!("background={}", if own.background { "later" } else { "earlier" }));
        }
    }

    /// Whether two lists of arguments share a noun.
    fn nouns(&self, earlier: &[TokenId], later: &[TokenId]) -> Likeness {
        let doc = self.syntax.document;
        let nominal = |t: &&TokenId| matches!(doc.upos(**t), Upos::Noun | Upos::Propn);
        let (mut before, mut own) =
            (earlier.iter().filter(nominal).peekable(), later.iter().filter(nominal).peekable());
        if let Some(likeness) = Likeness::of_presence(before.peek().is_some(), own.peek().is_some()) {
            return likeness;
        }
        let same = |a: TokenId, b: TokenId| {
            let lower = |t| doc.lemma(t).chars().flat_map(char::to_lowercase);
            lower(a).eq(lower(b))
        };
        let shared =
            earlier.iter().filter(nominal).any(|&a| later.iter().filter(nominal).any(|&b| same(a, b)));
        if shared { Likeness::Same } else { Likeness::Other }
    }
}

#[cfg(test)]
mod tests {
    use doleance_text::{LanguageCode, Report};

    use crate::choices::Features;
    use crate::code::claims::FoundClaim;
    use crate::code::settle::{Candidate, Watch};
    use crate::coded::{CodingOptions, work};
    use crate::pack::LanguagePacks;

    #[derive(Default)]
    struct Pairs(Vec<Vec<String>>);

    impl Watch for Pairs {
        fn places(&mut self, _: usize, _: &[Candidate]) {}
        fn times(&mut self, _: usize, _: &[Candidate]) {}
        fn pair(&mut self, _: &[usize], _: usize, features: &Features) {
            self.0.push(features.iter().map(str::to_owned).collect());
        }
        fn claim(&mut self, _: &FoundClaim, _: &Features) {}
    }

    /// What tells the second mention of an English text from the first.
    fn compared(text: &str) -> Vec<String> {
        let packs = LanguagePacks::embedded();
        let pack = packs.get(&LanguageCode("en".to_owned())).unwrap().unwrap();
        let mut pairs = Pairs::default();
        let report = Report::new("pair.txt", text);
        let shared = packs.shared().unwrap();
        work(pack, shared, &shared.choices, &report, &CodingOptions::default(), 0.0, &mut pairs);
        pairs.0.into_iter().next().expect("two mentions of one kind")
    }

    fn holds(features: &[String], feature: &str) -> bool {
        features.iter().any(|f| f == feature)
    }

    #[test]
    fn another_number_of_marchers_is_another_crowd() {
        let found = compared("Some 8,000 people marched in Lyon. About 350 pensioners marched in Dijon.");
        assert!(holds(&found, "crowd=other"), "{found:?}");
        let found = compared("Some 8,000 people marched in Lyon. The 8,000 people marched to the town hall.");
        assert!(holds(&found, "crowd=same") && holds(&found, "subject=same"), "{found:?}");
    }

    #[test]
    fn what_had_happened_before_is_background() {
        let found = compared("Miners went on strike in Hull. Dockers had gone on strike in Leith.");
        assert!(holds(&found, "background=later") && holds(&found, "form=finite"), "{found:?}");
        assert!(!holds(&found, "subject=same") && !holds(&found, "subject=open"), "{found:?}");
        let found = compared("Miners went on strike in Hull. Dockers went on strike in Leith.");
        assert!(!found.iter().any(|f| f.starts_with("background=")), "{found:?}");
    }

    #[test]
    fn several_are_named_by_a_plural_noun() {
        let found = compared("Miners went on strike in Hull. Strikes followed in Leith.");
        assert!(holds(&found, "form=plural") && holds(&found, "subject=earlier"), "{found:?}");
    }
}
