//! How high each block is: guessed at first, then laid out, a little in every frame.

use super::direction::stretches;
use super::doc::TextDoc;
use super::fenwick::Fenwick;
use egui::text::{ByteIndex, LayoutJob, LayoutSection, TextFormat};
use egui::{Color32, FontId, Galley, Ui};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// For how long from its beginning a frame may lay out blocks that nobody sees yet.
const BUDGET: Duration = Duration::from_millis(2);
/// How many such blocks a frame may lay out at most, however fast the machine is.
pub(super) const MOST_LAYOUTS: usize = 256;
/// How often the rest of the view may adapt while heights are measured.
const REPORTS: usize = 8;

/// Everything a layout depends on beside the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Setting {
    /// The face and size.
    pub(super) font: FontId,
    /// The same for fenced code.
    pub(super) code: FontId,
    /// The width of the column; infinite where lines do not wrap.
    pub(super) width: f32,
    /// The distance of baselines.
    pub(super) line_height: f32,
    /// Pixels per point: layouts snap to pixels.
    pub(super) scale: f32,
}

/// The heights of all blocks of one text under one setting.
#[derive(Default)]
pub(super) struct Flow {
    setting: Option<Setting>,
    heights: Vec<f32>,
    measured: Vec<bool>,
    sums: Fenwick,
    /// All blocks before this one are measured.
    next: usize,
    /// Height of a block that is one row.
    row: f32,
    /// Widths of the ASCII characters; 0 where only a layout tells.
    advances: Vec<f32>,
    /// Width of every ASCII character of code.
    code_advance: f32,
    widest: f32,
    epoch: u64,
    /// Layouts asked for since the frame began.
    pub(super) layouts: usize,
    /// When the frame began.
    began: Option<Instant>,
}

impl Flow {
    /// Begins a frame; starts over if `setting` is another than before, and tells so.
    pub(super) fn begin(&mut self, ui: &Ui, doc: &TextDoc, setting: Setting) -> bool {
        self.layouts = 0;
        self.began = Some(Instant::now());
        if self.setting.as_ref() == Some(&setting) && self.heights.len() == doc.blocks.count() {
            return false;
        }
        let font = &setting.font;
        self.advances = ui.fonts_mut(|fonts| {
            let width = |byte: u8| match byte {
                b' '..=b'~' => fonts.glyph_width(font, char::from(byte)),
                b'\t' => fonts.glyph_width(font, ' ') * 4.0,
                _ => 0.0,
            };
            (0..128).map(width).collect()
        });
        self.code_advance = ui.fonts_mut(|fonts| fonts.glyph_width(&setting.code, 'n'));
        let probe = job("x", &setting, false);
        self.row = ui.fonts_mut(|fonts| fonts.layout_job(probe)).size().y;
        let columns = (setting.width / self.advances[usize::from(b'n')].max(1.0)).max(1.0);
        let estimate = |block| {
            let length = doc.blocks.shown(doc.text(), block).len() as f32;
            (length / columns).ceil().max(1.0) * self.row
        };
        self.heights = (0..doc.blocks.count()).map(estimate).collect();
        self.measured = vec![false; self.heights.len()];
        self.sums = Fenwick::new(&self.heights);
        self.next = 0;
        self.widest = 0.0;
        self.epoch += 1;
        self.setting = Some(setting);
        true
    }

    /// Forgets everything: another text comes.
    pub(super) fn reset(&mut self) {
        self.setting = None;
    }

    /// The layout of `block`. Its height is known from then on.
    pub(super) fn galley(&mut self, ui: &Ui, doc: &TextDoc, block: usize) -> Arc<Galley> {
        let text = &doc.text()[doc.blocks.shown(doc.text(), block)];
        let setting = self.setting.as_ref().expect("a frame begins with its setting");
        let job = job(text, setting, doc.is_code(block));
        self.layouts += 1;
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        self.widest = self.widest.max(galley.size().x);
        self.learn(block, galley.size().y.max(self.row));
        galley
    }

