//! Exports say what the dataset says, leave out what they must, and name what they cannot express.

mod common;

use std::collections::BTreeMap;
use std::process::Command;

use common::{Line, Scratch, action, rules, scratch, told};
use doleance_dataset::{
    ACLED_COLUMNS, Audience, CodedReport, ExportFormat, ExportOptions, ExportSummary, KindCodes, RoleCodes,
    Selection, export, merge,
};
use serde_json::Value;

fn reports() -> Vec<CodedReport> {
    let mut rally = action("rally", "rallied", "2024-03-04", "Lille");
    rally.actors = vec!["workers/rail/Sud Rail/Ada Lovelace".into()];
    rally.size = vec![(300, Some("police".into())), (3000, Some("Ada Lovelace".into()))];
    rally.issues = vec!["wages".into()];
    rally.arrested = vec![(5, None)];
    let mut agreed = action("rally", "=rallied", "2024-03-04", "Lille");
    agreed.actors = vec!["workers/rail".into()];
    let long = action("campaign", "campaign", "2023-01-01..2024-03-01", "Paris");
    let mut announced = action("march", "march", "2024-03-20", "Lyon");
    announced.status = doleance_records::Status::CalledFor;
    let strike = action("strike", "struck", "2024-03-04", "France");
    let undated = action("clash", "clashed", "", "");
    vec![
        told(
            "a.txt",
            "2024-03-05",
            "Workers rallied behind Ada Lovelace in Lille.",
            Line::whole(rally, "rallied behind Ada Lovelace"),
        ),
        told("b.txt", "2024-03-05", "In Lille they =rallied.", agreed),
        told("c.txt", "2024-03-05", "A campaign went on.", long),
        told("d.txt", "2024-03-05", "Unions call a march.", announced),
        told("e.txt", "2024-03-05", "Many struck.", strike),
        told("f.txt", "2024-03-05", "Some clashed.", undated),
    ]
}

fn codes() -> BTreeMap<String, KindCodes> {
    let code = |acled: Option<(&str, &str)>, note: &str, plover: &str| KindCodes {
        acled: acled.map(|(a, b)| (a.into(), b.into())),
        acled_note: note.into(),
        plover: Some(("PROTEST".into(), Some(plover.into()))),
    };
    BTreeMap::from([
        ("rally".into(), code(Some(("Protests", "Peaceful protest")), "", "demo")),
        ("march".into(), code(Some(("Protests", "Peaceful protest")), "", "demo")),
        ("strike".into(), code(None, "a strike without a demonstration is not an ACLED event", "strike")),
        ("clash".into(), code(Some(("Riots", "Violent demonstration")), "", "riot")),
    ])
}

fn run(scratch: &Scratch, format: ExportFormat, audience: Audience, name: &str) -> (String, ExportSummary) {
    let roles = BTreeMap::from([("workers".to_owned(), RoleCodes { acled: 7, plover: "LAB".into() })]);
    let options = ExportOptions {
        format,
        audience,
        selection: Selection::default(),
        raw_cells: false,
        codes: codes(),
        roles,
        now: 1_711_972_800,
    };
    let path = scratch.folder.path().join(name);
    let summary = export(&scratch.store, &options, &path).unwrap();
    (String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned(), summary)
}

fn merged() -> Scratch {
    let scratch = scratch(&reports());
    merge(&scratch.store, &rules()).unwrap();
    scratch
}

#[test]
fn every_row_names_its_reports_and_spans() {
    let scratch = merged();
    let (text, summary) = run(&scratch, ExportFormat::Csv, Audience::Internal, "events.csv");
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<BTreeMap<String, String>> = rows.deserialize().map(Result::unwrap).collect();
    assert_eq!((rows.len(), summary.rows), (5, 5));
    for row in &rows {
        assert!(!row["reports"].is_empty() && row["spans"].contains(".txt:"), "{row:?}");
    }
    let rally = rows.iter().find(|row| row["kind"] == "rally").unwrap();
    assert_eq!(rally["reports"], "a.txt; b.txt");
    assert_eq!((rally["size_low"].as_str(), rally["size_high"].as_str()), ("300", "3000"));
    assert_eq!(rally["size"], "300 (police); 3000 (Ada Lovelace)");
    assert_eq!(rally["latitude"], "50.63297");
}

