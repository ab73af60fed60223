//! What each criterion tells apart, what it repeats, and how far it agrees with people.

use super::grid::{Row, footnote, heading, nothing, numbers, percent, table, words};
use super::to;
use crate::analysis::{Analysis, Criteria, CriterionNumbers, Figure};
use crate::ui::action::Actions;
use crate::ui::panels::colours;
use crate::ui::theme::{metrics, tokens};
use crate::ui::widgets::count;
use crate::workbench::{Command, Workbench};
use egui::Ui;

/// So many pairs are shown: the closest.
const MOST_PAIRS: usize = 100;

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
    let columns = if judged { &columns[..] } else { &columns[..PEOPLE] };
    table(ui, "criteria", columns, &criteria.criteria, |cells, numbers| {
        row(cells, bench, numbers, actions);
        if judged {
            against_people(cells, numbers);
        }
    });
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
    super::on_scale::show(ui, bench, analysis, actions);
}

fn row(row: &mut Row<'_>, bench: &Workbench, criterion: &CriterionNumbers, actions: &mut Actions) {
    let t = tokens(row.ui().ctx());
    let rubric = bench.numbers_rubric();
    let index = rubric.criterion(&criterion.id);
    let colour = index.map_or(t.faint, |index| colours::of_criterion(row.ui().ctx(), bench, rubric, index));
    row.dotted(colour, &criterion.name);
    if row.link(format!("Edit {}", criterion.name))
        && let Some(index) = index
    {
        actions.bench(Command::SelectNode(rubric.criteria[index].path.clone()));
    }
    row.number(&percent(&criterion.pass_rate), t.text);
    let scored = criterion.met.n + criterion.unmet.n;
    let help =
        format!("{} of {} met. Click for those that fail {}.", count(criterion.met.n), count(scored), criterion.name);
    if row.link(help) {
        actions.bench(to(&criterion.unmet.filter));
    }
    let of_raw = |value: Option<f64>| match value {
        Some(value) => Figure::plain(scored, value),
        None => Figure::undefined(0, "it has no value anywhere"),
    };
    row.figure(&of_raw(criterion.raw.map(|raw| raw.mean)), "responses");
    row.figure(&of_raw(criterion.raw.map(|raw| raw.sd)), "responses");
    for shown in [&criterion.discrimination, &criterion.with_score, &criterion.with_length] {
        row.figure(shown, "responses");
    }
    let unscored = &criterion.unscored;
    row.count_in(unscored.n, t.warning);
    if unscored.n > 0 {
        let help = format!(
            "{} not applicable, {} awaiting people, {} not decided. Click to see them.",
            count(criterion.not_applicable),
            count(criterion.awaiting),
            count(criterion.invalid)
        );
        if row.link(help) {
            actions.bench(to(&unscored.filter));
        }
    }
}

fn against_people(row: &mut Row<'_>, criterion: &CriterionNumbers) {
    let people = &criterion.against_people;
    let judged: usize = people.counts.iter().sum();
    row.count_in(judged, tokens(row.ui().ctx()).text);
    if judged == 0 {
        return;
    }
    let [both, check, person, neither] = people.counts;
    let mut help = format!("both yes {both}, the check alone {check}, people alone {person}, both no {neither}");
    if let Some(caution) = &people.caution {
        help.push_str(&format!("\n{caution}"));
    }
    row.hint(help);
    for shown in [&people.precision, &people.recall, &people.f1, &people.kappa] {
        match shown {
            Some(shown) => row.figure(shown, "responses"),
            None => row.skip(),
        }
    }
}

/// The name of the criterion with this id.
fn named<'a>(criteria: &'a Criteria, id: &'a str) -> &'a str {
    criteria.criteria.iter().find(|criterion| criterion.id == id).map_or(id, |criterion| &criterion.name)
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
    let columns = [
        words("criteria", 240.0, ""),
        words("", 240.0, ""),
        numbers("r", 58.0, "The correlation of their values. Point at one for how sure it is."),
        numbers("n", 70.0, ""),
        words("   responses that tell them apart", 260.0, "Those that meet the one and not the other."),
        words("", 260.0, ""),
    ];
    table(ui, "redundant", &columns, criteria.redundant.iter().take(MOST_PAIRS), |row, pair| {
        let names = [0, 1].map(|at| named(criteria, &pair.criteria[at]));
        names.iter().for_each(|name| row.name(name));
        row.figure(&pair.correlation, "responses");
        row.of(pair.correlation.n);
        for (names, filter) in [names, [names[1], names[0]]].iter().zip(&pair.filters) {
            let words = format!("{} without {}", names[0], names[1]);
            row.indented(&words);
            if row.link(format!("Show the responses that meet {words}")) {
                actions.bench(to(filter));
            }
        }
    });
    let more = criteria.redundant.len().saturating_sub(MOST_PAIRS) + criteria.redundant_more;
    if more > 0 {
        footnote(ui, &format!("{} more pairs go together less closely.", count(more)));
    }
}

fn people(ui: &mut Ui, criteria: &Criteria) {
    let people = &criteria.people;
    if people.rated == 0 {
        return;
    }
    ui.add_space(metrics().space.xl);
    heading(ui, "Checks and people", "Whether the checks’ score orders responses as people’s ratings do.");
    let all: Vec<_> = std::iter::once(&people.overall).chain(&people.criteria).collect();
    if all.iter().all(|related| related.spearman.value().is_none() && related.kendall.value().is_none()) {
        let checks = criteria.criteria.iter().any(|criterion| criterion.judged_by == "check");
        return match people.overall.spearman.reason().filter(|_| checks) {
            Some(why) => nothing(ui, &format!("Not known: {why}.")),
            None => nothing(ui, "No criterion is judged by a check: add one to see whether it says what people say."),
        };
    }
    let columns = [
        words("people’s rating of", 190.0, ""),
        numbers("Spearman", 82.0, "Rank correlation with the checks’ score."),
        numbers("Kendall τ-b", 92.0, "Rank correlation with the checks’ score."),
    ];
    table(ui, "checks and people", &columns, all, |row, related| {
        row.name(related.criterion.as_deref().map_or("all criteria together", |id| named(criteria, id)));
        row.figure(&related.spearman, "responses");
        row.figure(&related.kendall, "responses");
    });
}
