//! Choosing what to judge: go on with a session, or begin one.

use super::rating::keys_of;
use super::{Field, JudgeState, boxed, small, weak};
use crate::model::review::Mode;
use crate::ui::action::Actions;
use crate::ui::commands::{JudgeCommand, UiCommand};
use crate::ui::keys;
use crate::ui::theme::{metrics, strong, tokens};
use crate::ui::widgets::count;
use crate::workbench::session::{MOST_COMPARISONS, NoItems, Queue, Recipe, Session, closed};
use crate::workbench::{Command, SessionCommand, Workbench};
use egui::{Button, ComboBox, DragValue, RichText, Ui};

/// The session being asked for.
#[derive(Default)]
pub(super) struct Draft {
    recipe: Recipe,
    sample: usize,
    /// What it would have, and of what that was counted.
    found: Option<(Counted, Result<usize, NoItems>)>,
    /// Whether the project's own settings were taken over.
    is_begun: bool,
}

/// What a count depends on.
#[derive(PartialEq)]
struct Counted(Recipe, usize, usize, usize);

/// Most responses among which items are counted before a session begins.
const MOST_COUNTED: usize = 50_000;

pub(super) fn show(ui: &mut Ui, bench: &Workbench, state: &mut JudgeState, actions: &mut Actions) {
    let m = metrics();
    ui.add_space(m.space.s);
    resume(ui, bench, actions);
    ui.label(strong("Start a session", m.text.heading));
    let takes = state.takes(Field::Mode);
    let draft = &mut state.draft;
    begin_draft(draft, bench);
    mode(ui, draft, takes);
    ui.label(small(ui, what(draft.recipe.mode)));
    if matches!(draft.recipe.mode, Mode::Rate | Mode::Pairs) {
        items(ui, bench, draft);
    }
    options(ui, draft);
    let starting = std::mem::take(&mut state.starting);
    start(ui, bench, draft, starting, actions);
    gold(ui, bench, draft, actions);
}

/// Takes over how the project says that people judge, once.
fn begin_draft(draft: &mut Draft, bench: &Workbench) {
    if !std::mem::replace(&mut draft.is_begun, true) {
        let review = &bench.project().settings().review;
        draft.sample = 50;
        draft.recipe.blind = review.blind;
        draft.recipe.repeats = review.repeats;
        if bench.judging().criteria().is_empty() {
            draft.recipe.mode = Mode::Pairs;
        }
    }
}

/// Sessions that wait.
fn resume(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    let judging = bench.judging();
    let me = bench.reviews().me();
    let open = judging.waiting();
    let is_other = |session: &&Session| open.is_none_or(|open| open.begin != session.begin);
    let others = judging.sessions().iter().rev().filter(|session| session.reviewer == me).filter(is_other);
    for session in open.into_iter().chain(others).take(3) {
        let is_open = open.is_some_and(|open| open.begin == session.begin);
        let mut words = format!("Go on: {}", title(session));
        if is_open {
            words += &format!(", {} of {} done", count(judging.progress().done), count(session.items.len()));
        }
        let keys = is_open.then(|| keys_of(ui, JudgeCommand::Pause)).flatten();
        let button = super::wide(ui, false, &words, keys);
        button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &words));
        if button.clicked() {
            actions.bench(Command::Session(SessionCommand::Resume(session.begin.clone())));
        }
    }
    if bench.is_blind() {
        ui.label(small(ui, "Names of models stay hidden until the blind session is done, or you reveal them."));
    }
    ui.add_space(metrics().space.s);
}

/// What a session is called.
pub(super) fn title(session: &Session) -> String {
    let blind = if session.blind { ", blind" } else { "" };
    let queue = match session.mode {
        Mode::Rate | Mode::Pairs => format!(": {}", session.queue.name().to_lowercase()),
        Mode::Calibrate | Mode::Adjudicate => String::new(),
    };
    format!("{}{blind}{queue}", mode_name(session.mode))
}

fn mode_name(mode: Mode) -> &'static str {
    match mode {
        Mode::Rate => "Rate",
        Mode::Pairs => "Prefer",
        Mode::Calibrate => "Calibrate",
        Mode::Adjudicate => "Settle",
    }
}

