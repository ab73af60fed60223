//! What would come in, shown before it does.

use crate::model::Severity;
use crate::ui::theme::{metrics, strong, tokens};
use crate::workbench::Preview;
use egui::{Label, RichText, Ui};

/// Reviewers that are named.
const REVIEWERS: usize = 6;
/// Criteria that are named.
const CRITERIA: usize = 12;
/// Notices that are shown; the report has them all.
const NOTICES: usize = 6;

/// Shows what would come of the import as it is set now.
pub fn show(ui: &mut Ui, preview: &Preview) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    ui.horizontal(|ui| {
        ui.label(strong("What comes in", m.text.body));
        if preview.is_looking_ahead() {
            ui.spinner();
        }
    });
    let Some(seen) = preview.foreseen() else {
        let words = if preview.is_too_much_to_foresee() {
            "The files are too large to be looked through before they are imported."
        } else {
            "The files are being looked through."
        };
        ui.label(RichText::new(words).color(t.weak));
        return;
    };
    if let Some(summary) = &seen.summary {
        ui.add(Label::new(summary.data_words()).wrap());
        if let Some(words) = summary.judgement_words(REVIEWERS) {
            ui.add(Label::new(words).wrap());
        }
        if !summary.criteria.is_empty() {
            let shown = summary.criteria.iter().take(CRITERIA);
            let words: Vec<String> = shown.map(|(name, scale)| format!("{name} ({scale})")).collect();
            let more = summary.criteria.len().saturating_sub(CRITERIA);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let new = if preview.new_project.is_some() { "The rubric is" } else { "The rubric gets, with weight 0" };
            ui.add(Label::new(RichText::new(format!("{new}: {}{more}", words.join(", "))).color(t.weak)).wrap());
        }
    } else {
        ui.label(RichText::new("Nothing.").color(t.bad));
    }
    if seen.report.skipped > 0 {
        let words = format!("{} of {} rows are skipped.", seen.report.skipped, seen.report.rows);
        ui.label(RichText::new(words).color(t.warning));
    }
    let mut notices: Vec<_> = seen.report.notices.iter().collect();
    notices.sort_by_key(|notice| std::cmp::Reverse(notice.severity));
    for notice in notices.iter().take(NOTICES) {
        let colour = if notice.severity == Severity::Note { t.weak } else { t.warning };
        let name = notice.file.rsplit('/').next().unwrap_or_default();
        let line = notice.line.map_or_else(String::new, |line| format!(":{line}"));
        let words = if name.is_empty() { notice.message.clone() } else { format!("{name}{line}: {}", notice.message) };
        ui.add(Label::new(RichText::new(words).small().color(colour)).wrap());
    }
    if notices.len() > NOTICES {
        let words = format!("… and {} more, in the import report.", notices.len() - NOTICES);
        ui.label(RichText::new(words).small().color(t.weak));
    }
}
