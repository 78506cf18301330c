//! What times are counted from: publication, dateline, the narrative, an event's own date; and nothing at all.

mod support;

use doleance_text::Date;
use doleance_times::{Anchor, TimeAnnotation, TimePack, find_times, timeml};

fn pack(language: &str) -> TimePack {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/languages");
    let read = |name: &str| std::fs::read_to_string(format!("{root}/{language}/{name}")).unwrap();
    TimePack::from_toml(&read("times.toml"), &read("numbers.toml")).unwrap_or_else(|e| panic!("{e}"))
}

fn find(language: &str, text: &str, published: Option<&str>) -> TimeAnnotation {
    let published: Option<Date> = published.map(|d| d.parse().unwrap());
    find_times(&pack(language), &support::document(text), published)
}

/// Values and anchors in text order.
#[track_caller]
fn check(language: &str, text: &str, published: Option<&str>, expected: &[(&str, Anchor)]) {
    let annotation = find(language, text, published);
    let found: Vec<(&str, Anchor)> =
        annotation.mentions.iter().map(|m| (m.value.as_str(), m.anchor)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_whole_date_needs_no_anchor() {
    check("fr", "Le 17 octobre 1961, ils marchent.", None, &[("1961-10-17", Anchor::Absolute)]);
}

#[test]
fn a_weekday_counts_from_publication() {
    check("fr", "Mardi, ils marchent.", Some("2018-06-08"), &[("2018-06-05", Anchor::Publication)]);
}

#[test]
fn the_narrative_gives_day_and_month() {
    check(
        "fr",
        "Le 31 octobre 2017, ils marchent. Le lendemain, ils recommencent. Le 6, ils cessent.",
        Some("2018-06-08"),
        &[
            ("2017-10-31", Anchor::Absolute),
            ("2017-11-01", Anchor::Narrative(0)),
            ("2017-11-06", Anchor::Narrative(1)),
        ],
    );
}

#[test]
fn the_evening_of_the_same_day_is_not_the_day_of_the_report() {
    check(
        "en",
        "On 4 January 2022, miners walked out. In the evening of the same day, smelters followed.",
        Some("2022-01-07"),
        &[("2022-01-04", Anchor::Absolute), ("2022-01-04TEV", Anchor::Narrative(0))],
    );
}

#[test]
fn an_event_told_with_its_date_anchors_the_day_after_it() {
    check(
        "fr",
        "Au lendemain de l'explosion du 4 août 2020, ils marchent.",
        Some("2020-08-13"),
        &[("2020-08-05", Anchor::Narrative(1)), ("2020-08-04", Anchor::Absolute)],
    );
}

#[test]
fn an_anniversary_puts_the_event_a_year_back() {
    check(
        "en",
        "A year after the October 9 ruling, anger lasts.",
        Some("2018-09-29"),
        &[("P1Y", Anchor::None), ("2017-10-09", Anchor::Absolute)],
    );
}

#[test]
fn a_year_told_anchors_what_came_years_later() {
    check(
        "fr",
        "En 1848, ils marchent. Deux ans plus tard, ils votent.",
        Some("2018-06-08"),
        &[("1848", Anchor::Absolute), ("1850", Anchor::Narrative(0))],
    );
}

#[test]
fn a_dateline_stands_in_for_the_day_of_publication() {
    let text = "MOSCOW, March 24, 2016 (Wire) - Rails were cut on Tuesday.";
    check("en", text, None, &[("2016-03-24", Anchor::Absolute), ("2016-03-22", Anchor::Dateline)]);
    let annotation = find("en", text, None);
    assert!(!annotation.mentions[0].is_event_time, "a dateline dates no event");
}

#[test]
fn without_an_anchor_times_stay_relative_and_say_so() {
    let annotation = find("en", "Miners walked out on Tuesday and again last month.", None);
    let values: Vec<&str> = annotation.mentions.iter().map(|m| m.value.as_str()).collect();
    assert_eq!(values, ["XXXX-WXX-2", "XXXX-XX"]);
    assert!(annotation.mentions.iter().all(|m| m.interval.is_none() && !m.is_event_time));
    let codes: Vec<&str> = annotation.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["time.no-anchor"]);
    assert!(find("en", "They met in 1998.", None).diagnostics.is_empty());
}

#[test]
fn a_headline_weekday_is_the_one_that_the_text_dates() {
    check(
        "fr",
        "Grève mardi à Brest. Le préavis vise le mardi 12 juin 2018.",
        Some("2018-06-08"),
        &[("2018-06-12", Anchor::Publication), ("2018-06-12", Anchor::Absolute)],
    );
}

#[test]
fn apostrophes_composition_and_capitals_change_no_value() {
    let values = |text: &str| -> Vec<String> {
        find("fr", text, Some("2018-06-08")).mentions.iter().map(|m| m.value.clone()).collect()
    };
    let expected = ["2018-06-08", "2017-10", "2018-02-05"];
    assert_eq!(values("Aujourd'hui, en octobre de l'année dernière, le 5 février."), expected);
    assert_eq!(values("Aujourd’hui, en octobre de l’année dernière, le 5 février."), expected);
    assert_eq!(
        values("Aujourd'hui, en octobre de l'anne\u{301}e dernie\u{300}re, le 5 fe\u{301}vrier."),
        expected
    );
    assert_eq!(values("AUJOURD'HUI, EN OCTOBRE DE L'ANNEE DERNIERE, LE 5 FEVRIER."), expected);
}

#[test]
fn a_neutral_sentence_before_shifts_spans_and_changes_nothing_else() {
    let text = "Le 2 mai, le port ferme. Le lendemain, vers 17h30, il rouvre.";
    let before = "Voici les faits. ";
    let plain = find("fr", text, Some("2018-06-08"));
    let shifted = find("fr", &format!("{before}{text}"), Some("2018-06-08"));
    assert_eq!(plain.mentions.len(), shifted.mentions.len());
    for (a, b) in plain.mentions.iter().zip(&shifted.mentions) {
        assert_eq!(
            (a.span.start + before.len() as u32, &a.value, a.anchor),
            (b.span.start, &b.value, b.anchor)
        );
    }
}

#[test]
fn any_text_gives_a_value_and_sound_spans() {
    let pieces = [
        "le",
        "31",
        "juin",
        "99999",
        "2018",
        "–",
        "\n\n",
        "’",
        "nuit du",
        "4 au",
        "é\u{301}",
        "49.3",
        "0",
        "h",
        "%",
        "il y a",
        "mille",
        "(",
        "mi-",
        "siècle",
        "\u{0}",
    ];
    let pack = pack("fr");
    let mut seed = 7u64;
    for _ in 0..400 {
        let mut text = String::new();
        for _ in 0..30 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
            text.push_str([" ", "", "\u{a0}"][(seed >> 60) as usize % 3]);
        }
        let document = support::document(&text);
        let annotation = find_times(&pack, &document, Some("2018-06-08".parse().unwrap()));
        let mut end = 0;
        for m in &annotation.mentions {
            assert!(
                m.span.start >= end && text.get(m.span.range()).is_some_and(|s| !s.is_empty()),
                "{text:?}"
            );
            end = m.span.end;
        }
        for n in doleance_times::find_numbers(&pack, &document) {
            assert!(text.get(n.span.range()).is_some_and(|s| !s.is_empty()), "{text:?}");
        }
        assert!(timeml::write(timeml::Heading::default(), &document, &annotation).ends_with("</TimeML>\n"));
    }
}

