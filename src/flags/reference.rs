//! The reference page of the flags, from the same table as everything else.

use super::{Basis, FlagSettings, Kind, THRESHOLDS};
use std::fmt::Write;

/// The page on all kinds of flag, in Markdown, up to what was measured of them.
pub fn page() -> String {
    let mut out = String::from(
        "# Flags\n\n\
         A flag is an anomaly of a response that is worth a look. It is no verdict: it changes no score. Every flag says \
         what made it, with its numbers and, where there is one, the place in the text.\n\n\
         They are badges in the list, chips above the text of a response, a table in the results, and terms of the \
         filter: `flag:loop`, `flag:any`, `-flag:refusal`. On the command line `rubrica flags` lists them.\n\n\
         | flag | name | what it says | follows from |\n|---|---|---|---|\n",
    );
    for kind in Kind::ALL {
        let info = kind.info();
        let basis = match info.basis {
            Basis::Texts => "texts",
            Basis::Scores => "scores",
            Basis::People => "judgements",
        };
        writeln!(out, "| `{}` | {} | {} | {basis} |", info.id, info.name, info.summary)
            .expect("a String takes any text");
    }
    out.push_str("\n## Rules\n");
    for kind in Kind::ALL {
        write!(out, "\n### {}\n\n{} {}\n", kind.id(), kind.info().summary, kind.info().details)
            .expect("a String takes any text");
    }
    out.push_str(
        "\n## Thresholds\n\n\
         They are kept with the project, in `project.ron` under `settings: (flags: (…))`, and can be changed in the \
         window (*Flag thresholds…*). What is the default is left out of the file. `off` lists kinds that are not looked \
         for: `off: [\"length\"]`.\n\n\
         | threshold | from | to | default | decides | what it is |\n|---|---:|---:|---:|---|---|\n",
    );
    let defaults = FlagSettings::default();
    for threshold in THRESHOLDS {
        let kinds: Vec<String> = threshold.kinds.iter().map(|kind| format!("`{}`", kind.id())).collect();
        let (kinds, default) = (kinds.join(", "), (threshold.get)(&defaults));
        let row = format!(
            "| `{}` | {} | {} | {default} | {kinds} | {} |",
            threshold.id, threshold.min, threshold.max, threshold.help
        );
        writeln!(out, "{row}").expect("a String takes any text");
    }
    out
}
