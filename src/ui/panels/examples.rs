//! A rubric's pinned examples, red or green as the rubric is edited.

use super::node_form::complaint;
use crate::model::{Edit, Example, Expected, Problem};
use crate::ui::action::Actions;
use crate::ui::theme::{metrics, strong, tokens};
use crate::ui::widgets::number;
use crate::workbench::Workbench;
use egui::{RichText, Ui};

/// Shows every example with its outcome, and pins the response being read as a new one.
pub fn show(ui: &mut Ui, bench: &Workbench, problems: &[&Problem], actions: &mut Actions) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let outcomes = bench.examples();
    let red = outcomes.iter().filter(|outcome| !outcome.is_green()).count();
    ui.add_space(m.space.l);
    ui.horizontal(|ui| {
        ui.label(strong("Examples", m.text.body))
            .on_hover_text("The rubric’s own tests; `rubrica test` runs them too.");
        match (outcomes.len(), red) {
            (0, _) => ui.label(RichText::new("none yet").color(t.weak)),
            (1, 0) => ui.label(RichText::new("✓ it holds").color(t.good)),
            (n, 0) => ui.label(RichText::new(format!("✓ all {n} hold")).color(t.good)),
            (1, _) => ui.label(RichText::new("✗ it does not hold").color(t.bad)),
            (n, 1) => ui.label(RichText::new(format!("✗ 1 of {n} does not hold")).color(t.bad)),
            (n, red) => ui.label(RichText::new(format!("✗ {red} of {n} do not hold")).color(t.bad)),
        };
    });
    for (index, outcome) in outcomes.iter().enumerate() {
        ui.horizontal(|ui| {
            let (mark, colour) = if outcome.is_green() { ("✓", t.good) } else { ("✗", t.bad) };
            ui.label(RichText::new(mark).color(colour));
            ui.label(&outcome.name);
            if ui.small_button("×").on_hover_text("Remove this example").clicked() {
                let mut examples = bench.project().rubric().examples.clone();
                examples.remove(index);
                actions.edit(Edit::SetExamples(examples));
            }
        });
        for failure in &outcome.failures {
            ui.label(RichText::new(failure).size(m.text.small).color(t.bad));
        }
        let place = format!("examples[{index}]");
        for problem in problems.iter().filter(|problem| problem.field.starts_with(&place)) {
            complaint(ui, problem, "");
        }
    }
    pin(ui, bench, actions);
}

fn pin(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    let Some(focus) = bench.focus() else { return };
    let (Some(score), dataset) = (focus.card.total.score, bench.project().dataset()) else { return };
    let row = focus.row as usize;
    let Some(text) = dataset.response_text(row) else { return };
    let words = format!("Pin this response at {}", number(Some(score)));
    let help = "Keep the response being read as an example that must go on scoring what it scores now.";
    if ui.small_button(words).on_hover_text(help).clicked() {
        let prompt = dataset.prompt_of(row);
        let mut examples = bench.project().rubric().examples.clone();
        examples.push(Example {
            name: dataset.text(dataset.responses()[row].id).to_owned(),
            prompt: dataset.text(prompt.text).to_owned(),
            reference: prompt.reference.map(|at| dataset.text(at).to_owned()),
            text: text.to_owned(),
            score: Some(Expected::Exactly(score)),
            passed: focus.card.total.passed,
            values: Vec::new(),
        });
        actions.edit(Edit::SetExamples(examples));
    }
}
