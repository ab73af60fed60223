//! The model declines.

use super::{Basis, Flag, Info, Kind, flag::quoted};
use regex::{Regex, bytes};
use std::ops::Range;
use std::sync::LazyLock;

pub(super) const INFO: Info = Info {
    id: "refusal",
    name: "Refusal",
    summary: "The model declines to do what the prompt asks.",
    details: "In the first 400 characters, outside of code and quotes, stands a phrase by which models decline: an \
              apology or *I* with *cannot*, *am not able to*, *won’t* and a verb of helping (*assist*, *provide*, \
              *answer* …), a statement of what the model lacks (*I don’t have access to*, *as an AI I do not have \
              opinions*), or a call on its rules (*against my guidelines*). English, German, French, Spanish, Portuguese, \
              Italian, Japanese, Chinese and Korean. The verb of helping keeps letters of regret apart, which decline \
              for somebody else: *I cannot attend*. A phrase after a list or a *note that*, or before a long *however* or *here is*, is a \
              warning beside an answer, and no refusal.",
    basis: Basis::Texts,
};

/// Bytes at the beginning of a response in which it declines.
const LOOKED_AT: usize = 400;

/// What models say. Each says *I*, that it will not or cannot, and what.
const PHRASES: &[&str] = &[
    // I cannot help.
    r"\bi(?:['’]m| am)? ?(?:really |truly |very |terribly )?(?:sorry|apologi[sz]e)[^.!?\n]{0,60}?\b(?:i |i['’]m |but |as an ai )[^.!?\n]{0,40}?(?:can['’]?t|cannot|can not|could not|couldn['’]t|unable|not able|won['’]t|will not|not allowed|don['’]t (?:have|know|understand)|do not (?:have|know|understand)|am not)",
    r"\bi(?: simply| just| really| also)? (?:can['’]?t|cannot|can not|could not|couldn['’]t|won['’]t|will not|am unable to|am not able to|am not allowed to|am not programmed to|am not designed to|must decline to|must refuse to|refuse to|decline to|have to decline)(?: actually| directly| really| in good conscience| personally| ethically| currently| possibly)? (?:help (?:you|with|in|him|her|them)|help[.,!]|help$|assist|provide|offer|answer|fulfil+|comply|do that|do this|complete (?:this|that|your)|generate|create|write|produce|engage|support|participate|discuss|give (?:you|advice|medical|legal|financial|instructions|an opinion|personal)|share|respond|access|browse|open|view|see (?:the|your|any|images)|display|play|process|satisfy|condone|promote|endorse|encourage|recommend|speak on|predict|perform|execute|facilitate|continue (?:with )?this|fulfill)",
    r"\bi['’]m (?:unable|not able|not allowed|not permitted|not programmed|not designed) to (?:help (?:you|with|in)|help[.,!]|help$|assist|provide|offer|answer|fulfil+|comply|do that|do this|complete|generate|create|write|produce|engage|support|participate|discuss|give|share|respond|access|browse|open|view|see|display|play|process|satisfy|perform|predict|execute|have|form)",
    // I lack what it takes.
    r"\b(?:as|being) an? [^.!?\n]{0,30}?(?:ai|language model|artificial intelligence|chatbot|assistant)\b[^.!?\n]{0,40}?\bi (?:do not|don['’]t|cannot|can['’]?t|am unable|am not|have no|lack|would not|wouldn['’]t|will not|won['’]t)",
    r"\bi(?:['’]m| am) (?:just |only )?an? [^.!?\n]{0,30}?(?:ai|language model|artificial intelligence|chatbot)\b[^.!?\n]{0,40}?\b(?:i (?:do not|don['’]t|cannot|can['’]?t|am unable|am not)|so i)",
    r"\bi (?:do not|don['’]t|currently do not|currently don['’]t) have (?:access to|the ability to|the capability to|personal (?:opinions|experiences|beliefs|preferences|feelings)|real[- ]time|enough information to (?:answer|provide))",
    r"\bmy (?:purpose|goal|role|function|job) is to (?:help|assist|provide)[^.!?\n]{0,80}\b(?:cannot|can['’]?t|not able|unable|not appropriate)",
    // It is against the rules.
    r"\b(?:goes |is |would be |be )?against my (?:programming|guidelines|principles|policy|policies|ethic\w*|values|core|content)",
    r"\bi (?:am bound|must adhere|have to adhere|am programmed to (?:follow|adhere|avoid))",
    r"\b(?:it is|it['’]s|it would be|this (?:is|request is)|that (?:is|would be)) (?:not (?:appropriate|ethical|possible|acceptable)|inappropriate|unethical|illegal|unsafe) (?:for me |and i )",
    // Other languages.
    r"\bes tut mir (?:sehr )?leid[^.!?\n]{0,60}?(?:kann|darf|werde|bin|habe)\b[^.!?\n]{0,80}?(?:nicht|kein)",
    r"\b(?:kann|darf|werde) ich (?:dir |ihnen |dabei |leider |hier |darauf )*(?:nicht|keine[nr]?) [^.!?\n]{0,40}?(?:helfen|unterstützen|beantworten|bereitstellen|antworten|geben|weiterhelfen|auskunft)",
    r"\bich kann (?:dir |ihnen |dabei |leider |hier |diese \w+ |darauf )*(?:nicht|keine[nr]?) [^.!?\n]{0,40}?(?:helfen|unterstützen|beantworten|bereitstellen|antworten|geben|weiterhelfen)",
    r"\bje (?:suis désolée?|regrette|m['’]excuse)[^.!?\n]{0,60}?\bje ne (?:peux|suis|dispose|puis|sais)",
    r"\bje ne (?:peux|suis) pas (?:vous |t['’]|en mesure de |capable de |autorisée? à )*(?:aider|fournir|répondre|donner|accéder|assister|créer|générer)",
    r"\blo siento[^.!?\n]{0,40}?\b(?:no puedo|no tengo|no me es posible|no estoy|no soy)",
    r"\bno puedo (?:ayudar|proporcionar|responder|ofrecer|cumplir|generar|crear|asistir|brindar|acceder|dar)",
    r"\b(?:sinto muito|desculpe|lamento|me desculpe)[^.!?\n]{0,40}?\b(?:não posso|não consigo|não tenho|não sou|não é possível)",
    r"\bnão (?:posso|consigo) (?:ajudar|fornecer|responder|oferecer|gerar|criar|atender|acessar|dar|realizar|te ajudar|ajudá)",
    r"\b(?:mi dispiace|spiacente)[^.!?\n]{0,40}?\bnon (?:posso|ho|sono|riesco)",
    r"(?:申し訳(?:ありません|ございません|ない)|すみません|ごめんなさい)[^。\n]{0,60}?(?:できません|できかねます|お答えでき|お手伝いでき|お応えでき|分かりません|わかりません|ありません|いたしかねます)",
    r"(?:私は|AIとして|人工知能|言語モデル)[^。\n]{0,60}?(?:お答えできません|回答できません|お手伝いできません|提供できません|持っていません|お答えすることはできません|回答することはできません)",
    r"(?:抱歉|对不起|對不起|很遗憾|很遺憾)[^。\n]{0,40}?(?:无法|不能|無法|没有|沒有|不会|不會)",
    r"(?:作为|作為)(?:一个|一個)?(?:AI|人工智能|人工智慧|语言模型|語言模型|大型语言模型)[^。\n]{0,40}?(?:无法|不能|無法|没有|沒有)",
    r"(?:죄송|미안)[^\n]{0,60}?(?:할 수 없|수 없습니다|없습니다|드릴 수)",
];

