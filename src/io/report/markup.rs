//! HTML as text that is safe: everything that comes from a project goes through [`text`] or an attribute.

use std::fmt::Write as _;

/// `words` as they stand between tags or in a quoted attribute: no markup of theirs survives.
pub(super) fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + words.len() / 16);
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // HTML allows no other control characters, and browsers replace them.
            '\t' | '\n' => out.push(c),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// JSON as it stands inside a script element: nothing in it can end the element.
pub(super) fn json_in_script(json: &str) -> String {
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// Paragraphs of `words`, cut at empty lines; single line ends stay.
pub(super) fn paragraphs(words: &str) -> String {
    let mut out = String::new();
    for paragraph in words.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
        write!(out, "<p class=\"prose\">{}</p>", text(paragraph)).expect("a String takes everything");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn markup_in_words_is_words() {
        assert_eq!(text("<b onload='x'>&\"\u{7}"), "&lt;b onload=&#39;x&#39;&gt;&amp;&quot;\u{fffd}");
        assert_eq!(json_in_script(r#""</script><!--""#), r#""\u003c/script>\u003c!--""#);
    }

    proptest! {
        #[test]
        fn no_words_open_a_tag_or_leave_an_attribute(words in any::<String>()) {
            let safe = text(&words);
            prop_assert!(!safe.contains(['<', '>', '"', '\'']));
            let json = serde_json::to_string(&words).unwrap();
            let inside = json_in_script(&json);
            prop_assert!(!inside.contains('<'));
            prop_assert_eq!(serde_json::from_str::<String>(&inside).unwrap(), words);
        }
    }
}
