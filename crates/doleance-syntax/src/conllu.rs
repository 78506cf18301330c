//! CoNLL-U, read and written.
//!
//! A file becomes one [`Document`] per `# newdoc` comment. The text of a document is put together from the forms and
//! their `SpaceAfter` and `SpacesAfter`; sentences are one space apart, paragraphs (`# newpar`) a blank line. Columns
//! that a document has no place for (XPOS, DEPS, most of MISC) are dropped, as are empty nodes.
//! What [`write`] prints, [`read`] gives back.

use std::fmt;
use std::ops::Range;

use doleance_text::ud::{self, Upos};
use doleance_text::{Document, DocumentBuilder, Sentence, SentenceId, Span, Token, TokenId};

/// Why a text is not CoNLL-U.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct ConlluError {
    /// Line number, from one.
    pub line: usize,
    /// What is the matter and how to mend it.
    pub reason: String,
}

/// Reads all documents of a CoNLL-U text.
///
/// # Errors
/// The first line that is neither blank, a comment nor ten tab-separated columns with a sound id and head.
pub fn read(text: &str) -> Result<Vec<Document>, ConlluError> {
    let mut reader = Reader::default();
    for (index, line) in text.lines().enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        reader.line(line).map_err(|reason| ConlluError { line: index + 1, reason })?;
    }
    reader.end_sentence().map_err(|reason| ConlluError { line: text.lines().count(), reason })?;
    reader.end_document();
    Ok(reader.documents)
}

/// One word as read, with its head still a number inside the sentence.
struct Row {
    form: String,
    lemma: String,
    features: String,
    relation: String,
    upos: Upos,
    head: usize,
    spacing: Spacing,
}

/// Surface of a multiword token: the numbers of its words (from one) and its spacing.
struct RangeRow {
    first: usize,
    last: usize,
    form: String,
    spacing: Spacing,
}

#[derive(Default)]
struct Spacing {
    before: String,
    inside: Option<String>,
    after: String,
}

#[derive(Default)]
struct Reader {
    documents: Vec<Document>,
    text: String,
    sentences: Vec<(Vec<Row>, Vec<RangeRow>)>,
    spans: Vec<Vec<Span>>,
    rows: Vec<Row>,
    ranges: Vec<RangeRow>,
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if line.trim().is_empty() {
            return self.end_sentence();
        }
        if let Some(comment) = line.strip_prefix('#') {
            let comment = comment.trim_start();
            if comment.starts_with("newdoc") {
                self.end_sentence()?;
                self.end_document();
            } else if comment.starts_with("newpar") {
                self.new_paragraph();
            }
            return Ok(());
        }
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() != 10 {
            return Err(format!("expected 10 tab-separated columns, found {}", columns.len()));
        }
        self.row(&columns)
    }

    fn row(&mut self, columns: &[&str]) -> Result<(), String> {
        let id = columns[0];
        if id.contains('.') {
            return Ok(());
        }
        let spacing = spacing(columns[9]);
        if let Some((first, last)) = id.split_once('-') {
            let (first, last) = (number(first)?, number(last)?);
            if first != self.rows.len() + 1 || last < first {
                return Err(format!("the range {id} does not start at the next word"));
            }
            self.ranges.push(RangeRow { first, last, form: columns[1].to_owned(), spacing });
            return Ok(());
        }
        if number(id)? != self.rows.len() + 1 {
            return Err(format!("word {id} out of order; number words 1, 2, 3, …"));
        }
        self.rows.push(Row {
            form: columns[1].to_owned(),
            lemma: if columns[2] == "_" && columns[1] != "_" { String::new() } else { columns[2].to_owned() },
            features: if columns[5] == "_" { String::new() } else { columns[5].to_owned() },
            relation: if columns[7] == "_" { String::new() } else { columns[7].to_owned() },
            upos: match columns[3] {
                "_" => Upos::X,
                name => Upos::parse(name).ok_or_else(|| format!("unknown part of speech {name}"))?,
            },
            head: if columns[6] == "_" { 0 } else { number(columns[6])? },
            spacing,
        });
        Ok(())
    }

    fn new_paragraph(&mut self) {
        if !self.text.is_empty() {
            self.text.truncate(self.text.trim_end_matches(' ').len());
            while !self.text.ends_with("\n\n") {
                self.text.push('\n');
            }
        }
    }

    /// Lays the rows read so far into the text.
    fn end_sentence(&mut self) -> Result<(), String> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.rows);
        let ranges = std::mem::take(&mut self.ranges);
        let mut spans = vec![Span::default(); rows.len()];
        let mut at = 0;
        let mut next_range = 0;
        while at < rows.len() {
            let (form, spacing, last) = match ranges.get(next_range) {
                Some(range) if range.first == at + 1 => {
                    if range.last > rows.len() {
                        return Err(format!("a multiword token ends at word {}, after the last", range.last));
                    }
                    next_range += 1;
                    (&range.form, &range.spacing, range.last)
                }
                _ => (&rows[at].form, &rows[at].spacing, at + 1),
            };
            self.text.push_str(&spacing.before);
            let start = self.text.len() as u32;
            self.text.push_str(spacing.inside.as_ref().unwrap_or(form));
            let span = Span::new(start, self.text.len() as u32);
            self.text.push_str(&spacing.after);
            spans[at..last].fill(span);
            at = last;
        }
        if let Some(row) = rows.iter().find(|row| row.head > rows.len()) {
            return Err(format!("the head {} of “{}” is not in the sentence", row.head, row.form));
        }
        if !self.text.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
        self.sentences.push((rows, ranges));
        self.spans.push(spans);
        Ok(())
    }

    fn end_document(&mut self) {
        if self.sentences.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        let mut builder = DocumentBuilder::new(text.trim_end_matches(' ').to_owned());
        for ((rows, ranges), spans) in self.sentences.drain(..).zip(self.spans.drain(..)) {
            let first = builder.tokens().len();
            for (row, span) in rows.iter().zip(spans) {
                let token = Token {
                    span,
                    form: builder.intern(&row.form),
                    lemma: builder.intern(&row.lemma),
                    features: builder.intern(&row.features),
                    relation: builder.intern(&row.relation),
                    head: row.head.checked_sub(1).map(|head| TokenId((first + head) as u32)),
                    upos: row.upos,
                };
                let id = builder.push_token(token);
                let number = id.index() - first + 1;
                if let Some(range) = ranges.iter().find(|range| range.last == number) {
                    builder.push_multiword(span, TokenId((first + range.first - 1) as u32));
                }
            }
            builder.end_sentence();
        }
        self.documents.push(builder.finish());
    }
}

