//! One text with its evidence: wrapped, virtual, selectable.
//!
//! Only the lines on screen are laid out; the heights of the others are estimated and measured a little every
//! frame, so that a text of 10 MB opens and scrolls like one of 10 kB. Highlights are painted behind the
//! letters, not laid out with them: pointing at a criterion costs no layout. Positions are bytes throughout,
//! so a selection outlives scrolling, resizing and a change of face.

mod document;
mod heights;
mod highlight;
mod map;
mod row;
mod selection;
mod view;

pub use document::{Mark, TextDoc};
pub use view::{TextView, TextViewOutput};

use egui::{Color32, FontFamily, FontId};

/// The look of one layer of marks.
#[derive(Clone, Copy, Debug)]
pub struct LayerStyle {
    /// Its colour.
    pub color: Color32,
}

/// How a text is shown.
#[derive(Clone, Copy, Debug)]
pub struct TextStyleOptions {
    /// A monospaced face.
    pub monospace: bool,
    /// Type size in points.
    pub size: f32,
    /// Colour of the letters.
    pub color: Color32,
    /// Colour behind a selection.
    pub selection: Color32,
    /// How much of a layer's colour lies behind its marks, 0..=1.
    pub tint: f32,
    /// The widest a line gets, in points.
    pub max_width: f32,
    /// The layer that stands out; the others step back.
    pub emphasis: Option<u32>,
    /// The mark that is gone to: an index into the document's marks.
    pub current: Option<usize>,
}

impl TextStyleOptions {
    fn font(&self) -> FontId {
        FontId::new(self.size, if self.monospace { FontFamily::Monospace } else { FontFamily::Proportional })
    }

    /// The distance from one baseline to the next.
    fn line_height(&self) -> f32 {
        (self.size * 1.5).round()
    }
}
