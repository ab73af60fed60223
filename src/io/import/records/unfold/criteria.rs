//! Criteria alone: a list of requirements, each with a weight or points, and nothing that is judged by them.

use super::{Fields, tree};
use crate::model::{Criterion, Dimension, Judge, Node, Scale};

/// What is asked for.
const REQUIREMENTS: [&str; 3] = ["requirement", "criterion", "criteria"];
/// What it counts.
const WEIGHTS: [&str; 2] = ["weight", "points"];
/// What else may stand beside them.
const BESIDE: [&str; 9] = ["id", "name", "title", "tags", "category", "axis", "level", "type", "description"];

fn requirement(fields: &Fields) -> Option<&str> {
    REQUIREMENTS.iter().find_map(|name| fields.get(*name)?.as_str())
}

fn weight(fields: &Fields) -> Option<f64> {
    let value = WEIGHTS.iter().find_map(|name| fields.get(*name))?;
    let number = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
    number.filter(|weight| weight.is_finite())
}

/// Whether a row is a criterion, and says nothing else.
pub(super) fn is_row(fields: &Fields) -> bool {
    let known =
        |name: &String| REQUIREMENTS.iter().chain(&WEIGHTS).chain(&BESIDE).any(|known| *known == name.to_lowercase());
    requirement(fields).is_some() && weight(fields).is_some() && fields.keys().all(known)
}

/// The criteria of `rows`, to be answered with yes or no by people; negative weights stay, as penalties. `None` where
/// none adds to a score.
pub(in super::super::super) fn dimension<'a>(rows: impl Iterator<Item = &'a Fields>) -> Option<Dimension> {
    let mut dimension = Dimension::new("criteria".to_owned(), "Criteria".to_owned());
    for (at, row) in rows.enumerate() {
        let (Some(requirement), Some(weight)) = (requirement(row), weight(row)) else { continue };
        let id = tree::id(row, &[at + 1]);
        let mut criterion = Criterion::new(id, tree::name(requirement.trim()), Judge::Human(Scale::YesNo));
        requirement.trim().clone_into(&mut criterion.guidance);
        criterion.weight = weight;
        dimension.children.push(Node::Criterion(criterion));
    }
    let adds = |node: &Node| matches!(node, Node::Criterion(criterion) if criterion.weight > 0.0);
    dimension.children.iter().any(adds).then_some(dimension)
}
