//! Where the view stands in the text.
//!
//! The position is a block and a distance into it, not a distance from the top of the text: so learning
//! the true height of a block far above never moves what is being read.

use super::doc::TextDoc;
use super::flow::Flow;
use egui::Ui;

/// Empty space above the first and below the last line.
pub(super) const MARGIN: f32 = 12.0;

/// The top of the view.
#[derive(Debug, Default)]
pub(super) struct Scroll {
    /// The block at the top of the view.
    pub(super) block: usize,
    /// How far into that block the top of the view is; negative only above the first.
    pub(super) y: f32,
    /// How far the view is moved to the right, where lines do not wrap.
    pub(super) x: f32,
}

impl Scroll {
    /// To the start of the text.
    pub(super) fn go_to_start(&mut self) {
        (self.block, self.y) = (0, -MARGIN);
    }

    /// To the end of the text, for [`Self::settle`] to pull back by a screen.
    pub(super) fn go_to_end(&mut self, doc: &TextDoc) {
        (self.block, self.y) = (doc.blocks.count() - 1, f32::MAX);
    }

    /// Down (or up) by `delta`. Far moves go by the heights known so far.
    pub(super) fn by(&mut self, flow: &Flow, delta: f32, view: f32) {
        if delta.abs() > view * 4.0 {
            self.set_offset(flow, self.offset(flow) + f64::from(delta));
        } else {
            self.y += delta;
        }
    }

    /// The distance from the top of the content to the top of the view.
    pub(super) fn offset(&self, flow: &Flow) -> f64 {
        flow.top_of(self.block) + f64::from(self.y + MARGIN)
    }

    /// Moves the top of the view to `offset` from the top of the content.
    pub(super) fn set_offset(&mut self, flow: &Flow, offset: f64) {
        let y = offset - f64::from(MARGIN);
        if y < 0.0 {
            (self.block, self.y) = (0, y as f32);
        } else {
            let (block, inside, _) = flow.block_at(y);
            (self.block, self.y) = (block, inside);
        }
    }

    /// Makes the position one that exists: the top in a block, and no more than the margin below the end.
    /// Lays out only blocks between the old place and the new, and on the screen.
    pub(super) fn settle(&mut self, ui: &Ui, doc: &TextDoc, flow: &mut Flow, view: f32) {
        let last = doc.blocks.count() - 1;
        self.block = self.block.min(last);
        self.normalise(ui, doc, flow, last);

        let mut bottom = -self.y;
        for block in self.block..=last {
            bottom += flow.height(ui, doc, block);
            if bottom >= view {
                return;
            }
        }
        let missing = view - (bottom + MARGIN);
        if missing > 0.0 {
            self.y -= missing;
            self.normalise(ui, doc, flow, last);
        }
    }

    fn normalise(&mut self, ui: &Ui, doc: &TextDoc, flow: &mut Flow, last: usize) {
        while self.y < 0.0 && self.block > 0 {
            self.block -= 1;
            self.y += flow.height(ui, doc, self.block);
        }
        if self.block == 0 {
            self.y = self.y.max(-MARGIN);
        }
        loop {
            let height = flow.height(ui, doc, self.block);
            if self.y < height {
                return;
            }
            if self.block == last {
                self.y = height;
                return;
            }
            self.y -= height;
            self.block += 1;
        }
    }
}
