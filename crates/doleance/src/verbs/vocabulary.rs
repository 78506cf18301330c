//! The words that a decision may use: kinds and roles of the codebook, places of the gazetteer.
//!
//! A kind that is misspelt would make an event of its own for ever: it is refused where it is typed.

use std::collections::BTreeSet;

use doleance_dataset::{NewDecision, Verdict};
use doleance_places::gazetteer::PlaceId;
use doleance_places::{Gazetteer, ResolvedPlace};
use serde_json::{Map, Value, json};

/// Kinds, roles, places.
pub(super) struct Vocabulary {
    kinds: BTreeSet<String>,
    roles: BTreeSet<String>,
    gazetteer: &'static Gazetteer,
}

/// Places that are named where a name is borne by several.
const NAMED: usize = 6;

impl Vocabulary {
    /// That of the codebook and gazetteer in the program.
    pub fn embedded() -> anyhow::Result<Self> {
        let packs = crate::rules::packs();
        let shared = packs.shared().map_err(|error| anyhow::anyhow!("{error}"))?;
        Ok(Vocabulary {
            kinds: shared.codebook.kinds().iter().map(|kind| kind.id.clone()).collect(),
            roles: super::export::roles(packs)?.into_keys().collect(),
            gazetteer: &shared.gazetteer,
        })
    }

    /// Whether a decision speaks of kinds and roles that there are.
    pub fn allows(&self, decision: &NewDecision) -> Result<(), String> {
        let after = &decision.after;
        match decision.field.as_str() {
            "kind" => self.allows_kind(after),
            "actors" | "targets" => self.allow_roles(after),
            "add" => {
                self.allows_kind(&after["kind"])?;
                self.allow_roles(&after["actors"])?;
                self.allow_roles(&after["targets"])
            }
            _ => Ok(()),
        }
    }

    fn allows_kind(&self, kind: &Value) -> Result<(), String> {
        match kind.as_str() {
            Some(kind) if !self.kinds.contains(kind) => {
                Err(format!("`{kind}` is no kind of the codebook; kinds: {}", list(&self.kinds)))
            }
            _ => Ok(()),
        }
    }

    fn allow_roles(&self, actors: &Value) -> Result<(), String> {
        let roles = actors.as_array().into_iter().flatten().filter_map(|actor| actor["role"].as_str());
        for role in roles {
            if !self.roles.contains(role) {
                return Err(format!("`{role}` is no role of the codebook; roles: {}", list(&self.roles)));
            }
        }
        Ok(())
    }

    /// Puts the gazetteer's place where a verdict only names one.
    pub fn settle_places(&self, verdict: &mut Verdict) -> Result<(), String> {
        let value = match verdict {
            Verdict::Correct { field, value, .. } if field == "place" => Some(value),
            Verdict::Add(addition) => addition.values.get_mut("place"),
            _ => None,
        };
        match value {
            Some(value) => {
                if let Value::String(name) = value {
                    *value = self.place(name)?;
                }
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn place(&self, name: &str) -> Result<Value, String> {
        let found = self.gazetteer.by_identifier(name).or_else(|| self.gazetteer.select(name));
        let id = match found {
            Some(id) => id,
            None => self.only_place_of(name)?,
        };
        let place = ResolvedPlace::of(self.gazetteer, id);
        let mut object = Map::new();
        object.insert("name".to_owned(), json!(place.name));
        object.insert("id".to_owned(), json!(place.id));
        object.insert("level".to_owned(), json!(place.level));
        object.insert("country".to_owned(), json!(place.country.map(|country| country.as_str().to_owned())));
        object.insert("admin1".to_owned(), json!(place.admin1));
        object.insert("lat".to_owned(), json!(place.lat));
        object.insert("lon".to_owned(), json!(place.lon));
        Ok(Value::Object(object))
    }

    fn only_place_of(&self, name: &str) -> Result<PlaceId, String> {
        let mut places: Vec<PlaceId> = self
            .gazetteer
            .look_up(name)
            .map(|found| self.gazetteer.postings(found).map(|posting| posting.place).collect())
            .unwrap_or_default();
        places.sort_unstable();
        places.dedup();
        match places[..] {
            [] => Err(format!(
                "the gazetteer has no place called `{name}`; give it as JSON with name, level and country"
            )),
            [only] => Ok(only),
            _ => {
                let named: Vec<String> = places
                    .iter()
                    .take(NAMED)
                    .map(|&id| {
                        let place = ResolvedPlace::of(self.gazetteer, id);
                        let country = place.country.map(|country| country.as_str().to_owned());
                        let within =
                            [place.admin1, country].into_iter().flatten().collect::<Vec<_>>().join(", ");
                        format!("{} ({}, {within})", place.id.unwrap_or_default(), place.name)
                    })
                    .collect();
                let more = places.len().saturating_sub(NAMED);
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                Err(format!(
                    "several places are called `{name}`: {}{more}; name one by its identifier",
                    named.join("; ")
                ))
            }
        }
    }
}

fn list(names: &BTreeSet<String>) -> String {
    names.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}
