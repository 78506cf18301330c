//! Logical arguments of a trigger, read off the tree: through passives, coordination, control, participles, relative
//! clauses, nominalisations and support verbs.

use doleance_packs::DocumentWords;
use doleance_text::ud::{Upos, universal};
use doleance_text::{Document, TokenId};

use crate::grammar::Grammar;

/// Who acts and who is acted on, as heads of noun phrases, coordinated ones included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    /// Logical subject: the agent.
    pub subject: Vec<TokenId>,
    /// Logical object: the patient.
    pub object: Vec<TokenId>,
    /// Those of them that only a preposition makes acted on: *fired [on the crowd]*, but also *arrested on charges*.
    pub marked: Vec<TokenId>,
    /// What stands after a genitive marker under a noun: agent or patient, as the trigger says.
    pub complement: Vec<TokenId>,
    /// The verb that carries tense and mood: the trigger itself, or the verb that a noun hangs on.
    pub predicate: Option<TokenId>,
}

/// Words and trees of one document, with the language's function words: what every reading of the tree needs.
#[derive(Clone, Copy)]
pub struct Syntax<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its words in the pack's vocabulary.
    pub words: &'a DocumentWords,
    /// The function words.
    pub grammar: &'a Grammar,
}

impl<'a> Syntax<'a> {
    /// The arguments of the trigger word `head`.
    pub fn arguments(self, head: TokenId) -> Arguments {
        let mut found = match self.document.upos(head) {
            Upos::Verb | Upos::Aux => self.of_verb(head, 0),
            _ => self.of_noun(head),
        };
        for list in [&mut found.subject, &mut found.object, &mut found.complement] {
            let mut all: Vec<TokenId> = list.iter().flat_map(|&t| self.coordinated(t)).collect();
            let counted: Vec<TokenId> = all.iter().filter_map(|&t| self.counted_by(t)).collect();
            all.extend(counted);
            all.retain(|&t| t != head);
            all.sort_unstable();
            all.dedup();
            *list = all;
        }
        found
    }

    /// A word and the words coordinated with it.
    pub fn coordinated(self, token: TokenId) -> Vec<TokenId> {
        let mut found = vec![token];
        let mut next = 0;
        while next < found.len() && found.len() < 64 {
            found.extend(self.document.children_by(found[next], "conj").filter(|&c| {
                self.document.upos(c).is_nominal() || self.document.upos(c) == self.document.upos(token)
            }));
            next += 1;
        }
        found
    }

    /// What a word of quantity counts, where it heads the phrase: *close to 900 [people]*, *several of the [strikers]*.
    fn counted_by(self, token: TokenId) -> Option<TokenId> {
        let doc = self.document;
        let is_function_word =
            matches!(doc.upos(token), Upos::Adv | Upos::Num | Upos::Pron | Upos::Det | Upos::Adj);
        if !is_function_word && !self.grammar.counting_nouns.holds(doc, self.words, token) {
            return None;
        }
        doc.children(token).iter().copied().find(|&c| {
            matches!(doc.universal_relation(c), "nmod" | "obl")
                && doc.upos(c).is_nominal()
                && self.has_case(c, &self.grammar.complement_markers)
        })
    }

    /// Whether a word has an adposition (or other case marker) of a set.
    pub fn has_case(self, token: TokenId, set: &crate::grammar::WordSet) -> bool {
        let mut children = self.document.children(token).iter().copied();
        children.any(|c| {
            matches!(self.document.universal_relation(c), "case" | "mark" | "cc")
                && (set.holds(self.document, self.words, c)
                    || self.document.children_by(c, "fixed").any(|f| set.holds(self.document, self.words, f)))
        })
    }

    /// Whether a word of a set hangs on a word.
    pub fn has_child_of(self, token: TokenId, set: &crate::grammar::WordSet) -> bool {
        self.document.children(token).iter().any(|&c| set.holds(self.document, self.words, c))
    }

