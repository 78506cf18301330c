//! Apache Parquet: one row per event, every column of its own type.
//!
//! Days are DATE, counts INT64, degrees DOUBLE; fields of several values are lists, so that no reader has to take a cell
//! apart. The file holds no moment of writing: the same events give the same bytes.

use std::io;
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use super::flat::{COLUMNS, Cell, Type, cells};
use super::{ExportSummary, Exported};

/// Rows that are held as columns at a time, and that a reader may skip at once.
const GROUP: usize = 16 << 10;

const WRITER: &str = concat!("doleance ", env!("CARGO_PKG_VERSION"));

pub(super) fn write(events: &[Exported], summary: &mut ExportSummary) -> io::Result<Vec<u8>> {
    let bytes = write_file(events).map_err(io::Error::other)?;
    summary.rows = events.len();
    Ok(bytes)
}

fn write_file(events: &[Exported]) -> Result<Vec<u8>, ParquetError> {
    let schema = Arc::new(parse_message_type(&schema())?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(WRITER.to_owned())
        .build();
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    for group in events.chunks(GROUP) {
        let mut columns: Vec<Vec<Cell>> = vec![Vec::with_capacity(group.len()); COLUMNS.len()];
        for exported in group {
            for (column, cell) in columns.iter_mut().zip(cells(exported)) {
                column.push(cell);
            }
        }
        let mut rows = file.next_row_group()?;
        for column in columns {
            // The schema has a leaf for each of the columns, in their order.
            let Some(mut writer) = rows.next_column()? else { break };
            write_column(writer.untyped(), column)?;
            writer.close()?;
        }
        rows.close()?;
    }
    file.into_inner()
}

/// The columns in Parquet's notation.
fn schema() -> String {
    let mut schema = String::from("message events {\n");
    for (name, kind) in COLUMNS {
        schema.push_str(&match kind {
            Type::Text => format!("  optional binary {name} (STRING);\n"),
            Type::Integer => format!("  optional int64 {name};\n"),
            Type::Real => format!("  optional double {name};\n"),
            Type::Date => format!("  optional int32 {name} (DATE);\n"),
            Type::List => format!(
                "  required group {name} (LIST) {{ repeated group list {{ required binary element (STRING); }} }}\n"
            ),
        });
    }
    schema.push_str("}\n");
    schema
}

fn write_column(writer: &mut ColumnWriter<'_>, column: Vec<Cell>) -> Result<(), ParquetError> {
    match writer {
        ColumnWriter::ByteArrayColumnWriter(writer) => {
            let (mut values, mut filled, mut goes_on) = (Vec::new(), Vec::new(), Vec::new());
            for cell in column {
                match cell {
                    Cell::List(list) => {
                        // An empty list is one place that holds nothing.
                        goes_on.extend((0..list.len().max(1)).map(|at| i16::from(at > 0)));
                        filled.extend((0..list.len().max(1)).map(|_| i16::from(!list.is_empty())));
                        values.extend(list.iter().map(|text| ByteArray::from(text.as_str())));
                    }
                    other => {
                        let text = other.in_words();
                        filled.push(i16::from(text.is_some()));
                        values.extend(text.map(|text| ByteArray::from(text.as_str())));
                    }
                }
            }
            let goes_on = (!goes_on.is_empty()).then_some(goes_on.as_slice());
            writer.write_batch(&values, Some(&filled), goes_on).map(drop)
        }
        ColumnWriter::Int64ColumnWriter(writer) => {
            let (values, filled) = given(column, |cell| match cell {
                Cell::Integer(number) => number,
                _ => None,
            });
            writer.write_batch(&values, Some(&filled), None).map(drop)
        }
        ColumnWriter::DoubleColumnWriter(writer) => {
            let (values, filled) = given(column, |cell| match cell {
                Cell::Real(number) => number,
                _ => None,
            });
            writer.write_batch(&values, Some(&filled), None).map(drop)
        }
        ColumnWriter::Int32ColumnWriter(writer) => {
            let (values, filled) = given(column, |cell| match cell {
                Cell::Date(date) => date.map(days_since_1970),
                _ => None,
            });
            writer.write_batch(&values, Some(&filled), None).map(drop)
        }
        _ => Err(ParquetError::General("the schema has no columns of other types".to_owned())),
    }
}

/// The values that there are, and for each row whether it has one.
fn given<T>(column: Vec<Cell>, value: impl Fn(Cell) -> Option<T>) -> (Vec<T>, Vec<i16>) {
    let (mut values, mut filled) = (Vec::with_capacity(column.len()), Vec::with_capacity(column.len()));
    for cell in column {
        let value = value(cell);
        filled.push(i16::from(value.is_some()));
        values.extend(value);
    }
    (values, filled)
}

fn days_since_1970(date: doleance_text::Date) -> i32 {
    // Two civil dates are never further apart than days fit into 32 bits.
    date.since(jiff::civil::date(1970, 1, 1)).map_or(0, |span| span.get_days())
}
