//! `doleance export`: events for other programs.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args, ValueEnum};
use doleance_coding::LanguagePacks;
use doleance_dataset::{
    Audience, ExportFormat, ExportOptions, ExportSummary, KindCodes, RoleCodes, Store, export,
};

use super::dataset::{Dataset, Filters, count};
use crate::outcome::Outcome;
use crate::output::one_line;

/// Export a dataset's events for other programs
///
/// For the public, text beyond the evidence, names of persons and coordinates finer than the place level are left out;
/// what was left out, and what the format cannot express, is said on standard error.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  doleance export -d chronicle.db --format csv -o events.csv
  doleance export -d chronicle.db --format geopackage --public -o events.gpkg
  doleance export -d chronicle.db --format acled --losses losses.jsonl -o acled.csv")]
pub struct Arguments {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub dataset: Dataset,
    /// Form of the output
    #[arg(long, value_enum)]
    pub format: Format,
    /// File to write
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// For those who hold the reports: nothing is left out
    #[arg(long, conflicts_with = "public")]
    pub internal: bool,
    /// For anybody; this holds unless --internal is given
    #[arg(long)]
    pub public: bool,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub filters: Filters,
    /// Leave CSV cells as they are even where a spreadsheet would run them as formulas
    #[arg(long)]
    pub raw: bool,
    /// List what the format cannot express in this file, as JSON Lines
    #[arg(long, value_name = "FILE")]
    pub losses: Option<PathBuf>,
}

/// The forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One row per event, for spreadsheets, R and pandas
    Csv,
    /// One object per event with all its values and relations
    Jsonl,
    /// A map layer for the web and QGIS
    Geojson,
    /// A map layer with tables of evidence and relations, for QGIS
    Geopackage,
    /// One row per event with typed columns, for pandas, R and DuckDB
    Parquet,
    /// The 31 columns of ACLED
    Acled,
    /// PLOVER records, one a line
    Plover,
}

/// Exports.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let store = Store::open_read_only(&arguments.dataset.path)?;
    let (codes, roles) = codes()?;
    let options = ExportOptions {
        format: match arguments.format {
            Format::Csv => ExportFormat::Csv,
            Format::Jsonl => ExportFormat::Jsonl,
            Format::Geojson => ExportFormat::GeoJson,
            Format::Geopackage => ExportFormat::GeoPackage,
            Format::Parquet => ExportFormat::Parquet,
            Format::Acled => ExportFormat::Acled,
            Format::Plover => ExportFormat::Plover,
        },
        audience: if arguments.internal { Audience::Internal } else { Audience::Public },
        selection: arguments.filters.selection(),
        raw_cells: arguments.raw,
        codes,
        roles,
        now: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64),
    };
    let summary = export(&store, &options, &arguments.output)?;
    if let Some(path) = &arguments.losses {
        let mut lines = Vec::new();
        for loss in &summary.not_expressed {
            serde_json::to_writer(&mut lines, loss)?;
            lines.push(b'\n');
        }
        std::fs::write(path, lines)?;
    }
    anstream::stderr().write_all(in_words(&summary).as_bytes())?;
    Ok(Outcome::Done)
}

/// The codebook's crosswalks to other datasets.
fn codes() -> anyhow::Result<(BTreeMap<String, KindCodes>, BTreeMap<String, RoleCodes>)> {
    let packs = crate::rules::packs();
    let shared = packs.shared().map_err(|error| anyhow::anyhow!("{error}"))?;
    let mut kinds = BTreeMap::new();
    for kind in shared.codebook.kinds() {
        let text = |target: &str, field: &str| {
            kind.crosswalk
                .get(target)?
                .get(field)?
                .as_str()
                .map(str::to_owned)
                .filter(|text| !text.is_empty())
        };
        let codes = KindCodes {
            acled: text("acled", "event_type").zip(text("acled", "sub_event_type")),
            acled_note: text("acled", "note").unwrap_or_default(),
            plover: text("plover", "event").map(|event| (event, text("plover", "mode"))),
        };
        kinds.insert(kind.id.clone(), codes);
    }
    Ok((kinds, roles(packs)?))
}

/// The roles of the codebook, with what other datasets call them.
pub(super) fn roles(packs: &LanguagePacks) -> anyhow::Result<BTreeMap<String, RoleCodes>> {
    #[derive(serde::Deserialize)]
    struct Roles {
        role: Vec<Role>,
    }
    #[derive(serde::Deserialize)]
    struct Role {
        id: String,
        #[serde(default)]
        plover: String,
        #[serde(default)]
        acled: u8,
    }
    let Some(bytes) = packs.file("codebook/roles.toml") else { return Ok(BTreeMap::new()) };
    let roles: Roles = toml::from_str(std::str::from_utf8(&bytes)?)?;
    Ok(roles
        .role
        .into_iter()
        .map(|role| (role.id, RoleCodes { acled: role.acled.min(8), plover: role.plover }))
        .collect())
}

fn in_words(summary: &ExportSummary) -> String {
    let mut words = format!("{} written\n", count(summary.rows, "row"));
    for (what, number) in &summary.left_out {
        words.push_str(&format!("  left out for the public: {what} ({number})\n"));
    }
    let mut reasons: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for loss in &summary.not_expressed {
        *reasons.entry((loss.field, &loss.reason)).or_default() += 1;
    }
    for ((field, reason), number) in reasons {
        words.push_str(&format!(
            "  not expressed: {field} of {}: {}\n",
            count(number, "event"),
            one_line(reason)
        ));
    }
    words
}
