//! One line of text that fits, and numbers as text.

use crate::text::thousands;
use egui::text::LayoutJob;
use egui::{Align, Color32, FontId, Galley, Ui};
use std::sync::Arc;

/// `text` laid out in one line at most `width` wide, ending in `…` where it is cut. White space, line ends
/// too, becomes single spaces; only as much of a long text is looked at as can be seen.
pub fn one_line(ui: &Ui, text: &str, font: FontId, colour: Color32, width: f32) -> Arc<Galley> {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word[..word.floor_char_boundary(LONGEST)]);
        if line.len() > LONGEST {
            break;
        }
    }
    let mut job = LayoutJob::simple_singleline(line, font, colour);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(0.0));
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// More bytes than fit into any line on any screen.
const LONGEST: usize = 400;

/// `text` in one line at most `width` wide, cut in the middle where it is too long: names often differ only at
/// their ends.
pub fn elided(ui: &Ui, text: &str, font: &FontId, colour: Color32, width: f32) -> Arc<Galley> {
    let whole = |text: String| ui.fonts_mut(|fonts| fonts.layout_no_wrap(text, font.clone(), colour));
    let galley = whole(text.chars().take(LONGEST).collect());
    if galley.size().x <= width {
        return galley;
    }
    let chars: Vec<char> = text.chars().collect();
    let fits = (width / galley.size().x * chars.len() as f32) as usize;
    (0..=fits)
        .rev()
        .map(|kept| {
            let (head, tail) = (kept / 2, kept - kept / 2);
            let cut: String = chars[..head].iter().chain(['…'].iter()).chain(&chars[chars.len() - tail..]).collect();
            whole(cut)
        })
        .find(|galley| galley.size().x <= width)
        .unwrap_or_else(|| whole("…".to_owned()))
}

/// `text` in at most two centred lines of at most `width`, cut in the middle where that is too little.
pub fn in_two_lines(ui: &Ui, text: &str, font: &FontId, colour: Color32, width: f32) -> Arc<Galley> {
    let wrapped = |text: String| {
        let mut job = LayoutJob::simple(text, font.clone(), colour, width);
        job.halign = Align::Center;
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let chars: Vec<char> = text.chars().take(LONGEST).collect();
    let galley = wrapped(chars.iter().collect());
    if galley.rows.len() <= 2 {
        return galley;
    }
    let fits = chars.len() * 2 / galley.rows.len() + 2;
    (0..fits.min(chars.len()))
        .rev()
        .map(|kept| {
            let (head, tail) = (kept / 2, kept - kept / 2);
            wrapped(chars[..head].iter().chain(['…'].iter()).chain(&chars[chars.len() - tail..]).collect())
        })
        .find(|galley| galley.rows.len() <= 2)
        .unwrap_or(galley)
}

/// A score with two digits, or a dash where there is none. A minus is as wide as a digit.
pub fn number(value: Option<f64>) -> String {
    match value {
        // −0.00 is noise.
        Some(value) if value.abs() < 0.005 => "0.00".to_owned(),
        Some(value) => format!("{value:.2}").replace('-', "−"),
        None => "–".to_owned(),
    }
}

/// A difference with two digits and its sign.
pub fn signed(value: f64) -> String {
    let words = number(Some(value));
    if value >= 0.005 { format!("+{words}") } else { words }
}

/// A count with its thousands set apart.
pub fn count(n: usize) -> String {
    thousands(n as u64)
}

/// A share in percent, without claiming 0 or 100 where it is not exactly that.
pub fn percent(part: usize, of: usize) -> String {
    if of == 0 {
        return "–".to_owned();
    }
    let rounded = (part as f64 / of as f64 * 100.0).round();
    match rounded {
        0.0 if part > 0 => "<1 %".to_owned(),
        100.0 if part < of => ">99 %".to_owned(),
        _ => format!("{rounded} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::{number, percent};

    #[test]
    fn shares_do_not_overclaim() {
        assert_eq!(percent(1, 3), "33 %");
        assert_eq!(percent(1, 1000), "<1 %");
        assert_eq!(percent(999, 1000), ">99 %");
        assert_eq!(percent(0, 5), "0 %");
        assert_eq!(percent(0, 0), "–");
        assert_eq!(number(Some(-0.001)), "0.00");
    }
}
