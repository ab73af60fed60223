//! A laid-out block that knows which byte is where: bytes to places, places to bytes.

use super::doc::TextDoc;
use super::glyph_map::glyph_offsets;
use egui::{Galley, Pos2, Rangef, Rect, Vec2, vec2};
use std::ops::Range;
use std::sync::Arc;

/// Width in points of what stands for a line end where one is marked or selected.
const LINE_END: f32 = 6.0;

/// One block, laid out. Places are in points from its top left corner; bytes are those of the whole text.
pub(super) struct Shaped {
    /// Ready to paint.
    pub(super) galley: Arc<Galley>,
    /// The bytes that are shown.
    pub(super) bytes: Range<usize>,
    rows: Vec<Row>,
    slots: Vec<Slot>,
    /// Whether the bytes of slots ascend, as they do but for right-to-left words.
    ordered: bool,
}

/// One wrapped row.
struct Row {
    slots: Range<usize>,
    /// How many slots at its end are white space that the next row was broken at.
    hanging: usize,
    y: Rangef,
}

/// What one character takes of a row.
struct Slot {
    byte: usize,
    left: f32,
    right: f32,
}

impl Shaped {
    /// Places the characters of `block` in `galley`, which is its layout.
    pub(super) fn new(doc: &TextDoc, block: usize, galley: Arc<Galley>) -> Self {
        let bytes = doc.blocks.shown(doc.text(), block);
        let chars: Vec<char> = galley.rows.iter().flat_map(|row| row.glyphs.iter().map(|glyph| glyph.chr)).collect();
        let (offsets, ordered) = glyph_offsets(&doc.text()[bytes.clone()], &chars);
        let mut slots: Vec<Slot> = Vec::with_capacity(chars.len());
        let mut rows = Vec::with_capacity(galley.rows.len());
        for row in &galley.rows {
            let first = slots.len();
            for glyph in &row.glyphs {
                let left = row.pos.x + glyph.pos.x;
                let byte = bytes.start + offsets[slots.len()] as usize;
                slots.push(Slot { byte, left, right: left + glyph.advance_width });
            }
            share_ligatures(&chars[first..slots.len()], &mut slots[first..]);
            let is_last = rows.len() + 1 == galley.rows.len();
            let spaces = chars[first..slots.len()].iter().rev().take_while(|c| c.is_whitespace()).count();
            let hanging = if is_last { 0 } else { spaces };
            rows.push(Row { slots: first..slots.len(), hanging, y: Rangef::new(row.min_y(), row.max_y()) });
        }
        Self { galley, bytes, rows, slots, ordered }
    }

    /// The size of the whole.
    pub(super) fn size(&self) -> Vec2 {
        let width = self.slots.iter().map(|slot| slot.right).fold(0.0, f32::max);
        vec2(width, self.rows.last().map_or(0.0, |row| row.y.max))
    }

    /// Where the characters in `range` are: one rectangle for each row, more where a word runs right to
    /// left. White space at the end of a row is left out where the range goes on in the next. With
    /// `line_end`, a range that goes on past the block also covers a little behind it.
    pub(super) fn fragments(&self, range: &Range<usize>, line_end: bool) -> Vec<Rect> {
        let mut out: Vec<Rect> = Vec::new();
        for row in &self.rows {
            let printed = row.slots.end - row.hanging;
            let goes_on = self.slots.get(row.slots.end).is_some_and(|next| range.contains(&next.byte));
            let slots = &self.slots[row.slots.start..if goes_on { printed } else { row.slots.end }];
            let slots = match self.ordered {
                true => {
                    let at = |byte| slots.partition_point(|slot| slot.byte < byte);
                    &slots[at(range.start)..at(range.end)]
                }
                false => slots,
            };
            let first = out.len();
            for slot in slots.iter().filter(|slot| range.contains(&slot.byte)) {
                match out[first..].last_mut() {
                    Some(last) if (last.max.x - slot.left).abs() < 1.0 => last.max.x = slot.right.max(last.max.x),
                    _ => out.push(Rect::from_x_y_ranges(Rangef::new(slot.left, slot.right), row.y)),
                }
            }
        }
        if line_end
            && range.start <= self.bytes.end
            && range.end > self.bytes.end
            && let Some(row) = self.rows.last()
        {
            let left = self.right_of(row);
            match out.last_mut() {
                Some(last) if last.top() == row.y.min && (last.right() - left).abs() < 1.0 => last.max.x += LINE_END,
                _ => out.push(Rect::from_x_y_ranges(Rangef::new(left, left + LINE_END), row.y)),
            }
        }
        // A character without width (a joiner, a combining mark) still shows that it is covered.
        for rect in &mut out {
            rect.max.x = rect.max.x.max(rect.min.x + 2.0);
        }
        out
    }

