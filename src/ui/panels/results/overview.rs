//! The numbers at a glance, followed by every edit at once: how scores are distributed, models, criteria.

use super::cells::HEAT;
use super::{and, criteria, models};
use crate::stats::Histogram;
use crate::ui::action::Actions;
use crate::ui::commands::UiCommand;
use crate::ui::theme::{metrics, strong, tokens};
use crate::ui::widgets::{Bars, count, number, percent};
use crate::workbench::{Overview, SCORE_BINS, Workbench};
use egui::{Align2, FontId, Response, RichText, Sense, Ui, WidgetInfo, pos2, vec2};
use std::ops::RangeInclusive;

/// Shows the numbers of what is listed.
pub(super) fn show(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    let overview = &bench.listed_overview();
    let room = ui.available_width();
    summary(ui, bench, overview, actions);
    ui.add_space(metrics().space.m);
    // Beside the models as many columns of criteria as there is room for; below them, all that make sense.
    let beside = (room - models::width(bench) - metrics().space.xl * 2.0 - criteria::width(0)) / HEAT;
    let columns = overview.models.len().min(MOST_MODELS);
    if beside >= columns.min(FEWEST_MODELS) as f32 {
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| models::show(ui, bench, overview, actions));
            ui.add_space(metrics().space.xl);
            ui.vertical(|ui| criteria::show(ui, bench, overview, columns.min(beside as usize), actions));
        });
    } else {
        models::show(ui, bench, overview, actions);
        ui.add_space(metrics().space.l);
        criteria::show(ui, bench, overview, columns, actions);
    }
}

fn summary(ui: &mut Ui, bench: &Workbench, overview: &Overview, actions: &mut Actions) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = m.space.l;
        let all = &overview.all;
        figure(ui, &count(overview.rows), if bench.filter().is_empty() { "responses" } else { "listed" });
        figure(ui, &number(all.score.map(|score| score.mean)), "mean score");
        figure(ui, &number(all.score.map(|score| score.sd)), "spread (sd)");
        if all.decided > 0 {
            let response = figure(ui, &percent(all.passed, all.decided), "pass");
            if linked(response, "Show the responses that pass").clicked() {
                actions.bench(and(bench, "passed:yes"));
            }
        }
        if all.incomplete > 0 {
            let response = figure(ui, &count(all.incomplete), "incomplete");
            if linked(response, "Show the responses that are not fully scored").clicked() {
                actions.bench(and(bench, "is:incomplete"));
            }
        }
        let bars = Bars { label: "Scores", counts: &all.histogram.counts, colour: t.accent, height: 40.0 };
        ui.vertical(|ui| {
            let (_, clicked) = bars.show(ui, 220.0, range_words);
            if let Some(bins) = clicked {
                actions.bench(and(bench, &score_range(*bins.start(), *bins.end())));
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

fn range_words(bins: RangeInclusive<usize>) -> String {
    let range = Histogram::<SCORE_BINS>::range;
    format!("{:.2} to {:.2}", range(*bins.start()).0, range(*bins.end()).1)
}

/// The filter for the scores of the bins from `first` to `last` of the distribution.
fn score_range(first: usize, last: usize) -> String {
    let low = (first > 0).then(|| format!("score>={:.2}", Histogram::<SCORE_BINS>::range(first).0));
    let high = (last + 1 < SCORE_BINS).then(|| format!("score<{:.2}", Histogram::<SCORE_BINS>::range(last).1));
    let terms: Vec<String> = low.into_iter().chain(high).collect();
    if terms.is_empty() { "score>=0".to_owned() } else { terms.join(" ") }
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

/// Models shown beside the criteria: more columns than this cannot be compared at a glance.
const MOST_MODELS: usize = 12;

/// Models worth comparing beside the other table; with room for fewer, the criteria stand below it.
const FEWEST_MODELS: usize = 4;
