//! The chronicle's page: one HTML file that holds its script, its style, the coast lines and the dataset.
//!
//! Script and style are built from `page/` at the root of the repository and committed in `bundle/`, so that building this
//! crate needs no Node. What is written here is the assembly: a policy that lets nothing run but those two, by their
//! hashes, and lets nothing be loaded; the dataset as deflated JSON in base64, which holds no markup whatever the reports
//! say. The same dataset gives the same bytes.

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use sha2::{Digest, Sha256};

/// The frame, with `{{name}}` where the parts go.
const FRAME: &str = include_str!("bundle/frame.html");
/// The program of the page.
pub const SCRIPT: &str = include_str!("bundle/page.js");
/// Its style.
pub const STYLE: &str = include_str!("bundle/page.css");
/// Land of Natural Earth, as TopoJSON.
pub const LAND: &str = include_str!("bundle/land.json");

/// The page that shows the dataset given as `doleance_dataset::Page::json` gives it.
pub fn html(dataset: &str) -> io::Result<String> {
    let parts = [
        ("policy", policy()),
        ("style", STYLE.to_owned()),
        ("land", packed(LAND)?),
        ("dataset", packed(dataset)?),
        ("script", SCRIPT.to_owned()),
    ];
    let mut page =
        String::with_capacity(parts.iter().map(|(_, part)| part.len()).sum::<usize>() + FRAME.len());
    let mut rest = FRAME;
    // Each place is filled once, in order: what a part holds is never read as a place.
    for (name, part) in parts {
        let place = format!("{{{{{name}}}}}");
        let (before, after) = rest
            .split_once(&place)
            .ok_or_else(|| io::Error::other(format!("the frame of the page has no place for its {name}")))?;
        page.push_str(before);
        page.push_str(&part);
        rest = after;
    }
    page.push_str(rest);
    Ok(page)
}

/// What the browser may do: run this script, apply this style, and nothing else.
pub fn policy() -> String {
    format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; base-uri 'none'; form-action 'none'",
        source(SCRIPT),
        source(STYLE)
    )
}

/// How a policy names an inline script or style.
fn source(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

/// Deflated, in base64.
fn packed(text: &str) -> io::Result<String> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(text.len() / 6), Compression::new(9));
    encoder.write_all(text.as_bytes())?;
    Ok(STANDARD.encode(encoder.finish()?))
}
