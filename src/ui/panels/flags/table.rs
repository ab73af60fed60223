//! How many responses have which flags, by kind and model. Every number lists the responses behind it.

use crate::flags::Kind;
use crate::ui::action::Actions;
use crate::ui::commands::UiCommand;
use crate::ui::panels::results::cells::{Columns, HEAT, NUMBER, head, heat, link, text};
use crate::ui::panels::results::{and, model_name};
use crate::ui::theme::{metrics, strong, tokens};
use crate::ui::widgets::count;
use crate::workbench::query::quote;
use crate::workbench::{Flagged, Workbench};
use egui::{RichText, Ui};

/// Models shown: more columns cannot be compared at a glance.
const MOST_MODELS: usize = 12;

/// Width of a kind's name.
const NAME: f32 = 130.0;
/// Between the counts of all and those of models.
const GAP: f32 = 10.0;

/// Shows the table of all responses, with the models that have the most flags.
pub fn table(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let dataset = bench.project().dataset();
    ui.horizontal(|ui| {
        ui.label(strong("Flags", m.text.heading)).on_hover_text("Anomalies worth a look, of all responses.");
        let info = UiCommand::FlagThresholds.info();
        let n = format!("n = {} responses", count(dataset.responses().len()));
        ui.label(RichText::new(n).size(m.text.small).color(t.weak));
        if ui.small_button(info.name).on_hover_text(info.help).clicked() {
            actions.ui(UiCommand::FlagThresholds);
        }
    });
    let Some(flagged) = bench.flagged() else {
        ui.label(RichText::new("Looking for anomalies…").color(t.weak));
        return;
    };
    let tally = flagged.tally();
    if tally.flagged == 0 {
        ui.label(RichText::new("No response looks odd.").color(t.weak));
        return;
    }
    let models = &tally.order()[..tally.order().len().min(MOST_MODELS)];
    let columns = Columns { widths: [NAME, NUMBER, GAP].into_iter().chain(models.iter().map(|_| HEAT)).collect() };
    ui.spacing_mut().item_spacing.y = 1.0;
    let cells = columns.row(ui, m.row - 4.0);
    head(ui, cells[0], "flag", t.weak, false);
    head(ui, cells[1], "all", t.weak, true);
    for (cell, &model) in cells[3..].iter().zip(models) {
        head(ui, *cell, model_name(dataset, model), t.weak, false);
    }
    let any = (None, "Any", "Responses with any flag.", "any");
    let rows = tally.kinds().map(|kind| (Some(kind), kind.name(), kind.info().summary, kind.id()));
    for (kind, name, summary, id) in std::iter::once(any).chain(rows) {
        let cells = columns.row(ui, m.row + 2.0);
        let of_model = |model: u32| kind.map_or_else(|| tally.of_model(model), |kind: Kind| tally.count(kind, model));
        let all = kind.map_or(tally.flagged, |kind| tally.of_kind(kind));
        let term = format!("flag:{id}");
        text(ui, cells[0], name, t.text, false);
        if link(ui, cells[0], ("flag", id), format!("{summary} Click to list them.")).clicked() {
            actions.bench(and(bench, &term));
        }
        text(ui, cells[1], &count(all), t.text, true);
        for (cell, &model) in cells[3..].iter().zip(models) {
            let (found, of) = (of_model(model), tally.total(model));
            let share = (found > 0).then(|| found as f64 / of.max(1) as f64);
            heat(ui, *cell, share, &if found == 0 { "–".to_owned() } else { count(found) }, t.warning);
            let model = model_name(dataset, model);
            let help = format!("List {} of {model}: {name}; it has {} in all", count(found), count(of));
            if found > 0 && link(ui, *cell, ("flag of", id, model), help).clicked() {
                actions.bench(and(bench, &format!("model:{} {term}", quote(model))));
            }
        }
    }
    if tally.order().len() > MOST_MODELS {
        let hidden = tally.order().len() - MOST_MODELS;
        let words = format!("The {MOST_MODELS} models with the most flags; {hidden} more have no more than these.");
        ui.label(RichText::new(words).size(m.text.small).color(t.weak));
    }
}

/// The table of all models, for a spreadsheet.
pub fn rows(flagged: &Flagged) -> String {
    let (dataset, tally) = (flagged.dataset(), flagged.tally());
    let row = |kind: Option<Kind>| {
        let id = kind.map_or("any", Kind::id);
        let all = kind.map_or(tally.flagged, |kind| tally.of_kind(kind));
        let of = |model: u32| kind.map_or_else(|| tally.of_model(model), |kind| tally.count(kind, model));
        let models = (0..dataset.models().len() as u32).map(|model| format!("\t{}", of(model)));
        models.fold(format!("{id}\t{all}"), |row, cell| row + &cell)
    };
    let plain = |name: &String| name.replace(['\t', '\n', '\r'], " ");
    let names = dataset.models().iter().map(plain).fold("flag\tall".to_owned(), |head, name| head + "\t" + &name);
    let totals = (0..dataset.models().len() as u32).map(|model| format!("\t{}", tally.total(model)));
    let totals = totals.fold(format!("responses\t{}", dataset.responses().len()), |row, cell| row + &cell);
    let kinds = tally.kinds().map(|kind| row(Some(kind)));
    [names, totals, row(None)].into_iter().chain(kinds).collect::<Vec<_>>().join("\n")
}
