//! Drafts: triggers that passed selection, with their arguments and status, before place and time are chosen.

use std::ops::Range;

use doleance_packs::{
    ClassSet, Codebook, KindId, NumberRole, Trigger, TriggerId, TriggerMatch, Triggers, Veto,
};
use doleance_records::Status;
use doleance_text::ud::Upos;
use doleance_text::{Document, SentenceId, Span, TokenId};

use crate::code::arguments::{Arguments, Syntax, is_verb};
use crate::code::status::{StatusCues, StatusReading, condition_below, ultimatum};

/// A trigger that names an action, with what the tree says about it.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The trigger.
    pub trigger: TriggerId,
    /// The kind it names.
    pub kind: KindId,
    /// Its words, as numbers of tokens.
    pub words: Range<u32>,
    /// The word the sentence attaches to.
    pub head: TokenId,
    /// The sentence.
    pub sentence: SentenceId,
    /// Who acts and who is acted on.
    pub arguments: Arguments,
    /// Whether it took place.
    pub status: StatusReading,
    /// Prior belief of the trigger.
    pub weight: f32,
    /// Another action that has spread: the words are the verb of spreading.
    pub has_spread: bool,
}

impl Draft {
    /// Whether a noun names the action beside a verb that says what was done about it: *have set a strike for Monday*.
    pub fn is_named_beside_a_verb(&self, document: &Document) -> bool {
        self.arguments.predicate.is_some_and(|p| p != self.head) && document.upos(self.head).is_nominal()
    }

    /// Whether the words around an action tell it as done, so that no day to come is its own: a verb in the past, what
    /// hangs on one without a tense of its own (*called off the strike after voting to accept*), or a noun that only says
    /// where or when something was (*turned gas on a march*).
    pub fn is_told_as_done(&self, document: &Document) -> bool {
        let own = self.arguments.predicate.unwrap_or(self.head);
        if is_verb(document, own) {
            let above = std::iter::once(own).chain(document.ancestors(own)).take(3);
            let tenseless = |t: TokenId| document.feature(t, "VerbForm").is_some_and(|form| form != "Fin");
            for (step, verb) in above.enumerate() {
                if is_past(document, verb) {
                    return step == 0 || !self.is_named_beside_a_verb(document);
                }
                let hangs = matches!(document.universal_relation(verb), "advcl" | "xcomp" | "conj");
                if !is_verb(document, verb) || !tenseless(verb) || !hangs {
                    return false;
                }
            }
            return false;
        }
        matches!(document.universal_relation(self.head), "obl" | "nmod")
            && document
                .ancestors(self.head)
                .find(|&t| is_verb(document, t))
                .is_some_and(|v| is_past(document, v))
    }

    /// The trigger words in the text.
    pub fn span(&self, syntax: Syntax) -> Span {
        let tokens = syntax.document.tokens();
        tokens[self.words.start as usize].span.join(tokens[self.words.end as usize - 1].span)
    }
}

/// Whether a verb tells something as done: a past tense, or a past participle with its auxiliary.
pub fn is_past(doc: &Document, verb: TokenId) -> bool {
    let has_auxiliary = doc.children_by(verb, "aux").any(|a| !doc.has_feature(a, "Tense", "Fut"));
    doc.has_feature(verb, "Tense", "Past") && (doc.has_feature(verb, "VerbForm", "Fin") || has_auxiliary)
}

/// The drafts that stand in the sentence of one of them, among drafts in text order.
pub fn of_sentence(drafts: &[Draft], number: usize) -> Range<usize> {
    let sentence = drafts[number].sentence;
    let from = drafts[..number].iter().rposition(|d| d.sentence < sentence).map_or(0, |n| n + 1);
    let more = drafts[number..].iter().take_while(|d| d.sentence == sentence).count();
    from..number + more
}

