//! Who stands against whom in an ACLED row: actors, their classes, and the interaction of the two.

use super::ExportOptions;
use super::acled::once;
use super::countries::Country;
use crate::event::{EventActor, MergedEvent};

/// Names of ACLED's actor classes by number; 0 is none.
pub(super) const INTER: [&str; 9] = [
    "",
    "State forces",
    "Rebel group",
    "Political militia",
    "Identity militia",
    "Rioters",
    "Protesters",
    "Civilians",
    "External/Other forces",
];

const STATE: u8 = 1;
const RIOTERS: u8 = 5;
const PROTESTERS: u8 = 6;
const CIVILIANS: u8 = 7;
const OTHERS: u8 = 8;

/// The two sides of an event, as ACLED has them.
pub(super) struct Sides {
    pub actor1: String,
    pub assoc1: String,
    pub inter1: u8,
    pub actor2: String,
    pub assoc2: String,
    pub inter2: u8,
}

/// Demonstrations have generic actors, with the groups that took part beside them; elsewhere each side is named after
/// its first actor.
pub(super) fn sides(
    event: &MergedEvent,
    event_type: &str,
    sub_event_type: &str,
    land: Country,
    options: &ExportOptions,
) -> Sides {
    let inter = |actor: &EventActor| options.roles.get(&actor.role).map_or(CIVILIANS, |codes| codes.acled);
    let crowd = match event_type {
        "Protests" => Some((PROTESTERS, "Protesters")),
        "Riots" => Some((RIOTERS, "Rioters")),
        _ => None,
    };
    if let Some((inter1, name)) = crowd {
        // Who is not of the crowd stands on the other side.
        let is_force = |actor: &&EventActor| matches!(inter(actor), 1..=4);
        let force = event.actors.iter().chain(&event.targets).find(is_force);
        let met = sub_event_type != "Peaceful protest" && (force.is_some() || event_type == "Protests");
        let members: Vec<&EventActor> = event.actors.iter().filter(|actor| !is_force(actor)).collect();
        return Sides {
            actor1: format!("{name} ({})", land.name),
            assoc1: groups(&members, land),
            inter1,
            actor2: match force.filter(|_| met) {
                Some(actor) => side(actor, land),
                None if met => format!("Police Forces of {}", land.name),
                None => String::new(),
            },
            assoc2: String::new(),
            inter2: if met { force.map_or(STATE, inter) } else { 0 },
        };
    }
    let named = |actors: &[EventActor]| match actors.first() {
        Some(actor) => {
            (side(actor, land), groups(&actors.iter().skip(1).collect::<Vec<_>>(), land), inter(actor))
        }
        None => (String::new(), String::new(), 0),
    };
    let ((actor1, assoc1, inter1), (actor2, assoc2, inter2)) = (named(&event.actors), named(&event.targets));
    Sides { actor1, assoc1, inter1, actor2, assoc2, inter2 }
}

fn side(actor: &EventActor, land: Country) -> String {
    match &actor.organisation {
        Some(organisation) => organisation.clone(),
        None => format!("{} ({})", capitalised(&actor.role), land.name),
    }
}

fn groups(actors: &[&EventActor], land: Country) -> String {
    let names: Vec<String> = actors.iter().map(|actor| side(actor, land)).collect();
    once(names.iter().map(String::as_str)).join("; ")
}

fn capitalised(role: &str) -> String {
    let words = role.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The two classes, the smaller number first, but for one pair that the codebook writes the other way round.
pub(super) fn interaction(inter1: u8, inter2: u8) -> String {
    let (low, high) = (inter1.min(inter2), inter1.max(inter2));
    match (low, high) {
        (0, 0) => String::new(),
        (0, only) => format!("{} only", INTER[usize::from(only)]),
        (CIVILIANS, OTHERS) => format!("{}-{}", INTER[usize::from(OTHERS)], INTER[usize::from(CIVILIANS)]),
        _ => format!("{}-{}", INTER[usize::from(low)], INTER[usize::from(high)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interactions_are_written_as_in_the_codebook() {
        assert_eq!(interaction(6, 1), "State forces-Protesters");
        assert_eq!(interaction(6, 0), "Protesters only");
        assert_eq!(interaction(7, 8), "External/Other forces-Civilians");
        assert_eq!(interaction(5, 5), "Rioters-Rioters");
    }
}
