//! Two models against each other.

use super::cells::{Columns, link, text};
use super::intervals::{Axis, words};
use super::{ResultsState, named, to};
use crate::analysis::{Analysis, Comparison, TestMethod, Tested};
use crate::ui::action::Actions;
use crate::ui::theme::{metrics, strong, tokens};
use crate::ui::widgets::count;
use egui::{Ui, vec2};

/// The comparison that was chosen, else that of the two best.
pub(super) fn chosen<'a>(analysis: &'a Analysis, state: &mut ResultsState) -> Option<&'a Comparison> {
    let pairs = &analysis.comparisons.pairs;
    let known = state.pair.and_then(|wanted| pairs.iter().find(|pair| pair.indices == wanted));
    let shown = known.or_else(|| pairs.first());
    state.pair = shown.map(|pair| pair.indices);
    shown
}

/// What the numbers allow to be said, large.
pub(super) fn headline(ui: &mut Ui, comparison: &Comparison) {
    let t = tokens(ui.ctx());
    let mut sentence = comparison.sentence.clone();
    // A name stays as it is written.
    if !comparison.models.iter().any(|model| sentence.starts_with(model.as_str()))
        && let Some(first) = sentence.get_mut(..1)
    {
        first.make_ascii_uppercase();
    }
    let colour = if comparison.first_ahead.is_some() { t.text } else { t.weak };
    ui.add(egui::Label::new(strong(format!("{sentence}."), metrics().text.heading).color(colour)).wrap());
}

/// Width of what a line is called.
const LABEL: f32 = 190.0;

/// Shows the difference, how likely it is without one, and who passes where.
pub(super) fn show(ui: &mut Ui, comparison: &Comparison, analysis: &Analysis, actions: &mut Actions) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let [first, second] = [named(&comparison.models[0]), named(&comparison.models[1])];
    ui.label(strong(format!("{first} against {second}"), m.text.heading));
    let axis = Axis::about_zero(std::iter::once(&comparison.difference));
    let columns = Columns { widths: vec![LABEL, 300.0, 420.0] };
    ui.spacing_mut().item_spacing.y = 1.0;
    let cells = columns.row(ui, m.row - 4.0);
    axis.head(ui, cells[1].shrink2(vec2(12.0, 0.0)));
    let cells = columns.row(ui, m.row + 2.0);
    text(ui, cells[0], "difference of means", t.weak, false);
    let track = cells[1].shrink2(vec2(12.0, 0.0));
    axis.lines(ui, track);
    axis.mark(ui, track, &comparison.difference, t.accent);
    text(ui, cells[2], &words(&comparison.difference, "prompts"), t.text, false);
    let compared = analysis.comparisons.pairs.len();
    let lines = [
        ("chance of this without one", tested(&comparison.test, compared)),
        ("effect size", words(&comparison.effect, "prompts")),
        ("favours the first", words(&comparison.favour, "prompts")),
        (
            "more prompts to decide",
            match comparison.more_prompts {
                Some(more) => format!("about {}", count(more as usize)),
                None if comparison.first_ahead.is_some() => "none: it is decided".to_owned(),
                None => "there is nothing to go by".to_owned(),
            },
        ),
    ];
    for (name, said) in lines {
        let cells = columns.row(ui, m.row - 2.0);
        text(ui, cells[0], name, t.weak, false);
        let cell = cells[1].union(cells[2]);
        text(ui, cell.with_min_x(cell.left() + 12.0), &said, t.text, false);
    }
    passes(ui, comparison, actions);
    ui.horizontal(|ui| {
        for (side, name) in [first, second].into_iter().enumerate() {
            if ui.button(format!("Responses of {name}")).clicked() {
                actions.bench(to(&comparison.filters[side]));
            }
        }
    });
}

fn tested(test: &Tested, compared: usize) -> String {
    let Some(p) = test.p.value() else { return words(&test.p, "prompts") };
    let how = match test.by {
        TestMethod::Exact => "all changes of sign".to_owned(),
        TestMethod::Drawn(draws) => format!("{} random changes of sign", count(draws as usize)),
        TestMethod::Normal => "normal approximation".to_owned(),
    };
    let adjusted = match test.adjusted {
        Some(adjusted) if compared > 1 => {
            format!("; {} among {} comparisons (Holm)", p_words(adjusted), count(compared))
        }
        _ => String::new(),
    };
    format!("{}{adjusted} · permutation test, {how}", p_words(p))
}

/// A p value as `p = 0.012`.
pub(super) fn p_words(p: f64) -> String {
    if p < 0.001 { "p < 0.001".to_owned() } else { format!("p = {p:.3}") }
}

fn passes(ui: &mut Ui, comparison: &Comparison, actions: &mut Actions) {
    let [both, first, second, neither] = comparison.pass.counts;
    if both + first + second + neither == 0 {
        return;
    }
    let (t, m) = (tokens(ui.ctx()), metrics());
    let columns = Columns { widths: vec![LABEL, 120.0, 120.0, 120.0, 120.0, 260.0] };
    let cells = columns.row(ui, m.row + 2.0);
    text(ui, cells[0], "prompts passed by", t.weak, false);
    let [a, b] = [named(&comparison.models[0]), named(&comparison.models[1])];
    let shown = [(both, "both", 0), (first, "the first", 0), (second, "the second", 1), (neither, "neither", 0)];
    for (cell, (n, who, side)) in cells[1..5].iter().zip(shown) {
        text(ui, cell.translate(vec2(12.0, 0.0)), &format!("{who} {}", count(n)), t.text, false);
        let help = format!("{n} prompts passed by {who} of {a} and {b}. Click for the responses of one.");
        if link(ui, *cell, ("passes", who), help).clicked() {
            actions.bench(to(&comparison.filters[side]));
        }
    }
    let p = comparison.pass.test.p.value().map(|p| format!("McNemar {}", p_words(p))).unwrap_or_default();
    text(ui, cells[5].translate(vec2(12.0, 0.0)), &p, t.weak, false);
}
