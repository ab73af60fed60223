//! How a text is shown.

use super::overlay::Overlay;
use egui::{Color32, FontFamily, FontId};

/// How the highlights of one criterion look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayerStyle {
    /// The criterion's colour, opaque; backgrounds use a tint of it.
    pub color: Color32,
}

/// How the text looks, and what stands out in it. All lengths are in points.
#[derive(Clone, Debug, PartialEq)]
pub struct TextStyleOptions {
    /// Monospace instead of the proportional face.
    pub monospace: bool,
    /// Whether lines wrap at the column's width; otherwise the view scrolls sideways.
    pub wrap: bool,
    /// Size of the proportional face.
    pub size: f32,
    /// Size of the monospace face.
    pub monospace_size: f32,
    /// Distance of two baselines, as a multiple of the face's size.
    pub line_height: f32,
    /// The text's colour; the theme's where there is none.
    pub text_color: Option<Color32>,
    /// The widest a wrapped column gets: long lines are hard to read.
    pub max_width: f32,
    /// Whether a column narrower than the panel is centred in it, rather than at its left.
    pub centered: bool,
    /// The layer that stands out; the others are dimmed.
    pub emphasised: Option<u32>,
    /// The mark with a ring around it, as an index into [`super::TextDoc::marks`].
    pub current: Option<usize>,
    /// What is marked beside the evidence, painted in this order.
    pub overlays: Vec<Overlay>,
    /// What assistive technology calls the text.
    pub name: String,
}

impl Default for TextStyleOptions {
    fn default() -> Self {
        Self {
            monospace: false,
            wrap: true,
            size: 15.0,
            monospace_size: 14.0,
            line_height: 1.45,
            text_color: None,
            max_width: 760.0,
            centered: true,
            emphasised: None,
            current: None,
            overlays: Vec::new(),
            name: "Response text".to_owned(),
        }
    }
}

impl TextStyleOptions {
    /// The face and size of fenced code.
    pub(super) fn code_font(&self) -> FontId {
        FontId::new(self.monospace_size.clamp(4.0, 200.0), FontFamily::Monospace)
    }

    /// The face and size in use.
    pub(super) fn font(&self) -> FontId {
        let (size, family) = match self.monospace {
            true => (self.monospace_size, FontFamily::Monospace),
            false => (self.size, FontFamily::Proportional),
        };
        FontId::new(size.clamp(4.0, 200.0), family)
    }
}
