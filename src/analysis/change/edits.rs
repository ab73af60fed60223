//! What was edited between two rubrics, and which edits alone explain that a response passes or not.

use super::Moved;
use crate::analysis::criteria::weights;
use crate::model::{Criterion, Dimension, Judge, Node, NodeRef, Rubric};
use crate::scoring::{Cell, CompiledRubric, Results, State, compile, tally};
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;

/// One edit between two rubrics.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RubricEdit {
    /// What was edited: a criterion's or dimension's id; `None` for the rubric itself.
    pub id: Option<String>,
    /// What about it.
    pub part: Part,
    /// In words, without a full stop.
    pub text: String,
    /// How many responses it flips, made alone, in the direction they flipped.
    pub flips_alone: usize,
}

/// What can be edited without the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// It is new, with all below it.
    Added,
    /// It is gone, with all below it.
    Removed,
    /// It stands below another dimension.
    Moved,
    /// How it is judged.
    Judge,
    /// Its weight.
    Weight,
    /// The values that met and unmet become.
    Values,
    /// From which raw value it is met.
    MetAt,
    /// What not meeting it does.
    Gate,
    /// The rubric's pass mark.
    PassMark,
    /// Where the rubric clips.
    Clip,
}

/// A node with its parent's id.
type Placed<'r> = (Option<&'r str>, NodeRef<'r>);

/// Every node by its id.
fn placed(rubric: &Rubric) -> Vec<Placed<'_>> {
    fn walk<'r>(parent: Option<&'r str>, dimension: &'r Dimension, out: &mut Vec<Placed<'r>>) {
        out.push((parent, NodeRef::Dimension(dimension)));
        for child in &dimension.children {
            match child {
                Node::Criterion(criterion) => out.push((Some(&dimension.id), NodeRef::Criterion(criterion))),
                Node::Dimension(inner) => walk(Some(&dimension.id), inner, out),
            }
        }
    }
    let mut out = Vec::new();
    rubric.dimensions.iter().for_each(|dimension| walk(None, dimension, &mut out));
    out
}

/// All edits from `old` to `new` that scores can follow from. Nodes are the same when their ids are.
pub(super) fn between(old: &Rubric, new: &Rubric) -> Vec<RubricEdit> {
    let (before, after) = (placed(old), placed(new));
    let mut edits = Vec::new();
    let mut add = |id: Option<&str>, part: Part, text: String| {
        edits.push(RubricEdit { id: id.map(str::to_owned), part, text, flips_alone: 0 });
    };
    if old.pass_mark != new.pass_mark {
        let mark = |mark: Option<f64>| mark.map_or("none".to_owned(), |mark| mark.to_string());
        add(None, Part::PassMark, format!("pass mark {} → {}", mark(old.pass_mark), mark(new.pass_mark)));
    }
    if old.clip != new.clip {
        add(None, Part::Clip, format!("clip {:?} → {:?}", old.clip, new.clip));
    }
    let find = |nodes: &[Placed<'_>], id: &str| nodes.iter().position(|(_, node)| node.id() == id);
    for &(parent, node) in &before {
        let parent_stays = parent.is_none_or(|parent| find(&after, parent).is_some());
        if find(&after, node.id()).is_none() && parent_stays {
            add(Some(node.id()), Part::Removed, format!("“{}” removed", name(node)));
        }
    }
    for &(parent, node) in &after {
        let id = node.id();
        let Some(at) = find(&before, id) else {
            if parent.is_none_or(|parent| find(&before, parent).is_some()) {
                add(Some(id), Part::Added, format!("“{}” added", name(node)));
            }
            continue;
        };
        let (was_below, was) = before[at];
        if parent != was_below {
            add(Some(id), Part::Moved, format!("“{}” moved", name(node)));
        }
        if node.weight() != was.weight() {
            add(Some(id), Part::Weight, format!("weight of “{}” {} → {}", name(node), was.weight(), node.weight()));
        }
        let (NodeRef::Criterion(now), NodeRef::Criterion(was)) = (node, was) else { continue };
        if now.judge != was.judge {
            let how = if matches!(now.judge, Judge::Human(_)) { "how people judge" } else { "the check of" };
            add(Some(id), Part::Judge, format!("{how} “{}” changed", now.name));
        }
        if (now.when_unmet, now.when_met) != (was.when_unmet, was.when_met) {
            let text = format!(
                "values of “{}” {} and {} → {} and {}",
                now.name, was.when_unmet, was.when_met, now.when_unmet, now.when_met
            );
            add(Some(id), Part::Values, text);
        }
        if now.met_at != was.met_at {
            add(Some(id), Part::MetAt, format!("“{}” is met at {} → {}", now.name, was.met_at, now.met_at));
        }
        if now.if_unmet != was.if_unmet {
            add(Some(id), Part::Gate, format!("gate of “{}” {:?} → {:?}", now.name, was.if_unmet, now.if_unmet));
        }
    }
    edits
}

fn name(node: NodeRef<'_>) -> &str {
    match node {
        NodeRef::Criterion(criterion) => &criterion.name,
        NodeRef::Dimension(dimension) => &dimension.name,
    }
}

/// `old` with this one edit made. `None` where it cannot be made without another.
fn with(old: &Rubric, new: &Rubric, edit: &RubricEdit) -> Option<Rubric> {
    let mut rubric = old.clone();
    let Some(id) = edit.id.as_deref() else {
        match edit.part {
            Part::PassMark => rubric.pass_mark = new.pass_mark,
            _ => rubric.clip = new.clip,
        }
        return Some(rubric);
    };
    let target = placed(new).into_iter().find(|(_, node)| node.id() == id);
    match edit.part {
        Part::Removed => {
            remove(&mut rubric, id)?;
        }
        Part::Added => {
            let (parent, node) = target?;
            insert(&mut rubric, parent, node.to_node())?;
        }
        Part::Moved => {
            let node = remove(&mut rubric, id)?;
            insert(&mut rubric, target?.0, node)?;
        }
        Part::Weight => {
            let weight = target?.1.weight();
            change(&mut rubric, id, |node| *node.weight_mut() = weight)?;
        }
        Part::Judge | Part::Values | Part::MetAt | Part::Gate | Part::PassMark | Part::Clip => {
            let (_, NodeRef::Criterion(now)) = target? else { return None };
            change(&mut rubric, id, |node| {
                if let Node::Criterion(criterion) = node {
                    take(criterion, now, edit.part);
                }
            })?;
        }
    }
    Some(rubric)
}

fn take(criterion: &mut Criterion, now: &Criterion, part: Part) {
    match part {
        Part::Judge => criterion.judge = now.judge.clone(),
        Part::Values => (criterion.when_unmet, criterion.when_met) = (now.when_unmet, now.when_met),
        Part::MetAt => criterion.met_at = now.met_at,
        _ => criterion.if_unmet = now.if_unmet,
    }
}

/// Calls `edit` on the node with `id`; `None` where there is none.
fn change(rubric: &mut Rubric, id: &str, edit: impl FnOnce(&mut Node)) -> Option<()> {
    fn find<'r>(nodes: &'r mut [Node], id: &str) -> Option<&'r mut Node> {
        for node in nodes {
            if node.id() == id {
                return Some(node);
            }
            if let Node::Dimension(inner) = node
                && let Some(found) = find(&mut inner.children, id)
            {
                return Some(found);
            }
        }
        None
    }
    for dimension in &mut rubric.dimensions {
        if dimension.id == id {
            let mut node = Node::Dimension(std::mem::replace(dimension, Dimension::new("", "")));
            edit(&mut node);
            if let Node::Dimension(edited) = node {
                *dimension = edited;
            }
            return Some(());
        }
        if let Some(node) = find(&mut dimension.children, id) {
            edit(node);
            return Some(());
        }
    }
    None
}

