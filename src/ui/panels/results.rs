//! The numbers: models against each other, the distribution of scores, criteria. Every number leads to the
//! responses behind it.

use super::colours;
use crate::model::Dataset;
use crate::scoring::CompiledRubric;
use crate::stats::{Histogram, Summary, wilson};
use crate::ui::action::Actions;
use crate::ui::commands::UiCommand;
use crate::ui::theme::{STRONG, metrics, strong, tokens};
use crate::ui::widgets::{Bars, elided, number, one_line, percent, sparkline};
use crate::workbench::query::quote;
use crate::workbench::{Command, Group, Order, OrderKey, Overview, SCORE_BINS, Workbench};
use egui::{Align2, Color32, FontFamily, FontId, Rect, Response, RichText, Sense, Ui, WidgetInfo, pos2, vec2};

/// Shows the dashboard of what is listed.
pub fn show(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    let overview = &bench.listed_overview();
    if bench.project().dataset().is_empty() {
        super::placeholder(ui, "No numbers yet.", "Import responses to see how models compare.");
        return;
    }
    let room = ui.available_width();
    egui::ScrollArea::both().id_salt("results").auto_shrink(false).show(ui, |ui| {
        summary(ui, bench, overview, actions);
        ui.add_space(metrics().space.m);
        // Beside the models as many columns of criteria as there is room for; below them, all that make sense.
        let beside =
            (room - models_width(bench) - metrics().space.xl * 2.0 - criterion_columns(0).iter().sum::<f32>()) / HEAT;
        let columns = overview.models.len().min(MOST_MODELS);
        if beside >= columns.min(FEWEST_MODELS) as f32 {
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| models(ui, bench, overview, actions));
                ui.add_space(metrics().space.xl);
                ui.vertical(|ui| criteria(ui, bench, overview, columns.min(beside as usize), actions));
            });
        } else {
            models(ui, bench, overview, actions);
            ui.add_space(metrics().space.l);
            criteria(ui, bench, overview, columns, actions);
        }
        ui.add_space(metrics().space.l);
    });
}

/// Adds `terms` to the filter in force. A click leads deeper into what is already shown.
fn and(bench: &Workbench, terms: &str) -> Command {
    let base = if bench.filter().error().is_some() { "" } else { bench.filter().text().trim() };
    Command::Show(if base.is_empty() || base == terms { terms.to_owned() } else { format!("{base} {terms}") })
}

fn summary(ui: &mut Ui, bench: &Workbench, overview: &Overview, actions: &mut Actions) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = m.space.l;
        let all = &overview.all;
        figure(ui, &overview.rows.to_string(), if bench.filter().is_empty() { "responses" } else { "listed" });
        figure(ui, &number(all.score.map(|score| score.mean)), "mean score");
        figure(ui, &number(all.score.map(|score| score.sd)), "spread (sd)");
        if all.decided > 0 {
            let response = figure(ui, &percent(all.passed, all.decided), "pass");
            if linked(response, "Show the responses that pass").clicked() {
                actions.bench(and(bench, "passed:yes"));
            }
        }
        if all.incomplete > 0 {
            let response = figure(ui, &all.incomplete.to_string(), "incomplete");
            if linked(response, "Show the responses that are not fully scored").clicked() {
                actions.bench(and(bench, "is:incomplete"));
            }
        }
        let bars = Bars { label: "Scores", counts: &all.histogram.counts, colour: t.accent, height: 40.0 };
        ui.vertical(|ui| {
            let (_, clicked) = bars.show(ui, 220.0, range_words);
            if let Some(bin) = clicked {
                actions.bench(and(bench, &score_range(bin)));
            }
            let (rect, _) = ui.allocate_exact_size(vec2(220.0, 12.0), Sense::hover());
            let font = FontId::proportional(m.text.small - 1.0);
            for (at, words, align) in
                [(0.0, "0", Align2::LEFT_TOP), (0.5, "0.5", Align2::CENTER_TOP), (1.0, "1", Align2::RIGHT_TOP)]
            {
                ui.painter().text(
                    pos2(rect.left() + rect.width() * at, rect.top()),
                    align,
                    words,
                    font.clone(),
                    t.faint,
                );
            }
        });
        if !bench.filter().is_empty()
            && ui.button("Show all").on_hover_text(UiCommand::ClearFilter.info().help).clicked()
        {
            actions.ui(UiCommand::ClearFilter);
        }
        if !bench.engine().is_fresh() {
            ui.label(RichText::new("scoring…").color(t.warning))
                .on_hover_text("These are the numbers before the newest edit.");
        }
    });
}

fn range_words(bin: usize) -> String {
    let (low, high) = Histogram::<SCORE_BINS>::range(bin);
    format!("{low:.2} to {high:.2}")
}

/// The filter for the scores of one bin of the distribution.
fn score_range(bin: usize) -> String {
    let (low, high) = Histogram::<SCORE_BINS>::range(bin);
    match bin {
        0 => format!("score<{high:.2}"),
        bin if bin + 1 == SCORE_BINS => format!("score>={low:.2}"),
        _ => format!("score>={low:.2} score<{high:.2}"),
    }
}

/// A large number over its name.
fn figure(ui: &mut Ui, value: &str, name: &str) -> Response {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let inner = ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.label(strong(value, m.text.title));
        ui.label(RichText::new(name).size(m.text.small).color(t.weak));
    });
    let response = ui.interact(inner.response.rect, ui.scope_id().with(("figure", name)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, format!("{name} {value}")));
    response
}

