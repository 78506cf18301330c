//! Builds the gazetteer file: `cargo run --example build_gazetteer PLACES NAMES DATA_FOLDER OUT`.

use doleance_places::gazetteer::{Curation, build, read_tables};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let [places, names, folder, out] =
        std::env::args().skip(1).collect::<Vec<_>>().try_into().map_err(|_| "usage")?;
    let read = |name: &str| std::fs::read_to_string(format!("{folder}/{name}"));
    let (additions, divisions, spellings) =
        (read("additions.tsv")?, read("divisions.tsv")?, read("spellings.tsv")?);
    let curation = Curation { additions: &additions, divisions: &divisions, spellings: &spellings };
    let tables = read_tables(&std::fs::read_to_string(places)?, &std::fs::read_to_string(names)?)?;
    let (bytes, report) = build(tables, &curation)?;
    std::fs::write(out, bytes)?;
    println!("{report:?}");
    Ok(())
}
