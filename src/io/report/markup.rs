//! HTML as text that is safe: everything that comes from a project goes through [`text`] or an attribute.

use pulldown_cmark::html::push_html;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

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

/// Markdown as HTML: no raw HTML of its own, no pictures, and no links but those to the web.
pub(super) fn markdown(words: &str) -> String {
    let mut dropped: usize = 0;
    let events = Parser::new_ext(words, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).filter_map(|event| {
        match event {
            Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
            Event::Start(Tag::Link { ref dest_url, .. }) if !is_web(dest_url) => {
                dropped += 1;
                None
            }
            Event::End(TagEnd::Link) if dropped > 0 => {
                dropped -= 1;
                None
            }
            // Its words in place of a picture: the page loads nothing.
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
            other => Some(other),
        }
    });
    let mut out = String::new();
    push_html(&mut out, events);
    out
}

fn is_web(url: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| url.starts_with(scheme))
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

    #[test]
    fn markdown_brings_no_markup_of_its_own() {
        let html =
            markdown("**a** <script>x</script> [b](javascript:x) [c](https://c.example) ![d](https://d.example/d.png)");
        assert!(html.contains("<strong>a</strong>") && html.contains("href=\"https://c.example\""), "{html}");
        assert!(html.contains("&lt;script&gt;") && html.contains(" b "), "{html}");
        assert!(!html.contains("javascript") && !html.contains("<img") && !html.contains("d.png"), "{html}");
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