    /// Whether a noun takes up what is known: *the strike*, *this strike*.
    pub fn refers_back(self, noun: TokenId) -> bool {
        self.has_child_of(noun, &self.grammar.anaphoric_determiners)
            || self.has_child_of(noun, &self.grammar.definite_determiners)
    }

    /// Whether a word says that an action is of the whole country: *a [nationwide] strike*.
    pub fn is_national(self, action: TokenId) -> bool {
        let doc = self.document;
        doc.children(action).iter().any(|&c| {
            matches!(doc.universal_relation(c), "amod" | "compound" | "advmod")
                && self.grammar.national_words.holds(doc, self.words, c)
        })
    }

    /// Whether an action is a day of a campaign: *a [day of action]*, but not *the third day of protests*.
    pub fn is_day_of_campaign(self, action: TokenId) -> bool {
        let (doc, grammar) = (self.document, self.grammar);
        let is_day = |t: &TokenId| grammar.day_nouns.holds(doc, self.words, *t);
        let day = [Some(action), doc.head(action)].into_iter().flatten().find(is_day);
        day.is_some_and(|day| {
            let mut of = doc.children_by(day, "nmod");
            let counted = doc.children_by(day, "amod").any(|c| doc.has_feature(c, "NumType", "Ord"));
            !counted && of.any(|c| grammar.campaign_nouns.holds(doc, self.words, c))
        })
    }

    /// Whether a word is marked as the source of a statement: *according to [the police]*, *d'après [la police]*.
    pub fn is_source(self, token: TokenId) -> bool {
        let (doc, grammar) = (self.document, self.grammar);
        let ends_phrase = |t: TokenId| {
            let before = t.0.checked_sub(1).map(TokenId);
            grammar.source_phrase_ends.holds(doc, self.words, t)
                && before.is_some_and(|b| grammar.complement_markers.holds(doc, self.words, b))
        };
        // "les rumeurs selon lesquelles …": a relative pronoun is nobody.
        if doc.has_feature(token, "PronType", "Rel") {
            return false;
        }
        self.has_case(token, &grammar.source_markers)
            || doc.children(token).iter().any(|&c| {
                doc.universal_relation(c) == "case"
                    && (ends_phrase(c) || doc.children_by(c, "fixed").any(ends_phrase))
            })
    }

    /// Whether a verb stands in the passive, or is a past participle that modifies what undergoes the action.
    pub fn is_passive(self, verb: TokenId) -> bool {
        let doc = self.document;
        // "ils sont morts", "elles se sont rassemblées": the auxiliary is that of a passive, the verb has none.
        let reflexive = || doc.children(verb).iter().any(|&c| doc.has_feature(c, "Reflex", "Yes"));
        if self.grammar.active_with_be.holds(doc, self.words, verb) || reflexive() {
            return false;
        }
        let relation = |&child: &TokenId| doc.strings().get(doc.relation(child));
        let has = |wanted: &str| doc.children(verb).iter().any(|c| relation(c) == wanted);
        // "la police les a dispersés": with an object and an auxiliary of tense alone it is active, whatever its subject.
        if (has("obj") || has("iobj")) && has("aux:tense") && !has("aux:pass") && !has("obl:agent") {
            return false;
        }
        let mut has_auxiliary = false;
        for &child in doc.children(verb) {
            match doc.strings().get(doc.relation(child)) {
                "aux:pass" | "nsubj:pass" | "csubj:pass" | "expl:pass" | "obl:agent" => return true,
                r if r.starts_with("aux") => has_auxiliary = true,
                _ => {}
            }
        }
        // A past tense without auxiliary is easily tagged as a passive participle; a plain subject says that it is none.
        let plain_subject = doc.children(verb).iter().any(|&c| doc.relation(c) == doleance_text::ud::NSUBJ);
        if plain_subject {
            // "[Headline] Commerces attaqués à Nouméa": where no past looks like a participle, a bare one is a passive.
            let bare = !has_auxiliary
                && doc.has_feature(verb, "VerbForm", "Part")
                && doc.has_feature(verb, "Tense", "Past")
                && doc.children_by(verb, "obj").next().is_none();
            return bare && !self.grammar.past_like_participle;
        }
        // "a group broke windows and clashed with police": the second verb goes by the first.
        let first = doc.head(verb).filter(|&v| doc.universal_relation(verb) == "conj" && is_verb(doc, v));
        if let Some(first) = first.filter(|_| !has_auxiliary)
            && !self.is_passive(first)
        {
            return false;
        }
        if doc.has_feature(verb, "Voice", "Pass") {
            return true;
        }
        let past_participle =
            doc.has_feature(verb, "VerbForm", "Part") && doc.has_feature(verb, "Tense", "Past");
        let has_object = doc.children_by(verb, "obj").next().is_some();
        past_participle
            && !has_auxiliary
            && !has_object
            && matches!(
                doc.universal_relation(verb),
                "acl" | "amod" | "root" | "advcl" | "conj" | "parataxis"
            )
    }

