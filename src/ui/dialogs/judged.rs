//! What columns say of judgements: ratings with their scales, verdicts and their coding, who judged.

use crate::io::import::{ColumnKind, Summary, Table};
use crate::model::{Coding, Field, Mapping, RatingColumn, RatingScale, Role};
use crate::ui::theme::{metrics, tokens};
use crate::ui::widgets::one_line;
use egui::{Grid, RichText, TextEdit, Ui, vec2};

/// Widths of a column's name, of what it rates, and of the scale.
const COLUMN: f32 = 240.0;
const CRITERION: f32 = 160.0;
const SCALE: f32 = 150.0;

/// Shows what `mapping` says of judgements and lets the person change it; `seen` is what would come of it.
pub fn show(ui: &mut Ui, table: &Table, mapping: &mut Mapping, seen: Option<&Summary>) {
    match mapping.role {
        Role::Responses | Role::Ratings => ratings(ui, table, mapping, seen),
        Role::Preferences => verdicts(ui, mapping),
        Role::Wide | Role::Prompts | Role::Models => return,
    }
    if asks_rater(table, mapping) {
        ui.horizontal(|ui| {
            let label = ui.label("Reviewer of every row");
            let mut rater = mapping.rater.clone().unwrap_or_default();
            if ui.add(TextEdit::singleline(&mut rater).desired_width(200.0)).labelled_by(label.id).changed() {
                mapping.rater = (!rater.is_empty()).then_some(rater);
            }
        });
    }
}

/// Whether some judgements have nobody who made them: neither a column nor a list says it.
fn asks_rater(table: &Table, mapping: &Mapping) -> bool {
    let is_list = |name: &str| table.column(name).is_some_and(|column| column.kind == ColumnKind::List);
    let is_open = |rating: &RatingColumn| rating.rater.is_none() && !is_list(&rating.column);
    mapping.column(Field::Rater).is_none()
        && mapping.has_judgements()
        && (mapping.ratings.is_empty() || mapping.ratings.iter().any(is_open))
}

/// The columns that hold ratings.
fn ratings(ui: &mut Ui, table: &Table, mapping: &mut Mapping, seen: Option<&Summary>) {
    let weak = tokens(ui.ctx()).weak;
    let mut gone = None;
    if !mapping.ratings.is_empty() {
        let spacing = vec2(metrics().space.l, metrics().space.s);
        Grid::new("ratings").num_columns(4).spacing(spacing).show(ui, |ui| {
            for head in ["Ratings in", "of", "on the scale", ""] {
                ui.label(RichText::new(head).color(weak));
            }
            ui.end_row();
            for (index, rating) in mapping.ratings.iter_mut().enumerate() {
                if rating_row(ui, rating, seen) {
                    gone = Some(index);
                }
                ui.end_row();
            }
        });
    }
    if let Some(index) = gone {
        mapping.ratings.remove(index);
    }
    let taken: Vec<String> = mapping.ratings.iter().map(|rating| rating.column.clone()).collect();
    ui.menu_button("Add a column of ratings", |ui| {
        egui::ScrollArea::vertical().max_height(300.0).show(ui, |ui| {
            for column in table.columns.iter().filter(|column| !taken.contains(&column.name)) {
                if ui.button(&column.name).clicked() {
                    mapping.columns.retain(|_, taken| *taken != column.name);
                    mapping.ratings.push(crate::io::import::rating_column(&column.name));
                    ui.close();
                }
            }
        });
    });
}

/// One column; whether it is to go.
fn rating_row(ui: &mut Ui, rating: &mut RatingColumn, seen: Option<&Summary>) -> bool {
    let name = match &rating.rater {
        Some(rater) => format!("{} by {rater}", rating.column),
        None => rating.column.clone(),
    };
    let m = metrics();
    let font = egui::FontId::proportional(m.text.body);
    let colour = ui.visuals().text_color();
    let shown = one_line(ui, &name, font, colour, COLUMN);
    ui.allocate_ui(vec2(COLUMN, ui.spacing().interact_size.y), |ui| {
        ui.set_min_width(COLUMN);
        ui.label(shown).on_hover_text(&name);
    });
    let height = ui.spacing().interact_size.y;
    let response = ui.add_sized(vec2(CRITERION, height), TextEdit::singleline(&mut rating.criterion));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, format!("Criterion of {name}")));
    scale(ui, rating, seen);
    let remove = ui.button("✕").on_hover_text("These are no ratings");
    remove.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{name} holds no ratings")));
    remove.clicked()
}

/// The scale: as it was found, until somebody says another.
fn scale(ui: &mut Ui, rating: &mut RatingColumn, seen: Option<&Summary>) {
    let found = seen.and_then(|seen| {
        seen.criteria.iter().find(|(name, _)| name.eq_ignore_ascii_case(&rating.criterion)).map(|(_, scale)| scale)
    });
    let id = ui.scope_id().with(("scale", &rating.column));
    let stated = rating.scale.as_ref().map(ToString::to_string);
    let mut text: String = ui.data(|data| data.get_temp(id)).or_else(|| stated.clone()).unwrap_or_default();
    let hint = found.map_or("found from the values", String::as_str);
    let size = vec2(SCALE, ui.spacing().interact_size.y);
    let edit = ui.add_sized(size, TextEdit::singleline(&mut text).hint_text(hint));
    edit.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::TextInput, true, format!("Scale of {}", rating.criterion))
    });
    let help =
        "yes-no, 1..5, 0..100, or words from the worst to the best: bad<fair<good. Empty: found from the values.";
    let parsed = RatingScale::parse(&text);
    let is_wrong = !text.trim().is_empty() && parsed.is_none();
    if edit.changed() {
        rating.scale = parsed;
        ui.data_mut(|data| data.insert_temp(id, text));
    }
    if is_wrong {
        ui.label(RichText::new("no scale").color(tokens(ui.ctx()).bad)).on_hover_text(help);
    } else {
        edit.on_hover_text(help);
    }
}

/// What numbers in verdicts mean.
fn verdicts(ui: &mut Ui, mapping: &mut Mapping) {
    let has = |field| mapping.column(field).is_some();
    if !has(Field::Verdict) && !has(Field::Gold) {
        let words = if has(Field::RatingB) {
            "The one with the greater rating is better."
        } else {
            "No column says which is better: the first is taken to be."
        };
        ui.label(RichText::new(words).color(tokens(ui.ctx()).weak));
        return;
    }
    ui.horizontal(|ui| {
        let label = ui.label("Numbers mean");
        let current = mapping.coding.map_or("nothing: verdicts are words or names", Coding::label);
        let choose = egui::ComboBox::from_id_salt("coding").selected_text(current).width(260.0).show_ui(ui, |ui| {
            ui.selectable_value(&mut mapping.coding, None, "nothing: verdicts are words or names");
            for coding in Coding::ALL {
                ui.selectable_value(&mut mapping.coding, Some(coding), coding.label());
            }
        });
        choose.response.labelled_by(label.id);
    });
}