#[test]
fn timeml_marks_times_in_escaped_text() {
    let text = "Du 2 au 11 janvier, Brest & Lens < Metz : grève fin mai.";
    let annotation = find("fr", text, Some("2018-06-08"));
    let written = timeml::write(timeml::Heading::default(), &support::document(text), &annotation);
    let expected = concat!(
        "<TEXT>Du ",
        "<TIMEX3 tid=\"t1\" type=\"DATE\" value=\"2018-01-02\" temporalFunction=\"true\" functionInDocument=\"NONE\" anchorTimeID=\"t0\">2</TIMEX3>",
        " au ",
        "<TIMEX3 tid=\"t2\" type=\"DATE\" value=\"2018-01-11\" temporalFunction=\"true\" functionInDocument=\"NONE\" anchorTimeID=\"t0\">11 janvier</TIMEX3>",
        ", Brest &amp; Lens &lt; Metz : grève ",
        "<TIMEX3 tid=\"t3\" type=\"DATE\" value=\"2018-05\" mod=\"END\" temporalFunction=\"true\" functionInDocument=\"NONE\" anchorTimeID=\"t0\">fin mai</TIMEX3>",
        ".</TEXT>",
    );
    assert!(written.contains(expected), "{written}");
    assert!(written.contains("<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"2018-06-08\""));
}

#[test]
fn a_clock_time_and_the_date_after_its_preposition_are_two() {
    let text = "They met at 8 p.m. on Monday, and again 9 p.m. Tuesday.";
    let annotation = find("en", text, Some("2018-06-08"));
    let marked: Vec<(&str, &str)> =
        timeml::elements(&annotation).iter().map(|t| (t.span.of(text), t.value)).collect();
    let expected =
        [("8 p.m.", "2018-06-04T20:00"), ("Monday", "2018-06-04"), ("9 p.m. Tuesday", "2018-06-05T21:00")];
    assert_eq!(marked, expected);
    assert_eq!(annotation.mentions.len(), 2, "each is one mention to a coder");
}

#[test]
fn the_morning_before_an_hour_stays_a_morning() {
    let text = "Le travail a cessé hier matin à 5 heures.";
    let annotation = find("fr", text, Some("2018-06-08"));
    let marked: Vec<(&str, &str)> =
        timeml::elements(&annotation).iter().map(|t| (t.span.of(text), t.value)).collect();
    assert_eq!(marked, [("hier matin", "2018-06-07TMO"), ("5 heures", "2018-06-07T05:00")]);
}

#[test]
fn sets_say_how_often() {
    let text = "They meet twice a week, march every Saturday and vote each year.";
    let written = timeml::write(
        timeml::Heading { id: Some("a<b"), title: Some("Sets & more") },
        &support::document(text),
        &find("en", text, Some("2018-06-08")),
    );
    assert!(written.contains("<DOCID>a&lt;b</DOCID>") && written.contains("<TITLE>Sets &amp; more</TITLE>"));
    assert!(written.contains("type=\"SET\" value=\"P1W\" freq=\"2X\""), "{written}");
    assert!(written.contains("type=\"SET\" value=\"XXXX-WXX-6\" quant=\"EVERY\""), "{written}");
    assert!(written.contains("type=\"SET\" value=\"P1Y\" quant=\"EACH\""), "{written}");
}

#[test]
fn what_came_a_year_before_a_quarter_is_a_quarter() {
    check(
        "en",
        "Sales fell in the third quarter of 2017 from 5 million a year earlier.",
        Some("2018-06-08"),
        &[("2017-Q3", Anchor::Absolute), ("2016-Q3", Anchor::Narrative(0))],
    );
}
