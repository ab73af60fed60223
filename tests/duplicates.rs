//! Texts that are the same or alike: what is found, what never is, and what it costs.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]

use rubrica::duplicates::{Duplicates, Settings, Watch, find, steps};
use rubrica::io::import::{self, Input, Overrides};
use rubrica::model::{Dataset, DatasetBuilder, ImportReport, NewPrompt, NewResponse, Project, Rubric};
use rubrica::workbench::{Command, Workbench};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

const QUIETLY: Watch<'_> = Watch { cancelled: &|| false, advance: &|_| {} };

fn found_with<T: AsRef<str> + Sync>(texts: &[T], settings: Settings) -> Duplicates {
    find(texts.len(), |row| Some(texts[row].as_ref()), settings, &QUIETLY).unwrap()
}

fn found<T: AsRef<str> + Sync>(texts: &[T]) -> Duplicates {
    found_with(texts, Settings::default())
}

/// Numbers without a pattern, from a stated seed: Vigna's SplitMix64 (2015).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ z >> 31) % limit as u64) as usize
    }

    fn words(&mut self, count: usize) -> Vec<String> {
        (0..count).map(|_| format!("w{}", self.below(5000))).collect()
    }

    /// `words` with `edits` of them changed, taken out or doubled.
    fn edited(&mut self, words: &[String], edits: usize) -> Vec<String> {
        let mut words = words.to_vec();
        for _ in 0..edits {
            let at = self.below(words.len());
            match self.below(3) {
                0 => words[at] = format!("e{}", self.below(5000)),
                1 if words.len() > 1 => drop(words.remove(at)),
                _ => words.insert(at, words[at].clone()),
            }
        }
        words
    }
}

/// Texts of the given lengths in words, each with a few edited copies among the others.
fn families(seed: u64, lengths: &[usize], count: usize) -> Vec<String> {
    let mut dice = Dice(seed);
    let mut texts = Vec::new();
    while texts.len() < count {
        let length = lengths[dice.below(lengths.len())];
        let words = dice.words(length);
        for _ in 0..dice.below(4) {
            let edits = dice.below(1 + length / 15);
            let place = dice.below(texts.len() + 1);
            let copy = dice.edited(&words, edits).join(" ");
            texts.insert(place, copy);
        }
        texts.push(words.join(" "));
    }
    texts.truncate(count);
    texts
}

/// The runs of words in a text of plain words.
fn runs(text: &str, shingle: usize) -> HashSet<Vec<&str>> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(shingle).map(<[&str]>::to_vec).collect()
}

/// The share of runs that both have.
fn similarity(a: &HashSet<Vec<&str>>, b: &HashSet<Vec<&str>>) -> f64 {
    let both = a.intersection(b).count();
    if both == 0 { 0.0 } else { both as f64 / (a.len() + b.len() - both) as f64 }
}

/// Compares with a search of all pairs; gives how many pairs reach the threshold, and how many of them were missed.
#[track_caller]
fn check_against_all_pairs(texts: &[String], settings: Settings) -> (usize, usize) {
    let found = found_with(texts, settings);
    let runs: Vec<_> = texts.iter().map(|text| runs(text, settings.shingle)).collect();
    let mut alike: HashMap<usize, Vec<usize>> = HashMap::new();
    let (mut pairs, mut missed) = (0, 0);
    for b in 0..texts.len() {
        for a in 0..b {
            let similarity = similarity(&runs[a], &runs[b]);
            let reached = similarity >= settings.threshold || texts[a] == texts[b];
            let together = found.first_similar(a) == found.first_similar(b);
            if reached {
                pairs += 1;
                missed += usize::from(!together);
                alike.entry(a).or_default().push(b);
                alike.entry(b).or_default().push(a);
                assert!(together || similarity < settings.threshold + 0.1, "{similarity}: {a} and {b} were missed");
            }
            if found.first_similar(b) == a && texts[a] != texts[b] {
                assert!((found.similarity(b) - similarity).abs() < 1e-12, "{b} is {similarity} like {a}");
            }
        }
    }
    // A group hangs together by pairs that reach the threshold.
    for group in found.similar_groups() {
        let (mut reached, mut next) = (HashSet::from([group[0] as usize]), vec![group[0] as usize]);
        while let Some(row) = next.pop() {
            next.extend(alike.get(&row).into_iter().flatten().filter(|&&other| reached.insert(other)));
        }
        assert!(group.iter().all(|&row| reached.contains(&(row as usize))), "{group:?} has a stranger");
    }
    (pairs, missed)
}

