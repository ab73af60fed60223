//! Deterministic tests of a response's text. One file per kind; one table, [`KINDS`], lists them.
//!
//! A check has three forms. Its *parameters* ([`Check`]) are what a person writes. *Compiling* them
//! ([`Check::compile`]) reports every mistake at once and gives a [`CompiledCheck`], which cannot fail.
//! *Running* that over an [`Input`] gives a [`Verdict`], and evidence to whoever asked for it.

mod combine;
mod compare;
mod evidence;
mod finder;
mod number;
mod packed;
pub mod params;
mod problem;
pub mod reference;
mod regex_engine;
mod regex_problem;
mod scan;

pub use combine::MAX_DEPTH;
pub use evidence::{Collected, Count, Decide, Evidence, Hit, Wanted};
pub use if_then::Otherwise;
pub use json::FindJson;
pub use length::Unit;
pub use pattern::CompareWith;
pub use phrases::Need;
pub use problem::ParamProblem;
pub use scan::{Known, Scan};
pub use sections::Place;

use evidence::CollectedWith;
use finder::Finder;
use params::{ParamVisitor, Parameters};

/// What a check may look at. Nothing else: the same input always gives the same verdict.
#[derive(Clone, Copy, Debug, Default)]
pub struct Input<'a> {
    /// The response.
    pub text: &'a str,
    /// What was asked.
    pub prompt: &'a str,
    /// The prompt's reference answer, where it has one.
    pub reference: Option<&'a str>,
}

impl<'a> Input<'a> {
    /// The reference answer without white space at its ends; `None` where nothing is left to compare with.
    fn answer(&self) -> Option<&'a str> {
        self.reference.map(str::trim).filter(|answer| !answer.is_empty())
    }
}

/// What a check says of one text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// How far the text meets it: 0 (not at all) to 1 (fully), both included.
    Value(f64),
    /// The check does not concern this text; it is left out of the total.
    NotApplicable,
    /// It could not be decided; it is left out and the card is incomplete.
    Invalid(Reason),
}

impl Verdict {
    /// 1 for true, 0 for false.
    pub fn met(yes: bool) -> Self {
        Self::Value(if yes { 1.0 } else { 0.0 })
    }
}

/// Why a check could not be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The check compares with a reference answer and the prompt has none.
    NoReference,
    /// The response has no text at all (null or absent, not empty).
    NoText,
    /// A pattern with look-around or back-references gave up at its step limit.
    StepLimit,
}

impl Reason {
    /// The sentence a person reads.
    pub fn message(self) -> &'static str {
        match self {
            Self::NoReference => "The prompt has no reference answer to compare with.",
            Self::NoText => "The response has no text: it is null or absent in its file.",
            Self::StepLimit => {
                "The pattern gave up at its step limit; look-around and back-references can take exponential time."
            }
        }
    }
}

/// The documentation of one kind of check.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Its name in a rubric file, `UpperCamelCase`.
    pub name: &'static str,
    /// Its name on screen, sentence case.
    pub title: &'static str,
    /// One sentence: what it tests.
    pub summary: &'static str,
    /// Markdown: how it scores, what its evidence is, edge cases.
    pub details: &'static str,
    /// A check of this kind as it stands in a rubric file.
    pub example: &'static str,
    /// A new check of this kind with default parameters.
    pub new: fn() -> Check,
}

/// One kind of check: parameters that compile into something that runs.
trait CheckKind: Parameters + Clone + Default {
    /// What runs.
    type Compiled;
    /// Its documentation; `new` is filled in by the table.
    const DOC: Doc;
    /// All mistakes in the parameters, or what runs. `depth` is how many checks it stands inside.
    fn compile(&self, depth: usize) -> Result<Self::Compiled, Vec<ParamProblem>>;
}

/// The written part of a [`Kind`].
struct Doc {
    title: &'static str,
    summary: &'static str,
    details: &'static str,
    example: &'static str,
}

/// What runs. Generic over the evidence so that the score pass pays nothing for it.
trait Run {
    fn run<E: Evidence>(&self, input: &Input<'_>, evidence: &mut E) -> Verdict;

    /// Adds what looks for literal texts, in it and in the checks inside it: one pass can serve them all. Gives whether
    /// its verdict is the same on all texts in which they find nothing.
    fn finders<'a>(&'a self, into: &mut Vec<&'a Finder>) -> bool {
        let _ = into;
        false
    }
}

