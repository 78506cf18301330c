//! Line breaks: which of them end a sentence.
//!
//! A blank line always does, and so does the break before a list item. A single break does not if its line was full,
//! that is, if the next line's first word would not have fitted: then the text was wrapped by a machine. Lines joined
//! by a hyphen at their end are one word.

/// Lines narrower than this are not a wrapped paragraph.
const NARROWEST_WRAP: usize = 28;

/// Lines wider than this are paragraphs of their own.
const WIDEST_WRAP: usize = 160;

/// The byte offsets at which a line break ends a sentence, in order.
pub(crate) fn hard_breaks(text: &str) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut lines: Vec<(usize, &str)> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\u{2028}', '\u{2029}', '\u{85}', '\u{c}', '\r']) {
        lines.push((start, line.trim()));
        start += line.len();
    }
    let datelines = lines.iter().filter_map(|(start, line)| {
        let indent = text[*start..].find(*line).unwrap_or(0);
        Some(start + indent + dateline(line)?)
    });
    let datelines: Vec<usize> = datelines.collect();
    let mut block = 0;
    for i in 0..=lines.len() {
        if i == lines.len() || lines[i].1.is_empty() {
            break_block(&lines[block..i], &mut breaks);
            if let Some((start, _)) = lines.get(i) {
                breaks.push(*start);
            }
            block = i + 1;
        }
    }
    if !datelines.is_empty() {
        breaks.extend(datelines);
        breaks.sort_unstable();
        breaks.dedup();
    }
    breaks
}

/// The bytes of the place, day and agency at the head of a line (*NAIROBI, Aug 14 (AFP) – *, *CHENNAI: *): they are no
/// part of the sentence that they stand before.
fn dateline(line: &str) -> Option<usize> {
    let head_end = line.char_indices().nth(LONGEST_DATELINE).map_or(line.len(), |(at, _)| at);
    let head = &line[..head_end];
    let name_end = head.find(|c: char| matches!(c, ',' | '(' | ':' | '–' | '—') || c.is_ascii_digit());
    let name_end = [name_end, head.find(" -")].into_iter().flatten().min()?;
    let name = head[..name_end].trim_end();
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    let shouted = letters().count() >= SHORTEST_NAME && letters().all(char::is_uppercase);
    let marks = [": ", " – ", " — ", " -- ", " - "];
    let (at, mark) = marks.iter().filter_map(|m| Some((head.find(m)?, m))).min()?;
    let signed = head[..at + 1].trim_end().ends_with(')') && head.starts_with(char::is_uppercase);
    // A colon ends a dateline only right after the place or the day.
    let is_dateline = shouted || signed && *mark != ": ";
    let rest = &line[at + mark.len()..];
    let mut told = rest.chars().filter(|c| !matches!(c, '"' | '“' | '«' | ' ' | '\u{a0}'));
    let starts = told.next().is_some_and(char::is_uppercase);
    let goes_on = rest.chars().any(char::is_lowercase) && rest.len() >= SHORTEST_LEAD;
    (is_dateline && starts && goes_on).then_some(at + mark.len())
}

/// Characters of the longest dateline.
const LONGEST_DATELINE: usize = 60;

/// Letters of the shortest name in capitals.
const SHORTEST_NAME: usize = 3;

/// Bytes of the shortest sentence that a dateline stands before.
const SHORTEST_LEAD: usize = 30;

/// Breaks within a block of lines without a blank one.
fn break_block(lines: &[(usize, &str)], breaks: &mut Vec<usize>) {
    let widths: Vec<usize> = lines.iter().map(|(_, line)| line.chars().count()).collect();
    let width = widths.iter().copied().max().unwrap_or(0);
    let wraps = (NARROWEST_WRAP..=WIDEST_WRAP).contains(&width);
    for (i, pair) in lines.windows(2).enumerate() {
        let (line, next) = (pair[0].1, pair[1].1);
        if joins_by_hyphen(line, next) {
            continue;
        }
        let first_word = next.split(char::is_whitespace).next().map_or(0, |word| word.chars().count());
        let was_full = wraps && widths[i] + 1 + first_word > width;
        let goes_on = next.starts_with(char::is_lowercase) && wraps;
        let heads = lines.len() == 2 && is_heading(line, next);
        if is_list_item(next) || heads || !(was_full || goes_on) {
            breaks.push(pair[1].0);
        }
    }
}

