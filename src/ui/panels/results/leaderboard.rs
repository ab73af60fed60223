//! Which model is better, by how much, and how sure that is.

use super::cells::{Columns, NUMBER, head, link, text};
use super::grid::percent;
use super::intervals::{Axis, words};
use super::{ResultsState, and, matrix, named, pair, to};
use crate::analysis::{Analysis, Count, Leaderboard, Standing};
use crate::ui::action::Actions;
use crate::ui::theme::{STRONG, metrics, strong, tokens};
use crate::ui::widgets::{count, elided};
use crate::workbench::{Command, Order, OrderKey, Workbench};
use egui::{FontFamily, FontId, Rect, RichText, Ui, pos2, vec2};

/// Width of a model's name.
const NAME: f32 = 170.0;
/// The least and the greatest width of a track.
const TRACK: (f32, f32) = (150.0, 420.0);

/// Shows the leaderboard, and two of its models compared.
pub(super) fn show(
    ui: &mut Ui,
    bench: &Workbench,
    analysis: &Analysis,
    state: &mut ResultsState,
    actions: &mut Actions,
) {
    let room = ui.available_width();
    if let Some(comparison) = pair::chosen(analysis, state) {
        pair::headline(ui, comparison);
        ui.add_space(metrics().space.m);
    }
    table(ui, bench, &analysis.leaderboard, room, actions);
    if analysis.comparisons.pairs.is_empty() {
        return;
    }
    ui.add_space(metrics().space.xl);
    matrix::show(ui, analysis, state);
    if let Some(comparison) = pair::chosen(analysis, state) {
        ui.add_space(metrics().space.xl);
        pair::show(ui, comparison, analysis, actions);
    }
}

fn widths(leaderboard: &Leaderboard, room: f32) -> Vec<f32> {
    let passes = leaderboard.pass_mark.is_some();
    let fixed = 54.0 + NAME + NUMBER + 52.0 + 70.0 + 150.0 + if passes { NUMBER } else { 0.0 };
    let tracks = if passes { 2.0 } else { 1.0 };
    let track = ((room - fixed - metrics().space.l) / tracks).clamp(TRACK.0, TRACK.1);
    let mut widths = vec![54.0, NAME, NUMBER, track];
    if passes {
        widths.extend([NUMBER, track]);
    }
    widths.extend([52.0, 70.0, 150.0]);
    widths
}

fn table(ui: &mut Ui, bench: &Workbench, leaderboard: &Leaderboard, room: f32, actions: &mut Actions) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let passes = leaderboard.pass_mark.is_some();
    let columns = Columns { widths: widths(leaderboard, room) };
    let axis = Axis::of_scores(leaderboard.models.iter().map(|standing| &standing.score));
    let pass_axis = Axis::share();
    ui.spacing_mut().item_spacing.y = 1.0;
    let cells = columns.row(ui, m.row - 4.0);
    head(ui, cells[0], "place", t.weak, false);
    head(ui, cells[1], "model", t.weak, false);
    head(ui, cells[2], "mean", t.weak, true);
    axis.head(ui, track(cells[3]));
    if passes {
        head(ui, cells[4], "pass", t.weak, true);
        pass_axis.head(ui, track(cells[5]));
    }
    let rest = if passes { 6 } else { 4 };
    head(ui, cells[rest], "n", t.weak, true);
    head(ui, cells[rest + 1], "length", t.weak, true);
    for standing in &leaderboard.models {
        let cells = columns.row(ui, m.row + 2.0);
        row(ui, bench, standing, &cells, &axis, passes.then_some(&pass_axis), actions);
    }
    ui.add_space(m.space.s);
    let words = "Bars are 95 % intervals: of means by drawing whole prompts again, of pass rates after Wilson, as if \
                 responses to one prompt were independent. Places are those that paired comparisons leave open.";
    ui.label(RichText::new(words).size(m.text.small).color(t.weak));
}

/// Where a mark may stand in a cell.
fn track(cell: Rect) -> Rect {
    cell.shrink2(vec2(12.0, 0.0))
}

