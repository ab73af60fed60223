//! Choosing a label for a part of the text, and that part by keys.

use super::keys::{id, judge};
use super::marks::label_colour;
use super::picking::{Step, pick};
use super::{Field, JudgeState, boxed, small, weak};
use crate::model::review::{Act, Label};
use crate::text::Span;
use crate::ui::action::Actions;
use crate::ui::theme::{metrics, strong, tokens};
use crate::ui::widgets::one_line;
use crate::workbench::Workbench;
use egui::{FontId, Key, Modifiers, RichText, Ui};

const DIGITS: [Key; 9] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

/// Keys that change what is selected.
const STEPS: [(Modifiers, Key, Step); 8] = [
    // Those with Shift first: without it a key matches both.
    (Modifiers::SHIFT, Key::ArrowRight, Step::GrowWord { back: false }),
    (Modifiers::SHIFT, Key::ArrowLeft, Step::GrowWord { back: true }),
    (Modifiers::SHIFT, Key::ArrowDown, Step::GrowSentence { back: false }),
    (Modifiers::SHIFT, Key::ArrowUp, Step::GrowSentence { back: true }),
    (Modifiers::NONE, Key::ArrowRight, Step::Word { back: false }),
    (Modifiers::NONE, Key::ArrowLeft, Step::Word { back: true }),
    (Modifiers::NONE, Key::ArrowDown, Step::Sentence { back: false }),
    (Modifiers::NONE, Key::ArrowUp, Step::Sentence { back: true }),
];

/// Asks which label the selected text gets: a digit or a click chooses, arrows change what is selected.
pub(super) fn show(ui: &mut Ui, bench: &Workbench, row: u32, state: &mut JudgeState, actions: &mut Actions) {
    let labels = &bench.project().rubric().labels;
    let text = bench.project().dataset().response_text(row as usize).unwrap_or_default();
    let key = |modifiers, key| ui.ctx().input_mut(|input| input.consume_key(modifiers, key));
    if key(Modifiers::NONE, Key::Escape) {
        state.labelling = false;
        return;
    }
    if labels.is_empty() {
        let words = "The rubric has no labels yet: add some at the top of the rubric’s panel. Escape leaves this.";
        ui.label(weak(ui, words));
        return;
    }
    if text.trim().is_empty() {
        ui.label(weak(ui, "There is no text to label here. Escape leaves this."));
        return;
    }
    let selected = select(ui, row, text, state);
    let digit = DIGITS.iter().position(|&digit| key(Modifiers::NONE, digit));
    let mut chosen = digit.and_then(|at| labels.get(at));
    let takes = state.takes(Field::Labels);
    let asked = ui.scope(|ui| {
        boxed(ui, tokens(ui.ctx()).accent, |ui| {
            let quote = selected.map_or("", |span| span.of(text));
            ui.label(strong("Label", metrics().text.body));
            let font = FontId::proportional(metrics().text.body);
            let colour = tokens(ui.ctx()).text;
            let line = one_line(ui, &format!("“{quote}”"), font, colour, ui.available_width());
            ui.label(line);
            ui.horizontal_wrapped(|ui| {
                for (at, label) in labels.iter().enumerate() {
                    let words = match at {
                        0..9 => format!("{}  {}", label.name, at + 1),
                        _ => label.name.clone(),
                    };
                    let button = ui.button(RichText::new(words).color(label_colour(tokens(ui.ctx()), at)));
                    let button = if label.guidance.is_empty() { button } else { button.on_hover_text(&label.guidance) };
                    if button.clicked() {
                        chosen = Some(label);
                    }
                }
            });
            ui.label(small(
                ui,
                "Select with the pointer, or: → ← a word, ↓ ↑ a sentence, with Shift more or less. Esc leaves.",
            ));
        });
    });
    if takes {
        asked.response.scroll_to_me(None);
    }
    if let (Some(label), Some(span)) = (chosen, selected) {
        actions.bench(judge(Act::Label(Label {
            response: id(bench, row),
            label: label.id.clone(),
            start: span.start,
            end: span.end,
            quote: span.of(text).to_owned(),
            reason: String::new(),
        })));
        state.labelling = false;
    }
}

/// What is selected in the response at `row`, after the keys of this frame; the first word that is read at first.
fn select(ui: &Ui, row: u32, text: &str, state: &mut JudgeState) -> Option<Span> {
    // Arrows would scroll what has the keyboard.
    if let Some(focused) = ui.memory(egui::Memory::focused)
        && !ui.ctx().text_edit_focused()
    {
        ui.memory_mut(|memory| memory.surrender_focus(focused));
    }
    let before = state.selected.filter(|(of, span)| *of == row && !span.is_empty()).map(|(_, span)| span.fitted(text));
    let mut at = before.or_else(|| pick(text, None, state.top, Step::Word { back: false }));
    for (modifiers, key, step) in STEPS {
        for _ in 0..ui.ctx().input_mut(|input| input.count_and_consume_key(modifiers, key)) {
            at = pick(text, at, state.top, step);
        }
    }
    if at != before
        && let Some(span) = at
    {
        state.selected = Some((row, span));
        state.picked = Some((row, span));
        ui.ctx().request_repaint();
    }
    at
}
