//! The rules that this run reads: those that the program carries, or, with `--rules FOLDER`, a folder's in their place.
//!
//! A folder is laid out as `data/`. Files that it lacks are taken from the program, so that one changed page of the
//! codebook is enough.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use anyhow::Context;
use doleance_coding::{EmbeddedFiles, LanguagePacks, PackFiles};

static CHOSEN: OnceLock<LanguagePacks> = OnceLock::new();

/// The packs of this run.
pub fn packs() -> &'static LanguagePacks {
    CHOSEN.get().unwrap_or_else(|| LanguagePacks::embedded())
}

/// The packs of this run with every example.
pub fn packs_with_examples() -> &'static LanguagePacks {
    CHOSEN.get().unwrap_or_else(|| LanguagePacks::embedded_with_examples())
}

/// Reads a folder's files in the place of the program's, from now on.
///
/// # Errors
/// A folder that cannot be read, or that holds no file of a codebook or language.
pub fn choose(folder: &Path) -> anyhow::Result<()> {
    let own = Folder::read(folder)?;
    if !own.0.keys().any(|path| ["codebook/", "languages/", "gazetteer/"].iter().any(|f| path.starts_with(f)))
    {
        anyhow::bail!(
            "{}: the folder holds no rules; name one with codebook/ or languages/ in it, laid out as data/",
            folder.display()
        );
    }
    let _ = CHOSEN.set(LanguagePacks::new(Box::new(Overlay(own))));
    Ok(())
}

/// Pack files from a folder, by their path below it.
pub struct Folder(BTreeMap<String, Vec<u8>>);

impl Folder {
    /// Every file below a folder.
    ///
    /// # Errors
    /// The folder or file that cannot be read.
    pub fn read(root: &Path) -> anyhow::Result<Self> {
        let mut files = BTreeMap::new();
        read_below(root, "", &mut files)?;
        Ok(Folder(files))
    }
}

fn read_below(folder: &Path, below: &str, files: &mut BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let path = entry.path();
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if path.is_dir() {
            read_below(&path, &format!("{name}/"), files)?;
        } else {
            let bytes = fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            files.insert(name, bytes);
        }
    }
    Ok(())
}

impl PackFiles for Folder {
    fn read(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        self.0.get(path).map(|bytes| Cow::Owned(bytes.clone()))
    }

    fn list(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
}

/// A folder's files, and the program's where the folder has none of that path.
struct Overlay(Folder);

impl PackFiles for Overlay {
    fn read(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        self.0.read(path).or_else(|| EmbeddedFiles.read(path))
    }

    fn list(&self) -> Vec<String> {
        let both: BTreeSet<String> = self.0.list().into_iter().chain(EmbeddedFiles.list()).collect();
        both.into_iter().collect()
    }
}
