//! What the program brings along: the gazetteer file and the tables of each language, embedded as they lie in `data/`.

use std::borrow::Cow;

use crate::fold::Spellings;
use crate::gazetteer::{Curation, Gazetteer, GazetteerError, TableError};
use crate::pack::{PlacePack, PlaceTables};

/// The tables that the shipped gazetteer was built with beside its sources.
pub const CURATION: Curation<'static> = Curation {
    additions: include_str!("../../../data/gazetteer/additions.tsv"),
    divisions: include_str!("../../../data/gazetteer/divisions.tsv"),
    spellings: include_str!("../../../data/gazetteer/spellings.tsv"),
};

/// Sources and licences of the gazetteer, for `doleance explain gazetteer`.
pub const ATTRIBUTION: &str = include_str!("../../../data/gazetteer/ATTRIBUTION.md");

static BYTES: &[u8] = include_bytes!("../../../data/gazetteer/places.gazetteer");

macro_rules! tables {
    ($language:literal) => {
        (
            $language,
            PlaceTables {
                cues: include_str!(concat!("../../../data/languages/", $language, "/places.tsv")),
                names: include_str!(concat!("../../../data/languages/", $language, "/places-names.tsv")),
                demonyms: include_str!(concat!(
                    "../../../data/languages/",
                    $language,
                    "/places-demonyms.tsv"
                )),
                words: include_str!(concat!("../../../data/languages/", $language, "/places-words.tsv")),
                tests: include_str!(concat!("../../../data/languages/", $language, "/places-tests.tsv")),
            },
        )
    };
}

/// The tables of each language, by its code.
pub static LANGUAGES: &[(&str, PlaceTables<'static>)] = &[tables!("en"), tables!("fr")];

/// The embedded gazetteer, read in place.
pub fn gazetteer() -> Result<Gazetteer, GazetteerError> {
    Gazetteer::open(Cow::Borrowed(BYTES), CURATION.spellings())
}

/// The pack of a language. `None` where the program brings none.
pub fn pack(language: &str, spellings: &Spellings) -> Option<Result<PlacePack, TableError>> {
    let (_, tables) = LANGUAGES.iter().find(|(code, _)| *code == language)?;
    Some(PlacePack::parse(tables, spellings))
}
