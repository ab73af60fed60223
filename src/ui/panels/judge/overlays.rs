//! What judging marks in a text: labels, and names that are hidden.

use super::marks::label_colour;
use crate::model::review::Judgements;
use crate::ui::text_view::{Look, Overlay, OverlaySpans};
use crate::ui::theme::tokens;
use crate::workbench::Workbench;
use egui::{Theme, Ui};
use std::sync::Arc;

/// The overlays of one text, made anew when something of it changed.
#[derive(Default)]
pub struct Overlays {
    of: Option<Of>,
    shown: Vec<Overlay>,
}

/// What overlays depend on.
struct Of {
    row: u32,
    blind: bool,
    others: bool,
    theme: Theme,
    judgements: Arc<Judgements>,
}

impl Overlays {
    /// Those of response `row`: a bracket in its colour over each labelled span, a cover over each name that is hidden.
    pub fn of(&mut self, ui: &Ui, bench: &Workbench, row: u32) -> Vec<Overlay> {
        let of = Of {
            row,
            blind: bench.is_blind(),
            others: bench.judging().shows_others(),
            theme: ui.ctx().theme(),
            judgements: bench.judgements().clone(),
        };
        let is_same = |known: &Of| {
            (known.row, known.blind, known.others, known.theme) == (of.row, of.blind, of.others, of.theme)
                && Arc::ptr_eq(&known.judgements, &of.judgements)
        };
        if !self.of.as_ref().is_some_and(is_same) {
            self.shown = made(ui, bench, row, of.others);
            self.of = Some(of);
        }
        self.shown.clone()
    }
}

fn made(ui: &Ui, bench: &Workbench, row: u32, others: bool) -> Vec<Overlay> {
    let t = tokens(ui.ctx());
    let text = bench.project().dataset().response_text(row as usize).unwrap_or_default();
    let me = bench.reviews().my_index();
    let labels = bench.judgements().labels(row);
    let seen = || labels.iter().filter(|label| !label.stale && (others || Some(label.reviewer) == me));
    let mut overlays: Vec<Overlay> = Vec::new();
    for (index, label) in bench.project().rubric().labels.iter().enumerate() {
        let spans = OverlaySpans::new(text, seen().filter(|l| *l.label == *label.id).map(|l| l.span));
        if !spans.is_empty() {
            overlays.push(Overlay { spans, look: Look::Bracketed, color: label_colour(t, index) });
        }
    }
    let hidden = OverlaySpans::new(text, bench.hidden_in(row));
    if !hidden.is_empty() {
        overlays.push(Overlay { spans: hidden, look: Look::Masked, color: t.faint });
    }
    overlays
}
