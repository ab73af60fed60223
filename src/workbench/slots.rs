//! Which colour a criterion or dimension has: a slot that stays its own while others come, go and move.

use crate::model::{Dimension, Node, Rubric};
use std::collections::{HashMap, HashSet};

/// As many colours as a theme has. Two slots that differ by a multiple of it look the same.
pub const COLOURS: usize = 12;

/// Slots by id. A view turns a slot into a colour.
#[derive(Clone, Debug, Default)]
pub(super) struct Slots {
    criteria: Kept,
    dimensions: Kept,
}

/// The slots of ids that were there when last looked.
#[derive(Clone, Debug, Default)]
struct Kept {
    of: HashMap<String, usize>,
    /// The ids in the rubric's order.
    order: Vec<String>,
}

impl Kept {
    /// Takes changed ids over: each keeps its slot, a renamed one too. Those without one are still to get it; `false` where
    /// nothing changed.
    fn retain(&mut self, ids: Vec<String>) -> bool {
        if ids == self.order {
            return false;
        }
        let known: HashSet<&String> = ids.iter().collect();
        let gone: Vec<String> = self.order.iter().filter(|id| !known.contains(id)).cloned().collect();
        let new: Vec<&String> = ids.iter().filter(|id| !self.of.contains_key(*id)).collect();
        if let ([gone], [new]) = (&gone[..], &new[..])
            && ids.len() == self.order.len()
            && let Some(slot) = self.of.remove(gone)
        {
            self.of.insert((*new).clone(), slot);
        }
        self.of.retain(|id, _| known.contains(id));
        self.order = ids;
        true
    }
}

impl Slots {
    /// Takes a changed rubric over. A new criterion gets the lowest slot that is free. A new dimension gets that of its first
    /// criterion, unless a dimension beside it looks the same: then the lowest whose colour none beside it has.
    pub(super) fn update(&mut self, rubric: &Rubric) {
        let ids = rubric.criteria().into_iter().map(|(_, criterion)| criterion.id.clone()).collect();
        let mut changed = self.criteria.retain(ids);
        if changed {
            let taken: HashSet<usize> = self.criteria.of.values().copied().collect();
            let mut free = (0..).filter(|slot| !taken.contains(slot));
            for id in &self.criteria.order {
                if !self.criteria.of.contains_key(id) {
                    let slot = free.next().expect("slots do not end");
                    self.criteria.of.insert(id.clone(), slot);
                }
            }
        }
        let mut ids = Vec::new();
        rubric.dimensions.iter().for_each(|dimension| collect(dimension, &mut ids));
        changed |= self.dimensions.retain(ids);
        if changed {
            self.tell_apart(&rubric.dimensions.iter().collect::<Vec<_>>());
        }
    }

    /// Gives slots to those of `beside`, dimensions of one parent, that have none, and to those below them.
    fn tell_apart(&mut self, beside: &[&Dimension]) {
        let colour = |slot: usize| slot % COLOURS;
        let kept = beside.iter().filter_map(|dimension| self.dimensions.of.get(&dimension.id));
        let mut taken: HashSet<usize> = kept.map(|&slot| colour(slot)).collect();
        for dimension in beside {
            if !self.dimensions.of.contains_key(&dimension.id)
                && let Some(first) = first_criterion(dimension)
            {
                let own = self.criterion(first);
                let free = || (0..COLOURS).find(|slot| !taken.contains(slot));
                let slot = if taken.contains(&colour(own)) { free().unwrap_or(own) } else { own };
                taken.insert(colour(slot));
                self.dimensions.of.insert(dimension.id.clone(), slot);
            }
            self.tell_apart(&below(dimension).collect::<Vec<_>>());
        }
    }

    /// The slot of the criterion with `id`; 0 for one that is not there.
    pub(super) fn criterion(&self, id: &str) -> usize {
        self.criteria.of.get(id).copied().unwrap_or(0)
    }

    /// The slot of the dimension with `id`; `None` while it has no criterion.
    pub(super) fn dimension(&self, id: &str) -> Option<usize> {
        self.dimensions.of.get(id).copied()
    }
}

fn below(dimension: &Dimension) -> impl Iterator<Item = &Dimension> {
    dimension.children.iter().filter_map(|child| match child {
        Node::Dimension(dimension) => Some(dimension),
        Node::Criterion(_) => None,
    })
}

fn collect(dimension: &Dimension, ids: &mut Vec<String>) {
    ids.push(dimension.id.clone());
    below(dimension).for_each(|dimension| collect(dimension, ids));
}

