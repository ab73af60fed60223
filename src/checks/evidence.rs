//! What a check hands back beside its value: the places in the text, and what it looked for in vain.

use super::Known;
use super::scan::Found;
use crate::text::Span;
use std::fmt;

/// What whoever runs a check asks of it, beside its verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Nothing: it may stop where nothing more would change the verdict, and need not say what it found.
    Verdict,
    /// How many places it rests on.
    Count,
    /// Which places.
    Places,
}

/// Receives what a check finds while it runs.
///
/// The same code of a check serves all passes: the score pass wants no more than verdicts ([`Decide`]), exports count
/// ([`Count`]), the evidence pass collects ([`Collected`]). A check may ask which it is in ([`Self::wanted`]) to spare
/// itself what nobody asks for; its verdict is the same in all.
pub trait Evidence {
    /// `span` counts for the check (`violates` false) or against it (`violates` true).
    fn found(&mut self, span: Span, violates: bool);
    /// Something looked for is absent; the text names it in a few words, for example `heading “Steps”`.
    fn missing(&mut self, what: fmt::Arguments<'_>);
    /// What a pass for many checks has found already for a finder in this text. `None` where it has to look for
    /// itself.
    fn known(&self, finder: u64) -> Option<Found<'_>> {
        let _ = finder;
        None
    }
    /// What is asked for.
    fn wanted(&self) -> Wanted {
        Wanted::Places
    }
    /// How many absences are stored so far, to be handed to [`Self::forget_missing`].
    fn missing_so_far(&self) -> usize {
        0
    }
    /// Drops the absences reported since there were `kept` of them: they turned out not to matter.
    fn forget_missing(&mut self, kept: usize) {
        let _ = kept;
    }
}

/// Takes note of nothing: the score pass.
#[derive(Clone, Copy, Debug, Default)]
pub struct Decide<'a> {
    /// What was found ahead.
    pub known: Option<&'a Known<'a>>,
}

impl Evidence for Decide<'_> {
    fn found(&mut self, _: Span, _: bool) {}
    fn missing(&mut self, _: fmt::Arguments<'_>) {}
    fn known(&self, finder: u64) -> Option<Found<'_>> {
        self.known?.of(finder)
    }
    fn wanted(&self) -> Wanted {
        Wanted::Verdict
    }
}

/// Counts matches and stores nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count<'a> {
    /// How many spans were found, supporting and violating.
    pub hits: u32,
    /// What was found ahead.
    pub known: Option<&'a Known<'a>>,
}

impl Evidence for Count<'_> {
    fn found(&mut self, _: Span, _: bool) {
        self.hits = self.hits.saturating_add(1);
    }
    fn missing(&mut self, _: fmt::Arguments<'_>) {}
    fn known(&self, finder: u64) -> Option<Found<'_>> {
        self.known?.of(finder)
    }
    fn wanted(&self) -> Wanted {
        Wanted::Count
    }
}

/// One place in the text that a check points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Where.
    pub span: Span,
    /// Whether it counts against the check (a forbidden word) rather than for it.
    pub violates: bool,
}

/// Collects everything found: the evidence pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// Places found, in the order the check reported them.
    pub hits: Vec<Hit>,
    /// What is absent, in words.
    pub missing: Vec<String>,
}

impl Evidence for Collected {
    fn found(&mut self, span: Span, violates: bool) {
        self.hits.push(Hit { span, violates });
    }
    fn missing(&mut self, what: fmt::Arguments<'_>) {
        self.missing.push(what.to_string());
    }
    fn missing_so_far(&self) -> usize {
        self.missing.len()
    }
    fn forget_missing(&mut self, kept: usize) {
        self.missing.truncate(kept);
    }
}

/// Collects where a pass for several checks has read the text already.
pub(super) struct CollectedWith<'a> {
    pub(super) collected: Collected,
    pub(super) known: &'a Known<'a>,
}

impl Evidence for CollectedWith<'_> {
    fn found(&mut self, span: Span, violates: bool) {
        self.collected.found(span, violates);
    }
    fn missing(&mut self, what: fmt::Arguments<'_>) {
        self.collected.missing(what);
    }
    fn known(&self, finder: u64) -> Option<Found<'_>> {
        self.known.of(finder)
    }
    fn missing_so_far(&self) -> usize {
        self.collected.missing_so_far()
    }
    fn forget_missing(&mut self, kept: usize) {
        self.collected.forget_missing(kept);
    }
}

/// Turns support into violation and back, and drops what is missing: inside a negation a hit is bad news
/// and an absence is not.
///
/// It holds a trait object, not a type parameter: negations nest, and each level would be a new type.
pub(super) struct Inverted<'a>(pub &'a mut dyn Evidence);

impl Evidence for Inverted<'_> {
    fn found(&mut self, span: Span, violates: bool) {
        self.0.found(span, !violates);
    }
    fn known(&self, finder: u64) -> Option<Found<'_>> {
        self.0.known(finder)
    }
    fn wanted(&self) -> Wanted {
        self.0.wanted()
    }
    fn missing(&mut self, _: fmt::Arguments<'_>) {}
}