#[test]
fn a_cell_that_a_spreadsheet_would_run_is_disarmed() {
    let formula =
        told("=cmd.txt", "2024-03-05", "Many struck.", action("strike", "struck", "2024-03-04", "Hull"));
    let scratch = scratch(&[formula]);
    merge(&scratch.store, &rules()).unwrap();
    let (text, _) = run(&scratch, ExportFormat::Csv, Audience::Internal, "events.csv");
    assert!(text.contains(",'=cmd.txt,") && !text.contains(",=cmd.txt"), "{text}");
}

#[test]
fn the_public_gets_neither_names_nor_texts_nor_fine_coordinates() {
    let scratch = merged();
    for (format, name) in [
        (ExportFormat::Csv, "p.csv"),
        (ExportFormat::Jsonl, "p.jsonl"),
        (ExportFormat::GeoJson, "p.geojson"),
        (ExportFormat::GeoPackage, "p.gpkg"),
        (ExportFormat::Acled, "p.acled.csv"),
        (ExportFormat::Plover, "p.plover.jsonl"),
    ] {
        let (inside, _) = run(&scratch, format, Audience::Internal, &format!("internal-{name}"));
        // PLOVER names an organisation where there is one, and quotes one stretch only.
        let keeps = inside.contains("Lovelace") || format == ExportFormat::Plover;
        assert!(keeps, "{name} for internal use keeps names");
        let (text, summary) = run(&scratch, format, Audience::Public, name);
        assert!(!text.contains("Lovelace"), "{name} leaks a name");
        assert!(!text.contains("50.63297"), "{name} leaks a coordinate");
        assert!(!text.contains("in Lille."), "{name} leaks text beyond the evidence");
        assert!(summary.left_out["names of persons"] >= 2, "{:?}", summary.left_out);
        assert!(summary.left_out.contains_key("coordinates finer than the place level"));
    }
}

#[test]
fn acled_has_its_columns_and_says_what_it_cannot_hold() {
    let scratch = merged();
    let (text, summary) = run(&scratch, ExportFormat::Acled, Audience::Internal, "acled.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), ACLED_COLUMNS);
    let rows: Vec<BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 1);
    let expected = [
        ("event_date", "2024-03-04"),
        ("year", "2024"),
        ("time_precision", "1"),
        ("disorder_type", "Demonstrations"),
        ("event_type", "Protests"),
        ("sub_event_type", "Protest with intervention"),
        ("actor1", "Protesters (France)"),
        ("inter1", "Protesters"),
        ("inter2", "State forces"),
        ("interaction", "State forces-Protesters"),
        ("iso", "250"),
        ("region", "Europe"),
        ("country", "France"),
        ("admin1", "Hauts-de-France"),
        ("location", "Lille"),
        ("latitude", "50.6330"),
        ("longitude", "3.0586"),
        ("geo_precision", "1"),
        ("fatalities", "0"),
        ("timestamp", "1711972800"),
    ];
    for (column, value) in expected {
        assert_eq!(rows[0][column], value, "{column}");
    }
    assert!(rows[0]["tags"].starts_with("crowd size=300 (police)"));
    assert!(rows[0]["assoc_actor_1"].contains("Sud Rail"));
    assert!(rows[0]["notes"].contains("a.txt:"));
    let of_event: Vec<(&str, &str)> = summary
        .not_expressed
        .iter()
        .filter(|loss| loss.field == "event")
        .map(|loss| (loss.kind.as_str(), loss.reason.as_str()))
        .collect();
    assert_eq!(of_event.len(), 4);
    assert!(of_event.contains(&("strike", "a strike without a demonstration is not an ACLED event")));
    assert!(of_event.contains(&("march", "ACLED has no called_for events, only what took place")));
    assert!(of_event.contains(&("clash", "no report gives a day")));
    assert!(of_event.iter().any(|(kind, _)| *kind == "campaign"));
    assert!(summary.not_expressed.iter().any(|loss| loss.field == "issues"));
}