fn row(
    ui: &mut Ui,
    bench: &Workbench,
    standing: &Standing,
    cells: &[Rect],
    axis: &Axis,
    pass_axis: Option<&Axis>,
    actions: &mut Actions,
) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let name = named(&standing.model);
    text(ui, cells[0], &place(standing), t.weak, false);
    let font = FontId::new(m.text.body, FontFamily::Name(STRONG.into()));
    let galley = elided(ui, name, &font, t.text, cells[1].width() - 8.0);
    ui.painter().galley(pos2(cells[1].left(), cells[1].center().y - galley.size().y / 2.0), galley, t.text);
    if link(ui, cells[1], ("model", standing.index), format!("Show the responses of {name}")).clicked() {
        actions.bench(to(&standing.filter));
    }
    let places = axis.places().max(2);
    let mean = standing.score.value().map_or_else(|| "–".to_owned(), |mean| format!("{mean:.places$}"));
    text(ui, cells[2], &mean, t.text, true);
    let lowest = |actions: &mut Actions| {
        actions.bench(to(&standing.filter));
        actions.bench(Command::SetOrder(Order { key: OrderKey::Score, descending: false }));
    };
    axis.lines(ui, track(cells[3]));
    axis.mark(ui, track(cells[3]), &standing.score, t.accent);
    let help =
        format!("{name}: mean score {}. Click for its responses, lowest first.", words(&standing.score, "responses"));
    if link(ui, cells[3], ("score", standing.index), help).clicked() {
        lowest(actions);
    }
    let mut rest = 4;
    if let Some(pass_axis) = pass_axis {
        text(ui, cells[4], &percent(&standing.pass_rate), t.text, true);
        pass_axis.lines(ui, track(cells[5]));
        pass_axis.mark(ui, track(cells[5]), &standing.pass_rate, t.good);
        let help = format!(
            "{name}: {} of {} pass. Click for those that fail.",
            count(standing.passed.n),
            count(standing.passed.n + standing.failed.n)
        );
        if link(ui, cells[5], ("pass", standing.index), help).clicked() {
            actions.bench(to(&standing.failed.filter));
        }
        rest = 6;
    }
    text(ui, cells[rest], &count(standing.responses), t.weak, true);
    let length = standing.length.value().map_or_else(|| "–".to_owned(), |length| count(length.round() as usize));
    text(ui, cells[rest + 1], &length, t.weak, true);
    let help =
        format!("{name}: mean length {} characters. Click for its longest.", words(&standing.length, "responses"));
    if link(ui, cells[rest + 1], ("length", standing.index), help).clicked() {
        actions.bench(to(&standing.filter));
        actions.bench(Command::SetOrder(Order { key: OrderKey::Length, descending: true }));
    }
    remarks(ui, bench, standing, cells[rest + 2], actions);
}

/// `1`, or `1–3` where the numbers leave it open.
fn place(standing: &Standing) -> String {
    match (standing.ranks, standing.place) {
        (Some([best, worst]), _) if best == worst => best.to_string(),
        (Some([best, worst]), _) => format!("{best}–{worst}"),
        (None, Some(place)) => place.to_string(),
        (None, None) => "–".to_owned(),
    }
}

/// What is odd about a model's responses, each with a way to see them.
fn remarks(ui: &mut Ui, bench: &Workbench, standing: &Standing, cell: Rect, actions: &mut Actions) {
    let odd: [(&Count, &str); 3] =
        [(&standing.missing, "missing"), (&standing.empty, "empty"), (&standing.incomplete, "incomplete")];
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(cell.shrink2(vec2(8.0, 0.0))));
    ui.set_clip_rect(cell.intersect(ui.clip_rect()));
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = metrics().space.m;
        for (count, word) in odd.into_iter().filter(|(count, _)| count.n > 0) {
            let words = strong(format!("{} {word}", count.n), metrics().text.small).color(tokens(ui.ctx()).warning);
            let help = format!("Show the {} {word} responses of {}", count.n, named(&standing.model));
            if ui.add(egui::Label::new(words).sense(egui::Sense::click())).on_hover_text(help).clicked() {
                actions.bench(if count.filter.is_empty() { and(bench, word) } else { to(&count.filter) });
            }
        }
    });
}
