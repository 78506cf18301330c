//! The shipped tables prove themselves, with the shipped trees and on a bare tokenization.

use doleance_places::{
    PlaceContext, PlaceUse, check, document_country, document_place, find_places, shipped,
};
use doleance_syntax::SyntaxModel;
use doleance_text::ud::Upos;
use doleance_text::{CountryCode, Document, DocumentBuilder, Span, Token};

fn model(language: &str) -> SyntaxModel {
    let path = format!("{}/../../data/languages/{language}/syntax.model", env!("CARGO_MANIFEST_DIR"));
    SyntaxModel::from_bytes(std::fs::read(path).unwrap()).unwrap()
}

/// Words at blanks, apostrophes and punctuation, without tags; sentences at full stops before a capital.
fn bare(text: &str) -> Document {
    let mut builder = DocumentBuilder::new(text.to_owned());
    let push = |builder: &mut DocumentBuilder, from: usize, to: usize| {
        let span = Span::new(from as u32, to as u32);
        let form = builder.intern_span(span);
        let empty = builder.intern("");
        let (features, relation) = (empty, empty);
        builder.push_token(Token { span, form, lemma: form, features, relation, head: None, upos: Upos::X });
    };
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_alphanumeric() || c == '-' && start.is_some() {
            start = start.or(Some(at));
            continue;
        }
        if let Some(from) = start.take() {
            push(&mut builder, from, at);
        }
        let ends = matches!(c, '.' | '?' | '!') && {
            let (before, after) = (&text[..at], text[at + 1..].trim_start());
            let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            word.chars().count() > 3 && after.starts_with(char::is_uppercase)
        };
        if ends {
            builder.end_sentence();
        }
    }
    builder.finish()
}

fn prove(language: &str) {
    let gazetteer = shipped::gazetteer().unwrap();
    let pack = shipped::pack(language, gazetteer.spellings()).unwrap().unwrap();
    assert!(pack.tests().len() >= 150);
    let model = model(language);
    assert_eq!(check(&pack, &gazetteer, |text| model.annotate(text)), []);
    assert_eq!(check(&pack, &gazetteer, bare), []);
}

#[test]
fn french_tables_prove_themselves() {
    prove("fr");
}

#[test]
fn english_tables_prove_themselves() {
    prove("en");
}

#[test]
fn a_wrong_expectation_is_found() {
    let gazetteer = shipped::gazetteer().unwrap();
    let (_, mut tables) = *shipped::LANGUAGES.iter().find(|(code, _)| *code == "fr").unwrap();
    tables.tests = "\tLa marche a traversé Lyon.\tLyon => FR:city:Lille\n\tLa marche a traversé Lyon.\t-\n";
    let pack = doleance_places::PlacePack::parse(&tables, gazetteer.spellings()).unwrap();
    let findings = check(&pack, &gazetteer, bare);
    assert!(findings.iter().any(|f| f.line == 1 && f.message.contains("FR:city:Lille")));
    assert!(findings.iter().any(|f| f.line == 2 && f.message.contains("taken for Lyon")));
}

#[test]
fn a_report_knows_its_country_and_its_main_town() {
    let gazetteer = shipped::gazetteer().unwrap();
    let pack = shipped::pack("fr", gazetteer.spellings()).unwrap().unwrap();
    let text = "Les grévistes ont défilé à Aktobe. À Aktobe encore, la police kazakhe a chargé. À Paris, on s'en émeut.";
    let annotation = find_places(&pack, &gazetteer, &bare(text), &PlaceContext::default());
    assert_eq!(document_country(&annotation), CountryCode::parse("KZ"));
    assert_eq!(document_place(&annotation).map(|p| p.place.name), Some("Aktobe".to_owned()));
}

#[test]
fn institutions_tell_the_country_and_are_no_places() {
    let gazetteer = shipped::gazetteer().unwrap();
    let pack = shipped::pack("fr", gazetteer.spellings()).unwrap().unwrap();
    let annotation =
        find_places(&pack, &gazetteer, &bare("La SNCF annonce un trafic réduit."), &PlaceContext::default());
    assert_eq!(document_country(&annotation), CountryCode::parse("FR"));
    assert!(annotation.mentions.iter().all(|m| m.use_ == PlaceUse::Organisation));
}

#[test]
fn any_text_gives_mentions_within_it_and_the_same_ones_twice() {
    let gazetteer = shipped::gazetteer().unwrap();
    let pack = shipped::pack("en", gazetteer.spellings()).unwrap().unwrap();
    for text in [
        "",
        " ",
        "(",
        "in",
        "In X, Y (",
        "U.S.",
        "St.",
        "Paris, Paris, Paris (Paris",
        "à ’ ’ – –— (AFP) -",
        "İ ẞ 𝄞 ﷺ",
        // Two mentions that overlap.
        "Demonstrators kept the Cross-Harbour Tunnel shut with nets, bins and bricks.",
    ] {
        let document = bare(text);
        let annotation = find_places(&pack, &gazetteer, &document, &PlaceContext::default());
        for mention in &annotation.mentions {
            assert!(!mention.span.of(text).is_empty() && mention.span.contains(mention.name_span), "{text}");
        }
        assert_eq!(find_places(&pack, &gazetteer, &document, &PlaceContext::default()), annotation);
    }
}
