//! What people rated, in the units of the scales.

use super::grid::{footnote, heading, numbers, table, words};
use super::to;
use crate::analysis::{Analysis, OnScale, RatedModel};
use crate::ui::action::Actions;
use crate::ui::theme::{metrics, tokens};
use crate::ui::widgets::count;
use crate::workbench::Workbench;
use egui::Ui;

/// So many rows are shown; more nobody reads here.
const MOST: usize = 200;

/// Shows a row for each criterion that people judge and each model; nothing where they judged none.
pub(super) fn show(ui: &mut Ui, bench: &Workbench, analysis: &Analysis, actions: &mut Actions) {
    let all = || analysis.on_scale.iter().flat_map(|of| of.models.iter().map(move |model| (of, model)));
    let rows = all().count();
    if rows == 0 {
        return;
    }
    ui.add_space(metrics().space.xl);
    heading(ui, "Ratings as they were given", "Sums, means and accuracies in the units of each scale.");
    let columns = [
        words("criterion", 190.0, ""),
        words("scale", 150.0, "As it is written in files: yes is 1 and no 0, words count from 1."),
        words("model", 190.0, ""),
        numbers("n", 58.0, "Responses with a rating, each once. Click to see them."),
        numbers("sum", 82.0, ""),
        numbers("mean", 66.0, ""),
        numbers("s.e.", 66.0, "The standard error of the mean, as if responses were independent."),
    ];
    table(ui, "on scale", &columns, all().take(MOST), |row, (of, model): (&OnScale, &RatedModel)| {
        row.name(named(bench, &of.id));
        row.weak(&of.scale);
        row.name(&model.model);
        row.of(model.rated.n);
        if row.link(format!("Show the {} rated responses of {}", count(model.rated.n), model.model)) {
            actions.bench(to(&model.rated.filter));
        }
        let colour = tokens(row.ui().ctx()).text;
        row.number(
            &if of.is_whole() { count(model.sum.round() as usize) } else { format!("{:.2}", model.sum) },
            colour,
        );
        row.number(&format!("{:.3}", model.mean), colour);
        row.figure_to(&model.standard_error, "responses", 3);
    });
    if rows > MOST {
        footnote(ui, &format!("{} more rows are in `rubrica stats --json`.", count(rows - MOST)));
    }
}

/// The name of the criterion with this id.
fn named<'a>(bench: &'a Workbench, id: &'a str) -> &'a str {
    let rubric = bench.numbers_rubric();
    rubric.criterion(id).map_or(id, |index| &rubric.criteria[index].name)
}
