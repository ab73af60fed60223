//! Between bytes of a block and places on screen. Glyphs need not match characters in every script, so every
//! index is clamped.

use egui::text::CharIndex;
use egui::{Galley, Rect, Vec2, pos2};
use std::ops::Range;

/// Where the bytes `range` of `block` stand, one rectangle a row, relative to the galley; an empty range is a
/// thin tick.
pub(super) fn rects(galley: &Galley, block: &str, range: Range<usize>) -> Vec<Rect> {
    let chars = |byte: usize| block[..block.floor_char_boundary(byte)].chars().count();
    let (first, last) = (chars(range.start), chars(range.end));
    let mut rects = Vec::new();
    let mut begin = 0;
    for row in &galley.rows {
        let count = row.char_count_excluding_newline().0;
        let end = begin + count;
        let overlaps = first < end && last > begin;
        let tick = first == last && (begin..=end).contains(&first) && rects.is_empty();
        if overlaps || tick {
            let x = |at: usize| row.x_offset(CharIndex(at.clamp(begin, end) - begin)) + row.pos.x;
            let right = if tick { x(first) + 2.0 } else { x(last) };
            rects.push(Rect::from_min_max(pos2(x(first), row.min_y()), pos2(right, row.max_y())));
        }
        begin += row.char_count_including_newline().0;
    }
    rects
}

/// What the pointer is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The nearest gap between characters: where a selection begins or ends.
    pub(super) caret: usize,
    /// The character under the pointer itself.
    pub(super) over: Option<usize>,
}

/// The byte of `block` at `at`, which is relative to the galley.
pub(super) fn place(galley: &Galley, block: &str, at: Vec2) -> Place {
    let byte = |chars: usize| block.char_indices().nth(chars).map_or(block.len(), |(byte, _)| byte);
    let caret = byte(galley.cursor_from_pos(at).index.0);
    let mut begin = 0;
    for row in &galley.rows {
        if at.y >= row.min_y() && at.y < row.max_y() {
            let x = at.x - row.pos.x;
            let column = row.glyphs.iter().position(|glyph| x >= glyph.pos.x && x < glyph.max_x());
            return Place { caret, over: column.map(|column| byte(begin + column)).filter(|&byte| byte < block.len()) };
        }
        begin += row.char_count_including_newline().0;
    }
    Place { caret, over: None }
}

/// The top of the row that holds byte `offset` of `block`, relative to the galley.
pub(super) fn top_of(galley: &Galley, block: &str, offset: usize) -> f32 {
    rects(galley, block, offset..offset).first().map_or(0.0, |rect: &Rect| rect.top())
}