#[test]
fn plover_records_have_the_fields_that_it_requires_and_no_others() {
    const FIELDS: [&str; 27] = [
        "id",
        "date",
        "actor",
        "event",
        "recipient",
        "has_event",
        "time",
        "enddate",
        "endtime",
        "event_loc",
        "event_text",
        "quad_code",
        "event_scale",
        "mode",
        "context",
        "link",
        "text",
        "text_info",
        "cite_info",
        "coder",
        "coded_date",
        "coded_time",
        "comment",
        "size",
        "issue",
        "religion",
        "ethnicity",
    ];
    let scratch = merged();
    let (text, summary) = run(&scratch, ExportFormat::Plover, Audience::Internal, "plover.jsonl");
    assert_eq!(text.lines().count(), 3);
    for line in text.lines() {
        let record: BTreeMap<String, Value> = serde_json::from_str(line).unwrap();
        for required in ["id", "date", "actor", "event"] {
            assert!(record.contains_key(required), "{required}");
        }
        assert!(record["actor"].as_array().is_some_and(|actors| !actors.is_empty()));
        assert_eq!(record["event"], serde_json::json!(["PROTEST"]));
        assert!(record.keys().all(|field| FIELDS.contains(&field.as_str())), "{record:?}");
        assert!(record["text_info"][0]["start"].is_u64());
    }
    assert!(text.contains(r#""mode":["demo","future"]"#), "{text}");
    assert!(text.contains(r#""code":"FRA","sector":"LAB""#) || text.contains(r#""sector":"LAB""#));
    assert!(summary.not_expressed.iter().any(|loss| loss.field == "event" && loss.kind == "campaign"));
}

#[test]
fn maps_hold_every_event_and_point_where_there_is_one() {
    let scratch = merged();
    let (text, _) = run(&scratch, ExportFormat::GeoJson, Audience::Internal, "events.geojson");
    let collection: Value = serde_json::from_str(&text).unwrap();
    let features = collection["features"].as_array().unwrap();
    assert_eq!(features.len(), 5);
    let rally = features.iter().find(|feature| feature["properties"]["kind"] == "rally").unwrap();
    assert_eq!(rally["geometry"]["coordinates"], serde_json::json!([3.05858, 50.63297]));
    assert_eq!(features.iter().filter(|feature| feature["geometry"].is_null()).count(), 1);
    run(&scratch, ExportFormat::GeoPackage, Audience::Internal, "events.gpkg");
    let package = scratch.folder.path().join("events.gpkg");
    let connection = rusqlite::Connection::open(&package).unwrap();
    let count = |table: &str| -> i64 {
        connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    };
    assert_eq!((count("events"), count("rtree_events_geom"), count("evidence")), (5, 4, 6));
    drop(connection);
    // GDAL reads both as QGIS would, where it is installed.
    for (file, layer) in [("events.gpkg", "events"), ("events.geojson", "events")] {
        let path = scratch.folder.path().join(file);
        let Ok(output) = Command::new("ogrinfo").args(["-so", "-al"]).arg(&path).output() else { continue };
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && complaints.is_empty(), "{file}: {complaints}");
        assert!(
            told.contains(&format!("Layer name: {layer}")) && told.contains("Feature Count: 5"),
            "{told}"
        );
        assert!(told.contains("Geometry: Point") && told.contains("WGS 84"), "{told}");
    }
}

#[test]
fn a_failed_export_leaves_the_older_file() {
    let scratch = merged();
    let path = scratch.folder.path().join("sub");
    std::fs::create_dir(&path).unwrap();
    std::fs::write(path.join("keep"), "kept").unwrap();
    let options = ExportOptions {
        format: ExportFormat::Csv,
        audience: Audience::Public,
        selection: Selection::default(),
        raw_cells: false,
        codes: codes(),
        roles: BTreeMap::new(),
        now: 0,
    };
    // A folder stands where the file should go.
    assert!(export(&scratch.store, &options, &path).is_err());
    assert_eq!(std::fs::read_to_string(path.join("keep")).unwrap(), "kept");
    assert!(!scratch.folder.path().join("sub.part").exists());
}
