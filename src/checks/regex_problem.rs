//! Mistakes in a regular expression, in plain sentences that point into it.

use super::ParamProblem;
use regex_syntax::ast::ErrorKind;

/// A pattern that compiles to too large a program.
pub(super) fn too_big(param: &str) -> ParamProblem {
    ParamProblem::new(param, "The pattern compiles to more than 10 MB.")
        .hint("Repeat less, for example `\\w{1,50}` instead of `\\w{1,5000}`.")
}

/// Whether a pattern the linear engine refuses may be one for the backtracking engine.
pub(super) fn may_backtrack(error: &regex_syntax::Error) -> bool {
    let regex_syntax::Error::Parse(error) = error else { return false };
    // `(?>` and `(?P=` read as unknown flags, `\k` and `\G` as unknown escapes.
    matches!(
        error.kind(),
        ErrorKind::UnsupportedLookAround
            | ErrorKind::UnsupportedBackreference
            | ErrorKind::EscapeUnrecognized
            | ErrorKind::FlagUnrecognized
            | ErrorKind::GroupNameUnexpectedEof
    )
}

/// The mistake the linear engine's parser found.
pub(super) fn of_syntax(param: &str, pattern: &str, error: &regex_syntax::Error) -> ParamProblem {
    let (offset, (message, hint)) = match error {
        regex_syntax::Error::Parse(error) => (error.span().start.offset, words(error.kind())),
        regex_syntax::Error::Translate(error) => (error.span().start.offset, unknown_class(error.kind())),
        _ => (0, ("The pattern cannot be read.".to_owned(), "Try a simpler one.")),
    };
    ParamProblem::new(param, message).at(boundary(pattern, offset)).hint(hint)
}

/// The mistake the backtracking engine found in a pattern the linear one refused with `syntax`.
pub(super) fn of_backtracking(
    param: &str,
    pattern: &str,
    syntax: &regex_syntax::Error,
    error: &fancy_regex::Error,
) -> ParamProblem {
    let needs_backtracking = matches!(syntax, regex_syntax::Error::Parse(e)
        if matches!(e.kind(), ErrorKind::UnsupportedLookAround | ErrorKind::UnsupportedBackreference));
    if !needs_backtracking {
        return of_syntax(param, pattern, syntax);
    }
    let problem = match error {
        fancy_regex::Error::ParseError(offset, error) => {
            ParamProblem::new(param, format!("The pattern cannot be read: {error}.")).at(boundary(pattern, *offset))
        }
        fancy_regex::Error::CompileError(error) => {
            let problem = ParamProblem::new(param, format!("The pattern cannot be used: {error}."));
            match syntax {
                regex_syntax::Error::Parse(syntax) => problem.at(boundary(pattern, syntax.span().start.offset)),
                _ => problem,
            }
        }
        error => ParamProblem::new(param, format!("The pattern cannot be used: {error}.")),
    };
    problem.hint("It uses look-around or a back-reference; check its parentheses and group numbers.")
}

/// The nearest character boundary of `pattern` at or before `offset`.
fn boundary(pattern: &str, offset: usize) -> usize {
    pattern.floor_char_boundary(offset)
}

fn words(kind: &ErrorKind) -> (String, &'static str) {
    let (message, hint) = match kind {
        ErrorKind::GroupUnclosed => {
            ("This parenthesis is never closed.", "Add `)`, or write `\\(` for a parenthesis in the text.")
        }
        ErrorKind::GroupUnopened => {
            ("This parenthesis closes nothing.", "Remove it, or write `\\)` for a parenthesis in the text.")
        }
        ErrorKind::ClassUnclosed => {
            ("This bracket is never closed.", "Add `]`, or write `\\[` for a bracket in the text.")
        }
        ErrorKind::ClassRangeInvalid => ("This range runs backwards.", "Put the smaller character first, as in `a-z`."),
        ErrorKind::ClassRangeLiteral | ErrorKind::ClassEscapeInvalid => {
            ("This cannot stand inside brackets.", "Use single characters, ranges and classes like `\\d` there.")
        }
        ErrorKind::RepetitionMissing => {
            ("Nothing stands before this repetition.", "Write `\\*`, `\\+` or `\\?` for the character itself.")
        }
        ErrorKind::RepetitionCountInvalid => {
            ("This repetition runs backwards.", "Put the smaller count first, as in `{2,5}`.")
        }
        ErrorKind::RepetitionCountUnclosed
        | ErrorKind::RepetitionCountDecimalEmpty
        | ErrorKind::DecimalEmpty
        | ErrorKind::DecimalInvalid => {
            ("This repetition has no readable count.", "Write `{3}` or `{2,5}`, or `\\{` for a brace in the text.")
        }
        ErrorKind::EscapeUnexpectedEof => {
            ("The pattern ends in a lone backslash.", "Write `\\\\` for a backslash in the text.")
        }
        ErrorKind::EscapeUnrecognized => {
            ("This escape does not exist.", "Leave the backslash out, or write `\\\\` for a backslash in the text.")
        }
        ErrorKind::EscapeHexEmpty | ErrorKind::EscapeHexInvalid | ErrorKind::EscapeHexInvalidDigit => {
            ("This is not a character's number.", "Write it in hexadecimal, as in `\\x{1F600}`.")
        }
        ErrorKind::UnicodeClassInvalid => ("This character class cannot be read.", "Write for example `\\p{Greek}`."),
        ErrorKind::FlagUnrecognized
        | ErrorKind::FlagUnexpectedEof
        | ErrorKind::FlagDanglingNegation
        | ErrorKind::FlagDuplicate { .. }
        | ErrorKind::FlagRepeatedNegation { .. } => {
            ("This is not a flag.", "The flags are i, m, s, R, U, u and x, as in `(?i)`.")
        }
        ErrorKind::GroupNameDuplicate { .. } => ("Two groups have this name.", "Rename one."),
        ErrorKind::GroupNameEmpty | ErrorKind::GroupNameInvalid | ErrorKind::GroupNameUnexpectedEof => (
            "This is not a group's name.",
            "Write `(?<name>…)`; a name has letters, digits and underscores and starts with a letter.",
        ),
        ErrorKind::SpecialWordBoundaryUnclosed
        | ErrorKind::SpecialWordBoundaryUnrecognized
        | ErrorKind::SpecialWordOrRepetitionUnexpectedEof => {
            ("This word boundary cannot be read.", "Write `\\b`, `\\b{start}` or `\\b{end}`.")
        }
        ErrorKind::NestLimitExceeded(_) | ErrorKind::CaptureLimitExceeded => {
            ("The pattern is nested too deeply.", "Use fewer parentheses.")
        }
        other => return (format!("The pattern cannot be read here: {other}."), "Correct this place."),
    };
    (message.to_owned(), hint)
}

fn unknown_class(kind: &regex_syntax::hir::ErrorKind) -> (String, &'static str) {
    use regex_syntax::hir::ErrorKind;
    match kind {
        ErrorKind::UnicodePropertyNotFound | ErrorKind::UnicodePropertyValueNotFound => (
            "Unicode has no class of this name.".to_owned(),
            "Use a script or category such as `\\p{Greek}`, `\\p{Lu}` or `\\p{Emoji}`.",
        ),
        ErrorKind::UnicodeNotAllowed | ErrorKind::InvalidUtf8 => (
            "This could match half a character.".to_owned(),
            "Leave out `(?-u)`; patterns here are about whole characters.",
        ),
        other => (format!("The pattern cannot be used: {other}."), "Correct this place."),
    }
}
