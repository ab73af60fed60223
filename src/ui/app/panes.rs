//! The panels as the layout shows them.

use crate::ui::action::{Actions, Pointed};
use crate::ui::layout::Pane;
use crate::ui::panels::judge::queue::{self, QueueState};
use crate::ui::panels::judge::{self, JudgeState};
use crate::ui::panels::list::ListState;
use crate::ui::panels::reader::ReaderState;
use crate::ui::panels::results::ResultsState;
use crate::ui::panels::{self, list, reader, results, rubric};
use crate::ui::theme::{self, metrics, tokens};
use crate::workbench::Workbench;
use crate::workbench::session::Session;
use egui::{Color32, Frame, Margin, Stroke, Ui, Visuals, WidgetText};
use egui_tiles::{SimplificationOptions, TabState, TileId, Tiles, UiResponse};

/// How far panels are apart, in points.
pub(super) const GAP: f32 = 3.0;

/// The panels as the layout shows them.
pub(super) struct Panes<'a> {
    pub(super) bench: &'a mut Workbench,
    pub(super) list: &'a mut ListState,
    pub(super) reader: &'a mut ReaderState,
    pub(super) judge: &'a mut JudgeState,
    pub(super) queue: &'a mut QueueState,
    pub(super) results: &'a mut ResultsState,
    pub(super) pointed: &'a mut Pointed,
    pub(super) actions: &'a mut Actions,
}

impl egui_tiles::Behavior<Pane> for Panes<'_> {
    fn pane_ui(&mut self, ui: &mut Ui, _: TileId, pane: &mut Pane) -> UiResponse {
        let fill = tokens(ui.ctx()).panel;
        let margin = Margin::symmetric(metrics().space.l as i8, metrics().space.m as i8);
        Frame::new().fill(fill).inner_margin(margin).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            match pane {
                Pane::Responses => match queued(self.bench) {
                    Some(session) => queue::show(ui, self.bench, session, self.queue, self.actions),
                    None => list::show(ui, self.bench, self.list, self.actions),
                },
                Pane::Reader => reader::show(ui, self.bench, self.reader, self.pointed, self.actions),
                Pane::Rubric => rubric::show(ui, self.bench, self.pointed, self.actions),
                Pane::Results if self.bench.is_blind() => {
                    panels::placeholder(
                        ui,
                        "Hidden while you judge blind.",
                        "Numbers come back when the session is done.",
                    );
                }
                Pane::Results => results::show(ui, self.bench, self.results, self.actions),
                Pane::Judge => judge::show(ui, self.bench, self.judge, self.actions),
            }
        });
        UiResponse::None
    }

    fn tab_title_for_pane(&mut self, pane: &Pane) -> WidgetText {
        match (pane, queued(self.bench)) {
            (Pane::Responses, Some(_)) => "Queue".into(),
            _ => pane.title().into(),
        }
    }

    fn simplification_options(&self) -> SimplificationOptions {
        SimplificationOptions { all_panes_must_have_tabs: true, ..SimplificationOptions::default() }
    }

    fn tab_bar_height(&self, _: &egui::Style) -> f32 {
        26.0
    }

    fn gap_width(&self, _: &egui::Style) -> f32 {
        GAP
    }

    fn min_size(&self) -> f32 {
        96.0
    }

    fn tab_bar_color(&self, visuals: &Visuals) -> Color32 {
        theme_of(visuals).background
    }

    fn tab_bg_color(&self, visuals: &Visuals, _: &Tiles<Pane>, _: TileId, state: &TabState) -> Color32 {
        let t = theme_of(visuals);
        if state.active { t.panel } else { t.background }
    }

    fn tab_text_color(&self, visuals: &Visuals, _: &Tiles<Pane>, _: TileId, state: &TabState) -> Color32 {
        let t = theme_of(visuals);
        if state.active { t.weak } else { t.faint }
    }

    fn tab_outline_stroke(&self, _: &Visuals, _: &Tiles<Pane>, _: TileId, _: &TabState) -> Stroke {
        Stroke::NONE
    }

    fn tab_bar_hline_stroke(&self, _: &Visuals) -> Stroke {
        Stroke::NONE
    }
}

/// The session whose queue is shown in place of the list: one that runs, or one whose names are hidden.
fn queued(bench: &Workbench) -> Option<&Session> {
    let judging = bench.judging();
    judging.session().or_else(|| judging.waiting().filter(|_| bench.is_blind()))
}

fn theme_of(visuals: &Visuals) -> &'static theme::Tokens {
    theme::tokens_of(if visuals.dark_mode { egui::Theme::Dark } else { egui::Theme::Light })
}
