//! RON: one list of structs, for Rust programs and for reading by eye.

use super::Format;

pub(super) const FORMAT: Format = Format {
    name: "ron",
    extension: "ron",
    description: "One list of structs in Rusty Object Notation, for Rust programs.",
    begin: |_| b"[\n".to_vec(),
    row: |row| {
        let row = ron::to_string(row).expect("a row has text keys and no failing part");
        format!("    {row},\n").into_bytes()
    },
    tells_hits: true,
    end: b"]\n",
};