fn number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| format!("“{text}” is not a word number"))
}

fn spacing(misc: &str) -> Spacing {
    let mut spacing = Spacing { after: " ".to_owned(), ..Spacing::default() };
    for field in misc.split('|') {
        match field.split_once('=') {
            Some(("SpaceAfter", "No")) => spacing.after.clear(),
            Some(("SpacesAfter", value)) => spacing.after = unescape(value),
            Some(("SpacesBefore", value)) => spacing.before = unescape(value),
            Some(("SpacesInToken", value)) => spacing.inside = Some(unescape(value)),
            _ => {}
        }
    }
    spacing
}

/// UDPipe's notation for spaces in MISC.
const ESCAPES: [(char, char); 6] =
    [(' ', 's'), ('\t', 't'), ('\r', 'r'), ('\n', 'n'), ('|', 'p'), ('\\', '\\')];

fn unescape(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        let code = chars.next();
        // Other spaces are given by number: `\u00A0`.
        let number: String = chars.clone().take(4).collect();
        let coded =
            (code == Some('u')).then(|| u32::from_str_radix(&number, 16).ok().and_then(char::from_u32));
        if let Some(Some(space)) = coded {
            text.push(space);
            chars.nth(3);
            continue;
        }
        match ESCAPES.iter().find(|(_, e)| Some(*e) == code) {
            Some((plain, _)) => text.push(*plain),
            None => text.extend(code),
        }
    }
    text
}

fn escape(text: &str, out: &mut impl fmt::Write) -> fmt::Result {
    for c in text.chars() {
        match ESCAPES.iter().find(|(plain, _)| *plain == c) {
            Some((_, code)) => write!(out, "\\{code}")?,
            None => out.write_char(c)?,
        }
    }
    Ok(())
}

/// Writes a document with `newdoc`, `sent_id` and `text` comments, `SpaceAfter` and, where the spacing is out of the
/// ordinary, `SpacesAfter` in UDPipe's notation.
///
/// # Errors
/// Only those of `out`.
pub fn write(document: &Document, mut out: impl fmt::Write) -> fmt::Result {
    writeln!(out, "# newdoc")?;
    for (index, sentence) in document.sentences().iter().enumerate() {
        let id = SentenceId(index as u32);
        let surface = surface_tokens(document, sentence);
        let next_start = document
            .sentences()
            .get(index + 1)
            .map_or(document.text().len(), |next| next.span.start as usize);
        writeln!(out, "# sent_id = {}", index + 1)?;
        write!(out, "# text = ")?;
        for (number, (span, words)) in surface.iter().enumerate() {
            write_form(document, *span, words, &mut out)?;
            let last = number + 1 == surface.len();
            if !last && surface[number + 1].0.start > span.end {
                out.write_char(' ')?;
            }
        }
        out.write_char('\n')?;
        let first = document.words(id).next().map_or(0, |t| t.0);
        for (number, (span, words)) in surface.iter().enumerate() {
            let after_end = surface.get(number + 1).map_or(next_start, |(next, _)| next.start as usize);
            let after = document.text().get(span.end as usize..after_end).unwrap_or(" ");
            let before = match (index, number) {
                (0, 0) => document.text().get(..span.start as usize).unwrap_or(""),
                _ => "",
            };
            if words.len() > 1 {
                write!(out, "{}-{}\t", words.start - first + 1, words.end - first)?;
                write_form(document, *span, words, &mut out)?;
                write!(out, "\t_\t_\t_\t_\t_\t_\t_\t")?;
                let form = span.of(document.text());
                write_spacing(before, span.of(document.text()), form, after, &mut out)?;
            }
            for word in words.clone().map(TokenId) {
                write_word(document, word, first, &mut out)?;
                if words.len() > 1 {
                    out.write_str("_\n")?;
                } else {
                    let form = document.form(word);
                    write_spacing(before, span.of(document.text()), form, after, &mut out)?;
                }
            }
        }
        out.write_char('\n')?;
    }
    Ok(())
}

