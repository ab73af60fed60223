//! Graded rubrics: a tree of weighted requirements with a score for each.

use super::{Fields, put};
use crate::model::{Criterion, Dimension, Judge, Node, Scale, is_valid_id, slug};
use serde_json::{Value, json};

/// Whether a row is such a tree.
pub(super) fn is_row(fields: &Fields) -> bool {
    fields.get("requirements").is_some_and(Value::is_string) && fields.get("sub_tasks").is_some_and(Value::is_array)
}

/// A row for each leaf that has a grade. All are of one response, and ask what the root asks.
pub(super) fn rows(root: &Fields) -> Vec<Fields> {
    let mut rows = Vec::new();
    let question = root.get("requirements").cloned().unwrap_or_default();
    let mut place = Vec::new();
    walk(root, &mut place, &mut |node, place| {
        let mut row = Fields::new();
        row.insert("prompt".to_owned(), question.clone());
        row.insert("criterion".to_owned(), json!(id(node, place)));
        let is_valid = node.get("valid_score") != Some(&json!(false));
        put(&mut row, "rating: score", node.get("score").filter(|_| is_valid));
        put(&mut row, "reason", node.get("explanation").filter(|text| text.is_string()));
        rows.push(row);
    });
    rows
}

/// The tree as a dimension, whose criteria [`rows`] names; `None` where nothing stands below the root.
pub(in super::super::super) fn dimension(root: &Fields) -> Option<Dimension> {
    let Node::Dimension(dimension) = node(root, &mut Vec::new()) else { return None };
    Some(dimension)
}

fn children(fields: &Fields) -> impl Iterator<Item = &Fields> {
    fields.get("sub_tasks").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

/// Gives `take` every leaf, with the numbers of the children that lead to it.
fn walk(fields: &Fields, place: &mut Vec<usize>, take: &mut impl FnMut(&Fields, &[usize])) {
    if children(fields).next().is_none() {
        return take(fields, place);
    }
    for (at, child) in children(fields).enumerate() {
        place.push(at + 1);
        walk(child, place, take);
        place.pop();
    }
}

/// A node's own id, or one made of its place.
pub(super) fn id(fields: &Fields, place: &[usize]) -> String {
    let own = fields.get("id").and_then(Value::as_str);
    own.filter(|id| is_valid_id(id)).map_or_else(
        || {
            let numbers: Vec<String> = place.iter().map(usize::to_string).collect();
            if numbers.is_empty() { "root".to_owned() } else { format!("item-{}", numbers.join(".")) }
        },
        str::to_owned,
    )
}

fn node(fields: &Fields, place: &mut Vec<usize>) -> Node {
    let requirement = fields.get("requirements").and_then(Value::as_str).unwrap_or_default().trim();
    let weight = fields.get("weight").and_then(Value::as_f64).unwrap_or(1.0);
    let id = id(fields, place);
    if children(fields).next().is_none() {
        // The scale is found from all grades later; without any, people say whether it is met.
        let scale = if fields.contains_key("score") { Scale::Range { least: 0.0, most: 1.0 } } else { Scale::YesNo };
        let mut criterion = Criterion::new(id, name(requirement), Judge::Human(scale));
        requirement.clone_into(&mut criterion.guidance);
        criterion.weight = weight;
        return Node::Criterion(criterion);
    }
    let mut dimension = Dimension::new(id, name(requirement));
    requirement.clone_into(&mut dimension.description);
    dimension.weight = weight;
    for (at, child) in children(fields).enumerate() {
        place.push(at + 1);
        dimension.children.push(node(child, place));
        place.pop();
    }
    Node::Dimension(dimension)
}

/// A name of a requirement: its beginning, up to a word's end.
pub(super) fn name(requirement: &str) -> String {
    const LONGEST: usize = 70;
    let line = requirement.lines().next().unwrap_or_default();
    if line.chars().count() <= LONGEST {
        return if line.is_empty() { slug(requirement) } else { line.trim_end_matches('.').to_owned() };
    }
    let cut: String = line.chars().take(LONGEST).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end())
}
