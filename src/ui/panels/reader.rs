//! The response being read: what was asked, what came back, and every piece of evidence in its place.

use super::colours;
use super::compare::{self, CompareState};
use super::judge::Overlays;
use super::missing;
use crate::model::{ResponseText, TextRef};
use crate::text::Span;
use crate::ui::action::{Actions, Pointed};
use crate::ui::commands::UiCommand;
use crate::ui::keys;
use crate::ui::text_view::{LayerStyle, Mark, TextDoc, TextStyleOptions, TextView};
use crate::ui::theme::{STRONG, metrics, strong, tokens};
use crate::ui::top_bar::tooltip;
use crate::ui::widgets::{Part, number, one_line, stacked};
use crate::workbench::{Command, Focus, Workbench};
use egui::{FontFamily, FontId, RichText, Sense, Ui, vec2};

/// What the reader remembers between frames.
#[derive(Default)]
pub struct ReaderState {
    view: TextView,
    /// The document shown, with the response and revision it is of.
    doc: Option<(u32, u64, TextDoc)>,
    /// The mark scrolled to last.
    followed: Option<usize>,
    /// Rendered Markdown instead of the text with its evidence.
    pub rendered: bool,
    /// A monospaced face.
    pub monospace: bool,
    /// What is selected: the row and the bytes.
    pub selected: Option<(u32, Span)>,
    /// The first byte that is seen of it.
    pub top: usize,
    /// Responses side by side.
    pub compare: CompareState,
    /// Whether the whole prompt is shown.
    pub prompt_open: bool,
    missing_open: bool,
    overlays: Overlays,
    markdown: egui_commonmark::CommonMarkCache,
}

impl ReaderState {
    /// Selects `span` of the response at `row`, and goes there.
    pub fn pick(&mut self, row: u32, span: Span) {
        self.selected = Some((row, span));
        self.rendered = false;
        if self.doc.as_ref().is_some_and(|(shown, _, _)| *shown == row) {
            self.view.go_to(span);
        }
        self.compare.pick(row, span);
    }
}

/// Longer texts are shown, whatever is in them.
const LONGEST_BLANK: usize = 10_000;

/// Whether there is nothing to see in `text`, nor evidence in it.
pub(super) fn is_blank(focus: &Focus, text: &str) -> bool {
    text.len() <= LONGEST_BLANK && focus.marks.is_empty() && text.trim().is_empty()
}

/// What is said in the place of a text in which nothing is seen.
pub(super) fn blank(is_empty: bool) -> (&'static str, &'static str) {
    match is_empty {
        true => ("Empty response.", "The model returned an empty text."),
        false => ("Blank response.", "The model returned spaces and line ends only."),
    }
}

/// Shows the response in focus.
pub fn show(ui: &mut Ui, bench: &Workbench, state: &mut ReaderState, pointed: &mut Pointed, actions: &mut Actions) {
    let Some(focus) = bench.focus() else {
        super::placeholder(ui, "No response selected.", "Choose one in the list.");
        return;
    };
    if bench.compare().comparison().is_some() {
        let (monospace, prompt_open) = (state.monospace, &mut state.prompt_open);
        compare::show(ui, bench, &mut state.compare, prompt_open, monospace, pointed, actions);
        state.selected = state.compare.selected(bench.compare().focused());
        state.top = state.compare.top(bench.compare().focused());
        return;
    }
    header(ui, bench, focus, state, pointed, actions);
    prompt(ui, bench, focus, &mut state.prompt_open, false);
    missing::show(ui, bench, focus, &mut state.missing_open);
    if let Some(span) = super::flags::chips(ui, bench, actions) {
        state.rendered = false;
        state.view.go_to(span);
    }
    ui.separator();
    match bench.project().dataset().responses()[focus.row as usize].text {
        ResponseText::Absent(absent) => {
            let why = format!("The file says {} where this response should be; it is not scored.", absent.label());
            super::placeholder(ui, "No text.", &why);
        }
        ResponseText::Present(at) if is_blank(focus, bench.project().dataset().text(at)) => {
            let (title, why) = blank(at.is_empty());
            super::placeholder(ui, title, &format!("{why} It is scored as it is."));
        }
        ResponseText::Present(at) => {
            let text = bench.project().dataset().text(at);
            if state.rendered && text.len() <= LONGEST_RENDERED {
                rendered(ui, &bench.without_names(text), state);
            } else {
                if state.rendered {
                    let words = "Too long to render; this is the text as it is.";
                    ui.label(RichText::new(words).size(metrics().text.small).color(tokens(ui.ctx()).weak));
                }
                refresh(state, bench, focus, at);
                evidence(ui, bench, focus, state, pointed, actions);
            }
        }
    }
}