/// The id of the first criterion below `dimension`, at any depth.
fn first_criterion(dimension: &Dimension) -> Option<&str> {
    dimension.children.iter().find_map(|child| match child {
        Node::Criterion(criterion) => Some(&*criterion.id),
        Node::Dimension(dimension) => first_criterion(dimension),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Criterion, Dimension, Judge, Node, Scale};

    fn rubric(ids: &[&str]) -> Rubric {
        let mut dimension = Dimension::new("d", "D");
        dimension.children =
            ids.iter().map(|id| Node::Criterion(Criterion::new(*id, *id, Judge::Human(Scale::YesNo)))).collect();
        Rubric { dimensions: vec![dimension], ..Rubric::default() }
    }

    #[test]
    fn a_criterion_keeps_its_colour() {
        let mut slots = Slots::default();
        let mut see = |ids: &[&str]| {
            slots.update(&rubric(ids));
            ids.iter().map(|id| slots.criterion(id)).collect::<Vec<_>>()
        };
        assert_eq!(see(&["a", "b", "c"]), [0, 1, 2]);
        assert_eq!(see(&["a", "copy", "b", "c"]), [0, 3, 1, 2], "one is added");
        assert_eq!(see(&["c", "a", "copy", "b"]), [2, 0, 3, 1], "they are reordered");
        assert_eq!(see(&["c", "renamed", "copy", "b"]), [2, 0, 3, 1], "one is renamed");
        assert_eq!(see(&["c", "copy", "b"]), [2, 3, 1], "one goes");
        assert_eq!(see(&["c", "copy", "b", "new"]), [2, 3, 1, 0], "its slot is free again");
    }

    fn dimension(id: &str, criteria: usize) -> Dimension {
        let criterion = |at| Node::Criterion(Criterion::new(format!("{id}{at}"), id, Judge::Human(Scale::YesNo)));
        Dimension { children: (0..criteria).map(criterion).collect(), ..Dimension::new(id, id) }
    }

    fn colours(slots: &mut Slots, dimensions: &[(&str, usize)]) -> Vec<usize> {
        let dimensions: Vec<_> = dimensions.iter().map(|&(id, criteria)| dimension(id, criteria)).collect();
        let rubric = Rubric { dimensions, ..Rubric::default() };
        slots.update(&rubric);
        rubric.dimensions.iter().map(|dimension| slots.dimension(&dimension.id).unwrap() % COLOURS).collect()
    }

    #[test]
    fn dimensions_beside_each_other_look_different_however_many_criteria_they_have() {
        assert_eq!(
            colours(&mut Slots::default(), &[("a", 2), ("b", 1), ("c", 3)]),
            [0, 2, 3],
            "that of the first criterion"
        );
        for criteria in [1, 11, 12, 13, 24, 40] {
            let dimensions: Vec<_> = ["a", "b", "c", "d", "e", "f"].map(|id| (id, criteria)).to_vec();
            let mut colours = colours(&mut Slots::default(), &dimensions);
            colours.sort_unstable();
            colours.dedup();
            assert_eq!(colours.len(), 6, "with {criteria} criteria each");
        }
        let many: Vec<(String, usize)> = (0..30).map(|at| (format!("d{at}-"), 12)).collect();
        let many: Vec<_> = many.iter().map(|(id, criteria)| (&**id, *criteria)).collect();
        assert_eq!(colours(&mut Slots::default(), &many)[..COLOURS], (0..COLOURS).collect::<Vec<_>>()[..]);
    }

    #[test]
    fn a_dimension_keeps_its_colour() {
        let mut slots = Slots::default();
        assert_eq!(colours(&mut slots, &[("a", 12), ("b", 12), ("c", 12)]), [0, 1, 2]);
        assert_eq!(colours(&mut slots, &[("c", 12), ("a", 12), ("b", 12)]), [2, 0, 1], "they are reordered");
        assert_eq!(colours(&mut slots, &[("c", 12), ("renamed", 12), ("b", 12)]), [2, 0, 1], "one is renamed");
        assert_eq!(colours(&mut slots, &[("c", 12), ("b", 12)]), [2, 1], "one goes");
    }

    #[test]
    fn those_below_a_dimension_are_told_apart_as_well() {
        let mut top = dimension("a", 0);
        top.children = ["b", "c", "d"].map(|id| Node::Dimension(dimension(id, 12))).to_vec();
        let mut slots = Slots::default();
        slots.update(&Rubric { dimensions: vec![top], ..Rubric::default() });
        assert_eq!(["a", "b", "c", "d"].map(|id| slots.dimension(id).unwrap() % COLOURS), [0, 0, 1, 2]);
        slots.update(&Rubric { dimensions: vec![dimension("a", 0)], ..Rubric::default() });
        assert_eq!(slots.dimension("a"), Some(0), "kept while it is empty for a while");
    }
}
