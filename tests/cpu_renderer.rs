//! The renderer that takes the pictures paints what it is told to.

mod support;

use egui::{Color32, Pos2, Rect, Shape, Stroke, pos2};
use image::{Rgba, RgbaImage};
use support::cpu_renderer::harness;

const RED: Color32 = Color32::from_rgb(200, 40, 20);

/// Paints `shapes` on white, 40 points square, at `scale` pixels a point.
fn paint(scale: f32, shapes: impl Fn() -> Vec<Shape>) -> RgbaImage {
    harness([40.0, 40.0])
        .with_pixels_per_point(scale)
        .build_ui(|ui| {
            ui.painter().rect_filled(Rect::EVERYTHING, 0.0, Color32::WHITE);
            ui.ctx().layer_painter(egui::LayerId::debug()).extend(shapes());
        })
        .render()
        .expect("plain shapes can be painted")
}

#[track_caller]
fn check(image: &RgbaImage, x: u32, y: u32, colour: [u8; 3]) {
    let [red, green, blue] = colour;
    assert_eq!(image.get_pixel(x, y), &Rgba([red, green, blue, 255]), "at column {x}, row {y}");
}

fn rect(from: Pos2, to: Pos2, colour: Color32) -> Shape {
    // A mesh has no feathered edge: its pixels are known.
    let mut mesh = egui::Mesh::default();
    mesh.add_colored_rect(Rect::from_min_max(from, to), colour);
    mesh.into()
}

#[test]
fn a_rectangle_covers_exactly_its_pixels() {
    let image = paint(1.0, || vec![rect(pos2(10.0, 10.0), pos2(20.0, 30.0), RED)]);
    assert_eq!(image.dimensions(), (40, 40));
    let red = image.pixels().filter(|pixel| pixel.0 == [200, 40, 20, 255]).count();
    assert_eq!(red, 10 * 20);
    check(&image, 10, 10, [200, 40, 20]);
    check(&image, 19, 29, [200, 40, 20]);
    check(&image, 9, 10, [255; 3]);
    check(&image, 20, 29, [255; 3]);
}

#[test]
fn a_half_transparent_rectangle_shows_no_seam_between_its_triangles() {
    let image = paint(1.0, || vec![rect(pos2(5.0, 5.0), pos2(35.0, 35.0), Color32::from_black_alpha(128))]);
    for at in 5..35 {
        check(&image, at, at, [127; 3]);
        check(&image, 39 - at, at, [127; 3]);
    }
}

#[test]
fn a_scaled_picture_has_more_pixels() {
    let image = paint(1.5, || vec![rect(pos2(10.0, 10.0), pos2(20.0, 20.0), RED)]);
    assert_eq!(image.dimensions(), (60, 60));
    check(&image, 15, 15, [200, 40, 20]);
    check(&image, 29, 29, [200, 40, 20]);
    check(&image, 30, 30, [255; 3]);
}

#[test]
fn colours_blend_between_vertices() {
    let image = paint(1.0, || {
        let mut mesh = egui::Mesh::default();
        for (x, y, colour) in [(0.0, 0.0, RED), (40.0, 0.0, Color32::BLACK), (0.0, 40.0, RED)] {
            mesh.colored_vertex(pos2(x, y), colour);
        }
        mesh.add_triangle(0, 1, 2);
        vec![mesh.into()]
    });
    let [left, middle] = [0, 19].map(|x| i32::from(image.get_pixel(x, 0)[0]));
    assert!((left - 200).abs() <= 3 && (middle - 100).abs() <= 5, "{left}, {middle}");
}

#[test]
fn what_is_clipped_is_not_painted() {
    let image = harness([40.0, 40.0])
        .build_ui(|ui| {
            let painter = ui.ctx().layer_painter(egui::LayerId::debug());
            painter.rect_filled(Rect::EVERYTHING, 0.0, Color32::WHITE);
            painter.with_clip_rect(Rect::from_min_max(pos2(0.0, 0.0), pos2(20.0, 40.0))).add(rect(
                pos2(10.0, 10.0),
                pos2(30.0, 30.0),
                RED,
            ));
        })
        .render()
        .expect("plain shapes can be painted");
    check(&image, 19, 20, [200, 40, 20]);
    check(&image, 20, 20, [255; 3]);
}

#[test]
fn text_and_lines_leave_ink_and_two_pictures_are_alike() {
    let picture = || {
        harness([120.0, 40.0])
            .build_ui(|ui| {
                ui.label("Rubrica");
                ui.painter().hline(0.0..=120.0, 39.0, Stroke::new(1.0, RED));
            })
            .render()
            .expect("text can be painted")
    };
    let image = picture();
    let shades: std::collections::HashSet<_> = image.pixels().collect();
    assert!(shades.len() > 10, "letters have soft edges, and so many shades; found {}", shades.len());
    assert!(image == picture(), "the same interface gives the same picture");
}
