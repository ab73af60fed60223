//! Paints the interface on the CPU: the same picture on every machine, with no GPU, driver or display.

use egui::epaint::textures::TexturesDelta;
use egui::epaint::{ClippedPrimitive, ImageData, Primitive};
use egui::{Color32, ColorImage, TextureId};
use egui_kittest::{HarnessBuilder, TestRenderer};
use image::RgbaImage;
use rubrica::ui::picture::{Canvas, Clip};
use std::collections::HashMap;

/// A harness as every picture is taken: this renderer, no cursor, no complaint about glyphs that only
/// system fonts have, and enough steps for what takes a few frames to settle.
///
/// `size` is in points; a picture has as many pixels.
pub(crate) fn harness<State>(size: [f32; 2]) -> HarnessBuilder<State> {
    egui_kittest::Harness::builder()
        .with_size(size)
        .with_max_steps(20)
        .with_render_cursor(false)
        .allow_missing_glyphs()
        .renderer(CpuRenderer::default())
}

/// An [`egui_kittest::TestRenderer`] without hardware.
///
/// Textures are sampled bilinearly whatever their options say. Paint callbacks have no meaning without
/// a GPU and are an error.
#[derive(Default)]
pub(crate) struct CpuRenderer {
    textures: HashMap<TextureId, ColorImage>,
}

impl TestRenderer for CpuRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, changes) in delta.set.drain() {
            for change in changes {
                let ImageData::Color(image) = &change.image;
                match change.pos {
                    None => drop(self.textures.insert(id, ColorImage::clone(image))),
                    Some(at) => {
                        let texture = self.textures.get_mut(&id).expect("a texture is set before parts of it change");
                        overwrite(texture, image, at);
                    }
                }
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    fn render(&mut self, ctx: &egui::Context, output: &egui::FullOutput) -> Result<RgbaImage, String> {
        let scale = ctx.pixels_per_point();
        let size = ctx.content_rect().size() * scale;
        let mut canvas = Canvas::new(size.x.round() as usize, size.y.round() as usize, Color32::TRANSPARENT);
        for ClippedPrimitive { clip_rect, primitive } in ctx.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = primitive else {
                return Err("a paint callback cannot be painted on the CPU".to_owned());
            };
            let texture =
                self.textures.get(&mesh.texture_id).ok_or_else(|| format!("no texture {:?}", mesh.texture_id))?;
            let clip = Clip::new(clip_rect, scale, &canvas);
            canvas.mesh(&mesh, texture, clip, scale);
        }
        let image = canvas.into_image();
        let bytes = image.pixels.iter().flat_map(Color32::to_srgba_unmultiplied).collect();
        Ok(RgbaImage::from_raw(image.size[0] as u32, image.size[1] as u32, bytes).expect("four bytes a pixel"))
    }
}

/// Copies `part` into `texture` with its top left corner at column and row `at`.
fn overwrite(texture: &mut ColorImage, part: &ColorImage, [column, row]: [usize; 2]) {
    let [width, _] = texture.size;
    for (y, line) in part.pixels.chunks_exact(part.size[0]).enumerate() {
        let start = (row + y) * width + column;
        texture.pixels[start..start + line.len()].copy_from_slice(line);
    }
}
