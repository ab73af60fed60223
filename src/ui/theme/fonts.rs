//! Type: Inter for reading, Hack for code, the system for every script they lack.

use egui::{Context, FontData, FontFamily, FontId, RichText};
use std::sync::Arc;

/// The family of the semibold face.
pub const STRONG: &str = "strong";

/// Adds the bundled faces. Hack follows Inter for shapes Inter lacks.
pub fn install(ctx: &Context) {
    let mut fonts = egui::FontDefinitions::default();
    let mut add = |name: &str, bytes: &'static [u8]| {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    };
    add("Inter", include_bytes!("../../../assets/fonts/Inter-Regular.otf"));
    add("Inter SemiBold", include_bytes!("../../../assets/fonts/Inter-SemiBold.otf"));
    let hack = fonts.families.get(&FontFamily::Monospace).cloned().unwrap_or_default();
    let proportional = fonts.families.entry(FontFamily::Proportional).or_default();
    proportional.insert(0, "Inter".to_owned());
    proportional.extend(hack);
    let mut strong = proportional.clone();
    strong.insert(0, "Inter SemiBold".to_owned());
    if let Some(mono) = fonts.families.get_mut(&FontFamily::Monospace) {
        mono.push("Inter".to_owned());
    }
    fonts.families.insert(FontFamily::Name(STRONG.into()), strong);
    ctx.set_fonts(fonts);
}

/// `text` in the semibold face.
pub fn strong(text: impl Into<String>, size: f32) -> RichText {
    RichText::new(text).font(FontId::new(size, FontFamily::Name(STRONG.into())))
}