/// Whether the first of two lines is a heading, though it is as long as the second: it has no full stop, and neither
/// does it break off at a short word nor does the second go on in lower case.
fn is_heading(line: &str, next: &str) -> bool {
    let last = line.split_whitespace().next_back().unwrap_or("");
    let whole = last.chars().count() > 3 || last.starts_with(|c: char| !c.is_lowercase());
    let stopped = line.ends_with(|c: char| !c.is_alphanumeric()) || line.contains(". ");
    whole
        && !stopped
        && next.starts_with(char::is_uppercase)
        && next.ends_with(['.', '!', '?', '»', '”', '"'])
}

/// A line that ends in a hyphen on a word that the next line takes up in lower case.
pub(crate) fn joins_by_hyphen(line: &str, next: &str) -> bool {
    let Some(stem) = line.strip_suffix(['-', '\u{2010}', '\u{ad}']) else { return false };
    stem.ends_with(char::is_alphabetic) && next.starts_with(char::is_lowercase)
}

/// A dash, bullet or asterisk and a space at the start of a line.
fn is_list_item(line: &str) -> bool {
    let mut chars = line.chars();
    let bullet = chars.next().is_some_and(|c| "-–—•*·▪◦‣●■►".contains(c));
    bullet && chars.next().is_some_and(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        let mut start = 0;
        for end in hard_breaks(text).into_iter().chain([text.len()]) {
            let piece = text[start..end].trim();
            if !piece.is_empty() {
                found.push(piece);
            }
            start = end;
        }
        found
    }

    #[test]
    fn headlines_and_paragraphs_stand_alone() {
        let text = "Grève à Lens\nLes mineurs ont cessé le travail.\n\nIls demandent une prime.";
        assert_eq!(
            pieces(text),
            ["Grève à Lens", "Les mineurs ont cessé le travail.", "Ils demandent une prime."]
        );
    }

    #[test]
    fn a_wrapped_paragraph_stays_whole() {
        let text =
            "The dockers of the eastern basin walked out\non Monday and said that they would not come\nback.";
        assert_eq!(pieces(text).len(), 1);
    }

    #[test]
    fn a_heading_longer_than_what_follows_stands_alone() {
        assert_eq!(
            pieces("Bus drivers to strike over rosters, says union\nTalks broke down on Monday.").len(),
            2
        );
        assert_eq!(
            pieces("The drivers of the eastern depot were received by the\nMinister of Labour.").len(),
            1
        );
    }

    #[test]
    fn list_items_stand_alone() {
        let text = "Ils demandent avec force et depuis des mois :\n- une prime ;\n- des embauches.";
        assert_eq!(pieces(text).len(), 3);
    }

    #[test]
    fn datelines_stand_alone() {
        for (text, head) in [
            ("CHENNAI: Truck drivers walked off the job on Monday.", "CHENNAI:"),
            ("NAIROBI, Aug 14 (AFP) - Sugar workers downed tools on Monday.", "NAIROBI, Aug 14 (AFP) -"),
            ("Paris, 3 mai (AFP) – Les cheminots ont voté la grève.", "Paris, 3 mai (AFP) –"),
            ("ALGER, 15 juin — « Partez ! », ont crié les étudiants.", "ALGER, 15 juin —"),
        ] {
            assert_eq!(pieces(text)[0], head);
            assert_eq!(pieces(text).len(), 2);
        }
        for text in [
            "Lyon – The drivers of the eastern depot went home.",
            "GRÈVE : LES CHEMINOTS NE CÈDENT PAS UN POUCE.",
            "The CGT (rail) - the largest union - walked out on Monday.",
        ] {
            assert_eq!(pieces(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn a_word_cut_at_the_line_end_goes_on() {
        assert_eq!(pieces("La manifes-\ntation").len(), 1);
    }
}
