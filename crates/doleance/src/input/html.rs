//! Web pages: the article, not the page around it.
//!
//! The article is found by the rules of Mozilla's Readability (dom_smoothie). Its text is what is coded, one paragraph
//! a block, and offsets count in that text. A page without a recognisable article gives the text of its body.

use std::borrow::Cow;

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};

use super::Metadata;

/// The text of a page's article and what the page says about it.
pub fn read_html(page: &str) -> (Metadata, String) {
    let page = flatten(page);
    let page = page.as_ref();
    let config =
        Config { text_mode: TextMode::Formatted, max_elements_to_parse: 200_000, ..Config::default() };
    let article = Readability::new(page, None, Some(config)).ok().and_then(|mut reader| reader.parse().ok());
    match article {
        Some(article) if !article.text_content.trim().is_empty() => {
            let metadata = Metadata {
                id: None,
                title: Some(article.title).filter(|title| !title.is_empty()),
                published: article.published_time.filter(|time| super::parse_date(time).is_ok()),
                source: article.site_name,
                url: article.url.filter(|url| !url.is_empty()),
                language: article.lang.filter(|tag| super::parse_language(tag).is_ok()),
                country: None,
            };
            (metadata, article.text_content.trim().to_owned())
        }
        _ => whole_body(page),
    }
}

fn whole_body(page: &str) -> (Metadata, String) {
    let document = Document::from(page);
    document.select("script, style, noscript, template, nav, header, footer, aside, form").remove();
    let title = document.select("title").text().trim().to_owned();
    let language = document.select("html").attr("lang").map(|tag| tag.to_string());
    let metadata = Metadata {
        title: Some(title).filter(|title| !title.is_empty()),
        language: language.filter(|tag| super::parse_language(tag).is_ok()),
        ..Metadata::default()
    };
    (metadata, document.select("body").formatted_text().trim().to_owned())
}

/// Elements may nest this deep, as in browsers; the parsers take stack and square time for deeper ones.
const DEEPEST: usize = 256;

/// Elements that have no end tag, or rarely one: they close themselves.
const SELF_CLOSING: [&str; 28] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "option", "optgroup", "tr", "tbody", "thead", "tfoot", "colgroup", "rp",
    "rt", "html",
];

/// Elements inside which an end tag does not reach out.
const ENCLOSING: [&str; 8] = ["table", "object", "svg", "math", "select", "template", "button", "marquee"];

/// Leaves out the start tags of elements nested too deep; their text stays.
fn flatten(page: &str) -> Cow<'_, str> {
    let mut open: Vec<&str> = Vec::new();
    let mut dropped: Vec<std::ops::Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &page.as_bytes()[at..]) {
        let start = at + found;
        let rest = &page[start + 1..];
        let is_end = rest.starts_with('/');
        let name_from = start + 1 + usize::from(is_end);
        let length = page[name_from..].bytes().take_while(u8::is_ascii_alphanumeric).count();
        at = name_from + length;
        let name = &page[name_from..at];
        let is = |known: &&str| name.eq_ignore_ascii_case(known);
        if name.is_empty() || SELF_CLOSING.iter().any(is) {
            continue;
        }
        if is_end {
            let inside = open
                .iter()
                .rposition(|outer| ENCLOSING.iter().any(|known| outer.eq_ignore_ascii_case(known)))
                .unwrap_or(0);
            if let Some(level) = open[inside..].iter().rposition(|outer| outer.eq_ignore_ascii_case(name)) {
                open.truncate(inside + level);
            }
        } else if open.len() < DEEPEST {
            open.push(name);
        } else {
            let end = memchr::memchr(b'>', &page.as_bytes()[at..]).map_or(page.len(), |gap| at + gap + 1);
            dropped.push(start..end);
            at = end;
        }
    }
    if dropped.is_empty() {
        return Cow::Borrowed(page);
    }
    let mut kept = String::with_capacity(page.len());
    let mut from = 0;
    for range in dropped {
        kept.push_str(&page[from..range.start]);
        kept.push(' ');
        from = range.end;
    }
    kept.push_str(&page[from..]);
    Cow::Owned(kept)
}

/// The label of the encoding that a page declares in its first kilobyte.
pub fn declared_encoding(page: &[u8]) -> Option<String> {
    let head = &page[..page.len().min(1024)];
    let at = memchr::memmem::find(&head.to_ascii_lowercase(), b"charset=")? + b"charset=".len();
    let label: String = head[at..]
        .iter()
        .skip_while(|b| matches!(b, b'"' | b'\'' | b' '))
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        .map(|&b| char::from(b))
        .collect();
    Some(label).filter(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><html lang="fr-FR"><head><title>Grève au port</title>
<meta property="og:site_name" content="Le Courrier du Port">
<meta property="article:published_time" content="2021-03-05T08:00:00+01:00"></head>
<body><nav><a href="/">Accueil</a> <a href="/meteo">Météo</a></nav>
<article><h1>Grève au port</h1>
<p>Les dockers ont cessé le travail jeudi matin, à l’aube, sur les trois quais du port, et les portiques sont restés immobiles toute la journée.</p>
<p>Ils demandent une hausse des salaires, le maintien des équipes de nuit, et le respect de l’accord signé deux ans plus tôt avec la direction.</p>
<script>alert("non")</script></article>
<footer>Mentions légales, cookies, abonnez-vous</footer></body></html>"#;

    #[test]
    fn the_article_is_read_and_the_page_around_it_left() {
        let (metadata, text) = read_html(PAGE);
        assert!(text.contains("Les dockers ont cessé") && text.contains("équipes de nuit"), "{text}");
        for around in ["Météo", "cookies", "alert"] {
            assert!(!text.contains(around), "{text}");
        }
        assert!(text.contains("la journée.\n"), "paragraphs stay apart: {text}");
        assert_eq!(metadata.language.as_deref(), Some("fr-FR"));
        assert_eq!(metadata.source.as_deref(), Some("Le Courrier du Port"));
        assert!(metadata.published.unwrap().starts_with("2021-03-05"));
    }

    #[test]
    fn a_page_without_an_article_gives_its_body() {
        let (_, text) = read_html("<title>x</title><body><script>no()</script><p>Grève.<p>Fin.");
        assert_eq!(text.split_whitespace().collect::<Vec<_>>(), ["Grève.", "Fin."]);
    }

    #[test]
    fn a_declared_encoding_is_found() {
        assert_eq!(declared_encoding(b"<meta charset=\"windows-1251\">").as_deref(), Some("windows-1251"));
        assert_eq!(
            declared_encoding(b"<meta content='text/html; CHARSET=iso-8859-1'>").as_deref(),
            Some("iso-8859-1")
        );
        assert_eq!(declared_encoding(b"<p>x"), None);
    }

    #[test]
    fn a_page_nested_a_hundred_thousand_deep_is_read() {
        for nest in [
            "<div>",
            "<b><p>",
            "<div></span>",
            "<table><td><div></table>",
            "<table><td></div><div>",
            "<DIV a='>'>",
        ] {
            let page = format!("<body>{}Grève", nest.repeat(100_000));
            assert!(read_html(&page).1.contains("Grève"), "{nest}");
        }
    }
}