fn header(
    ui: &mut Ui,
    bench: &Workbench,
    focus: &Focus,
    state: &mut ReaderState,
    pointed: &mut Pointed,
    actions: &mut Actions,
) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    ui.horizontal(|ui| {
        let roomy = ui.available_width() > 640.0;
        let font = FontId::new(m.text.heading, FontFamily::Name(STRONG.into()));
        let name = one_line(ui, &bench.shown_model(focus.row), font, t.text, ui.available_width() * 0.36);
        ui.label(name);
        let total = &focus.card.total;
        ui.label(strong(number(total.score), m.text.heading).color(t.accent));
        match total.passed {
            Some(true) => ui.label(RichText::new("✓ pass").color(t.good)),
            Some(false) => ui.label(RichText::new("✗ fail").color(t.bad)),
            None => ui.label(""),
        };
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            marks(ui, bench, focus, actions);
            ui.add_space(m.space.s);
            if ui.selectable_label(false, "Compare").on_hover_text(tooltip(ui, UiCommand::Compare)).clicked() {
                actions.ui(UiCommand::Compare);
            }
            if !roomy {
                return;
            }
            if ui
                .selectable_label(state.rendered, "Rendered")
                .on_hover_text(UiCommand::ToggleRendered.info().help)
                .clicked()
            {
                actions.ui(UiCommand::ToggleRendered);
            }
            if ui
                .selectable_label(state.monospace, "Mono")
                .on_hover_text(UiCommand::ToggleMonospace.info().help)
                .clicked()
            {
                actions.ui(UiCommand::ToggleMonospace);
            }
        });
    });
    contributions(ui, bench, focus, pointed);
}

/// Previous and next evidence, and where one is.
fn marks(ui: &mut Ui, bench: &Workbench, focus: &Focus, actions: &mut Actions) {
    let count = focus.marks.len();
    if ui
        .add_enabled(count > 0, egui::Button::new("▶").small())
        .on_hover_text(keys::help(ui.ctx(), UiCommand::NextMark))
        .clicked()
    {
        actions.bench(Command::NextMark(None));
    }
    let text = match (bench.mark(), count) {
        (_, 0) => "no evidence".to_owned(),
        (Some(mark), _) => format!("{} of {count}", mark + 1),
        (None, 1) => "1 match".to_owned(),
        (None, _) => format!("{count} matches"),
    };
    ui.label(RichText::new(text).color(tokens(ui.ctx()).weak));
    if ui
        .add_enabled(count > 0, egui::Button::new("◀").small())
        .on_hover_text(keys::help(ui.ctx(), UiCommand::PreviousMark))
        .clicked()
    {
        actions.bench(Command::PreviousMark(None));
    }
}

/// The score unfolded into what made it: one chip a top-level dimension, and the same as a bar.
fn contributions(ui: &mut Ui, bench: &Workbench, focus: &Focus, pointed: &mut Pointed) {
    let m = metrics();
    let Some(score) = bench.engine().row(focus.row as usize) else { return };
    let parts = score.contributions();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), m.bar), Sense::hover());
    let rubric = score.rubric();
    stacked(
        ui,
        rect,
        parts.iter().map(|&(dimension, share)| Part {
            share: share as f32,
            colour: colours::of_dimension(ui.ctx(), bench, rubric, dimension),
        }),
    );
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = m.space.l;
        for &(dimension, share) in &parts {
            let entry = &rubric.dimensions[dimension];
            let colour = colours::of_dimension(ui.ctx(), bench, rubric, dimension);
            let text = format!("■ {} {share:+.2}", entry.name).replace(' ', "\u{a0}");
            let response = ui.label(RichText::new(text).size(m.text.small).color(colour));
            let value = number(score.dimension(dimension));
            if response.hovered()
                && let Some(first) = colours::first_criterion(rubric, dimension)
            {
                pointed.point(first);
            }
            response
                .on_hover_text(format!("{} is {value}; its weight makes that {share:+.2} of the score.", entry.name));
        }
        flags(ui, focus);
    });
}