    fn of_verb(self, verb: TokenId, depth: u8) -> Arguments {
        let doc = self.document;
        let passive = self.is_passive(verb);
        let mut surface_subject: Vec<TokenId> =
            doc.children_by(verb, "nsubj").map(|t| self.antecedent(t, verb)).collect();
        let mut found = Arguments { predicate: Some(verb), ..Arguments::default() };
        let mut objects: Vec<TokenId> =
            doc.children_by(verb, "obj").map(|t| self.antecedent(t, verb)).collect();
        if surface_subject.is_empty()
            && depth < 4
            && let Some(governor) = doc.head(verb)
        {
            match doc.universal_relation(verb) {
                "conj" if is_verb(doc, governor) => {
                    let above = self.of_verb(governor, depth + 1);
                    surface_subject = if self.is_passive(governor) { above.object } else { above.subject };
                }
                "xcomp" | "advcl" | "ccomp" if is_verb(doc, governor) => {
                    let above = self.of_verb(governor, depth + 1);
                    let controls = doc.universal_relation(verb) == "xcomp" && !above.object.is_empty();
                    surface_subject =
                        if controls || self.is_passive(governor) { above.object } else { above.subject };
                }
                "acl" | "amod" => surface_subject = vec![governor],
                _ => {}
            }
        }
        if objects.is_empty() && !passive {
            objects.extend(self.bare_relative_object(verb));
        }
        for &child in doc.children(verb) {
            let relation = doc.strings().get(doc.relation(child));
            if relation.starts_with("obl") && self.is_calling(child) {
                found.subject.extend(self.callers(child));
            } else if relation == "obl:agent"
                || (relation.starts_with("obl") && self.has_case(child, &self.grammar.agent_markers))
            {
                if passive || relation == "obl:agent" {
                    found.subject.push(child);
                }
            } else if matches!(relation, "iobj" | "obl:arg")
                // "en a arrêté trois": trees take a bare number for a circumstance.
                || relation.starts_with("obl")
                    && doc.upos(child) == Upos::Num
                    && doc.children(child).is_empty()
                || (relation.starts_with("obl") && self.has_case(child, &self.grammar.target_markers))
            {
                let object = self.antecedent(child, verb);
                if relation.starts_with("obl") && relation != "obl:arg" {
                    found.marked.push(object);
                }
                objects.push(object);
            }
        }
        if passive && found.subject.is_empty() {
            // "pelted with stones by protesters": trees hang who did it on the noun before.
            let below =
                doc.children(verb).iter().filter(|&&c| matches!(doc.universal_relation(c), "obl" | "obj"));
            found.subject.extend(below.flat_map(|&c| self.agents_of(c)));
        }
        if passive {
            found.object = surface_subject;
            found.object.extend(objects);
        } else {
            found.subject.extend(surface_subject);
            found.object = objects;
        }
        found
    }

