//! Anomalies of responses that are worth a look: what is empty, copied, refused, cut off, looping …
//!
//! One file a kind, one table of them ([`Kind`]). What follows from the texts alone is found in one pass over all
//! responses ([`TextFlags::find`]) and kept as a set of kinds a response, four bytes; what follows from the scores
//! likewise ([`ScoreFlags::find`]). What made a flag, the sentence and the places in the text, is found again for the
//! one response that is looked at, by the same code: a million responses cost no sentence. Pure: knows texts, and which
//! of them are alike.

mod copies;
mod echo;
mod flag;
mod forbidden;
mod kind;
mod language;
mod length;
mod names;
mod nothing;
mod outliers;
mod people;
pub mod reference;
mod refusal;
mod repetition;
mod robust;
mod score;
mod scores;
pub mod self_naming;
mod settings;
mod tally;
mod texts;
mod truncation;
mod words;

pub use flag::Flag;
pub use forbidden::Violation;
pub use kind::{Basis, Info, Kind, KindSet, UnknownKind};
pub use scores::ScoreFlags;
pub use self_naming::Namer;
pub use settings::{FlagSettings, THRESHOLDS, Threshold};
pub use tally::Tally;
pub use texts::{TextFlags, steps};

/// The responses that are looked at. Rows, prompts and models are numbers from 0.
pub trait Responses: Sync {
    /// How many there are.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The text of response `row`; `None` where it has none.
    fn text(&self, row: usize) -> Option<&str>;
    /// The prompt response `row` answers.
    fn prompt(&self, row: usize) -> u32;
    /// The model of response `row`.
    fn model(&self, row: usize) -> u32;
    /// How many prompts there are.
    fn prompts(&self) -> usize;
    /// The text of prompt `prompt`; empty where it is not known.
    fn prompt_text(&self, prompt: u32) -> &str;
    /// The models' names.
    fn models(&self) -> &[String];
}
