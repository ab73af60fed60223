//! Tables in Windows-1252, as spreadsheets of western systems save them.

/// What the bytes 0x80 to 0x9f are; five are nothing.
const MIDDLE: [char; 32] = [
    '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}', '\u{fffd}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
];

/// `bytes` as Windows-1252, where they are a table in which no character is written as UTF-8 writes it; else `None`.
/// What only has some damaged records in UTF-8 stays what it is.
pub(super) fn windows_1252(bytes: &[u8]) -> Option<String> {
    let is_json = matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'['));
    if is_json || std::str::from_utf8(bytes).is_ok() || !bytes.utf8_chunks().all(|chunk| chunk.valid().is_ascii()) {
        return None;
    }
    // Control characters stand in no table, and bytes without a meaning in no Windows-1252.
    let is_text = |byte: &u8| !matches!(byte, 0..=8 | 14..=31 | 0x81 | 0x8d | 0x8f | 0x90 | 0x9d);
    bytes.iter().all(is_text).then(|| bytes.iter().copied().map(character).collect())
}

fn character(byte: u8) -> char {
    match byte {
        0x80..=0x9f => MIDDLE[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use super::windows_1252;

    #[test]
    fn a_table_without_utf_8_is_windows_1252() {
        let check = |bytes: &[u8], expected: Option<&str>| assert_eq!(windows_1252(bytes).as_deref(), expected);
        check(b"id,text\n1,Gr\xfc\xdfe \x96 \x80 5\n", Some("id,text\n1,Grüße – € 5\n"));
        check("id,text\n1,Grüße\n".as_bytes(), None);
        check(b"id,text\n1,\xc3\xbc\n2,\xff\n", None);
        check(b"{\"a\": \"\xfc\"}", None);
        check(b"a,b\n\x81,\xfc\n", None);
    }
}
