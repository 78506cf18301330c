//! The fields by which records are compared, their levels, and what each level is worth.

/// A field that is compared, with its levels: name, probability among records of one event (m), probability among other
/// candidate pairs (u). `docs/merge.md` says where the figures come from.
pub(crate) struct Field {
    pub name: &'static str,
    /// Whether silence says something: where a report gives no day or place, less than usual is known of the event. Of
    /// all else a report may or may not speak.
    pub silence_counts: bool,
    pub levels: &'static [(&'static str, f64, f64)],
}

impl Field {
    /// Whether a level says nothing.
    pub fn is_silent(&self, level: usize) -> bool {
        !self.silence_counts && self.levels[level].0 == "missing"
    }
}

/// What is compared, in the order of a [`Pattern`].
pub(crate) const FIELDS: [Field; 10] = [
    Field { name: "kind", silence_counts: false, levels: &[("same", 0.85, 0.60), ("near", 0.15, 0.40)] },
    Field {
        name: "status",
        silence_counts: false,
        levels: &[("same", 0.92, 0.80), ("compatible", 0.0796, 0.12), ("apart", 0.0004, 0.08)],
    },
    Field {
        name: "date",
        silence_counts: true,
        levels: &[
            ("same_day", 0.745, 0.15),
            ("same_span", 0.05, 0.03),
            ("overlap", 0.06, 0.10),
            ("contained", 0.06, 0.22),
            ("near", 0.002, 0.25),
            ("publication", 0.003, 0.10),
            ("missing", 0.08, 0.15),
        ],
    },
    Field {
        name: "place",
        silence_counts: true,
        levels: &[
            ("same", 0.64, 0.20),
            ("same_country", 0.14, 0.12),
            ("near", 0.058, 0.05),
            ("neighbour", 0.002, 0.06),
            ("contained", 0.08, 0.22),
            ("in_country", 0.03, 0.22),
            ("missing", 0.05, 0.13),
        ],
    },
    Field {
        name: "actor",
        silence_counts: false,
        levels: &[
            ("same_organisation", 0.25, 0.05),
            ("same_sector", 0.20, 0.09),
            ("same_role", 0.25, 0.20),
            ("other_sector", 0.01, 0.16),
            ("other", 0.09, 0.25),
            ("missing", 0.20, 0.25),
        ],
    },
    Field {
        name: "target",
        silence_counts: false,
        levels: &[
            ("same_organisation", 0.15, 0.05),
            ("same_sector", 0.13, 0.055),
            ("same_role", 0.085, 0.06),
            ("other_organisation", 0.008, 0.085),
            ("other_sector", 0.004, 0.085),
            ("other", 0.023, 0.065),
            ("missing", 0.60, 0.60),
        ],
    },
    Field {
        name: "size",
        silence_counts: false,
        levels: &[
            ("same", 0.20, 0.04),
            ("close", 0.10, 0.05),
            ("rival", 0.14, 0.18),
            ("far", 0.02, 0.08),
            ("missing", 0.54, 0.65),
        ],
    },
    Field {
        name: "toll",
        silence_counts: false,
        levels: &[("same", 0.20, 0.04), ("close", 0.10, 0.08), ("far", 0.03, 0.11), ("missing", 0.67, 0.77)],
    },
    Field {
        name: "issue",
        silence_counts: false,
        levels: &[("same", 0.25, 0.12), ("other", 0.10, 0.16), ("missing", 0.65, 0.72)],
    },
    Field {
        name: "wording",
        silence_counts: false,
        levels: &[
            ("copied", 0.16, 0.002),
            ("shared", 0.10, 0.018),
            ("own", 0.54, 0.72),
            ("missing", 0.20, 0.26),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_of_a_field_are_probabilities() {
        for field in &FIELDS {
            for sum in [field.levels.iter().map(|l| l.1).sum::<f64>(), field.levels.iter().map(|l| l.2).sum()]
            {
                assert!((sum - 1.0).abs() < 1e-9, "{} sums to {sum}", field.name);
            }
        }
    }

    /// `docs/merge.md` states the figures so that they can be argued with: those must be the ones that are used.
    #[test]
    fn the_page_on_merging_states_the_figures_in_use() {
        let page = include_str!("../../../../docs/merge.md");
        for field in &FIELDS {
            for &(level, m, u) in field.levels {
                let row = format!("| {} | {level} | {m} | {u} | {:+.1} |", field.name, (m / u).log2());
                assert!(page.contains(&row), "docs/merge.md has not the row\n{row}");
            }
        }
    }
}
