//! What each criterion tells apart, what it repeats, and how far it agrees with people.

use super::cells::link;
use super::grid::{Grid, figure, footnote, heading, name, nothing, numbers, percent, words};
use super::to;
use crate::analysis::{Analysis, Criteria, CriterionNumbers, Figure};
use crate::ui::action::Actions;
use crate::ui::panels::colours;
use crate::ui::theme::{metrics, tokens};
use crate::ui::widgets::count;
use crate::workbench::{Command, Workbench};
use egui::{Rect, Ui, vec2};

/// Columns before those about people.
const PEOPLE: usize = 8;

/// Shows the table of criteria, and below it what goes together and what people say.
pub(super) fn show(ui: &mut Ui, bench: &Workbench, analysis: &Analysis, actions: &mut Actions) {
    let criteria = &analysis.criteria;
    let columns = [
        words("criterion", 190.0, ""),
        numbers("met", 62.0, "The share of scored responses that meets it. Click for those that do not."),
        numbers("mean", 58.0, "The mean raw value: high for what is easy to meet."),
        numbers("spread", 58.0, "The standard deviation of raw values: near 0 it tells nothing apart."),
        numbers(
            "discrim.",
            66.0,
            "Discrimination: the correlation with what the other criteria make of the same response.",
        ),
        numbers("score", 58.0, "The correlation with the whole score."),
        numbers("length", 58.0, "The correlation with the length of the response: high values can be gamed."),
        numbers("not scored", 82.0, "Not applicable, awaiting people, or not decided. Click to see them."),
        numbers("people", 66.0, "Responses that people judged as well."),
        numbers("precision", 72.0, "The share of the check’s yes that people confirm."),
        numbers("recall", 58.0, "The share of people’s yes that the check finds."),
        numbers("F1", 50.0, "The harmonic mean of both."),
        numbers("κ", 50.0, "Cohen’s kappa of the check and people."),
    ];
    // Beside people only where there are any.
    let judged = criteria.criteria.iter().any(|numbers| numbers.against_people.counts.iter().sum::<usize>() > 0);
    let grid = Grid::new(ui, if judged { &columns } else { &columns[..PEOPLE] });
    for numbers in &criteria.criteria {
        let cells = grid.row(ui);
        row(ui, bench, numbers, &cells, actions);
    }
    footnote(
        ui,
        &format!(
            "Cronbach’s α of all criteria: {}. Point at a number for how many responses it is of, or why there is none.",
            super::intervals::words(&criteria.cronbach, "responses")
        ),
    );
    ui.add_space(metrics().space.xl);
    redundant(ui, criteria, actions);
    people(ui, criteria);
}

fn row(ui: &mut Ui, bench: &Workbench, criterion: &CriterionNumbers, cells: &[Rect], actions: &mut Actions) {
    let t = tokens(ui.ctx());
    let rubric = bench.numbers_rubric();
    let index = rubric.criterion(&criterion.id);
    let colour = index.map_or(t.faint, |index| colours::of_criterion(ui.ctx(), bench, rubric, index));
    ui.painter().circle_filled(cells[0].left_center() + vec2(5.0, 0.0), 4.5, colour);
    name(ui, cells[0].with_min_x(cells[0].left() + 16.0), &criterion.name, false, t.text);
    if link(ui, cells[0], ("item", &criterion.id), format!("Edit {}", criterion.name)).clicked()
        && let Some(index) = index
    {
        actions.bench(Command::SelectNode(rubric.criteria[index].path.clone()));
    }
    super::cells::text(ui, cells[1], &percent(&criterion.pass_rate), t.text, true);
    let scored = criterion.met.n + criterion.unmet.n;
    let help =
        format!("{} of {} met. Click for those that fail {}.", count(criterion.met.n), count(scored), criterion.name);
    if link(ui, cells[1], ("item met", &criterion.id), help).clicked() {
        actions.bench(to(&criterion.unmet.filter));
    }
    let of_raw = |value: Option<f64>| match value {
        Some(value) => Figure::plain(scored, value),
        None => Figure::undefined(0, "it has no value anywhere"),
    };
    let shown = [
        (2, of_raw(criterion.raw.map(|raw| raw.mean))),
        (3, of_raw(criterion.raw.map(|raw| raw.sd))),
        (4, criterion.discrimination.clone()),
        (5, criterion.with_score.clone()),
        (6, criterion.with_length.clone()),
    ];
    for (at, shown) in &shown {
        figure(ui, cells[*at], shown, "responses", ("item", &criterion.id, *at));
    }
    let unscored = &criterion.unscored;
    super::cells::text(ui, cells[7], &count(unscored.n), if unscored.n > 0 { t.warning } else { t.faint }, true);
    if unscored.n > 0 {
        let help = format!(
            "{} not applicable, {} awaiting people, {} not decided. Click to see them.",
            count(criterion.not_applicable),
            count(criterion.awaiting),
            count(criterion.invalid)
        );
        if link(ui, cells[7], ("item unscored", &criterion.id), help).clicked() {
            actions.bench(to(&unscored.filter));
        }
    }
    if cells.len() > PEOPLE {
        against_people(ui, criterion, cells);
    }
}