fn linked(response: Response, help: &str) -> Response {
    response.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(help)
}

/// The columns of a table: how wide each is.
struct Columns {
    widths: Vec<f32>,
}

impl Columns {
    fn row(&self, ui: &mut Ui, height: f32) -> Vec<Rect> {
        let width: f32 = self.widths.iter().sum();
        let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        let mut left = rect.left();
        self.widths
            .iter()
            .map(|&width| {
                let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(width, height));
                left += width;
                cell
            })
            .collect()
    }
}

fn head(ui: &Ui, cell: Rect, words: &str, colour: Color32, right: bool) {
    let font = FontId::proportional(metrics().text.small);
    let galley = elided(ui, words, &font, colour, cell.width() - 6.0);
    let x = if right { cell.right() - galley.size().x - 6.0 } else { cell.left() };
    ui.painter().galley(pos2(x, cell.center().y - galley.size().y / 2.0), galley, colour);
}

/// A cell that can be clicked.
fn link(ui: &Ui, cell: Rect, salt: impl egui::AsIdSalt, label: String) -> Response {
    let response = ui.interact(cell.shrink2(vec2(1.0, 1.0)), ui.scope_id().with(salt), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &label));
    if response.hovered() {
        ui.painter().rect_stroke(
            cell.shrink(1.0),
            3.0,
            egui::Stroke::new(1.0, tokens(ui.ctx()).faint),
            egui::StrokeKind::Inside,
        );
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(label)
}

fn text(ui: &Ui, cell: Rect, words: &str, colour: Color32, right: bool) {
    let font = FontId::proportional(metrics().text.body);
    let (at, align) = if right {
        (cell.right_center() - vec2(6.0, 0.0), Align2::RIGHT_CENTER)
    } else {
        (cell.left_center(), Align2::LEFT_CENTER)
    };
    ui.painter().text(at, align, words, font, colour);
}

/// A tinted cell: the stronger the colour, the higher the value.
fn heat(ui: &Ui, cell: Rect, value: Option<f64>, words: &str, colour: Color32) {
    let t = tokens(ui.ctx());
    if let Some(value) = value {
        let fill = colour.gamma_multiply(0.08 + 0.42 * value.clamp(0.0, 1.0) as f32);
        ui.painter().rect_filled(cell.shrink(1.0), 3.0, fill);
    }
    let font = FontId::proportional(metrics().text.body);
    let colour = if value.is_some() { t.text } else { t.faint };
    ui.painter().text(cell.center(), Align2::CENTER_CENTER, words, font, colour);
}

const MODEL: f32 = 150.0;
const NUMBER: f32 = 58.0;
const HEAT: f32 = 76.0;

fn model_columns(dimensions: usize) -> Vec<f32> {
    let mut widths = vec![MODEL, 44.0, NUMBER, 130.0, 92.0];
    widths.extend(std::iter::repeat_n(HEAT, dimensions));
    widths.push(NUMBER + 8.0);
    widths
}

fn criterion_columns(models: usize) -> Vec<f32> {
    let mut widths = vec![160.0, NUMBER, 70.0];
    widths.extend(std::iter::repeat_n(HEAT, models));
    widths
}

fn models_width(bench: &Workbench) -> f32 {
    model_columns(bench.engine().results().rubric().top.len()).iter().sum()
}

fn models(ui: &mut Ui, bench: &Workbench, overview: &Overview, actions: &mut Actions) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let rubric = bench.engine().results().rubric().clone();
    ui.label(strong("Models", m.text.heading));
    let columns = Columns { widths: model_columns(rubric.top.len()) };
    ui.spacing_mut().item_spacing.y = 1.0;
    let cells = columns.row(ui, m.row - 4.0);
    head(ui, cells[0], "model", t.weak, false);
    head(ui, cells[1], "n", t.weak, true);
    head(ui, cells[2], "mean", t.weak, true);
    head(ui, cells[3], "   mean and spread", t.weak, false);
    head(ui, cells[4], "distribution", t.weak, false);
    for (cell, &dimension) in cells[5..].iter().zip(&rubric.top) {
        head(ui, *cell, &rubric.dimensions[dimension].name, t.weak, false);
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
    text(ui, cells[1], &group.rows.to_string(), t.weak, true);
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

fn model_name(dataset: &Dataset, model: u32) -> &str {
    match dataset.models()[model as usize].as_str() {
        "" => "(unnamed)",
        name => name,
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

fn criteria(ui: &mut Ui, bench: &Workbench, overview: &Overview, columns: usize, actions: &mut Actions) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let rubric = bench.engine().results().rubric().clone();
    ui.label(strong("Criteria", m.text.heading)).on_hover_text("How often each criterion is met, by model.");
    let shown: Vec<_> = overview.models.iter().take(columns).collect();
    let columns = Columns { widths: criterion_columns(shown.len()) };
    ui.spacing_mut().item_spacing.y = 1.0;
    let cells = columns.row(ui, m.row - 4.0);
    head(ui, cells[0], "criterion", t.weak, false);
    head(ui, cells[1], "met", t.weak, true);
    head(ui, cells[2], "  spread", t.weak, false);
    for (cell, (model, _)) in cells[3..].iter().zip(&shown) {
        head(ui, *cell, model_name(bench.project().dataset(), *model), t.weak, false);
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

/// Models shown beside the criteria: more columns than this cannot be compared at a glance.
const MOST_MODELS: usize = 12;

/// Models worth comparing beside the other table; with room for fewer, the criteria stand below it.
const FEWEST_MODELS: usize = 4;
