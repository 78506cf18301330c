//! OGC GeoPackage 1.3: a layer of events as points, a table of what they rest on, a table of their relations.
//!
//! The file is SQLite with the tables that the standard prescribes. The spatial index is filled here and kept by the
//! standard's triggers, which readers that edit the layer provide the functions for.

use std::io;
use std::path::Path;

use rusqlite::{Connection, ToSql, params};

use super::flat::{COLUMNS, Cell, Type, cells};
use super::{ExportSummary, Exported};

/// The letters `GPKG`.
const APPLICATION_ID: i64 = 0x4750_4B47;
/// Version 1.3.
const USER_VERSION: i64 = 10300;

const TABLES: &str = "
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,AUTHORITY[\"EPSG\",\"7030\"]],AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],AUTHORITY[\"EPSG\",\"4326\"]]', 'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents (table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
INSERT INTO gpkg_extensions VALUES
  ('events', 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only');
CREATE TABLE evidence (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, event TEXT NOT NULL, record TEXT NOT NULL, report TEXT NOT NULL,
  source TEXT, published TEXT, url TEXT, language TEXT, first INTEGER NOT NULL, last INTEGER NOT NULL, words TEXT);
CREATE TABLE relations (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, event TEXT NOT NULL, relation TEXT NOT NULL, other TEXT NOT NULL,
  inferred TEXT);
";

/// The triggers that the R-tree extension prescribes for table `events`, column `geom`, key `fid`.
const INDEX_TRIGGERS: &str = "
CREATE TRIGGER rtree_events_geom_insert AFTER INSERT ON events
  WHEN (new.geom NOT NULL AND NOT ST_IsEmpty(new.geom))
BEGIN INSERT OR REPLACE INTO rtree_events_geom VALUES
  (new.fid, ST_MinX(new.geom), ST_MaxX(new.geom), ST_MinY(new.geom), ST_MaxY(new.geom)); END;
CREATE TRIGGER rtree_events_geom_update1 AFTER UPDATE OF geom ON events
  WHEN old.fid = new.fid AND (new.geom NOT NULL AND NOT ST_IsEmpty(new.geom))
BEGIN INSERT OR REPLACE INTO rtree_events_geom VALUES
  (new.fid, ST_MinX(new.geom), ST_MaxX(new.geom), ST_MinY(new.geom), ST_MaxY(new.geom)); END;
CREATE TRIGGER rtree_events_geom_update2 AFTER UPDATE OF geom ON events
  WHEN old.fid = new.fid AND (new.geom IS NULL OR ST_IsEmpty(new.geom))
BEGIN DELETE FROM rtree_events_geom WHERE id = old.fid; END;
CREATE TRIGGER rtree_events_geom_update3 AFTER UPDATE ON events
  WHEN old.fid != new.fid AND (new.geom NOT NULL AND NOT ST_IsEmpty(new.geom))
BEGIN DELETE FROM rtree_events_geom WHERE id = old.fid;
INSERT OR REPLACE INTO rtree_events_geom VALUES
  (new.fid, ST_MinX(new.geom), ST_MaxX(new.geom), ST_MinY(new.geom), ST_MaxY(new.geom)); END;
CREATE TRIGGER rtree_events_geom_update4 AFTER UPDATE ON events
  WHEN old.fid != new.fid AND (new.geom IS NULL OR ST_IsEmpty(new.geom))
BEGIN DELETE FROM rtree_events_geom WHERE id IN (old.fid, new.fid); END;
CREATE TRIGGER rtree_events_geom_delete AFTER DELETE ON events WHEN old.geom NOT NULL
BEGIN DELETE FROM rtree_events_geom WHERE id = old.fid; END;
";

pub(super) fn write(events: &[Exported], path: &Path, summary: &mut ExportSummary) -> io::Result<()> {
    if path.exists() {
        std::fs::remove_file(path)?;
    }
    let write = || -> rusqlite::Result<()> {
        let mut connection = Connection::open(path)?;
        connection.pragma_update(None, "journal_mode", "memory")?;
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
        connection.pragma_update(None, "user_version", USER_VERSION)?;
        let transaction = connection.transaction()?;
        transaction.execute_batch(TABLES)?;
        transaction.execute_batch(&events_table())?;
        let bounds = put_events(&transaction, events)?;
        put_contents(&transaction, bounds)?;
        transaction.execute_batch(INDEX_TRIGGERS)?;
        transaction.commit()
    };
    write().map_err(io::Error::other)?;
    summary.rows = events.len();
    Ok(())
}

fn events_table() -> String {
    let mut table =
        String::from("CREATE TABLE events (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POINT");
    for (name, kind) in COLUMNS {
        let kind = match kind {
            Type::Text | Type::List => "TEXT",
            Type::Date => "DATE",
            Type::Integer => "INTEGER",
            Type::Real => "REAL",
        };
        table.push_str(&format!(", \"{name}\" {kind}"));
    }
    table.push_str("); CREATE VIRTUAL TABLE rtree_events_geom USING rtree (id, minx, maxx, miny, maxy);");
    table
}

/// West, south, east, north.
type Bounds = Option<(f64, f64, f64, f64)>;

fn put_events(connection: &Connection, events: &[Exported]) -> rusqlite::Result<Bounds> {
    let marks = vec!["?"; COLUMNS.len() + 1].join(", ");
    let names: Vec<String> = COLUMNS.iter().map(|column| format!("\"{}\"", column.0)).collect();
    let mut event =
        connection.prepare(&format!("INSERT INTO events (geom, {}) VALUES ({marks})", names.join(", ")))?;
    let mut index = connection.prepare("INSERT INTO rtree_events_geom VALUES (?1, ?2, ?2, ?3, ?3)")?;
    let mut evidence = connection.prepare(
        "INSERT INTO evidence (event, record, report, source, published, url, language, first, last, words)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    let mut relation = connection
        .prepare("INSERT INTO relations (event, relation, other, inferred) VALUES (?1, ?2, ?3, ?4)")?;
    let mut bounds: Bounds = None;
    for exported in events {
        let place = exported.event.place.as_ref().map(|place| &place.value);
        let point = place.and_then(|place| place.lon.zip(place.lat));
        let mut values: Vec<Box<dyn ToSql>> = vec![Box::new(point.map(|(x, y)| geometry(x, y)))];
        for cell in cells(exported) {
            values.push(match cell {
                Cell::Text(_) | Cell::Date(_) | Cell::List(_) => Box::new(cell.in_words()),
                Cell::Integer(number) => Box::new(number),
                Cell::Real(number) => Box::new(number),
            });
        }
        event.execute(rusqlite::params_from_iter(values.iter().map(|value| value.as_ref())))?;
        if let Some((x, y)) = point {
            index.execute(params![connection.last_insert_rowid(), x, y])?;
            let (west, south, east, north) = bounds.unwrap_or((x, y, x, y));
            bounds = Some((west.min(x), south.min(y), east.max(x), north.max(y)));
        }
        for e in &exported.evidence {
            evidence.execute(params![
                exported.event.id,
                e.record,
                e.report,
                e.source,
                e.published,
                e.url,
                e.language,
                e.start,
                e.end,
                e.text
            ])?;
        }
        for (name, other, support) in &exported.links {
            relation.execute(params![exported.event.id, name, other, support.inferred])?;
        }
    }
    Ok(bounds)
}

/// A point as the standard's binary: header with the reference system and no envelope, then well-known binary.
fn geometry(x: f64, y: f64) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(29);
    bytes.extend_from_slice(b"GP");
    // Version 0; little endian, no envelope, not empty.
    bytes.extend_from_slice(&[0, 1]);
    bytes.extend_from_slice(&4326i32.to_le_bytes());
    bytes.push(1);
    bytes.extend_from_slice(&1u32.to_le_bytes());
    bytes.extend_from_slice(&x.to_le_bytes());
    bytes.extend_from_slice(&y.to_le_bytes());
    bytes
}

fn put_contents(connection: &Connection, bounds: Bounds) -> rusqlite::Result<()> {
    // The moment of export would make two exports of one dataset differ; the standard only wants a moment.
    const CHANGED: &str = "1970-01-01T00:00:00.000Z";
    let (west, south, east, north) = match bounds {
        Some((west, south, east, north)) => (Some(west), Some(south), Some(east), Some(north)),
        None => (None, None, None, None),
    };
    connection.execute(
        "INSERT INTO gpkg_contents VALUES
         ('events', 'features', 'events', 'Events that the reports agree on', ?1, ?2, ?3, ?4, ?5, 4326)",
        params![CHANGED, west, south, east, north],
    )?;
    for (table, description) in
        [("evidence", "What each event rests on"), ("relations", "How events stand to each other")]
    {
        connection.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)
             VALUES (?1, 'attributes', ?1, ?2, ?3, 0)",
            params![table, description, CHANGED],
        )?;
    }
    connection
        .execute("INSERT INTO gpkg_geometry_columns VALUES ('events', 'geom', 'POINT', 4326, 0, 0)", [])
        .map(drop)
}
