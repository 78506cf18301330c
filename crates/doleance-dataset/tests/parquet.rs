//! Parquet read back: every column has its own type, lists are lists, and the same dataset gives the same bytes.

mod common;

use std::collections::BTreeMap;

use common::{action, rules, scratch, told};
use doleance_dataset::{Audience, CodedReport, ExportFormat, ExportOptions, Selection, export, merge};
use parquet::basic::{LogicalType, Type};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, RowAccessor};

fn reports() -> Vec<CodedReport> {
    let mut strike = action("strike", "struck", "2024-03-04", "Lille");
    strike.size = vec![(300, Some("police".into())), (3000, Some("the union".into()))];
    strike.actors = vec!["workers/rail/Sud Rail/Ada Lovelace".into()];
    let undated = action("clash", "clashed", "", "");
    vec![
        told("a.txt", "2024-03-05", "Rail workers struck in Lille, led by Ada Lovelace.", strike),
        told("b.txt", "2024-03-05", "Nobody knows who clashed.", undated),
    ]
}

fn exported(audience: Audience) -> Vec<u8> {
    let scratch = scratch(&reports());
    merge(&scratch.store, &rules()).unwrap();
    let options = ExportOptions {
        format: ExportFormat::Parquet,
        audience,
        selection: Selection::default(),
        raw_cells: false,
        codes: BTreeMap::new(),
        roles: BTreeMap::new(),
        now: 0,
    };
    let path = scratch.folder.path().join("events.parquet");
    assert_eq!(export(&scratch.store, &options, &path).unwrap().rows, 2);
    std::fs::read(path).unwrap()
}

#[test]
fn columns_have_types_and_lists_are_lists() {
    let reader = SerializedFileReader::new(bytes::Bytes::from(exported(Audience::Internal))).unwrap();
    let schema = reader.metadata().file_metadata().schema_descr();
    let types: BTreeMap<String, (Type, Option<LogicalType>)> = schema
        .columns()
        .iter()
        .map(|column| (column.path().string(), (column.physical_type(), column.logical_type_ref().cloned())))
        .collect();
    assert_eq!(types["date_start"], (Type::INT32, Some(LogicalType::Date)));
    assert_eq!(types["latitude"], (Type::DOUBLE, None));
    assert_eq!(types["size_low"], (Type::INT64, None));
    assert_eq!(types["spans.list.element"], (Type::BYTE_ARRAY, Some(LogicalType::String)));
    let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    let columns: Vec<&String> = rows[0].get_column_iter().map(|(name, _)| name).collect();
    let at = |name: &str| columns.iter().position(|column| *column == name).unwrap();
    let strike = rows.iter().find(|row| row.get_string(at("kind")).unwrap() == "strike").unwrap();
    let clash = rows.iter().find(|row| row.get_string(at("kind")).unwrap() == "clash").unwrap();
    let field =
        |row: &parquet::record::Row, name: &str| row.get_column_iter().nth(at(name)).unwrap().1.clone();
    // 4 March 2024 is day 19,786 of Unix time.
    assert_eq!(field(strike, "date_start"), Field::Date(19_786));
    assert_eq!(field(clash, "date_start"), Field::Null);
    assert_eq!(field(strike, "size_high"), Field::Long(3000));
    assert_eq!(field(strike, "latitude"), Field::Double(50.63297));
    assert_eq!(field(clash, "latitude"), Field::Null);
    let list = |row: &parquet::record::Row, name: &str| -> Vec<String> {
        let list = row.get_list(at(name)).unwrap();
        list.elements().iter().map(|element| element.to_string().trim_matches('"').to_owned()).collect()
    };
    assert_eq!(list(strike, "size"), ["300 (police)", "3000 (the union)"]);
    assert_eq!(list(clash, "size"), [""; 0]);
    assert_eq!(list(clash, "reports"), ["b.txt"]);
    assert_eq!(list(clash, "spans"), ["b.txt:17-24"]);
}

#[test]
fn the_same_dataset_gives_the_same_bytes() {
    assert_eq!(exported(Audience::Internal), exported(Audience::Internal));
}

#[test]
fn names_reach_neither_rows_nor_statistics_for_the_public() {
    let holds = |bytes: &[u8]| bytes.windows(8).any(|window| window == b"Lovelace");
    assert!(holds(&exported(Audience::Internal)));
    assert!(!holds(&exported(Audience::Public)));
}
