//! The model names itself or its maker. The same names are what blind review hides.

use super::names::{AMBIGUOUS, CERTAIN, COMMON, VERSIONED};
use super::{Basis, Flag, Info, Kind, flag::quoted};
use crate::text::Span;
use regex::{Regex, RegexBuilder};
use std::ops::Range;
use std::sync::LazyLock;

pub(super) const INFO: Info = Info {
    id: "self-name",
    name: "Names itself",
    summary: "The model names itself or its maker.",
    details: "Whoever judges such a response knows, or believes to know, whose it is. A name counts where the model \
              speaks of itself: *I am …*, *my name is …* and the like in a dozen languages, *as …, I*, or, in a sentence \
              about itself, *made by …*. Names are those of well-known models and makers and of the models of this \
              project, of the first 500 of them. A name that the prompt brings up does not count: then the model was asked about it or told to be \
              it. *As an AI language model* names nobody and is no flag. Blind review hides more than this: every \
              name that means a model wherever it stands, and names that mean other things too (*Claude*, *Gemini*, \
              *Alpaca*) where the model speaks of itself or a version follows.",
    basis: Basis::Texts,
};

/// Finds names of models and makers.
#[derive(Debug)]
pub struct Namer {
    /// Any name at all: without a match there is nothing to find.
    any: Regex,
    /// What tells names that mean a model. It takes memory, and is not made where no text has any name.
    telling: LazyLock<Telling, Box<dyn FnOnce() -> Telling + Send>>,
}

/// What tells names that mean a model.
#[derive(Debug)]
struct Telling {
    /// Names that stand for themselves.
    certain: Regex,
    /// Sentences in which the model says who it is; the name is group 1.
    claims: Vec<Regex>,
}

/// The spans in `text` of all names of models and makers, `own_names` of this dataset's models among them: disjoint,
/// in order. For many texts make one [`Namer`].
pub fn names(text: &str, own_names: &[String]) -> Vec<Span> {
    Namer::new(own_names).names(text)
}

/// First person and the verb that a name follows.
const I_AM: &str = r"(?:i am|i['’]m|my name is|call me|i am called|i['’]m called|i go by|you are (?:talking|chatting|speaking) (?:to|with)|ich bin|mein name ist|ich heiße|je suis|je m['’]appelle|mon nom est|(?:yo )?soy|me llamo|mi nombre es|(?:eu )?sou|me chamo|meu nome é|(?:io )?sono|mi chiamo|ik ben|mijn naam is|jestem|меня зовут|я —|я -|saya adalah|ben )";

/// In Chinese, Japanese and Korean no space stands between.
const I_AM_UNSPACED: &str = r"(?:我是|我叫|我的名字是|我的名字叫|私は|わたしは|私の名前は|僕は|저는|나는|제 이름은)";

/// What stands between the verb and the name.
const ARTICLES: &str =
    r"(?:(?:the|o|a|el|la|le|der|die|das|your|known as|called|named|actually|just|simply|indeed|here)\s+){0,3}";

/// A model says what it is.
const SELF: &str = r"(?:\bi\b|\bi['’]m\b|\bmy\b|\bme\b|\bas an? (?:\w+ ){0,3}?(?:ai|assistant|model|chatbot)\b|\bich\b|\bje\b|\bsoy\b|\bsou\b|\bfui\b|私は|我是|저는)";

/// Who made it.
const MADE_BY: &str = r"(?:created|developed|trained|made|built|designed|produced|powered|provided|owned|operated|fine-?tuned|programmed|entwickelt|trainiert|erstellt|développé|créé|entraîné|desarrollad[oa]|cread[oa]|entrenad[oa]|desenvolvid[oa]|criad[oa]|treinad[oa]|sviluppat[oa]|creat[oa])\s+(?:by|von|par|por|da|dal)\s+(?:(?:the|a|an|our|researchers|engineers|scientists|people|team|developers|folks|company|at|from|of|der|dem|la|el|o|os|a)\s+){0,5}";

