//! Persons that are counted without a numeral of their own: taken up by a pronoun, single, or somebody's.

use super::{Counter, QuantityMention};
use crate::quantity_rules::{Link, QuantityKind};

impl Counter<'_> {
    /// *Four students … They were arrested*: a pronoun keeps the figure of what it refers to.
    pub(super) fn add_taken_up(&self, found: &mut Vec<QuantityMention>) {
        for (index, mention) in self.actors.mentions.iter().enumerate() {
            if mention.antecedent.is_none() || !mention.is_pronoun {
                continue;
            }
            let referent = self.actors.referent(index);
            let figure = found.iter().find(|q| q.of == Some(referent) && q.kind == QuantityKind::People);
            let Some((low, high)) = figure.map(|q| (q.low, q.high)) else { continue };
            if let Some((kind, rule)) = self.fate(mention.head).filter(|_| low.is_some()) {
                found.push(QuantityMention {
                    span: mention.span,
                    head: mention.head,
                    low,
                    high,
                    kind,
                    of: Some(index),
                    said_by: None,
                    number: None,
                    rule: Some(rule),
                });
            }
        }
    }

    /// A student was killed, l'arrestation d'un militant: one person each.
    pub(super) fn add_single_persons(&self, found: &mut Vec<QuantityMention>) {
        let document = self.document;
        for (index, mention) in self.actors.mentions.iter().enumerate() {
            let is_one = self.is_people(index)
                && !document.has_feature(mention.head, "Number", "Plur")
                && !document.has_feature(mention.core, "Number", "Plur")
                && !mention.is_group;
            if !is_one || found.iter().any(|q| q.span.overlaps(mention.span)) {
                continue;
            }
            if let Some((kind, rule)) = self.fate(mention.head)
                && kind != QuantityKind::Jobs
            {
                found.push(QuantityMention {
                    span: mention.span,
                    head: mention.head,
                    low: Some(1),
                    high: None,
                    kind,
                    of: Some(index),
                    said_by: None,
                    number: None,
                    rule: Some(rule),
                });
            }
        }
    }

    /// *son arrestation*, *her death*: one person, named before.
    pub(super) fn add_possessives(&self, found: &mut Vec<QuantityMention>) {
        let document = self.document;
        for token in document.token_ids() {
            if !self
                .pack
                .quantities
                .possessives
                .iter()
                .any(|&p| self.actors.words.forms(document, token).contains(&p))
            {
                continue;
            }
            let Some(noun) = document.head(token).filter(|&n| n > token && n.0 - token.0 < 4) else {
                continue;
            };
            let Some((kind, rule)) = self.simple(noun, Link::ComplementOf) else { continue };
            let span = document.token(token).span.join(document.token(noun).span);
            if kind == QuantityKind::Jobs || found.iter().any(|q| q.span.overlaps(span)) {
                continue;
            }
            let (low, rule) = (Some(1), Some(rule));
            let quantity = QuantityMention {
                span,
                head: noun,
                low,
                high: None,
                kind,
                of: None,
                said_by: None,
                number: None,
                rule,
            };
            found.push(quantity);
        }
    }
}
