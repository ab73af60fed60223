//! Where a view stands, in terms that mean something in a view of another text.

use super::doc::TextDoc;
use super::scroll::MARGIN;
use super::{Parts, TextView};

/// Where a view stands.
///
/// The byte is that of a line of sight that is at the top of the view at the start of the text and at its bottom at
/// the end, so that two texts of any lengths begin together and end together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Position {
    /// How much of the way from the start to the end is scrolled, 0..=1; 0 where everything is visible.
    pub fraction: f64,
    /// The byte at the line of sight; between two where the line is within a row.
    pub byte: f64,
}

/// Where to stand when next shown.
#[derive(Clone, Copy, Debug)]
pub(super) enum Goal {
    Fraction(f64),
    Byte(f64),
}

impl TextView {
    /// Where it stood when it was shown last.
    pub fn position(&self) -> Position {
        self.position
    }

    /// Stands at this share of the way, 0..=1, when next shown.
    pub fn move_to_fraction(&mut self, fraction: f64) {
        self.goal = Some(Goal::Fraction(fraction));
    }

    /// Brings byte `byte` to the line of sight (see [`Position`]) when next shown.
    pub fn move_to_byte(&mut self, byte: f64) {
        self.goal = Some(Goal::Byte(byte));
    }

    /// Does what was asked by the two above, by the heights known so far.
    pub(super) fn approach_goal(&mut self, doc: &TextDoc, parts: &Parts) {
        let Some(goal) = self.goal.take() else { return };
        let content = self.content();
        let fraction = match goal {
            Goal::Fraction(fraction) => fraction,
            Goal::Byte(byte) => {
                let block = doc.blocks.block_of(byte.max(0.0) as usize);
                let owned = doc.blocks.owned(block);
                let share = ((byte - owned.start as f64) / owned.len() as f64).clamp(0.0, 1.0);
                let (top, bottom) = (self.flow.top_of(block), self.flow.top_of(block + 1));
                (top + (bottom - top) * share + f64::from(MARGIN)) / content
            }
        };
        let slack = (content - f64::from(parts.text.height())).max(0.0);
        match fraction >= 1.0 {
            true => self.scroll.go_to_end(doc),
            false => self.scroll.set_offset(&self.flow, slack * fraction.max(0.0)),
        }
    }

    /// Notes where the view stands.
    pub(super) fn note_position(&mut self, doc: &TextDoc, parts: &Parts) {
        let content = self.content();
        let slack = content - f64::from(parts.text.height());
        let fraction = if slack > 0.5 { (self.scroll.offset(&self.flow) / slack).clamp(0.0, 1.0) } else { 0.0 };
        let (block, inside, height) = self.flow.block_at(fraction * content - f64::from(MARGIN));
        let owned = doc.blocks.owned(block);
        let byte = owned.start as f64 + owned.len() as f64 * f64::from(inside) / f64::from(height.max(1.0));
        self.position = Position { fraction, byte: byte.min(doc.text().len() as f64) };
    }

    fn content(&self) -> f64 {
        self.flow.total() + f64::from(MARGIN) * 2.0
    }
}