impl Namer {
    /// Finds the well-known names and `own_names`, those of the models at hand.
    pub fn new(own_names: &[String]) -> Self {
        let (own_certain, own_ambiguous) = own(own_names);
        let certain: Vec<String> = CERTAIN.iter().map(|name| separated(name)).chain(own_certain).collect();
        let versioned = VERSIONED.iter().map(|name| format!(r"{name}[-_ ]?(?:v|version )?[0-9]+(?:\.[0-9]+)*b?"));
        let certain = bounded(&certain.into_iter().chain(versioned).collect::<Vec<_>>());
        let ambiguous: Vec<String> = AMBIGUOUS.iter().map(|name| separated(name)).chain(own_ambiguous).collect();
        let name = format!("(?:{certain}|{})", bounded(&ambiguous));
        let name =
            format!(r"({name}(?:(?:[-_ ]|\s)(?:[0-9]+(?:\.[0-9]+)*b?|pro|ultra|opus|sonnet|haiku|turbo|chat)\b)?)");
        // A name is the end of what is said, or a phrase of its own: “I am Claude Monet’s neighbour” is not.
        let end = r"(?:\s*(?:[.,!?;:)\]。、，！]|$)|\s+(?:and|an?|the|from|by|by the|und|et|y|e|eine?|your|here|version|model|as|but|which|who|developed|created|trained|made)\b|(?:です|と|，|といい|이라|입니다|입))";
        let claims = [
            format!(r"\b{I_AM}\s*{ARTICLES}{name}{end}"),
            format!(r"{I_AM_UNSPACED}\s*{name}"),
            format!(r"{SELF}[^.!?\n。]{{0,160}}?\b{MADE_BY}{name}"),
            format!(
                r"(?:由|によって)?{name}(?:开发|创建|训练|研发|が開発|が作成|に開発|によって開発|에서 개발|이 개발)"
            ),
            format!(r"\bas {ARTICLES}{name},? (?:i\b|my\b|an ai)"),
            format!(
                r"\b(?:ai|language model|assistant|chatbot)(?: (?:model|assistant|chatbot))? (?:named|called|known as) {name}"
            ),
        ];
        let any = format!("(?:{certain}|{})", bounded(&ambiguous));
        let telling =
            move || Telling { certain: regex(&certain), claims: claims.iter().map(|claim| regex(claim)).collect() };
        Self { any: regex(&any), telling: LazyLock::new(Box::new(telling)) }
    }

    /// All names in `text`, disjoint and in order: what blind review hides.
    pub fn names(&self, text: &str) -> Vec<Span> {
        if !self.any.is_match(text) {
            return Vec::new();
        }
        let certain = self.telling.certain.find_iter(text).map(|found| found.range());
        merged(certain.chain(self.claimed(text)).collect())
    }

    /// The names by which `text` says whose it is, disjoint and in order.
    pub fn claims(&self, text: &str) -> Vec<Span> {
        if self.any.is_match(text) { merged(self.claimed(text).collect()) } else { Vec::new() }
    }

    fn claimed<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        // A name that means other things too is written as a name, or it is one of those.
        let is_name = |name: &regex::Match<'_>| {
            !name.as_str().starts_with(|c: char| c.is_ascii_lowercase()) || self.telling.certain.is_match(name.as_str())
        };
        let name = move |found: regex::Captures<'a>| found.get(1).filter(is_name).map(|name| name.range());
        self.telling.claims.iter().flat_map(move |claim| claim.captures_iter(text).filter_map(name))
    }

    /// The flag of a response that says whose it is.
    pub(super) fn flag(&self, text: &str, prompt: &str) -> Option<Flag> {
        let mut claims = self.claims(text);
        if claims.is_empty() {
            return None;
        }
        let prompt = prompt.to_lowercase();
        claims.retain(|claim| !prompt.contains(stem(&claim.of(text).to_lowercase())));
        let name = claims.first()?.of(text);
        let why = format!("The model names itself or its maker: {}.", quoted(name, 40));
        Some(Flag { spans: claims, ..Flag::new(Kind::SelfName, why) })
    }
}

/// The part of a name before a version.
fn stem(name: &str) -> &str {
    let end = name.find(|c: char| c.is_ascii_digit() || c == ' ' || c == '-').unwrap_or(name.len());
    if end < 3 { name } else { &name[..end] }
}

/// So many names of this project's models are looked for. With more, what was taken for a model is hardly one, and
/// looking for all of them would take hours.
const MOST_OWN: usize = 500;

/// Patterns for `names`: those that stand for themselves, and those that need to be said of oneself.
fn own(names: &[String]) -> (Vec<String>, Vec<String>) {
    let (mut certain, mut ambiguous) = (Vec::new(), Vec::new());
    // A name may come with the folder or the organisation it is kept under.
    let names = names.iter().take(MOST_OWN).flat_map(|name| name.rsplit(['/', ':']).take(2));
    for name in names {
        let parts: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
        let telling = |part: &&str| part.chars().count() >= 4 && !COMMON.contains(&part.to_lowercase().as_str());
        let is_word = |part: &&&str| part.chars().all(char::is_alphabetic) && telling(part);
        let has_number = name.contains(|c: char| c.is_ascii_digit());
        if parts.len() > 1 && has_number && parts.iter().any(telling) {
            certain.push(parts.iter().map(|part| regex::escape(part)).collect::<Vec<_>>().join(SEPARATOR));
        }
        if let Some(word) = parts.iter().find(is_word) {
            ambiguous.push(regex::escape(word));
        }
    }
    for patterns in [&mut certain, &mut ambiguous] {
        patterns.sort_unstable();
        patterns.dedup();
    }
    (certain, ambiguous)
}

