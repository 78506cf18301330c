//! Tokens and sentences: which atoms belong together, which tokens stand for several words, where sentences end.
//!
//! Three small classifiers decide, each over a window of a few atoms or tokens; what a language pack knows for sure
//! (abbreviations, inclusive spelling) comes before them. Nothing here keeps more than a window of context, so a text
//! of any length is read in linear time.

use doleance_text::Span;

use crate::atoms::{Atom, Kind, atoms, is_invisible};
use crate::dictionary::CompactDictionary;
use crate::hash::{hash_bytes, mix};
use crate::inclusive::inclusive;
use crate::linear::Linear;
use crate::model::lexicon_key;
use crate::settings::Writing;
use crate::words::{WordView, is_all_capitals, lower_into};

/// A stretch of text that is one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub span: Span,
    pub space_after: bool,
    /// A line break that ends a sentence follows.
    pub break_after: bool,
}

/// Longest sentence, in tokens: a longer one is cut so that nothing downstream meets an unbounded one.
pub(crate) const LONGEST_SENTENCE: usize = 400;

/// Joins and splits atoms: the candidates between two atoms, in order.
pub(crate) struct Joints<'t> {
    pub text: &'t str,
    pub atoms: Vec<Atom>,
    lower: Vec<u64>,
    /// For each atom, first and last atom of its chunk (the run without white space).
    chunk: Vec<(u32, u32)>,
}

impl<'t> Joints<'t> {
    /// Prepares a text.
    pub(crate) fn new(text: &'t str, writing: &Writing, lexicon: &CompactDictionary<'_>) -> Self {
        let mut atoms = atoms(text, writing.grouped_numbers);
        let mut scratch = String::new();
        let mut lower = Vec::with_capacity(atoms.len());
        let mut chunk = vec![(0, 0); atoms.len()];
        let mut first = 0;
        for i in 0..atoms.len() {
            lower_into(slice(text, atoms[i].start, atoms[i].end), &mut scratch);
            // A line of asterisks is one whatever its length.
            if atoms[i].kind == Kind::Mark && atoms[i].end - atoms[i].start > 4 {
                scratch.truncate(scratch.char_indices().nth(4).map_or(scratch.len(), |(at, _)| at));
            }
            lower.push(hash_bytes(scratch.as_bytes()));
            if atoms[i].space_after {
                chunk[first..=i].fill((first as u32, i as u32));
                if i > first {
                    join_known_words(text, &mut atoms[first..=i], writing, &mut scratch);
                    part_enclitics(text, &mut atoms[first..=i], writing, lexicon, &mut scratch);
                }
                first = i + 1;
            }
        }
        Joints { text, atoms, lower, chunk }
    }

    /// Whether the place after atom `i` is open to question.
    pub(crate) fn is_candidate(&self, i: usize) -> bool {
        !self.atoms[i].space_after && !self.atoms[i].joined && !self.atoms[i].parted
    }

    /// Features of the place after atom `i`, when the current token began with atom `begin`.
    pub(crate) fn features(&self, begin: usize, i: usize, features: &mut Vec<u64>) {
        features.clear();
        let (first, last) = (self.chunk[i].0 as usize, self.chunk[i].1 as usize);
        let atom = |at: usize| -> (u64, u64) {
            if at < first || at > last { (11, 11) } else { (self.lower[at], self.shape(at)) }
        };
        let joint = |from: usize, to: usize| {
            self.lower[from..=to.min(from + 11)].iter().fold(17, |hash, &lower| mix(hash, lower))
        };
        let (a, a_shape) = atom(i);
        let (b, b_shape) = atom(i + 1);
        let (_, before_shape) = if i == 0 { (11, 11) } else { atom(i - 1) };
        let (c, c_shape) = atom(i + 2);
        let left = joint(begin, i);
        let right = joint(i + 1, last);
        let whole = joint(first, last);
        let next = self.atoms.get(last + 1).map_or(13, |_| self.shape(last + 1));
        let at_end = u64::from(i + 1 == last);
        let at_start = u64::from(begin == first) * 2 + u64::from(i == begin);
        let mut template = 5000u64;
        let mut push = |values: &[u64]| {
            template += 1;
            features.push(values.iter().fold(template << 40, |hash, &value| mix(hash, value)));
        };
        push(&[a, b]);
        push(&[a_shape, b_shape]);
        push(&[a_shape, b_shape, c_shape]);
        push(&[before_shape, a_shape, b_shape]);
        push(&[before_shape, a_shape, b_shape, c_shape]);
        push(&[left, b]);
        push(&[left, b_shape]);
        push(&[left, right]);
        push(&[whole, (i - first) as u64]);
        push(&[a, right]);
        push(&[a_shape, right]);
        push(&[a, b_shape]);
        push(&[a_shape, b]);
        push(&[a_shape, b, c]);
        push(&[a_shape, b, c_shape]);
        push(&[b, at_end, next]);
        push(&[left, b, at_end, next]);
        push(&[a_shape, b, at_end, next]);
        push(&[a_shape, b_shape, at_end, at_start]);
        push(&[a, at_start, b_shape]);
        push(&[b, at_end, a_shape, self.length(i)]);
    }

