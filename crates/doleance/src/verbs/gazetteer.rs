//! `doleance gazetteer`: builds the file of places from tables or from GeoNames' dumps, and looks names up in it.
//!
//! The build itself is pure and lives in `doleance-places`; this file only reads and writes. The sources and licences of
//! the file that comes along are told by `doleance explain gazetteer`.

use std::borrow::Cow;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use doleance_places::gazetteer::{
    Curation, Gazetteer, GeoNamesDumps, Tables, build, read_geonames, read_tables,
};
use doleance_places::shipped;

use crate::outcome::Outcome;

/// Build the gazetteer from tables or GeoNames' dump files, or look a name up
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  doleance gazetteer build --places places.tsv --names names.tsv --output places.gazetteer
  doleance gazetteer build --geonames dumps/ --languages fr,en --least-population 100 --output all.gazetteer
  doleance gazetteer look-up Kyzyl-Orda")]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Make the file of places; the same bytes from the same sources
    Build(BuildArguments),
    /// Print the places of a name, largest first
    LookUp(LookUpArguments),
}

#[derive(Debug, Args)]
struct BuildArguments {
    /// Table of places: pid, kind, country, division, latitude, longitude, population, name
    #[arg(long, value_name = "FILE", requires = "names", required_unless_present = "geonames")]
    places: Option<PathBuf>,
    /// Table of names: pid, name, language, source
    #[arg(long, value_name = "FILE", requires = "places")]
    names: Option<PathBuf>,
    /// Folder of GeoNames' dumps: allCountries.txt or citiesN.txt, countryInfo.txt, admin1CodesASCII.txt, admin2Codes.txt,
    /// alternateNamesV2.txt
    #[arg(long, value_name = "DIR", conflicts_with = "places")]
    geonames: Option<PathBuf>,
    /// Languages of GeoNames' names to take, beside those of no language
    #[arg(long, value_name = "CODES", value_delimiter = ',', default_value = "fr,en,es,ru")]
    languages: Vec<String>,
    /// Leave out smaller populated places of GeoNames' dumps
    #[arg(long, value_name = "NUMBER", default_value_t = 500)]
    least_population: u32,
    /// Folder with additions.tsv, divisions.tsv and spellings.tsv instead of those built in
    #[arg(long, value_name = "DIR")]
    curation: Option<PathBuf>,
    /// Where to write
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
}

#[derive(Debug, Args)]
struct LookUpArguments {
    /// A name as written in a text
    name: String,
    /// A gazetteer file; the one that is built in unless given
    #[arg(long, value_name = "FILE")]
    gazetteer: Option<PathBuf>,
}

/// Runs the verb.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    match &arguments.action {
        Action::Build(arguments) => run_build(arguments),
        Action::LookUp(arguments) => look_up(arguments),
    }
}

fn run_build(arguments: &BuildArguments) -> anyhow::Result<Outcome> {
    let tables = match (&arguments.geonames, &arguments.places, &arguments.names) {
        (Some(folder), ..) => geonames_tables(folder, arguments)?,
        (None, Some(places), Some(names)) => read_tables(&read(places)?, &read(names)?)?,
        _ => bail!("no source is named: give --places and --names, or --geonames"),
    };
    let own = |name: &str| arguments.curation.as_ref().map(|folder| read(&folder.join(name))).transpose();
    let (additions, divisions, spellings) =
        (own("additions.tsv")?, own("divisions.tsv")?, own("spellings.tsv")?);
    let curation = Curation {
        additions: additions.as_deref().unwrap_or(shipped::CURATION.additions),
        divisions: divisions.as_deref().unwrap_or(shipped::CURATION.divisions),
        spellings: spellings.as_deref().unwrap_or(shipped::CURATION.spellings),
    };
    let (bytes, report) = build(tables, &curation)?;
    let output = &arguments.output;
    fs::write(output, bytes).with_context(|| format!("{} cannot be written", output.display()))?;
    writeln!(
        anstream::stdout(),
        "{}: {} places, {} names, {} bytes; {} names left out as noise",
        output.display(),
        report.places,
        report.names,
        report.bytes,
        report.dropped
    )?;
    Ok(Outcome::Done)
}

fn geonames_tables(folder: &Path, arguments: &BuildArguments) -> anyhow::Result<Tables> {
    let places = first_of(
        folder,
        &["allCountries.txt", "cities500.txt", "cities1000.txt", "cities5000.txt", "cities15000.txt"],
    )
    .with_context(|| format!("{} holds neither allCountries.txt nor a citiesN.txt", folder.display()))?;
    let names = first_of(folder, &["alternateNamesV2.txt"]).map(|file| read(&file)).transpose()?;
    let file = |name: &str| read(&folder.join(name));
    let (countries, admin1, admin2) =
        (file("countryInfo.txt")?, file("admin1CodesASCII.txt")?, file("admin2Codes.txt")?);
    let languages: Vec<&str> = arguments.languages.iter().map(String::as_str).collect();
    let dumps = GeoNamesDumps {
        places: &read(&places)?,
        countries: &countries,
        admin1: &admin1,
        admin2: &admin2,
        names: names.as_deref().unwrap_or(""),
        languages: &languages,
        least_population: arguments.least_population,
    };
    Ok(read_geonames(&dumps)?)
}

fn first_of(folder: &Path, names: &[&str]) -> Option<PathBuf> {
    names.iter().map(|name| folder.join(name)).find(|file| file.is_file())
}

fn read(file: &Path) -> anyhow::Result<String> {
    fs::read_to_string(file).with_context(|| format!("{} cannot be read as UTF-8 text", file.display()))
}

fn look_up(arguments: &LookUpArguments) -> anyhow::Result<Outcome> {
    let gazetteer = match &arguments.gazetteer {
        None => shipped::gazetteer()?,
        Some(file) => {
            let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
            Gazetteer::open(Cow::Owned(bytes), shipped::CURATION.spellings())?
        }
    };
    let Some(found) = gazetteer.look_up(&arguments.name) else {
        writeln!(anstream::stdout(), "no place is called {}", arguments.name)?;
        return Ok(Outcome::Incomplete);
    };
    let mut out = anstream::stdout();
    for posting in gazetteer.postings(found) {
        let place = gazetteer.place(posting.place);
        let division = place.admin1.map_or("", |id| gazetteer.place(id).name);
        writeln!(
            out,
            "{}\t{:?}\t{}\t{}\t{division}\t{:.4}\t{:.4}\t{}",
            gazetteer.identifier(posting.place),
            place.kind.level(),
            place.name,
            place.country.as_str(),
            place.lat,
            place.lon,
            place.population
        )?;
    }
    Ok(Outcome::Done)
}
