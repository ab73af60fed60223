//! The window's frame: bars, panels, and the queue of wishes emptied once a frame.

mod obey;
mod panes;

use super::action::{Actions, Pointed};
use super::dialogs::{self, ExportDialog, Leave, Paths};
use super::keys::{self, KeyProblem};
use super::layout::{self, Pane, Preset};
use super::palette::{self, Palette};
use super::panels::judge::JudgeState;
use super::panels::judge::queue::QueueState;
use super::panels::list::ListState;
use super::panels::reader::ReaderState;
use super::panels::results::ResultsState;
use super::room::{self, Loan};
use super::status_bar;
use super::strip;
use super::theme::{self, metrics, tokens};
use super::top_bar::{self, TopBar};
use crate::workbench::{Command, Workbench};
use eframe::Storage;
use egui::{CentralPanel, Frame, Margin, Panel, Ui};
use egui_tiles::Tree;
use panes::Panes;
use std::sync::Arc;

/// The window.
pub struct App {
    bench: Workbench,
    layout: Tree<Pane>,
    preset: Preset,
    actions: Actions,
    pointed: Pointed,
    top_bar: TopBar,
    list: ListState,
    reader: ReaderState,
    judge: JudgeState,
    queue: QueueState,
    results: ResultsState,
    palette: Option<Palette>,
    shortcuts: bool,
    key_problems: Vec<KeyProblem>,
    report: bool,
    thresholds: bool,
    paths: Paths,
    export: Option<ExportDialog>,
    leaving: Option<Leave>,
    shown_title: String,
    /// Whether the window had the keyboard: when it gets it again, files may have changed meanwhile.
    had_focus: bool,
    /// The field being edited: leaving it ends an undo step.
    focused: Option<egui::Id>,
    /// What happens once the running save is done.
    after_save: Option<Leave>,
}

/// Keys under which the look is remembered.
const LAYOUT: &str = "layout";
const PRESET: &str = "preset";
const RECENT: &str = "recent";
const VIEW: &str = "results view";
const COMPARED: &str = "compared";

impl App {
    /// A window on an empty workbench, with the look it had last time.
    pub fn new(ctx: &egui::Context, storage: Option<&dyn Storage>) -> Self {
        theme::install_fonts(ctx);
        theme::install_style(ctx);
        let preset: Preset = storage.and_then(|storage| eframe::get_value(storage, PRESET)).unwrap_or_default();
        let layout = storage
            .and_then(|storage| eframe::get_value(storage, LAYOUT))
            .filter(layout::is_whole)
            .unwrap_or_else(|| preset.tree());
        let view = storage.and_then(|storage| eframe::get_value(storage, VIEW)).unwrap_or_default();
        let results = ResultsState::new(view);
        let repaint = ctx.clone();
        let mut bench = Workbench::new(Arc::new(move || repaint.request_repaint()));
        if let Some(recent) = storage.and_then(|storage| eframe::get_value(storage, RECENT)) {
            bench.files_mut().set_recent(recent);
        }
        if let Some(models) = storage.and_then(|storage| eframe::get_value(storage, COMPARED)) {
            bench.compare_mut().remember(models);
        }
        Self {
            bench,
            layout,
            preset,
            actions: Actions::default(),
            pointed: Pointed::default(),
            top_bar: TopBar::default(),
            list: ListState::default(),
            reader: ReaderState::default(),
            judge: JudgeState::default(),
            queue: QueueState::default(),
            results,
            palette: None,
            shortcuts: false,
            key_problems: Vec::new(),
            report: false,
            thresholds: false,
            paths: Paths::default(),
            export: None,
            leaving: None,
            shown_title: String::new(),
            had_focus: true,
            focused: None,
            after_save: None,
        }
    }

    /// The workbench, to open a project in it.
    pub fn bench_mut(&mut self) -> &mut Workbench {
        &mut self.bench
    }

    /// The workbench.
    pub fn bench(&self) -> &Workbench {
        &self.bench
    }

    fn bars(&mut self, ui: &mut Ui) {
        let t = tokens(ui.ctx());
        let bar = Frame::new().fill(t.panel).inner_margin(Margin::symmetric(metrics().space.l as i8, 0));
        Panel::top("top bar").exact_size(44.0).frame(bar).show(ui, |ui| {
            let busy = self.bench.job().map(|(label, fraction)| (label.to_owned(), fraction));
            top_bar::show(ui, &self.bench, &mut self.top_bar, self.preset, busy, &mut self.actions);
        });
        strip::show(ui, &self.bench, &mut self.actions);
        Panel::bottom("status bar")
            .exact_size(24.0)
            .frame(bar)
            .show(ui, |ui| status_bar::show(ui, &self.bench, self.key_problems.len(), &mut self.actions));
    }

