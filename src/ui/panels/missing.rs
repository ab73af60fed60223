//! What the checks looked for in vain in the response being read, and what could not be decided.

use super::colours;
use crate::scoring::{CompiledCriterion, State};
use crate::ui::theme::{metrics, tokens};
use crate::ui::widgets::count;
use crate::workbench::{Focus, Workbench};
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{FontId, RichText, ScrollArea, Ui};

/// So many lines are shown at first: with dozens of criteria the text would be pushed off the screen.
const LINES: usize = 3;

/// More than fit on so few lines.
const ENOUGH: usize = 60;

/// Per criterion what was looked for in vain, or why nothing could be decided.
pub(super) fn unmet(focus: &Focus) -> impl Iterator<Item = (usize, &CompiledCriterion, String)> {
    focus.card.criteria.iter().zip(&focus.rubric.criteria).enumerate().filter_map(|(index, (card, criterion))| {
        let words = match card.cell.state {
            State::Scored if !card.missing.is_empty() => format!("missing: {}", card.missing.join(", ")),
            State::Invalid(reason) => reason.message().to_owned(),
            State::Broken => "its check has a mistake; see the rubric.".to_owned(),
            State::AwaitingHuman => "awaits a human’s rating.".to_owned(),
            State::NotApplicable => "does not apply here.".to_owned(),
            State::Scored => return None,
        };
        Some((index, criterion, words))
    })
}

/// Shows the first lines of it, or if `open` all.
pub(super) fn show(ui: &mut Ui, bench: &Workbench, focus: &Focus, open: &mut bool) {
    let all = unmet(focus).count();
    if all == 0 {
        return;
    }
    let m = metrics();
    let mut job = job(ui, bench, focus, if *open { all } else { ENOUGH });
    job.wrap.max_width = ui.available_width();
    if *open {
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let height = ui.available_height() * 0.4;
        ScrollArea::vertical().id_salt("missing").max_height(height).show(ui, |ui| ui.label(galley));
    } else {
        job.wrap = TextWrapping { max_rows: LINES, ..job.wrap };
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let is_cut = galley.elided || all > ENOUGH;
        ui.label(galley);
        if !is_cut {
            return;
        }
    }
    let words =
        if *open { "Show less".to_owned() } else { format!("Show all {} criteria that miss something", count(all)) };
    if ui.link(RichText::new(words).size(m.text.small)).clicked() {
        *open = !*open;
    }
}

/// The first `most` of them, each with its criterion's colour and name.
fn job(ui: &Ui, bench: &Workbench, focus: &Focus, most: usize) -> LayoutJob {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let mut job = LayoutJob::default();
    let mut add =
        |text: &str, colour| job.append(text, 0.0, TextFormat::simple(FontId::proportional(m.text.small), colour));
    for (index, criterion, words) in unmet(focus).take(most) {
        // Joined by no-break spaces, so that a swatch stays with its name.
        add("■\u{a0}", colours::of_criterion(ui.ctx(), bench, &focus.rubric, index));
        add(&criterion.name.replace(' ', "\u{a0}"), t.text);
        add(&format!(" {words}    "), t.weak);
    }
    job
}
