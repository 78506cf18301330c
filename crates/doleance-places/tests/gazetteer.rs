//! The shipped gazetteer and the builder, through their public face.

use std::borrow::Cow;

use doleance_places::gazetteer::{Curation, GeoNamesDumps, PlaceKind, build, read_geonames, read_tables};
use doleance_places::{Gazetteer, shipped};

const CURATION: Curation<'_> = Curation {
    additions: "KZ:city:Oral\tname\tOuralsk\nUA\tplace\tR 48.0 37.8 6500000 - Donbas",
    divisions: "suffix\t*\t Region",
    spellings: "st\tsaint",
};

const PLACES: &str = "n:KZ\tN\tKZ\t\t48.36\t69.29\t18000000\tKazakhstan\n\
    n:UA\tN\tUA\t\t48.36\t31.29\t40000000\tUkraine\n\
    a1:607847\tA1\tKZ\t07\t50.40\t50.81\t433030\tAtyrau Region\n\
    g608668\tP\tKZ\t07\t51.23\t51.38\t200000\tOral\n\
    g610529\tP\tKZ\t07\t47.11\t51.91\t150000\tAtyrau\n";
const NAMES: &str = "g608668\tUralsk\t\tgeonames\ng610529\tGuriev\tfr\tlibgeonames\n";

#[test]
fn a_place_is_found_under_every_spelling_of_its_names() {
    let gazetteer = shipped::gazetteer().unwrap();
    for (name, selector) in [
        ("Londres", "GB:city:London"),
        ("LE CAIRE", "EG:city:Cairo"),
        ("Pékin", "CN:city:Beijing"),
        ("Ouralsk", "KZ:city:Oral"),
        ("Kyzyl-Orda", "KZ:city:Kyzylorda"),
        ("Oust-Kamenogorsk", "KZ:city:Ust-Kamenogorsk"),
        ("Nour-Soultan", "KZ:city:Astana"),
        ("Leningrad", "RU:city:Saint Petersburg"),
        ("Bombay", "IN:city:Mumbai"),
        ("l'Haÿ-les-Roses", "FR:city:L'Haÿ-les-Roses"),
        ("St Étienne", "FR:city:Saint-Étienne"),
        ("Catalogne", "ES:admin1:Catalonia"),
        ("Mangistau", "KZ:admin1:Mangystau"),
        ("Occitanie", "FR:admin1:Occitanie"),
        ("Seine-Maritime", "FR:admin2:Seine-Maritime"),
        ("Mayotte", "YT"),
    ] {
        let want = gazetteer.select(selector).unwrap_or_else(|| panic!("{selector}"));
        let found = gazetteer.look_up(name).unwrap_or_else(|| panic!("{name}"));
        assert!(gazetteer.postings(found).any(|p| p.place == want), "{name} is not {selector}");
    }
    assert_eq!(gazetteer.look_up("Xyzzyville"), None);
}

#[test]
fn identifiers_lead_back_to_their_place() {
    let gazetteer = shipped::gazetteer().unwrap();
    for selector in ["KZ", "KZ:city:Oral", "KZ:admin1:Mangystau", "FR:admin2:Gironde"] {
        let place = gazetteer.select(selector).unwrap();
        let identifier = gazetteer.identifier(place);
        assert_eq!(gazetteer.by_identifier(&identifier), Some(place), "{identifier}");
    }
    let oral = gazetteer.select("KZ:city:Oral").unwrap();
    assert_eq!(gazetteer.identifier(oral), "geonames:608668");
}

#[test]
fn known_noise_is_gone() {
    let gazetteer = shipped::gazetteer().unwrap();
    for (name, wrong) in
        [("Samarkand", "KZ:city:Temirtau"), ("Talas", "KZ:city:Taraz"), ("Kazakh", "KZ:city:Petropavl")]
    {
        let wrong = gazetteer.select(wrong).unwrap();
        let found = gazetteer.look_up(name);
        assert!(!found.is_some_and(|f| gazetteer.postings(f).any(|p| p.place == wrong)), "{name}");
    }
}

