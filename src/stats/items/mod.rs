//! What single criteria tell: how hard they are, how they go with the rest, and with what people say.

mod confusion;
mod correlation;
mod kendall;
mod reliability;

pub use confusion::Confusion;
pub use correlation::{Correlation, pearson, spearman};
pub use kendall::kendall_tau_b;
pub use reliability::{Item, ItemAnalysis, analyse_items, cronbach_alpha};