/// What a person should know before trusting the score.
fn flags(ui: &mut Ui, focus: &Focus) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let total = &focus.card.total;
    if !total.is_complete() {
        let share = format!("{:.0} % scored", total.coverage * 100.0);
        ui.label(RichText::new(share).size(m.text.small).color(t.warning)).on_hover_text(
            "The rest awaits a human, is invalid or has a mistake; it counts neither as 0 nor as a pass.",
        );
    }
    if let Some(gate) = total.gate {
        let name = &focus.rubric.criteria[gate].name;
        ui.label(RichText::new(format!("gated by {name}")).size(m.text.small).color(t.bad)).on_hover_text(format!(
            "“{name}” is not met; before that gate the score was {}.",
            number(total.before_gates)
        ));
    }
}

/// What was asked, in one line that unfolds. `hidden` leaves out what could tell the model.
pub(super) fn prompt(ui: &mut Ui, bench: &Workbench, focus: &Focus, open: &mut bool, hidden: bool) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let dataset = bench.project().dataset();
    let response = &dataset.responses()[focus.row as usize];
    let prompt = dataset.prompt_of(focus.row as usize);
    let text = dataset.text(prompt.text);
    let row = ui.horizontal(|ui| {
        let arrow = if *open { "▼" } else { "▶" };
        ui.label(RichText::new(arrow).size(m.text.small).color(t.weak));
        let id = dataset.text(prompt.id);
        ui.label(RichText::new(id).font(FontId::new(m.text.small, FontFamily::Name(STRONG.into()))).color(t.weak));
        if !*open {
            let line = one_line(ui, text, FontId::proportional(m.text.body), t.weak, ui.available_width());
            ui.label(line);
        }
    });
    let toggle = ui.interact(row.response.rect, ui.scope_id().with("prompt"), Sense::click());
    let label = if *open { "Hide prompt" } else { "Show prompt" };
    toggle.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, label));
    let toggle = toggle.on_hover_text(keys::help(ui.ctx(), UiCommand::TogglePrompt));
    if toggle.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        *open = !*open;
    }
    if *open {
        let height = ui.available_height() * 0.4;
        egui::ScrollArea::vertical().id_salt("prompt").max_height(height).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.add(egui::Label::new(text).selectable(true).wrap());
            if let Some(reference) = prompt.reference {
                ui.add_space(m.space.m);
                ui.label(strong("Reference answer", m.text.small).color(t.weak));
                ui.add(egui::Label::new(dataset.text(reference)).selectable(true).wrap());
            }
            for (title, metadata) in
                [("Prompt’s metadata", prompt.metadata), ("Response’s metadata", response.metadata)]
            {
                // It often says which model it was.
                if let Some(metadata) = metadata.filter(|_| !hidden && !bench.is_blind()) {
                    ui.add_space(m.space.m);
                    ui.label(strong(title, m.text.small).color(t.weak));
                    let text = RichText::new(dataset.text(metadata)).monospace();
                    ui.add(egui::Label::new(text).selectable(true).wrap());
                }
            }
        });
    }
}

/// Bytes of the longest text whose Markdown is rendered: all of it is laid out, whatever is seen of it.
const LONGEST_RENDERED: usize = 100_000;

fn rendered(ui: &mut Ui, text: &str, state: &mut ReaderState) {
    egui::ScrollArea::vertical().id_salt("rendered").auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(READING_WIDTH.min(ui.available_width()));
        egui_commonmark::CommonMarkViewer::new().show(ui, &mut state.markdown, text);
    });
}

