//! Text broken into lines for a terminal, with style on single words.

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

/// Lines of bounded width under a label.
#[derive(Debug)]
pub(super) struct Paragraph {
    words: Vec<(String, Style)>,
}

impl Paragraph {
    pub(super) fn new() -> Self {
        Paragraph { words: Vec::new() }
    }

    /// Adds text; its words are what may stand alone on a line.
    pub(super) fn text(mut self, text: &str) -> Self {
        self.push(text, Style::new());
        self
    }

    /// Adds text in a style.
    pub(super) fn styled(mut self, text: &str, style: Style) -> Self {
        self.push(text, style);
        self
    }

    fn push(&mut self, text: &str, style: Style) {
        // Text that does not begin with a space continues the word before, as the trigger inside quotation marks does.
        let continues = !text.starts_with(char::is_whitespace);
        for (number, word) in text.split_whitespace().enumerate() {
            let glue = if number == 0 && continues && !self.words.is_empty() { "\u{200D}" } else { "" };
            self.words.push((format!("{glue}{word}"), style));
        }
        if text.ends_with(char::is_whitespace) {
            self.words.push((String::new(), Style::new()));
        }
    }

    /// Prints the lines: the first after `label`, all of them `indent` columns in.
    pub(super) fn print(&self, out: &mut String, label: &str, indent: usize, width: usize) {
        let dim = Style::new().dimmed();
        let gap = indent.saturating_sub(label.width()).max(1);
        out.push_str(&format!("{dim}{label}{dim:#}{}", " ".repeat(gap)));
        let room = width.saturating_sub(indent).max(20);
        let mut column = 0;
        let mut after_space = false;
        for (word, style) in &self.words {
            let (word, glued) = match word.strip_prefix('\u{200D}') {
                Some(word) => (word, !after_space),
                None => (word.as_str(), false),
            };
            after_space = word.is_empty();
            if word.is_empty() {
                continue;
            }
            let wide = word.width();
            if column > 0 && !glued {
                if column + 1 + wide > room {
                    out.push('\n');
                    out.push_str(&" ".repeat(indent));
                    column = 0;
                } else {
                    out.push(' ');
                    column += 1;
                }
            }
            out.push_str(&format!("{style}{word}{style:#}"));
            column += wide;
        }
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(paragraph: &Paragraph, width: usize) -> String {
        let mut out = String::new();
        paragraph.print(&mut out, "who", 8, width);
        anstream::adapter::strip_str(&out).to_string()
    }

    #[test]
    fn lines_stay_inside_the_width_and_under_the_label() {
        let text = printed(&Paragraph::new().text("les ouvrières de la filature et leurs familles"), 30);
        assert_eq!(text, "who     les ouvrières de la\n        filature et leurs\n        familles\n");
    }

    #[test]
    fn a_styled_word_keeps_its_neighbours() {
        let paragraph = Paragraph::new().text("“la ").styled("grève", Style::new().bold()).text("” a duré");
        assert_eq!(printed(&paragraph, 80), "who     “la grève” a duré\n");
    }
}
