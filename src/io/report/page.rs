//! The HTML file as a whole.

use super::links::Links;
use super::markup::{json_in_script, text};
use super::{ENGINE, Report, responses, sections, title};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use std::io::{self, Write};

const STYLE: &str = include_str!("../../../assets/report/style.css");
const SCRIPT: &str = include_str!("../../../assets/report/report.js");

/// Writes `report` as one HTML file.
///
/// # Errors
/// Those of `out`.
pub fn html(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rows = report.rows();
    let links = Links::new(report, &rows);
    let body = sections::all(report, &links, rows.len());
    let data = responses::data(report, &rows, links);
    head(&title(report), out)?;
    out.write_all(body.as_bytes())?;
    let json = serde_json::to_string(&data).map_err(io::Error::other)?;
    write!(out, "<script type=\"application/json\" id=\"data\">{}</script>", json_in_script(&json))?;
    write!(out, "<script>{SCRIPT}</script></body></html>\n")
}

/// Everything up to the body: what the file may do stands in its policy, by the digests of what it brings.
pub(super) fn head(title: &str, out: &mut dyn Write) -> io::Result<()> {
    write!(
        out,
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'; script-src '{}'; \
         img-src data:; base-uri 'none'; form-action 'none'\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"generator\" content=\"{ENGINE}\"><meta name=\"referrer\" content=\"no-referrer\">\
         <link rel=\"icon\" href=\"data:,\"><title>{}</title><style>{STYLE}</style></head><body>",
        digest(STYLE),
        digest(SCRIPT),
        text(title)
    )
}

/// A source of a content policy that allows exactly `content`.
fn digest(content: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(content)))
}