fn remove(rubric: &mut Rubric, id: &str) -> Option<Node> {
    fn from(children: &mut Vec<Node>, id: &str) -> Option<Node> {
        if let Some(at) = children.iter().position(|node| node.id() == id) {
            return Some(children.remove(at));
        }
        children.iter_mut().find_map(|node| match node {
            Node::Dimension(inner) => from(&mut inner.children, id),
            Node::Criterion(_) => None,
        })
    }
    if let Some(at) = rubric.dimensions.iter().position(|dimension| dimension.id == id) {
        return Some(Node::Dimension(rubric.dimensions.remove(at)));
    }
    rubric.dimensions.iter_mut().find_map(|dimension| from(&mut dimension.children, id))
}

fn insert(rubric: &mut Rubric, parent: Option<&str>, node: Node) -> Option<()> {
    match (parent, node) {
        (None, Node::Dimension(dimension)) => {
            rubric.dimensions.push(dimension);
            Some(())
        }
        (None, Node::Criterion(_)) => None,
        (Some(parent), node) => change(rubric, parent, |dimension| {
            if let Node::Dimension(dimension) = dimension {
                dimension.children.push(node);
            }
        }),
    }
}

/// The old rubric with each edit made alone, ready to add up.
pub(super) struct Cut {
    /// By the number of the edit.
    alone: Vec<Option<Alone>>,
}

struct Alone {
    rubric: Arc<CompiledRubric>,
    /// For each of its criteria where its cell comes from.
    cells: Vec<From>,
}

#[derive(Clone, Copy)]
enum From {
    Before(usize),
    Now(usize),
    Nowhere,
}

impl Cut {
    pub(super) fn new(old: &Rubric, new: &Rubric, results: [&Results; 2], edits: &[RubricEdit]) -> Self {
        let [before, now] = results.map(Results::rubric);
        let judges = |rubric: &Rubric| -> HashMap<String, Judge> {
            rubric.criteria().into_iter().map(|(_, c)| (c.id.clone(), c.judge.clone())).collect()
        };
        let (old_judges, new_judges) = (judges(old), judges(new));
        let alone = |edit: &RubricEdit| {
            let rubric = with(old, new, edit)?;
            let compiled = compile(&rubric, Some(before)).rubric;
            let own = judges(&rubric);
            let from = |id: &String| {
                if own.get(id) == old_judges.get(id) {
                    before.criterion(id).map_or(From::Nowhere, From::Before)
                } else if own.get(id) == new_judges.get(id) {
                    now.criterion(id).map_or(From::Nowhere, From::Now)
                } else {
                    From::Nowhere
                }
            };
            let cells = compiled.criteria.iter().map(|criterion| from(&criterion.id)).collect();
            Some(Alone { rubric: compiled, cells })
        };
        Self { alone: edits.iter().map(alone).collect() }
    }

