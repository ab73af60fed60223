//! What the window does with the wishes of a frame.

use super::App;
use crate::model::Edit;
use crate::ui::action::Action;
use crate::ui::commands::{JudgeCommand, UiCommand, When};
use crate::ui::dialogs::{ExportDialog, Leave, Leaving, Purpose};
use crate::ui::keys::{self, KeyMap, KeyProblem};
use crate::ui::layout::{self, Pane, Preset};
use crate::ui::palette::Palette;
use crate::ui::panels::judge;
use crate::ui::strip;
use crate::workbench::{Command, Comparing, Comparison, SessionCommand, outline};

impl App {
    /// Grants the wishes of this pass; whether there were any.
    pub(super) fn run(&mut self, ctx: &egui::Context) -> bool {
        let asked = self.palette.is_none() && !self.shortcuts && self.leaving.is_none() && self.export.is_none();
        let now = |when| when == When::Always || (asked && judge::now(&self.bench, &self.judge, when));
        for command in UiCommand::pressed(ctx, now) {
            self.actions.ui(command);
        }
        let actions = self.actions.take();
        let any = !actions.is_empty();
        for action in actions {
            match action {
                Action::Bench(command) => self.obey(command),
                Action::Ui(command) => self.run_command(ctx, command),
            }
        }
        any
    }

    fn run_command(&mut self, ctx: &egui::Context, command: UiCommand) {
        let (rubric, node) = (self.bench.project().rubric().clone(), self.bench.node().clone());
        let edit = match command {
            UiCommand::AddDimension => Some(outline::add_dimension(&rubric, &node)),
            UiCommand::AddCriterion => Some(outline::add_criterion(&rubric, &node)),
            UiCommand::AddHumanCriterion => Some(outline::add_human_criterion(&rubric, &node)),
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
            UiCommand::NextResponse => self.step_response(1),
            UiCommand::PreviousResponse => self.step_response(-1),
            UiCommand::NextMark => self.bench.execute(Command::NextMark(None)),
            UiCommand::PreviousMark => self.bench.execute(Command::PreviousMark(None)),
            UiCommand::Compare => {
                let alone = self.bench.compare().comparison().is_none();
                self.bench.execute(Command::Compare(alone.then_some(Comparison::Prompt)));
            }
            UiCommand::Differences => {
                let marked = self.bench.compare().shows_differences();
                self.bench.execute(Command::Comparing(Comparing::Differences(!marked)));
            }
            UiCommand::ScrollTogether => self.reader.compare.together = !self.reader.compare.together,
            UiCommand::KeepList => self.reader.compare.keeps_list = !self.reader.compare.keeps_list,
            UiCommand::NextComparison => self.bench.execute(Command::Comparing(Comparing::Step(1))),
            UiCommand::PreviousComparison => self.bench.execute(Command::Comparing(Comparing::Step(-1))),
            UiCommand::Column1 => self.bench.execute(Command::Comparing(Comparing::Focus(0))),
            UiCommand::Column2 => self.bench.execute(Command::Comparing(Comparing::Focus(1))),
            UiCommand::Column3 => self.bench.execute(Command::Comparing(Comparing::Focus(2))),
            UiCommand::Column4 => self.bench.execute(Command::Comparing(Comparing::Focus(3))),
            UiCommand::Filter => self.top_bar.filter.focus = true,
            UiCommand::ClearFilter => self.bench.execute(Command::SetFilter(String::new())),
            UiCommand::ToggleRendered => self.reader.rendered = !self.reader.rendered,
            UiCommand::ToggleMonospace => self.reader.monospace = !self.reader.monospace,
            UiCommand::TogglePrompt => self.reader.prompt_open = !self.reader.prompt_open,
            UiCommand::LayoutDesign => self.set_preset(Preset::Design),
            UiCommand::LayoutReview => self.set_preset(Preset::Review),
            UiCommand::LayoutResults => self.set_preset(Preset::Results),
            UiCommand::ToggleTheme => {
                let dark = ctx.theme() == egui::Theme::Dark;
                ctx.set_theme(if dark { egui::Theme::Light } else { egui::Theme::Dark });
            }
            UiCommand::Palette => self.palette = Some(Palette::default()),
            UiCommand::Shortcuts => self.shortcuts = !self.shortcuts,
            UiCommand::WriteKeys => self.bench.say(keys::write()),
            UiCommand::ReadKeys => self.read_keys(ctx),
            UiCommand::Judge(command) => self.judge(command),
            UiCommand::Answer => match strip::answer(ctx, &self.bench) {
                Some(command) => self.obey(command),
                None => self.bench.say("No line below the bar offers anything."),
            },
            UiCommand::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            UiCommand::Open => self.paths.ask(ctx, Purpose::Open, ""),
            UiCommand::OpenFolder => self.paths.ask(ctx, Purpose::OpenFolder, ""),
            UiCommand::CompareFolder => self.paths.ask(ctx, Purpose::EarlierFolder, ""),
            UiCommand::CompareFile => self.paths.ask(ctx, Purpose::EarlierFile, ""),
            UiCommand::Import => self.paths.ask(ctx, Purpose::Add, ""),
            UiCommand::OpenRubric => self.paths.ask(ctx, Purpose::Rubric, ""),
            UiCommand::OpenDemo => self.obey(Command::OpenDemo),
            UiCommand::Save => self.save(ctx),
            UiCommand::SaveAs => self.save_as(ctx),
            UiCommand::Export => {
                let origin = self.bench.files().origin().map(std::path::Path::to_owned);
                self.export = Some(ExportDialog::new(self.bench.project(), origin));
            }
            UiCommand::ShowReport if self.bench.is_blind() => {
                self.bench.say("The report names files and models; it comes back when you are done judging blind.");
            }
            UiCommand::ShowReport => self.report = !self.report,
            UiCommand::FlagThresholds => self.thresholds = !self.thresholds,
            UiCommand::AddDimension
            | UiCommand::AddCriterion
            | UiCommand::AddHumanCriterion
            | UiCommand::Duplicate
            | UiCommand::Remove
            | UiCommand::MoveUp
            | UiCommand::MoveDown => {}
        }
    }

