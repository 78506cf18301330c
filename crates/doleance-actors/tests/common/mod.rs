//! Documents built by hand, and the packs of the repository.

use doleance_actors::{ActorPack, ActorSources};
use doleance_packs::ClassNames;
use doleance_text::ud::Upos;
use doleance_text::{Document, DocumentBuilder, Span, Token, TokenId};

/// The pack of a language, with the class names it uses.
pub fn pack(language: &str) -> (ActorPack, ClassNames) {
    let mut names = ClassNames::default();
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data");
    let read = |path: String| std::fs::read_to_string(path).unwrap();
    let of = |file: &str| read(format!("{root}/languages/{language}/{file}"));
    let sources = ActorSources {
        roles: &read(format!("{root}/codebook/roles.toml")),
        settings: &of("actors.toml"),
        nouns: &of("actors.tsv"),
        organisations: &of("actors-organisations.tsv"),
        sectors: &of("actors-sectors.tsv"),
        quantities: &of("actors-quantities.toml"),
        first_names: &of("actors-names.tsv"),
    };
    let pack = ActorPack::parse(sources, &mut names).unwrap_or_else(|e| panic!("{e}"));
    (pack, names)
}

/// One sentence from lines of `form lemma UPOS head relation [features]`; a form that continues without a space before it
/// starts with `+`.
#[allow(dead_code)] // each test file compiles this module and uses a part of it
pub fn sentence(lines: &str) -> Document {
    let rows: Vec<Vec<&str>> =
        lines.lines().map(|l| l.split_whitespace().collect::<Vec<_>>()).filter(|r| !r.is_empty()).collect();
    let mut text = String::new();
    let mut spans = Vec::new();
    for row in &rows {
        let form = row[0].strip_prefix('+').filter(|f| !f.is_empty());
        if form.is_none() && !text.is_empty() {
            text.push(' ');
        }
        let form = form.unwrap_or(row[0]);
        let start = text.len() as u32;
        text.push_str(form);
        spans.push(Span::new(start, text.len() as u32));
    }
    let mut builder = DocumentBuilder::new(text);
    for (row, &span) in rows.iter().zip(&spans) {
        let head: u32 = row[3].parse().unwrap();
        let token = Token {
            span,
            form: builder.intern_span(span),
            lemma: builder.intern(row[1]),
            features: builder.intern(row.get(5).copied().unwrap_or("")),
            relation: builder.intern(row[4]),
            head: head.checked_sub(1).map(TokenId),
            upos: Upos::parse(row[2]).unwrap(),
        };
        builder.push_token(token);
    }
    builder.end_sentence();
    builder.finish()
}

/// The number rules of a language.
pub fn time_pack(language: &str) -> doleance_times::TimePack {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data");
    let of = |file: &str| std::fs::read_to_string(format!("{root}/languages/{language}/{file}")).unwrap();
    doleance_times::TimePack::from_toml(&of("times.toml"), &of("numbers.toml"))
        .unwrap_or_else(|e| panic!("{e}"))
}

/// The syntax model of a language.
#[allow(dead_code)]
pub fn model(language: &str) -> doleance_syntax::SyntaxModel {
    let path = format!("{}/../../data/languages/{language}/syntax.model", env!("CARGO_MANIFEST_DIR"));
    doleance_syntax::SyntaxModel::from_bytes(std::fs::read(path).unwrap()).unwrap_or_else(|e| panic!("{e}"))
}