    fn of_noun(self, noun: TokenId) -> Arguments {
        let doc = self.document;
        let mut found = Arguments::default();
        for &child in doc.children(noun) {
            let relation = doc.strings().get(doc.relation(child));
            match universal(relation) {
                "nmod" | "obl" if relation == "nmod:poss" => found.subject.push(child),
                "nmod" | "obl" => {
                    let grammar = self.grammar;
                    let acts = [&grammar.agent_markers, &grammar.with_markers, &grammar.between_markers];
                    if acts.iter().any(|set| self.has_case(child, set)) {
                        found.subject.push(child);
                    } else if self.has_case(child, &self.grammar.against_markers) {
                        found.object.push(child);
                    } else if self.is_calling(child) {
                        found.subject.extend(self.callers(child));
                    } else if self.has_case(child, &self.grammar.complement_markers) {
                        found.complement.push(child);
                        // "the arrest of three activists by the police".
                        found.subject.extend(self.agents_of(child));
                    }
                }
                "compound" | "amod" => found.complement.push(child),
                "acl" => {
                    found.subject.extend(self.gathered_by(child));
                    // "the strike, led by the union".
                    if self.grammar.support_verbs.holds(doc, self.words, child) && self.is_passive(child) {
                        let agents = doc.children_by(child, "obl");
                        found
                            .subject
                            .extend(agents.filter(|&t| self.has_case(t, &self.grammar.agent_markers)));
                    }
                }
                _ => {}
            }
        }
        let Some(governor) = doc.head(noun) else { return found };
        let relation = doc.strings().get(doc.relation(noun));
        if is_verb(doc, governor) {
            match universal(relation) {
                "obj" | "obl" | "xcomp" => {
                    // "took power after riots": who did it is told of the power.
                    let beside = self.has_case(noun, &self.grammar.circumstance_markers);
                    let supported = !beside && self.grammar.support_verbs.holds(doc, self.words, governor);
                    if supported || relation == "obj" {
                        found.predicate = Some(governor);
                    }
                    if supported {
                        found.subject.extend(self.of_verb(governor, 1).subject);
                    }
                }
                "nsubj" | "csubj" => {
                    found.predicate = Some(governor);
                    found.subject.extend(self.gathered_by(governor));
                    found.subject.extend(self.pitted_by(governor));
                    if self.is_passive(governor)
                        && self.grammar.support_verbs.holds(doc, self.words, governor)
                    {
                        found.subject.extend(self.of_verb(governor, 1).subject);
                    }
                }
                _ => {}
            }
        } else if universal(relation) == "conj" {
            found.predicate = self.of_noun_predicate(governor, 0);
        }
        found
    }

    /// Those who take part in the action that a verb is said of: *the march drew [2,000 people]*.
    fn gathered_by(self, verb: TokenId) -> impl Iterator<Item = TokenId> {
        let doc = self.document;
        let gathers = is_verb(doc, verb)
            && self.grammar.gathering_verbs.holds(doc, self.words, verb)
            && !self.is_passive(verb);
        doc.children_by(verb, "obj").filter(move |_| gathers)
    }

    /// Both sides of a fight that a verb is said of: *clashes pitted [youths] against [police]*.
    fn pitted_by(self, verb: TokenId) -> Vec<TokenId> {
        let doc = self.document;
        if !self.grammar.pitting_verbs.holds(doc, self.words, verb) || self.is_passive(verb) {
            return Vec::new();
        }
        let grammar = self.grammar;
        let against = |t: &TokenId| {
            [
                &grammar.against_markers,
                &grammar.target_markers,
                &grammar.with_markers,
                &grammar.between_markers,
            ]
            .iter()
            .any(|set| self.has_case(*t, set))
        };
        let mut sides: Vec<TokenId> = doc
            .children(verb)
            .iter()
            .copied()
            .filter(|t| match doc.universal_relation(*t) {
                "obj" | "iobj" => true,
                "obl" => doc.strings().get(doc.relation(*t)) == "obl:arg" || against(t),
                _ => false,
            })
            .collect();
        let second: Vec<TokenId> =
            sides.iter().flat_map(|&t| doc.children_by(t, "nmod").filter(|c| against(c))).collect();
        sides.extend(second);
        // "the marches oppose the minister": who stands alone there does not take part.
        if sides.len() < 2 { Vec::new() } else { sides }
    }

