//! Textured triangles on a canvas of pixels, with the fill rule and the blending of the window's renderer.

use egui::epaint::{Mesh, Vertex};
use egui::{Color32, ColorImage, Rect};

/// Positions are snapped to this fraction of a pixel, so that edges are exact in integers: no seam, no
/// pixel painted twice, the same picture on every processor.
const SUBPIXELS: i64 = 256;

/// Positions further out, in pixels, are taken to be here: products of two then fit into an integer.
const FAR: f32 = 1e6;

/// Red, green, blue, alpha, each 0 to 255, gamma-encoded, multiplied by alpha.
type Premultiplied = [f32; 4];

/// Pixels being painted: four bytes each, multiplied by alpha.
#[derive(Debug)]
pub struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<[u8; 4]>,
}

/// The columns and rows that may be painted: half-open, within the canvas.
#[derive(Clone, Copy, Debug)]
pub struct Clip {
    min: [i64; 2],
    max: [i64; 2],
}

impl Clip {
    /// `rect` is in points, of `scale` pixels each.
    pub fn new(rect: Rect, scale: f32, canvas: &Canvas) -> Self {
        let pixel = |at: f32, limit: usize| (at * scale).round().clamp(0.0, limit as f32) as i64;
        Self {
            min: [pixel(rect.min.x, canvas.width), pixel(rect.min.y, canvas.height)],
            max: [pixel(rect.max.x, canvas.width), pixel(rect.max.y, canvas.height)],
        }
    }
}

impl Canvas {
    /// So many pixels, all of one colour.
    pub fn new(width: usize, height: usize, colour: Color32) -> Self {
        Self { width, height, pixels: vec![colour.to_array(); width * height] }
    }

    /// Blends all triangles of `mesh` over what is there. Vertices are in points, of `scale` pixels each.
    pub fn mesh(&mut self, mesh: &Mesh, texture: &ColorImage, clip: Clip, scale: f32) {
        for corners in mesh.indices.as_chunks::<3>().0 {
            self.triangle(corners.map(|corner| mesh.vertices[corner as usize]), texture, clip, scale);
        }
    }

    /// Blends one triangle over what is there. Vertices are in points, of `scale` pixels each.
    fn triangle(&mut self, vertices: [Vertex; 3], texture: &ColorImage, clip: Clip, scale: f32) {
        if vertices.iter().all(|vertex| vertex.color == Color32::TRANSPARENT) {
            return;
        }
        let Some(triangle) = Triangle::new(vertices, scale) else { return };
        let paint = Paint::new(&triangle.vertices, texture);
        let [columns, rows] = triangle.pixels(clip);
        for y in rows {
            for x in columns.clone() {
                if let Some(weights) = triangle.weights_at(x, y) {
                    let below = &mut self.pixels[y as usize * self.width + x as usize];
                    let above = paint.at(weights);
                    let through = 1.0 - above[3] / 255.0;
                    *below = std::array::from_fn(|channel| {
                        (above[channel] + f32::from(below[channel]) * through).round() as u8
                    });
                }
            }
        }
    }

    /// The picture.
    pub fn into_image(self) -> ColorImage {
        ColorImage::from_rgba_premultiplied([self.width, self.height], self.pixels.as_flattened())
    }
}

/// A triangle of positive area.
struct Triangle {
    vertices: [Vertex; 3],
    /// In [`SUBPIXELS`].
    corners: [[i64; 2]; 3],
    area: i64,
    /// -1 for each edge whose own pixels belong to the triangle on its other side.
    bias: [i64; 3],
}

impl Triangle {
    /// None for a triangle without area.
    fn new(mut vertices: [Vertex; 3], scale: f32) -> Option<Self> {
        let snap = |at: f32| ((at * scale).clamp(-FAR, FAR) * SUBPIXELS as f32).round() as i64;
        let mut corners = vertices.map(|vertex| [snap(vertex.pos.x), snap(vertex.pos.y)]);
        let mut area = side(corners[0], corners[1], corners[2]);
        if area < 0 {
            vertices.swap(1, 2);
            corners.swap(1, 2);
            area = -area;
        }
        let bias = std::array::from_fn(|edge| {
            let [from, to] = [corners[(edge + 1) % 3], corners[(edge + 2) % 3]];
            let left = to[1] < from[1];
            let top = to[1] == from[1] && to[0] > from[0];
            if left || top { 0 } else { -1 }
        });
        (area > 0).then_some(Self { vertices, corners, area, bias })
    }

