//! News in the voices of local papers and agencies, with every name of a place marked by hand: how many are resolved to
//! within 161 km when their spans are given, and how many are found. The figures are printed (`cargo test -p
//! doleance-places --test articles -- --nocapture`) and may not fall below their floor.

use doleance_places::gazetteer::kilometres;
use doleance_places::{
    Gazetteer, PlaceAnnotation, PlaceContext, PlaceMention, PlaceMentionKind, PlaceUse, find_places,
    resolve_places, shipped,
};
use doleance_syntax::SyntaxModel;
use doleance_text::{CountryCode, Span};

/// As the literature on toponym resolution has it: a hundred miles.
const NEAR: f64 = 161.0;

/// An article with its marked names.
struct Article {
    name: String,
    country: Option<CountryCode>,
    text: String,
    names: Vec<(Span, (f64, f64))>,
}

/// What was counted over a file.
#[derive(Debug, Default)]
struct Count {
    names: usize,
    right_given: usize,
    found: usize,
    right_found: usize,
    extra: usize,
}

impl Count {
    /// Of the names given, those resolved rightly.
    fn accuracy(&self) -> f64 {
        self.right_given as f64 / self.names as f64
    }

    fn recall(&self) -> f64 {
        self.found as f64 / self.names as f64
    }

    fn precision(&self) -> f64 {
        self.found as f64 / (self.found + self.extra) as f64
    }
}

fn model(language: &str) -> SyntaxModel {
    let path = format!("{}/../../data/languages/{language}/syntax.model", env!("CARGO_MANIFEST_DIR"));
    SyntaxModel::from_bytes(std::fs::read(path).unwrap()).unwrap()
}

/// The point of a mark: `@lat,lon`, or the place of a selector.
fn point(gazetteer: &Gazetteer, mark: &str) -> (f64, f64) {
    if let Some((lat, lon)) = mark.strip_prefix('@').and_then(|p| p.split_once(',')) {
        return (lat.parse().unwrap(), lon.parse().unwrap());
    }
    let entry = gazetteer.place(gazetteer.select(mark).unwrap_or_else(|| panic!("{mark} names no place")));
    (entry.lat, entry.lon)
}

fn read(gazetteer: &Gazetteer, file: &str) -> Vec<Article> {
    let mut articles: Vec<Article> = Vec::new();
    for line in file.lines().filter(|l| !l.is_empty() && !l.starts_with("# ")) {
        if let Some(head) = line.strip_prefix("== ") {
            let (name, rest) = head.split_once(' ').unwrap_or((head, ""));
            let country = rest.strip_prefix("country=").and_then(CountryCode::parse);
            let (name, text, names) = (name.to_owned(), String::new(), Vec::new());
            articles.push(Article { name, country, text, names });
            continue;
        }
        let article = articles.last_mut().expect("text before a heading");
        for (number, part) in line.split('[').enumerate() {
            let Some((marked, after)) = part.split_once(']').filter(|_| number > 0) else {
                article.text.push_str(part);
                continue;
            };
            let (words, mark) = marked.split_once('|').unwrap_or_else(|| panic!("[{marked}] has no |"));
            let start = article.text.len() as u32;
            article.text.push_str(words);
            article.names.push((Span::new(start, start + words.len() as u32), point(gazetteer, mark)));
            article.text.push_str(after);
        }
        article.text.push('\n');
    }
    articles
}

fn is_right(mention: Option<&PlaceMention>, want: (f64, f64)) -> bool {
    let place = mention.and_then(|m| m.resolved.as_ref());
    place.and_then(|p| Some((p.lat?, p.lon?))).is_some_and(|at| kilometres(at, want) <= NEAR)
}

/// Whether a mention says that a place is named here.
fn names_a_place(mention: &PlaceMention) -> bool {
    let used = !matches!(mention.use_, PlaceUse::PersonName | PlaceUse::Organisation);
    used && mention.kind == PlaceMentionKind::Name && mention.resolved.is_some()
}

fn count(language: &str, file: &str) -> Count {
    let gazetteer = shipped::gazetteer().unwrap();
    let pack = shipped::pack(language, gazetteer.spellings()).unwrap().unwrap();
    let model = model(language);
    let mut count = Count::default();
    for article in read(&gazetteer, file) {
        let document = model.annotate(&article.text);
        let context = PlaceContext { country: article.country };
        let spans: Vec<Span> = article.names.iter().map(|(span, _)| *span).collect();
        let given = resolve_places(&pack, &gazetteer, &document, &spans, &context);
        let found = find_places(&pack, &gazetteer, &document, &context);
        let at = |annotation: &PlaceAnnotation, span: Span| {
            annotation.mentions.iter().find(|m| m.name_span.overlaps(span)).cloned()
        };
        for &(span, want) in &article.names {
            let (given, found) = (at(&given, span), at(&found, span));
            let found = found.filter(|m| m.resolved.is_some());
            let words = span.of(&article.text);
            count.names += 1;
            count.found += usize::from(found.is_some());
            count.right_found += usize::from(is_right(found.as_ref(), want));
            if is_right(given.as_ref(), want) {
                count.right_given += 1;
            } else {
                let place = given.and_then(|m| m.resolved).map(|p| (p.name, p.admin1, p.country));
                println!("{}: {words} is {place:?}", article.name);
            }
            if found.is_none() {
                println!("{}: {words} is not found", article.name);
            }
        }
        let extra = found
            .mentions
            .iter()
            .filter(|m| names_a_place(m))
            .filter(|m| spans.iter().all(|s| !s.overlaps(m.name_span)));
        for mention in extra {
            println!("{}: {} is taken for a place", article.name, mention.span.of(&article.text));
            count.extra += 1;
        }
    }
    println!(
        "{language}: {} names, given {:.3} right; found {:.3} with precision {:.3}, {:.3} found and right",
        count.names,
        count.accuracy(),
        count.recall(),
        count.precision(),
        count.right_found as f64 / count.names as f64
    );
    count
}

#[test]
fn local_news_in_english_means_the_towns_nearby() {
    let count = count("en", include_str!("articles/local.en.txt"));
    assert!(count.accuracy() >= 0.97 && count.recall() >= 0.97 && count.precision() >= 0.98, "{count:?}");
}

#[test]
fn world_news_in_english_means_the_towns_of_its_country() {
    let count = count("en", include_str!("articles/world.en.txt"));
    assert!(count.accuracy() >= 0.97 && count.recall() >= 0.97 && count.precision() >= 0.98, "{count:?}");
}

#[test]
fn local_news_in_french_means_the_communes_nearby() {
    let count = count("fr", include_str!("articles/local.fr.txt"));
    assert!(count.accuracy() >= 0.97 && count.recall() >= 0.97 && count.precision() >= 0.98, "{count:?}");
}

#[test]
fn later_articles_read_alike() {
    for (language, file) in [
        ("en", include_str!("articles/fresh-second.en.txt")),
        ("fr", include_str!("articles/fresh-second.fr.txt")),
    ] {
        let count = count(language, file);
        assert!(count.accuracy() >= 0.96 && count.recall() >= 0.97 && count.precision() >= 0.98, "{count:?}");
    }
}

#[test]
fn articles_that_no_rule_was_mended_on_read_alike() {
    for (language, file) in
        [("en", include_str!("articles/fresh.en.txt")), ("fr", include_str!("articles/fresh.fr.txt"))]
    {
        let count = count(language, file);
        assert!(count.accuracy() >= 0.94 && count.recall() >= 0.95 && count.precision() >= 0.98, "{count:?}");
    }
}
