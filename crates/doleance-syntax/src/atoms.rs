//! The smallest pieces of a text that a tokenizer may have to part: runs of letters, of digits, of one punctuation mark.
//!
//! Pieces that no language parts are joined here: addresses, e-mail, hashtags, numbers with separators, a letter with
//! its accents, a word cut at the end of a line.

use crate::breaks::{hard_breaks, joins_by_hyphen};

/// What an atom is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Kind {
    Letters,
    Digits,
    Mark,
}

/// A piece of text between two places where a token might end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Atom {
    pub start: u32,
    pub end: u32,
    pub kind: Kind,
    /// White space or the end of the text follows.
    pub space_after: bool,
    /// A line break that ends a sentence follows.
    pub break_after: bool,
    /// Never parted from the next atom.
    pub joined: bool,
    /// Always parted from the next atom.
    pub parted: bool,
}

/// Whether white space of any width parts words here. Zero-width characters belong to the word they stand in.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}' || c == '\u{200B}' || (c.is_control())
}

/// A soft hyphen or another character that shows nothing.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{200E}' | '\u{200F}')
}

fn kind(c: char) -> Kind {
    if c.is_alphabetic() || is_invisible(c) || is_combining(c) {
        Kind::Letters
    } else if c.is_numeric() {
        Kind::Digits
    } else {
        Kind::Mark
    }
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}

/// Parts a text into atoms.
pub(crate) fn atoms(text: &str, grouped_numbers: bool) -> Vec<Atom> {
    let breaks = hard_breaks(text);
    let mut next_break = 0;
    let mut found: Vec<Atom> = Vec::with_capacity(text.len() / 4);
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if is_space(first) {
            if let Some(last) = found.last_mut() {
                last.space_after = true;
            }
            continue;
        }
        let chunk_start = found.len();
        let mut atom_start = start;
        let mut last = first;
        let mut last_kind = kind(first);
        let mut end = start + first.len_utf8();
        while let Some(&(at, c)) = chars.peek() {
            if is_space(c) {
                break;
            }
            let this = kind(c);
            let same = this == last_kind && (this != Kind::Mark || c == last) || is_combining(c);
            if !same {
                found.push(new_atom(atom_start, at, last_kind));
                atom_start = at;
                last_kind = this;
            }
            last = c;
            end = at + c.len_utf8();
            chars.next();
        }
        found.push(new_atom(atom_start, end, last_kind));
        while breaks.get(next_break).is_some_and(|&at| at <= start) {
            next_break += 1;
            if let Some(before) = chunk_start.checked_sub(1) {
                found[before].break_after = true;
            }
        }
        join_known_shapes(text, &mut found[chunk_start..]);
        part_known_shapes(text, &mut found[chunk_start..]);
    }
    if let Some(last) = found.last_mut() {
        last.space_after = true;
        last.break_after = true;
    }
    join_across_lines(text, &mut found);
    if grouped_numbers {
        join_number_groups(text, &mut found);
    }
    found
}

fn new_atom(start: usize, end: usize, kind: Kind) -> Atom {
    Atom {
        start: start as u32,
        end: end as u32,
        kind,
        space_after: false,
        break_after: false,
        joined: false,
        parted: false,
    }
}

fn slice<'t>(text: &'t str, atom: &Atom) -> &'t str {
    text.get(atom.start as usize..atom.end as usize).unwrap_or("")
}

/// Joins the atoms of addresses, hashtags and numbers within a chunk.
fn join_known_shapes(text: &str, chunk: &mut [Atom]) {
    if chunk.len() < 2 {
        return;
    }
    let from = chunk[0].start as usize;
    let whole = text.get(from..chunk[chunk.len() - 1].end as usize).unwrap_or("");
    if let Some((start, end)) = address(whole) {
        for i in 0..chunk.len() - 1 {
            let joint = chunk[i].end as usize - from;
            if start < joint && joint < end {
                chunk[i].joined = true;
            }
        }
    }
    for i in 1..chunk.len() - 1 {
        let mark = slice(text, &chunk[i]);
        if chunk[i - 1].kind == Kind::Digits
            && chunk[i + 1].kind == Kind::Digits
            && matches!(mark, "." | "," | ":" | "'" | "’")
        {
            chunk[i - 1].joined = true;
            chunk[i].joined = true;
        }
    }
    // The hours and minutes of 17h30 are three tokens, as they are with spaces between.
    for i in 1..chunk.len() - 1 {
        let number = |at: usize| chunk[at].kind == Kind::Digits && chunk[at].end - chunk[at].start <= 2;
        if number(i - 1)
            && number(i + 1)
            && chunk[i].kind == Kind::Letters
            && slice(text, &chunk[i]).len() == 1
        {
            chunk[i - 1].parted = true;
            chunk[i].parted = true;
        }
    }
    for i in 0..chunk.len() - 1 {
        let tag = matches!(slice(text, &chunk[i]), "#" | "@");
        if tag && (i == 0 || chunk[i - 1].kind == Kind::Mark) && chunk[i + 1].kind == Kind::Letters {
            chunk[i].joined = true;
            for j in i + 1..chunk.len() - 1 {
                let goes_on = |atom: &Atom| atom.kind != Kind::Mark || slice(text, atom) == "_";
                if !(goes_on(&chunk[j]) && goes_on(&chunk[j + 1])) {
                    break;
                }
                chunk[j].joined = true;
            }
        }
    }
}

