//! Figures of the news, French and English.

mod support;

use doleance_times::{Bound, NumberKind, TimePack, find_numbers};

fn pack(language: &str) -> TimePack {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/languages");
    let read = |name: &str| std::fs::read_to_string(format!("{root}/{language}/{name}")).unwrap();
    TimePack::from_toml(&read("times.toml"), &read("numbers.toml")).unwrap_or_else(|e| panic!("{e}"))
}

/// `words = low[-high] kind bound`, vague as `?`.
fn read(language: &str, text: &str) -> Vec<String> {
    let document = support::document(text);
    find_numbers(&pack(language), &document)
        .iter()
        .map(|n| {
            let figure = match n.figure() {
                None => "?".to_owned(),
                Some((low, None)) => low.to_string(),
                Some((low, Some(high))) => format!("{low}-{high}"),
            };
            let kind = if n.kind == NumberKind::Count { String::new() } else { format!(" {:?}", n.kind) };
            let bound = if n.bound == Bound::Exact { String::new() } else { format!(" {:?}", n.bound) };
            format!("{} = {figure}{kind}{bound}", n.span.of(text))
        })
        .collect()
}

#[track_caller]
fn check(language: &str, text: &str, expected: &[&str]) {
    assert_eq!(read(language, text), expected, "{text}");
}

#[test]
fn separators_of_thousands_make_one_figure() {
    check("fr", "40.000 ouvriers et 30 000 dockers", &["40.000 = 40000", "30 000 = 30000"]);
    check(
        "fr",
        "Ils étaient 12\u{202f}500 ou 1\u{a0}200\u{a0}000.",
        &["12\u{202f}500 ou 1\u{a0}200\u{a0}000 = 12500-1200000"],
    );
    check("en", "2,000 dockers, 40 000 miners", &["2,000 = 2000", "40 000 = 40000"]);
    check("en", "Some 1.5 million people", &["Some 1.5 million = 1500000 About"]);
    check("fr", "1,3 million de grévistes", &["1,3 million = 1300000"]);
}

#[test]
fn words_add_and_multiply() {
    check("fr", "trois cents postiers", &["trois cents = 300"]);
    check("fr", "quatre-vingt-dix-sept élus", &["quatre-vingt-dix-sept = 97"]);
    check("fr", "vingt et un blessés et soixante-douze morts", &["vingt et un = 21", "soixante-douze = 72"]);
    check("fr", "deux mille trois cent cinquante", &["deux mille trois cent cinquante = 2350"]);
    check("fr", "deux millions et demi de tracts", &["deux millions et demi = 2500000"]);
    check("en", "twenty-five nurses", &["twenty-five = 25"]);
    check("en", "two hundred and five drivers", &["two hundred and five = 205"]);
    check("en", "two and a half million votes", &["two and a half million = 2500000"]);
    check("en", "half a million signatures", &["half a million = 500000 About"]);
}

#[test]
fn approximate_numerals_have_a_figure() {
    check("fr", "une centaine de lycéens", &["une centaine = 100 About"]);
    check("fr", "une bonne cinquantaine d'élus", &["une bonne cinquantaine = 50 About"]);
    check("fr", "une dizaine de milliers de fidèles", &["une dizaine de milliers = 10000 About"]);
    check(
        "fr",
        "environ 30.000 et quelque 200 autres",
        &["environ 30.000 = 30000 About", "quelque 200 = 200 About"],
    );
    check("fr", "près de 1 000 personnes", &["près de 1 000 = 1000 About"]);
    check("en", "about a hundred, two dozen", &["about a hundred = 100 About", "two dozen = 24 About"]);
    check("en", "a dozen arrests", &["a dozen = 12 About"]);
    check(
        "en",
        "more than 40,000 and at least nine",
        &["more than 40,000 = 40000 AtLeast", "at least nine = 9 AtLeast"],
    );
}

#[test]
fn vague_numbers_keep_their_words_and_no_figure() {
    check("fr", "plusieurs milliers de manifestants", &["plusieurs milliers = ?"]);
    check("fr", "des dizaines de milliers de gens", &["des dizaines de milliers = ?"]);
    check("fr", "quelques centaines", &["quelques centaines = ?"]);
    check("en", "dozens of vans, scores of men", &["dozens = ?", "scores = ?"]);
    check("en", "several hundred and tens of thousands", &["several hundred = ?", "tens of thousands = ?"]);
}

#[test]
fn ranges_hold_both_figures_and_share_a_factor() {
    check("fr", "entre 300 et 500 personnes", &["entre 300 et 500 = 300-500"]);
    check("fr", "de 45.000 à 60.000", &["de 45.000 à 60.000 = 45000-60000"]);
    check("fr", "deux ou trois cents", &["deux ou trois cents = 200-300"]);
    check("fr", "2 à 3 millions", &["2 à 3 millions = 2000000-3000000"]);
    check("fr", "entre 5 et 10.000 manifestants", &["entre 5 et 10.000 = 5000-10000"]);
    check("en", "2,000 to 3,000 marchers", &["2,000 to 3,000 = 2000-3000"]);
    check("en", "between two and three thousand", &["between two and three thousand = 2000-3000"]);
    check("en", "300-500 farmers", &["300-500 = 300-500"]);
}

#[test]
fn what_is_no_count_says_so() {
    check(
        "fr",
        "75 % des agents, 30.000 euros, 12 km",
        &["75 = 75 Percentage", "30.000 = 30000 Money", "12 = 12 Measure"],
    );
    check("fr", "trois jours, la 14e séquence", &["trois = 3 Duration", "14e = 14 Ordinal"]);
    check("fr", "un forfait de 2 millions d'euros", &["2 millions = 2000000 Money"]);
    check(
        "en",
        "$5 million, 12 percent, the 5th",
        &["5 million = 5000000 Money", "12 = 12 Percentage", "5th = 5 Ordinal"],
    );
    check("en", "R2000 and Rs 10,000 crore", &["2000 = 2000 Money", "10,000 crore = 100000000000 Money"]);
    check("fr", "l'article 49.3 et le G20", &["49.3 = 49 Label"]);
    check("en", "Anna Weil, 68, a baker", &["68 = 68 Age"]);
}

#[test]
fn articles_alone_are_no_numbers() {
    check("fr", "un homme et une femme", &[]);
    check("en", "a man and one woman", &[]);
}
