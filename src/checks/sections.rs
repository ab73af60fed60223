//! Does the text have the sections asked for?

use super::finder::{Finder, Sought, list_problems};
use super::params::{Choice, Choices, Param, ParamVisitor, Parameters};
use super::phrases::Need;
use super::{CheckKind, Doc, Evidence, Input, ParamProblem, Run, Verdict, compare};
use crate::text::{Span, headings, trim_title};

/// Parameters of the `Sections` check.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sections {
    /// Names of the sections; each must be non-empty.
    pub sections: Vec<String>,
    /// What counts as a section being there.
    pub place: Place,
    /// How many of them, and how that becomes a value.
    pub need: Need,
    /// Whether `STEPS` and `Steps` are the same.
    pub ignore_case: bool,
}

/// Where the name of a section has to stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// It is a heading: see [`headings`].
    #[default]
    Heading,
    /// It occurs anywhere, even inside a word.
    Anywhere,
}

impl Choices for Place {
    const ALL: &'static [Choice] = &[
        Choice {
            name: "Heading",
            label: "as a heading",
            help: "A Markdown heading, a line that is bold only, or a line that starts with the name and a colon.",
            count: None,
        },
        Choice { name: "Anywhere", label: "anywhere", help: "The name occurs in the text.", count: None },
    ];

    fn get(self) -> (usize, u32) {
        (self as usize, 0)
    }

    fn from_parts(index: usize, _: u32) -> Self {
        if index == 0 { Self::Heading } else { Self::Anywhere }
    }
}

impl Parameters for Sections {
    fn visit(&mut self, visitor: &mut dyn ParamVisitor) {
        visitor.texts(
            Param { name: "sections", label: "Sections", help: "The names of the sections." },
            &mut self.sections,
        );
        visitor.pick(
            Param { name: "place", label: "Where", help: "Where the name has to stand." },
            &mut self.place,
        );
        visitor.pick(
            Param { name: "need", label: "Need", help: "How many of them, and how that scores." },
            &mut self.need,
        );
        visitor.flag(
            Param { name: "ignore_case", label: "Ignore case", help: "Take capital and small letters as the same." },
            &mut self.ignore_case,
        );
    }
}

impl CheckKind for Sections {
    type Compiled = CompiledSections;
    const DOC: Doc = Doc {
        title: "Sections",
        summary: "Looks for named sections and scores how many different ones are there.",
        details: "A heading is `## Steps`, a line underlined with `==` or `--`, a line that is bold only \
                  (`**Steps**`), or a line that starts with the name and a colon (`Answer: 42`, `- **Answer:** 42`). \
                  Numbering, emphasis and a final colon do not belong to its name: `## 2. Steps:` is Steps. Headings \
                  inside fenced code do not count. The evidence is the name in the heading, or every occurrence of \
                  the name when it may stand anywhere. Sections that are not there are named as missing.",
        example: r#"Sections(sections: ["Assumptions", "Steps", "Answer"], need: Fraction)"#,
    };

    fn compile(&self, _: usize) -> Result<CompiledSections, Vec<ParamProblem>> {
        let mut problems = list_problems("sections", &self.sections);
        problems.extend(self.need.problem("need", self.sections.len()));
        if self.place == Place::Heading {
            for (index, _) in self.sections.iter().enumerate().filter(|(_, s)| !s.is_empty() && title(s).is_empty()) {
                problems.push(
                    ParamProblem::new(format!("sections[{index}]"), "Nothing is left of this name as a heading.")
                        .hint("Give the heading's words, without numbers and marks."),
                );
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let search = match self.place {
            Place::Anywhere => {
                let sought = Sought {
                    needles: &self.sections,
                    ignore_case: self.ignore_case,
                    whole_word: false,
                    enough: self.need.enough(self.sections.len()),
                };
                Search::Anywhere(Finder::new("sections", sought).map_err(|problem| vec![problem])?)
            }
            Place::Heading => Search::Heading { ignore_case: self.ignore_case },
        };
        Ok(CompiledSections { search, sections: self.sections.clone(), need: self.need })
    }
}

/// A section's name as a heading's name is compared.
fn title(name: &str) -> &str {
    &name[trim_title(name, 0..name.len())]
}

/// [`Sections`] ready to run.
#[derive(Debug)]
pub(super) struct CompiledSections {
    search: Search,
    sections: Vec<String>,
    need: Need,
}

#[derive(Debug)]
enum Search {
    Anywhere(Finder),
    Heading { ignore_case: bool },
}

impl Run for CompiledSections {
    fn finders<'a>(&'a self, into: &mut Vec<&'a Finder>) -> bool {
        match &self.search {
            Search::Anywhere(finder) => into.push(finder),
            Search::Heading { .. } => return false,
        }
        true
    }

    fn run<E: Evidence>(&self, input: &Input<'_>, evidence: &mut E) -> Verdict {
        let missing = |evidence: &mut E, name: &str| evidence.missing(format_args!("section “{name}”"));
        let present = match &self.search {
            Search::Anywhere(finder) => finder
                .report(input.text, evidence, false, |evidence, absent| missing(evidence, &self.sections[absent])),
            Search::Heading { ignore_case } => {
                let mut present = vec![false; self.sections.len()];
                for heading in headings(input.text) {
                    let found = &input.text[heading.title.clone()];
                    let mut named = false;
                    for (name, present) in self.sections.iter().zip(&mut present) {
                        let same = compare::same(title(name), found, *ignore_case, false);
                        *present |= same;
                        named |= same;
                    }
                    if named {
                        evidence.found(Span::new(heading.title), false);
                    }
                }
                for (name, _) in self.sections.iter().zip(&present).filter(|(_, present)| !**present) {
                    missing(evidence, name);
                }
                present.iter().filter(|present| **present).count()
            }
        };
        Verdict::Value(self.need.value(present, self.sections.len()))
    }
}
