//! Why one column scores higher than the first, criterion by criterion; and what the marks in the texts mean.

use super::Setting;
use crate::scoring::{Cause, Difference};
use crate::ui::action::Pointed;
use crate::ui::panels::colours;
use crate::ui::theme::{metrics, strong, tokens};
use crate::ui::widgets::signed;
use crate::workbench::{Column, Compare, WordsState};
use egui::{Color32, RichText, Sense, Ui, WidgetInfo, vec2};

/// Texts of which the shorter shares less than this with the other are not marked: nearly everything would be.
const TOO_DIFFERENT: f64 = 0.25;

/// How each column but the first differs in score, and the legend where words are marked.
pub(super) fn show(ui: &mut Ui, setting: &Setting<'_>, pointed: &mut Pointed) {
    let compare = setting.bench.compare();
    wrapped(ui, |ui| {
        let mut same = Vec::new();
        for (index, column) in compare.columns().iter().enumerate().skip(1) {
            let letter = Compare::letter(index);
            match &column.difference {
                Some(difference) if difference.parts.is_empty() => same.push(letter),
                Some(difference) => parts(ui, setting, index, column, difference, pointed),
                None => drop(small(ui, &format!("{letter}: one of the two has no score"), tokens(ui.ctx()).weak)),
            }
        }
        let words = match &same[..] {
            [] => return,
            [one] => format!("{one} scores as A does"),
            several => format!("{} score as A does", several.join(", ")),
        };
        small(ui, &words, tokens(ui.ctx()).weak);
    });
    if compare.shows_differences() {
        wrapped(ui, |ui| legend(ui, compare));
    }
}

/// Small words in as many rows as they need, close to each other.
fn wrapped(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        ui.spacing_mut().item_spacing = vec2(metrics().space.m, metrics().space.xs);
        ui.horizontal_wrapped(add);
    });
}

fn parts(
    ui: &mut Ui,
    setting: &Setting<'_>,
    index: usize,
    column: &Column,
    difference: &Difference,
    pointed: &mut Pointed,
) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let rubric = &column.focus.rubric;
    let (total, points) = difference.in_hundredths();
    let letter = Compare::letter(index);
    let response = ui.label(strong(format!("{letter}\u{a0}{}:", in_points(total)), m.text.small).color(t.text));
    response.on_hover_text(format!("How {letter}’s score differs from that of A, and what makes the difference."));
    for (part, points) in difference.parts.iter().zip(points) {
        let (name, colour, help) = match part.cause {
            Cause::Criterion(at) => {
                let criterion = &rubric.criteria[at];
                let colour = colours::of_criterion(ui.ctx(), setting.bench, rubric, at);
                let shifted = if part.reweighted {
                    " Its share of the score is not the same in both, because other criteria apply or are scored."
                } else {
                    ""
                };
                (criterion.name.clone(), colour, format!("What “{}” adds to the difference.{shifted}", criterion.name))
            }
            Cause::Clip => (
                "clipping".to_owned(),
                t.weak,
                "What keeping scores between 0 and 1 adds to the difference.".to_owned(),
            ),
            Cause::Gate(at) => {
                let name = &rubric.criteria[at].name;
                (format!("gate {name}"), t.bad, format!("What the gate of “{name}” takes from one of the scores."))
            }
        };
        let text = format!("■ {name} {}", in_points(points)).replace(' ', "\u{a0}");
        let label =
            ui.add(egui::Label::new(RichText::new(&text).size(m.text.small).color(colour)).sense(Sense::hover()));
        let spoken = format!("{letter}: {name} {}", in_points(points));
        label.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &spoken));
        if let (true, Cause::Criterion(at) | Cause::Gate(at)) = (label.hovered(), part.cause) {
            pointed.point(at);
        }
        label.on_hover_text(help);
    }
}

/// Hundredths of a point with their sign.
fn in_points(hundredths: i64) -> String {
    match hundredths {
        0 => "±0.00".to_owned(),
        _ => signed(hundredths as f64 / 100.0),
    }
}

/// How differences are marked, and what is to be known of them.
fn legend(ui: &mut Ui, compare: &Compare) {
    let t = tokens(ui.ctx());
    let others: Vec<usize> = (1..compare.columns().len()).collect();
    if others.iter().any(|&index| is_marked(compare.words(index))) {
        let lacking = if others.len() == 1 { "only in A" } else { "in A alone" };
        ui.label(RichText::new(lacking).size(metrics().text.small).color(t.weak).strikethrough());
        let dashed = small(ui, "not in A", t.weak);
        let line = [dashed.rect.left_bottom(), dashed.rect.right_bottom()];
        ui.painter().extend(egui::Shape::dashed_line(&line, egui::Stroke::new(1.5, t.text), 3.0, 2.0));
    }
    small(ui, &remarks(compare), t.weak)
        .on_hover_text("Texts that share little are not marked: nearly every word would be.");
}

/// Whether what is known is worth marking.
pub(super) fn is_marked(words: &WordsState) -> bool {
    matches!(words, WordsState::Known(diff) if diff.shared() >= TOO_DIFFERENT)
}

/// How much each column shares with the first, and where that is not all there is to say.
fn remarks(compare: &Compare) -> String {
    let (mut shares, mut busy, mut textless) = (Vec::new(), Vec::new(), Vec::new());
    let (mut long, mut different) = (Vec::new(), Vec::new());
    for index in 1..compare.columns().len() {
        let letter = Compare::letter(index);
        match compare.words(index) {
            WordsState::Working => busy.push(letter),
            WordsState::Unknown => textless.push(letter),
            words @ WordsState::Known(diff) => {
                shares.push(format!("{:.0} % with {letter}", diff.shared() * 100.0));
                if diff.is_partial() {
                    long.push(letter);
                } else if !is_marked(words) {
                    different.push(letter);
                }
            }
        }
    }
    let mut sentences = Vec::new();
    if !shares.is_empty() {
        sentences.push(format!("Of the shorter text, A shares {}.", shares.join(", ")));
    }
    for (letters, what) in [
        (different, "Too different to compare word by word"),
        (long, "Too long to compare every word, and the rest counts as different"),
        (busy, "Words are being compared"),
        (textless, "No text to compare"),
    ] {
        if !letters.is_empty() {
            sentences.push(format!("{what}: {}.", letters.join(", ")));
        }
    }
    sentences.join(" ")
}

fn small(ui: &mut Ui, text: &str, colour: Color32) -> egui::Response {
    ui.label(RichText::new(text).size(metrics().text.small).color(colour))
}

#[cfg(test)]
mod tests {
    use super::in_points;

    #[test]
    fn points_are_read_with_their_sign() {
        assert_eq!([17, -5, 0, -123].map(in_points), ["+0.17", "−0.05", "±0.00", "−1.23"]);
    }
}
