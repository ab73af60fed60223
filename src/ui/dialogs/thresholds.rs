//! The thresholds of flags: what counts as an anomaly in this project.

use crate::flags::{FlagSettings, Kind, THRESHOLDS};
use crate::model::{Edit, Settings};
use crate::ui::action::Actions;
use crate::ui::theme::{metrics, strong, tokens};
use crate::workbench::Workbench;
use egui::{Align2, Context, DragValue, Grid, Key, Modifiers, RichText, Ui, vec2};

/// Shows the thresholds; whether they stay open. Each change is an edit of the project.
pub fn show(ctx: &Context, bench: &Workbench, actions: &mut Actions) -> bool {
    let mut open = true;
    let height = (ctx.content_rect().height() - 140.0).clamp(200.0, 520.0);
    egui::Window::new("Flag thresholds")
        .open(&mut open)
        .collapsible(false)
        .resizable(false)
        .anchor(Align2::CENTER_CENTER, vec2(0.0, -20.0))
        .fixed_size(vec2(520.0, height))
        .show(ctx, |ui| {
            let settings = bench.project().settings();
            let mut flags = settings.flags.clone();
            let room = height - metrics().row - 2.0 * metrics().space.l;
            egui::ScrollArea::vertical()
                .max_height(room)
                .auto_shrink([false, true])
                .show(ui, |ui| form(ui, &mut flags));
            ui.add_space(metrics().space.m);
            ui.add_enabled_ui(!flags.is_default(), |ui| {
                if ui.button("Use the defaults").on_hover_text("Undo brings yours back.").clicked() {
                    flags = FlagSettings::default();
                }
            });
            if flags != settings.flags {
                actions.edit(Edit::SetSettings(Box::new(Settings { flags, ..Settings::clone(settings) })));
            }
        });
    open && !ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
}

fn form(ui: &mut Ui, flags: &mut FlagSettings) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    ui.label(strong("Looked for", m.text.body));
    ui.horizontal_wrapped(|ui| {
        for kind in Kind::ALL {
            let mut wanted = flags.looks_for(kind);
            if ui.checkbox(&mut wanted, kind.name()).on_hover_text(kind.info().summary).changed() {
                flags.off.retain(|&off| off != kind);
                if !wanted {
                    flags.off.push(kind);
                    flags.off.sort_unstable();
                }
            }
        }
    });
    ui.add_space(m.space.m);
    ui.label(strong("From where on", m.text.body));
    Grid::new("thresholds").num_columns(3).spacing(vec2(m.space.l, m.space.s)).show(ui, |ui| {
        for threshold in THRESHOLDS {
            let label = ui.label(threshold.label).on_hover_text(threshold.help);
            let mut value = (threshold.get)(flags);
            let (speed, decimals) = if threshold.whole { (1.0, 0) } else { (0.01, 2) };
            let field =
                DragValue::new(&mut value).range(threshold.min..=threshold.max).speed(speed).max_decimals(decimals);
            if ui.add(field).on_hover_text(threshold.help).labelled_by(label.id).changed() {
                (threshold.set)(flags, value);
            }
            let kinds: Vec<String> = threshold.kinds.iter().map(|kind| kind.name().to_lowercase()).collect();
            let words = format!("{} to {}; {}", threshold.min, threshold.max, kinds.join(", "));
            ui.label(RichText::new(words).size(m.text.small).color(t.weak));
            ui.end_row();
        }
    });
}
