//! The list of responses: each with its score as a bar in the dimensions' colours, so that why one is low is
//! seen before it is opened.

use super::{colours, flags};
use crate::ui::action::Actions;
use crate::ui::commands::UiCommand;
use crate::ui::theme::{STRONG, metrics, tokens};
use crate::ui::widgets::{Part, VirtualRows, count, number, one_line, signed, stacked};
use crate::workbench::{Command, Order, OrderKey, RowScore, Workbench};
use egui::{Align2, FontFamily, FontId, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

/// What the list remembers between frames.
#[derive(Debug, Default)]
pub struct ListState {
    /// The row that was scrolled to last: a new selection scrolls into view once.
    followed: Option<u32>,
    rows: VirtualRows,
}

/// Shows the list.
pub fn show(ui: &mut Ui, bench: &mut Workbench, state: &mut ListState, actions: &mut Actions) {
    header(ui, bench, actions);
    let listed = bench.listed();
    if listed.is_empty() {
        empty(ui, bench, actions);
        return;
    }
    let height = metrics().list_row;
    if state.followed != bench.row() {
        state.followed = bench.row();
        if let Some(place) = bench.place() {
            state.rows.reveal(place, height);
        }
    }
    let seen = state.rows.show(ui, listed.len(), height, |ui, index, rect| {
        let row = listed[index];
        if show_row(ui, bench, row as usize, rect) {
            actions.bench(Command::SelectRow(row));
        }
    });
    bench.set_visible(&listed[seen]);
}

fn header(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    let total = bench.project().dataset().responses().len();
    let listed = bench.listed().len();
    ui.horizontal(|ui| {
        let words = match (listed == total, ui.available_width() > 210.0) {
            (false, _) => format!("{} of {}", count(listed), count(total)),
            (true, true) => format!("{} {}", count(total), if total == 1 { "response" } else { "responses" }),
            (true, false) => count(total),
        };
        ui.label(egui::RichText::new(words).color(tokens(ui.ctx()).weak));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| order(ui, bench, actions));
    });
}

fn order(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    let order = bench.order();
    let arrow = if order.descending { "↓" } else { "↑" };
    let hint = if order.descending { "Greatest first" } else { "Smallest first" };
    if ui.small_button(arrow).on_hover_text(hint).clicked() {
        actions.bench(Command::SetOrder(Order { descending: !order.descending, ..order.clone() }));
    }
    let rubric = &bench.engine().compiled().rubric;
    let mut choices: Vec<(String, OrderKey)> = vec![
        ("Imported".to_owned(), OrderKey::Imported),
        ("Score".to_owned(), OrderKey::Score),
        ("Model".to_owned(), OrderKey::Model),
        ("Prompt".to_owned(), OrderKey::Prompt),
        ("Length".to_owned(), OrderKey::Length),
        ("Disagreement".to_owned(), OrderKey::Disagreement),
        ("Confidence".to_owned(), OrderKey::Confidence),
        ("Random".to_owned(), OrderKey::Random(0)),
    ];
    choices.extend(rubric.dimensions.iter().map(|d| (d.name.clone(), OrderKey::Part(d.id.clone()))));
    choices.extend(rubric.criteria.iter().map(|c| (c.name.clone(), OrderKey::Part(c.id.clone()))));
    let current = choices.iter().find(|(_, key)| *key == order.key).map_or("Imported", |(name, _)| name);
    // In a narrow list the number of responses comes first.
    let width = (ui.available_width() - 66.0).clamp(48.0, 84.0);
    let combo = egui::ComboBox::from_id_salt("order").selected_text(current).width(width).truncate();
    let combo = combo.show_ui(ui, |ui| {
        for (name, key) in &choices {
            if ui.selectable_label(*key == order.key, name).clicked() {
                actions.bench(Command::SetOrder(Order { key: key.clone(), ..order.clone() }));
            }
        }
    });
    combo.response.on_hover_text("What the list is ordered by");
}

fn empty(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    ui.add_space(metrics().space.xl);
    ui.vertical_centered(|ui| {
        if let Some((label, _)) =
            bench.job().filter(|_| bench.project().dataset().is_empty() || bench.filter().is_empty())
        {
            ui.label(egui::RichText::new(format!("{label}…")).color(tokens(ui.ctx()).weak));
        } else if bench.project().dataset().is_empty() {
            ui.label("No responses yet.");
            ui.label(egui::RichText::new("Drop files here, or import them.").color(tokens(ui.ctx()).weak));
            ui.add_space(metrics().space.m);
            if ui.button("Import responses…").clicked() {
                actions.ui(UiCommand::Import);
            }
        } else {
            ui.label("Nothing matches the filter.");
            ui.add_space(metrics().space.m);
            if ui.button("Clear the filter").clicked() {
                actions.ui(UiCommand::ClearFilter);
            }
        }
    });
}

