//! What a reviewer's log is called.
//!
//! A name is its own file name where every system allows that. Characters that some system does not allow, or nobody
//! sees, are written as `%` and two hexadecimal digits for each byte. Names that differ in letter case only are one
//! reviewer, because on many systems their files would be one file.

use std::fmt::Write as _;

/// The ending of a log, without the dot.
pub const EXTENSION: &str = "jsonl";

/// The longest a file's name may become before its ending, in bytes.
const LONGEST: usize = 200;

/// Why a name is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// There is nothing in it.
    #[error("A reviewer needs a name: it is what their log is called. Give one of at least one letter.")]
    Empty,
    /// It does not fit into a file's name.
    #[error("That name is too long for a file; choose a shorter one.")]
    TooLong,
}

/// The name of the log of `reviewer`, without its ending. Space around the name does not count.
///
/// # Errors
/// When the name is empty or too long.
pub fn stem_of(reviewer: &str) -> Result<String, NameError> {
    let reviewer = reviewer.trim();
    if reviewer.is_empty() {
        return Err(NameError::Empty);
    }
    let is_device = is_device(reviewer);
    let mut stem = String::with_capacity(reviewer.len());
    for (at, c) in reviewer.char_indices() {
        let is_edge = at == 0 || at + c.len_utf8() == reviewer.len();
        if is_plain(c) && !(is_edge && c == '.') && !(at == 0 && is_device) {
            stem.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                write!(stem, "%{byte:02x}").expect("a String takes everything");
            }
        }
    }
    if stem.len() > LONGEST { Err(NameError::TooLong) } else { Ok(stem) }
}

/// Whose log is called `stem`. A file that was not named by [`stem_of`] belongs to somebody of that very name.
pub fn reviewer_of(stem: &str) -> String {
    decoded(stem).filter(|name| stem_of(name).as_deref() == Ok(stem)).unwrap_or_else(|| stem.to_owned())
}

/// Whether both are names of one reviewer.
pub fn is_same(a: &str, b: &str) -> bool {
    let folded = |name: &str| name.trim().to_lowercase();
    folded(a) == folded(b)
}

fn decoded(stem: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(stem.len());
    let mut rest = stem.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        if first == b'%' {
            let digits = after.get(..2).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
            bytes.push(u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

/// Whether every system takes it inside a name, and a person sees it.
fn is_plain(c: char) -> bool {
    let is_hidden = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    !(c.is_control() || is_hidden || (c.is_whitespace() && c != ' ') || r#"%\/:*?"<>|"#.contains(c))
}

/// Whether Windows takes the name for a device, whatever its ending.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_lowercase();
    let numbered = |prefix: &str| {
        let number = stem.strip_prefix(prefix);
        number.is_some_and(|number| number.chars().count() == 1 && "123456789¹²³".contains(number))
    };
    matches!(&*stem, "con" | "prn" | "aux" | "nul" | "conin$" | "conout$") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(reviewer: &str, stem: &str) {
        assert_eq!(stem_of(reviewer).unwrap(), stem);
        assert_eq!(reviewer_of(stem), reviewer.trim());
    }

    #[test]
    fn a_name_is_a_file_name_on_every_system() {
        check("anna", "anna");
        check("  J. R. Smith-Jones ", "J. R. Smith-Jones");
        check("Łukasz 山田 नमस्ते", "Łukasz 山田 नमस्ते");
        check("../../etc/passwd", "%2e.%2f..%2fetc%2fpasswd");
        check("a:b*c%d", "a%3ab%2ac%25d");
        check("CON", "%43ON");
        check("lpt1.old", "%6cpt1.old");
        check("console", "console");
        check(".hidden.", "%2ehidden%2e");
        check("a\u{202e}b\nc", "a%e2%80%aeb%0ac");
    }

    #[test]
    fn what_is_no_name_is_refused() {
        assert_eq!(stem_of(" \t"), Err(NameError::Empty));
        assert_eq!(stem_of(&"x".repeat(300)), Err(NameError::TooLong));
    }

    #[test]
    fn files_named_by_hand_belong_to_somebody() {
        for stem in ["100%", "%zz", "%61nna", "%ff"] {
            assert_eq!(reviewer_of(stem), stem);
        }
    }

    proptest! {
        #[test]
        fn names_come_back_and_never_lead_elsewhere(name in any::<String>()) {
            let Ok(stem) = stem_of(&name) else { return Ok(()) };
            prop_assert_eq!(reviewer_of(&stem), name.trim());
            prop_assert!(!stem.contains(['/', '\\', ':', '\0']) && !stem.starts_with('.'));
        }

        #[test]
        fn any_file_is_somebodys(stem in "[ -~]{1,20}") {
            prop_assert!(!reviewer_of(&stem).is_empty());
        }
    }
}