fn against_people(ui: &mut Ui, criterion: &CriterionNumbers, cells: &[Rect]) {
    let t = tokens(ui.ctx());
    let people = &criterion.against_people;
    let judged: usize = people.counts.iter().sum();
    super::cells::text(ui, cells[PEOPLE], &count(judged), if judged > 0 { t.text } else { t.faint }, true);
    if judged == 0 {
        return;
    }
    let [both, check, person, neither] = people.counts;
    let mut help = format!("both yes {both}, the check alone {check}, people alone {person}, both no {neither}");
    if let Some(caution) = &people.caution {
        help.push_str(&format!("\n{caution}"));
    }
    let id = ui.scope_id().with(("item people", &criterion.id));
    ui.interact(cells[PEOPLE], id, egui::Sense::hover()).on_hover_text(help);
    let shown = [&people.precision, &people.recall, &people.f1, &people.kappa];
    for (at, shown) in shown.into_iter().enumerate() {
        if let Some(shown) = shown {
            figure(ui, cells[PEOPLE + 1 + at], shown, "responses", ("item people", &criterion.id, at));
        }
    }
}

fn redundant(ui: &mut Ui, criteria: &Criteria, actions: &mut Actions) {
    heading(ui, "What repeats what", "Pairs of criteria that mostly say the same of a response.");
    if criteria.redundant.is_empty() {
        let mut words = format!("No two criteria go together as closely as {:.1}.", criteria.redundant_from);
        let same = criteria.criteria.iter().filter(|one| one.raw.as_ref().is_some_and(|raw| raw.sd == 0.0)).count();
        if same > 0 {
            let of = if same == 1 { "1 criterion".to_owned() } else { format!("{same} criteria") };
            words.push_str(&format!(" Of {of} nothing can be said: all responses got the same."));
        }
        return nothing(ui, &words);
    }
    for (index, pair) in criteria.redundant.iter().enumerate() {
        ui.horizontal(|ui| {
            let [first, second] = &pair.criteria;
            let r = super::intervals::words(&pair.correlation, "responses");
            ui.label(format!("{first} and {second}: r = {r}"));
            for (one, other, filter) in [(first, second, &pair.filters[0]), (second, first, &pair.filters[1])] {
                let button = ui.small_button(format!("{one} without {other}"));
                if button.on_hover_text(format!("Responses of pair {} that tell them apart", index + 1)).clicked() {
                    actions.bench(to(filter));
                }
            }
        });
    }
}

fn people(ui: &mut Ui, criteria: &Criteria) {
    let people = &criteria.people;
    if people.rated == 0 {
        return;
    }
    ui.add_space(metrics().space.xl);
    heading(ui, "Checks and people", "Whether the checks’ score orders responses as people’s ratings do.");
    let grid = Grid::new(
        ui,
        &[
            words("people’s rating of", 190.0, ""),
            numbers("Spearman", 82.0, "Rank correlation with the checks’ score."),
            numbers("Kendall τ-b", 92.0, "Rank correlation with the checks’ score."),
        ],
    );
    for (index, related) in std::iter::once(&people.overall).chain(&people.criteria).enumerate() {
        let cells = grid.row(ui);
        let who = related.criterion.as_deref().unwrap_or("all criteria together");
        name(ui, cells[0], who, false, tokens(ui.ctx()).text);
        figure(ui, cells[1], &related.spearman, "responses", ("spearman", index));
        figure(ui, cells[2], &related.kendall, "responses", ("kendall", index));
    }
}