/// CoNLL-U writes an empty column as an underscore.
fn or_blank(text: &str) -> &str {
    if text.is_empty() { "_" } else { text }
}

fn write_word(document: &Document, word: TokenId, first: u32, out: &mut impl fmt::Write) -> fmt::Result {
    let token = document.token(word);
    let strings = document.strings();
    write!(out, "{}\t", word.0 - first + 1)?;
    write_column(document.form(word), out)?;
    out.write_char('\t')?;
    write_column(or_blank(document.lemma(word)), out)?;
    write!(
        out,
        "\t{}\t_\t{}\t{}\t{}\t_\t",
        token.upos.name(),
        or_blank(strings.get(token.features)),
        token.head.map_or(0, |head| head.0 - first + 1),
        or_blank(strings.get(token.relation)),
    )
}

/// A column may hold single spaces but no tabs or line ends.
fn write_column(text: &str, out: &mut impl fmt::Write) -> fmt::Result {
    text.chars().try_for_each(|c| out.write_char(if c.is_control() { ' ' } else { c }))
}

fn write_form(document: &Document, span: Span, words: &Range<u32>, out: &mut impl fmt::Write) -> fmt::Result {
    let form = if words.len() > 1 { span.of(document.text()) } else { document.form(TokenId(words.start)) };
    write_column(form, out)
}

fn write_spacing(before: &str, raw: &str, form: &str, after: &str, out: &mut impl fmt::Write) -> fmt::Result {
    let mut separator = "";
    if !before.is_empty() {
        out.write_str("SpacesBefore=")?;
        escape(before, out)?;
        separator = "|";
    }
    if raw != form {
        write!(out, "{separator}SpacesInToken=")?;
        escape(raw, out)?;
        separator = "|";
    }
    match after {
        "" => writeln!(out, "{separator}SpaceAfter=No"),
        " " if separator.is_empty() => out.write_str("_\n"),
        " " => out.write_str("\n"),
        _ => {
            write!(out, "{separator}SpacesAfter=")?;
            escape(after, out)?;
            out.write_char('\n')
        }
    }
}

/// The surface tokens of a sentence: multiword tokens and the words outside them, in order.
pub(crate) fn surface_tokens(document: &Document, sentence: &Sentence) -> Vec<(Span, Range<u32>)> {
    let mut found = Vec::with_capacity(sentence.words.len());
    let multiword = document.multiword_tokens();
    let mut next = multiword.partition_point(|m| m.words.start < sentence.words.start);
    let mut at = sentence.words.start;
    while at < sentence.words.end {
        match multiword.get(next) {
            Some(token) if token.words.start == at && token.words.end > at => {
                found.push((token.span, token.words.clone()));
                at = token.words.end;
                next += 1;
            }
            _ => {
                found.push((document.token(TokenId(at)).span, at..at + 1));
                at += 1;
            }
        }
    }
    found
}

/// A token without annotation.
pub(crate) fn bare_token(span: Span, form: doleance_text::Symbol) -> Token {
    Token {
        span,
        form,
        lemma: ud::EMPTY,
        features: ud::EMPTY,
        relation: ud::EMPTY,
        head: None,
        upos: Upos::X,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DU: &str = "# newdoc\n# sent_id = 1\n# text = Retour du piquet.\n\
        1\tRetour\tretour\tNOUN\t_\tGender=Masc|Number=Sing\t0\troot\t_\t_\n\
        2-3\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n\
        2\tde\tde\tADP\t_\t_\t4\tcase\t_\t_\n\
        3\tle\tle\tDET\t_\tDefinite=Def\t4\tdet\t_\t_\n\
        4\tpiquet\tpiquet\tNOUN\t_\t_\t1\tnmod\t_\tSpaceAfter=No\n\
        5\t.\t.\tPUNCT\t_\t_\t1\tpunct\t_\tSpacesAfter=\\n\\n\n\n\
        # sent_id = 2\n# text = Fin\n\
        1\tFin\tfin\tNOUN\t_\t_\t0\troot\t_\tSpaceAfter=No\n\n";

    #[test]
    fn what_is_written_is_what_was_read() {
        let documents = read(DU).expect("sound CoNLL-U");
        assert_eq!(documents.len(), 1);
        assert_eq!(documents[0].text(), "Retour du piquet.\n\nFin");
        assert_eq!(documents[0].multiword_tokens()[0].span.of(documents[0].text()), "du");
        let mut out = String::new();
        write(&documents[0], &mut out).expect("strings take all");
        assert_eq!(out, DU);
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = read("1\tun\n").expect_err("two columns");
        assert_eq!(error.line, 1);
        let error = read("1\ta\ta\tNOUN\t_\t_\t7\tdep\t_\t_\n\n").expect_err("head outside");
        assert_eq!(error.line, 2);
    }
}