/// All drafts of a document in text order.
pub fn find_drafts(
    syntax: Syntax,
    triggers: &Triggers,
    cues: &StatusCues,
    classes: &[ClassSet],
    codebook: &Codebook,
) -> Vec<Draft> {
    let mut hits = find_hits(syntax, triggers, classes);
    // The construction that says most wins a word: phrases and patterns before single words, longer before shorter.
    hits.sort_by(|(a, _), (b, _)| {
        let strength = |hit: &TriggerMatch| {
            let trigger = triggers.get(hit.trigger);
            (trigger.is_construction(), hit.words.len())
        };
        strength(b)
            .cmp(&strength(a))
            .then_with(|| triggers.get(b.trigger).weight.total_cmp(&triggers.get(a.trigger).weight))
            .then_with(|| a.words.start.cmp(&b.words.start))
            .then_with(|| a.trigger.cmp(&b.trigger))
    });
    let mut taken = vec![false; syntax.document.tokens().len()];
    let mut is_action = vec![false; syntax.document.tokens().len()];
    for (hit, _) in &hits {
        is_action[hit.head.index()] |= hit.matched.len() == 1;
    }
    let is_people =
        |t: TokenId| syntax.document.upos(t).is_nominal() && triggers.is_people(classes[t.index()]);
    let mut drafts = Vec::new();
    for (hit, arguments) in hits {
        if taken[hit.head.index()] || hit.matched.iter().any(|w| taken[w.index()]) {
            continue;
        }
        if modifies_people(syntax, hit.head, classes) || names_body(syntax, hit.head) {
            continue;
        }
        let trigger = triggers.get(hit.trigger);
        for &word in &hit.matched {
            let upos = syntax.document.upos(word);
            taken[word.index()] |= matches!(upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj);
        }
        taken[hit.head.index()] = true;
        let mut status = cues.read(syntax, hit.head, &arguments, hit.words.clone(), &hit.matched);
        // "cease work" is the strike itself, "cease the strike" has had one.
        let named: Vec<TokenId> = hit.matched.iter().copied().filter(|t| is_action[t.index()]).collect();
        if cues.presupposes(syntax, hit.head, &named, status.status) {
            status.status = Status::Happened;
            "status.presupposed".clone_into(&mut status.rule);
        }
        let own = trigger.status.as_deref().and_then(Status::parse);
        // "The bill would raise the fee" is what somebody plans.
        let would = |t: TokenId| syntax.grammar.volition_auxiliaries.holds(syntax.document, syntax.words, t);
        let proposed = status.status == Status::Hypothetical && status.word.is_some_and(would);
        if proposed && own == Some(Status::Planned) && !status.absent {
            status.change(Status::Planned, &trigger.id, status.word);
        }
        // "won't give in": the words refuse, whichever tense they have.
        let refuses = own == Some(Status::Refused) && status.rule == "status.future";
        if status.status == Status::Happened || refuses {
            match own {
                Some(own) => {
                    status.status = own;
                    status.rule.clone_from(&trigger.id);
                }
                None if hit.words.len() > 1 && codebook.page(trigger.kind).refusable => {
                    status = cues.refusal_inside(syntax, hit.words.clone()).unwrap_or(status);
                }
                None if hit.words.len() > 1 && codebook.page(trigger.kind).collective => {
                    status = cues.call_inside(syntax, hit.words.clone()).unwrap_or(status);
                }
                None => {}
            }
        }
        // "called off the rally": there was none, where a strike may have begun.
        if status.status == Status::Happened
            && let Some((verb, cue)) = cues.called_off(syntax, hit.head, &codebook.page(trigger.kind).id)
        {
            status.change(cue.effect, &cue.id, Some(verb));
        }
        // "ruled out pay for the sacked workers": they were sacked. "warned that strikers would be fired": they strike; but
        // of strikers who are only expected, a strike is.
        let acted_on = || syntax.document.head(hit.head).is_some_and(|verb| is_action[verb.index()]);
        let open = match status.status {
            Status::Happened => false,
            // "warned that strikers would be dismissed": a verb of denial that is an action here.
            Status::Denied => trigger.participants && acted_on(),
            _ => true,
        } && !status.absent;
        if open
            && is_people(hit.head)
            && (!trigger.participants || acted_on())
            && !is_modified_by(syntax, hit.head, &status)
        {
            status.change(Status::Happened, "status.presupposed", None);
        }
        // "The organisers of the rally were promised a meeting": what is promised to people is not what they do.
        let doers = syntax
            .document
            .head(hit.head)
            .filter(|&people| syntax.document.universal_relation(hit.head) == "nmod" && is_people(people));
        let beyond = |people: TokenId| {
            status.word.is_some_and(|word| word != people && !syntax.document.dominates(people, word))
        };
        if status.status == Status::Planned && doers.is_some_and(beyond) {
            status.change(Status::Happened, "status.presupposed", None);
        }
        let offered = arguments.predicate.unwrap_or(hit.head);
        let told = matches!(status.status, Status::Happened | Status::Planned);
        if told
            && codebook.page(trigger.kind).conditional
            && let Some(word) = condition_below(syntax, offered)
        {
            status.change(Status::Hypothetical, "status.condition", Some(word));
        }
        if matches!(status.status, Status::Planned | Status::Hypothetical)
            && matches!(codebook.page(trigger.kind).object_number, NumberRole::Arrested | NumberRole::Killed)
            && is_tallied(syntax, hit.head, &status)
        {
            let word = status.word;
            status.change(Status::Happened, "status.tally", word);
        }
        if codebook.page(trigger.kind).threat
            && let Some(word) = ultimatum(syntax, &status)
        {
            status.change(Status::Threatened, "status.ultimatum", Some(word));
        }
        drafts.push(Draft {
            trigger: hit.trigger,
            kind: trigger.kind,
            sentence: syntax.document.sentence_of(hit.head),
            words: hit.words,
            head: hit.head,
            arguments,
            status,
            weight: trigger.weight,
            has_spread: false,
        });
    }
    let yielding: Vec<bool> = drafts.iter().map(|d| yields(syntax.document, codebook, d, &drafts)).collect();
    let mut yielding = yielding.into_iter();
    drafts.retain(|_| !yielding.next().unwrap_or(false));
    drafts.sort_by_key(|d| (d.words.start, d.words.end));
    drafts
}