/// What may stand between the parts of a name.
const SEPARATOR: &str = r"[-_ ./]?";

fn separated(name: &str) -> String {
    name.replace(" ?", "\u{1}").replace(' ', "[-_ ]").replace('\u{1}', SEPARATOR)
}

/// Any of `names`, not inside a longer word of Latin letters.
fn bounded(names: &[String]) -> String {
    // ASCII boundaries: in Japanese and Chinese a name stands between characters that are letters too.
    let (ascii, other): (Vec<&str>, Vec<&str>) = names.iter().map(String::as_str).partition(|name| name.is_ascii());
    let mut pattern = format!(r"(?-u:\b)(?:{})(?-u:\b)", ascii.join("|"));
    if !other.is_empty() {
        pattern = format!("(?:{pattern}|{})", other.join("|"));
    }
    pattern
}

fn regex(pattern: &str) -> Regex {
    let mut builder = RegexBuilder::new(pattern);
    builder
        .case_insensitive(true)
        .size_limit(usize::MAX)
        .build()
        .expect("a pattern of escaped and fixed parts is valid")
}

fn merged(mut places: Vec<Range<usize>>) -> Vec<Span> {
    places.sort_unstable_by_key(|place| (place.start, place.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for place in places {
        match out.last_mut() {
            Some(last) if place.start < last.end => last.end = last.end.max(place.end),
            _ => out.push(place),
        }
    }
    out.into_iter().map(Span::new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own_names() -> Vec<String> {
        ["text_davinci_003", "alpaca-7b", "gemma-2b-it", "org/dune-7b", "baseline", "human", "A"]
            .map(str::to_owned)
            .into()
    }

    /// The places in «» are all the names.
    #[track_caller]
    fn hides(marked: &str) {
        let text = marked.replace(['«', '»'], "");
        let mut found = text.clone();
        for span in names(&text, &own_names()).into_iter().rev() {
            found.insert(span.end as usize, '»');
            found.insert(span.start as usize, '«');
        }
        assert_eq!(found, marked);
    }

    #[test]
    fn names_are_found_wherever_they_mean_a_model() {
        hides("As «ChatGPT», made by «OpenAI», I cannot. «GPT-4» and «gpt 3.5» can; so can «Claude 3» and «Llama-2».");
        hides("I am «Claude», an assistant made by «Anthropic».");
        hides("Claude Monet was a painter, Gemini is a sign, the alpaca a camelid and a falcon a bird.");
        hides("My name is «Gemini» and I was trained by «Google». Google is a company.");
        hides("Ich bin «Claude». Je suis «Bard», et «DeepMind» m’a fait.");
        hides("私は«ChatGPT»です。«OpenAI»によって開発されました。");
        hides("我是«通义千问»，由«阿里云»开发。");
        hides("I am Phil. I am Claudette. This is a bard. I’m Apple-cheeked.");
    }

    #[test]
    fn names_of_the_models_at_hand_are_found_however_they_are_spelt() {
        hides("«Text-Davinci-003» and «text davinci 003» against «Alpaca 7B», «gemma-2b-it» and «dune 7b».");
        hides("I am «Dune», your assistant. A dune is a hill of sand; the baseline is human.");
    }

    #[track_caller]
    fn check(text: &str, prompt: &str, named: Option<&str>) {
        let flag = Namer::new(&own_names()).flag(text, prompt);
        assert_eq!(flag.as_ref().map(|flag| flag.spans[0].of(text)), named, "{text}");
    }

    #[test]
    fn a_flag_is_raised_where_the_model_says_who_it_is() {
        check("Hello! I'm ChatGPT, how can I help?", "Hi", Some("ChatGPT"));
        check("As a large language model trained by OpenAI, I cannot.", "Why?", Some("OpenAI"));
        check("I was made by the team at Meta.", "Who are you?", Some("Meta"));
        check("ChatGPT was developed by OpenAI.", "What is a chatbot?", None);
        check("As an AI language model, I have no name.", "Who are you?", None);
        check("I am ChatGPT.", "Pretend you are ChatGPT.", None);
        check("I bought it from Amazon and I am from Sydney.", "Write a story.", None);
    }
}