#[test]
fn what_reaches_the_threshold_is_found_and_nothing_else_is() {
    for (threshold, shingle) in [(0.5, 5), (0.6, 3), (0.7, 4), (0.8, 5), (0.9, 2), (1.0, 5)] {
        let settings = Settings { threshold, shingle };
        let (mut pairs, mut missed) = (0, 0);
        for (seed, lengths) in [&[6, 10, 14, 20][..], &[20, 40, 60], &[100, 200]].into_iter().enumerate() {
            let (more, less) = check_against_all_pairs(&families(seed as u64, lengths, 250), settings);
            pairs += more;
            missed += less;
        }
        assert!(pairs > 80, "threshold {threshold}: only {pairs} pairs");
        assert!(missed * 100 <= pairs, "threshold {threshold}: {missed} of {pairs} pairs were missed");
    }
}

#[test]
fn pairs_at_the_threshold_are_found_as_often_as_is_said() {
    let mut dice = Dice(7);
    for length in [12, 30, 100, 500] {
        let mut texts = Vec::new();
        let mut pairs = Vec::new();
        while pairs.len() < 500 {
            // The end is cut off, so that 80 to 81 % of the shingles are shared.
            let words = dice.words(length);
            let shingles = length - 4;
            let kept = (shingles * 4).div_ceil(5) + 4;
            texts.push(words.join(" "));
            texts.push(words[..kept].join(" "));
            pairs.push(texts.len() - 1);
        }
        let found = found(&texts);
        let together = pairs.iter().filter(|&&row| found.first_similar(row) == row - 1).count();
        assert!(Settings::default().recall(0.8) > 0.99);
        assert!(together >= 495, "{length} words: {together} of 500");
    }
}

#[test]
fn the_same_means_byte_for_byte() {
    let texts = ["Of course!", "As an AI", "Of course!", "of course!", "Of  course!", "Of course! ", "Of course!", ""];
    let found = found(&texts);
    assert_eq!(found.equal_groups(), [[0, 2, 6]]);
    assert_eq!(found.similar_groups(), [[0, 2, 6]], "short texts are alike only when they are the same");
    assert_eq!((found.first_equal(6), found.is_copy(6), found.is_copy(0)), (0, true, false));
    assert_eq!(found.similarity(6), 1.0);
}

#[test]
fn alike_overlooks_case_punctuation_and_white_space() {
    let texts = ["A token bucket per key, refilled every second.", "a token bucket\n\nper key: REFILLED every second"];
    let found = found(&texts);
    assert!(found.equal_groups().is_empty());
    assert_eq!(found.similar_groups(), [[0, 1]]);
    assert_eq!(found.similarity(1), 1.0);
}

#[test]
fn characters_are_compared_where_words_are_not_spaced() {
    let japanese = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗いじめじめした所でニャーニャー泣いていた事だけは記憶している。";
    let thai = "ประเทศไทยมีกรุงเทพมหานครเป็นเมืองหลวงและเป็นศูนย์กลางทางเศรษฐกิจของประเทศ";
    let texts = [
        japanese.to_owned(),
        thai.to_owned(),
        japanese.replace("記憶", "記録"),
        thai.replace("ของประเทศ", ""),
        "私は犬です。名前はもうあります。東京の病院で生まれたと聞いていますが、詳しいことは知りません。".to_owned(),
    ];
    assert_eq!(found(&texts).similar_groups(), [[0, 2], [1, 3]]);
}

#[test]
fn blank_and_missing_texts_are_the_same_as_no_other() {
    let texts = [Some(""), None, Some(""), Some(" \n"), None, Some(" \n")];
    let found = find(texts.len(), |row| texts[row], Settings::default(), &QUIETLY).unwrap();
    assert!(found.equal_groups().is_empty() && found.similar_groups().is_empty());
    assert!(found_with::<&str>(&[], Settings::default()).is_empty());
}