/// Whether an action is only the way or reason of another one: *struck [in sympathy]*, *un rassemblement [de solidarité]*,
/// *drivers [backed] the strike and stayed off the roads*.
fn yields(document: &Document, codebook: &Codebook, draft: &Draft, all: &[Draft]) -> bool {
    if !codebook.page(draft.kind).yields {
        return false;
    }
    let hangs = matches!(document.universal_relation(draft.head), "obl" | "nmod" | "compound");
    let acts = |t: TokenId| {
        let own = |d: &&Draft| d.head == t || d.arguments.predicate == Some(t);
        let other = |d: &Draft| {
            let page = codebook.page(d.kind);
            page.collective && !page.yields
        };
        all.iter().filter(own).any(other)
    };
    if document.upos(draft.head).is_nominal() {
        return hangs && document.head(draft.head).is_some_and(acts);
    }
    // "planned to support the strike and will stay home": the second verb goes with the first above the infinitive.
    let plans = document.head(draft.head).filter(|_| document.universal_relation(draft.head) == "xcomp");
    let goes_on = |verb: TokenId| {
        let own = |t: TokenId| document.children_by(t, "nsubj").next().is_none();
        document.children_by(verb, "conj").any(|t| own(t) && acts(t))
    };
    std::iter::once(draft.head).chain(plans).any(goes_on)
}

/// Whether the word that decided a status stands beside a noun (*would-be strikers*), rather than above it.
fn is_modified_by(syntax: Syntax, noun: TokenId, status: &StatusReading) -> bool {
    status.word.is_some_and(|word| syntax.document.dominates(noun, word))
}

/// Every trigger that holds by its words and its selection, before triggers compete for a word.
pub fn find_hits(
    syntax: Syntax,
    triggers: &Triggers,
    classes: &[ClassSet],
) -> Vec<(TriggerMatch, Arguments)> {
    let is_people = |t: TokenId| triggers.is_people(classes[t.index()]);
    let all = triggers.matches(syntax.document, syntax.words, classes).into_iter();
    all.filter_map(|hit| {
        let arguments = arguments_of(syntax, &hit, triggers.get(hit.trigger), &is_people);
        let holds = unselected(triggers.get(hit.trigger), &arguments, classes).is_none();
        holds.then_some((hit, arguments))
    })
    .collect()
}

/// Every trigger whose words stand there and one of whose conditions does not hold: for `doleance trace`.
pub fn find_near_misses(
    syntax: Syntax,
    triggers: &Triggers,
    classes: &[ClassSet],
) -> Vec<(TriggerMatch, Veto)> {
    let is_people = |t: TokenId| triggers.is_people(classes[t.index()]);
    let all = triggers.considered(syntax.document, syntax.words, classes).into_iter();
    all.filter_map(|(hit, veto)| {
        let trigger = triggers.get(hit.trigger);
        let veto =
            veto.or_else(|| unselected(trigger, &arguments_of(syntax, &hit, trigger, &is_people), classes))?;
        Some((hit, veto))
    })
    .collect()
}

