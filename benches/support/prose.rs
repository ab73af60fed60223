//! Made-up responses as JSON Lines, by a generator with a fixed seed.

/// What the responses are like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Reasoned answers of some 2,500 bytes.
    Answers,
    /// One sentence.
    Short,
    /// Ten million bytes each.
    Huge,
    /// An escape in every few words.
    Escapes,
    /// Cyrillic, Chinese and emoji.
    Unicode,
}

impl Shape {
    /// Every shape.
    pub(crate) const ALL: [Self; 5] = [Self::Answers, Self::Short, Self::Huge, Self::Escapes, Self::Unicode];

    /// Its name in the results.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Answers => "answers",
            Self::Short => "short",
            Self::Huge => "huge",
            Self::Escapes => "escapes",
            Self::Unicode => "unicode",
        }
    }

    /// Words of this shape, as they stand inside a JSON string.
    fn words(self) -> &'static [&'static str] {
        match self {
            Self::Answers | Self::Short | Self::Huge => &[
                "the",
                "limit",
                "holds",
                "because",
                "every",
                "request",
                "Answer",
                "counts",
                "towards",
                "a",
                "window",
                "of",
                "time",
                "Assume",
                "Steps",
                "that",
                "clients",
                "retry",
                "for",
                "example",
                "consult",
                "and",
                "ethical",
                "questions",
                "remain",
                "TO",
                "DO",
                "in",
                "practice",
                "3.14",
                "42",
                "not",
                "provided",
            ],
            Self::Escapes => &[
                r#"\"the"#,
                r#"limit\""#,
                r"caf\u00e9",
                r"a\tb",
                r"\\frac{1}{2}",
                "every",
                "request",
                r"C:\\temp",
                "Answer",
                "window",
                r"na\u00efve",
                "time",
            ],
            Self::Unicode => &[
                "предел",
                "запросов",
                "потому",
                "что",
                "окно",
                "времени",
                "限制",
                "每个",
                "请求",
                "因为",
                "🙂",
                "été",
                "Answer",
            ],
        }
    }

    /// Bytes of the shortest response, about, and by how much others are longer at most.
    fn length(self) -> (usize, usize) {
        match self {
            Self::Answers | Self::Escapes | Self::Unicode => (500, 4_000),
            Self::Short => (40, 120),
            Self::Huge => (10_000_000, 1),
        }
    }

    /// About `bytes` bytes of JSON Lines; at least one response.
    pub(crate) fn json_lines(self, bytes: usize) -> Vec<u8> {
        const MODELS: [&str; 4] = ["aurora", "borealis", "cirrus", "dune"];
        let mut random = Random(0x5eed);
        let mut out = String::with_capacity(bytes + 8_192);
        let mut row = 0;
        while row == 0 || out.len() < bytes {
            let (prompt, model) = (row / MODELS.len(), MODELS[row % MODELS.len()]);
            out.push_str(&format!(
                r#"{{"id": "p{prompt}.{model}", "prompt_id": "p{prompt}", "model": "{model}", "response": ""#
            ));
            self.response(&mut random, &mut out);
            out.push_str("\"}\n");
            row += 1;
        }
        out.into_bytes()
    }

    fn response(self, random: &mut Random, out: &mut String) {
        let (least, spread) = self.length();
        let end = out.len() + least + random.below(spread);
        for heading in ["## Assumptions\\n", "## Steps\\n"] {
            if random.below(3) > 0 {
                out.push_str(heading);
            }
        }
        while out.len() < end {
            for _ in 0..6 + random.below(14) {
                out.push_str(random.of(self.words()));
                out.push(' ');
            }
            out.push_str(random.of(&["Then.", "So it is.\\n", "Why?\\n\\n", "Yes:\\n- "]));
        }
        out.push_str(random.of(&["\\nAnswer: 42", "\\nAnswer: it depends", "\\nTODO", "", "\\n**Answer:** 7"]));
        for caveat in ["does not provide medical advice", "consult a qualified professional", "ethical considerations"]
        {
            if random.below(4) == 0 {
                out.push_str("\\nThis ");
                out.push_str(caveat);
            }
        }
    }
}

/// Marsaglia's xorshift: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}
