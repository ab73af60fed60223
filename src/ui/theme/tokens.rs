//! The tokens in `assets/theme/`.

use egui::{Color32, Theme};
use serde::{Deserialize, Deserializer, de::Error as _};
use std::sync::LazyLock;

/// The colours of one theme.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tokens {
    /// Behind the panels.
    #[serde(deserialize_with = "colour")]
    pub background: Color32,
    /// A panel.
    #[serde(deserialize_with = "colour")]
    pub panel: Color32,
    /// A field or button on a panel.
    #[serde(deserialize_with = "colour")]
    pub raised: Color32,
    /// The same under the pointer.
    #[serde(deserialize_with = "colour")]
    pub hover: Color32,
    /// The same while pressed.
    #[serde(deserialize_with = "colour")]
    pub pressed: Color32,
    /// Separators and outlines.
    #[serde(deserialize_with = "colour")]
    pub line: Color32,
    /// Text.
    #[serde(deserialize_with = "colour")]
    pub text: Color32,
    /// Text that explains.
    #[serde(deserialize_with = "colour")]
    pub weak: Color32,
    /// Text and marks that may be overlooked.
    #[serde(deserialize_with = "colour")]
    pub faint: Color32,
    /// Rubric red: what is active.
    #[serde(deserialize_with = "colour")]
    pub accent: Color32,
    /// Text on the accent.
    #[serde(deserialize_with = "colour")]
    pub on_accent: Color32,
    /// Behind what is selected.
    #[serde(deserialize_with = "colour")]
    pub selection: Color32,
    /// Met, passed.
    #[serde(deserialize_with = "colour")]
    pub good: Color32,
    /// Not met, failed, wrong.
    #[serde(deserialize_with = "colour")]
    pub bad: Color32,
    /// Doubtful.
    #[serde(deserialize_with = "colour")]
    pub warning: Color32,
    /// Below windows.
    #[serde(deserialize_with = "colour")]
    pub shadow: Color32,
    /// How much of a criterion's colour lies behind highlighted text, 0..=1.
    pub tint: f32,
    /// The colours of criteria, in the rubric's order; distinguishable with red-green blindness by
    /// lightness and hue, and always repeated by a shape or word.
    #[serde(deserialize_with = "colours")]
    pub criteria: Vec<Color32>,
}

impl Tokens {
    /// The colour of the criterion in `slot`.
    pub fn criterion(&self, slot: usize) -> Color32 {
        self.criteria[slot % self.criteria.len()]
    }
}

/// Sizes, in points.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metrics {
    /// Distances.
    pub space: Space,
    /// Type sizes.
    pub text: TypeSizes,
    /// Corner radius.
    pub radius: u8,
    /// Height of a row of a tree or table.
    pub row: f32,
    /// Height of a response in the list.
    pub list_row: f32,
    /// Thickness of a bar.
    pub bar: f32,
}

/// Distances, in points.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Space {
    /// Hairline gaps.
    pub xs: f32,
    /// Between things that belong together.
    pub s: f32,
    /// Between things.
    pub m: f32,
    /// Margins of panels.
    pub l: f32,
    /// Between sections.
    pub xl: f32,
}

/// Type sizes, in points.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeSizes {
    /// Captions.
    pub small: f32,
    /// Everything else.
    pub body: f32,
    /// Responses.
    pub reading: f32,
    /// Heads of sections.
    pub heading: f32,
    /// The welcome screen.
    pub title: f32,
    /// Code.
    pub mono: f32,
}

static DARK: LazyLock<Tokens> = LazyLock::new(|| load(include_str!("../../../assets/theme/dark.ron")));
static LIGHT: LazyLock<Tokens> = LazyLock::new(|| load(include_str!("../../../assets/theme/light.ron")));
static METRICS: LazyLock<Metrics> = LazyLock::new(|| load(include_str!("../../../assets/theme/metrics.ron")));

fn load<T: for<'de> Deserialize<'de>>(source: &str) -> T {
    ron::from_str(source).expect("the bundled theme is valid; a test reads it")
}

/// The tokens of `theme`.
pub fn tokens_of(theme: Theme) -> &'static Tokens {
    match theme {
        Theme::Dark => &DARK,
        Theme::Light => &LIGHT,
    }
}

/// The tokens of the theme in use.
pub fn tokens(ctx: &egui::Context) -> &'static Tokens {
    tokens_of(ctx.theme())
}

/// Sizes.
pub fn metrics() -> &'static Metrics {
    &METRICS
}

fn parse(text: &str) -> Result<Color32, String> {
    Color32::from_hex(text).map_err(|_| format!("“{text}” is not a colour such as #1c1a18"))
}

fn colour<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Color32, D::Error> {
    parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
}

fn colours<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Color32>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    texts.iter().map(|text| parse(text)).collect::<Result<_, _>>().map_err(D::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance, WCAG 2.2.
    fn luminance(colour: Color32) -> f64 {
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(colour.r()) + 0.7152 * linear(colour.g()) + 0.0722 * linear(colour.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_is_readable_on_every_surface() {
        for theme in [Theme::Dark, Theme::Light] {
            let t = tokens_of(theme);
            for surface in [t.background, t.panel, t.raised, t.hover, t.selection] {
                assert!(contrast(t.text, surface) >= 7.0, "{theme:?}: text on {surface:?}");
                assert!(contrast(t.weak, surface) >= 4.5, "{theme:?}: weak text on {surface:?}");
            }
            for colour in t.criteria.iter().chain([&t.good, &t.bad, &t.warning, &t.accent]) {
                assert!(contrast(*colour, t.panel) >= 3.0, "{theme:?}: {colour:?} on a panel");
            }
            assert_eq!(t.criteria.len(), crate::workbench::COLOURS, "{theme:?}: as many colours as are told apart");
            assert!(contrast(t.on_accent, t.accent) >= 4.5, "{theme:?}: text on the accent");
        }
    }
}
