//! The window's frame: bars, panels, and the queue of wishes emptied once a frame.

use super::action::{Action, Actions, Pointed};
use super::commands::UiCommand;
use super::dialogs::{self, ExportDialog, Leave, Leaving, Paths, Purpose};
use super::layout::{self, Pane, Preset};
use super::palette::{self, Palette};
use super::panels::list::ListState;
use super::panels::reader::ReaderState;
use super::panels::{list, reader, results, rubric};
use super::status_bar;
use super::theme::{self, metrics, tokens};
use super::top_bar::{self, TopBar};
use crate::model::Edit;
use crate::workbench::{Command, Workbench, outline};
use eframe::Storage;
use egui::{CentralPanel, Frame, Margin, Panel, Ui, WidgetText};
use egui_tiles::{SimplificationOptions, TileId, Tiles, Tree, UiResponse};
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
    palette: Option<Palette>,
    shortcuts: bool,
    report: bool,
    paths: Paths,
    export: Option<ExportDialog>,
    leaving: Option<Leave>,
    /// The field being edited: leaving it ends an undo step.
    focused: Option<egui::Id>,
    /// What happens once the running save is done.
    after_save: Option<Leave>,
}

/// Keys under which the look is remembered.
const LAYOUT: &str = "layout";
const PRESET: &str = "preset";
const RECENT: &str = "recent";

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
        let repaint = ctx.clone();
        let mut bench = Workbench::new(Arc::new(move || repaint.request_repaint()));
        if let Some(recent) = storage.and_then(|storage| eframe::get_value(storage, RECENT)) {
            bench.files_mut().set_recent(recent);
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
            palette: None,
            shortcuts: false,
            report: false,
            paths: Paths::default(),
            export: None,
            leaving: None,
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
        Panel::bottom("status bar")
            .exact_size(24.0)
            .frame(bar)
            .show(ui, |ui| status_bar::show(ui, &self.bench, &mut self.actions));
    }

    fn panels(&mut self, ui: &mut Ui) {
        let t = tokens(ui.ctx());
        CentralPanel::default().frame(Frame::new().fill(t.background)).show(ui, |ui| {
            let mut panes = Panes {
                bench: &mut self.bench,
                list: &mut self.list,
                reader: &mut self.reader,
                pointed: &mut self.pointed,
                actions: &mut self.actions,
            };
            self.layout.ui(&mut panes, ui);
        });
    }

    fn windows(&mut self, ctx: &egui::Context) {
        if let Some(mut open) = self.palette.take()
            && palette::show(ctx, &mut open, &mut self.actions)
        {
            self.palette = Some(open);
        }
        if self.shortcuts {
            self.shortcuts = palette::shortcuts(ctx);
        }
        if self.report {
            self.report = dialogs::report(ctx, self.bench.project().report());
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

    fn run(&mut self, ctx: &egui::Context) {
        for command in UiCommand::pressed(ctx) {
            self.actions.ui(command);
        }
        for action in self.actions.take() {
            match action {
                Action::Bench(command) => self.obey(command),
                Action::Ui(command) => self.run_command(ctx, command),
            }
        }
    }

    fn run_command(&mut self, ctx: &egui::Context, command: UiCommand) {
        let (rubric, node) = (self.bench.project().rubric().clone(), self.bench.node().clone());
        let edit = match command {
            UiCommand::AddDimension => Some(outline::add_dimension(&rubric, &node)),
            UiCommand::AddCriterion => Some(outline::add_criterion(&rubric, &node)),
            UiCommand::Duplicate => outline::duplicate(&rubric, &node),
            UiCommand::Remove => (node.depth() > 0).then_some(Edit::RemoveNode(node)),
            UiCommand::MoveUp => outline::shift(&rubric, &node, false),
            UiCommand::MoveDown => outline::shift(&rubric, &node, true),
            _ => None,
        };
        if let Some(edit) = edit {
            return self.bench.execute(Command::Edit(edit));
        }
        match command {
            UiCommand::Undo => self.bench.execute(Command::Undo),
            UiCommand::Redo => self.bench.execute(Command::Redo),
            UiCommand::NextNode => self.step_node(true),
            UiCommand::PreviousNode => self.step_node(false),
            UiCommand::NextResponse => self.bench.execute(Command::StepRow(1)),
            UiCommand::PreviousResponse => self.bench.execute(Command::StepRow(-1)),
            UiCommand::NextMark => self.bench.execute(Command::NextMark(None)),
            UiCommand::PreviousMark => self.bench.execute(Command::PreviousMark(None)),
            UiCommand::Filter => self.top_bar.focus_filter = true,
            UiCommand::ClearFilter => self.bench.execute(Command::SetFilter(String::new())),
            UiCommand::ToggleRendered => self.reader.rendered = !self.reader.rendered,
            UiCommand::ToggleMonospace => self.reader.monospace = !self.reader.monospace,
            UiCommand::LayoutDesign => self.set_preset(Preset::Design),
            UiCommand::LayoutReview => self.set_preset(Preset::Review),
            UiCommand::LayoutResults => self.set_preset(Preset::Results),
            UiCommand::ToggleTheme => {
                let dark = ctx.theme() == egui::Theme::Dark;
                ctx.set_theme(if dark { egui::Theme::Light } else { egui::Theme::Dark });
            }
            UiCommand::Palette => self.palette = Some(Palette::default()),
            UiCommand::Shortcuts => self.shortcuts = !self.shortcuts,
            UiCommand::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            UiCommand::Open => self.paths.ask(ctx, Purpose::Open, ""),
            UiCommand::OpenFolder => self.paths.ask(ctx, Purpose::OpenFolder, ""),
            UiCommand::Import => self.paths.ask(ctx, Purpose::Add, ""),
            UiCommand::OpenRubric => self.paths.ask(ctx, Purpose::Rubric, ""),
            UiCommand::OpenDemo => self.obey(Command::OpenDemo),
            UiCommand::Save => self.save(ctx),
            UiCommand::SaveAs => self.save_as(ctx),
            UiCommand::Export => {
                let origin = self.bench.files().origin().map(std::path::Path::to_owned);
                self.export = Some(ExportDialog::new(self.bench.project(), origin));
            }
            UiCommand::ShowReport => self.report = !self.report,
            UiCommand::AddDimension
            | UiCommand::AddCriterion
            | UiCommand::Duplicate
            | UiCommand::Remove
            | UiCommand::MoveUp
            | UiCommand::MoveDown => {}
        }
    }

    /// Runs a command of the workbench, unless it would lose unsaved changes: then it is asked first.
    fn obey(&mut self, command: Command) {
        let replaces = matches!(command, Command::Open(_) | Command::OpenDemo);
        if replaces && self.bench.is_modified() {
            self.leaving = Some(Leave::Replace(command));
        } else {
            self.bench.execute(command);
        }
    }

    fn save(&mut self, ctx: &egui::Context) {
        if self.bench.files().origin().is_some() && self.bench.files().read_only().is_none() {
            self.bench.execute(Command::Save(None));
        } else {
            self.save_as(ctx);
        }
    }

    fn save_as(&mut self, ctx: &egui::Context) {
        let name = self.bench.project().name().to_owned();
        let name = if name.is_empty() { "untitled" } else { &name };
        self.paths.ask(ctx, Purpose::Save, name);
    }

    fn ask_before_leaving(&mut self, ctx: &egui::Context) {
        let closing = ctx.input(|input| input.viewport().close_requested());
        if closing && self.bench.is_modified() && !matches!(self.after_save, Some(Leave::Close)) {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.leaving = Some(Leave::Close);
        }
        if let Some(leave) = self.leaving.take() {
            match leave.show(ctx, self.bench.project().name()) {
                Leaving::Open => self.leaving = Some(leave),
                Leaving::Stay => {}
                Leaving::Save => {
                    self.after_save = Some(leave);
                    self.save(ctx);
                }
                Leaving::Discard => self.leave(ctx, leave),
            }
        }
        // Saving is done when nothing is modified any more.
        if !self.bench.is_modified()
            && let Some(leave) = self.after_save.take()
        {
            self.leave(ctx, leave);
        }
    }

    fn leave(&mut self, ctx: &egui::Context, leave: Leave) {
        match leave {
            Leave::Close => {
                self.bench.abandon();
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
            Leave::Replace(command) => self.bench.execute(command),
        }
    }

    /// Files dropped on the window join the project, or become one; a project opens.
    fn take_dropped(&mut self, ctx: &egui::Context) {
        let paths: Vec<_> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        let Some(first) = paths.first() else { return };
        let is_rubric = paths.len() == 1 && first.extension().is_some_and(|extension| extension == "ron");
        let is_project = crate::io::store::is_project(first);
        self.actions.bench(if is_rubric {
            Command::OpenRubric(first.clone())
        } else if is_project || self.bench.project().dataset().is_empty() {
            Command::Open(paths)
        } else {
            Command::Add(paths)
        });
    }

    /// Typing into one field, or one drag, is one step of undo.
    fn end_undo_step(&mut self, ctx: &egui::Context) {
        let focused = ctx.memory(egui::Memory::focused);
        if focused != self.focused || ctx.input(|input| input.pointer.any_released()) {
            self.focused = focused;
            self.bench.execute(Command::Seal);
        }
    }

    fn step_node(&mut self, down: bool) {
        let path = outline::neighbour(self.bench.project().rubric(), self.bench.node(), down);
        self.bench.execute(Command::SelectNode(path));
    }

    fn set_preset(&mut self, preset: Preset) {
        self.preset = preset;
        self.layout = preset.tree();
    }

    fn title(&self) -> String {
        match (self.bench.project().name(), self.bench.is_modified()) {
            ("", _) => "Rubrica".to_owned(),
            (name, false) => format!("{name} – Rubrica"),
            (name, true) => format!("• {name} – Rubrica"),
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, _: &egui::Context, _: &mut eframe::Frame) {
        self.bench.poll();
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        self.bars(ui);
        self.panels(ui);
        self.take_dropped(&ctx);
        self.windows(&ctx);
        self.run(&ctx);
        self.end_undo_step(&ctx);
        if self.pointed.end_frame() {
            ctx.request_repaint();
        }
        let title = self.title();
        if ctx.input(|input| input.viewport().title.as_deref() != Some(&title)) {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title));
        }
    }

    fn save(&mut self, storage: &mut dyn Storage) {
        eframe::set_value(storage, LAYOUT, &self.layout);
        eframe::set_value(storage, PRESET, &self.preset);
        eframe::set_value(storage, RECENT, &self.bench.files().recent());
    }
}

/// The panels as the layout shows them.
struct Panes<'a> {
    bench: &'a mut Workbench,
    list: &'a mut ListState,
    reader: &'a mut ReaderState,
    pointed: &'a mut Pointed,
    actions: &'a mut Actions,
}

