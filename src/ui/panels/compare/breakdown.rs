//! Why one column scores higher than the first, criterion by criterion; and what the marks in the texts mean.

use super::Setting;
use crate::scoring::{Cause, Difference};
use crate::ui::action::Pointed;
use crate::ui::panels::colours;
use crate::ui::theme::{metrics, strong, tokens};
use crate::workbench::{Column, Compare, WordsState};
use egui::{Color32, RichText, Sense, Ui, WidgetInfo};

/// Texts that share less than this of their letters are not marked: nearly everything would be.
pub(super) const TOO_DIFFERENT: f64 = 0.15;

/// One line for each column but the first, and the legend where words are marked.
pub(super) fn show(ui: &mut Ui, setting: &Setting<'_>, pointed: &mut Pointed) {
    let compare = setting.bench.compare();
    for (index, column) in compare.columns().iter().enumerate().skip(1) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = metrics().space.m;
            match &column.difference {
                Some(difference) => parts(ui, setting, index, column, difference, pointed),
                None => {
                    let words = format!("{}: no difference can be told; one has no score.", Compare::letter(index));
                    small(ui, &words, tokens(ui.ctx()).weak);
                }
            }
        });
    }
    if compare.shows_differences() {
        legend(ui, compare);
    }
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
    let lead = match total {
        0 if difference.parts.is_empty() => format!("{letter} scores as A does"),
        _ => format!("{letter} {}:", signed(total)),
    };
    let response = ui.label(strong(lead, m.text.small).color(t.text));
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
        let text = format!("■ {name} {}", signed(points)).replace(' ', "\u{a0}");
        let label =
            ui.add(egui::Label::new(RichText::new(&text).size(m.text.small).color(colour)).sense(Sense::hover()));
        let spoken = format!("{letter}: {name} {}", signed(points));
        label.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &spoken));
        if let (true, Cause::Criterion(at) | Cause::Gate(at)) = (label.hovered(), part.cause) {
            pointed.point(at);
        }
        label.on_hover_text(help);
    }
}

/// Hundredths of a point with their sign.
fn signed(hundredths: i64) -> String {
    match hundredths {
        0 => "±0.00".to_owned(),
        _ => format!("{:+.2}", hundredths as f64 / 100.0),
    }
}

/// How differences are marked, and what is to be known of them.
fn legend(ui: &mut Ui, compare: &Compare) {
    let t = tokens(ui.ctx());
    let others: Vec<usize> = (1..compare.columns().len()).collect();
    let marked = others.iter().any(|&index| is_marked(compare.words(index)));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = metrics().space.m;
        if marked {
            let lacking = if others.len() == 1 { "only in A" } else { "in A alone" };
            ui.label(RichText::new(lacking).size(metrics().text.small).color(t.weak).strikethrough());
            let dashed = small(ui, "not in A", t.weak);
            let line = [dashed.rect.left_bottom(), dashed.rect.right_bottom()];
            ui.painter().extend(egui::Shape::dashed_line(&line, egui::Stroke::new(1.5, t.text), 3.0, 2.0));
        }
        for index in others {
            if let Some(words) = remark(compare, index) {
                small(ui, &words, t.weak);
            }
        }
    });
}

/// Whether what is known is worth marking.
pub(super) fn is_marked(words: &WordsState) -> bool {
    matches!(words, WordsState::Known(diff) if diff.shared() >= TOO_DIFFERENT)
}

fn remark(compare: &Compare, index: usize) -> Option<String> {
    let letter = Compare::letter(index);
    Some(match compare.words(index) {
        WordsState::Working => format!("{letter}: comparing words …"),
        WordsState::Unknown => format!("{letter}: there is no text to compare."),
        WordsState::Known(diff) => {
            let shared = diff.shared() * 100.0;
            match (diff.is_partial(), diff.shared() >= TOO_DIFFERENT) {
                (true, true) => format!("A and {letter} share {shared:.0} %; too long to compare every word."),
                (true, false) => format!("A and {letter} are too long and too different to compare word by word."),
                (false, true) => format!("A and {letter} share {shared:.0} %"),
                (false, false) => {
                    format!("A and {letter} share {shared:.0} %: too different to compare word by word.")
                }
            }
        }
    })
}

fn small(ui: &mut Ui, text: &str, colour: Color32) -> egui::Response {
    ui.label(RichText::new(text).size(metrics().text.small).color(colour))
}

#[cfg(test)]
mod tests {
    use super::signed;

    #[test]
    fn points_are_read_with_their_sign() {
        assert_eq!([17, -5, 0, -123].map(signed), ["+0.17", "-0.05", "±0.00", "-1.23"]);
    }
}
