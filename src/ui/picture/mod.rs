//! A picture of a part of the window, whole, also where it is longer than what is in sight.
//!
//! What a view paints is laid out once more with all the room it takes, in the same context, so with its fonts and colours,
//! but on a layer of its own that is taken off before it reaches the screen. Painting it is done on the CPU, on any thread.

mod rasterise;

pub use rasterise::{Canvas, Clip};

use crate::ui::theme::{metrics, tokens};
use egui::epaint::{ClippedPrimitive, FontsView, Primitive};
use egui::{Align2, Color32, ColorImage, Context, FontId, Id, LayerId, Order, Rect, TextureId, Ui, UiBuilder, Vec2};
use egui::{pos2, vec2};

/// A picture is at most so many pixels high: what common programs for pictures open.
pub const HIGHEST: usize = 16_384;

/// A picture has at most so many pixels: 96 megabytes.
pub const MOST: usize = 24_000_000;

/// Room to lay out in, in points: more than any picture takes.
const ROOM: f32 = 1e6;

/// What is to be painted.
pub struct Sketch {
    primitives: Vec<ClippedPrimitive>,
    glyphs: ColorImage,
    size: [usize; 2],
    scale: f32,
    fill: Color32,
    is_whole: bool,
}

impl std::fmt::Debug for Sketch {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Sketch").field("size", &self.size).finish_non_exhaustive()
    }
}

impl Sketch {
    /// Lays `body` out at `width`, in points, or what more it takes. Call it during a pass: the pass is discarded, so that
    /// neither the pointer nor a screen reader meets what it left.
    pub fn new(ctx: &Context, width: f32, body: impl FnOnce(&mut Ui)) -> Self {
        let (scale, margin) = (ctx.pixels_per_point(), metrics().space.l);
        let id = Id::unique("a picture");
        let layer = LayerId::new(Order::Background, id);
        let room = Rect::from_min_size(pos2(margin, margin), vec2(width, ROOM));
        let mut ui = Ui::new(ctx.clone(), id, UiBuilder::new().layer_id(layer).max_rect(room));
        // What lies beyond is not painted.
        let in_sight = Rect::from_min_size(pos2(0.0, 0.0), vec2(ROOM, HIGHEST as f32 / scale));
        ui.set_clip_rect(in_sight);
        ui.vertical(body);
        let taken = ui.min_rect().max + Vec2::splat(margin);
        let (size, is_whole) = fitting(vec2(taken.x.max(width + 2.0 * margin), taken.y), scale);
        let fill = tokens(ctx).panel;
        if !is_whole {
            ending(&ui, size[1] as f32 / scale, fill);
        }
        let list = ctx.graphics_mut(|layers| std::mem::take(layers.entry(layer)));
        let primitives = ctx.tessellate(list.all_entries().cloned().collect(), scale);
        let glyphs = ctx.fonts(|fonts: &FontsView<'_>| fonts.image());
        ctx.request_discard("a picture was laid out");
        Self { primitives, glyphs, size, scale, fill, is_whole }
    }

    /// Whether all of the body is in it; what is beyond [`HIGHEST`] and [`MOST`] is cut off, which the picture says.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Paints it. Time is linear in its pixels.
    pub fn paint(&self) -> ColorImage {
        let [width, height] = self.size;
        let mut canvas = Canvas::new(width, height, self.fill);
        for ClippedPrimitive { clip_rect, primitive } in &self.primitives {
            // Views have no textures but that of glyphs, and no callbacks.
            if let Primitive::Mesh(mesh) = primitive
                && mesh.texture_id == TextureId::default()
            {
                let clip = Clip::new(*clip_rect, self.scale, &canvas);
                canvas.mesh(mesh, &self.glyphs, clip, self.scale);
            }
        }
        canvas.into_image()
    }
}

/// The pixels of a picture of `taken` points, and whether that is all of it.
fn fitting(taken: Vec2, scale: f32) -> ([usize; 2], bool) {
    let [width, height] = [taken.x, taken.y].map(|points| (points * scale).ceil() as usize);
    let width = width.clamp(1, HIGHEST);
    let most = HIGHEST.min(MOST / width);
    ([width, height.clamp(1, most)], height <= most)
}

/// Says at the lower end, `bottom`, that the picture is cut there.
fn ending(ui: &Ui, bottom: f32, fill: Color32) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let line = Rect::from_min_max(pos2(0.0, bottom - m.row), pos2(ROOM, bottom));
    ui.painter().rect_filled(line, 0.0, fill);
    let words = "The view goes on: a picture ends here. Copied as rows or JSON it is whole.";
    let font = FontId::proportional(m.text.body);
    ui.painter().text(pos2(m.space.l, line.center().y), Align2::LEFT_CENTER, words, font, t.warning);
}

#[cfg(test)]
mod tests {
    use super::{HIGHEST, MOST, fitting};
    use egui::vec2;

    #[test]
    fn a_picture_has_the_pixels_it_takes_up_to_a_limit() {
        assert_eq!(fitting(vec2(800.0, 1200.5), 1.0), ([800, 1201], true));
        assert_eq!(fitting(vec2(800.0, 1200.0), 1.5), ([1200, 1800], true));
        assert_eq!(fitting(vec2(800.0, 60_000.0), 1.0), ([800, HIGHEST], false));
        let ([width, height], is_whole) = fitting(vec2(3000.0, 12_000.0), 1.0);
        assert!(width * height <= MOST && width == 3000 && !is_whole, "{width} × {height}");
    }
}
