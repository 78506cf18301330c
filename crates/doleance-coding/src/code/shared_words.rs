//! Which words two mentions share: names, numbers and other words of content, in their sentences and in what hangs on the
//! action itself. Mentions of one event name the same people and figures.

use doleance_text::ud::Upos;
use doleance_text::{Document, Symbol};

use crate::choices::Features;
use crate::code::draft::Draft;

/// Kinds of words that are compared.
#[derive(Clone, Copy)]
enum Sort {
    Name,
    Number,
    Content,
}

impl Sort {
    const ALL: [Sort; 3] = [Sort::Name, Sort::Number, Sort::Content];

    fn holds(self, upos: Upos) -> bool {
        match self {
            Sort::Name => upos == Upos::Propn,
            Sort::Number => upos == Upos::Num,
            Sort::Content => matches!(upos, Upos::Noun | Upos::Verb | Upos::Adj),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Sort::Name => "names",
            Sort::Number => "numbers",
            Sort::Content => "content",
        }
    }

    /// From which count on more says no more.
    fn enough(self) -> usize {
        match self {
            Sort::Name => 3,
            Sort::Number => 2,
            Sort::Content => 5,
        }
    }
}

/// Stretches of a mention: its sentence and what hangs on the action.
const SCOPES: usize = 2;

/// The lemmas of all mentions, sorted within each of their stretches.
#[derive(Debug, Default)]
pub struct SharedWords {
    lemmas: Vec<Symbol>,
    /// For each mention, where its stretches begin; a last one closes the table.
    starts: Vec<[u32; SCOPES * 3]>,
    end: u32,
}

impl SharedWords {
    /// Reads them off the sentences of the drafts.
    pub fn of(document: &Document, drafts: &[Draft]) -> SharedWords {
        let mut shared = SharedWords::default();
        for draft in drafts {
            let predicate = draft.arguments.predicate.unwrap_or(draft.head);
            let mut starts = [0; SCOPES * 3];
            for (number, start) in starts.iter_mut().enumerate() {
                let sort = Sort::ALL[number / SCOPES];
                let own = number % SCOPES == 1;
                *start = shared.lemmas.len() as u32;
                for word in document.words(draft.sentence) {
                    let inside =
                        || document.dominates(draft.head, word) || document.dominates(predicate, word);
                    if sort.holds(document.upos(word)) && (!own || inside()) {
                        shared.lemmas.push(document.token(word).lemma);
                    }
                }
                shared.lemmas[*start as usize..].sort_unstable();
            }
            shared.starts.push(starts);
        }
        shared.end = shared.lemmas.len() as u32;
        shared
    }

    fn stretch(&self, draft: usize, number: usize) -> &[Symbol] {
        let start = self.starts[draft][number];
        let next = match number + 1 < SCOPES * 3 {
            true => self.starts[draft][number + 1],
            false => self.starts.get(draft + 1).map_or(self.end, |s| s[0]),
        };
        &self.lemmas[start as usize..next as usize]
    }

    /// Adds how many words the mention `later` shares with those of `earlier`: the one that shares most counts.
    pub fn compare(&self, earlier: &[usize], later: usize, features: &mut Features) {
        for (number, name) in [(0, "sentence"), (1, "own")] {
            for sort in Sort::ALL {
                let stretch = sort as usize * SCOPES + number;
                let own = self.stretch(later, stretch);
                let sort_name = sort.name();
                if own.is_empty() {
                    features.add(format_args!("{sort_name}-{name}=none"));
                    continue;
                }
                let most = earlier.iter().map(|&e| common(self.stretch(e, stretch), own)).max();
                // Of content, the share of the shorter stretch: long sentences share words by chance.
                let shared = match sort {
                    Sort::Content => {
                        let share = earlier.iter().map(|&e| {
                            let other = self.stretch(e, stretch);
                            common(other, own) * sort.enough() / other.len().min(own.len()).max(1)
                        });
                        share.max().unwrap_or(0)
                    }
                    _ => most.unwrap_or(0),
                };
                features.add(format_args!("{sort_name}-{name}={}", shared.min(sort.enough())));
            }
        }
    }
}

/// How many different entries two sorted lists have in common.
fn common(a: &[Symbol], b: &[Symbol]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                count += 1;
                i += a[i..].iter().take_while(|s| *s == x).count();
                j += b[j..].iter().take_while(|s| *s == y).count();
            }
        }
    }
    count
}
