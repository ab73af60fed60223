//! A rubric with what imported judgements are about.

use super::{Dimension, Node, Rubric, SpanLabel, unique_id};
use std::collections::HashSet;

impl Rubric {
    /// This rubric with the criteria of `dimensions` and the `labels` that it does not have, in dimensions of weight
    /// `weight`: with 0 the scores stay what they are until somebody gives them a weight. `None` where nothing is new.
    pub fn with_imported(&self, dimensions: &[Dimension], labels: &[SpanLabel], weight: f64) -> Option<Self> {
        let mut rubric = self.clone();
        let known: HashSet<String> = self.ids().into_iter().collect();
        let mut taken: Vec<String> = known.iter().cloned().collect();
        for dimension in dimensions {
            let Some(mut new) = without(dimension, &known) else { continue };
            let place = rubric.dimensions.iter_mut().find(|there| there.id == new.id && there.name == new.name);
            match place {
                Some(there) => there.children.append(&mut new.children),
                None => {
                    rename(&mut new, &mut taken);
                    new.weight = weight;
                    rubric.dimensions.push(new);
                }
            }
        }
        let missing = labels.iter().filter(|label| !self.labels.iter().any(|known| known.id == label.id));
        rubric.labels.extend(missing.cloned());
        (rubric != *self).then_some(rubric)
    }
}

/// The part of `dimension` whose criteria are not `known`; `None` where that is nothing.
fn without(dimension: &Dimension, known: &HashSet<String>) -> Option<Dimension> {
    let keep = |node: &Node| match node {
        Node::Criterion(criterion) => (!known.contains(&criterion.id)).then(|| node.clone()),
        Node::Dimension(dimension) => without(dimension, known).map(Node::Dimension),
    };
    let children: Vec<Node> = dimension.children.iter().filter_map(keep).collect();
    (!children.is_empty()).then(|| Dimension { children, ..dimension.clone() })
}

/// Gives dimensions whose ids are taken other ones. Those of criteria stay: ratings name them.
fn rename(dimension: &mut Dimension, taken: &mut Vec<String>) {
    dimension.id = unique_id(&dimension.id, taken);
    taken.push(dimension.id.clone());
    for child in &mut dimension.children {
        match child {
            Node::Dimension(dimension) => rename(dimension, taken),
            Node::Criterion(criterion) => taken.push(criterion.id.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Criterion, Judge, Scale};

    fn rated(criteria: &[&str]) -> Dimension {
        let mut dimension = Dimension::new("ratings", "Ratings");
        let node = |id: &&str| Node::Criterion(Criterion::new(*id, *id, Judge::Human(Scale::YesNo)));
        dimension.children = criteria.iter().map(node).collect();
        dimension
    }

    #[track_caller]
    fn check(before: &Rubric, criteria: &[&str], expected: Option<&str>) -> Option<Rubric> {
        let after = before.with_imported(&[rated(criteria)], &[], 0.0);
        assert_eq!(after.as_ref().map(|after| after.ids().join(" ")).as_deref(), expected);
        after
    }

    #[test]
    fn only_what_is_missing_is_added_and_nothing_counts_before_somebody_says_so() {
        let empty = Rubric::default();
        let once = check(&empty, &["tone", "facts"], Some("ratings tone facts")).unwrap();
        assert_eq!(once.dimensions[0].weight, 0.0);
        check(&once, &["tone"], None);
        check(&once, &["tone", "style"], Some("ratings tone facts style"));
        let mut other = Rubric { dimensions: vec![Dimension::new("ratings", "Stars")], ..Rubric::default() };
        check(&other, &["tone"], Some("ratings ratings-2 tone"));
        let label = SpanLabel { id: "error".into(), name: "Error".into(), guidance: String::new() };
        other = other.with_imported(&[], std::slice::from_ref(&label), 0.0).unwrap();
        assert_eq!(other.with_imported(&[], &[label], 0.0), None);
    }
}