    fn panels(&mut self, ui: &mut Ui) {
        let t = tokens(ui.ctx());
        CentralPanel::default().frame(Frame::new().fill(t.background)).show(ui, |ui| {
            let loan = self.loan(ui.available_width());
            self.reader.compare.has_room = loan.is_none();
            let loan = loan.filter(|_| !self.reader.compare.keeps_list);
            if let Some(loan) = &loan {
                loan.give(&mut self.layout);
            }
            let mut panes = Panes {
                bench: &mut self.bench,
                list: &mut self.list,
                reader: &mut self.reader,
                judge: &mut self.judge,
                queue: &mut self.queue,
                results: &mut self.results,
                pointed: &mut self.pointed,
                actions: &mut self.actions,
            };
            self.layout.ui(&mut panes, ui);
            if let Some(loan) = loan {
                loan.give_back(&mut self.layout);
            }
        });
    }

    /// The room that columns want of the list, in a window so many points wide.
    fn loan(&self, width: f32) -> Option<Loan> {
        let compare = self.bench.compare();
        let wanted = compare.comparison().and_then(|_| room::wanted(compare.columns().len()))?;
        room::loan(&self.layout, width, panes::GAP, wanted)
    }

    fn windows(&mut self, ctx: &egui::Context) {
        if let Some(mut open) = self.palette.take()
            && palette::show(ctx, &mut open, &mut self.actions)
        {
            self.palette = Some(open);
        }
        if self.shortcuts {
            self.shortcuts = keys::sheet(ctx, &self.key_problems);
        }
        if self.report && !self.bench.is_blind() {
            self.report = dialogs::report(ctx, self.bench.project().report());
        }
        if self.thresholds {
            self.thresholds = dialogs::show_thresholds(ctx, &self.bench, &mut self.actions);
        }
        self.paths.show(ctx, self.bench.files().recent(), &mut self.actions);
        if let Some(mut export) = self.export.take()
            && export.show(ctx, &self.bench, &mut self.actions)
        {
            self.export = Some(export);
        }
        if let Some(preview) = self.bench.files_mut().preview_mut() {
            dialogs::show_import(ctx, preview, &mut self.actions);
        }
        if !self.bench.files().mistakes().is_empty() && !dialogs::mistakes(ctx, self.bench.files().mistakes()) {
            self.actions.bench(Command::Dismiss);
        }
        self.ask_before_leaving(ctx);
    }

    fn title(&self) -> String {
        let name = self.bench.without_names(self.bench.project().name());
        match (&*name, self.bench.is_modified()) {
            ("", _) => "Rubrica".to_owned(),
            (name, false) => format!("{name} – Rubrica"),
            (name, true) => format!("• {name} – Rubrica"),
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _: &mut eframe::Frame) {
        self.bench.poll();
        let has_focus = ctx.input(|input| input.focused);
        if has_focus && !std::mem::replace(&mut self.had_focus, has_focus) {
            self.bench.execute(Command::LookAgain);
        }
        self.had_focus = has_focus;
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        let (now, alive) = ctx.input(|input| (input.time, !input.events.is_empty()));
        self.bench.tick(now, alive);
        self.bars(ui);
        self.judge.shown = false;
        (self.judge.selected, self.judge.top) = (self.reader.selected, self.reader.top);
        self.panels(ui);
        if let Some((row, span)) = self.judge.picked.take() {
            self.reader.pick(row, span);
        }
        self.take_dropped(&ctx);
        self.windows(&ctx);
        if self.run(&ctx) {
            // What was just painted is out of date: a keystroke and what it brings about are one frame.
            ctx.request_discard("a wish was granted");
        }
        self.end_undo_step(&ctx);
        if self.pointed.end_frame() {
            ctx.request_repaint();
        }
        // Asked for only when it changed: a wish to the window is a reason to paint again.
        let title = self.title();
        if title != self.shown_title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.shown_title = title;
        }
    }

    fn save(&mut self, storage: &mut dyn Storage) {
        eframe::set_value(storage, LAYOUT, &self.layout);
        eframe::set_value(storage, PRESET, &self.preset);
        eframe::set_value(storage, VIEW, &self.results.view);
        eframe::set_value(storage, RECENT, &self.bench.files().recent());
        eframe::set_value(storage, COMPARED, &self.bench.compare().chosen());
    }
}
