//! How often each criterion is met, by model.

use super::cells::{Columns, HEAT, NUMBER, head, head_centred, heads, heat, link, text};
use super::{and, model_name};
use crate::ui::action::Actions;
use crate::ui::panels::colours;
use crate::ui::theme::{metrics, strong, tokens};
use crate::ui::widgets::{one_line, percent, sparkline};
use crate::workbench::query::quote;
use crate::workbench::{Command, Overview, Workbench};
use egui::{FontId, RichText, Ui, pos2, vec2};

fn column_widths(models: usize) -> Vec<f32> {
    let mut widths = vec![160.0, NUMBER, 70.0];
    widths.extend(std::iter::repeat_n(HEAT, models));
    widths
}

/// Width of the table beside `models` columns of models.
pub(super) fn width(models: usize) -> f32 {
    column_widths(models).iter().sum()
}

/// Shows the table with the first `columns` models.
pub(super) fn show(ui: &mut Ui, bench: &Workbench, overview: &Overview, columns: usize, actions: &mut Actions) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let rubric = bench.numbers_rubric().clone();
    ui.label(strong("Criteria", m.text.heading)).on_hover_text("How often each criterion is met, by model.");
    let shown: Vec<_> = overview.models.iter().take(columns).collect();
    let columns = Columns { widths: column_widths(shown.len()) };
    ui.spacing_mut().item_spacing.y = 1.0;
    let names = shown.iter().map(|(model, _)| model_name(bench.project().dataset(), *model));
    let cells = columns.row(ui, heads(ui, names, HEAT));
    head(ui, cells[0], "criterion", t.weak, false);
    head(ui, cells[1], "met", t.weak, true);
    head(ui, cells[2], "  spread", t.weak, false);
    for (cell, (model, _)) in cells[3..].iter().zip(&shown) {
        head_centred(ui, *cell, model_name(bench.project().dataset(), *model), t.weak);
    }
    for (index, numbers) in overview.criteria.iter().enumerate() {
        let cells = columns.row(ui, m.row + 2.0);
        let criterion = &rubric.criteria[index];
        let colour = colours::of_criterion(ui.ctx(), bench, &rubric, index);
        ui.painter().circle_filled(cells[0].left_center() + vec2(5.0, 0.0), 4.5, colour);
        let name = one_line(ui, &criterion.name, FontId::proportional(m.text.body), t.text, cells[0].width() - 24.0);
        ui.painter().galley(pos2(cells[0].left() + 16.0, cells[0].center().y - name.size().y / 2.0), name, t.text);
        if link(ui, cells[0], ("criterion", index), format!("Edit {}", criterion.name)).clicked() {
            actions.bench(Command::SelectNode(criterion.path.clone()));
        }
        let id = quote(&criterion.id);
        text(ui, cells[1], &percent(numbers.met, numbers.scored), t.text, true);
        let help = format!("{} of {} met. Click for those that fail {}.", numbers.met, numbers.scored, criterion.name);
        if link(ui, cells[1], ("met", index), help).clicked() {
            actions.bench(and(bench, &format!("fails:{id}")));
        }
        sparkline(ui, cells[2].shrink2(vec2(8.0, 6.0)), &numbers.histogram.counts, colour);
        for (cell, (model, group)) in cells[3..].iter().zip(&shown) {
            let (met, scored) = group.met[index];
            let value = (scored > 0).then(|| met as f64 / scored as f64);
            heat(ui, *cell, value, &percent(met, scored), colour);
            let name = model_name(bench.project().dataset(), *model);
            let help = format!("{name}: {met} of {scored} met {}. Click for those that fail.", criterion.name);
            if link(ui, *cell, ("heat", index, *model), help).clicked() {
                actions.bench(and(bench, &format!("model:{} fails:{id}", quote(name))));
            }
        }
    }
    if overview.models.len() > shown.len() {
        let words =
            format!("The {} best of {} models; filter by model to see others.", shown.len(), overview.models.len());
        ui.label(RichText::new(words).size(m.text.small).color(t.weak));
    }
}
