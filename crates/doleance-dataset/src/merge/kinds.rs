//! How far two kinds of action are apart in the codebook's tree.

use hashbrown::HashMap;

/// The codebook's tree of kinds, from the `parent` field of its files. Kinds that it does not name stand alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KindDistance {
    parents: HashMap<String, String>,
}

impl KindDistance {
    /// From pairs of a kind and its parent.
    pub fn from_parents<K: Into<String>, P: Into<String>>(pairs: impl IntoIterator<Item = (K, P)>) -> Self {
        KindDistance {
            parents: pairs.into_iter().map(|(kind, parent)| (kind.into(), parent.into())).collect(),
        }
    }

    /// Steps from one kind to the other through the tree: 0 for the same, 1 for a kind and its parent, 2 for siblings;
    /// none where no path leads from one to the other.
    pub fn steps(&self, a: &str, b: &str) -> Option<u32> {
        let above_a = self.line(a);
        let above_b = self.line(b);
        above_a.iter().enumerate().find_map(|(up, kind)| {
            above_b.iter().position(|other| other == kind).map(|down| (up + down) as u32)
        })
    }

    /// The kind and all above it. A circle in the tree ends where it closes.
    fn line<'a>(&'a self, kind: &'a str) -> Vec<&'a str> {
        let mut line = vec![kind];
        while let Some(parent) = self.parents.get(line[line.len() - 1]) {
            if line.contains(&parent.as_str()) {
                break;
            }
            line.push(parent);
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_go_through_the_nearest_common_kind() {
        let kinds = KindDistance::from_parents([
            ("march", "rally"),
            ("general_strike", "strike"),
            ("sit_in", "rally"),
        ]);
        assert_eq!(kinds.steps("march", "march"), Some(0));
        assert_eq!(kinds.steps("march", "rally"), Some(1));
        assert_eq!(kinds.steps("march", "sit_in"), Some(2));
        assert_eq!(kinds.steps("march", "strike"), None);
    }

    #[test]
    fn a_circle_in_the_tree_ends() {
        let kinds = KindDistance::from_parents([("a", "b"), ("b", "a")]);
        assert_eq!(kinds.steps("a", "c"), None);
    }
}
