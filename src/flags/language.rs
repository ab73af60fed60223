//! Another language than the prompt's.

use super::words::is_ideographic;
use super::{Basis, Flag, FlagSettings, Info, Kind};
use crate::text::fences;
use regex::Regex;
use std::borrow::Cow;
use std::sync::LazyLock;
use whatlang::{Lang, Script};

pub(super) const INFO: Info = Info {
    id: "language",
    name: "Other language",
    summary: "The response is in another language than its prompt, which asked for none.",
    details: "The language of prompt and response is told by their most frequent sequences of three letters (Cavnar and \
              Trenkle, *N-gram-based text categorization*, 1994), outside of code and links, where both have at least \
              `language_letters` letters (100; a Chinese character or kana counts as three). Between languages of the Latin \
              alphabet the response must also use the small words of its own language and hardly any of the prompt’s, so \
              that lists of names and terms are in none. A prompt that names a language, or asks to translate, gets what \
              it asks for. Languages that are close (Norwegian and Danish, Serbian and Croatian, Spanish and Galician, \
              Czech and Slovak, Hindi and Marathi …) are not told apart.",
    basis: Basis::Texts,
};

/// Letters of a text that are looked at: more do not change what is found.
const LOOKED_AT: usize = 1000;

/// Letters that tell a language of its own script.
const PROMPT_LETTERS: usize = 40;

static ASKS_FOR_ANOTHER: LazyLock<Regex> = LazyLock::new(|| {
    let names = "english|german|french|spanish|portuguese|italian|dutch|swedish|danish|norwegian|finnish|polish|czech|slovak|hungarian|romanian|bulgarian|greek|turkish|russian|ukrainian|serbian|croatian|arabic|hebrew|persian|farsi|hindi|urdu|bengali|tamil|telugu|marathi|gujarati|punjabi|thai|vietnamese|indonesian|malay|tagalog|filipino|swahili|zulu|yoruba|latin|esperanto|catalan|basque|galician|chinese|mandarin|cantonese|japanese|korean|inglés|alemán|francés|portugués|inglês|alemão|francês|espanhol|português|inglese|tedesco|francese|spagnolo|italiano";
    let begun = "englisch|deutsch|französisch|spanisch|anglais|allemand|français|espagnol|español|английск|русск|немецк|translat|übersetz|tradu|tradui|перевед|перевод";
    let words = "languages?|sprachen?|langues?|idiomas?|linguas?|línguas?|multilingual|bilingual";
    let others = "英語|日本語|中国語|韓国語|フランス語|ドイツ語|スペイン語|翻訳|和訳|英訳|英语|英文|中文|日语|法语|德语|西班牙语|翻译|영어|한국어|일본어|중국어|번역";
    // A word that begins so is one whatever follows, and is not looked at further: any letter takes a lot of memory.
    Regex::new(&format!(r"(?i)\b(?:(?:{names}|{words})\b|{begun})|{others}")).expect("it is a valid pattern")
});

/// What is known of the language of a prompt.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked(Option<(Lang, Script)>);

impl Asked {
    /// Of a prompt; nothing where it is too short to tell, or asks for a language.
    pub(super) fn new(prompt: &str, settings: &FlagSettings) -> Self {
        let words = sample(prompt);
        // Most prompts are shorter than their answers.
        let least = (settings.language_letters as usize).min(PROMPT_LETTERS * 2);
        let told = (letters(&words) >= least).then(|| told(&words)).flatten();
        Self(told.filter(|_| !ASKS_FOR_ANOTHER.is_match(prompt)))
    }
}

/// The flag of a response in another language than the one `asked` in.
pub(super) fn flag(text: &str, asked: Asked, settings: &FlagSettings) -> Option<Flag> {
    let (asked, asked_script) = asked.0?;
    let words = sample(text);
    if letters(&words) < settings.language_letters as usize || small_words(&words, asked) >= SMALL_WORDS {
        return None;
    }
    let (said, script) = told(&words)?;
    if said == asked || is_close(said, asked) {
        return None;
    }
    if script == Script::Latin {
        let own = small_words(&words, said);
        let others = if asked_script == Script::Latin { small_words(&words, asked) } else { 0.0 };
        // Names and terms have no small words, and are in no language.
        if own < SMALL_WORDS || own < 4.0 * others {
            return None;
        }
    } else if share_of(&words, script) < 0.7 {
        return None;
    }
    let why = format!("The prompt is in {}, the response in {}.", name(asked), name(said));
    Some(Flag::new(Kind::Language, why))
}

/// The share of a text's words that are a language's small ones from which it is in that language.
const SMALL_WORDS: f64 = 0.12;

fn told(words: &str) -> Option<(Lang, Script)> {
    let info = whatlang::detect(words)?;
    let is_sure = info.is_reliable() || info.script() != Script::Latin && info.confidence() > 0.5;
    is_sure.then(|| (info.lang(), info.script()))
}

