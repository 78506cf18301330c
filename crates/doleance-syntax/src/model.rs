//! The model file: named sections in one run of bytes, read in place.
//!
//! Layout: the magic `DOLSYN02`, then for each section of [`Section::ALL`] its offset and length (`u32`, little-endian),
//! then the sections. Weights and dictionaries are looked up where they lie; only names (a few hundred short strings)
//! are copied out when a model is opened.

use std::borrow::Cow;

use crate::bytes::{Reader, put_strings, put_u32};
use crate::contractions::Contractions;
use crate::dictionary::{CompactDictionary, Dictionary};
use crate::hash::hash_bytes;
use crate::lemma::Script;
use crate::linear::Linear;
use crate::moves::Moves;
use crate::settings::Writing;

const MAGIC: &[u8; 8] = b"DOLSYN02";

/// Parts of a model file, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Writing,
    Contractions,
    Splits,
    Ends,
    Choices,
    Upos,
    BundleNames,
    Bundles,
    BundleDictionary,
    Scripts,
    Lemmas,
    LemmaDictionary,
    RelationNames,
    Moves,
    Relations,
    Lexicon,
    LexicalClasses,
    Punctuation,
}

impl Section {
    pub(crate) const COUNT: usize = 18;
}

/// Why bytes are not a model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The bytes do not start as a model of this version does.
    #[error("not a syntax model of this version; train one with `doleance syntax train`")]
    WrongMagic,
    /// A section is cut short or inconsistent.
    #[error("the section {0} of the syntax model is damaged; restore or retrain the file")]
    Damaged(&'static str),
}

/// A trained model of one language, ready to annotate texts.
///
/// Opening is cheap: nothing is unpacked. Cloning copies the bytes unless they are static.
#[derive(Clone, Debug)]
pub struct SyntaxModel {
    bytes: Cow<'static, [u8]>,
    sections: [(usize, usize); Section::COUNT],
    pub(crate) writing: Writing,
    pub(crate) contractions: Contractions,
    /// Feature bundles as in CoNLL-U.
    pub(crate) bundle_names: Vec<String>,
    /// The bundles that go with each part of speech.
    pub(crate) bundles_of: Vec<Vec<u16>>,
    pub(crate) scripts: Vec<(bool, u8, String)>,
    pub(crate) relation_names: Vec<String>,
    /// For each class of the lexicon the hashes of its parts of speech and of their inflection.
    pub(crate) lexical_classes: Vec<(u64, u64)>,
}

/// The classifiers of a model, as views into its bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Classifiers<'m> {
    pub splits: Linear<'m>,
    pub ends: Linear<'m>,
    pub choices: Linear<'m>,
    pub upos: Linear<'m>,
    pub bundles: Linear<'m>,
    pub bundle_dictionary: Dictionary<'m>,
    pub lemmas: Linear<'m>,
    pub lemma_dictionary: Dictionary<'m>,
    pub moves: Moves<'m>,
    pub relations: Linear<'m>,
    pub punctuation: Linear<'m>,
    pub lexicon: CompactDictionary<'m>,
}

