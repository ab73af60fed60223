//! The role of one file and the meaning of its columns, with what stands in them.

use super::judged;
use crate::io::import::Table;
use crate::model::{Field, Mapping, Role};
use crate::ui::theme::{metrics, tokens};
use crate::ui::widgets::one_line;
use crate::workbench::Preview;
use egui::{FontId, RichText, TextEdit, Ui, vec2};

/// Roles as people read them.
const ROLES: [(Role, &str, &str); 6] = [
    (Role::Responses, "a response a row", "Each row is one response."),
    (Role::Wide, "a model a column", "Each row is a prompt; several columns each hold one model’s response."),
    (Role::Ratings, "ratings", "Each row says how raters rate a response, which another file may hold."),
    (Role::Preferences, "preferences", "Each row says which of two responses is better; other files may hold them."),
    (Role::Prompts, "prompts", "Each row is a prompt, joined by its id with responses in other files."),
    (Role::Models, "models", "Each row is a model: its id and the name to show."),
];

/// Shows what file `index` is taken to be, and lets the person change it.
pub fn show(ui: &mut Ui, preview: &mut Preview, index: usize) {
    let mut mapping = preview.mapping(index).clone();
    let table = &preview.files()[index].table;
    ui.horizontal_wrapped(|ui| {
        for (role, name, help) in ROLES {
            if ui.selectable_label(mapping.role == role, name).on_hover_text(help).clicked() {
                mapping.role = role;
            }
        }
    });
    // Who rated is nothing to ask where nothing is rated.
    let is_asked = |field: &&Field| mapping.has_judgements() || **field != Field::Rater;
    let (shown, rest): (Vec<Field>, Vec<Field>) = fields(mapping.role)
        .iter()
        .filter(is_asked)
        .partition(|field| is_main(**field) || mapping.column(**field).is_some());
    grid(ui, "columns", table, &mut mapping, &shown);
    if !rest.is_empty() {
        ui.collapsing("More columns", |ui| grid(ui, "more columns", table, &mut mapping, &rest));
    }
    match mapping.role {
        Role::Wide => models(ui, table, &mut mapping),
        Role::Responses | Role::Ratings if mapping.column(Field::Model).is_none() => {
            ui.horizontal(|ui| {
                let label = ui.label("Model of every row");
                let mut model = mapping.model.clone().unwrap_or_default();
                let hint = crate::io::import::model_of_file(&preview.files()[index].name);
                let edit = TextEdit::singleline(&mut model).hint_text(hint).desired_width(200.0);
                if ui.add(edit).labelled_by(label.id).changed() {
                    mapping.model = (!model.is_empty()).then_some(model);
                }
            });
        }
        _ => {}
    }
    judged::show(ui, table, &mut mapping, preview.foreseen().and_then(|seen| seen.summary.as_ref()));
    *preview.mapping_mut(index) = mapping;
}

fn grid(ui: &mut Ui, id: &str, table: &Table, mapping: &mut Mapping, fields: &[Field]) {
    egui::Grid::new(id).num_columns(3).spacing(vec2(metrics().space.l, metrics().space.s)).show(ui, |ui| {
        for field in fields {
            field_row(ui, table, mapping, *field);
            ui.end_row();
        }
    });
}

/// Whether a field is shown where no column has it.
fn is_main(field: Field) -> bool {
    !matches!(
        field,
        Field::VerdictSwapped
            | Field::Gold
            | Field::Swapped
            | Field::Rating
            | Field::RatingB
            | Field::ReasonSwapped
            | Field::IsGold
            | Field::Turn
            | Field::Time
            | Field::Seconds
            | Field::Labels
            | Field::IdB
    )
}

fn fields(role: Role) -> &'static [Field] {
    match role {
        Role::Responses => {
            &[Field::Id, Field::PromptId, Field::Prompt, Field::Response, Field::Model, Field::Reference, Field::Rater]
        }
        Role::Ratings => &[
            Field::Id,
            Field::PromptId,
            Field::Prompt,
            Field::Response,
            Field::Model,
            Field::Rater,
            Field::Criterion,
            Field::Reason,
            Field::Labels,
            Field::IsGold,
            Field::Turn,
            Field::Time,
            Field::Seconds,
        ],
        Role::Preferences => &[
            Field::PromptId,
            Field::Prompt,
            Field::Response,
            Field::ResponseB,
            Field::Model,
            Field::ModelB,
            Field::Id,
            Field::IdB,
            Field::Verdict,
            Field::VerdictSwapped,
            Field::Gold,
            Field::Rating,
            Field::RatingB,
            Field::Rater,
            Field::Reason,
            Field::ReasonSwapped,
            Field::Swapped,
            Field::IsGold,
            Field::Turn,
            Field::Time,
            Field::Seconds,
        ],
        Role::Wide => &[Field::PromptId, Field::Prompt, Field::Reference],
        Role::Prompts => &[Field::Id, Field::Prompt, Field::Reference],
        Role::Models => &[Field::Id, Field::Model],
    }
}

fn field_row(ui: &mut Ui, table: &Table, mapping: &mut Mapping, field: Field) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let label = ui.label(RichText::new(words(field)).color(t.weak));
    let current = mapping.column(field).unwrap_or("–").to_owned();
    egui::ComboBox::from_id_salt(field.name())
        .selected_text(&current)
        .width(220.0)
        .show_ui(ui, |ui| {
            if ui.selectable_label(current == "–", "–").clicked() {
                mapping.columns.remove(&field);
            }
            for column in &table.columns {
                if ui.selectable_label(current == column.name, &column.name).clicked() {
                    mapping.columns.insert(field, column.name.clone());
                }
            }
        })
        .response
        .labelled_by(label.id);
    let sample = mapping.column(field).and_then(|column| table.column(column)).and_then(|column| column.sample.first());
    let sample = one_line(ui, sample.map_or("", String::as_str), FontId::proportional(m.text.small), t.faint, 380.0);
    ui.label(sample);
}

fn words(field: Field) -> &'static str {
    match field {
        Field::Id => "Id",
        Field::PromptId => "Prompt’s id",
        Field::Prompt => "Prompt",
        Field::Response => "Response",
        Field::Model => "Model",
        Field::Reference => "Reference answer",
        Field::IdB => "Second’s id",
        Field::ResponseB => "Second response",
        Field::ModelB => "Second model",
        Field::Verdict => "Verdict",
        Field::VerdictSwapped => "Verdict, swapped",
        Field::Gold => "Gold verdict",
        Field::Swapped => "Shown swapped",
        Field::Rating => "Rating",
        Field::RatingB => "Second’s rating",
        Field::Criterion => "Criterion",
        Field::Rater => "Reviewer",
        Field::Reason => "Reason",
        Field::ReasonSwapped => "Reason, swapped",
        Field::IsGold => "Is gold",
        Field::Turn => "Turn",
        Field::Time => "Time",
        Field::Seconds => "Seconds taken",
        Field::Labels => "Labelled spans",
    }
}

/// Which columns each hold a model's responses.
fn models(ui: &mut Ui, table: &Table, mapping: &mut Mapping) {
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("Models").color(tokens(ui.ctx()).weak));
        for column in &table.columns {
            let mut chosen = mapping.models.contains(&column.name);
            if ui.checkbox(&mut chosen, &column.name).changed() {
                if chosen {
                    mapping.models.push(column.name.clone());
                } else {
                    mapping.models.retain(|name| *name != column.name);
                }
            }
        }
    });
}
