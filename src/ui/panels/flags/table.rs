//! How many responses have which flags, by kind and model. Every number lists the responses behind it.

use crate::flags::{Kind, Tally};
use crate::model::Dataset;
use crate::ui::action::Actions;
use crate::ui::commands::UiCommand;
use crate::ui::panels::results::cells::{Columns, HEAT, NUMBER, head, head_centred, heads, heat, link, text};
use crate::ui::panels::results::{and, model_name};
use crate::ui::theme::{metrics, strong, tokens};
use crate::ui::widgets::count;
use crate::workbench::Workbench;
use crate::workbench::query::quote;
use egui::{RichText, Ui};

/// Models shown: more columns cannot be compared at a glance.
const MOST_MODELS: usize = 12;

/// Width of a kind's name.
const NAME: f32 = 130.0;
/// Width of a model's counts where there is room for long names.
const WIDE: f32 = 130.0;
/// Between the counts of all and those of models.
const GAP: f32 = 10.0;

/// Shows the table of the responses listed, with the models that have the most flags.
pub fn table(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let dataset = bench.project().dataset();
    ui.horizontal(|ui| {
        ui.label(strong("Flags", m.text.heading)).on_hover_text("Anomalies worth a look, of the responses listed.");
        let info = UiCommand::FlagThresholds.info();
        let (n, of) = (bench.listed_flags().map_or(0, Tally::responses), dataset.responses().len());
        let of = if n < of { format!(" of {}", count(of)) } else { String::new() };
        let n = format!("n = {}{of} responses", count(n));
        ui.label(RichText::new(n).size(m.text.small).color(t.weak));
        if ui.small_button(info.name).on_hover_text(info.help).clicked() {
            actions.ui(UiCommand::FlagThresholds);
        }
    });
    let Some(tally) = bench.listed_flags() else {
        ui.label(RichText::new("Looking for anomalies…").color(t.weak));
        return;
    };
    if tally.flagged == 0 {
        let words = match tally.responses() {
            0 => "No response is listed: the filter selects none.",
            _ => "None of these responses looks odd.",
        };
        ui.label(RichText::new(words).color(t.weak));
        return;
    }
    let listed: Vec<u32> = tally.order().iter().copied().filter(|&model| tally.total(model) > 0).collect();
    let models = &listed[..listed.len().min(MOST_MODELS)];
    let room = ui.available_width() - NAME - NUMBER - GAP;
    let cell = (room / models.len().max(1) as f32).clamp(HEAT, WIDE);
    let columns = Columns { widths: [NAME, NUMBER, GAP].into_iter().chain(models.iter().map(|_| cell)).collect() };
    ui.spacing_mut().item_spacing.y = 1.0;
    let cells = columns.row(ui, heads(ui, models.iter().map(|&model| model_name(dataset, model)), cell));
    head(ui, cells[0], "flag", t.weak, false);
    head(ui, cells[1], "all", t.weak, true);
    for (cell, &model) in cells[3..].iter().zip(models) {
        head_centred(ui, *cell, model_name(dataset, model), t.weak);
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
    if listed.len() > MOST_MODELS {
        let hidden = listed.len() - MOST_MODELS;
        let words = format!("The {MOST_MODELS} models with the most flags; {hidden} more have no more than these.");
        ui.label(RichText::new(words).size(m.text.small).color(t.weak));
    }
}

/// The table of all models that are listed, for a spreadsheet.
pub fn rows(dataset: &Dataset, tally: &Tally) -> String {
    let models: Vec<u32> = (0..dataset.models().len() as u32).filter(|&model| tally.total(model) > 0).collect();
    let row = |kind: Option<Kind>| {
        let id = kind.map_or("any", Kind::id);
        let all = kind.map_or(tally.flagged, |kind| tally.of_kind(kind));
        let of = |model: u32| kind.map_or_else(|| tally.of_model(model), |kind| tally.count(kind, model));
        models.iter().map(|&model| format!("\t{}", of(model))).fold(format!("{id}\t{all}"), |row, cell| row + &cell)
    };
    let plain = |&model: &u32| dataset.models()[model as usize].replace(['\t', '\n', '\r'], " ");
    let names = models.iter().map(plain).fold("flag\tall".to_owned(), |head, name| head + "\t" + &name);
    let totals = models.iter().map(|&model| format!("\t{}", tally.total(model)));
    let totals = totals.fold(format!("responses\t{}", tally.responses()), |row, cell| row + &cell);
    let kinds = tally.kinds().map(|kind| row(Some(kind)));
    [names, totals, row(None)].into_iter().chain(kinds).collect::<Vec<_>>().join("\n")
}
