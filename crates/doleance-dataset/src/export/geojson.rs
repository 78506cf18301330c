//! GeoJSON, RFC 7946: one feature per event. An event without a point is there too, with no geometry.

use std::io;

use serde_json::{Map, Number, Value, json};

use super::flat::{COLUMNS, Cell, cells};
use super::{ExportSummary, Exported};

pub(super) fn write(events: &[Exported], summary: &mut ExportSummary) -> io::Result<Vec<u8>> {
    let features: Vec<Value> = events.iter().map(feature).collect();
    summary.rows = features.len();
    let mut bytes = serde_json::to_vec(&json!({ "type": "FeatureCollection", "features": features }))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn feature(exported: &Exported) -> Value {
    let place = exported.event.place.as_ref().map(|place| &place.value);
    let geometry = match place.and_then(|place| place.lat.zip(place.lon)) {
        Some((lat, lon)) => json!({ "type": "Point", "coordinates": [lon, lat] }),
        None => Value::Null,
    };
    let mut properties = Map::new();
    for ((name, _), cell) in COLUMNS.iter().zip(cells(exported)) {
        let value = match cell {
            Cell::Text(_) | Cell::Date(_) | Cell::List(_) => {
                cell.in_words().map_or(Value::Null, Value::String)
            }
            Cell::Integer(number) => number.map_or(Value::Null, Value::from),
            Cell::Real(number) => number.and_then(Number::from_f64).map_or(Value::Null, Value::Number),
        };
        properties.insert((*name).to_owned(), value);
    }
    json!({ "type": "Feature", "id": exported.event.id, "geometry": geometry, "properties": properties })
}