    /// Letters by case and number, digits by number, marks themselves.
    fn shape(&self, i: usize) -> u64 {
        let atom = &self.atoms[i];
        let text = slice(self.text, atom.start, atom.end);
        match atom.kind {
            Kind::Mark => mix(3, self.lower[i]),
            Kind::Digits => 100 + text.len().min(5) as u64,
            Kind::Letters => {
                let upper = u64::from(text.starts_with(char::is_uppercase));
                let all = u64::from(!text.contains(char::is_lowercase));
                200 + upper * 20 + all * 10 + self.length(i)
            }
        }
    }

    fn length(&self, i: usize) -> u64 {
        u64::from((self.atoms[i].end - self.atoms[i].start).min(5))
    }

    /// The tokens, given the decisions: `true` at `i` ends a token after atom `i`.
    pub(crate) fn pieces(&self, ends: impl Fn(usize, usize) -> bool) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(self.atoms.len());
        let mut begin = 0;
        for (i, atom) in self.atoms.iter().enumerate() {
            let end = !atom.joined && (atom.space_after || atom.parted || ends(begin, i));
            if end {
                pieces.push(Piece {
                    span: Span::new(self.atoms[begin].start, atom.end),
                    space_after: atom.space_after,
                    break_after: atom.break_after,
                });
                begin = i + 1;
            }
        }
        if begin < self.atoms.len() {
            // The last atom is never joined to anything; a joined one at the end would only come from a bug.
            let last = self.atoms[self.atoms.len() - 1];
            let span = Span::new(self.atoms[begin].start, last.end);
            pieces.push(Piece { span, space_after: true, break_after: true });
        }
        pieces
    }

    /// The tokens as a classifier sees them.
    pub(crate) fn decide(&self, splits: &Linear<'_>) -> Vec<Piece> {
        let features = std::cell::RefCell::new(Vec::with_capacity(32));
        let scores = std::cell::RefCell::new([0; 256]);
        self.pieces(|begin, i| {
            let mut features = features.borrow_mut();
            self.features(begin, i, &mut features);
            splits.best(&features, &mut scores.borrow_mut()) == 1
        })
    }
}

fn slice(text: &str, start: u32, end: u32) -> &str {
    text.get(start as usize..end as usize).unwrap_or("")
}

/// Joins abbreviations with their full stop and the parts of inclusive spellings.
fn join_known_words(text: &str, chunk: &mut [Atom], writing: &Writing, scratch: &mut String) {
    let chunk_end = chunk[chunk.len() - 1].end;
    let mut i = 0;
    while i + 1 < chunk.len() {
        let fresh = i == 0 || !chunk[i - 1].joined;
        if chunk[i].kind == Kind::Letters && fresh && !chunk[i].joined {
            let rest = slice(text, chunk[i].start, chunk_end);
            if let Some((length, _)) = inclusive(rest, writing) {
                let end = chunk[i].start + length as u32;
                while chunk[i].end < end {
                    chunk[i].joined = true;
                    i += 1;
                }
            } else if slice(text, chunk[i + 1].start, chunk[i + 1].end) == "." {
                lower_into(slice(text, chunk[i].start, chunk[i].end), scratch);
                if writing.is_abbreviation(scratch) {
                    chunk[i].joined = true;
                }
            }
        }
        i += 1;
    }
}

