//! Does the text have fenced code?

use super::params::{Bounds, Param, ParamVisitor, Parameters, TextKind};
use super::{CheckKind, Doc, Evidence, Input, ParamProblem, Run, Verdict};
use crate::text::{Fence, Span, fences};

/// Parameters of the `CodeBlock` check.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodeBlock {
    /// The language the block must name; empty for any, or none.
    pub language: String,
    /// Fewest blocks; when left out 1, or 0 where `at_most` is 0.
    pub at_least: Option<u32>,
    /// Most blocks; no limit when left out.
    pub at_most: Option<u32>,
    /// Whether a block counts only if a fence closes it.
    pub closed: bool,
}

impl Parameters for CodeBlock {
    fn visit(&mut self, visitor: &mut dyn ParamVisitor) {
        visitor.text(
            Param {
                name: "language",
                label: "Language",
                help: "The language the block must name; empty for any. Common short names are understood.",
            },
            TextKind::Line,
            &mut self.language,
        );
        let bounds = Bounds { min: 0.0, max: f64::from(u32::MAX), step: 1.0 };
        visitor.count(
            Param {
                name: "at_least",
                label: "At least",
                help: "Fewest blocks; when left out 1, or 0 where the most is 0.",
            },
            bounds,
            &mut self.at_least,
        );
        visitor.count(
            Param { name: "at_most", label: "At most", help: "Most blocks; no limit when left out." },
            bounds,
            &mut self.at_most,
        );
        visitor.flag(
            Param { name: "closed", label: "Closed", help: "Count a block only if a fence closes it." },
            &mut self.closed,
        );
    }
}

impl CheckKind for CodeBlock {
    type Compiled = CompiledCodeBlock;
    const DOC: Doc = Doc {
        title: "Code block",
        summary: "Counts fenced code blocks; scores 1 if there are enough and not too many, else 0.",
        details: "A block is fenced by three or more backticks or tildes, as in CommonMark. Its language is the first \
                  word after the opening fence, up to a comma, colon or brace, in any letter case; `py` is `python`, \
                  `sh` and `shell` are `bash`, and so on. A fence that is never closed runs to the end of the text; \
                  where blocks must be closed, it counts against. The evidence is the whole block. Blocks beyond the \
                  most allowed count against; blocks in other languages count for nothing.",
        example: r#"CodeBlock(language: "python", closed: true)"#,
    };

    fn compile(&self, _: usize) -> Result<CompiledCodeBlock, Vec<ParamProblem>> {
        let at_least = self.at_least.unwrap_or(if self.at_most == Some(0) { 0 } else { 1 });
        let mut problems = Vec::new();
        if self.at_most.is_some_and(|at_most| at_least > at_most) {
            let message = format!("Asks for at least {at_least} blocks, more than the most allowed.");
            problems.push(ParamProblem::new("at_least", message).hint("Lower it, or raise the most."));
        }
        let language = canonical_language(&self.language);
        if language.is_empty() != self.language.trim().is_empty() || language.contains(char::is_whitespace) {
            let message = format!("“{}” cannot be a block's language.", self.language);
            problems.push(ParamProblem::new("language", message).hint("Write one word, for example `python`."));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let at_most = self.at_most.unwrap_or(u32::MAX);
        Ok(CompiledCodeBlock { language, at_least, at_most, closed: self.closed })
    }
}

/// Names for one language; the first stands for all.
const LANGUAGES: &[&[&str]] = &[
    &["bash", "sh", "shell", "zsh", "console", "shell-session"],
    &["c++", "cpp", "cc", "cxx", "hpp"],
    &["c#", "cs", "csharp"],
    &["f#", "fs", "fsharp"],
    &["go", "golang"],
    &["haskell", "hs"],
    &["html", "htm"],
    &["javascript", "js", "node", "mjs"],
    &["jsonl", "ndjson"],
    &["kotlin", "kt"],
    &["latex", "tex"],
    &["markdown", "md"],
    &["objective-c", "objc", "objectivec"],
    &["perl", "pl"],
    &["powershell", "ps1", "pwsh"],
    &["python", "py", "python3", "py3"],
    &["ruby", "rb"],
    &["rust", "rs"],
    &["text", "txt", "plain", "plaintext"],
    &["typescript", "ts"],
    &["yaml", "yml"],
];

/// One name for the language an info string's first word names, `""` where it names none.
fn canonical_language(word: &str) -> String {
    let word = word.trim().trim_start_matches(['{', '.']);
    let name = word.split([',', ':', '{', '}']).next().unwrap_or("").to_lowercase();
    LANGUAGES.iter().find(|names| names.contains(&name.as_str())).map_or(name, |names| names[0].to_owned())
}

/// Whether `fence` is marked as being in `language`, a canonical one.
pub(super) fn is_in(text: &str, fence: &Fence, language: &str) -> bool {
    canonical_language(&text[fence.language.clone()]) == language
}

/// [`CodeBlock`] ready to run.
#[derive(Debug)]
pub(super) struct CompiledCodeBlock {
    /// Canonical.
    language: String,
    at_least: u32,
    at_most: u32,
    closed: bool,
}

impl Run for CompiledCodeBlock {
    fn run<E: Evidence>(&self, input: &Input<'_>, evidence: &mut E) -> Verdict {
        let mut count: u32 = 0;
        let mut open = false;
        for fence in fences(input.text) {
            if !self.language.is_empty() && !is_in(input.text, &fence, &self.language) {
                continue;
            }
            let counts = fence.closed || !self.closed;
            open |= !counts;
            count = count.saturating_add(u32::from(counts));
            evidence.found(Span::new(fence.whole), !counts || count > self.at_most);
        }
        if count < self.at_least {
            let more = self.at_least - count;
            let blocks = if more == 1 { "code block" } else { "code blocks" };
            let space = if self.language.is_empty() { "" } else { " " };
            evidence.missing(format_args!("{more} {}{space}{blocks}", self.language));
            if open {
                evidence.missing(format_args!("a closing fence"));
            }
        }
        Verdict::met((self.at_least..=self.at_most).contains(&count))
    }
}