impl SyntaxModel {
    /// Opens a model. Static bytes are not copied; a model costs well under a millisecond to open.
    ///
    /// # Errors
    /// [`ModelError`] if the bytes are no model, or a damaged one.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, ModelError> {
        let bytes = bytes.into();
        let mut sections = [(0, 0); Section::COUNT];
        let mut reader = Reader::new(&bytes);
        if reader.take(MAGIC.len()) != Some(MAGIC) {
            return Err(ModelError::WrongMagic);
        }
        for section in &mut sections {
            let start = reader.u32().ok_or(ModelError::Damaged("table"))? as usize;
            let length = reader.u32().ok_or(ModelError::Damaged("table"))? as usize;
            if start.checked_add(length).is_none_or(|end| end > bytes.len()) {
                return Err(ModelError::Damaged("table"));
            }
            *section = (start, length);
        }
        let mut model = SyntaxModel {
            bytes,
            sections,
            writing: Writing::default(),
            contractions: Contractions::default(),
            bundle_names: Vec::new(),
            bundles_of: Vec::new(),
            scripts: Vec::new(),
            relation_names: Vec::new(),
            lexical_classes: Vec::new(),
        };
        model.writing =
            Writing::thaw(model.section(Section::Writing)).ok_or(ModelError::Damaged("writing"))?;
        model.contractions = Contractions::thaw(model.section(Section::Contractions))
            .ok_or(ModelError::Damaged("contractions"))?;
        let (names, of) =
            thaw_bundles(model.section(Section::BundleNames)).ok_or(ModelError::Damaged("bundles"))?;
        model.bundle_names = names;
        model.bundles_of = of;
        let names = |section: &[u8]| -> Option<Vec<String>> {
            Some(Reader::new(section).strings()?.into_iter().map(str::to_owned).collect())
        };
        let scripts = names(model.section(Section::Scripts)).ok_or(ModelError::Damaged("scripts"))?;
        for script in &scripts {
            let script = Script::parse(script).ok_or(ModelError::Damaged("scripts"))?;
            model.scripts.push((script.lower, script.strip, script.append.to_owned()));
        }
        model.relation_names =
            names(model.section(Section::RelationNames)).ok_or(ModelError::Damaged("relations"))?;
        let classes = names(model.section(Section::LexicalClasses)).ok_or(ModelError::Damaged("lexicon"))?;
        model.lexical_classes = classes
            .iter()
            .map(|class| {
                let coarse = class.split('/').next().unwrap_or(class);
                (hash_bytes(coarse.as_bytes()), hash_bytes(class.as_bytes()))
            })
            .collect();
        if model.classifiers_or_none().is_none()
            || model.relation_names.is_empty()
            || model.bundle_names.is_empty()
        {
            return Err(ModelError::Damaged("weights"));
        }
        Ok(model)
    }

    /// The model file's bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn section(&self, section: Section) -> &[u8] {
        let (start, length) = self.sections[section as usize];
        self.bytes.get(start..start + length).unwrap_or(&[])
    }

    fn classifiers_or_none(&self) -> Option<Classifiers<'_>> {
        Some(Classifiers {
            splits: Linear::new(self.section(Section::Splits))?,
            ends: Linear::new(self.section(Section::Ends))?,
            choices: Linear::new(self.section(Section::Choices))?,
            upos: Linear::new(self.section(Section::Upos)).filter(|l| l.classes() == 17)?,
            bundles: Linear::new(self.section(Section::Bundles))?,
            bundle_dictionary: Dictionary::new(self.section(Section::BundleDictionary))?,
            lemmas: Linear::new(self.section(Section::Lemmas))?,
            lemma_dictionary: Dictionary::new(self.section(Section::LemmaDictionary))?,
            moves: Moves::new(self.section(Section::Moves))?,
            relations: Linear::new(self.section(Section::Relations))?,
            punctuation: Linear::new(self.section(Section::Punctuation))?,
            lexicon: CompactDictionary::new(self.section(Section::Lexicon))?,
        })
    }

    /// The classifiers.
    pub(crate) fn classifiers(&self) -> Classifiers<'_> {
        // `from_bytes` opened each of them and the bytes have not changed since.
        self.classifiers_or_none().expect("checked when the model was opened")
    }

    /// Writes the lemma of a form by a script's number; the form in lower case where the number is unknown or the form
    /// too short.
    pub(crate) fn apply_script(&self, number: u16, form: &str, lemma: &mut String) -> bool {
        match self.scripts.get(number as usize) {
            Some((lower, strip, append)) => {
                Script { lower: *lower, strip: *strip, append }.apply(form, lemma)
            }
            None => false,
        }
    }
}

/// Names of bundles, each with the parts of speech that it goes with, as a bit set.
pub(crate) fn freeze_bundles(names: &[String], parts: &[u32]) -> Vec<u8> {
    let mut out = Vec::new();
    put_strings(&mut out, names);
    parts.iter().for_each(|&set| put_u32(&mut out, set as usize));
    out
}

fn thaw_bundles(section: &[u8]) -> Option<(Vec<String>, Vec<Vec<u16>>)> {
    let mut reader = Reader::new(section);
    let names: Vec<String> = reader.strings()?.into_iter().map(str::to_owned).collect();
    let mut of = vec![Vec::new(); 17];
    for number in 0..names.len() {
        let set = reader.u32()?;
        for (upos, list) in of.iter_mut().enumerate() {
            if set >> upos & 1 == 1 {
                list.push(number as u16);
            }
        }
    }
    Some((names, of))
}

/// Lays sections out as a model file.
pub(crate) fn assemble(sections: &[Vec<u8>; Section::COUNT]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    let mut at = MAGIC.len() + 8 * Section::COUNT;
    for section in sections {
        put_u32(&mut out, at);
        put_u32(&mut out, section.len());
        at += section.len();
    }
    sections.iter().for_each(|section| out.extend_from_slice(section));
    out
}

/// The key of a lower-case form in the lexicon.
pub(crate) fn lexicon_key(lower: &str) -> u64 {
    hash_bytes(lower.as_bytes())
}