fn name(lang: Lang) -> &'static str {
    match lang {
        Lang::Cmn => "Chinese",
        other => other.eng_name(),
    }
}

/// The beginning of a text without code and links.
fn sample(text: &str) -> Cow<'_, str> {
    let head = &text[..text.floor_char_boundary(LOOKED_AT * 8)];
    let mut prose = Cow::Borrowed(head);
    if head.contains("```") {
        let mut without = String::new();
        let mut start = 0;
        for fence in fences(head) {
            without.push_str(&head[start..fence.whole.start]);
            start = fence.whole.end;
        }
        without.push_str(&head[start..]);
        prose = Cow::Owned(without);
    }
    if prose.contains("://") || prose.contains('`') {
        let plain = |word: &&str| !word.contains("://") && !word.contains('`');
        prose = Cow::Owned(prose.split_whitespace().filter(plain).collect::<Vec<_>>().join(" "));
    }
    let end = prose.char_indices().nth(LOOKED_AT).map_or(prose.len(), |(at, _)| at);
    match prose {
        Cow::Borrowed(prose) => Cow::Borrowed(&prose[..end]),
        Cow::Owned(mut prose) => {
            prose.truncate(end);
            Cow::Owned(prose)
        }
    }
}

fn letters(words: &str) -> usize {
    words.chars().filter(|c| c.is_alphabetic()).map(|c| if is_ideographic(c) { 3 } else { 1 }).sum()
}

/// The share of a text's letters that are of `script`.
fn share_of(words: &str, script: Script) -> f64 {
    let (mut own, mut all) = (0usize, 0usize);
    for c in words.chars().filter(|c| c.is_alphabetic()) {
        all += 1;
        own += usize::from(match script {
            Script::Mandarin | Script::Hiragana | Script::Katakana => is_ideographic(c),
            _ => !c.is_ascii(),
        });
    }
    own as f64 / all.max(1) as f64
}

/// Whether two languages are too close to be told apart.
fn is_close(a: Lang, b: Lang) -> bool {
    const FAMILIES: &[&[Lang]] = &[
        &[Lang::Nob, Lang::Dan, Lang::Swe],
        &[Lang::Spa, Lang::Por, Lang::Cat, Lang::Ita],
        &[Lang::Hrv, Lang::Srp, Lang::Slv],
        &[Lang::Ces, Lang::Slk],
        &[Lang::Rus, Lang::Ukr, Lang::Bel, Lang::Bul, Lang::Mkd, Lang::Srp],
        &[Lang::Hin, Lang::Mar, Lang::Nep],
        &[Lang::Tur, Lang::Aze],
        &[Lang::Ind, Lang::Jav],
        &[Lang::Ara, Lang::Pes, Lang::Urd],
        &[Lang::Nld, Lang::Afr],
        &[Lang::Cmn, Lang::Jpn],
    ];
    // Spanish and Portuguese are told apart by their small words.
    let told_by_words = |lang| !small_words_of(lang).is_empty();
    FAMILIES.iter().any(|family| family.contains(&a) && family.contains(&b))
        && !(matches!((a, b), (Lang::Spa, Lang::Por) | (Lang::Por, Lang::Spa)) && told_by_words(a))
}

/// The share of the words that are small words of `lang`, 0..=1; 0 where they are not known.
fn small_words(words: &str, lang: Lang) -> f64 {
    let list = small_words_of(lang);
    if list.is_empty() {
        return 0.0;
    }
    let (mut own, mut all) = (0usize, 0usize);
    for word in words.split(|c: char| !c.is_alphabetic() && c != '’' && c != '\'').filter(|word| !word.is_empty()) {
        all += 1;
        own += usize::from(list.iter().any(|small| word.eq_ignore_ascii_case(small)));
    }
    own as f64 / all.max(1) as f64
}

