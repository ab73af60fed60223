//! What the project holds to, as tables. ARCHITECTURE.md says why it is built this way.

/// One folder of `src/`, and the folders whose code it may name.
pub(crate) struct Layer {
    pub(crate) name: &'static str,
    pub(crate) knows: &'static [&'static str],
}

/// Every folder of `src/`, lowest first. `src/lib.rs` and `src/main.rs` stand above them all.
pub(crate) const LAYERS: &[Layer] = &[
    Layer { name: "text", knows: &[] },
    Layer { name: "duplicates", knows: &["text"] },
    Layer { name: "flags", knows: &["text", "duplicates"] },
    Layer { name: "checks", knows: &["text"] },
    Layer { name: "model", knows: &["text", "checks", "flags"] },
    Layer { name: "stats", knows: &[] },
    Layer { name: "scoring", knows: &["text", "checks", "model", "stats"] },
    Layer { name: "analysis", knows: &["text", "duplicates", "flags", "model", "stats", "scoring"] },
    Layer { name: "io", knows: &["text", "checks", "model", "stats", "scoring", "analysis"] },
    Layer {
        name: "workbench",
        knows: &["text", "duplicates", "flags", "checks", "model", "stats", "scoring", "analysis", "io"],
    },
    Layer {
        name: "cli",
        knows: &["text", "duplicates", "flags", "checks", "model", "stats", "scoring", "analysis", "io", "workbench"],
    },
    Layer {
        name: "ui",
        knows: &["text", "flags", "checks", "model", "stats", "scoring", "analysis", "io", "workbench"],
    },
];

/// Where a rule holds. Entries are the beginnings of paths.
pub(crate) enum Where {
    Only(&'static [&'static str]),
    AllBut(&'static [&'static str]),
}

/// What a rule looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum In {
    Paths,
    Strings,
}

/// Something that may not be named somewhere.
pub(crate) struct Rule {
    /// What is forbidden, as it ends the sentence "… names".
    pub(crate) forbids: &'static str,
    /// A regular expression that matches it.
    pub(crate) pattern: &'static str,
    pub(crate) within: In,
    pub(crate) applies: Where,
    pub(crate) because: &'static str,
    /// Code that breaks the rule, in a file where it holds: shows that it is caught.
    pub(crate) caught: (&'static str, &'static str),
}

/// The layers that compute: the same inputs give the same results, everywhere and always.
const ENGINE: Where = Where::Only(&[
    "src/text/",
    "src/duplicates/",
    "src/flags/",
    "src/checks/",
    "src/model/",
    "src/stats/",
    "src/scoring/",
    "src/analysis/",
]);

pub(crate) const RULES: &[Rule] = &[
    Rule {
        forbids: "the window toolkit",
        pattern: r"^(egui\w*|eframe|epaint|emath|rfd|winit)(::|$)",
        within: In::Paths,
        applies: Where::AllBut(&["src/ui/", "src/main.rs"]),
        because: "the engine and the command line are built without a window",
        caught: ("src/workbench/state.rs", "use egui::Color32;"),
    },
    Rule {
        forbids: "files, processes or the environment",
        pattern: r"^std::(fs|env|process|os)(::|$)|^(fs|File|OpenOptions)::|^(tempfile|memmap2?)(::|$)",
        within: In::Paths,
        applies: ENGINE,
        because: "what computes touches nothing outside its arguments; files belong to io",
        caught: ("src/model/project.rs", "use std::{fmt, fs};"),
    },
    Rule {
        forbids: "the clock",
        pattern: r"(^|::)(Instant|SystemTime)(::|$)",
        within: In::Paths,
        applies: ENGINE,
        because: "results do not depend on when they were computed; times are passed in",
        caught: ("src/scoring/run.rs", "let start = std::time::Instant::now();"),
    },
    Rule {
        forbids: "randomness",
        pattern: r"^(rand\w*|getrandom|fastrand|oorandom)(::|$)|(^|::)thread_rng$",
        within: In::Paths,
        applies: ENGINE,
        because: "what is random is drawn from a generator of our own with a stated seed",
        caught: ("src/stats/bootstrap.rs", "let mut rng = rand::thread_rng();"),
    },
    Rule {
        forbids: "the network",
        pattern: r"^std::net(::|$)|(^|::)(TcpStream|TcpListener|UdpSocket)(::|$)",
        within: In::Paths,
        applies: Where::AllBut(&[]),
        because: "what people judge stays on their machine",
        caught: ("src/io/fetch.rs", "use std::net::TcpStream;"),
    },
    Rule {
        forbids: "a raw colour",
        pattern: r"(^|::)(Color32|Rgba|Hsva)::(from_\w+|new|BLACK|WHITE|\w*GR[AE]Y|\w*RED|\w*GREEN|\w*BLUE|\w*YELLOW|BROWN|ORANGE|KHAKI|GOLD|CYAN|MAGENTA|PURPLE)$|(^|::)hex_color!$",
        within: In::Paths,
        applies: Where::AllBut(&["src/ui/theme"]),
        because: "colours come from the theme, which has them for light, dark and the colour-blind",
        caught: ("src/ui/rubric/row.rs", "let red = egui::Color32::from_rgb(200, 0, 0);"),
    },
    Rule {
        forbids: "a raw colour",
        pattern: r"^#([0-9a-fA-F]{6}|[0-9a-fA-F]{8})$",
        within: In::Strings,
        applies: Where::AllBut(&["src/ui/theme"]),
        because: "colours come from the theme, which has them for light, dark and the colour-blind",
        caught: ("src/ui/plot.rs", "let red = colour(\"#b3261e\");"),
    },
    Rule {
        forbids: "the terminal",
        pattern: r"(^|::)(e?print(ln)?|dbg)!$",
        within: In::Paths,
        applies: Where::AllBut(&["src/cli/", "src/main.rs"]),
        because: "only the command line speaks to the terminal; everyone else returns what they have to say",
        caught: ("src/io/jsonl.rs", "eprintln!(\"bad row\");"),
    },
];

/// The longest a source file may be, in lines. Most are a third of this: a longer one holds two things.
pub(crate) const LONGEST: usize = 600;

/// Crates that the command line must not bring along.
pub(crate) const WINDOW_CRATES: &[&str] = &["egui", "eframe", "rfd", "winit"];

/// Crates that speak to other machines: not even the window brings one along.
pub(crate) const NETWORK_CRATES: &[&str] =
    &["curl", "hyper", "native-tls", "openssl", "reqwest", "rustls", "tokio", "tungstenite", "ureq"];
