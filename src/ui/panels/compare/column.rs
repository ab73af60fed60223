//! The text of a column with its evidence and the words in which it differs.

use super::breakdown::is_marked;
use super::{Followed, Setting};
use crate::model::ResponseText;
use crate::text::{Span, WordDiff, in_both};
use crate::ui::action::{Actions, Pointed};
use crate::ui::panels::judge::Overlays;
use crate::ui::panels::{colours, reader};
use crate::ui::text_view::{
    LayerStyle, Look, Mark, Overlay, OverlaySpans, Position, TextDoc, TextStyleOptions, TextView,
};
use crate::ui::theme::{metrics, tokens};
use crate::workbench::{Command, Compare, Comparing, Focus, WordsState};
use egui::Ui;
use std::sync::Arc;

/// A column narrower than this has a smaller face.
const NARROW: f32 = 320.0;

/// What a column remembers between frames.
pub(super) struct ColumnState {
    row: u32,
    view: TextView,
    doc: Option<(u64, TextDoc)>,
    /// What only this column has, and of which comparisons that is.
    only: (Vec<Arc<WordDiff>>, OverlaySpans),
    /// Labels, and names that are hidden.
    judged: Overlays,
    selected: Option<Span>,
    /// Whether the person scrolled it in this frame.
    pub(super) scrolled: bool,
}

impl ColumnState {
    /// The row it shows.
    pub(super) fn row(&self) -> u32 {
        self.row
    }

    /// What is selected: the row and the bytes.
    pub(super) fn selected(&self) -> Option<(u32, Span)> {
        self.selected.map(|span| (self.row, span))
    }

    /// Selects `span` and goes there.
    pub(super) fn pick(&mut self, span: Span) {
        self.selected = Some(span);
        self.view.go_to(span);
    }

    /// The first byte that is seen.
    pub(super) fn first_visible(&self) -> usize {
        self.view.first_visible()
    }

    /// Where it stands.
    pub(super) fn position(&self) -> Position {
        self.view.position()
    }

    /// How high its text is.
    pub(super) fn height(&self) -> f64 {
        self.view.height()
    }

    /// Its view, to be led by another.
    pub(super) fn view(&mut self) -> &mut TextView {
        &mut self.view
    }
}

/// Has one state for each column: a response keeps its own while it moves from one place to another.
pub(super) fn keep(columns: &mut Vec<ColumnState>, compare: &Compare) {
    let mut known = std::mem::take(columns);
    for column in compare.columns() {
        let row = column.focus.row;
        let found = known.iter().position(|state| state.row == row);
        columns.push(found.map_or_else(
            || ColumnState {
                row,
                view: TextView::default(),
                doc: None,
                only: Default::default(),
                judged: Overlays::default(),
                selected: None,
                scrolled: false,
            },
            |at| known.swap_remove(at),
        ));
    }
}

