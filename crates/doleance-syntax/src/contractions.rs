//! Multiword tokens: surface tokens that stand for several syntactic words (*du* = *de* + *le*, *don't* = *do* + *n't*).
//!
//! The table is learned from a treebank: whole words with their expansions, and endings that are cut off any word.
//! Where a word is a contraction only sometimes (*des*), a classifier looks at its neighbours.

use hashbrown::HashMap;

use crate::bytes::{Reader, put_strings, put_u16, put_u32};
use crate::hash::{hash_bytes, mix};
use crate::segment::Seen;

/// The words that a surface token stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expansion {
    /// Itself.
    None,
    /// These forms, in lower case.
    Forms(Vec<String>),
    /// Itself without its last characters, and those.
    Cut(usize),
}

/// The contraction table of a model.
#[derive(Clone, Debug, Default)]
pub(crate) struct Contractions {
    /// Expansions by number; zero is the word itself. Forms are parted by spaces.
    pub expansions: Vec<String>,
    /// Words in lower case with the numbers of their expansions.
    pub words: HashMap<String, Vec<u8>>,
    /// Endings that are cut off, longest first.
    pub endings: Vec<String>,
}

/// Whether a word in lower case ends so, after a letter or digit: *workers'* does, the quotation mark *''* does not.
pub(crate) fn is_cut(lower: &str, ending: &str) -> bool {
    lower.strip_suffix(ending).is_some_and(|stem| stem.ends_with(char::is_alphanumeric))
}

impl Contractions {
    /// The expansions of a word in lower case: none where it is not in the table.
    pub(crate) fn options(&self, lower: &str) -> &[u8] {
        self.words.get(lower).map_or(&[], Vec::as_slice)
    }

    /// The ending to cut off a word in lower case.
    pub(crate) fn cut(&self, lower: &str) -> Option<usize> {
        let ending = self.endings.iter().find(|e| is_cut(lower, e))?;
        Some(ending.chars().count())
    }

    /// An expansion by number.
    pub(crate) fn expansion(&self, number: u8) -> Expansion {
        match self.expansions.get(number as usize) {
            Some(forms) if number > 0 => Expansion::Forms(forms.split(' ').map(str::to_owned).collect()),
            _ => Expansion::None,
        }
    }

    /// Lays the table out in a model.
    pub(crate) fn freeze(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put_strings(&mut out, &self.expansions);
        put_strings(&mut out, &self.endings);
        let mut words: Vec<_> = self.words.iter().collect();
        words.sort_unstable();
        put_u32(&mut out, words.len());
        for (word, options) in words {
            put_strings(&mut out, &[word]);
            put_u16(&mut out, options.len());
            out.extend_from_slice(options);
        }
        out
    }

    /// Reads what [`freeze`](Self::freeze) wrote.
    pub(crate) fn thaw(section: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(section);
        let owned = |strings: Vec<&str>| strings.into_iter().map(str::to_owned).collect();
        let expansions: Vec<String> = owned(reader.strings()?);
        let endings: Vec<String> = owned(reader.strings()?);
        let count = reader.u32()?;
        let mut words = HashMap::new();
        for _ in 0..count {
            let word = reader.strings()?.first().copied()?.to_owned();
            let options = reader.u16()? as usize;
            words.insert(word, reader.take(options)?.to_vec());
        }
        Some(Contractions { expansions, words, endings })
    }
}

/// Gives forms in lower case the capitals of the surface token.
pub(crate) fn with_capitals_of(surface: &str, forms: &mut [String]) {
    let mut chars = surface.chars().filter(|c| c.is_alphabetic());
    let first = chars.next().is_some_and(char::is_uppercase);
    let all = first && chars.next().is_some_and(char::is_uppercase);
    if all {
        forms.iter_mut().for_each(|form| *form = form.to_uppercase());
    } else if first && let Some(form) = forms.first_mut() {
        let mut rest = form.chars();
        if let Some(c) = rest.next() {
            *form = c.to_uppercase().chain(rest).collect();
        }
    }
}

/// Features for the choice between the expansions of token `i`.
pub(crate) fn contraction_features(tokens: &[Seen], i: usize, features: &mut Vec<u64>) {
    features.clear();
    let look = |at: Option<usize>| at.and_then(|at| tokens.get(at));
    let lower = |seen: Option<&Seen>| seen.map_or(31, |s| s.view.lower);
    let suffix = |seen: Option<&Seen>, n: usize| seen.map_or(32, |s| s.view.suffix[n]);
    let shape = |seen: Option<&Seen>| seen.map_or(33, |s| s.view.shape);
    let word = tokens[i].view.lower;
    let (before, before2) = (look(i.checked_sub(1)), look(i.checked_sub(2)));
    let (after, after2) = (look(Some(i + 1)), look(Some(i + 2)));
    let mut template = 7000u64;
    let mut push = |values: &[u64]| {
        template += 1;
        features.push(values.iter().fold(mix(template << 40, word), |hash, &value| mix(hash, value)));
    };
    push(&[]);
    push(&[lower(before)]);
    push(&[lower(after)]);
    push(&[lower(before2), lower(before)]);
    push(&[lower(after), lower(after2)]);
    push(&[lower(before), lower(after)]);
    for n in 0..4 {
        push(&[suffix(before, n)]);
        push(&[suffix(after, n)]);
        push(&[suffix(before, n), suffix(after, n)]);
    }
    push(&[suffix(before2, 2), suffix(before, 2)]);
    push(&[shape(before)]);
    push(&[shape(after)]);
    push(&[lower(before), suffix(after, 1)]);
    push(&[suffix(before, 2), lower(after)]);
    push(&[lower(before2)]);
    push(&[lower(after2)]);
    push(&[before.map_or(34, |s| s.view.lexical)]);
    push(&[before.map_or(34, |s| s.view.lexical), after.map_or(34, |s| s.view.lexical)]);
    push(&[suffix(after, 1), suffix(after2, 1)]);
    push(&[shape(tokens.get(i)), hash_bytes(b"shape")]);
}
