//! How scores spread: one row a model, one column for the score and each dimension.

use super::grid::{Grid, footnote, name};
use super::{named, to};
use crate::analysis::{Analysis, BINS, Distribution, Spread};
use crate::ui::action::Actions;
use crate::ui::panels::colours;
use crate::ui::theme::{metrics, tokens};
use crate::ui::widgets::{Bars, number};
use crate::workbench::Workbench;
use egui::{Align2, Color32, FontId, Rect, Stroke, Ui, UiBuilder, pos2, vec2};
use std::ops::RangeInclusive;

const NAME: f32 = 150.0;
const CELL: (f32, f32) = (150.0, 280.0);

/// Shows the distributions of what is listed.
pub(super) fn show(ui: &mut Ui, bench: &Workbench, analysis: &Analysis, actions: &mut Actions) {
    let t = tokens(ui.ctx());
    let shown = &analysis.distributions;
    let width = ((ui.available_width() - NAME - metrics().space.l) / shown.len().max(1) as f32).clamp(CELL.0, CELL.1);
    let grid = Grid::headless(std::iter::once(NAME).chain(shown.iter().map(|_| width)).collect());
    ui.spacing_mut().item_spacing.y = 1.0;
    let heads = grid.row(ui);
    for (cell, distribution) in heads[1..].iter().zip(shown) {
        name(ui, *cell, &distribution.name, true, colour(ui, bench, distribution));
    }
    let models = analysis.leaderboard.models.len();
    for row in 0..=models {
        let cells = grid.tall_row(ui, 52.0);
        let who = match row {
            0 => "all",
            row => named(&analysis.leaderboard.models[row - 1].model),
        };
        name(ui, cells[0], who, row > 0, if row > 0 { t.text } else { t.weak });
        for (cell, distribution) in cells[1..].iter().zip(shown) {
            let spread = if row == 0 { &distribution.all } else { &distribution.models[row - 1] };
            let colour = colour(ui, bench, distribution);
            histogram(ui, *cell, distribution, spread, &format!("{who}: {}", distribution.name), colour, actions);
        }
    }
    footnote(
        ui,
        "From 0 to 1; the box holds the middle half, the line is the mean. Click a bar, or drag over several, for the \
         responses behind them.",
    );
}

fn colour(ui: &Ui, bench: &Workbench, distribution: &Distribution) -> Color32 {
    let rubric = bench.numbers_rubric();
    let dimension = rubric.dimension(&distribution.key);
    dimension.map_or(tokens(ui.ctx()).accent, |dimension| colours::of_dimension(ui.ctx(), bench, rubric, dimension))
}

fn histogram(
    ui: &mut Ui,
    cell: Rect,
    distribution: &Distribution,
    spread: &Spread,
    label: &str,
    colour: Color32,
    actions: &mut Actions,
) {
    let t = tokens(ui.ctx());
    let Some(summary) = &spread.summary else {
        let font = FontId::proportional(metrics().text.body);
        ui.painter().text(cell.left_center(), Align2::LEFT_CENTER, "–", font, t.faint);
        return;
    };
    let room = Rect::from_min_max(cell.min + vec2(0.0, 4.0), cell.max - vec2(48.0, 14.0));
    let mut inner = ui.new_child(UiBuilder::new().max_rect(room).id_salt(label));
    let bars = Bars { label, counts: &spread.counts, colour, height: room.height() };
    let ends = crate::stats::Histogram::<BINS>::range;
    let range = |bins: RangeInclusive<usize>| format!("{:.2} to {:.2}", ends(*bins.start()).0, ends(*bins.end()).1);
    let (_, chosen) = bars.show(&mut inner, room.width(), range);
    if let Some(bins) = chosen {
        actions.bench(to(&range_filter(distribution, spread, *bins.start(), *bins.end())));
    }
    // The middle half and the mean, below the bars.
    let x = |value: f64| room.left() + room.width() * value.clamp(0.0, 1.0) as f32;
    let y = room.bottom() + 5.0;
    let half = Rect::from_min_max(pos2(x(summary.q1) - 0.5, y - 2.0), pos2(x(summary.q3) + 0.5, y + 2.0));
    ui.painter().hline(x(summary.min)..=x(summary.max), y, Stroke::new(1.0, t.faint));
    ui.painter().rect_filled(half, 1.0, t.faint);
    ui.painter().vline(x(summary.mean), y - 4.0..=y + 4.0, Stroke::new(2.0, t.text));
    let font = FontId::proportional(metrics().text.small - 1.0);
    let at = pos2(room.right() + 6.0, room.center().y);
    ui.painter().text(at, Align2::LEFT_CENTER, number(Some(summary.mean)), font, t.weak);
}

/// Shows what is in the bins from `first` to `last` of `spread`.
fn range_filter(distribution: &Distribution, spread: &Spread, first: usize, last: usize) -> String {
    let (key, range) = (&distribution.key, crate::stats::Histogram::<BINS>::range);
    let mut terms = vec![spread.responses.filter.clone()];
    if first > 0 {
        terms.push(format!("{key}>={:.2}", range(first).0));
    }
    if last + 1 < BINS {
        terms.push(format!("{key}<{:.2}", range(last).1));
    }
    terms.retain(|term| !term.is_empty());
    terms.join(" ")
}