    /// The columns and rows it may touch.
    fn pixels(&self, clip: Clip) -> [std::ops::Range<i64>; 2] {
        std::array::from_fn(|axis| {
            let [a, b, c] = self.corners.map(|corner| corner[axis].div_euclid(SUBPIXELS));
            a.min(b).min(c).max(clip.min[axis])..(a.max(b).max(c) + 1).min(clip.max[axis])
        })
    }

    /// How much each vertex counts at the middle of a pixel (they sum to 1); None outside.
    fn weights_at(&self, x: i64, y: i64) -> Option<[f32; 3]> {
        let middle = [x * SUBPIXELS + SUBPIXELS / 2, y * SUBPIXELS + SUBPIXELS / 2];
        let [a, b, c] = self.corners;
        let edges = [side(b, c, middle), side(c, a, middle), side(a, b, middle)];
        let inside = edges.iter().zip(self.bias).all(|(edge, bias)| edge + bias >= 0);
        inside.then(|| edges.map(|edge| edge as f32 / self.area as f32))
    }
}

/// Twice the area of the triangle, positive where `point` is to the right of `from` → `to` on screen.
fn side(from: [i64; 2], to: [i64; 2], point: [i64; 2]) -> i64 {
    (to[0] - from[0]) * (point[1] - from[1]) - (to[1] - from[1]) * (point[0] - from[0])
}

/// What colour a triangle has where.
enum Paint<'a> {
    /// The same everywhere: most of an interface.
    Flat(Premultiplied),
    Blend {
        vertices: &'a [Vertex; 3],
        texture: &'a ColorImage,
    },
}

impl<'a> Paint<'a> {
    fn new(vertices: &'a [Vertex; 3], texture: &'a ColorImage) -> Self {
        let [first, others @ ..] = vertices;
        if others.iter().all(|vertex| vertex.color == first.color && vertex.uv == first.uv) {
            let sample = sample(texture, first.uv.x, first.uv.y);
            Self::Flat(tint(sample, first.color.to_array().map(f32::from)))
        } else {
            Self::Blend { vertices, texture }
        }
    }

    fn at(&self, weights: [f32; 3]) -> Premultiplied {
        match self {
            Self::Flat(colour) => *colour,
            Self::Blend { vertices, texture } => {
                let mix = |value: &dyn Fn(&Vertex) -> f32| -> f32 {
                    vertices.iter().zip(weights).map(|(vertex, weight)| value(vertex) * weight).sum()
                };
                let sample = sample(texture, mix(&|vertex| vertex.uv.x), mix(&|vertex| vertex.uv.y));
                tint(sample, std::array::from_fn(|channel| mix(&|vertex| f32::from(vertex.color[channel]))))
            }
        }
    }
}

fn tint(sample: Premultiplied, colour: Premultiplied) -> Premultiplied {
    std::array::from_fn(|channel| sample[channel] * colour[channel] / 255.0)
}

/// The texture at `u`, `v` (0 to 1 from left to right and top to bottom), bilinear, clamped at the edges.
fn sample(texture: &ColorImage, u: f32, v: f32) -> Premultiplied {
    let [width, height] = texture.size;
    let x = (u * width as f32 - 0.5).clamp(0.0, width as f32 - 1.0);
    let y = (v * height as f32 - 0.5).clamp(0.0, height as f32 - 1.0);
    let [left, top] = [x as usize, y as usize];
    let [right, bottom] = [(left + 1).min(width - 1), (top + 1).min(height - 1)];
    let texel = |x: usize, y: usize| texture.pixels[y * width + x].to_array().map(f32::from);
    let mix = |a: Premultiplied, b: Premultiplied, part: f32| -> Premultiplied {
        std::array::from_fn(|channel| a[channel] + (b[channel] - a[channel]) * part)
    };
    let above = mix(texel(left, top), texel(right, top), x.fract());
    let below = mix(texel(left, bottom), texel(right, bottom), x.fract());
    mix(above, below, y.fract())
}
