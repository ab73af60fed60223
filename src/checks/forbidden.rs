//! Does nothing forbidden occur?

use super::finder::{Finder, Sought, list_problems};
use super::params::{Param, ParamVisitor, Parameters};
use super::regex_engine::{Engine, Flags};
use super::{CheckKind, Doc, Evidence, Input, ParamProblem, Run, Verdict, Wanted};
use std::ops::ControlFlow;

/// Parameters of the `Forbidden` check. At least one of the lists has something in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forbidden {
    /// Texts that must not occur; each non-empty.
    pub phrases: Vec<String>,
    /// Regular expressions that must not match; `^` and `$` match at every line.
    pub patterns: Vec<String>,
    /// Whether letters match in either case.
    pub ignore_case: bool,
    /// Whether a phrase must not touch a letter, digit or underscore on either side.
    pub whole_word: bool,
}

impl Parameters for Forbidden {
    fn visit(&mut self, visitor: &mut dyn ParamVisitor) {
        visitor.texts(
            Param { name: "phrases", label: "Phrases", help: "What must not occur, each as it stands." },
            &mut self.phrases,
        );
        visitor.texts(
            Param { name: "patterns", label: "Patterns", help: "Regular expressions that must not match." },
            &mut self.patterns,
        );
        visitor.flag(
            Param { name: "ignore_case", label: "Ignore case", help: "Take capital and small letters as the same." },
            &mut self.ignore_case,
        );
        visitor.flag(
            Param {
                name: "whole_word",
                label: "Whole words",
                help: "A phrase counts only where it touches no letter, digit or underscore; patterns write \\b.",
            },
            &mut self.whole_word,
        );
    }
}

impl CheckKind for Forbidden {
    type Compiled = CompiledForbidden;
    const DOC: Doc = Doc {
        title: "Forbidden",
        summary: "Scores 1 if none of the given phrases and patterns occurs, else 0.",
        details: "Every occurrence is evidence against. In patterns `^` and `$` match at every line, and what is \
                  empty is no match. A pattern that gives up at its step limit leaves the check undecided, unless \
                  something forbidden was found without it.",
        example: r#"Forbidden(phrases: ["TODO", "lorem ipsum"], patterns: [r"\bas an AI\b"], ignore_case: true)"#,
    };

    fn compile(&self, _: usize) -> Result<CompiledForbidden, Vec<ParamProblem>> {
        if self.phrases.is_empty() && self.patterns.is_empty() {
            return Err(vec![ParamProblem::new("phrases", "Nothing is forbidden.").hint("Give a phrase or a pattern.")]);
        }
        let listed = |param, list: &[String]| if list.is_empty() { Vec::new() } else { list_problems(param, list) };
        let mut problems = listed("phrases", &self.phrases);
        problems.extend(listed("patterns", &self.patterns));
        let flags = Flags { ignore_case: self.ignore_case, multi_line: true, dot_matches_new_line: false };
        let mut patterns = Vec::with_capacity(self.patterns.len());
        for (index, pattern) in self.patterns.iter().enumerate().filter(|(_, pattern)| !pattern.is_empty()) {
            match Engine::new(&format!("patterns[{index}]"), pattern, flags) {
                Ok(engine) => patterns.push(engine),
                Err(problem) => problems.push(problem),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let sought = Sought {
            needles: &self.phrases,
            ignore_case: self.ignore_case,
            whole_word: self.whole_word,
            enough: 1,
        };
        let phrases = Finder::new("phrases", sought).map_err(|problem| vec![problem])?;
        Ok(CompiledForbidden { phrases, patterns })
    }
}

/// [`Forbidden`] ready to run.
#[derive(Debug)]
pub(super) struct CompiledForbidden {
    phrases: Finder,
    patterns: Vec<Engine>,
}

impl Run for CompiledForbidden {
    fn finders<'a>(&'a self, into: &mut Vec<&'a Finder>) -> bool {
        into.push(&self.phrases);
        into.extend(self.patterns.iter().filter_map(Engine::finder));
        self.patterns.iter().all(|pattern| pattern.finder().is_some())
    }

    fn run<E: Evidence>(&self, input: &Input<'_>, evidence: &mut E) -> Verdict {
        let mut occurs = self.phrases.report(input.text, evidence, true, |_, _| {}) > 0;
        let mut stopped = None;
        for pattern in &self.patterns {
            if occurs && evidence.wanted() == Wanted::Verdict {
                break;
            }
            let ahead = pattern.ahead(input.text, evidence);
            let ended = pattern.each(input.text, 0, ahead, |span| {
                occurs = true;
                evidence.found(span, true);
                if evidence.wanted() == Wanted::Verdict { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            stopped = stopped.or(ended.err());
        }
        match stopped {
            Some(reason) if !occurs => Verdict::Invalid(reason),
            _ => Verdict::met(!occurs),
        }
    }
}