impl egui_tiles::Behavior<Pane> for Panes<'_> {
    fn pane_ui(&mut self, ui: &mut Ui, _: TileId, pane: &mut Pane) -> UiResponse {
        let fill = tokens(ui.ctx()).panel;
        let margin = Margin::symmetric(metrics().space.l as i8, metrics().space.m as i8);
        Frame::new().fill(fill).inner_margin(margin).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            match pane {
                Pane::Responses => list::show(ui, self.bench, self.list, self.actions),
                Pane::Reader => reader::show(ui, self.bench, self.reader, self.pointed, self.actions),
                Pane::Rubric => rubric::show(ui, self.bench, self.pointed, self.actions),
                Pane::Results => results::show(ui, self.bench, self.actions),
            }
        });
        UiResponse::None
    }

    fn tab_title_for_pane(&mut self, pane: &Pane) -> WidgetText {
        pane.title().into()
    }

    fn simplification_options(&self) -> SimplificationOptions {
        SimplificationOptions { all_panes_must_have_tabs: true, ..SimplificationOptions::default() }
    }

    fn tab_bar_height(&self, _: &egui::Style) -> f32 {
        26.0
    }

    fn gap_width(&self, _: &egui::Style) -> f32 {
        3.0
    }

    fn min_size(&self) -> f32 {
        96.0
    }

    fn tab_bar_color(&self, visuals: &egui::Visuals) -> egui::Color32 {
        theme_of(visuals).background
    }

    fn tab_bg_color(
        &self,
        visuals: &egui::Visuals,
        _: &Tiles<Pane>,
        _: TileId,
        state: &egui_tiles::TabState,
    ) -> egui::Color32 {
        let t = theme_of(visuals);
        if state.active { t.panel } else { t.background }
    }

    fn tab_text_color(
        &self,
        visuals: &egui::Visuals,
        _: &Tiles<Pane>,
        _: TileId,
        state: &egui_tiles::TabState,
    ) -> egui::Color32 {
        let t = theme_of(visuals);
        if state.active { t.weak } else { t.faint }
    }

    fn tab_outline_stroke(
        &self,
        _: &egui::Visuals,
        _: &Tiles<Pane>,
        _: TileId,
        _: &egui_tiles::TabState,
    ) -> egui::Stroke {
        egui::Stroke::NONE
    }

    fn tab_bar_hline_stroke(&self, _: &egui::Visuals) -> egui::Stroke {
        egui::Stroke::NONE
    }
}

fn theme_of(visuals: &egui::Visuals) -> &'static theme::Tokens {
    theme::tokens_of(if visuals.dark_mode { egui::Theme::Dark } else { egui::Theme::Light })
}
