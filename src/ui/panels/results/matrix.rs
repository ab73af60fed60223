//! Every two models: by how much the row is ahead of the column.

use super::cells::{Columns, head_centred, heads, link, text};
use super::intervals::decimal;
use super::{ResultsState, named};
use crate::analysis::{Analysis, Comparison};
use crate::ui::theme::{metrics, strong, tokens};
use crate::ui::widgets::elided;
use egui::{Align2, FontId, RichText, Stroke, StrokeKind, Ui, pos2};
use std::collections::HashMap;

/// More models than this are not seen at once.
const MOST: usize = 16;
const NAME: f32 = 150.0;
/// Width of a difference: as little as its digits take, and as much as a name asks for.
const CELL: std::ops::RangeInclusive<f32> = 62.0..=130.0;

/// Shows the differences; a click chooses the two to compare.
pub(super) fn show(ui: &mut Ui, analysis: &Analysis, state: &mut ResultsState) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let scored: Vec<_> = analysis.leaderboard.models.iter().filter(|standing| standing.place.is_some()).collect();
    let shown = &scored[..scored.len().min(MOST)];
    ui.label(strong("Differences", m.text.heading))
        .on_hover_text("How much higher the model of the row scores than that of the column, on the same prompts.");
    let pairs: HashMap<[u32; 2], &Comparison> =
        analysis.comparisons.pairs.iter().map(|pair| (pair.indices, pair)).collect();
    let cell = ((ui.available_width() - NAME) / shown.len().max(1) as f32).clamp(*CELL.start(), *CELL.end());
    let columns = Columns { widths: std::iter::once(NAME).chain(std::iter::repeat_n(cell, shown.len())).collect() };
    ui.spacing_mut().item_spacing.y = 1.0;
    let cells = columns.row(ui, heads(ui, shown.iter().map(|standing| named(&standing.model)), cell));
    for (cell, standing) in cells[1..].iter().zip(shown) {
        head_centred(ui, *cell, named(&standing.model), t.weak);
    }
    let largest = pairs.values().filter_map(|pair| pair.difference.value()).map(f64::abs).fold(0.01, f64::max);
    // As many digits as it takes to tell differences that are told apart.
    let places = if largest < 0.095 { 3 } else { 2 };
    for row in shown {
        let cells = columns.row(ui, m.row + 2.0);
        let font = FontId::proportional(m.text.body);
        let galley = elided(ui, named(&row.model), &font, t.text, cells[0].width() - 8.0);
        ui.painter().galley(pos2(cells[0].left(), cells[0].center().y - galley.size().y / 2.0), galley, t.text);
        for (cell, column) in cells[1..].iter().zip(shown) {
            let (indices, sign, pair) =
                match (pairs.get(&[row.index, column.index]), pairs.get(&[column.index, row.index])) {
                    (Some(pair), _) => ([row.index, column.index], 1.0, pair),
                    (None, Some(pair)) => ([column.index, row.index], -1.0, pair),
                    (None, None) => {
                        text(ui, *cell, "", t.faint, false);
                        continue;
                    }
                };
            let Some(value) = pair.difference.value().map(|value| value * sign) else { continue };
            let decided = pair.first_ahead.is_some() && pair.test.adjusted.is_none_or(|p| p <= 0.05);
            let colour = if value >= 0.0 { t.good } else { t.bad };
            if decided {
                let share = 0.12 + 0.38 * (value.abs() / largest).min(1.0) as f32;
                ui.painter().rect_filled(cell.shrink(1.0), 3.0, colour.gamma_multiply(share));
            }
            let words = decimal(value, places);
            let is_more = words.bytes().any(|byte| matches!(byte, b'1'..=b'9')) && value > 0.0;
            let words = if is_more { format!("+{words}") } else { words };
            let ink = if decided { t.text } else { t.faint };
            ui.painter().text(cell.center(), Align2::CENTER_CENTER, words, FontId::proportional(m.text.body), ink);
            if state.pair == Some(indices) {
                ui.painter().rect_stroke(cell.shrink(1.0), 3.0, Stroke::new(1.5, t.accent), StrokeKind::Inside);
            }
            let help = format!("Compare {} and {}: {}.", named(&row.model), named(&column.model), pair.sentence);
            if link(ui, *cell, ("pair", row.index, column.index), help).clicked() {
                state.pair = Some(indices);
            }
        }
    }
    ui.add_space(m.space.s);
    let mut words = "Tinted where the difference holds against all comparisons (Holm, 5 %); grey where the numbers do \
                     not tell. Click one to see it below."
        .to_owned();
    if shown.len() < scored.len() {
        words.push_str(&format!(" The {} best of {} models; filter to see others.", shown.len(), scored.len()));
    }
    if let Some(left_out) = &analysis.comparisons.left_out {
        words.push_str(&format!(" {left_out}"));
    }
    ui.label(RichText::new(words).size(m.text.small).color(t.weak));
}