fn what(mode: Mode) -> &'static str {
    match mode {
        Mode::Rate => "One response after the other, by the criteria that people rate.",
        Mode::Pairs => "Responses to one prompt beside each other: which is better?",
        Mode::Calibrate => "Judge what has a gold answer, then see that answer and its reason beside yours.",
        Mode::Adjudicate => "What reviewers disagree on, the worst first: your decision is final.",
    }
}

fn mode(ui: &mut Ui, draft: &mut Draft, takes: bool) {
    ui.horizontal_wrapped(|ui| {
        for mode in [Mode::Rate, Mode::Pairs, Mode::Calibrate, Mode::Adjudicate] {
            let choice = ui.selectable_label(draft.recipe.mode == mode, mode_name(mode));
            if takes && draft.recipe.mode == mode {
                choice.request_focus();
            }
            if choice.on_hover_text(what(mode)).clicked() {
                draft.recipe.mode = mode;
            }
        }
    });
}

/// Which items, and for comparisons how many at once and of which models.
fn items(ui: &mut Ui, bench: &Workbench, draft: &mut Draft) {
    let sample = draft.sample;
    ui.horizontal_wrapped(|ui| {
        let label = ui.label("Which");
        let combo = ComboBox::from_id_salt("queue").selected_text(draft.recipe.queue.name()).show_ui(ui, |ui| {
            for queue in Queue::all(sample) {
                let selected = std::mem::discriminant(&queue) == std::mem::discriminant(&draft.recipe.queue);
                if ui.selectable_label(selected, queue.name()).on_hover_text(queue.help()).clicked() {
                    draft.recipe.queue = queue;
                }
            }
        });
        combo.response.labelled_by(label.id).on_hover_text(draft.recipe.queue.help());
        if let Queue::Sample(n) | Queue::Stratified(n) = &mut draft.recipe.queue {
            let drag = ui.add(DragValue::new(n).range(1..=100_000).speed(1.0));
            drag.widget_info(|| egui::WidgetInfo::labeled(egui::Role::SpinButton, true, "Size of the sample"));
            draft.sample = *n;
        }
    });
    if draft.recipe.mode == Mode::Pairs {
        ui.horizontal_wrapped(|ui| {
            ui.label("At once");
            for size in 2..=4 {
                let choice = ui.selectable_label(draft.recipe.size == size, size.to_string());
                if choice.on_hover_text(if size == 2 { "Choose the better one." } else { "Rank them." }).clicked() {
                    draft.recipe.size = size;
                }
            }
            // Whoever judges blind does not need to know which models there are.
            if !bench.is_blind() {
                models(ui, bench, &mut draft.recipe);
            }
        });
    }
}

fn models(ui: &mut Ui, bench: &Workbench, recipe: &mut Recipe) {
    let words = match &recipe.models[..] {
        [] => "all models".to_owned(),
        [one] => one.clone(),
        some => format!("{} models", some.len()),
    };
    let combo = ComboBox::from_id_salt("models")
        .selected_text(words)
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
    let response = combo.show_ui(ui, |ui| {
        if ui.selectable_label(recipe.models.is_empty(), "All models").clicked() {
            recipe.models.clear();
        }
        for model in bench.project().dataset().models() {
            let mut chosen = recipe.models.contains(model);
            if ui.checkbox(&mut chosen, model).changed() {
                recipe.models.retain(|known| known != model);
                recipe.models.extend(chosen.then(|| model.clone()));
            }
        }
    });
    response
        .response
        .on_hover_text("Which models are compared")
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Models to compare"));
}

fn options(ui: &mut Ui, draft: &mut Draft) {
    let recipe = &mut draft.recipe;
    ui.horizontal_wrapped(|ui| {
        let help = "Names of models are hidden everywhere, also where a text names its own, and the order is shuffled.";
        ui.checkbox(&mut recipe.blind, "Blind").on_hover_text(help);
        if matches!(recipe.mode, Mode::Rate | Mode::Pairs) {
            let help = "What you judge is the gold answer that others calibrate with. It does not count for scores.";
            ui.checkbox(&mut recipe.gold, "Record as gold").on_hover_text(help);
            let mut percent = recipe.repeats * 100.0;
            let drag = DragValue::new(&mut percent)
                .range(0.0..=50.0)
                .speed(0.5)
                .max_decimals(0)
                .prefix("Repeat ")
                .suffix(" %");
            let help = "So many items come a second time, far from the first, to see how far you agree with yourself.";
            let drag = ui.add(drag).on_hover_text(help);
            drag.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::SpinButton, true, "Share of items that come twice")
            });
            recipe.repeats = percent / 100.0;
        }
    });
}

