//! A person at the window: finds what is on screen by role and label, clicks, types, and waits for what runs
//! in the background.

use crate::support::cpu_renderer::harness;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use image::RgbaImage;
use rubrica::checks::{Check, Phrases};
use rubrica::model::{Absent, Criterion, Dataset, DatasetBuilder, Dimension, ImportReport, Judge};
use rubrica::model::{NewPrompt, NewResponse, Node, Project, Rubric};
use rubrica::ui::App;
use rubrica::workbench::{Command, Workbench};
use std::time::{Duration, Instant};

/// How long anything may take on a slow machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The keys most commands begin with.
pub(crate) const CTRL: Modifiers = Modifiers::COMMAND;
/// The same with Shift.
pub(crate) const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// The window and whoever sits before it.
pub(crate) struct Desk {
    harness: Harness<'static, App>,
}

impl Desk {
    /// An empty window of this size, in points.
    pub(crate) fn sized(size: [f32; 2]) -> Self {
        let harness = harness(size).build_eframe(|cc| App::new(&cc.egui_ctx, None));
        let mut desk = Self { harness };
        desk.settle();
        desk
    }

    /// An empty window.
    pub(crate) fn empty() -> Self {
        Self::sized([1600.0, 1000.0])
    }

    /// A window on the bundled demo.
    pub(crate) fn demo() -> Self {
        let mut desk = Self::empty();
        desk.execute(Command::OpenDemo);
        desk
    }

    /// A window on `project`, as just opened.
    pub(crate) fn with(project: Project) -> Self {
        let mut desk = Self::empty();
        desk.open(project);
        desk
    }

    /// Opens `project`, which takes long enough that work goes on in the background; when the next frame is asked for then.
    #[track_caller]
    pub(crate) fn delay_after_opening(&mut self, project: Project) -> Duration {
        self.settle();
        self.harness.state_mut().bench_mut().open(project);
        // What moves when a project is opened has come to rest by then.
        for _ in 0..20 {
            self.harness.step();
        }
        assert!(self.bench().job().is_some(), "work goes on");
        let output = self.harness.output();
        output.viewport_output.values().map(|output| output.repaint_delay).min().expect("there is a window")
    }

    /// Opens `project`.
    pub(crate) fn open(&mut self, project: Project) {
        self.harness.state_mut().bench_mut().open(project);
        self.settle();
    }

    /// Asks the workbench for `command`, as a file dialog does, and waits until it is done.
    pub(crate) fn execute(&mut self, command: Command) {
        self.harness.state_mut().bench_mut().execute(command);
        self.settle();
    }

    /// Keeps unsaved work, the position and the reviewer's name in `folder`, as the program does.
    pub(crate) fn keep_in(&mut self, folder: std::path::PathBuf) {
        self.harness.state_mut().bench_mut().keep_in(folder);
    }

    /// Takes over a file of keys with this text.
    pub(crate) fn take_keys(&mut self, source: &str) {
        let ctx = self.harness.ctx.clone();
        self.harness.state_mut().take_keys(&ctx, rubrica::ui::keys::read(source));
        self.settle();
    }

    pub(crate) fn bench(&self) -> &Workbench {
        self.harness.state().bench()
    }

    /// The mean over all responses.
    #[track_caller]
    pub(crate) fn mean(&self) -> f64 {
        self.bench().overview().all.score.expect("some response is scored").mean
    }

    /// Waits until nothing runs in the background and the picture stands still.
    #[track_caller]
    pub(crate) fn settle(&mut self) {
        let start = Instant::now();
        loop {
            // Every widget that takes input has a name; the harness looks after each run.
            self.harness.run_ok();
            let bench = self.bench();
            let is_idle = bench.job().is_none() && !bench.is_analysing();
            if is_idle && (bench.engine().is_fresh() || bench.project().dataset().is_empty()) {
                break;
            }
            assert!(start.elapsed() < PATIENCE, "still busy after {PATIENCE:?}: {:?}", bench.job());
        }
        let causes = self.harness.ctx.repaint_causes();
        assert!(self.harness.run_ok().is_some(), "the window never comes to rest: {causes:?}");
    }