    /// The true height of `block`; lays it out if need be.
    pub(super) fn height(&mut self, ui: &Ui, doc: &TextDoc, block: usize) -> f32 {
        if !self.measured[block] {
            match self.fits_one_row(doc, block) {
                true => self.learn(block, self.row),
                false => drop(self.galley(ui, doc, block)),
            }
        }
        self.heights[block]
    }

    /// Measures blocks for as long as the frame's budget lasts: one at least, few where what is seen took long to
    /// lay out, none when the frame is shown for the second time. Whether some are left.
    pub(super) fn measure_some(&mut self, ui: &Ui, doc: &TextDoc) -> bool {
        let began = self.began.take().unwrap_or_else(Instant::now);
        let most = self.layouts + MOST_LAYOUTS;
        let count = self.heights.len();
        let done = |next: usize| next * REPORTS / count.max(1);
        let before = done(self.next);
        while self.next < count && self.layouts < most && ui.ctx().current_pass_index() == 0 {
            self.height(ui, doc, self.next);
            self.next += 1;
            if began.elapsed() >= BUDGET {
                break;
            }
        }
        self.epoch += u64::from(done(self.next) != before);
        self.next < count
    }

    /// The height of all blocks together, as far as known.
    pub(super) fn total(&self) -> f64 {
        self.sums.total()
    }

    /// The height of all blocks before `block`, as far as known.
    pub(super) fn top_of(&self, block: usize) -> f64 {
        self.sums.prefix(block)
    }

    /// The block at height `y`, how far into it that is, and its height, as far as known.
    pub(super) fn block_at(&self, y: f64) -> (usize, f32, f32) {
        let block = self.sums.find(y.max(0.0));
        let height = self.heights.get(block).copied().unwrap_or(0.0);
        (block, ((y - self.sums.prefix(block)) as f32).clamp(0.0, height), height)
    }

    /// The height of a single row.
    pub(super) fn row_height(&self) -> f32 {
        self.row
    }

    /// The width of the widest block seen so far.
    pub(super) fn widest(&self) -> f32 {
        self.widest
    }

    /// Changes when heights have changed enough for what is derived from them to be derived anew.
    pub(super) fn epoch(&self) -> u64 {
        self.epoch
    }

    fn learn(&mut self, block: usize, height: f32) {
        self.measured[block] = true;
        let change = height - self.heights[block];
        if change.abs() > 0.01 {
            self.heights[block] = height;
            self.sums.add(block, f64::from(change));
        }
    }

    /// Whether a block surely takes one row, by its characters' widths: most lines need no layout.
    fn fits_one_row(&self, doc: &TextDoc, block: usize) -> bool {
        let Some(setting) = &self.setting else { return false };
        let text = &doc.text()[doc.blocks.shown(doc.text(), block)];
        if setting.width.is_infinite() {
            return true;
        }
        // Kerning and rounding may add a little to the sum.
        let room = setting.width * 0.97;
        let mut width = 0.0;
        let is_code = doc.is_code(block);
        text.bytes().all(|byte| {
            let known = self.advances.get(usize::from(byte)).copied().unwrap_or(0.0);
            let advance = if is_code && byte != b'\t' { known.min(1.0) * self.code_advance } else { known };
            width += advance;
            advance > 0.0 && width <= room
        })
    }
}

/// The layout of one block's text: always in the placeholder colour, so that themes share it.
fn job(text: &str, setting: &Setting, is_code: bool) -> LayoutJob {
    let format = TextFormat {
        font_id: if is_code { setting.code.clone() } else { setting.font.clone() },
        line_height: Some(setting.line_height),
        color: Color32::PLACEHOLDER,
        ..TextFormat::default()
    };
    let mut job = LayoutJob { text: text.to_owned(), ..LayoutJob::default() };
    // Not by `append`, which would join neighbours of one format into a section again.
    job.sections.extend(stretches(text).into_iter().map(|stretch| LayoutSection {
        leading_space: 0.0,
        byte_range: ByteIndex(stretch.start)..ByteIndex(stretch.end),
        format: format.clone(),
    }));
    job.wrap.max_width = setting.width;
    job.break_on_newline = false;
    job.keep_trailing_whitespace = true;
    job
}
