//! Projects to analyse, and what every analysis must hold to.

use rubrica::analysis::{Analysis, Earlier, Inputs, Options, analyse};
use rubrica::io::import::{self, Input, Overrides};
use rubrica::io::rubric_file;
use rubrica::model::review::{Act, Entry, Judgements, ReviewLog, RowIndex};
use rubrica::model::{Dataset, Rubric, Settings};
use rubrica::scoring::{Progress, Results, compile, score_columns};
use rubrica::workbench::query::{Matcher, parse};
use serde_json::Value;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// An act with the seconds it took.
pub(crate) type Timed = (Act, Option<f64>);

/// Responses under a rubric, and what people said of them.
pub(crate) struct Case {
    pub(crate) dataset: Arc<Dataset>,
    pub(crate) rubric: Rubric,
    pub(crate) results: Results,
    pub(crate) logs: Vec<Arc<ReviewLog>>,
    pub(crate) judgements: Arc<Judgements>,
}

impl Case {
    /// Of lines of JSON.
    pub(crate) fn new(rubric: &str, lines: &str) -> Self {
        Self::of(rubric, &[Input::Bytes { name: "answers.jsonl".into(), bytes: lines.as_bytes().to_vec() }])
    }

    pub(crate) fn of(rubric: &str, inputs: &[Input]) -> Self {
        let watch = import::Watch { cancel: &AtomicBool::new(false), progress: &|_| {} };
        let import = import::open(inputs, &Overrides::default(), &watch).unwrap();
        let judged = import.judged;
        // Without a rubric what was rated is one.
        let rubric = match rubric {
            "" => Rubric { dimensions: judged.dimensions, ..Rubric::default() },
            text => rubric_file::read(text).rubric.unwrap(),
        };
        let logs = judged.logs.into_iter().map(Arc::new).collect();
        Self::judged_by(Arc::new(import.dataset), rubric, logs)
    }

    /// The same responses under another rubric.
    pub(crate) fn under(&self, rubric: &str) -> Self {
        let rubric = rubric_file::read(rubric).rubric.unwrap();
        Self::judged_by(self.dataset.clone(), rubric, self.logs.clone())
    }

    fn judged_by(dataset: Arc<Dataset>, rubric: Rubric, logs: Vec<Arc<ReviewLog>>) -> Self {
        let judgements = Arc::new(Judgements::new(&logs, &RowIndex::new(dataset.clone()), &rubric));
        let results = scored(&dataset, &rubric, &judgements);
        Self { dataset, rubric, results, logs, judgements }
    }

    /// With what each reviewer did, one thing a minute, each with the seconds it took.
    pub(crate) fn judged(self, reviewers: &[(&str, Vec<Timed>)]) -> Self {
        self.judged_every(60, reviewers)
    }

    /// With what each reviewer did, as files without times have it.
    pub(crate) fn judged_at_once(self, reviewers: &[(&str, Vec<Act>)]) -> Self {
        let untimed = |acts: &[Act]| acts.iter().map(|act| (act.clone(), None)).collect();
        let reviewers: Vec<(&str, Vec<Timed>)> = reviewers.iter().map(|(name, acts)| (*name, untimed(acts))).collect();
        self.judged_every(0, &reviewers)
    }

    fn judged_every(self, seconds_between: i64, reviewers: &[(&str, Vec<Timed>)]) -> Self {
        let log = |(name, acts): &(&str, Vec<Timed>)| {
            let entry = |(at, (act, seconds)): (usize, &Timed)| Entry {
                id: format!("{name}-{at}"),
                at: jiff::Timestamp::from_second(seconds_between * at as i64).unwrap(),
                seconds: *seconds,
                act: act.clone(),
            };
            Arc::new(ReviewLog::new(name, acts.iter().enumerate().map(entry).collect()))
        };
        Self::judged_by(self.dataset, self.rubric, reviewers.iter().map(log).collect())
    }