    /// Moves the pointer to the middle of what has this role and label, and clicks.
    #[track_caller]
    pub(crate) fn click(&mut self, role: Role, label: &str) {
        self.harness.get_by_role_and_label(role, label).click();
        self.settle();
    }

    /// Clicks the first of several with this role and label.
    #[track_caller]
    pub(crate) fn click_first(&mut self, role: Role, label: &str) {
        let found = self.harness.query_all_by_role_and_label(role, label).next();
        found.unwrap_or_else(|| panic!("there is no {role:?} {label:?}")).click();
        self.settle();
    }

    /// Clicks a button, or a word that can be chosen.
    #[track_caller]
    pub(crate) fn push(&mut self, label: &str) {
        self.click(Role::Button, label);
    }

    /// Clicks at a place.
    pub(crate) fn click_at(&mut self, pos: Pos2) {
        self.harness.hover_at(pos);
        for pressed in [true, false] {
            self.button(pos, pressed);
        }
        self.settle();
    }

    /// Presses the pointer at `from`, moves to `to` over a few frames, and lets go.
    pub(crate) fn drag(&mut self, from: Pos2, to: Pos2) {
        self.harness.hover_at(from);
        self.button(from, true);
        for step in 1..=8 {
            self.harness.hover_at(from + (to - from) * (step as f32 / 8.0));
        }
        self.button(to, false);
        self.settle();
    }

    /// The same; whether `words` stood somewhere on screen before it let go.
    pub(crate) fn drag_and_look(&mut self, from: Pos2, to: Pos2, words: &str) -> bool {
        self.harness.hover_at(from);
        self.button(from, true);
        for step in 1..=8 {
            self.harness.hover_at(from + (to - from) * (step as f32 / 8.0));
            self.harness.step();
        }
        let seen = self.sees(words);
        self.button(to, false);
        self.settle();
        seen
    }

    fn button(&self, pos: Pos2, pressed: bool) {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        self.harness.event(Event::PointerButton { pos, button, pressed, modifiers });
    }

    /// Where what has this role and label is.
    #[track_caller]
    pub(crate) fn rect(&self, role: Role, label: &str) -> Rect {
        self.harness.get_by_role_and_label(role, label).rect()
    }

    /// Where the response is read; None while its panel is hidden.
    pub(crate) fn find_text(&self) -> Option<Rect> {
        self.harness.query_by_role(Role::Document).map(|node| node.rect())
    }

    /// Presses and releases a key.
    pub(crate) fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// Types into whatever has the keyboard.
    pub(crate) fn type_text(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.settle();
    }

    /// Types into whatever has the keyboard and shows a single frame.
    pub(crate) fn frame_of_typing(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.harness.step();
    }

    /// Clicks into the field called `label` and types over what it holds.
    #[track_caller]
    pub(crate) fn fill(&mut self, label: &str, text: &str) {
        self.fill_nth(label, 0, text);
    }

    /// The same for one of several fields of the same name.
    #[track_caller]
    pub(crate) fn fill_nth(&mut self, label: &str, index: usize, text: &str) {
        let field = self.fields(label).nth(index);
        field.unwrap_or_else(|| panic!("there is no field {label:?} number {index}")).click();
        self.settle();
        self.press(CTRL, Key::A);
        if text.is_empty() {
            self.press(Modifiers::NONE, Key::Backspace);
        } else {
            self.type_text(text);
        }
    }

    /// What the fields called `label` hold.
    pub(crate) fn values(&self, label: &str) -> Vec<String> {
        self.fields(label).map(|field| field.value().unwrap_or_default()).collect()
    }

    fn fields<'a>(&'a self, label: &'a str) -> impl Iterator<Item = egui_kittest::Node<'a>> {
        let input = |role| matches!(role, Role::TextInput | Role::MultilineTextInput | Role::SpinButton);
        self.harness.query_all_by_label(label).filter(move |node| input(node.accesskit_node().role()))
    }

    /// Whether `text` stands somewhere on screen.
    pub(crate) fn sees(&self, text: &str) -> bool {
        self.words().any(|words| words.contains(text))
    }

    /// Fails unless `text` stands somewhere on screen.
    #[track_caller]
    pub(crate) fn expect(&self, text: &str) {
        assert!(self.sees(text), "{text:?} is not on screen; there is {:#?}", self.words().collect::<Vec<_>>());
    }