    /// The place before the character at `byte`, as a rectangle without width; the end of the text for
    /// bytes behind it.
    pub(super) fn caret(&self, byte: usize) -> Rect {
        let found = match self.ordered {
            true => Some(self.slots.partition_point(|slot| slot.byte < byte)).filter(|&at| at < self.slots.len()),
            false => self.slots.iter().position(|slot| slot.byte == byte),
        };
        let row = found.and_then(|slot| self.rows.iter().find(|row| row.slots.contains(&slot)));
        let (x, y) = match (found, row, self.rows.last()) {
            (Some(slot), Some(row), _) => (self.slots[slot].left, row.y),
            (_, _, Some(last)) => (self.right_of(last), last.y),
            (_, _, None) => (0.0, Rangef::new(0.0, 0.0)),
        };
        Rect::from_x_y_ranges(Rangef::point(x), y)
    }

    /// The byte of the character drawn at `place`, if one is.
    pub(super) fn byte_at(&self, place: Vec2) -> Option<usize> {
        let row = self.rows.iter().find(|row| row.y.min <= place.y && place.y < row.y.max)?;
        let slots = &self.slots[row.slots.clone()];
        slots.iter().find(|slot| slot.left <= place.x && place.x < slot.right).map(|slot| slot.byte)
    }

    /// The byte before which a caret set at `place` stands; always an answer, on a character boundary.
    pub(super) fn caret_at(&self, place: Vec2) -> usize {
        let row = self.rows.partition_point(|row| row.y.max <= place.y).min(self.rows.len().saturating_sub(1));
        let Some(row) = self.rows.get(row) else { return self.bytes.start };
        // Characters without width belong to the one they follow: no caret stands between.
        let near = self.slots[row.slots.clone()]
            .iter()
            .find(|slot| slot.right > slot.left && place.x < (slot.left + slot.right) * 0.5);
        near.or(self.slots.get(row.slots.end)).map_or(self.bytes.end, |slot| slot.byte)
    }

    /// The first byte of the row at height `y`, and the row's top.
    pub(super) fn row_at(&self, y: f32) -> (usize, f32) {
        let row = self.rows.partition_point(|row| row.y.max <= y).min(self.rows.len().saturating_sub(1));
        self.rows.get(row).map_or((self.bytes.start, 0.0), |row| {
            (self.slots.get(row.slots.start).map_or(self.bytes.start, |slot| slot.byte), row.y.min)
        })
    }

    fn right_of(&self, row: &Row) -> f32 {
        self.slots[row.slots.clone()].last().map_or(0.0, |slot| slot.right)
    }
}

/// Gives each letter of a ligature its share of the one glyph that draws them all.
fn share_ligatures(chars: &[char], slots: &mut [Slot]) {
    let mut first = 0;
    while first < slots.len() {
        let joined = |i: usize| slots[i].right <= slots[i].left && chars[i].is_alphabetic();
        let end = (first + 1..slots.len()).find(|&i| !joined(i)).unwrap_or(slots.len());
        if end > first + 1 && chars[first].is_alphabetic() {
            let (left, width) = (slots[first].left, slots[first].right - slots[first].left);
            let share = width / (end - first) as f32;
            for (index, slot) in slots[first..end].iter_mut().enumerate() {
                slot.left = left + share * index as f32;
                slot.right = slot.left + share;
            }
        }
        first = end;
    }
}

/// A block at its place on the screen.
pub(super) struct Placed {
    /// Which.
    pub(super) block: usize,
    /// Its top left corner.
    pub(super) at: Pos2,
    /// Its layout.
    pub(super) shaped: Shaped,
}

impl Placed {
    /// Whether `y` is in it.
    pub(super) fn spans(&self, y: f32) -> bool {
        self.at.y <= y && y < self.at.y + self.shaped.size().y
    }

    /// Its lowest point.
    pub(super) fn bottom(&self) -> f32 {
        self.at.y + self.shaped.size().y
    }
}
