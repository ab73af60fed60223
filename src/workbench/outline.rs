//! Changes to the rubric's tree that start from what is selected.

use crate::checks::KINDS;
use crate::model::{Criterion, Dimension, Edit, Judge, Node, NodePath, NodeRef, Rubric, Scale, slug, unique_id};

/// A new dimension after the selected one's top-level dimension.
pub fn add_dimension(rubric: &Rubric, selected: &NodePath) -> Edit {
    let index = selected.steps().first().map_or(rubric.dimensions.len(), |first| first + 1);
    let dimension = Dimension::new(unique_id("dimension", &rubric.ids()), "New dimension");
    Edit::AddNode { parent: NodePath::root(), index, node: Box::new(Node::Dimension(dimension)) }
}

/// A new criterion: after the selected criterion, at the end of the selected dimension, else of the last one.
/// A rubric without a dimension gets one.
pub fn add_criterion(rubric: &Rubric, selected: &NodePath) -> Edit {
    let ids = rubric.ids();
    let check = (KINDS[0].new)();
    let criterion = Criterion::new(unique_id("criterion", &ids), "New criterion", Judge::Check(check));
    add(rubric, selected, criterion)
}

/// A criterion that people rate from 1 to 5, after the selected node.
pub fn add_human_criterion(rubric: &Rubric, selected: &NodePath) -> Edit {
    let points = ["poor", "fair", "good", "very good", "excellent"].map(str::to_owned);
    let scale = Judge::Human(Scale::Points(points.into()));
    let mut criterion = Criterion::new(unique_id("quality", &rubric.ids()), "Overall quality", scale);
    criterion.guidance = "How good is this response, all in all?".to_owned();
    criterion.met_at = 0.5;
    add(rubric, selected, criterion)
}

/// Adds `criterion` after the selected node or at the end of the selected dimension.
fn add(rubric: &Rubric, selected: &NodePath, criterion: Criterion) -> Edit {
    let (ids, criterion) = (rubric.ids(), Node::Criterion(criterion));
    let end_of = |dimension: &Dimension| dimension.children.len();
    let place = match (rubric.node(selected), selected.parent()) {
        (Some(NodeRef::Criterion(_)), Some((parent, index))) => Some((parent, index + 1)),
        (Some(NodeRef::Dimension(dimension)), _) => Some((selected.clone(), end_of(dimension))),
        _ => rubric.dimensions.last().map(|last| (NodePath::new([rubric.dimensions.len() - 1]), end_of(last))),
    };
    match place {
        Some((parent, index)) => Edit::AddNode { parent, index, node: Box::new(criterion) },
        None => {
            let mut dimension = Dimension::new(unique_id("dimension", &ids), "New dimension");
            dimension.children.push(criterion);
            Edit::AddNode { parent: NodePath::root(), index: 0, node: Box::new(Node::Dimension(dimension)) }
        }
    }
}

/// A copy of the selected node after it, with ids of its own; `None` when the rubric itself is selected.
pub fn duplicate(rubric: &Rubric, selected: &NodePath) -> Option<Edit> {
    let (parent, index) = selected.parent()?;
    let mut node = rubric.node(selected)?.to_node();
    let mut ids = rubric.ids();
    rename(&mut node, &mut ids);
    let name = format!("{} (copy)", node.name());
    *node.name_mut() = name;
    Some(Edit::AddNode { parent, index: index + 1, node: Box::new(node) })
}

fn rename(node: &mut Node, taken: &mut Vec<String>) {
    let wanted = if node.id().is_empty() { slug(node.name()) } else { node.id().to_owned() };
    let id = unique_id(&wanted, taken);
    taken.push(id.clone());
    *node.id_mut() = id;
    if let Node::Dimension(dimension) = node {
        for child in &mut dimension.children {
            rename(child, taken);
        }
    }
}

/// Moves the selected node before its predecessor (`down` false) or after its successor; `None` at the ends.
pub fn shift(rubric: &Rubric, selected: &NodePath, down: bool) -> Option<Edit> {
    let (parent, index) = selected.parent()?;
    let siblings = match rubric.node(&parent) {
        Some(NodeRef::Dimension(dimension)) => dimension.children.len(),
        Some(NodeRef::Criterion(_)) => return None,
        None => rubric.dimensions.len(),
    };
    // An index counts places before the move: after the successor is two further.
    let target = if down { index + 2 } else { index.checked_sub(1)? };
    (target <= siblings).then(|| Edit::MoveNode { from: selected.clone(), parent, index: target })
}

/// The node before or after `selected` in the order of the tree, which begins with the rubric itself; at the
/// ends, `selected`.
pub fn neighbour(rubric: &Rubric, selected: &NodePath, down: bool) -> NodePath {
    let mut paths = vec![NodePath::root()];
    paths.extend(rubric.nodes().into_iter().map(|(path, _)| path));
    let at = paths.iter().position(|path| path == selected).unwrap_or(0);
    let to = if down { (at + 1).min(paths.len() - 1) } else { at.saturating_sub(1) };
    paths.swap_remove(to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Dataset, ImportReport, Project};

    fn apply(rubric: Rubric, edit: Edit) -> Rubric {
        let mut project = Project::new("p", rubric, Dataset::default(), vec![], ImportReport::default());
        project.apply(edit).unwrap();
        (**project.rubric()).clone()
    }

    #[test]
    fn growing_a_rubric_from_nothing() {
        let rubric = apply(Rubric::default(), add_criterion(&Rubric::default(), &NodePath::root()));
        assert_eq!(rubric.ids().join(" "), "dimension criterion");
        let rubric = apply(rubric.clone(), add_criterion(&rubric, &NodePath::new([0, 0])));
        let rubric = apply(rubric.clone(), duplicate(&rubric, &NodePath::new([0])).unwrap());
        assert_eq!(rubric.ids().join(" "), "dimension criterion criterion-2 dimension-2 criterion-3 criterion-2-2");
        assert!(duplicate(&rubric, &NodePath::root()).is_none());
    }

    #[test]
    fn shifting_stops_at_the_ends() {
        let rubric = Rubric { dimensions: ["a", "b"].map(|id| Dimension::new(id, id)).into(), ..Rubric::default() };
        let down = shift(&rubric, &NodePath::new([0]), true).unwrap();
        assert_eq!(apply(rubric.clone(), down).ids().join(" "), "b a");
        assert!(shift(&rubric, &NodePath::new([1]), true).is_none());
        assert!(shift(&rubric, &NodePath::new([0]), false).is_none());
    }
}