static REFUSES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&any_of(str::to_owned)).expect("the phrases are valid patterns"));

/// The same within words too, and with anything between the parts of a phrase. Where words end can be told fast in ASCII
/// alone, and in most texts this finds nothing already: then the other, which counts the letters between and takes ten times
/// the memory, is not even made.
static MAY_REFUSE: LazyLock<bytes::Regex> = LazyLock::new(|| {
    let between = Regex::new(r"\[\^[^]]*\]\{0,\d+\}\??|\\w[+*]").expect("it is a valid pattern");
    let pattern = any_of(|phrase| between.replace_all(phrase, "(?-u:.)*").replace(r"\b", ""));
    bytes::Regex::new(&pattern).expect("it is a valid pattern")
});

fn any_of(written: impl Fn(&str) -> String) -> String {
    let any: Vec<String> = PHRASES.iter().map(|phrase| format!("(?:{})", written(phrase))).collect();
    format!("(?i){}", any.join("|"))
}

/// The flag of a response that declines.
pub(super) fn flag(text: &str) -> Option<Flag> {
    let phrase = phrase(text)?;
    Some(Flag::new(Kind::Refusal, format!("The model declines: {}.", quoted(&text[phrase.clone()], 80))).at(phrase))
}

/// Where it declines.
fn phrase(text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start().len();
    // What somebody else says, or code prints, is not said by the model.
    if text[start..].starts_with(['"', '“', '„', '«', '「', '`', '{', '<', '>', '[']) {
        return None;
    }
    let head = &text[start..text.floor_char_boundary(start + LOOKED_AT)];
    let head = &head[..head.find("```").unwrap_or(head.len())];
    if !MAY_REFUSE.is_match(head.as_bytes()) {
        return None;
    }
    let found = REFUSES.find(head)?;
    let before = &head[..found.start()];
    let is_whole = !is_said_by_others(before) && !is_aside(before, &text[start + found.end()..]);
    is_whole.then(|| start + found.start()..start + found.end())
}

