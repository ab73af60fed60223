//! Taking a view along: as rows for a spreadsheet, as JSON, as a picture.

use super::picture::Picture;
use super::{ResultsState, View};
use crate::analysis::{Analysis, Figure};
use egui::Ui;

/// A menu of ways to take the shown view along.
pub(super) fn menu(ui: &mut Ui, analysis: &Analysis, state: &mut ResultsState) {
    let menu = ui.menu_button("Copy", |ui| {
        if ui.button("Rows, for a spreadsheet").on_hover_text("Tab-separated values.").clicked() {
            ui.ctx().copy_text(rows(analysis, state.view));
        }
        if ui.button("JSON").on_hover_text("All numbers of this view with their n, as text.").clicked() {
            ui.ctx().copy_text(json(analysis, state.view));
        }
        picture(ui, state);
    });
    menu.response.on_hover_text("Copy what this view shows");
}

/// The same for a view that is not of the analysis; `rows` makes its rows, where it has some.
pub(super) fn plain_menu(ui: &mut Ui, state: &mut ResultsState, rows: Option<impl FnOnce() -> String>) {
    let menu = ui.menu_button("Copy", |ui| {
        if let Some(rows) = rows
            && ui.button("Rows, for a spreadsheet").on_hover_text("Tab-separated values, of all models.").clicked()
        {
            ui.ctx().copy_text(rows());
        }
        picture(ui, state);
    });
    menu.response.on_hover_text("Copy what this view shows");
}

fn picture(ui: &mut Ui, state: &mut ResultsState) {
    let help = "The whole view, also what is scrolled out of sight, as it looks now.";
    if ui.button("Picture").on_hover_text(help).clicked() {
        state.picture = Picture::Wanted;
    }
}

fn json(analysis: &Analysis, view: View) -> String {
    let text = match view {
        View::Overview | View::Flags => serde_json::to_string_pretty(analysis),
        View::Models => serde_json::to_string_pretty(&Models {
            scope: &analysis.scope,
            leaderboard: &analysis.leaderboard,
            comparisons: &analysis.comparisons,
        }),
        View::Spread => serde_json::to_string_pretty(&analysis.distributions),
        View::Criteria => serde_json::to_string_pretty(&analysis.criteria),
        View::Preferences => serde_json::to_string_pretty(&analysis.preferences),
        View::Versions => serde_json::to_string_pretty(&analysis.change),
        View::Reviewers => serde_json::to_string_pretty(&People {
            pace: &analysis.pace,
            agreement: &analysis.agreement,
            attention: &analysis.attention,
        }),
    };
    text.expect("an analysis is numbers and texts")
}

#[derive(serde::Serialize)]
struct Models<'a> {
    scope: &'a crate::analysis::Scope,
    leaderboard: &'a crate::analysis::Leaderboard,
    comparisons: &'a crate::analysis::Comparisons,
}

#[derive(serde::Serialize)]
struct People<'a> {
    pace: &'a crate::analysis::Pace,
    agreement: &'a crate::analysis::Agreement,
    attention: &'a crate::analysis::Attention,
}

type Rows = Vec<Vec<String>>;

fn rows(analysis: &Analysis, view: View) -> String {
    let table = match view {
        View::Overview | View::Flags | View::Models => leaderboard(analysis),
        View::Spread => spread(analysis),
        View::Criteria => criteria(analysis),
        View::Preferences => preferences(analysis),
        View::Reviewers => agreement(analysis),
        View::Versions => change(analysis),
    };
    let clean = |cell: &String| cell.replace(['\t', '\n', '\r'], " ");
    table.iter().map(|row| row.iter().map(clean).collect::<Vec<_>>().join("\t") + "\n").collect()
}

