//! The coding core's signatures, until the core itself is there.

use doleance_records::{Claim, Event, Link, Record};
use doleance_text::{CountryCode, Date, Diagnostic, LanguageCode, Report};

#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Persons {
    All,
    #[default]
    Public,
    None,
}

#[allow(missing_docs)]
#[derive(Clone, Debug, Default)]
pub struct CodingOptions {
    pub published: Option<Date>,
    pub language: Option<LanguageCode>,
    pub country: Option<CountryCode>,
    pub persons: Persons,
}

#[allow(missing_docs)]
#[derive(Clone, Debug, Default)]
pub struct CodedReport {
    pub doc: String,
    pub language: Option<LanguageCode>,
    pub events: Vec<Event>,
    pub claims: Vec<Claim>,
    pub links: Vec<Link>,
    pub diagnostics: Vec<Diagnostic>,
}

impl CodedReport {
    #[allow(missing_docs)]
    pub fn records(&self) -> impl Iterator<Item = Record> {
        let events = self.events.iter().cloned().map(Record::Event);
        let claims = self.claims.iter().cloned().map(Record::Claim);
        events.chain(claims).chain(self.links.iter().cloned().map(Record::Link))
    }
}

#[allow(missing_docs)]
#[derive(Debug)]
pub struct LanguagePacks;

impl LanguagePacks {
    #[allow(missing_docs)]
    pub fn embedded() -> &'static Self {
        &LanguagePacks
    }

    #[allow(missing_docs)]
    pub fn languages(&self) -> Vec<LanguageCode> {
        vec![LanguageCode("en".into()), LanguageCode("fr".into())]
    }
}

#[allow(missing_docs)]
pub fn code_report(_packs: &LanguagePacks, report: &Report, _options: &CodingOptions) -> CodedReport {
    CodedReport { doc: report.id.clone(), language: report.language.clone(), ..CodedReport::default() }
}
