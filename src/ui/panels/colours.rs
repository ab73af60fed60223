//! Colour means criterion: the same in tree, text, list and numbers.

use crate::scoring::{Child, CompiledRubric};
use crate::ui::theme::tokens;
use crate::workbench::Workbench;
use egui::{Color32, Context};

/// The colour of criterion `index` of `rubric`, which may be an older one whose results are still shown.
pub fn of_criterion(ctx: &Context, bench: &Workbench, rubric: &CompiledRubric, index: usize) -> Color32 {
    let t = tokens(ctx);
    rubric.criteria.get(index).map_or(t.faint, |criterion| t.criterion(bench.slot(&criterion.id)))
}

/// The colour of dimension `dimension` of `rubric`: that of its first criterion, or another where one beside it has that.
pub fn of_dimension(ctx: &Context, bench: &Workbench, rubric: &CompiledRubric, dimension: usize) -> Color32 {
    let slot = bench.dimension_slot(&rubric.dimensions[dimension].id);
    let first = || first_criterion(rubric, dimension).map(|index| bench.slot(&rubric.criteria[index].id));
    let t = tokens(ctx);
    slot.or_else(first).map_or(t.faint, |slot| t.criterion(slot))
}

/// The first criterion below `dimension`, at any depth.
pub fn first_criterion(rubric: &CompiledRubric, dimension: usize) -> Option<usize> {
    rubric.dimensions[dimension].children.iter().find_map(|child| match *child {
        Child::Criterion(index) => Some(index),
        Child::Dimension(index) => first_criterion(rubric, index),
    })
}
