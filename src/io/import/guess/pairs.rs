//! Columns that come in twos: what rows say of the first of two responses, and of the second.

use super::super::table::{ColumnInfo, ColumnKind, Table};

/// What tells the two apart; the first of each is the first response.
const MARKS: &[(&str, &str)] = &[
    ("a", "b"),
    ("1", "2"),
    ("0", "1"),
    ("x", "y"),
    ("left", "right"),
    ("first", "second"),
    ("chosen", "rejected"),
    ("winner", "loser"),
    ("winning", "losing"),
    ("win", "lose"),
    ("better", "worse"),
    ("preferred", "dispreferred"),
];
/// Marks that say themselves which is better.
const VERDICTS: [&str; 6] = ["chosen", "winner", "winning", "win", "better", "preferred"];
/// What follows the second: with it they are more than two.
const THIRDS: [(&str, &str); 3] = [("a", "c"), ("1", "3"), ("0", "2")];

/// What the two columns hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Responses,
    Models,
    Ids,
    Ratings,
    Verdicts,
    Reasons,
}

/// Two columns.
#[derive(Clone, Debug)]
pub(super) struct Pair<'a> {
    pub(super) kind: Kind,
    pub(super) first: &'a ColumnInfo,
    pub(super) second: &'a ColumnInfo,
    /// Whether the names say that the first is better.
    pub(super) is_verdict: bool,
    /// Whether the first is numbered 0.
    pub(super) from_zero: bool,
}

const MODEL_WORDS: &[&str] =
    &["model", "models", "generator", "system", "provider", "engine", "llm", "policy", "player", "competitor", "bot"];
const RATING_WORDS: &[&str] = &["score", "scores", "rating", "ratings", "reward", "grade", "points", "stars"];
const VERDICT_WORDS: &[&str] = &["winner", "verdict", "preference", "preferred"];
const REASON_WORDS: &[&str] = &["judgment", "judgement", "reason", "rationale", "explanation"];
const RESPONSE_WORDS: &[&str] = &[
    "output",
    "outputs",
    "response",
    "answer",
    "completion",
    "text",
    "conversation",
    "generation",
    "result",
    "summary",
    "reply",
    "message",
    "messages",
    "translation",
    "content",
    "assistant",
    "candidate",
    "option",
    "story",
    "continuation",
    "prediction",
    "ref",
];
/// From this mean length on, a text is a response rather than a name.
const NAME_CHARS: f64 = 40.0;

/// All pairs among the file's own columns, in the order of the columns.
pub(super) fn pairs(table: &Table) -> Vec<Pair<'_>> {
    let own: Vec<(Vec<String>, &ColumnInfo)> =
        table.columns.iter().filter(|column| !column.nested).map(|column| (tokens(&column.name), column)).collect();
    let find = |tokens: &[String]| own.iter().find(|(other, _)| other.as_slice() == tokens).map(|(_, column)| *column);
    let mut found: Vec<Pair<'_>> = Vec::new();
    for (tokens, first) in &own {
        for (mark, other) in MARKS {
            let Some(at) = tokens.iter().position(|token| token == mark) else { continue };
            let with = |mark: &str| {
                let mut tokens = tokens.clone();
                mark.clone_into(&mut tokens[at]);
                find(&tokens)
            };
            let Some(second) = with(other) else { continue };
            if THIRDS.iter().any(|(one, third)| one == mark && with(third).is_some())
                || found.iter().any(|pair| pair.first.name == second.name || pair.second.name == first.name)
            {
                continue;
            }
            let stem: Vec<&str> =
                tokens.iter().enumerate().filter(|(index, _)| *index != at).map(|(_, token)| token.as_str()).collect();
            // What was chosen is a text, however short.
            let is_text = *mark == "chosen" && first.kind == ColumnKind::Text;
            let kind =
                kind(&stem, first).map(|kind| if is_text && kind == Kind::Models { Kind::Responses } else { kind });
            if let Some(kind) = kind {
                let (is_verdict, from_zero) = (VERDICTS.contains(mark), *mark == "0");
                found.push(Pair { kind, first, second, is_verdict, from_zero });
            }
            break;
        }
    }
    found
}

fn kind(stem: &[&str], column: &ColumnInfo) -> Option<Kind> {
    let has = |words: &[&str]| stem.iter().any(|token| words.contains(token));
    let is_number = matches!(column.kind, ColumnKind::Number | ColumnKind::Bool);
    match column.kind {
        ColumnKind::Empty => None,
        _ if has(VERDICT_WORDS) && stem.first() == Some(&"g") => Some(Kind::Verdicts),
        _ if has(REASON_WORDS) && stem.first() == Some(&"g") => Some(Kind::Reasons),
        _ if has(MODEL_WORDS) => {
            Some(Kind::Models).filter(|_| column.mean_chars < 2.0 * NAME_CHARS && !has(VERDICT_WORDS))
        }
        _ if has(RATING_WORDS) => Some(Kind::Ratings).filter(|_| is_number),
        _ if matches!(stem.last(), Some(&"id" | &"uid" | &"uuid" | &"key")) => Some(Kind::Ids),
        _ if has(RESPONSE_WORDS) => Some(Kind::Responses).filter(|_| column.kind != ColumnKind::Bool),
        ColumnKind::List | ColumnKind::Object | ColumnKind::Mixed if stem.is_empty() => Some(Kind::Responses),
        _ if stem.is_empty() && column.mean_chars >= NAME_CHARS => Some(Kind::Responses),
        _ if stem.is_empty() => Some(Kind::Models),
        _ => None,
    }
}

/// The parts of a column's name in small letters: words, and numbers by themselves.
pub(super) fn tokens(name: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut before: Option<char> = None;
    for c in name.chars() {
        let begins = match before {
            _ if !c.is_alphanumeric() => false,
            None => true,
            Some(last) if !last.is_alphanumeric() => true,
            Some(last) => (last.is_lowercase() && c.is_uppercase()) || last.is_ascii_digit() != c.is_ascii_digit(),
        };
        if begins {
            tokens.push(String::new());
        }
        if let Some(token) = tokens.last_mut().filter(|_| c.is_alphanumeric()) {
            token.extend(c.to_lowercase());
        }
        before = Some(c);
    }
    tokens
}

/// What two columns are both called: what is left without that which tells them apart.
pub(in super::super) fn shared_name(first: &str, second: &str) -> String {
    let (first, second) = (tokens(first), tokens(second));
    let shared: Vec<&str> = first.iter().filter(|token| second.contains(token)).map(String::as_str).collect();
    let words: Vec<&str> = shared.into_iter().filter(|token| !token.chars().all(|c| c.is_ascii_digit())).collect();
    if words.is_empty() { "score".to_owned() } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::{shared_name, tokens};

    #[test]
    fn names_have_parts() {
        let check = |name: &str, expected: &str| assert_eq!(tokens(name).join(" "), expected, "{name}");
        check("output_1", "output 1");
        check("answer1_id", "answer 1 id");
        check("modelA", "model a");
        check("g1_winner", "g 1 winner");
        check("left", "left");
        check("score[0]", "score 0");
        assert_eq!(shared_name("score_chosen", "score_rejected"), "score");
        assert_eq!(shared_name("score[0]", "score[1]"), "score");
        assert_eq!(shared_name("a", "b"), "score");
    }
}