#[test]
fn the_same_tables_give_the_same_bytes_whatever_their_order() {
    let tables = read_tables(PLACES, NAMES).unwrap();
    let reversed: Vec<&str> = PLACES.lines().rev().collect();
    let shuffled = read_tables(&reversed.join("\n"), NAMES).unwrap();
    let (bytes, report) = build(tables, &CURATION).unwrap();
    assert_eq!(build(shuffled, &CURATION).unwrap().0, bytes);
    assert_eq!(report.places, 6);
}

#[test]
fn a_built_file_reads_back_its_places() {
    let (bytes, _) = build(read_tables(PLACES, NAMES).unwrap(), &CURATION).unwrap();
    let gazetteer = Gazetteer::open(Cow::Owned(bytes), CURATION.spellings()).unwrap();
    let oral = gazetteer.place(gazetteer.select("KZ:city:Ouralsk").unwrap());
    assert_eq!((oral.name, oral.country.as_str(), oral.kind), ("Oral", "KZ", PlaceKind::Town));
    assert!((oral.lat - 51.23).abs() < 1e-4 && (oral.lon - 51.38).abs() < 1e-4);
    let atyrau: Vec<_> = gazetteer.postings(gazetteer.look_up("atyrau").unwrap()).collect();
    assert_eq!(atyrau.len(), 2, "the town, and the region without its type word");
    assert_eq!(
        gazetteer.place(gazetteer.select("UA:area:Donbas").unwrap()).population,
        6_500_000 / 4096 * 4096
    );
}

#[test]
fn damaged_files_are_refused_and_never_panic() {
    let (bytes, _) = build(read_tables(PLACES, NAMES).unwrap(), &CURATION).unwrap();
    for cut in [0, 7, 20, 100, bytes.len() - 1] {
        assert!(Gazetteer::open(Cow::Owned(bytes[..cut].to_vec()), CURATION.spellings()).is_err(), "{cut}");
    }
}

#[test]
fn a_line_of_the_additions_that_names_no_place_stops_the_build() {
    let curation = Curation { additions: "KZ:city:Nowhere\tname\tErewhon", ..CURATION };
    let error = build(read_tables(PLACES, NAMES).unwrap(), &curation).unwrap_err();
    assert_eq!((error.table.as_str(), error.line), ("additions", 1));
}

#[test]
fn the_dumps_of_geonames_give_places_divisions_and_names() {
    let place = |id: &str, name: &str, class: &str, code: &str, admin: &str, population: &str| {
        format!(
            "{id}\t{name}\t{name}\t\t50.28\t3.97\t{class}\t{code}\tFR\t\t{admin}\t\t\t{population}\t\t\tEurope/Paris\t2024-01-01\n"
        )
    };
    let places = place("2995150", "Maubeuge", "P", "PPL", "32\t59", "33684")
        + &place("1", "Hameau", "P", "PPL", "32\t59", "12")
        + &place("2", "Bois", "V", "FRST", "32\t59", "0");
    let dumps = GeoNamesDumps {
        places: &places,
        countries: "#ISO\nFR\tFRA\t250\tFR\tFrance\tParis\t547030\t66987244\tEU\t.fr\tEUR\tEuro\t33\t\t\tfr-FR\t3017382\tCH\t\n",
        admin1: "FR.32\tHauts-de-France\tHauts-de-France\t11071624\n",
        admin2: "FR.32.59\tNord\tNord\t2990130\n",
        names: "1\t2995150\tnl\tMabuse\t\t\t\t\t\t\n2\t2995150\tde\tMalbode\t\t\t\t\t\t\n",
        languages: &["nl"],
        least_population: 500,
    };
    let curation = Curation { additions: "", divisions: "", spellings: "" };
    let (bytes, report) = build(read_geonames(&dumps).unwrap(), &curation).unwrap();
    assert_eq!(report.places, 4);
    let gazetteer = Gazetteer::open(Cow::Owned(bytes), curation.spellings()).unwrap();
    let town = gazetteer.select("FR:city:Mabuse").unwrap();
    assert_eq!(gazetteer.identifier(town), "geonames:2995150");
    assert_eq!(gazetteer.admin2(town), gazetteer.select("FR:admin2:Nord"));
    assert_eq!(gazetteer.select("FR:city:Malbode"), None, "a name in a language that was not asked for");
}
