//! JSON Lines: one object per response, for programs.

use super::Format;

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    extension: "jsonl",
    description: "One JSON object per response, for programs.",
    begin: |_| Vec::new(),
    row: |row| {
        let mut line = serde_json::to_vec(row).expect("a row has text keys and no failing part");
        line.push(b'\n');
        line
    },
    tells_hits: true,
    end: b"",
};