/// The most frequent small words of a language that are few in others.
fn small_words_of(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::Eng => &[
            "the", "of", "and", "to", "is", "in", "for", "that", "with", "it", "are", "you", "your", "this", "be",
            "can", "or", "from", "by", "was", "have", "will", "which", "not", "they",
        ],
        Lang::Deu => &[
            "der", "die", "und", "das", "ist", "ein", "eine", "den", "zu", "mit", "sich", "auf", "für", "nicht", "dem",
            "von", "werden", "oder", "im", "einen", "auch", "sie", "wird", "des",
        ],
        Lang::Fra => &[
            "le", "la", "les", "et", "des", "est", "une", "un", "du", "que", "pour", "dans", "qui", "en", "il", "vous",
            "sur", "pas", "avec", "ce", "sont", "au", "ou", "de",
        ],
        Lang::Spa => &[
            "el", "la", "los", "las", "y", "que", "en", "una", "un", "del", "es", "para", "con", "por", "se", "su",
            "al", "lo", "más", "como", "puede", "de",
        ],
        Lang::Por => &[
            "o", "os", "e", "que", "em", "uma", "um", "do", "da", "dos", "das", "é", "para", "com", "não", "por", "se",
            "ao", "mais", "como", "são", "no", "na", "de",
        ],
        Lang::Ita => &[
            "il", "di", "che", "e", "la", "è", "per", "un", "una", "del", "della", "con", "non", "sono", "gli", "le",
            "nel", "si", "dei", "come", "più",
        ],
        Lang::Nld => &[
            "de", "het", "een", "en", "van", "is", "op", "te", "dat", "die", "niet", "zijn", "voor", "met", "aan",
            "om", "ook", "wordt", "bij",
        ],
        Lang::Swe => &[
            "och", "att", "det", "som", "en", "på", "är", "av", "för", "med", "den", "till", "inte", "ett", "kan",
            "eller",
        ],
        Lang::Dan | Lang::Nob => &[
            "og", "at", "det", "som", "en", "på", "er", "af", "av", "for", "med", "den", "til", "ikke", "et", "kan",
            "eller", "å",
        ],
        Lang::Fin => &["ja", "on", "ei", "se", "että", "tai", "ovat", "kuin", "voi", "joka", "myös", "niin"],
        Lang::Pol => &[
            "i", "w", "na", "z", "się", "nie", "do", "jest", "to", "że", "oraz", "lub", "od", "dla", "są", "o", "przez",
        ],
        Lang::Ces | Lang::Slk => &[
            "a", "v", "na", "se", "je", "že", "to", "z", "do", "pro", "nebo", "jsou", "sa", "aby", "ktoré", "které",
            "s",
        ],
        Lang::Hun => &["a", "az", "és", "hogy", "egy", "nem", "is", "vagy", "van", "meg", "de"],
        Lang::Ron => {
            &["și", "de", "în", "la", "cu", "a", "este", "sau", "pentru", "că", "un", "o", "din", "pe", "nu", "care"]
        }
        Lang::Tur => &["ve", "bir", "bu", "için", "ile", "de", "da", "olarak", "veya", "çok", "gibi", "daha"],
        Lang::Ind => &[
            "yang", "dan", "di", "untuk", "dengan", "dari", "ini", "dalam", "adalah", "pada", "atau", "anda", "dapat",
            "itu", "ke",
        ],
        Lang::Vie => &["và", "của", "là", "các", "có", "cho", "một", "được", "những", "trong", "không", "với", "để"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "Please explain in a few sentences how a rate limiter works and why one would use it in front of a public service that many people call.";
    const GERMAN: &str = "Ein Ratenbegrenzer zählt die Anfragen, die in einer bestimmten Zeit eingehen, und lehnt ab, was zu viel ist. So wird der Dienst nicht überlastet, und die anderen können ihn weiter benutzen.";
    const PORTUGUESE: &str = "Um limitador de taxa conta os pedidos que chegam em um determinado tempo e recusa o que é demais. Assim o serviço não fica sobrecarregado e os outros podem continuar a usá-lo.";
    const JAPANESE: &str = "レートリミッターは一定時間内に届く要求を数え、多すぎるものを拒否します。これによりサービスは過負荷にならず、他の利用者も使い続けることができます。";

    #[track_caller]
    fn check(prompt: &str, text: &str, why: Option<&str>) {
        let settings = FlagSettings::default();
        let flag = flag(text, Asked::new(prompt, &settings), &settings);
        assert_eq!(flag.map(|flag| flag.why).as_deref(), why, "{text}");
    }

    #[test]
    fn an_answer_in_another_language_is_seen() {
        check(ENGLISH, GERMAN, Some("The prompt is in English, the response in German."));
        check(ENGLISH, PORTUGUESE, Some("The prompt is in English, the response in Portuguese."));
        check(ENGLISH, JAPANESE, Some("The prompt is in English, the response in Japanese."));
        check(JAPANESE, ENGLISH, Some("The prompt is in Japanese, the response in English."));
        check(GERMAN, ENGLISH, Some("The prompt is in German, the response in English."));
    }

    #[test]
    fn what_was_asked_for_or_cannot_be_told_is_left_alone() {
        check(ENGLISH, ENGLISH, None);
        check(JAPANESE, JAPANESE, None);
        check(&format!("Translate this: {ENGLISH}"), GERMAN, None);
        check(&format!("{ENGLISH} Answer in Japanese."), JAPANESE, None);
        check(&format!("{JAPANESE}英語で答えてください。"), ENGLISH, None);
        check(ENGLISH, "Guten Tag", None);
        check("Hi", GERMAN, None);
        check(
            ENGLISH,
            "Johann Sebastian Bach, Ludwig van Beethoven, Wolfgang Amadeus Mozart, Franz Schubert, Robert Schumann, Johannes Brahms, Anton Bruckner, Gustav Mahler",
            None,
        );
        check(ENGLISH, &format!("```\n{GERMAN}\n```\nThat is what it says."), None);
    }
}