/// A comfortable measure: about 95 characters.
pub(super) const READING_WIDTH: f32 = 760.0;

fn evidence(
    ui: &mut Ui,
    bench: &Workbench,
    focus: &Focus,
    state: &mut ReaderState,
    pointed: &mut Pointed,
    actions: &mut Actions,
) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let Some((_, _, doc)) = &state.doc else { return };
    if state.followed != bench.mark() {
        state.followed = bench.mark();
        if let Some(mark) = bench.mark().and_then(|mark| focus.marks.get(mark)) {
            state.view.scroll_to(mark.span);
        }
    }
    let layers: Vec<LayerStyle> = (0..focus.rubric.criteria.len())
        .map(|index| LayerStyle { color: colours::of_criterion(ui.ctx(), bench, &focus.rubric, index) })
        .collect();
    let options = TextStyleOptions {
        monospace: state.monospace,
        size: m.text.reading,
        monospace_size: m.text.mono + 0.5,
        text_color: Some(t.text),
        max_width: READING_WIDTH,
        centered: false,
        emphasised: pointed.criterion().map(|criterion| criterion as u32),
        current: bench.mark(),
        overlays: state.overlays.of(ui, bench, focus.row),
        ..TextStyleOptions::default()
    };
    let output = state.view.show(ui, doc, &layers, &options);
    (state.selected, state.top) = (output.selection.map(|span| (focus.row, span)), state.view.first_visible());
    if let Some(&first) = output.hovered_marks.first() {
        pointed.point(focus.marks[first].criterion);
        let marks: Vec<_> = output.hovered_marks.iter().map(|&mark| focus.marks[mark]).collect();
        output.response.on_hover_ui_at_pointer(|ui| explain(ui, bench, focus, &marks));
    }
    if let Some(mark) = output.clicked_mark {
        actions.bench(Command::SelectMark(mark));
        actions.bench(Command::SelectNode(focus.rubric.criteria[focus.marks[mark].criterion].path.clone()));
    }
}

/// Builds the document anew when another response, or another rubric's evidence, is shown.
fn refresh(state: &mut ReaderState, bench: &Workbench, focus: &Focus, at: TextRef) {
    let current = state.doc.as_ref().map(|(row, revision, _)| (*row, *revision));
    if current == Some((focus.row, focus.revision)) {
        return;
    }
    let marks = focus
        .marks
        .iter()
        .map(|mark| Mark { span: mark.span, layer: mark.criterion as u32, violates: mark.violates })
        .collect();
    let dataset = bench.project().dataset();
    match &mut state.doc {
        Some((row, revision, doc)) if *row == focus.row && is_same(doc.text(), dataset.text(at)) => {
            doc.set_marks(marks);
            *revision = focus.revision;
        }
        doc => {
            *doc = Some((focus.row, focus.revision, TextDoc::new(dataset.shared_text(at), marks)));
            state.view = TextView::default();
        }
    }
}

/// Whether the texts are equal: at once where they are the very same.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    std::ptr::eq(a, b) || a == b
}

/// What a highlight is evidence of, and what that did to the score.
pub(super) fn explain(ui: &mut Ui, bench: &Workbench, focus: &Focus, marks: &[crate::workbench::FocusMark]) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let mut seen = Vec::new();
    for mark in marks {
        if seen.contains(&mark.criterion) {
            continue;
        }
        seen.push(mark.criterion);
        let (criterion, card) = (&focus.rubric.criteria[mark.criterion], &focus.card.criteria[mark.criterion]);
        ui.horizontal(|ui| {
            let colour = colours::of_criterion(ui.ctx(), bench, &focus.rubric, mark.criterion);
            ui.label(RichText::new("■").color(colour));
            ui.label(strong(&criterion.name, m.text.body));
        });
        let what = if mark.violates { "counts against it" } else { "counts for it" };
        ui.label(RichText::new(format!("This {what}; the criterion is {} here.", number(card.value))).color(t.weak));
    }
}
