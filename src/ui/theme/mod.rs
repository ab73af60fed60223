//! Design tokens, typed and loaded once, and the look made of them. Raw colours stand nowhere else.

mod fonts;
mod style;
mod tokens;

pub use fonts::{STRONG, install as install_fonts, strong};
pub use style::install as install_style;
pub use tokens::{Metrics, Tokens, metrics, tokens, tokens_of};
