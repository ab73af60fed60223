//! Responses to one prompt side by side: one head and one text each, what differs between them above.

mod breakdown;
mod choose;
mod column;
mod follow;
mod head;

use super::reader;
use crate::text::Span;
use crate::ui::action::{Actions, Pointed};
use crate::ui::commands::UiCommand;
use crate::ui::theme::{metrics, tokens};
use crate::ui::top_bar::tooltip;
use crate::ui::widgets::elided;
use crate::workbench::{Command, Compare, Comparing, Comparison, Walk, Workbench};
use column::ColumnState;
use egui::{Rect, RichText, ScrollArea, Ui, UiBuilder, pos2, vec2};

/// What the columns remember between frames.
pub struct CompareState {
    /// Whether columns scroll together.
    pub together: bool,
    /// Whether the list stays where it is, however narrow columns are.
    pub keeps_list: bool,
    /// Whether columns have room enough without that of the list.
    pub has_room: bool,
    columns: Vec<ColumnState>,
    /// What is typed to find a model in the chooser.
    search: String,
    /// The column read in the last frame.
    focused: Option<usize>,
    /// The mark scrolled to last.
    followed: Option<usize>,
    /// How far the columns are scrolled sideways, in points.
    sideways: f32,
}

impl Default for CompareState {
    fn default() -> Self {
        let columns = Vec::new();
        Self {
            together: true,
            keeps_list: false,
            has_room: true,
            columns,
            search: String::new(),
            focused: None,
            followed: None,
            sideways: 0.0,
        }
    }
}

impl CompareState {
    /// What is selected in column `index`: the row and the bytes.
    pub(super) fn selected(&self, index: usize) -> Option<(u32, Span)> {
        self.columns.get(index)?.selected()
    }

    /// The first byte that is seen of the text in column `index`.
    pub(super) fn top(&self, index: usize) -> usize {
        self.columns.get(index).map_or(0, ColumnState::first_visible)
    }

    /// Selects `span` in the column that shows `row`, and goes there.
    pub(super) fn pick(&mut self, row: u32, span: Span) {
        self.columns.iter_mut().filter(|column| column.row() == row).for_each(|column| column.pick(span));
    }
}

/// The narrowest a column gets. Where not all fit, those that do fill the panel; the others are reached by tabs, or
/// by scrolling sideways.
const NARROWEST: f32 = 165.0;

/// How the columns are shown.
struct Setting<'a> {
    bench: &'a Workbench,
    monospace: bool,
    /// Names of the columns: letters, with the model where it may be told.
    titles: Vec<String>,
}

/// Shows the columns.
pub fn show(
    ui: &mut Ui,
    bench: &Workbench,
    state: &mut CompareState,
    prompt_open: &mut bool,
    monospace: bool,
    pointed: &mut Pointed,
    actions: &mut Actions,
) {
    toolbar(ui, bench, state, actions);
    let compare = bench.compare();
    if let Some(column) = compare.columns().first() {
        reader::prompt(ui, bench, &column.focus, prompt_open, compare.is_hidden());
    }
    if compare.columns().len() < 2 {
        ui.separator();
        too_few(ui, bench);
        return;
    }
    let setting = Setting { bench, monospace, titles: titles(bench) };
    breakdown::show(ui, &setting, pointed);
    ui.separator();
    columns(ui, &setting, state, pointed, actions);
}

/// The letter of each column, and its model where that may be told.
fn titles(bench: &Workbench) -> Vec<String> {
    let (compare, dataset) = (bench.compare(), bench.project().dataset());
    let title = |(index, column): (usize, &crate::workbench::Column)| match compare.is_hidden() {
        true => Compare::letter(index).to_owned(),
        false => format!("{} {}", Compare::letter(index), dataset.model_of(column.focus.row as usize)),
    };
    compare.columns().iter().enumerate().map(title).collect()
}

fn too_few(ui: &mut Ui, bench: &Workbench) {
    let compare = bench.compare();
    let (title, advice) = match (compare.comparison(), compare.columns().len()) {
        (Some(Comparison::Rows { .. }), _) => {
            ("Nothing to compare.", "The responses asked for are not in this project.")
        }
        (_, 0) => {
            ("None of the chosen models answered this prompt.", "Choose others, or go on to the next prompt (]).")
        }
        (_, _) if bench.project().dataset().models().len() < 2 => (
            "One response alone.",
            "This prompt has one response; go on to the next (]), or import those of another model.",
        ),
        _ => (
            "Only one of the chosen models answered this prompt.",
            "Choose another one, or go on to the next prompt (]).",
        ),
    };
    super::placeholder(ui, title, advice);
}

