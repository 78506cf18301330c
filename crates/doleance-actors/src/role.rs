//! The codebook of actors: roles and sectors, the same in every language.
//!
//! A role carries the broad classes that triggers select by and its codes in other datasets. Words belong to roles in the
//! language packs (see [`crate::lexicon`]).

use doleance_packs::{ClassNames, ClassSet, PackError};
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// Number of a role in [`Roles`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleId(pub u8);

/// Number of a sector in [`Roles`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectorId(pub u8);

/// A role as the codebook defines it.
#[derive(Clone, Debug)]
pub struct Role {
    /// Name printed in records (`workers`).
    pub id: String,
    /// What belongs to it.
    pub definition: String,
    /// Broad classes that triggers select by.
    pub classes: ClassSet,
    /// Sector code of PLOVER (`LAB`).
    pub plover: String,
    /// Inter code of ACLED, 1 to 8.
    pub acled: u8,
    /// The role of those who lead an organisation of this role (union → union_leaders).
    pub leaders: Option<RoleId>,
    /// Whether the role is a leader of something that a complement may name (*le président de la CGT*).
    pub is_leader: bool,
}

/// A sector as the codebook defines it.
#[derive(Clone, Debug)]
pub struct Sector {
    /// Name printed in records (`rail`).
    pub id: String,
    /// What belongs to it.
    pub definition: String,
}

/// All roles and sectors.
#[derive(Clone, Debug, Default)]
pub struct Roles {
    roles: Vec<Role>,
    sectors: Vec<Sector>,
    role_of: FxHashMap<String, RoleId>,
    sector_of: FxHashMap<String, SectorId>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RolesFile {
    role: Vec<RoleEntry>,
    sector: Vec<SectorEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleEntry {
    id: String,
    definition: String,
    classes: Vec<String>,
    plover: String,
    acled: u8,
    leaders: Option<String>,
    #[serde(default)]
    takes_role_of_what_it_leads: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectorEntry {
    id: String,
    definition: String,
}

impl Roles {
    /// Reads a `roles.toml`; `file` names it in errors. Classes get their bits in `names`.
    pub fn from_toml(file: &str, text: &str, names: &mut ClassNames) -> Result<Self, PackError> {
        let read: RolesFile = toml::from_str(text).map_err(|e| PackError::syntax(file, &e))?;
        let mut found = Roles::default();
        if read.role.len() > 255 || read.sector.len() > 255 {
            return Err(PackError::new(file, "whole file", "more than 255 roles or sectors", "merge some"));
        }
        let mut leaders_of = Vec::new();
        for (number, entry) in (0u8..).zip(read.role) {
            let mut classes = ClassSet::NONE;
            for class in &entry.classes {
                let bit = names.intern(class).ok_or_else(|| {
                    PackError::new(file, &entry.id, "more than 64 classes are in use", "merge two classes")
                })?;
                classes = classes.join(bit);
            }
            if !(1..=8).contains(&entry.acled) {
                return Err(PackError::new(
                    file,
                    &entry.id,
                    "acled is not 1 to 8",
                    "take a code from the list above",
                ));
            }
            if found.role_of.insert(entry.id.clone(), RoleId(number)).is_some() {
                return Err(PackError::new(file, &entry.id, "is defined twice", "delete one of them"));
            }
            let is_leader = entry.takes_role_of_what_it_leads;
            let RoleEntry { id, definition, plover, acled, leaders, .. } = entry;
            leaders_of.push(leaders);
            found.roles.push(Role { id, definition, classes, plover, acled, leaders: None, is_leader });
        }
        for (role, leaders) in found.roles.iter_mut().zip(leaders_of) {
            let Some(name) = leaders else { continue };
            let Some(&leaders) = found.role_of.get(&name) else {
                let reason = format!("leaders names no role: {name}");
                return Err(PackError::new(file, &role.id, reason, "use the id of a role of this file"));
            };
            role.leaders = Some(leaders);
        }
        for (number, SectorEntry { id, definition }) in (0u8..).zip(read.sector) {
            if found.sector_of.insert(id.clone(), SectorId(number)).is_some() {
                return Err(PackError::new(file, &id, "is defined twice", "delete one of them"));
            }
            found.sectors.push(Sector { id, definition });
        }
        Ok(found)
    }

    /// A role.
    pub fn role(&self, id: RoleId) -> &Role {
        &self.roles[usize::from(id.0)]
    }

    /// A sector.
    pub fn sector(&self, id: SectorId) -> &Sector {
        &self.sectors[usize::from(id.0)]
    }

    /// The role of that name.
    pub fn find_role(&self, name: &str) -> Option<RoleId> {
        self.role_of.get(name).copied()
    }

    /// The sector of that name.
    pub fn find_sector(&self, name: &str) -> Option<SectorId> {
        self.sector_of.get(name).copied()
    }

    /// All roles in the order of the codebook.
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// All sectors in the order of the codebook.
    pub fn sectors(&self) -> &[Sector] {
        &self.sectors
    }
}