/// Paints one row; whether it was clicked.
fn show_row(ui: &Ui, bench: &Workbench, row: usize, rect: Rect) -> bool {
    let response = ui.interact(rect, ui.scope_id().with(row), Sense::click());
    let dataset = bench.project().dataset();
    let (model, prompt) = (dataset.model_of(row), dataset.prompt_of(row));
    let score = bench.engine().row(row);
    let selected = bench.row() == Some(row as u32);
    response.widget_info(|| {
        let score = number(score.and_then(|score| score.total().score));
        WidgetInfo::selected(
            egui::Role::ListItem,
            true,
            selected,
            format!("{} {score}", dataset.text(dataset.responses()[row].id)),
        )
    });
    let (t, m) = (tokens(ui.ctx()), metrics());
    let fill = match (selected, response.hovered()) {
        (true, _) => Some(t.selection),
        (false, true) => Some(t.hover),
        (false, false) => None,
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect.shrink2(vec2(0.0, 1.0)), m.radius as f32, fill);
    }
    if selected {
        let edge = Rect::from_min_size(rect.min + vec2(0.0, 8.0), vec2(3.0, rect.height() - 16.0));
        ui.painter().rect_filled(edge, 1.5, t.accent);
    }
    let inner = rect.shrink2(vec2(m.space.l - 2.0, m.space.m - 1.0));
    let strong = FontId::new(m.text.body, FontFamily::Name(STRONG.into()));
    let right = paint_score(ui, inner, score.as_ref(), &strong);
    let name = one_line(ui, model, strong, t.text, inner.width() - right - m.space.m);
    ui.painter().galley(inner.min, name, t.text);
    let bar = Rect::from_min_size(inner.left_top() + vec2(0.0, 18.0), vec2(inner.width(), m.bar));
    paint_bar(ui, bench, bar, score.as_ref());
    let title = match dataset.text(prompt.text) {
        "" => dataset.text(prompt.id),
        text => text,
    };
    let at = pos2(inner.left(), bar.bottom() + m.space.s);
    let kinds = bench.shown_kinds(row);
    let line = Rect::from_min_size(at, vec2(inner.width(), m.text.small + m.space.s));
    let right = flags::badge(ui, line, kinds);
    let snippet = one_line(ui, title, FontId::proportional(m.text.small), t.weak, inner.width() - right);
    ui.painter().galley(at, snippet, t.weak);
    let clicked = response.clicked();
    if let Some(score) = score {
        response.on_hover_ui(|ui| {
            unfold(ui, bench, row, &score);
            flags::unfold(ui, kinds);
        });
    }
    clicked
}

/// What made the score of one response.
fn unfold(ui: &mut Ui, bench: &Workbench, row: usize, score: &RowScore<'_>) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let (dataset, total) = (bench.project().dataset(), score.total());
    let title = format!("{}  {}", dataset.model_of(row), number(total.score));
    ui.label(crate::ui::theme::strong(title, m.text.body));
    ui.label(egui::RichText::new(dataset.text(dataset.responses()[row].id)).size(m.text.small).color(t.weak));
    for (dimension, share) in score.contributions() {
        let entry = &score.rubric().dimensions[dimension];
        let words = format!("■ {}  {} ({})", signed(share), entry.name, number(score.dimension(dimension)));
        let colour = colours::of_dimension(ui.ctx(), bench, score.rubric(), dimension);
        ui.label(egui::RichText::new(words).color(colour));
    }
    if let Some(gate) = total.gate {
        let name = &score.rubric().criteria[gate].name;
        ui.label(egui::RichText::new(format!("gated by {name}")).color(t.bad));
    }
    if !total.is_complete() {
        let words = format!("{:.0} % of the weight is scored", total.coverage * 100.0);
        ui.label(egui::RichText::new(words).color(t.warning));
    }
}

/// Paints the score at the right end of `inner`'s first line; its width.
fn paint_score(ui: &Ui, inner: Rect, score: Option<&RowScore<'_>>, font: &FontId) -> f32 {
    let t = tokens(ui.ctx());
    let Some(score) = score else {
        return ui.painter().text(inner.right_top(), Align2::RIGHT_TOP, "…", font.clone(), t.faint).width();
    };
    let total = score.total();
    let colour = if total.score.is_some() { t.text } else { t.faint };
    let text = ui.painter().text(inner.right_top(), Align2::RIGHT_TOP, number(total.score), font.clone(), colour);
    let (mark, colour) = match (total.passed, total.is_complete()) {
        (Some(true), _) => ("✓", t.good),
        (Some(false), _) => ("✗", t.bad),
        (None, false) => ("◐", t.faint),
        (None, true) => return text.width(),
    };
    let at = text.left_top() - vec2(4.0, 0.0);
    let mark = ui.painter().text(at, Align2::RIGHT_TOP, mark, font.clone(), colour);
    text.width() + mark.width() + 4.0
}

fn paint_bar(ui: &Ui, bench: &Workbench, bar: Rect, score: Option<&RowScore<'_>>) {
    let t = tokens(ui.ctx());
    let Some(score) = score else { return stacked(ui, bar, std::iter::empty()) };
    let rubric = score.rubric();
    let parts = score.contributions().into_iter().map(|(dimension, share)| Part {
        share: share as f32,
        colour: colours::of_dimension(ui.ctx(), bench, rubric, dimension),
    });
    stacked(ui, bar, parts);
    // What a gate took away is struck off at the score it left.
    if let (Some(_), Some(value)) = (score.total().gate, score.total().score) {
        let x = bar.left() + bar.width() * value as f32;
        ui.painter().vline(x, (bar.top() - 2.0)..=(bar.bottom() + 2.0), egui::Stroke::new(2.0, t.bad));
    }
}