    pub(crate) fn analyse(&self) -> Analysis {
        self.analyse_since(None, "")
    }

    /// With options of its own.
    pub(crate) fn analyse_by(&self, options: &Options) -> Analysis {
        self.analyse_all(None, "", options)
    }

    /// What `filter` selects, compared with `earlier`.
    pub(crate) fn analyse_since(&self, earlier: Option<&Self>, filter: &str) -> Analysis {
        self.analyse_all(earlier, filter, &Options::default())
    }

    /// Checks what must hold of every analysis.
    fn analyse_all(&self, earlier: Option<&Self>, filter: &str, options: &Options) -> Analysis {
        let rows = self.matching(filter);
        let inputs = Inputs {
            dataset: &self.dataset,
            rubric: &self.rubric,
            results: &self.results,
            judgements: &self.judgements,
            logs: &self.logs,
            settings: &Settings::default(),
            rows: Some(&rows),
            filter,
            earlier: earlier.map(|earlier| Earlier {
                name: "before",
                dataset: &earlier.dataset,
                rubric: &earlier.rubric,
                results: &earlier.results,
            }),
        };
        let analysis = analyse(&inputs, options, &Progress::default()).unwrap();
        let json = serde_json::to_value(&analysis).unwrap();
        assert!(self.check_filters(&json) > 0);
        analysis
    }

    /// The rows that `filter` selects.
    pub(crate) fn matching(&self, filter: &str) -> Vec<u32> {
        let query = parse(filter, self.results.rubric()).unwrap_or_else(|error| panic!("{filter}: {error}"));
        let matcher = Matcher::new(&query, &self.dataset, &self.results);
        (0..self.results.len()).filter(|&row| matcher.matches(row)).map(|row| row as u32).collect()
    }

    /// Every count in `json` that stands beside a filter is how many responses it shows, and every filter can be
    /// understood. Gives how many counts there were.
    fn check_filters(&self, json: &Value) -> usize {
        let mut counts = 0;
        match json {
            Value::Object(object) => {
                if let (Some(n), Some(filter), 2) = (object.get("n"), object.get("filter"), object.len()) {
                    let filter = filter.as_str().unwrap();
                    assert_eq!(Some(self.matching(filter).len() as u64), n.as_u64(), "{filter}");
                    counts += 1;
                }
                for (key, value) in object {
                    match value {
                        Value::String(filter) if key == "filter" => {
                            self.matching(filter);
                        }
                        Value::Array(filters) if key == "filters" => {
                            filters.iter().for_each(|filter| {
                                self.matching(filter.as_str().unwrap());
                            });
                        }
                        _ => counts += self.check_filters(value),
                    }
                }
            }
            Value::Array(values) => counts += values.iter().map(|value| self.check_filters(value)).sum::<usize>(),
            _ => {}
        }
        counts
    }
}

fn scored(dataset: &Dataset, rubric: &Rubric, judgements: &Arc<Judgements>) -> Results {
    let compiled = compile(rubric, None).rubric;
    let (checks, of_criteria) = compiled.checks();
    let columns: Vec<_> =
        score_columns(dataset, &checks, &Progress::default()).unwrap().into_iter().map(Arc::new).collect();
    let columns = of_criteria.into_iter().map(|check| check.map(|check| columns[check].clone())).collect();
    Results::judged(compiled.clone(), columns, judgements, dataset.responses().len())
}

/// The folder of real data, or a word about its absence.
pub(crate) fn realdata() -> Option<PathBuf> {
    let found = std::env::var_os("RUBRICA_REALDATA").map(PathBuf::from);
    if found.is_none() {
        eprintln!("skipped: RUBRICA_REALDATA names no folder of real data");
    }
    found
}

#[track_caller]
pub(crate) fn close(found: Option<f64>, expected: f64, tolerance: f64) {
    let found = found.unwrap_or_else(|| panic!("nothing, and not {expected}"));
    assert!((found - expected).abs() <= tolerance, "{found} and not {expected}");
}