    /// Everything written on screen.
    fn words(&self) -> impl Iterator<Item = String> {
        let text = |node: egui_kittest::Node<'_>| {
            let node = node.accesskit_node();
            [node.label(), node.value()].into_iter().flatten().collect::<Vec<_>>()
        };
        self.harness.root().children_recursive().flat_map(text)
    }

    /// The labels of everything of one role, from top to bottom.
    pub(crate) fn labels(&self, role: Role) -> Vec<String> {
        self.sorted(role).iter().filter_map(|node| node.accesskit_node().label()).collect()
    }

    /// What is said of everything of one role after its label, from top to bottom.
    pub(crate) fn values_of(&self, role: Role) -> Vec<String> {
        self.sorted(role).iter().filter_map(|node| node.accesskit_node().value()).collect()
    }

    fn sorted(&self, role: Role) -> Vec<egui_kittest::Node<'_>> {
        let mut nodes: Vec<_> = self.harness.query_all_by_role(role).collect();
        nodes.sort_by(|a, b| a.rect().top().total_cmp(&b.rect().top()));
        nodes
    }

    /// Clicks the button `label` and waits for the picture it copies.
    #[track_caller]
    pub(crate) fn copied_picture(&mut self, label: &str) -> egui::ColorImage {
        self.harness.get_by_role_and_label(Role::Button, label).click();
        let start = Instant::now();
        loop {
            self.harness.step();
            let commands = &self.harness.output().platform_output.commands;
            if let Some(image) = commands.iter().find_map(|command| match command {
                egui::OutputCommand::CopyImage(image) => Some(image.clone()),
                _ => None,
            }) {
                return image;
            }
            assert!(start.elapsed() < PATIENCE, "no picture after {PATIENCE:?}");
        }
    }

    /// What the window is painted with.
    pub(crate) fn context(&self) -> &egui::Context {
        &self.harness.ctx
    }

    /// What the window looks like.
    pub(crate) fn picture(&mut self) -> RgbaImage {
        self.harness.remove_cursor();
        self.settle();
        self.harness.render().expect("the window has no paint callbacks")
    }
}

/// Responses as (model, text), all to one prompt, ids `r0`, `r1` and so on.
pub(crate) fn dataset(responses: &[(&str, Result<&str, Absent>)]) -> Dataset {
    let mut builder = DatasetBuilder::default();
    let prompt = builder.add_prompt(NewPrompt { id: "p", text: "How?", ..NewPrompt::default() });
    let prompt = prompt.expect("the first prompt’s id is free");
    for (index, &(model, text)) in responses.iter().enumerate() {
        let (id, row) = (format!("r{index}"), index as u32 + 1);
        builder.add_response(NewResponse { id: &id, prompt, model, text, metadata: None, source: 0, row });
    }
    builder.finish()
}

/// A criterion that looks for `phrases`.
pub(crate) fn phrases(id: &str, name: &str, phrases: &[&str]) -> Node {
    let check = Phrases { phrases: phrases.iter().map(|&phrase| phrase.to_owned()).collect(), ..Phrases::default() };
    Node::Criterion(Criterion::new(id, name, Judge::Check(Check::Phrases(check))))
}

/// Two dimensions, the first with criteria for “alpha” and “beta”, the second for “gamma”; passing is 0.5.
pub(crate) fn rubric() -> Rubric {
    let mut first = Dimension::new("first", "First");
    first.children = vec![phrases("alpha", "Alpha", &["alpha"]), phrases("beta", "Beta", &["beta"])];
    let mut second = Dimension::new("second", "Second");
    second.children = vec![phrases("gamma", "Gamma", &["gamma"])];
    Rubric { name: "Letters".into(), pass_mark: Some(0.5), dimensions: vec![first, second], ..Rubric::default() }
}

/// Four responses of two models under [`rubric`].
pub(crate) fn project() -> Project {
    let data = dataset(&[
        ("one", Ok("alpha beta gamma")),
        ("one", Ok("alpha only")),
        ("two", Ok("beta only, and beta again")),
        ("two", Ok("nothing of that")),
    ]);
    Project::new("letters", rubric(), data, vec![], ImportReport::default())
}