/// Marks that are tokens of their own wherever they stand.
fn is_lone_mark(mark: &str) -> bool {
    mark.chars().all(|c| "«»“”„‹›…".contains(c))
}

/// Whether a mark is a token of its own beside the atom on its left (`side` 0) or right (1): one repeated beside a word
/// (*home...*, *NEWS====*), a comma or closing bracket whose space is missing (*Leeds,Hull*), but not the slashes of
/// a path.
fn stands_alone(text: &str, chunk: &[Atom], at: usize, side: usize) -> bool {
    let Some(beside) = (at + 2 * side).checked_sub(1).and_then(|n| chunk.get(n)) else { return false };
    let mark = slice(text, &chunk[at]);
    if matches!(mark, "[" | "]") {
        return true;
    }
    if chunk[at].kind != Kind::Mark || beside.kind == Kind::Mark {
        return false;
    }
    if mark.chars().nth(1).is_some() {
        return !mark.starts_with(['/', '\\']);
    }
    let is_number = |n: Option<usize>| n.and_then(|n| chunk.get(n)).is_some_and(|a| a.kind == Kind::Digits);
    match mark {
        "," | ";" => !(is_number(at.checked_sub(1)) && is_number(Some(at + 1))),
        ")" => side == 1 && at > 0 && chunk[at - 1].kind != Kind::Mark,
        ">" | "—" => true,
        "£" | "€" | "¥" | "₹" | "₽" => beside.kind == Kind::Digits,
        // *US$* is one word.
        "$" => side == 1 && beside.kind == Kind::Digits,
        // *<3* is a heart.
        "<" => side == 0 || beside.kind == Kind::Letters,
        _ => false,
    }
}

/// Parts quotation marks from words, and two sentences with no space between them (*fin.Le lendemain*).
fn part_known_shapes(text: &str, chunk: &mut [Atom]) {
    for i in 0..chunk.len().saturating_sub(1) {
        let (here, next) = (slice(text, &chunk[i]), slice(text, &chunk[i + 1]));
        let lone = |atom: &Atom, mark: &str| atom.kind == Kind::Mark && is_lone_mark(mark);
        if !chunk[i].joined && (lone(&chunk[i], here) || lone(&chunk[i + 1], next)) {
            chunk[i].parted = true;
        }
        if !chunk[i].joined && (stands_alone(text, chunk, i, 1) || stands_alone(text, chunk, i + 1, 0)) {
            chunk[i].parted = true;
        }
        let Some(after) = chunk.get(i + 2) else { continue };
        let mut capital = slice(text, after).chars();
        let starts_sentence = after.kind == Kind::Letters
            && capital.next().is_some_and(char::is_uppercase)
            && capital.next().is_none_or(char::is_lowercase);
        let ends_sentence = here.chars().count() >= 3 && here.ends_with(char::is_lowercase);
        let stop = matches!(next, "." | "?" | "!" | "...");
        if chunk[i].kind == Kind::Letters
            && ends_sentence
            && stop
            && starts_sentence
            && !chunk[i].joined
            && !chunk[i + 1].joined
        {
            chunk[i].parted = true;
            chunk[i + 1].parted = true;
            // To whatever looks for the end of the sentence the missing space is there.
            chunk[i + 1].space_after = true;
        }
    }
}