#[test]
fn settings_out_of_range_are_taken_as_the_nearest_within() {
    let texts = families(1, &[20, 50], 300);
    let given = |threshold, shingle| found_with(&texts, Settings { threshold, shingle });
    assert_eq!(given(-1.0, 0), given(0.5, 1));
    assert_eq!(given(7.0, 99), given(1.0, 16));
    assert_eq!(given(f64::NAN, 5), given(0.8, 5));
}

#[test]
fn the_result_is_the_same_on_any_number_of_threads() {
    let mut texts = families(3, &[5, 30, 200], 1200);
    texts.extend((0..1500).map(|number| template(200, number)));
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| found(&texts))
    };
    let one = on(1);
    assert!(one.similar_groups().len() > 100);
    for threads in [2, 3, 8] {
        assert!(on(threads) == one, "{threads} threads");
    }
}

/// A long text with a number in it.
fn template(length: usize, number: usize) -> String {
    let words: Vec<String> = (0..length).map(|word| format!("t{word}")).collect();
    format!("{} number {number} {}", words[..length / 2].join(" "), words[length / 2..].join(" "))
}

/// `count` texts of 100 words, of which the first `boiler` are the same in all.
fn boilerplate(count: usize, boiler: usize) -> Vec<String> {
    let mut dice = Dice(11);
    let start = dice.words(boiler).join(" ");
    (0..count).map(|_| format!("{start} {}", dice.words(100 - boiler).join(" "))).collect()
}

#[test]
fn the_work_grows_with_the_number_of_texts_and_not_with_its_square() {
    type Texts = fn(usize) -> Vec<String>;
    let sorts: [(&str, Texts); 7] = [
        ("all the same", |count| vec![template(50, 1); count]),
        ("one template", |count| (0..count).map(|number| template(200, number)).collect()),
        ("two templates", |count| (0..count).map(|number| template(200 + number % 2, number)).collect()),
        ("half the same words", |count| boilerplate(count, 65)),
        ("nearly enough the same words", |count| boilerplate(count, 88)),
        ("short", |count| (0..count).map(|number| format!("The answer is certainly {}", number % 1000)).collect()),
        ("families", |count| families(5, &[10, 50, 150], count)),
    ];
    for (name, texts) in sorts {
        for count in [1000, 2000] {
            let work = found(&texts(count)).work();
            // At most four comparisons a text and band, and there are 21 bands.
            assert!(work.looked_at <= 4 * 21 * count as u64, "{name}, {count} texts: {work:?}");
            assert!(work.verified <= work.looked_at, "{name}: {work:?}");
        }
        let (half, whole) = (found(&texts(2000)).work(), found(&texts(4000)).work());
        assert!(whole.looked_at <= 3 * half.looked_at + 2000, "{name}: {half:?}, doubled: {whole:?}");
    }
}

#[test]
fn a_million_from_one_template_would_be_one_group() {
    let texts: Vec<String> = (0..3000).map(|number| template(200, number)).collect();
    let found = found(&texts);
    assert_eq!(found.similar_groups().len(), 1);
    assert_eq!(found.similar_groups()[0].len(), texts.len());
    assert!(found.work().verified < 3 * texts.len() as u64, "{:?}", found.work());
}

#[test]
fn pairs_are_found_among_many_with_the_same_beginning() {
    let mut texts = boilerplate(2000, 60);
    for row in (0..2000).step_by(2) {
        texts[row + 1] = format!("{} indeed", texts[row]);
    }
    let groups = found(&texts).similar_groups();
    let pairs = groups.iter().filter(|group| group.len() == 2 && group[0] % 2 == 0 && group[1] == group[0] + 1).count();
    assert!(pairs >= 990, "{pairs} of 1000");
    assert_eq!(pairs, groups.len(), "only pairs are alike");
}

fn add(sum: &AtomicUsize, number: usize) {
    sum.fetch_add(number, Ordering::Relaxed);
}

