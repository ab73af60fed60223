//! Plots as SVG, coloured by classes so that they follow the page from light to dark.

use super::markup::text;
use crate::analysis::Figure;
use std::fmt::Write as _;

/// What a track runs over.
#[derive(Clone, Copy)]
pub(super) struct Axis {
    pub(super) low: f64,
    pub(super) high: f64,
}

/// Width and height of a track.
const WIDTH: f64 = 260.0;
const HEIGHT: f64 = 22.0;

impl Axis {
    /// For shares.
    pub(super) const SHARE: Self = Self { low: 0.0, high: 1.0 };

    /// As far as `figures` need, and within 0 to 1 where all of them are.
    pub(super) fn around<'a>(figures: impl Iterator<Item = &'a Figure>) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for figure in figures {
            let Some(value) = figure.value() else { continue };
            let ends = figure.interval().map_or([value; 2], |ends| [ends.low, ends.high]);
            (low, high) = (low.min(ends[0]).min(value), high.max(ends[1]).max(value));
        }
        if low > high {
            return Self::SHARE;
        }
        let room = (high - low).max(0.02) * 0.08;
        let within = low >= 0.0 && high <= 1.0;
        let (low, high) = (low - room, high + room);
        if within { Self { low: low.max(0.0), high: high.min(1.0) } } else { Self { low, high } }
    }

    fn x(self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low) * (WIDTH - 12.0) + 6.0
    }

    /// One figure: its interval as a bar, its value as a dot. The words beside it say the same.
    pub(super) fn track(self, figure: &Figure, class: &str, label: &str) -> String {
        let mut out = format!(
            "<svg class=\"track {class}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
             role=\"img\" aria-label=\"{}\">",
            text(label)
        );
        let mid = HEIGHT / 2.0;
        let mut draw = |args: std::fmt::Arguments<'_>| out.write_fmt(args).expect("a String takes everything");
        for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
            let x = 6.0 + (WIDTH - 12.0) * share;
            draw(format_args!("<line class=\"rule\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"0\" y2=\"{HEIGHT}\"/>"));
        }
        if self.low < 0.0 && self.high > 0.0 {
            let x = self.x(0.0);
            draw(format_args!("<line class=\"zero\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"0\" y2=\"{HEIGHT}\"/>"));
        }
        if let Some(ends) = figure.interval() {
            let (low, high) = (self.x(ends.low), self.x(ends.high));
            draw(format_args!("<line class=\"span\" x1=\"{low:.1}\" x2=\"{high:.1}\" y1=\"{mid}\" y2=\"{mid}\"/>"));
            for x in [low, high] {
                let (top, bottom) = (mid - 5.0, mid + 5.0);
                draw(format_args!("<line class=\"end\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{top}\" y2=\"{bottom}\"/>"));
            }
        }
        if let Some(value) = figure.value() {
            draw(format_args!("<circle class=\"dot\" cx=\"{:.1}\" cy=\"{mid}\" r=\"4.5\"/>", self.x(value)));
        }
        out.push_str("</svg>");
        out
    }

    /// The ends of the axis in words.
    pub(super) fn ends(self) -> String {
        format!("<span class=\"axis\"><span>{:.2}</span><span>{:.2}</span></span>", self.low, self.high)
    }
}

/// A distribution over 0 to 1.
pub(super) fn histogram(counts: &[u32], class: &str, label: &str) -> String {
    let (width, height) = (160.0, 34.0);
    let tallest = f64::from(counts.iter().copied().max().unwrap_or(0).max(1));
    let step = width / counts.len().max(1) as f64;
    let mut out = format!(
        "<svg class=\"bars {class}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" \
         aria-label=\"{}\"><line class=\"rule\" x1=\"0\" x2=\"{width}\" y1=\"{height}\" y2=\"{height}\"/>",
        text(label)
    );
    for (index, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let tall = (f64::from(count) / tallest * (height - 2.0)).max(1.5);
        let (x, y) = (index as f64 * step, height - tall);
        write!(
            out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{tall:.1}\"><title>{count}</title></rect>",
            step - 1.0
        )
        .expect("a String takes everything");
    }
    out.push_str("</svg>");
    out
}
