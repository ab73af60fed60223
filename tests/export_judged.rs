//! What people judged, as files for other programs, and scores in columns.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]

use rubrica::io::export::{EXPORTERS, Exporter, Hits, Scored};
use rubrica::io::rubric_file;
use rubrica::model::review::{Act, Choice, Entry, Judgements, Prefer, Purpose, Rank, Rate, ReviewLog, RowIndex};
use rubrica::model::{Dataset, DatasetBuilder, NewPrompt, NewResponse, Rubric};
use rubrica::scoring::{CompiledRubric, Progress, compile};
use serde_json::{Value, json};
use std::sync::Arc;

const RUBRIC: &str = r#"Rubric(dimensions: [(id: "d", criteria: [
    (id: "steps", check: Phrases(phrases: ["Steps"])),
    (id: "tone", human: Points(["bad", "fair", "good"])),
])])"#;

struct Judged {
    dataset: Arc<Dataset>,
    rubric: Arc<CompiledRubric>,
    people: Judgements,
}

fn rate(response: &str, value: Option<f64>, purpose: Purpose) -> Act {
    let (response, criterion, reason) = (response.to_owned(), "tone".to_owned(), "=because".to_owned());
    Act::Rate(Rate { response, criterion, value, scale: [1.0, 3.0], wording: String::new(), reason, purpose })
}

fn prefer(responses: [&str; 2], choice: Choice, purpose: Purpose) -> Act {
    let responses = responses.map(str::to_owned);
    Act::Prefer(Prefer { responses, choice, reason: "clearer".to_owned(), purpose })
}

/// Three responses to one prompt, the last without a text, judged by `anna`.
fn judged(acts: Vec<Act>) -> Judged {
    let mut builder = DatasetBuilder::default();
    let prompt = builder.add_prompt(NewPrompt { id: "p", text: "Why?", ..NewPrompt::default() }).unwrap();
    for (id, text) in [("r0", Ok("Steps é")), ("r1", Ok("Nothing")), ("r2", Err(rubrica::model::Absent::Null))] {
        let new = NewResponse { id, prompt, model: &format!("m-{id}"), text, metadata: None, source: 0, row: 1 };
        builder.add_response(new).unwrap();
    }
    let dataset = Arc::new(builder.finish());
    let rubric: Rubric = rubric_file::read(RUBRIC).rubric.unwrap();
    let entry =
        |(number, act)| Entry { id: format!("s-{number}"), at: jiff::Timestamp::UNIX_EPOCH, seconds: Some(2.5), act };
    let log = ReviewLog::new("anna", acts.into_iter().enumerate().map(entry).collect());
    let people = Judgements::new(&[Arc::new(log)], &RowIndex::new(dataset.clone()), &rubric);
    Judged { dataset, rubric: compile(&rubric, None).rubric, people }
}

fn written(name: &str, judged: &Judged) -> Vec<u8> {
    let scored = Scored {
        dataset: &judged.dataset,
        rubric: &judged.rubric,
        people: Some(&judged.people),
        results: None,
        hits: Hits::Counted,
        flags: None,
        evidence: false,
        provenance: None,
    };
    let mut out = Vec::new();
    assert!(Exporter::find(name).unwrap().write(&scored, &mut out, &Progress::default()).unwrap());
    out
}

#[track_caller]
fn check_preferences(acts: Vec<Act>, chosen_over: &[(&str, &str, &str)]) {
    let out = String::from_utf8(written("preferences", &judged(acts))).unwrap();
    let rows: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let pairs: Vec<_> = rows
        .iter()
        .map(|row| ["chosen_id", "rejected_id", "margin"].map(|key| row[key].as_str().unwrap()))
        .map(|[chosen, rejected, margin]| (chosen, rejected, margin))
        .collect();
    assert_eq!(pairs, chosen_over);
}