#[test]
fn it_says_how_far_it_is_and_stops_when_asked() {
    let texts = families(9, &[5, 50], 1000);
    for stop_after in [0, 1, 500, 1000, 1500, 2001, 2999] {
        let done = AtomicUsize::new(0);
        let watch =
            Watch { cancelled: &|| done.load(Ordering::Relaxed) >= stop_after, advance: &|steps| add(&done, steps) };
        assert!(find(texts.len(), |row| Some(texts[row].as_str()), Settings::default(), &watch).is_none());
    }
    let done = AtomicUsize::new(0);
    let watch = Watch { cancelled: &|| false, advance: &|steps| add(&done, steps) };
    find(texts.len(), |row| Some(texts[row].as_str()), Settings::default(), &watch).unwrap();
    assert_eq!(done.into_inner(), steps(texts.len()));
}

/// A workbench with `dataset` open.
fn workbench(dataset: Dataset) -> Workbench {
    let mut bench = Workbench::new(Arc::new(|| {}));
    let project = Project::new("texts", Rubric::default(), dataset, Vec::new(), ImportReport::default());
    bench.open(project);
    bench
}

/// What is listed when a person has typed `filter` and waited.
fn listed(bench: &mut Workbench, filter: &str) -> Vec<u32> {
    bench.execute(Command::SetFilter(filter.to_owned()));
    assert_eq!(bench.filter().error(), None);
    while bench.job().is_some() {
        bench.poll();
        std::thread::yield_now();
    }
    bench.listed().to_vec()
}

#[test]
fn a_person_filters_by_duplicates_and_by_what_is_similar() {
    let long = "The bucket holds ten tokens and every request takes one of them out until it is empty again";
    let texts = ["Of course!", long, "No.", "Of course!", &format!("{long}, always."), "", long, "", "Of course!"];
    let mut builder = DatasetBuilder::default();
    let prompt = builder.add_prompt(NewPrompt { id: "p", ..NewPrompt::default() }).unwrap();
    for (row, text) in texts.into_iter().enumerate() {
        let (id, row) = (format!("r{row}"), row as u32);
        let new = NewResponse { id: &id, prompt, model: "m", text: Ok(text), metadata: None, source: 0, row };
        builder.add_response(new).unwrap();
    }
    let mut bench = workbench(builder.finish());
    assert_eq!(listed(&mut bench, "is:duplicate"), [3, 6, 8]);
    assert_eq!(listed(&mut bench, "is:similar"), [3, 4, 6, 8]);
    assert_eq!(listed(&mut bench, "is:similar -is:duplicate"), [4]);
    assert_eq!(listed(&mut bench, "-is:similar"), [0, 1, 2, 5, 7], "one of each is left, and both that are empty");
    assert_eq!(listed(&mut bench, "is:duplicate course"), [3, 8]);
}

/// What AlpacaEval's `model` said on its 805 prompts.
#[allow(clippy::print_stdout, reason = "who runs the tests is told what was left out")]
fn alpaca_eval(model: &str) -> Option<Dataset> {
    let Some(realdata) = std::env::var_os("RUBRICA_REALDATA").map(PathBuf::from) else {
        println!("skipped: RUBRICA_REALDATA names no folder of real data");
        return None;
    };
    let file = realdata.join("alpaca_eval/results").join(model).join("model_outputs.json");
    let watch = import::Watch { cancel: &AtomicBool::new(false), progress: &|_| {} };
    let import = import::open(&[Input::Path(file)], &Overrides::default(), &watch).unwrap();
    Some(import.dataset)
}

#[test]
fn a_gamed_model_repeats_itself_152_times() {
    let Some(dataset) = alpaca_eval("gpt4_gamed") else { return };
    let mut bench = workbench(dataset);
    assert_eq!(listed(&mut bench, "is:duplicate").len(), 152);
    assert_eq!(listed(&mut bench, "-is:duplicate").len(), 805 - 152);
}

#[test]
fn empty_outputs_are_no_duplicates() {
    let Some(dataset) = alpaca_eval("gemma-2b-it") else { return };
    let mut bench = workbench(dataset);
    assert_eq!(listed(&mut bench, "is:empty").len(), 22);
    assert_eq!(listed(&mut bench, "is:duplicate").len(), 0);
}