    /// Whether a noun says at whose call something was done: *à l'appel de*, not *contre l'appel de*.
    fn is_calling(self, noun: TokenId) -> bool {
        self.grammar.calling_nouns.holds(self.document, self.words, noun)
            && self.has_case(noun, &self.grammar.calling_markers)
    }

    /// Who a noun of calling says it came from: *à l'appel de la CGT et de FO*.
    fn callers(self, noun: TokenId) -> impl Iterator<Item = TokenId> {
        let doc = self.document;
        let by = [&self.grammar.complement_markers, &self.grammar.agent_markers];
        let names = move |t: &TokenId| {
            by.iter().any(|set| self.has_case(*t, set)) || doc.strings().get(doc.relation(*t)) == "nmod:poss"
        };
        doc.children_by(noun, "nmod").filter(names)
    }

    /// Agents that a tree hangs on a noun beside the verb or noun whose they are.
    fn agents_of(self, noun: TokenId) -> impl Iterator<Item = TokenId> {
        let doc = self.document;
        doc.children_by(noun, "nmod").filter(move |&t| self.has_case(t, &self.grammar.agent_markers))
    }

    /// The verb that a coordinated noun shares with the first one.
    fn of_noun_predicate(self, noun: TokenId, depth: u8) -> Option<TokenId> {
        let doc = self.document;
        let governor = doc.head(noun)?;
        match doc.universal_relation(noun) {
            "obj" | "nsubj" | "xcomp" if is_verb(doc, governor) => Some(governor),
            "conj" if depth < 4 => self.of_noun_predicate(governor, depth + 1),
            _ => None,
        }
    }

    /// For a relative pronoun, the noun that its clause modifies; any other word stands for itself.
    fn antecedent(self, token: TokenId, verb: TokenId) -> TokenId {
        let doc = self.document;
        let relative = doc.has_feature(token, "PronType", "Rel")
            || (doc.upos(token) == Upos::Pron && doc.universal_relation(verb) == "acl");
        match doc.head(verb) {
            Some(noun) if relative && doc.universal_relation(verb) == "acl" => noun,
            // A tree may hang such a clause elsewhere, above all after a comma: "they sent troops, who charged".
            _ if relative => self.noun_before(token).unwrap_or(token),
            _ => token,
        }
    }

    /// What a relative clause with a subject of its own acts on, where no pronoun is tagged as such: *the depot [that]
    /// dockers had occupied*.
    fn bare_relative_object(self, verb: TokenId) -> Option<TokenId> {
        let doc = self.document;
        let noun = doc.head(verb).filter(|_| doc.strings().get(doc.relation(verb)) == "acl:relcl")?;
        let is_pronoun = |t: TokenId| doc.has_feature(t, "PronType", "Rel");
        let has_subject = doc.children_by(verb, "nsubj").any(|t| !is_pronoun(t));
        let takes_up = |&t: &TokenId| is_pronoun(t) || doc.children(t).iter().any(|&c| is_pronoun(c));
        (has_subject && !doc.children(verb).iter().any(takes_up)).then_some(noun)
    }

    /// The head of the noun phrase that ends just before a word, with no more than a comma between.
    fn noun_before(self, token: TokenId) -> Option<TokenId> {
        let doc = self.document;
        let words = &doc.sentence(doc.sentence_of(token)).words;
        let mut at = (words.start..token.0).rev().map(TokenId).find(|&t| doc.upos(t) != Upos::Punct)?;
        if token.0 - at.0 > 2 {
            return None;
        }
        while let Some(above) = doc.head(at) {
            let inside = matches!(
                doc.universal_relation(at),
                "nmod" | "amod" | "flat" | "appos" | "nummod" | "det" | "compound" | "fixed"
            );
            if !inside || above >= token || !words.contains(&above.0) {
                break;
            }
            at = above;
        }
        doc.upos(at).is_nominal().then_some(at)
    }
}

/// Verb or auxiliary.
pub fn is_verb(document: &Document, token: TokenId) -> bool {
    matches!(document.upos(token), Upos::Verb | Upos::Aux)
}