/// Parts enclitics from verbs (*criaient-ils*, *y a-t-il*) where the whole is no word of its own (*rendez-vous*), and
/// joins words with an apostrophe inside that the lexicon has.
fn part_enclitics(
    text: &str,
    chunk: &mut [Atom],
    writing: &Writing,
    lexicon: &CompactDictionary<'_>,
    scratch: &mut String,
) {
    let mut known = |start: u32, end: u32| {
        lower_into(slice(text, start, end), scratch);
        lexicon.get(lexicon_key(&scratch.replace('’', "'"))).is_some()
    };
    let mark = |atom: &Atom| slice(text, atom.start, atom.end);
    for i in 0..chunk.len().saturating_sub(2) {
        if chunk[i].kind != Kind::Letters || chunk[i].joined || chunk[i].parted {
            continue;
        }
        let next = mark(&chunk[i + 1]);
        if matches!(next, "'" | "’")
            && chunk[i + 2].kind == Kind::Letters
            && known(chunk[i].start, chunk[i + 2].end)
        {
            chunk[i].joined = true;
            chunk[i + 1].joined = true;
        }
        if next != "-" || chunk[i + 1].joined {
            continue;
        }
        let goes_on = |atom: &Atom| atom.kind == Kind::Letters || mark(atom) == "-";
        let last = i + chunk[i..].iter().take_while(|atom| goes_on(atom)).count() - 1;
        let ending = slice(text, chunk[i + 1].start, chunk[last].end);
        let is_enclitic = writing.enclitics.iter().any(|e| e == ending);
        if is_enclitic && known(chunk[i].start, chunk[i].end) && !known(chunk[i].start, chunk[last].end) {
            chunk[i].parted = true;
            chunk[i + 1..last].iter_mut().for_each(|atom| atom.joined = true);
        }
    }
}

/// The form as it is analysed: straight apostrophes, no invisible characters, inclusive spelling read as masculine, a
/// word cut at a line end put together. `None` where it is the surface itself.
pub(crate) fn analysed_form(surface: &str, writing: &Writing) -> Option<String> {
    let plain = surface.bytes().all(|b| b.is_ascii_alphanumeric());
    if plain {
        return None;
    }
    if let Some((length, form)) = inclusive(surface, writing)
        && length == surface.len()
    {
        return Some(form);
    }
    let clean = printed_form(surface);
    let clean = clean.as_deref().unwrap_or(surface);
    if clean == "…" {
        return Some("...".to_owned());
    }
    if clean.contains(['’', 'ʼ', '‘']) {
        return Some(clean.replace(['’', 'ʼ', '‘'], "'"));
    }
    (clean.len() != surface.len()).then(|| clean.to_owned())
}

/// The form as it is printed: without invisible characters and breaks inside. `None` where it is the surface itself.
pub(crate) fn printed_form(surface: &str) -> Option<String> {
    let unusual = |c: char| is_invisible(c) || c == '\n' || c == '\r';
    if !surface.contains(unusual) {
        return None;
    }
    let mut form = surface.to_owned();
    if let Some((before, after)) = surface.split_once(['\n', '\r']) {
        let before = before.trim_end().trim_end_matches(['-', '\u{2010}', '\u{ad}']);
        form = format!("{before}{}", after.trim_start());
    }
    form.retain(|c| !is_invisible(c));
    (form != surface && !form.is_empty()).then_some(form)
}

/// What the sentence splitter sees of a token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub view: WordView,
    pub first: char,
    pub last: char,
    /// A figure that is no year.
    pub counts: bool,
    pub space_after: bool,
    pub break_after: bool,
}

/// Whether a sentence might end after token `i`.
pub(crate) fn may_end(tokens: &[Seen], i: usize) -> bool {
    let Some(next) = tokens.get(i + 1) else { return false };
    // "some 3,000 African migrants": a figure ends no sentence without a mark, though headlines do, and years within.
    !tokens[i].last.is_alphanumeric() || !next.first.is_lowercase() && !tokens[i].counts
}

/// Whether token `i` and the next are words in capitals: *TOUS EN GRÈVE LE 5 DÉCEMBRE* has no end inside.
pub(crate) fn is_within_capitals(tokens: &[Seen], i: usize) -> bool {
    let in_capitals = |token: &Seen| is_all_capitals(token.view.shape);
    in_capitals(&tokens[i]) && tokens.get(i + 1).is_some_and(in_capitals)
}

/// Running counts since the last sentence end.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Running {
    pub length: usize,
    pub open_quotes: u8,
    pub open_brackets: u8,
    /// Tokens with letters, and those that begin with a capital.
    pub words: usize,
    pub capitals: usize,
}

impl Running {
    /// Takes note of a token.
    pub(crate) fn step(&mut self, token: &Seen) {
        self.length += 1;
        self.words += usize::from(token.first.is_alphabetic());
        self.capitals += usize::from(token.first.is_uppercase());
        match token.first {
            '«' | '“' | '„' => self.open_quotes = 1,
            '»' | '”' => self.open_quotes = 0,
            '"' => self.open_quotes ^= 1,
            '(' | '[' => self.open_brackets = 1,
            ')' | ']' => self.open_brackets = 0,
            _ => {}
        }
    }
}

