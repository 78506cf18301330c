//! Statistical choices: small linear models over named features, trained by `doleance train` on coded reports.
//!
//! Five questions are decided this way: whether a trigger is an event here (`keep`), which of several places and which
//! of several times it has (`place`, `time`), and whether two mentions tell one event (`same`), and whether a stretch
//! of text is a demand (`claim`). A model is a table of feature names and weights, so that `doleance trace`
//! can show what decided.

pub(crate) mod linear;
pub mod training;

pub use linear::{Features, LinearModel};

use doleance_packs::PackError;

/// The models of all choices.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Is this trigger an event here?
    pub keep: LinearModel,
    /// Which place?
    pub place: LinearModel,
    /// Which time?
    pub time: LinearModel,
    /// Do two mentions tell one event?
    pub same: LinearModel,
    /// Is this a demand or grievance?
    pub claim: LinearModel,
}

impl Choices {
    /// Reads a `choices.tsv`: model, feature, weight.
    pub fn from_tsv(file: &str, text: &str) -> Result<Self, PackError> {
        let mut choices = Choices::default();
        for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            let error = |reason: &str| {
                PackError::new(file, format!("line {}", number + 1), reason, "train the choices again")
            };
            let mut columns = line.split('\t');
            let (Some(model), Some(feature), Some(weight)) = (columns.next(), columns.next(), columns.next())
            else {
                return Err(error("expected model, feature and weight"));
            };
            let weight: f32 = weight.parse().map_err(|_| error("the weight is no number"))?;
            let model = match model {
                "keep" => &mut choices.keep,
                "place" => &mut choices.place,
                "time" => &mut choices.time,
                "same" => &mut choices.same,
                "claim" => &mut choices.claim,
                _ => return Err(error("there is no such model")),
            };
            model.set(feature, weight);
        }
        Ok(choices)
    }

    /// Prints what [`Choices::from_tsv`] reads, sorted.
    pub fn to_tsv(&self) -> String {
        let mut out = String::new();
        let models = [
            ("keep", &self.keep),
            ("place", &self.place),
            ("time", &self.time),
            ("same", &self.same),
            ("claim", &self.claim),
        ];
        for (name, model) in models {
            for (feature, weight) in model.sorted() {
                if weight.abs() >= 0.0005 {
                    out.push_str(&format!("{name}\t{feature}\t{weight:.3}\n"));
                }
            }
        }
        out
    }
}