fn head(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

/// A number, the ends of its interval, and its n; empty where there is none.
fn cells(figure: &Figure) -> [String; 4] {
    let text = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let ends = figure.interval();
    [text(figure.value()), text(ends.map(|ends| ends.low)), text(ends.map(|ends| ends.high)), figure.n.to_string()]
}

fn value(figure: &Figure) -> String {
    figure.value().map(|value| value.to_string()).unwrap_or_default()
}

fn leaderboard(analysis: &Analysis) -> Rows {
    let names = ["place", "model", "mean", "low", "high", "n", "pass", "pass low", "pass high", "decided", "prompts"];
    let mut rows = vec![head(&names)];
    for standing in &analysis.leaderboard.models {
        let mut row = vec![standing.place.map(|place| place.to_string()).unwrap_or_default(), standing.model.clone()];
        row.extend(cells(&standing.score));
        row.extend(cells(&standing.pass_rate));
        row.push(standing.prompts.to_string());
        rows.push(row);
    }
    rows
}

fn spread(analysis: &Analysis) -> Rows {
    let mut rows = vec![head(&["of", "model", "n", "mean", "sd", "min", "q1", "median", "q3", "max"])];
    for distribution in &analysis.distributions {
        for spread in std::iter::once(&distribution.all).chain(&distribution.models) {
            let mut row = vec![distribution.name.clone(), spread.model.clone().unwrap_or_else(|| "all".to_owned())];
            if let Some(s) = &spread.summary {
                row.push(s.n.to_string());
                row.extend([s.mean, s.sd, s.min, s.q1, s.median, s.q3, s.max].map(|value| value.to_string()));
            }
            rows.push(row);
        }
    }
    rows
}

fn criteria(analysis: &Analysis) -> Rows {
    let names = [
        "criterion",
        "judged by",
        "met",
        "unmet",
        "unscored",
        "mean",
        "sd",
        "discrimination",
        "with score",
        "with length",
        "precision",
        "recall",
        "F1",
        "kappa",
    ];
    let mut rows = vec![head(&names)];
    for criterion in &analysis.criteria.criteria {
        let counts = [criterion.met.n, criterion.unmet.n, criterion.unscored.n];
        let mut row = vec![criterion.id.clone(), criterion.judged_by.to_owned()];
        row.extend(counts.map(|count| count.to_string()));
        let raw = criterion.raw.as_ref();
        row.extend(
            [raw.map(|raw| raw.mean), raw.map(|raw| raw.sd)].map(|v| v.map(|v| v.to_string()).unwrap_or_default()),
        );
        row.extend([&criterion.discrimination, &criterion.with_score, &criterion.with_length].map(value));
        let people = &criterion.against_people;
        let shown = [&people.precision, &people.recall, &people.f1, &people.kappa];
        row.extend(shown.map(|figure| figure.as_ref().map(value).unwrap_or_default()));
        rows.push(row);
    }
    rows
}

fn preferences(analysis: &Analysis) -> Rows {
    let names = ["model", "won", "tied", "lost", "win rate", "low", "high", "n", "strength", "low", "high", "n", "Elo"];
    let mut rows = vec![head(&names)];
    for model in &analysis.preferences.together.models {
        let mut row = vec![model.model.clone()];
        row.extend(model.counts.map(|count| count.to_string()));
        row.extend(cells(&model.win_rate));
        row.extend(cells(&model.strength));
        row.push(model.elo.to_string());
        rows.push(row);
    }
    rows
}

fn agreement(analysis: &Analysis) -> Rows {
    let names = [
        "criterion",
        "level",
        "raters",
        "units",
        "same",
        "alpha",
        "low",
        "high",
        "n",
        "kappa",
        "weighted kappa",
        "Fleiss kappa",
        "AC1",
        "ICC",
    ];
    let mut rows = vec![head(&names)];
    let criteria = analysis.agreement.criteria.iter().map(|criterion| (&*criterion.id, &criterion.measures));
    for (id, measures) in criteria.chain(std::iter::once(("preferences", &analysis.agreement.preferences))) {
        let mut row = vec![id.to_owned(), measures.level.to_owned()];
        row.extend([measures.reviewers, measures.units].map(|count| count.to_string()));
        row.push(value(&measures.percent));
        row.extend(cells(&measures.alpha));
        row.extend(
            [&measures.cohen, &measures.cohen_weighted, &measures.fleiss, &measures.ac1, &measures.icc].map(value),
        );
        rows.push(row);
    }
    rows
}

fn change(analysis: &Analysis) -> Rows {
    let mut rows = vec![head(&[
        "id",
        "model",
        "score before",
        "score now",
        "passed before",
        "passed now",
        "moved most by",
        "another text",
        "flipped by",
    ])];
    let Some(change) = &analysis.change else { return rows };
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let yes =
        |passed: Option<bool>| passed.map(|passed| if passed { "yes" } else { "no" }).unwrap_or_default().to_owned();
    for moved in &change.responses {
        let most = moved.most.as_ref().map(|(criterion, _)| criterion.clone()).unwrap_or_default();
        let mut row = vec![moved.id.clone(), moved.model.clone()];
        row.extend(moved.scores.map(number));
        row.extend(moved.passed.map(yes));
        row.push(most);
        row.push(yes(Some(moved.rewritten)));
        let edits: Vec<&str> = moved.by_edits.iter().map(|&at| &*change.edits[at].text).collect();
        row.push(edits.join("; "));
        rows.push(row);
    }
    rows
}