/// Features of the place after token `i` as the end of a sentence.
pub(crate) fn end_features(tokens: &[Seen], i: usize, running: &Running, features: &mut Vec<u64>) {
    features.clear();
    let look = |at: Option<usize>| at.and_then(|at| tokens.get(at));
    let lower = |seen: Option<&Seen>| seen.map_or(21, |s| s.view.lower);
    let shape = |seen: Option<&Seen>| seen.map_or(22, |s| s.view.shape);
    let class = |c: char| -> u64 {
        if c == '…' {
            u64::from('.' as u32)
        } else if c.is_uppercase() {
            1
        } else if c.is_lowercase() {
            2
        } else if c.is_numeric() {
            3
        } else if c.is_alphabetic() {
            4
        } else {
            u64::from(c as u32)
        }
    };
    let token = look(Some(i));
    let before = look(i.checked_sub(1));
    let before2 = look(i.checked_sub(2));
    let after = look(Some(i + 1));
    let after2 = look(Some(i + 2));
    let after3 = look(Some(i + 3));
    let last = token.map_or(0, |t| class(t.last));
    let first = after.map_or(0, |t| class(t.first));
    let second = after2.map_or(0, |t| class(t.first));
    let space = u64::from(token.is_some_and(|t| t.space_after));
    let length =
        (running.length as u64).min(6) + u64::from(running.length > 12) + u64::from(running.length > 30);
    let open = u64::from(running.open_quotes) * 2 + u64::from(running.open_brackets);
    let mut template = 6000u64;
    let mut push = |values: &[u64]| {
        template += 1;
        features.push(values.iter().fold(template << 40, |hash, &value| mix(hash, value)));
    };
    push(&[1]);
    push(&[last, first]);
    push(&[last, first, space]);
    push(&[last, first, second]);
    push(&[last, first, second, space, length]);
    push(&[last, first, length]);
    push(&[last, first, open]);
    push(&[last, first, open, space, second]);
    push(&[lower(token), first]);
    push(&[lower(token), first, space]);
    push(&[lower(token), lower(after)]);
    push(&[last, lower(after)]);
    push(&[last, lower(after), space]);
    push(&[last, lower(after), second]);
    push(&[last, lower(after), lower(after2)]);
    push(&[last, first, lower(after2)]);
    push(&[last, shape(after), shape(after2)]);
    push(&[last, shape(before), shape(after), space]);
    push(&[last, lower(before), first]);
    push(&[lower(before), lower(token), first]);
    push(&[lower(before), lower(token), lower(after)]);
    push(&[last, lower(before2), lower(before), first]);
    push(&[last, before.map_or(0, |t| t.view.suffix[2]), first]);
    push(&[last, token.map_or(0, |t| t.view.suffix[2]), first]);
    push(&[last, shape(token), first, length]);
    push(&[last, shape(before2), shape(before), first, second]);
    push(&[last, first, second, after3.map_or(0, |t| class(t.first))]);
    // A common word with a capital begins a sentence; a name need not.
    let lexical = |seen: Option<&Seen>| seen.map_or(23, |s| s.view.lexical);
    push(&[last, first, lexical(after)]);
    push(&[last, shape(after), lexical(after), space]);
    push(&[last, first, lexical(after), lexical(after2)]);
    push(&[last, first, lexical(token), lexical(after)]);
    push(&[last, shape(token), lexical(token), shape(after), lexical(after)]);
    push(&[last, shape(token), shape(after), shape(after2), lexical(after)]);
    push(&[last, first, lexical(after), length]);
    push(&[last, first, before.map_or(0, |t| class(t.last)), space]);
    push(&[last, first, before.map_or(0, |t| class(t.last)), before2.map_or(0, |t| class(t.last)), open]);
    // A heading is short, and what follows it goes on to a full stop of its own.
    let ahead = tokens[i + 1..].iter().take(20).position(|t| matches!(t.last, '.' | '?' | '!' | '…'));
    let ahead = match ahead {
        None => 9,
        Some(n @ 0..=3) => n as u64,
        Some(4..=6) => 4,
        Some(7..=11) => 5,
        Some(_) => 6,
    };
    let titled = running.capitals * 10 >= running.words * 6;
    let titled = u64::from(titled) + 2 * u64::from(running.words > 1);
    push(&[last, first, ahead, length]);
    push(&[last, shape(after), ahead, lexical(after)]);
    push(&[last, first, titled, length]);
    push(&[last, shape(token), first, titled, lexical(after)]);
    push(&[last, titled, shape(after), shape(after2)]);
    push(&[shape(before), shape(token), shape(after), shape(after2), shape(after3)]);
    push(&[lower(after), lower(after2), first, last]);
}