/// Shows the text of column `index`.
pub(super) fn show(
    ui: &mut Ui,
    setting: &Setting<'_>,
    state: &mut ColumnState,
    index: usize,
    followed: &Followed,
    pointed: &mut Pointed,
    actions: &mut Actions,
) {
    let (bench, compare) = (setting.bench, setting.bench.compare());
    let focus = &compare.columns()[index].focus;
    state.scrolled = false;
    let dataset = bench.project().dataset();
    let at = match dataset.responses()[focus.row as usize].text {
        ResponseText::Absent(absent) => {
            let why = format!("The file says {} where this response should be; it is not scored.", absent.label());
            super::super::placeholder(ui, "No text.", &why);
            return;
        }
        ResponseText::Present(at) if reader::is_blank(focus, dataset.text(at)) => {
            let (title, why) = reader::blank(at.is_empty());
            super::super::placeholder(ui, title, why);
            return;
        }
        ResponseText::Present(at) => at,
    };
    if state.doc.as_ref().is_none_or(|(_, doc)| !reader::is_same(doc.text(), dataset.text(at))) {
        state.doc = Some((focus.revision, TextDoc::new(dataset.shared_text(at), marks(focus))));
    }
    let Some((revision, doc)) = &mut state.doc else { return };
    if *revision != focus.revision {
        doc.set_marks(marks(focus));
        *revision = focus.revision;
    }
    mark_differences(&mut state.only, compare, index, doc.text());

    let is_read = compare.focused() == index;
    let current = bench.mark().filter(|_| is_read);
    if is_read
        && followed.mark
        && let Some(mark) = current.and_then(|mark| focus.marks.get(mark))
    {
        state.view.scroll_to(mark.span);
    }
    let layers: Vec<LayerStyle> = (0..focus.rubric.criteria.len())
        .map(|criterion| LayerStyle { color: colours::of_criterion(ui.ctx(), bench, &focus.rubric, criterion) })
        .collect();
    let mut options = options(ui, setting, index, &state.only.1, pointed.criterion(), current);
    options.overlays.extend(state.judged.of(ui, bench, focus.row));
    let output = state.view.show(ui, doc, &layers, &options);
    state.selected = output.selection;
    state.scrolled = output.scrolled;
    if is_read && followed.focus && !ui.ctx().text_edit_focused() {
        output.response.request_focus();
    }
    if !is_read && (output.response.gained_focus() || output.response.clicked()) {
        actions.bench(Command::Comparing(Comparing::Focus(index)));
    }
    if let Some(&first) = output.hovered_marks.first() {
        pointed.point(focus.marks[first].criterion);
        let marks: Vec<_> = output.hovered_marks.iter().map(|&mark| focus.marks[mark]).collect();
        output.response.on_hover_ui_at_pointer(|ui| reader::explain(ui, bench, focus, &marks));
    }
    if let Some(mark) = output.clicked_mark {
        actions.bench(Command::SelectMark(mark));
        actions.bench(Command::SelectNode(focus.rubric.criteria[focus.marks[mark].criterion].path.clone()));
    }
}

fn marks(focus: &Focus) -> Vec<Mark> {
    let mark = |mark: &crate::workbench::FocusMark| Mark {
        span: mark.span,
        layer: mark.criterion as u32,
        violates: mark.violates,
    };
    focus.marks.iter().map(mark).collect()
}

fn options(
    ui: &Ui,
    setting: &Setting<'_>,
    index: usize,
    only: &OverlaySpans,
    emphasised: Option<usize>,
    current: Option<usize>,
) -> TextStyleOptions {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let look = if index == 0 { Look::Struck } else { Look::Dashed };
    let differences = (!only.is_empty()).then(|| Overlay { spans: only.clone(), look, color: t.text });
    let narrow = ui.available_width() < NARROW;
    TextStyleOptions {
        monospace: setting.monospace,
        size: if narrow { m.text.body } else { m.text.reading },
        monospace_size: m.text.mono,
        text_color: Some(t.text),
        max_width: reader::READING_WIDTH,
        centered: false,
        emphasised: emphasised.map(|criterion| criterion as u32),
        current,
        overlays: differences.into_iter().collect(),
        name: format!("Text of {}", setting.titles[index]),
        ..TextStyleOptions::default()
    }
}

/// Renews what only this column has, where that is known of others than before: of the first column what all others
/// lack, of the others what the first one lacks.
fn mark_differences(only: &mut (Vec<Arc<WordDiff>>, OverlaySpans), compare: &Compare, index: usize, text: &str) {
    let others = if index == 0 { 1..compare.columns().len() } else { index..index + 1 };
    let wanted = others.map(|other| compare.words(other)).filter(|words| is_marked(words));
    let diffs: Vec<Arc<WordDiff>> = wanted
        .filter_map(|words| match words {
            WordsState::Known(diff) => Some(diff.clone()),
            WordsState::Unknown | WordsState::Working => None,
        })
        .collect();
    if diffs.len() == only.0.len() && diffs.iter().zip(&only.0).all(|(new, old)| Arc::ptr_eq(new, old)) {
        return;
    }
    let spans = |diff: &Arc<WordDiff>| if index == 0 { diff.only_left() } else { diff.only_right() };
    let spans: Option<Vec<Span>> = diffs.iter().map(spans).reduce(|one, other| in_both(&one, &other));
    *only = (diffs, OverlaySpans::new(text, spans.unwrap_or_default()));
}
