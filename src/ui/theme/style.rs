//! Tokens → egui's style, once at start for both themes.

use super::{Tokens, metrics, tokens_of};
use egui::style::{ScrollAnimation, Selection, TextCursorStyle, WidgetVisuals, Widgets};
use egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle, Theme, Visuals, vec2,
};

/// Gives both themes their look.
pub fn install(ctx: &Context) {
    for theme in [Theme::Dark, Theme::Light] {
        let mut style = (*ctx.style_of(theme)).clone();
        spacing(&mut style);
        style.visuals = visuals(tokens_of(theme), theme);
        ctx.set_style_of(theme, style);
    }
}

fn spacing(style: &mut Style) {
    let m = metrics();
    let proportional = |size| FontId::new(size, FontFamily::Proportional);
    style.text_styles = [
        (TextStyle::Small, proportional(m.text.small)),
        (TextStyle::Body, proportional(m.text.body)),
        (TextStyle::Button, proportional(m.text.body)),
        (TextStyle::Heading, proportional(m.text.heading)),
        (TextStyle::Monospace, FontId::new(m.text.mono, FontFamily::Monospace)),
    ]
    .into();
    style.spacing.item_spacing = vec2(m.space.m, m.space.s);
    style.spacing.button_padding = vec2(m.space.m, m.space.s);
    style.spacing.interact_size.y = m.row;
    style.spacing.menu_margin = Margin::same(m.space.s as i8);
    style.spacing.window_margin = Margin::same(m.space.l as i8);
    style.spacing.icon_width = 16.0;
    style.spacing.indent = 16.0;
    style.spacing.combo_height = 440.0;
    style.spacing.tooltip_width = 380.0;
    style.spacing.scroll = egui::style::ScrollStyle::thin();
    style.scroll_animation = ScrollAnimation::none();
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.35;
    style.animation_time = 0.1;
}

fn visuals(t: &Tokens, theme: Theme) -> Visuals {
    let mut v = match theme {
        Theme::Dark => Visuals::dark(),
        Theme::Light => Visuals::light(),
    };
    let radius = CornerRadius::same(metrics().radius);
    v.widgets = widgets(t, radius);
    v.selection = Selection { bg_fill: t.selection, stroke: Stroke::new(1.0, t.accent) };
    v.text_cursor = TextCursorStyle { stroke: Stroke::new(2.0, t.accent), ..v.text_cursor };
    v.hyperlink_color = t.accent;
    v.weak_text_color = Some(t.weak);
    v.faint_bg_color = t.hover;
    v.extreme_bg_color = t.raised;
    v.text_edit_bg_color = Some(t.raised);
    v.code_bg_color = t.raised;
    v.warn_fg_color = t.warning;
    v.error_fg_color = t.bad;
    v.window_fill = t.panel;
    v.panel_fill = t.panel;
    v.window_stroke = Stroke::new(1.0, t.line);
    v.window_corner_radius = CornerRadius::same(metrics().radius + 4);
    v.menu_corner_radius = CornerRadius::same(metrics().radius + 2);
    let shadow = |blur| Shadow { offset: [0, 6], blur, spread: 0, color: t.shadow };
    v.window_shadow = shadow(28);
    v.popup_shadow = shadow(16);
    v.slider_trailing_fill = true;
    v.indent_has_left_vline = false;
    v
}

fn widgets(t: &Tokens, corner_radius: CornerRadius) -> Widgets {
    let state = |fill: Color32, line: Color32, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, line),
        fg_stroke: Stroke::new(1.0, text),
        corner_radius,
        expansion: 0.0,
    };
    Widgets {
        noninteractive: state(t.panel, t.line, t.text),
        inactive: state(t.raised, t.line, t.text),
        hovered: state(t.hover, t.faint, t.text),
        active: state(t.pressed, t.accent, t.text),
        open: state(t.hover, t.line, t.text),
    }
}