/// The arguments, with what the phrase or pattern itself holds put in its place.
fn arguments_of(
    syntax: Syntax,
    hit: &TriggerMatch,
    trigger: &Trigger,
    is_people: &dyn Fn(TokenId) -> bool,
) -> Arguments {
    let doc = syntax.document;
    let mut found = syntax.arguments(hit.head);
    let inside = |t: &TokenId| hit.words.contains(&t.0);
    found.complement.retain(|t| !inside(t));
    // "jailed four union leaders": nor are those who are acted on lost.
    let names_people = |t: &TokenId| is_people(*t);
    let free = trigger.object.is_empty() && trigger.object_unless.is_empty();
    found.object.retain(|t| !inside(t) || free && doc.universal_relation(*t) == "obj" && names_people(t));
    // "police dispersed the crowd": who acts may be among the words of the phrase.
    let acts = |t: &TokenId| doc.universal_relation(*t) == "nsubj" && is_people(*t);
    found.subject.retain(|t| {
        !inside(t) || (trigger.subject.is_empty() && trigger.subject_unless.is_empty() && acts(t))
    });
    if hit.words.len() > 1 {
        // What hangs on the other words of a phrase: "fire tear gas [at protesters]", "prendre d'assaut [la mairie]".
        for word in hit.words.clone().map(TokenId) {
            for &child in doc.children(word) {
                let relation = doc.universal_relation(child);
                let argument = matches!(relation, "obj" | "iobj")
                    || (matches!(relation, "obl" | "nmod")
                        && syntax.has_case(child, &syntax.grammar.target_markers));
                if argument
                    && !inside(&child)
                    && doc.upos(child).is_nominal()
                    && !found.subject.contains(&child)
                {
                    found.object.extend(syntax.coordinated(child));
                }
                // The subject of a passive is acted on, unless the trigger is of a verb that has no object.
                let is_transitive = !trigger.object.is_empty() || trigger.subject.is_empty();
                let passive = is_transitive && syntax.is_passive(word);
                if relation == "nsubj" && !passive && found.subject.is_empty() && !inside(&child) {
                    found.subject.extend(syntax.coordinated(child));
                }
            }
        }
    }
    if let Some(word) = hit.by_class {
        found.object.extend(syntax.coordinated(word));
    }
    found.subject.extend(hit.actor);
    found.object.extend(hit.target);
    if trigger.is_noun() {
        match trigger.complement {
            doleance_packs::ArgumentRole::Actor => found.subject.append(&mut found.complement.clone()),
            doleance_packs::ArgumentRole::Target => found.object.append(&mut found.complement.clone()),
            doleance_packs::ArgumentRole::None => {}
        }
    }
    found.object.sort_unstable();
    found.object.dedup();
    found.subject.sort_unstable();
    found.subject.dedup();
    found
}

/// Whether somebody gives the number of a noun's actions: *la préfecture annonce treize interpellations*. Whoever counts
/// arrests or deaths tells what took place.
fn is_tallied(syntax: Syntax, noun: TokenId, status: &StatusReading) -> bool {
    let doc = syntax.document;
    doc.universal_relation(noun) == "obj"
        && doc.head(noun) == status.word
        && doc.children_by(noun, "nummod").next().is_some()
}

/// The condition on subject or object that does not hold.
fn unselected(trigger: &Trigger, arguments: &Arguments, classes: &[ClassSet]) -> Option<Veto> {
    let any = |list: &[TokenId], set: ClassSet| list.iter().any(|t| classes[t.index()].meets(set));
    if !trigger.subject.is_empty() && !any(&arguments.subject, trigger.subject) {
        return Some(Veto::Subject);
    }
    if !trigger.object.is_empty() && !any(&arguments.object, trigger.object) {
        return Some(Veto::Object);
    }
    if any(&arguments.subject, trigger.subject_unless) {
        return Some(Veto::SubjectUnless);
    }
    // "arrested on charges of violence": what a preposition adds to those who are arrested says nothing of them.
    let plain = |t: &&TokenId| !arguments.marked.contains(t);
    let has_plain = arguments.object.iter().any(|t| plain(&t));
    let mut judged = arguments.object.iter().filter(|t| !has_plain || plain(t));
    judged.any(|t| classes[t.index()].meets(trigger.object_unless)).then_some(Veto::ObjectUnless)
}

/// *Le Rassemblement pour la culture a quitté le gouvernement*: a noun with a capital within a sentence that is no
/// headline in capitals names a body.
fn names_body(syntax: Syntax, head: TokenId) -> bool {
    let doc = syntax.document;
    let capital = |t: TokenId| doc.form(t).chars().next().is_some_and(char::is_uppercase);
    if !capital(head) || !syntax.grammar.body_nouns.holds(doc, syntax.words, head) {
        return false;
    }
    let sentence = doc.sentence(doc.sentence_of(head)).words.clone();
    let opens = sentence.clone().map(TokenId).find(|&t| doc.upos(t) != Upos::Punct);
    let opens_here = opens == Some(head)
        || head.0.checked_sub(1).is_some_and(|before| doc.upos(TokenId(before)) == Upos::Punct);
    let long = sentence.map(TokenId).filter(|&t| doc.form(t).chars().count() > 3);
    let (capitals, all) =
        long.fold((0, 0), |(capitals, all), t| (capitals + usize::from(capital(t)), all + 1));
    !opens_here && 2 * capitals < all
}

/// "riot police", "strike committee": a noun that only says which people are meant is no event.
fn modifies_people(syntax: Syntax, head: TokenId, classes: &[ClassSet]) -> bool {
    let doc = syntax.document;
    doc.universal_relation(head) == "compound"
        && doc.head(head).is_some_and(|above| !classes[above.index()].is_empty())
}