/// Inside of quotes, or in a letter, somebody else declines.
fn is_said_by_others(before: &str) -> bool {
    let openings = ["Dear ", "Hi ", "Hello ", "Subject:", "Sehr geehrte", "Liebe", "Estimad", "Prezad", "Car", "Cher"];
    let opens_letter = |line: &str| {
        let line = line.trim();
        openings.iter().any(|opening| line.starts_with(opening)) && line.ends_with([',', ':', ']'])
    };
    before.matches(['“', '„', '«', '「']).count() > before.matches(['”', '»', '」']).count()
        || before.matches('"').count() % 2 == 1
        || before.lines().any(opens_letter)
}

/// Whether the answer is given, and the phrase only a note beside it: after a list, as a note, or before a long *but*.
fn is_aside(before: &str, after: &str) -> bool {
    let is_item = |line: &str| {
        let line = line.trim_start();
        line.starts_with(['-', '*', '•']) || line.starts_with(|c: char| c.is_ascii_digit()) && line.contains(". ")
    };
    let lower = before.to_lowercase();
    let note = ["note that", "keep in mind", "be aware", "disclaimer"].iter().any(|words| lower.contains(words));
    let turn =
        ["however", "but i can", "that said", "with that in mind", "nevertheless", "here is", "here are", "here's"];
    let next = after[..after.floor_char_boundary(LOOKED_AT)].to_lowercase();
    let turns = turn.iter().any(|words| next.contains(words));
    note || before.lines().any(is_item) || turns && after.chars().nth(LONG).is_some()
}

/// Characters after a *however* that are an answer and no condolence.
const LONG: usize = 500;

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(phrase(text).map(|place| &text[place]), expected, "{text}");
    }

    #[track_caller]
    fn refuses(text: &str) {
        assert!(phrase(text).is_some(), "{text}");
    }

    #[test]
    fn models_decline_in_several_languages() {
        check("I’m sorry, but I can’t assist with that.", Some("I’m sorry, but I can’t"));
        check("I cannot provide medical advice. Ask a doctor.", Some("I cannot provide"));
        refuses("As an AI language model, I don't have personal opinions.");
        refuses("This is against my guidelines.");
        refuses("Es tut mir leid, aber dabei kann ich nicht helfen.");
        refuses("Lo siento, pero no puedo ayudar con eso.");
        refuses("Desculpe, mas não posso responder a essa pergunta.");
        refuses("申し訳ありませんが、その質問にはお答えできません。");
        refuses("抱歉，我无法回答这个问题。");
        refuses("죄송합니다. 그 요청은 도와드릴 수 없습니다.");
    }

    #[test]
    fn others_may_decline_without_the_model_doing_so() {
        check("I cannot attend the meeting on Friday, as I am travelling.", None);
        check("Dear Ms Doe,\n\nI am sorry, but I cannot offer you the position.", None);
        check("“I’m sorry, I can’t help you,” said the fox.", None);
        check("The fox said: \"I cannot help you.\"", None);
        check("```\nraise Error('I cannot provide')\n```", None);
        check("A cache cannot help here. I would drop it.", None);
        check("I cannot help the way I feel\nabout the lord up high", None);
        check("- Rest\n- Drink\n\nPlease note that I cannot provide medical advice.", None);
        check(&format!("As an AI, I do not have feelings. However, I can list some: {}", "joy, ".repeat(120)), None);
        check("", None);
        let late = format!("{} I cannot provide more.", "This is a long and helpful answer. ".repeat(20));
        check(&late, None);
    }
}
