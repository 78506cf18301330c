//! Reports without a day of publication: what the words give stays, what must be counted stays open, and nothing that is
//! no time becomes one.

mod support;

use doleance_times::{TimePack, find_times};

fn pack(language: &str) -> TimePack {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/languages");
    let read = |name: &str| std::fs::read_to_string(format!("{root}/{language}/{name}")).unwrap();
    TimePack::from_toml(&read("times.toml"), &read("numbers.toml")).unwrap_or_else(|e| panic!("{e}"))
}

/// A sentence, the values found in it, and whether the report says that it has no anchor.
type Row = (&'static str, &'static [&'static str], bool);

fn prove(language: &str, rows: &[Row]) {
    let pack = pack(language);
    for (text, expected, open) in rows {
        let annotation = find_times(&pack, &support::document(text), None);
        let values: Vec<&str> = annotation.mentions.iter().map(|m| m.value.as_str()).collect();
        assert_eq!(values, *expected, "{text}");
        assert_eq!(!annotation.diagnostics.is_empty(), *open, "{text}");
        let counted = |m: &doleance_times::TimeMention| m.value.contains('X') && m.is_event_time;
        assert!(!annotation.mentions.iter().any(counted), "an open time dates no event: {text}");
    }
}

#[test]
fn french_times_without_a_day_of_publication() {
    prove(
        "fr",
        &[
            ("Le 6, ils bloquent le pont.", &["XXXX-XX-06"], true),
            ("Le 3 mars 2011, ils votent. Le 6, ils bloquent le pont.", &["2011-03-03", "2011-03-06"], false),
            ("Il y a trois jours, ils votaient.", &["XXXX-XX-XX"], true),
            (
                "Le 3 mars 2011, ils votent. La soirée du même jour, ils dansent.",
                &["2011-03-03", "2011-03-03TEV"],
                false,
            ),
            ("Il a été licencié fin novembre.", &["XXXX-11"], true),
            ("La nuit du 4 au 5 janvier 2012, tout brûle.", &["2012-01-04TNI"], false),
            ("Ils campent du 2 au 11 janvier 2012.", &["2012-01-02/2012-01-11"], false),
            ("Ces deux dernières semaines, rien.", &["P2W"], false),
            ("Ils étaient 2000 personnes.", &[], false),
            ("L'esprit de mai 68 plane.", &["1968-05"], false),
            ("Le 17 octobre 1961, ils marchent.", &["1961-10-17"], false),
            ("Elle dégaine le 49.3 et l'article 49.3.", &[], false),
            ("Ils veillent 24/7.", &[], false),
            ("L'Acte XII finit à J+3.", &[], false),
        ],
    );
}

#[test]
fn english_times_without_a_day_of_publication() {
    prove(
        "en",
        &[
            ("Three days ago, they voted.", &["XXXX-XX-XX"], true),
            ("On 3 March 2011, they voted. The next day, they struck.", &["2011-03-03", "2011-03-04"], false),
            ("They struck last month.", &["XXXX-XX"], true),
            ("They were 2000 people.", &[], false),
            ("Theresa May may march.", &[], false),
            ("They struck in May.", &["XXXX-05"], true),
            ("A second march set out.", &[], false),
            ("They picket 24/7.", &[], false),
            ("They struck from 2 to 11 January 2012.", &["2012-01-02/2012-01-11"], false),
        ],
    );
}