/// The bytes of a web or e-mail address within a chunk, without the punctuation around it.
fn address(chunk: &str) -> Option<(usize, usize)> {
    let has_scheme = ["://", "www."].iter().find_map(|sign| chunk.find(sign));
    let mail = chunk.find('@').filter(|&at| {
        // Archives mask addresses: *name...@host.org*.
        let before = chunk[..at].trim_end_matches('.').ends_with(char::is_alphanumeric);
        let domain = &chunk[at + 1..];
        before && domain.starts_with(char::is_alphanumeric) && domain.contains('.')
    });
    if has_scheme.is_none() && mail.is_none() {
        return file_or_host(chunk);
    }
    if let Some(at) = mail.filter(|_| has_scheme.is_none()) {
        let outside = |c: char| !(c.is_alphanumeric() || ".-_+".contains(c));
        let start =
            chunk[..at].rfind(outside).map_or(0, |n| n + chunk[n..].chars().next().map_or(1, char::len_utf8));
        let end = chunk[at + 1..].find(outside).map_or(chunk.len(), |n| at + 1 + n);
        let end = chunk[..end].trim_end_matches(['.', '-', '_', '+']).len();
        return (start < end).then_some((start, end));
    }
    let opening = |c: char| !c.is_alphanumeric();
    let closing = |c: char| !c.is_alphanumeric() && c != '/' && c != '_';
    let start = chunk.len() - chunk.trim_start_matches(opening).len();
    let end = chunk.trim_end_matches(closing).len();
    (start < end).then_some((start, end))
}

/// Last parts of the names of files and hosts.
const ENDINGS: [&str; 26] = [
    "com", "org", "net", "edu", "gov", "int", "info", "htm", "html", "php", "pdf", "doc", "docx", "xls",
    "xlsx", "ppt", "txt", "csv", "jpg", "jpeg", "png", "gif", "mp3", "mp4", "zip", "exe",
];

/// The bytes of the name of a file or host within a chunk: *minutes.pdf*, *www* left out.
fn file_or_host(chunk: &str) -> Option<(usize, usize)> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let start = chunk.find(char::is_alphanumeric)?;
    let rest = &chunk[start..];
    let end = rest.find(|c| !inside(c)).unwrap_or(rest.len());
    let name = rest[..end].trim_end_matches(['.', '-', '_']);
    let (stem, ending) = name.rsplit_once('.')?;
    let known = ENDINGS.iter().any(|e| ending.eq_ignore_ascii_case(e));
    (known && !stem.is_empty() && !stem.contains("..")).then(|| (start, start + name.len()))
}

/// Joins the halves of a word that was cut by a hyphen at the end of a line.
fn join_across_lines(text: &str, atoms: &mut [Atom]) {
    for i in 1..atoms.len().saturating_sub(1) {
        let (hyphen, next) = (atoms[i], atoms[i + 1]);
        if !hyphen.space_after || hyphen.break_after {
            continue;
        }
        let gap = text.get(hyphen.end as usize..next.start as usize).unwrap_or("");
        if gap.contains('\n')
            && !atoms[i - 1].space_after
            && joins_by_hyphen(
                text.get(atoms[i - 1].start as usize..hyphen.end as usize).unwrap_or(""),
                slice(text, &next),
            )
        {
            atoms[i - 1].joined = true;
            atoms[i].joined = true;
        }
    }
}

/// Joins groups of three digits that are parted by spaces (`12 000`).
fn join_number_groups(text: &str, atoms: &mut [Atom]) {
    let mut i = 0;
    while i + 1 < atoms.len() {
        let starts = atoms[i].kind == Kind::Digits
            && slice(text, &atoms[i]).len() <= 3
            && atoms[i].space_after
            && (i == 0
                || atoms[i - 1].space_after
                || atoms[i - 1].kind == Kind::Mark && !atoms[i - 1].joined);
        let mut j = i;
        if starts {
            while j + 1 < atoms.len() && is_group(text, &atoms[j], &atoms[j + 1]) {
                atoms[j].joined = true;
                j += 1;
            }
        }
        i = j + 1;
    }
}

fn is_group(text: &str, first: &Atom, second: &Atom) -> bool {
    let gap = text.get(first.end as usize..second.start as usize).unwrap_or("");
    let digits = slice(text, second);
    let mut spaces = gap.chars();
    let one_space = matches!(spaces.next(), Some(' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'));
    one_space
        && spaces.next().is_none()
        && second.kind == Kind::Digits
        && digits.len() == 3
        && digits.bytes().all(|b| b.is_ascii_digit())
}