    /// The edits that flip a response as it flipped, each made alone.
    pub(super) fn flipping(&self, moved: &Moved, now: &Results, before: &Results) -> Vec<usize> {
        let flips = |(at, alone): (usize, &Option<Alone>)| {
            let alone = alone.as_ref()?;
            let cell = |index: usize| match alone.cells[index] {
                From::Before(at) => before.cell(moved.earlier_row as usize, at),
                From::Now(at) => now.cell(moved.row as usize, at),
                From::Nowhere => Cell::unscored(State::Broken),
            };
            let mut dimensions = vec![f64::NAN; alone.rubric.dimensions.len()];
            (tally(&alone.rubric, cell, &mut dimensions).passed == moved.passed[1]).then_some(at)
        };
        self.alone.iter().enumerate().filter_map(flips).collect()
    }
}

/// How much of the whole each criterion of some results is, by id.
pub(super) struct Parts {
    weights: Vec<f64>,
}

impl Parts {
    pub(super) fn new(results: &Results) -> Self {
        Self { weights: weights(results.rubric()) }
    }

    /// What each scored criterion adds to response `row`.
    fn of(&self, results: &Results, row: u32) -> HashMap<String, f64> {
        let rubric = results.rubric();
        let scored: Vec<(usize, f64)> = (0..self.weights.len())
            .filter_map(|at| Some((at, rubric.criteria[at].value(results.cell(row as usize, at).value()?))))
            .collect();
        let all: f64 = scored.iter().map(|&(at, _)| self.weights[at].max(0.0)).sum();
        let part = |&(at, value): &(usize, f64)| (rubric.criteria[at].id.clone(), self.weights[at] * value / all);
        if all > 0.0 { scored.iter().map(part).collect() } else { HashMap::new() }
    }
}

/// The criterion that moved a response most, and by how much of the whole; of equal ones the first by id.
pub(super) fn most(
    moved: &Moved,
    [before, now]: [&Results; 2],
    [old_parts, new_parts]: [&Parts; 2],
) -> Option<(String, f64)> {
    let (old, mut new) = (old_parts.of(before, moved.earlier_row), new_parts.of(now, moved.row));
    for (id, part) in old {
        *new.entry(id).or_default() -= part;
    }
    let mut all: Vec<(String, f64)> = new.into_iter().filter(|(_, part)| part.abs() > 1e-9).collect();
    all.sort_by(|(a, one), (b, other)| other.abs().total_cmp(&one.abs()).then_with(|| a.cmp(b)));
    all.into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rubric(text: &str) -> Rubric {
        crate::io::rubric_file::read(text).rubric.unwrap()
    }

    #[test]
    fn every_edit_is_named_and_made_alone() {
        let old = rubric(
            r#"(pass_mark: 0.5, dimensions: [
                (id: "d", criteria: [
                    (id: "a", check: Phrases(phrases: ["x"])),
                    (id: "b", check: Phrases(phrases: ["y"])),
                    (id: "gone", check: Phrases(phrases: ["z"])),
                ]),
                (id: "e", criteria: [(id: "stays", check: Phrases(phrases: ["s"]))]),
            ])"#,
        );
        let new = rubric(
            r#"(pass_mark: 0.6, dimensions: [
                (id: "d", weight: 2, criteria: [
                    (id: "a", weight: 3, met_at: 0.5, check: Phrases(phrases: ["w"])),
                    (id: "fresh", check: Phrases(phrases: ["q"])),
                ]),
                (id: "e", criteria: [
                    (id: "stays", if_unmet: Fail, when_met: 0.5, check: Phrases(phrases: ["s"])),
                    (id: "b", check: Phrases(phrases: ["y"])),
                ]),
            ])"#,
        );
        let edits = between(&old, &new);
        let seen: Vec<(Option<&str>, Part)> = edits.iter().map(|edit| (edit.id.as_deref(), edit.part)).collect();
        let expected = [
            (None, Part::PassMark),
            (Some("gone"), Part::Removed),
            (Some("d"), Part::Weight),
            (Some("a"), Part::Weight),
            (Some("a"), Part::Judge),
            (Some("a"), Part::MetAt),
            (Some("fresh"), Part::Added),
            (Some("stays"), Part::Values),
            (Some("stays"), Part::Gate),
            (Some("b"), Part::Moved),
        ];
        assert_eq!(seen, expected);
        // Each made alone is one edit away from the old rubric, and it is this one.
        for edit in &edits {
            let alone = between(&old, &with(&old, &new, edit).unwrap());
            assert_eq!(alone, std::slice::from_ref(edit));
        }
        assert!(between(&old, &old).is_empty());
    }
}