/// What is compared, the way to the next comparison, and how the columns are shown.
fn toolbar(ui: &mut Ui, bench: &Workbench, state: &mut CompareState, actions: &mut Actions) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let compare = bench.compare();
    let roomy = ui.available_width() > 560.0;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = m.space.s;
        let walks = compare.comparison() == Some(&Comparison::Prompt);
        if toggle(ui, true, "Compare", UiCommand::Compare) {
            actions.ui(UiCommand::Compare);
        }
        if walks {
            choose::models(ui, bench, &mut state.search, actions);
            let pairs = compare.walk() == Walk::Pairs;
            let help = "Walk through all pairs of all models that answered the prompt, then the next prompt";
            if ui.selectable_label(pairs, if roomy { "All pairs" } else { "Pairs" }).on_hover_text(help).clicked() {
                let walk = if pairs { Walk::Prompts } else { Walk::Pairs };
                actions.bench(Command::Comparing(Comparing::Walk(walk)));
            }
            for (text, command) in [("◀", UiCommand::PreviousComparison), ("▶", UiCommand::NextComparison)] {
                let button = ui.small_button(text).on_hover_text(tooltip(ui, command));
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, command.info().name));
                if button.clicked() {
                    actions.ui(command);
                }
            }
            let name = |name: &str, (at, count): (usize, usize)| format!("{name} {} of {count}", at + 1);
            let prompt = compare.place().map(|place| name("prompt", place));
            let pair = compare.pair().filter(|(_, count)| *count > 0).map(|place| name("pair", place));
            let place: Vec<String> = [pair, prompt].into_iter().flatten().collect();
            if roomy {
                ui.label(RichText::new(place.join(", ")).size(m.text.small).color(t.weak));
            }
        }
        if toggle(ui, compare.shows_differences(), "Differences", UiCommand::Differences) {
            actions.ui(UiCommand::Differences);
        }
        if toggle(ui, state.together, "Together", UiCommand::ScrollTogether) {
            actions.ui(UiCommand::ScrollTogether);
        }
        if !state.has_room {
            let name = if bench.judging().session().is_some() { "Queue" } else { "List" };
            if toggle(ui, state.keeps_list, name, UiCommand::KeepList) {
                actions.ui(UiCommand::KeepList);
            }
        }
    });
}

fn toggle(ui: &mut Ui, on: bool, text: &str, command: UiCommand) -> bool {
    ui.selectable_label(on, text).on_hover_text(tooltip(ui, command)).clicked()
}

/// All heads at one height, and below them all texts.
fn columns(ui: &mut Ui, setting: &Setting<'_>, state: &mut CompareState, pointed: &mut Pointed, actions: &mut Actions) {
    let compare = setting.bench.compare();
    let count = compare.columns().len();
    let gap = metrics().space.l;
    let room = ui.available_width();
    let fitting = ((room + gap) / (NARROWEST + gap)).clamp(1.0, count as f32).floor();
    let width = ((room - gap * (fitting - 1.0)) / fitting).floor();
    let whole = width * count as f32 + gap * (count - 1) as f32;
    let followed = follow_selection(setting.bench, state);
    column::keep(&mut state.columns, compare);

    if whole > room {
        tabs(ui, setting, actions);
    }
    // Fading would dim the first letters of each row.
    ui.spacing_mut().scroll.fade.strength = 0.0;
    let mut area = ScrollArea::horizontal().id_salt("columns").auto_shrink(false);
    if whole > room && followed.focus {
        // The column being read comes into view, with as many whole ones as fit.
        let (step, read) = (width + gap, compare.focused() as f32);
        let first = (state.sideways / step).round().clamp(read - fitting + 1.0, read);
        area = area.horizontal_scroll_offset(first * step);
    }
    let shown = area.show(ui, |ui| {
        let size = vec2(whole.max(room), ui.available_height());
        let (_, area) = ui.allocate_space(size);
        let left = |index: usize| area.left() + (width + gap) * index as f32;
        let mut top = area.top();
        for index in 0..count {
            let rect = Rect::from_min_size(pos2(left(index), area.top()), vec2(width, area.height()));
            let head = |ui: &mut Ui| head::show(ui, setting, index, rect, actions);
            let builder = UiBuilder::new().max_rect(rect).id_salt(("head", index));
            top = top.max(ui.scope_builder(builder, head).response.rect.bottom());
        }
        top += metrics().space.s;
        for index in 0..count {
            let rect = Rect::from_min_max(pos2(left(index), top), pos2(left(index) + width, area.bottom()));
            let builder = UiBuilder::new().max_rect(rect).id_salt(("text", state.columns[index].row()));
            ui.scope_builder(builder, |ui| {
                ui.set_clip_rect(ui.clip_rect().intersect(rect));
                column::show(ui, setting, &mut state.columns[index], index, &followed, pointed, actions);
            });
            if index > 0 {
                let x = left(index) - gap * 0.5;
                ui.painter().vline(x, area.y_range(), egui::Stroke::new(1.0, tokens(ui.ctx()).line));
            }
        }
    });
    state.sideways = shown.state.unclamped_offset().x;
    if state.together {
        follow::pass_on_wheel(ui, shown.inner_rect, &mut state.columns);
        if follow::lead(compare, &mut state.columns) {
            ui.request_repaint();
        }
    }
}

/// All columns by name, where not all of them fit.
fn tabs(ui: &mut Ui, setting: &Setting<'_>, actions: &mut Actions) {
    let (m, focused) = (metrics(), setting.bench.compare().focused());
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        ui.spacing_mut().button_padding.y = m.space.xs;
        let width = ui.available_width() / setting.titles.len() as f32 - m.space.xl;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = m.space.s;
            for (index, title) in setting.titles.iter().enumerate() {
                let font = egui::FontId::proportional(m.text.small);
                let name = elided(ui, title, &font, tokens(ui.ctx()).text, width);
                let tab = ui.add(egui::Button::selectable(index == focused, name));
                tab.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Show {title}")));
                if tab.clicked() {
                    actions.bench(Command::Comparing(Comparing::Focus(index)));
                }
            }
        });
    });
}

/// What changed about the selection since the last frame.
struct Followed {
    /// Another column is being read.
    focus: bool,
    /// Another piece of evidence was gone to.
    mark: bool,
}

fn follow_selection(bench: &Workbench, state: &mut CompareState) -> Followed {
    let focused = Some(bench.compare().focused());
    let focus = state.focused.is_some() && state.focused != focused;
    let mark = bench.mark().is_some() && (focus || state.followed != bench.mark());
    (state.focused, state.followed) = (focused, bench.mark());
    Followed { focus, mark }
}
