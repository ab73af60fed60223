//! The models against each other.

use super::cells::{Columns, HEAT, NUMBER, head, head_centred, heads, heat, link, text};
use super::{and, model_name};
use crate::scoring::CompiledRubric;
use crate::stats::{Summary, wilson};
use crate::ui::action::Actions;
use crate::ui::panels::colours;
use crate::ui::theme::{STRONG, metrics, strong, tokens};
use crate::ui::widgets::{count, elided, number, percent, sparkline};
use crate::workbench::query::quote;
use crate::workbench::{Command, Group, Order, OrderKey, Overview, Workbench};
use egui::{FontFamily, FontId, Rect, Sense, Ui, pos2, vec2};

/// Width of a model's name.
const NAME: f32 = 150.0;

fn model_columns(dimensions: usize) -> Vec<f32> {
    let mut widths = vec![NAME, 44.0, NUMBER, 130.0, 92.0];
    widths.extend(std::iter::repeat_n(HEAT, dimensions));
    widths.push(NUMBER + 8.0);
    widths
}

/// Width of the whole table.
pub(super) fn width(bench: &Workbench) -> f32 {
    model_columns(bench.numbers_rubric().top.len()).iter().sum()
}

/// Shows the table, best mean first.
pub(super) fn show(ui: &mut Ui, bench: &Workbench, overview: &Overview, actions: &mut Actions) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let rubric = bench.numbers_rubric().clone();
    ui.label(strong("Models", m.text.heading));
    let columns = Columns { widths: model_columns(rubric.top.len()) };
    ui.spacing_mut().item_spacing.y = 1.0;
    let names = rubric.top.iter().map(|&dimension| &*rubric.dimensions[dimension].name);
    let cells = columns.row(ui, heads(ui, names, HEAT));
    head(ui, cells[0], "model", t.weak, false);
    head(ui, cells[1], "n", t.weak, true);
    head(ui, cells[2], "mean", t.weak, true);
    head(ui, cells[3], "   mean and spread", t.weak, false);
    head(ui, cells[4], "distribution", t.weak, false);
    for (cell, &dimension) in cells[5..].iter().zip(&rubric.top) {
        head_centred(ui, *cell, &rubric.dimensions[dimension].name, t.weak);
    }
    head(ui, cells[cells.len() - 1], "pass", t.weak, true);
    for (model, group) in &overview.models {
        let cells = columns.row(ui, m.row + 2.0);
        model_row(ui, bench, &rubric, *model, group, &cells, actions);
    }
}

fn model_row(
    ui: &Ui,
    bench: &Workbench,
    rubric: &CompiledRubric,
    model: u32,
    group: &Group,
    cells: &[Rect],
    actions: &mut Actions,
) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let name = model_name(bench.project().dataset(), model);
    let term = format!("model:{}", quote(name));
    let font = FontId::new(m.text.body, FontFamily::Name(STRONG.into()));
    let galley = elided(ui, name, &font, t.text, cells[0].width() - 8.0);
    ui.painter().galley(pos2(cells[0].left(), cells[0].center().y - galley.size().y / 2.0), galley, t.text);
    if link(ui, cells[0], ("model", model), format!("Show the responses of {name}")).clicked() {
        actions.bench(and(bench, &term));
    }
    text(ui, cells[1], &count(group.rows), t.weak, true);
    text(ui, cells[2], &number(group.score.map(|score| score.mean)), t.text, true);
    if let Some(score) = &group.score {
        spread(ui, cells[3].shrink2(vec2(8.0, 0.0)), score);
        ui.interact(cells[3], ui.scope_id().with(("spread", model)), Sense::hover()).on_hover_text(spread_words(score));
    }
    sparkline(ui, cells[4].shrink2(vec2(6.0, 6.0)), &group.histogram.counts, t.weak);
    if link(ui, cells[4], ("distribution", model), format!("{name}, lowest scores first")).clicked() {
        actions.bench(and(bench, &term));
        actions.bench(Command::SetOrder(Order { key: OrderKey::Score, descending: false }));
    }
    for (cell, &dimension) in cells[5..].iter().zip(&rubric.top) {
        let entry = &rubric.dimensions[dimension];
        let value = group.dimensions[dimension].map(|summary| summary.mean);
        heat(ui, *cell, value, &number(value), colours::of_dimension(ui.ctx(), bench, rubric, dimension));
        let help = format!("{name} by {}, lowest first", entry.name);
        if link(ui, *cell, ("dimension", model, dimension), help).clicked() {
            actions.bench(and(bench, &term));
            actions.bench(Command::SetOrder(Order { key: OrderKey::Part(entry.id.clone()), descending: false }));
        }
    }
    let cell = cells[cells.len() - 1];
    text(ui, cell, &percent(group.passed, group.decided), t.text, true);
    if let Some(interval) = wilson(group.passed, group.decided) {
        let help = format!(
            "{} of {} pass; 95 % interval {:.0} to {:.0} % (Wilson). Click for those that do not.",
            group.passed,
            group.decided,
            interval.low * 100.0,
            interval.high * 100.0
        );
        if link(ui, cell, ("pass", model), help).clicked() {
            actions.bench(and(bench, &format!("{term} passed:no")));
        }
    }
}

fn spread_words(score: &Summary) -> String {
    format!(
        "mean {:.3}, standard deviation {:.3}\nmedian {:.3}, quartiles {:.3} and {:.3}\nfrom {:.3} to {:.3}, n = {}",
        score.mean, score.sd, score.median, score.q1, score.q3, score.min, score.max, score.n
    )
}

/// The range, the middle half and the mean on a track from 0 to 1.
fn spread(ui: &Ui, rect: Rect, score: &Summary) {
    let t = tokens(ui.ctx());
    let x = |value: f64| rect.left() + rect.width() * value.clamp(0.0, 1.0) as f32;
    let y = rect.center().y;
    ui.painter().hline(rect.x_range(), y, egui::Stroke::new(1.0, t.line));
    ui.painter().hline(x(score.min)..=x(score.max), y, egui::Stroke::new(1.5, t.faint));
    let half = Rect::from_min_max(pos2(x(score.q1) - 0.5, y - 4.0), pos2(x(score.q3) + 0.5, y + 4.0));
    ui.painter().rect_filled(half, 2.0, t.faint);
    ui.painter().circle(pos2(x(score.mean), y), 4.5, t.accent, egui::Stroke::new(1.5, t.panel));
}