/// Declares the table of checks, `Name => module::Type`: the enums over all kinds, and everything that
/// dispatches on them.
macro_rules! checks {
    ($($name:ident => $module:ident :: $type:ident),* $(,)?) => {
        $(mod $module;)*
        $(pub use $module::$type;)*

        /// A check as a person writes it: its kind and parameters.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Check {
            $(
                #[doc = concat!("See [`", stringify!($type), "`].")]
                $name($type),
            )*
        }

        /// A check ready to run.
        #[derive(Debug)]
        pub struct CompiledCheck(Compiled);

        #[derive(Debug)]
        enum Compiled {
            $($name(<$type as CheckKind>::Compiled),)*
        }

        /// Every kind of check, in the order shown.
        pub static KINDS: &[Kind] = &[
            $(Kind {
                name: stringify!($name),
                title: <$type as CheckKind>::DOC.title,
                summary: <$type as CheckKind>::DOC.summary,
                details: <$type as CheckKind>::DOC.details,
                example: <$type as CheckKind>::DOC.example,
                new: || Check::$name(<$type as Default>::default()),
            },)*
        ];

        impl Check {
            /// The kind's name in files.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$name(_) => stringify!($name),)* }
            }

            /// All mistakes in the parameters, or the check ready to run.
            ///
            /// # Errors
            /// Every mistake found, each naming its parameter.
            pub fn compile(&self) -> Result<CompiledCheck, Vec<ParamProblem>> {
                self.compile_inside(0)
            }

            /// [`Self::compile`] for a check that stands inside `depth` others.
            fn compile_inside(&self, depth: usize) -> Result<CompiledCheck, Vec<ParamProblem>> {
                match self {
                    $(Self::$name(check) => check.compile(depth).map(|c| CompiledCheck(Compiled::$name(c))),)*
                }
            }
        }

        impl Parameters for Check {
            fn visit(&mut self, visitor: &mut dyn ParamVisitor) {
                match self { $(Self::$name(check) => check.visit(visitor),)* }
            }
        }

        impl CompiledCheck {
            fn run<E: Evidence>(&self, input: &Input<'_>, evidence: &mut E) -> Verdict {
                match &self.0 { $(Compiled::$name(check) => check.run(input, evidence),)* }
            }

            fn finders<'a>(&'a self, into: &mut Vec<&'a Finder>) -> bool {
                match &self.0 { $(Compiled::$name(check) => check.finders(into),)* }
            }
        }
    };
}

checks! {
    Phrases => phrases::Phrases,
    Sections => sections::Sections,
    Pattern => pattern::Pattern,
    Forbidden => forbidden::Forbidden,
    Length => length::Length,
    Json => json::Json,
    CodeBlock => code_block::CodeBlock,
    Equals => equals::Equals,
    Contains => contains::Contains,
    All => all::All,
    Any => any::Any,
    NoneOf => none_of::NoneOf,
    AtLeast => at_least::AtLeast,
    IfThen => if_then::IfThen,
}

impl Default for Check {
    /// Phrases, with nothing to look for yet.
    fn default() -> Self {
        Self::Phrases(Phrases::default())
    }
}

impl Check {
    /// The documentation of this check's kind.
    pub fn kind(&self) -> &'static Kind {
        KINDS.iter().find(|kind| kind.name == self.name()).expect("the table lists every kind")
    }
}

impl CompiledCheck {
    /// The verdict on `input`: the score pass.
    pub fn judge(&self, input: &Input<'_>) -> Verdict {
        self.judge_with(input, None)
    }

    /// [`Self::judge`] where a pass for several checks has read the text already, or some of it.
    pub fn judge_with(&self, input: &Input<'_>, known: Option<&Known<'_>>) -> Verdict {
        self.run(input, &mut Decide { known })
    }

    /// The verdict on `input`, that of [`Self::judge`], and how many places it rests on.
    pub fn count(&self, input: &Input<'_>) -> (Verdict, u32) {
        self.count_with(input, None)
    }

    /// [`Self::count`] where a pass for several checks has read the text already.
    pub fn count_with(&self, input: &Input<'_>, known: Option<&Known<'_>>) -> (Verdict, u32) {
        let mut count = Count { hits: 0, known };
        let verdict = self.run(input, &mut count);
        (verdict, count.hits)
    }

    /// The verdict on `input` and its evidence in full: the evidence pass.
    ///
    /// The verdict, and the number of hits, are those of [`Self::count`].
    pub fn explain(&self, input: &Input<'_>) -> (Verdict, Collected) {
        self.explain_with(input, None)
    }

    /// [`Self::explain`] where a pass for several checks has read the text already.
    pub fn explain_with(&self, input: &Input<'_>, known: Option<&Known<'_>>) -> (Verdict, Collected) {
        let mut collected = Collected::default();
        let Some(known) = known else {
            let verdict = self.run(input, &mut collected);
            return (verdict, collected);
        };
        let mut evidence = CollectedWith { collected, known };
        let verdict = self.run(input, &mut evidence);
        (verdict, evidence.collected)
    }
}
