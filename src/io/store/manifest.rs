//! `project.ron`: what a project is called and where its responses come from.

use super::Mistake;
use super::PROJECT;
use crate::model::{Project, Settings, Source};
use crate::text::nearest;
use ron::error::{Error, SpannedError};
use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};

/// The version of the project format this build writes.
pub const FORMAT: u32 = 1;

/// The content of a `project.ron`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// See [`FORMAT`].
    pub(super) format: u32,
    /// The project's name.
    pub(super) name: String,
    /// Its imported files.
    #[serde(default)]
    pub(super) sources: Vec<Source>,
    /// How it is worked on.
    #[serde(default, skip_serializing_if = "Settings::is_default")]
    pub(super) settings: Settings,
}

/// What a `project.ron` gave. Always something: a project with a broken one still shows its rubric.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// What could be read.
    pub(super) manifest: Manifest,
    /// Why that is not all of it.
    pub(super) mistake: Option<Mistake>,
}

/// What any version has; its other fields are ignored.
#[derive(Deserialize)]
struct Core {
    format: u32,
    #[serde(default)]
    name: String,
}

/// Reads the text of a `project.ron`. Of a newer format, what this build does not know is passed over.
pub(super) fn read(text: &str) -> Reading {
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let core: Option<Core> = options.from_str(text).ok();
    match options.from_str::<Manifest>(text) {
        Ok(manifest) => Reading { mistake: out_of_range(text, &manifest), manifest },
        Err(error) => {
            let core = core.unwrap_or(Core { format: FORMAT, name: String::new() });
            // A newer file is expected to hold what is unknown here; that it is newer says enough.
            let mistake = (core.format <= FORMAT).then(|| mistake(&error));
            Reading { manifest: Manifest { format: core.format, name: core.name, ..Manifest::default() }, mistake }
        }
    }
}

/// What `project` says of itself.
pub(super) fn of(project: &Project) -> Manifest {
    Manifest {
        format: FORMAT,
        name: project.name().to_owned(),
        sources: project.sources().to_vec(),
        settings: (**project.settings()).clone(),
    }
}

/// The text of a `project.ron` under the comments `header`.
pub(super) fn write(manifest: &Manifest, header: &str) -> String {
    let config = PrettyConfig::new().new_line("\n").indentor("    ");
    let body = ron::ser::to_string_pretty(manifest, config).expect("a manifest is texts, numbers and lists");
    format!("{header}{body}\n")
}

/// The comment lines a file begins with, as they stand.
pub(super) fn header(text: &str) -> &str {
    let comment = |line: &&str| line.trim_start().starts_with("//") || line.trim().is_empty();
    let length = text.split_inclusive('\n').take_while(comment).map(str::len).sum();
    if text[..length].trim().is_empty() { "" } else { &text[..length] }
}

/// A threshold of flags that is out of its range, at its place in `text`.
fn out_of_range(text: &str, manifest: &Manifest) -> Option<Mistake> {
    let (threshold, message) = manifest.settings.flags.problem()?;
    let line = text.lines().position(|line| line.contains(threshold.id)).unwrap_or(0);
    let column = text.lines().nth(line).and_then(|line| line.find(threshold.id)).unwrap_or(0);
    let hint = Some(format!("The default is {}.", (threshold.get)(&crate::flags::FlagSettings::default())));
    Some(Mistake { file: PROJECT.to_owned(), line: line + 1, column: column + 1, message, hint })
}

fn mistake(error: &SpannedError) -> Mistake {
    let (message, hint) = match &error.code {
        Error::NoSuchStructField { expected, found, .. } => {
            (format!("There is no field `{found}`."), Some(suggestion(found, expected)))
        }
        Error::NoSuchEnumVariant { expected, found, .. } => (
            format!("`{found}` is none of the values possible here."),
            Some(format!("Use one of: {}.", expected.join(", "))),
        ),
        Error::MissingStructField { field, .. } => (format!("The field `{field}` is missing."), None),
        other => (format!("{other}."), None),
    };
    Mistake { file: PROJECT.to_owned(), line: error.span.start.line, column: error.span.start.col, message, hint }
}

fn suggestion(found: &str, expected: &[&str]) -> String {
    match nearest(found, expected.iter().copied()) {
        Some(name) => format!("Did you mean `{name}`?"),
        None => format!("Use one of: {}.", expected.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn mistake(text: &str) -> (usize, usize, String) {
        let mistake = read(text).mistake.expect("a mistake");
        (mistake.line, mistake.column, format!("{} {}", mistake.message, mistake.hint.unwrap_or_default()))
    }

    #[test]
    fn names_the_place_of_a_mistake_and_what_was_meant() {
        let (line, _, said) = mistake("(\n    format: 1,\n    nmae: \"x\",\n)");
        assert_eq!(line, 3);
        assert!(said.contains("`nmae`") && said.contains("Did you mean `name`?"), "{said}");
        let (line, _, said) = mistake("(format: 1, name: \"x\", sources: [\n(path: \"a\", format: Jsonl)])");
        assert_eq!(line, 2);
        assert!(said.contains("`Jsonl`") && said.contains("JsonLines"), "{said}");
        assert!(mistake("(format: 1)").2.contains("`name` is missing"));
        let (line, column, said) = mistake("(format: 1, name: \"x\",\n settings: (flags: (echo_share: 3.0)))");
        // At the bracket before the field, or at the field.
        assert!(line == 2 && (20..=21).contains(&column), "{line}:{column}");
        assert!(
            said.contains("`echo_share` is 3; it goes from 0.3 to 1.") && said.contains("default is 0.7"),
            "{said}"
        );
    }

    #[test]
    fn reads_what_it_knows_of_a_newer_format() {
        let reading = read("(format: 2, name: \"x\", theme: Dark, sources: {})");
        assert_eq!((reading.manifest.format, reading.manifest.name.as_str()), (2, "x"));
        assert!(reading.mistake.is_none());
    }

    #[test]
    fn keeps_the_comments_on_top() {
        assert_eq!(header("// a\n\n// b\n(format: 1) // c\n"), "// a\n\n// b\n");
        assert_eq!(header("\n(format: 1)"), "");
    }
}