fn start(ui: &mut Ui, bench: &Workbench, draft: &mut Draft, starting: bool, actions: &mut Actions) {
    let t = tokens(ui.ctx());
    if !matches!(draft.recipe.mode, Mode::Rate | Mode::Pairs) {
        draft.recipe.gold = false;
    }
    let found = counted(bench, draft);
    ui.add_space(metrics().space.s);
    let words = match &found {
        Some(Ok(1)) => "Start: 1 item".to_owned(),
        Some(Ok(n)) => format!("Start: {} items", count(*n)),
        _ => "Start".to_owned(),
    };
    let is_closed = is_real(&draft.recipe) && closed(bench.gate()).is_some();
    let enabled = !is_closed && !matches!(found, Some(Err(_)));
    let mut button = Button::new(RichText::new(words).color(t.on_accent)).fill(t.accent);
    if let Some(keys) = keys_of(ui, JudgeCommand::Start) {
        button = button.shortcut_text(RichText::new(keys).color(t.on_accent));
    }
    let size = egui::vec2(ui.available_width(), metrics().row);
    let layout = egui::Layout::top_down(egui::Align::Center);
    let button = ui.allocate_ui_with_layout(size, layout, |ui| ui.add_enabled(enabled, button.min_size(size))).inner;
    let help = keys::help(ui.ctx(), UiCommand::Judge(JudgeCommand::Start));
    let button = button.on_disabled_hover_text("What is missing is said here.").on_hover_text(help);
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, "Start the session"));
    // By keys it is said again why the queue is closed.
    if button.clicked() || (starting && (enabled || is_closed)) {
        actions.bench(Command::Session(SessionCommand::Begin(Box::new(draft.recipe.clone()))));
    }
    match found {
        Some(Err(why)) => {
            ui.label(weak(ui, why.to_string()));
        }
        Some(Ok(n)) if n >= MOST_COMPARISONS && draft.recipe.mode == Mode::Pairs => {
            let most = count(MOST_COMPARISONS);
            let words = format!("A session has at most {most} comparisons: these are drawn from all at random.");
            ui.label(small(ui, words));
        }
        _ => {}
    }
}

/// Whether what is judged counts, so that calibration may be asked for first.
fn is_real(recipe: &Recipe) -> bool {
    matches!(recipe.mode, Mode::Rate | Mode::Pairs) && !recipe.gold
}

/// How many items there would be, counted anew only when something changed.
fn counted(bench: &Workbench, draft: &mut Draft) -> Option<Result<usize, NoItems>> {
    if bench.project().dataset().responses().len() > MOST_COUNTED {
        return None;
    }
    let listed = bench.listed();
    let key = Counted(
        draft.recipe.clone(),
        std::sync::Arc::as_ptr(bench.judgements()) as usize,
        listed.as_ptr() as usize,
        std::sync::Arc::as_ptr(bench.project().rubric()) as usize,
    );
    if draft.found.as_ref().is_none_or(|(known, _)| *known != key) {
        draft.found = Some((key, bench.items_of(&draft.recipe)));
    }
    draft.found.as_ref().map(|(_, found)| *found)
}

/// Whether the project asks for calibration first, and what is judged beside a session is gold.
fn gold(ui: &mut Ui, bench: &Workbench, draft: &mut Draft, actions: &mut Actions) {
    if is_real(&draft.recipe)
        && let Some(why) = closed(bench.gate())
    {
        boxed(ui, tokens(ui.ctx()).warning, |ui| {
            ui.label(why);
            let is_there = !bench.gold().is_empty();
            if is_there && ui.button("Calibrate first").on_hover_text(what(Mode::Calibrate)).clicked() {
                draft.recipe.mode = Mode::Calibrate;
            } else if !is_there && ui.button("Record gold").on_hover_text("Judge them yourself, as gold.").clicked() {
                draft.recipe.gold = true;
            }
        });
    }
    let mut gold = bench.judging().is_gold();
    if gold && ui.checkbox(&mut gold, "Record what I judge below as gold").changed() {
        actions.bench(Command::Session(SessionCommand::SetGold(gold)));
    }
}