    /// Runs a command of the workbench, unless it would lose unsaved changes: then it is asked first.
    fn obey(&mut self, command: Command) {
        let replaces = match command {
            Command::Open(_) | Command::OpenDemo => true,
            Command::RestoreDraft => self.bench.restoring_replaces(),
            _ => false,
        };
        if replaces && self.bench.is_modified() {
            self.leaving = Some(Leave::Replace(command));
        } else {
            self.bench.execute(command);
        }
    }

    /// Goes through the queue while there is one, else through the list.
    fn step_response(&mut self, by: i32) {
        let is_queued = self.bench.judging().session().is_some();
        self.bench.execute(if is_queued { Command::Session(SessionCommand::Step(by)) } else { Command::StepRow(by) });
    }

    /// Does what a reviewer asks for.
    fn judge(&mut self, command: JudgeCommand) {
        if judge::run(command, &self.bench, &mut self.judge, &mut self.actions) == judge::Place::Panel {
            if self.preset != Preset::Review {
                self.set_preset(Preset::Review);
            }
            layout::reveal(&mut self.layout, Pane::Judge);
        }
        for action in self.actions.take() {
            if let Action::Bench(command) = action {
                self.obey(command);
            }
        }
    }

    /// Takes over the file of keys; what is wrong with it is said at once, and stands on the sheet.
    pub fn read_keys(&mut self, ctx: &egui::Context) {
        self.take_keys(ctx, keys::load());
    }

    /// Takes over these keys, and what is wrong with the file they are from.
    pub fn take_keys(&mut self, ctx: &egui::Context, (map, problems): (KeyMap, Vec<KeyProblem>)) {
        keys::install(ctx, map);
        match &problems[..] {
            [] => {}
            [one] => self.bench.say(one.to_string()),
            [first, rest @ ..] => self.bench.say(format!("{first} And {} more, on the sheet of keys.", rest.len())),
        }
        self.key_problems = problems;
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

    pub(super) fn ask_before_leaving(&mut self, ctx: &egui::Context) {
        let closing = ctx.input(|input| input.viewport().close_requested());
        if closing && self.bench.is_modified() && !matches!(self.after_save, Some(Leave::Close)) {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.leaving = Some(Leave::Close);
        }
        if let Some(leave) = self.leaving.take() {
            let name = self.bench.without_names(self.bench.project().name());
            match leave.show(ctx, &name, self.bench.reviews().loose()) {
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

    /// Files dropped on the window join the project; over the demo, or nothing, they become one. A project
    /// opens.
    pub(super) fn take_dropped(&mut self, ctx: &egui::Context) {
        let paths: Vec<_> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        let Some(first) = paths.first() else { return };
        let is_rubric = paths.len() == 1 && first.extension().is_some_and(|extension| extension == "ron");
        let is_project = crate::io::store::is_project(first);
        self.actions.bench(if is_rubric {
            Command::OpenRubric(first.clone())
        } else if is_project || self.bench.project().dataset().is_empty() || self.bench.files().is_demo() {
            Command::Open(paths)
        } else {
            Command::Add(paths)
        });
    }

    /// Typing into one field, or one drag, is one step of undo.
    pub(super) fn end_undo_step(&mut self, ctx: &egui::Context) {
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
}
