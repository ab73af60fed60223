//! The numbers. Every number leads to the responses behind it, says how many it is of, and can be taken along.

pub(super) mod cells;
mod copy;
mod criteria;
mod grid;
mod intervals;
mod items;
mod leaderboard;
mod matrix;
mod models;
mod on_scale;
mod overview;
mod pair;
mod picture;
mod preferences;
mod reviewers;
mod spread;
mod versions;
mod view;

pub use view::View;

use crate::analysis::Analysis;
use crate::model::Dataset;
use crate::ui::action::Actions;
use crate::ui::theme::{metrics, tokens};
use crate::ui::widgets::count;
use crate::workbench::{Command, Workbench};
use egui::{Align, Layout, RichText, Ui};

/// What the panel remembers between frames.
#[derive(Debug, Default)]
pub struct ResultsState {
    /// What it shows.
    pub view: View,
    /// The two models being compared: indices in the dataset.
    pair: Option<[u32; 2]>,
    /// Whose preferences are shown; `None` for everybody’s.
    reviewer: Option<String>,
    /// A picture of the view, where one is asked for.
    picture: picture::Picture,
}

impl ResultsState {
    /// A panel that shows `view`.
    pub fn new(view: View) -> Self {
        Self { view, ..Self::default() }
    }
}

/// Shows the chosen view of what is listed.
pub fn show(ui: &mut Ui, bench: &mut Workbench, state: &mut ResultsState, actions: &mut Actions) {
    if bench.project().dataset().is_empty() {
        super::placeholder(ui, "No numbers yet.", "Import responses to see how models compare.");
        return;
    }
    if state.view.is_of_analysis() {
        bench.ask_analysis();
    }
    if state.view == View::Flags {
        bench.count_listed_flags();
    }
    bar(ui, bench, state);
    ui.add_space(metrics().space.s);
    let area = egui::ScrollArea::both().id_salt(("results", state.view.name())).auto_shrink(false);
    let shown = area.show(ui, |ui| {
        body(ui, bench, state, actions);
        ui.add_space(metrics().space.l);
    });
    picture::go_on(ui, bench, state, shown.inner_rect.width());
}

fn body(ui: &mut Ui, bench: &Workbench, state: &mut ResultsState, actions: &mut Actions) {
    match state.view {
        View::Overview => return overview::show(ui, bench, actions),
        View::Flags => return super::flags::table(ui, bench, actions),
        _ => {}
    }
    let Some(analysis) = bench.analysis() else {
        ui.add_space(metrics().space.l);
        ui.label(RichText::new("Counting…").color(tokens(ui.ctx()).weak));
        return;
    };
    // What is about to be replaced is still worth reading, and shows that it is.
    if bench.is_analysing() {
        ui.set_opacity(0.6);
    }
    match state.view {
        View::Overview | View::Flags => {}
        View::Models => leaderboard::show(ui, bench, analysis, state, actions),
        View::Spread => spread::show(ui, bench, analysis, actions),
        View::Criteria => items::show(ui, bench, analysis, actions),
        View::Preferences => preferences::show(ui, analysis, state, actions),
        View::Reviewers => reviewers::show(ui, analysis, actions),
        View::Versions => versions::show(ui, bench, analysis, actions),
    }
}

/// The choice of views, what they are of, and ways to take them along.
fn bar(ui: &mut Ui, bench: &Workbench, state: &mut ResultsState) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = metrics().space.xs;
        for view in View::ALL {
            if ui.selectable_label(state.view == view, view.name()).on_hover_text(view.help()).clicked() {
                state.view = view;
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(analysis) = bench.analysis().filter(|_| state.view.is_of_analysis()) {
                copy::menu(ui, analysis, state);
                ui.add_space(metrics().space.m);
                let words = if bench.is_analysing() { "counting…".to_owned() } else { scope(analysis) };
                ui.add(egui::Label::new(RichText::new(words).color(tokens(ui.ctx()).weak)).truncate());
            } else if !state.view.is_of_analysis() {
                let tally = bench.listed_flags().filter(|_| state.view == View::Flags);
                let rows = |tally| super::flags::rows(bench.project().dataset(), tally);
                copy::plain_menu(ui, state, tally.map(|tally| move || rows(tally)));
            }
        });
    });
}

fn scope(analysis: &Analysis) -> String {
    let scope = &analysis.scope;
    let of = if scope.filter.is_empty() { String::new() } else { format!(" of {}", count(scope.of_responses)) };
    let many = |n: usize, what: &str| format!("{} {what}{}", count(n), if n == 1 { "" } else { "s" });
    let (prompts, models) = (many(scope.prompts, "prompt"), many(scope.models, "model"));
    format!("n = {}{of} responses · {prompts} · {models}", count(scope.responses))
}

/// Adds `terms` to the filter in force. A click leads deeper into what is already shown.
pub(super) fn and(bench: &Workbench, terms: &str) -> Command {
    let base = if bench.filter().error().is_some() { "" } else { bench.filter().text().trim() };
    Command::Show(if base.is_empty() || base == terms { terms.to_owned() } else { format!("{base} {terms}") })
}

/// Shows what a filter of the analysis selects: it begins with the filter in force.
fn to(filter: &str) -> Command {
    Command::Show(filter.to_owned())
}

/// The model's name, or words for one that has none.
pub(super) fn model_name(dataset: &Dataset, model: u32) -> &str {
    named(&dataset.models()[model as usize])
}

fn named(model: &str) -> &str {
    if model.is_empty() { "(unnamed)" } else { model }
}