#[test]
fn the_better_one_is_chosen_whichever_side_it_stood_on() {
    use Purpose::{Calibrate, Gold, Judge, Repeat};
    check_preferences(vec![prefer(["r0", "r1"], Choice::First, Judge)], &[("r0", "r1", "some")]);
    check_preferences(vec![prefer(["r0", "r1"], Choice::MuchBetterSecond, Judge)], &[("r1", "r0", "much")]);
    check_preferences(vec![prefer(["r0", "r1"], Choice::Tie, Judge)], &[]);
    check_preferences(vec![prefer(["r0", "r1"], Choice::BothBad, Judge)], &[]);
    check_preferences(vec![prefer(["r0", "r2"], Choice::First, Judge)], &[]);
    let others = [Calibrate, Gold, Repeat].map(|purpose| prefer(["r0", "r1"], Choice::First, purpose));
    check_preferences(others.to_vec(), &[]);
    let responses = ["r1", "r0"].map(str::to_owned).to_vec();
    let rank = Rank { responses, ranks: vec![2, 1], reason: String::new(), purpose: Judge };
    check_preferences(vec![Act::Rank(rank)], &[("r0", "r1", "some")]);
}

#[test]
fn a_preference_holds_what_trainers_read() {
    let out = written("preferences", &judged(vec![prefer(["r0", "r1"], Choice::First, Purpose::Judge)]));
    let row: Value = serde_json::from_slice(&out).unwrap();
    let expected = json!({
        "prompt": "Why?", "chosen": "Steps é", "rejected": "Nothing", "chosen_model": "m-r0", "rejected_model": "m-r1",
        "chosen_id": "r0", "rejected_id": "r1", "reviewer": "anna", "margin": "some", "reason": "clearer"
    });
    assert_eq!(row, expected);
}

#[test]
fn ratings_are_a_long_table_in_the_scales_own_units() {
    let acts = vec![
        rate("r0", Some(3.0), Purpose::Judge),
        rate("r1", None, Purpose::Judge),
        rate("r0", Some(2.0), Purpose::Gold),
    ];
    let out = String::from_utf8(written("ratings", &judged(acts))).unwrap();
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].starts_with("reviewer,response_id,prompt_id,model,criterion,value,raw,"), "{out}");
    let (at, because) = ("1970-01-01T00:00:00Z", "'=because");
    assert_eq!(lines[1], format!("anna,r0,p,m-r0,tone,3,1,1,3,judge,false,{at},2.5,{because}"));
    assert_eq!(lines[2], format!("anna,r0,p,m-r0,tone,2,0.5,1,3,gold,false,{at},2.5,{because}"));
    assert_eq!(lines[3], format!("anna,r1,p,m-r1,tone,,,1,3,judge,false,{at},2.5,{because}"));
    assert_eq!(lines.len(), 4);
}

#[test]
fn every_exporter_writes_something_and_has_its_own_name() {
    let judged = judged(vec![rate("r0", Some(3.0), Purpose::Judge)]);
    for (at, exporter) in EXPORTERS.iter().enumerate() {
        assert!(EXPORTERS[..at].iter().all(|before| before.name != exporter.name));
        assert!(exporter.name == "preferences" || !written(exporter.name, &judged).is_empty(), "{}", exporter.name);
    }
}

#[cfg(feature = "parquet")]
#[test]
fn columns_hold_what_rows_say_and_nothing_where_nothing_is() {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    use parquet::record::Field;

    let out = written("parquet", &judged(vec![rate("r0", Some(3.0), Purpose::Judge)]));
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), out).unwrap();
    let reader = SerializedFileReader::new(std::fs::File::open(file.path()).unwrap()).unwrap();
    let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    let column = |name: &str| -> Vec<Field> {
        let field = |row: &parquet::record::Row| {
            row.get_column_iter().find(|(known, _)| *known == name).map(|(_, field)| field.clone()).unwrap()
        };
        rows.iter().map(field).collect()
    };
    let text = |words: &str| Field::Str(words.to_owned());
    assert_eq!(column("id"), [text("r0"), text("r1"), text("r2")]);
    assert_eq!(column("score"), [Field::Double(1.0), Field::Double(0.0), Field::Null]);
    assert_eq!(column("criterion:tone"), [Field::Double(1.0), Field::Null, Field::Null]);
    assert_eq!(column("by:tone"), [text("people"), Field::Null, Field::Null]);
    assert_eq!(column("hits:steps"), [Field::Int(1), Field::Int(0), Field::Int(0)]);
    assert_eq!(column("complete"), [Field::Bool(true), Field::Bool(false), Field::Bool(false)]);
}
