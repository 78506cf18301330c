//! The vocabulary of Universal Dependencies 2: parts of speech and relations.
//!
//! Source: universaldependencies.org/u/pos and /u/dep.

use crate::Symbol;

/// Universal part of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    #[default]
    X,
}

const UPOS_NAMES: [&str; 17] = [
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
    "SCONJ", "SYM", "VERB", "X",
];

impl Upos {
    /// All seventeen, in the order of their numbers.
    pub const ALL: [Upos; 17] = [
        Upos::Adj,
        Upos::Adp,
        Upos::Adv,
        Upos::Aux,
        Upos::Cconj,
        Upos::Det,
        Upos::Intj,
        Upos::Noun,
        Upos::Num,
        Upos::Part,
        Upos::Pron,
        Upos::Propn,
        Upos::Punct,
        Upos::Sconj,
        Upos::Sym,
        Upos::Verb,
        Upos::X,
    ];

    /// The name as written in CoNLL-U.
    pub const fn name(self) -> &'static str {
        UPOS_NAMES[self as usize]
    }

    /// Reads a CoNLL-U name.
    pub fn parse(name: &str) -> Option<Self> {
        UPOS_NAMES.iter().position(|n| *n == name).map(|i| Self::ALL[i])
    }

    /// Noun, proper noun or pronoun.
    pub const fn is_nominal(self) -> bool {
        matches!(self, Upos::Noun | Upos::Propn | Upos::Pron)
    }
}

macro_rules! common {
    ($($name:ident = $text:literal),* $(,)?) => {
        common!(@ 0u32; $($name = $text),*);
        /// Strings that have the same [`Symbol`] in every document: the empty string, the relations and their usual
        /// subtypes.
        pub const COMMON: &[&str] = &[$($text),*];
    };
    (@ $n:expr; $name:ident = $text:literal $(, $rest:ident = $rest_text:literal)*) => {
        #[doc = concat!("Symbol of `", $text, "`.")]
        pub const $name: Symbol = Symbol($n);
        common!(@ $n + 1u32; $($rest = $rest_text),*);
    };
    (@ $n:expr;) => {};
}

common! {
    EMPTY = "",
    ACL = "acl",
    ACL_RELCL = "acl:relcl",
    ADVCL = "advcl",
    ADVCL_CLEFT = "advcl:cleft",
    ADVMOD = "advmod",
    AMOD = "amod",
    APPOS = "appos",
    AUX = "aux",
    AUX_CAUS = "aux:caus",
    AUX_PASS = "aux:pass",
    AUX_TENSE = "aux:tense",
    CASE = "case",
    CC = "cc",
    CC_PRECONJ = "cc:preconj",
    CCOMP = "ccomp",
    CLF = "clf",
    COMPOUND = "compound",
    COMPOUND_PRT = "compound:prt",
    CONJ = "conj",
    COP = "cop",
    CSUBJ = "csubj",
    CSUBJ_PASS = "csubj:pass",
    DEP = "dep",
    DET = "det",
    DET_PREDET = "det:predet",
    DISCOURSE = "discourse",
    DISLOCATED = "dislocated",
    EXPL = "expl",
    EXPL_COMP = "expl:comp",
    EXPL_PASS = "expl:pass",
    EXPL_PV = "expl:pv",
    EXPL_SUBJ = "expl:subj",
    FIXED = "fixed",
    FLAT = "flat",
    FLAT_FOREIGN = "flat:foreign",
    FLAT_NAME = "flat:name",
    GOESWITH = "goeswith",
    IOBJ = "iobj",
    IOBJ_AGENT = "iobj:agent",
    LIST = "list",
    MARK = "mark",
    NMOD = "nmod",
    NMOD_POSS = "nmod:poss",
    NMOD_UNMARKED = "nmod:unmarked",
    NSUBJ = "nsubj",
    NSUBJ_CAUS = "nsubj:caus",
    NSUBJ_OUTER = "nsubj:outer",
    NSUBJ_PASS = "nsubj:pass",
    NUMMOD = "nummod",
    OBJ = "obj",
    OBJ_AGENT = "obj:agent",
    OBJ_LVC = "obj:lvc",
    OBL = "obl",
    OBL_AGENT = "obl:agent",
    OBL_ARG = "obl:arg",
    OBL_MOD = "obl:mod",
    OBL_UNMARKED = "obl:unmarked",
    ORPHAN = "orphan",
    PARATAXIS = "parataxis",
    PARATAXIS_INSERT = "parataxis:insert",
    PUNCT = "punct",
    REPARANDUM = "reparandum",
    ROOT = "root",
    VOCATIVE = "vocative",
    XCOMP = "xcomp",
}

/// The universal part of a relation's name: `obl` for `obl:agent`.
pub fn universal(relation: &str) -> &str {
    relation.split(':').next().unwrap_or(relation)
}
