//! Exported scores say what looks odd about a response, in every format, and can be read in again with what they say.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]

use rubrica::flags::{Kind, KindSet};
use rubrica::io::export::{Exporter, Hits, Scored};
use rubrica::io::import::{self, Input, Overrides};
use rubrica::io::rubric_file;
use rubrica::model::{Dataset, DatasetBuilder, ImportReport, NewPrompt, NewResponse, Project, Rubric};
use rubrica::scoring::{Progress, compile};
use rubrica::workbench::{Command, Workbench};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

const LONG: &str = "A rate limiter counts the requests of each key and refuses those that are too many; a bucket that \
                    refills over time allows short bursts, and its size says how large they may be.";

/// A text that stands twice, one that is empty, and one with nothing odd about it.
fn dataset() -> Dataset {
    let mut builder = DatasetBuilder::default();
    let prompt = builder.add_prompt(NewPrompt { id: "p", text: "How?", ..NewPrompt::default() }).unwrap();
    for (id, model, text) in [("r0", "one", LONG), ("r1", "two", ""), ("r2", "two", LONG), ("r3", "three", "By steps.")]
    {
        let new = NewResponse { id, prompt, model, text: Ok(text), metadata: None, source: 0, row: 1 };
        builder.add_response(new).unwrap();
    }
    builder.finish()
}

fn rubric() -> Rubric {
    let source = r#"Rubric(dimensions: [(id: "d", criteria: [(id: "steps", check: Phrases(phrases: ["steps"]))])])"#;
    rubric_file::read(source).rubric.unwrap()
}

fn sets() -> Vec<KindSet> {
    [vec![Kind::Similar, Kind::Duplicate], vec![Kind::Empty], vec![], vec![Kind::SelfName]]
        .map(|kinds| kinds.into_iter().collect())
        .to_vec()
}

fn written(name: &str, flags: Option<&[KindSet]>) -> Vec<u8> {
    let (dataset, rubric) = (dataset(), compile(&rubric(), None).rubric);
    let scored = Scored {
        dataset: &dataset,
        rubric: &rubric,
        people: None,
        hits: Hits::Counted,
        results: None,
        flags,
        evidence: false,
        provenance: None,
    };
    let mut out = Vec::new();
    assert!(Exporter::find(name).unwrap().write(&scored, &mut out, &Progress::default()).unwrap());
    out
}

fn text(name: &str, flags: Option<&[KindSet]>) -> String {
    String::from_utf8(written(name, flags)).unwrap()
}

#[test]
fn programs_read_a_list_of_ids_in_the_order_of_kinds() {
    let rows: Vec<Value> = text("jsonl", Some(&sets())).lines().map(|row| serde_json::from_str(row).unwrap()).collect();
    let flags: Vec<_> = rows.iter().map(|row| row["flags"].clone()).collect();
    assert_eq!(flags, [json!(["duplicate", "similar"]), json!(["empty"]), json!([]), json!(["self-name"])]);
    assert!(!text("jsonl", None).contains("flags"), "what was not looked for is not said to be absent");
}

#[test]
fn a_spreadsheet_has_a_column_of_ids() {
    let table = written("csv", Some(&sets()));
    let mut reader = csv::Reader::from_reader(&*table);
    let at = reader.headers().unwrap().iter().position(|head| head == "flags").unwrap();
    let cells: Vec<String> = reader.records().map(|record| record.unwrap()[at].to_owned()).collect();
    assert_eq!(cells, ["duplicate similar", "empty", "", "self-name"]);
    assert!(!text("csv", None).contains("flags"));
}

#[test]
fn a_struct_with_an_optional_field_reads_both() {
    #[derive(serde::Deserialize)]
    struct Row {
        id: String,
        #[serde(default)]
        flags: Option<Vec<String>>,
    }
    let read = |flags| ron::from_str::<Vec<Row>>(&text("ron", flags)).unwrap();
    let sets = sets();
    let rows = read(Some(&*sets));
    assert_eq!((&*rows[0].id, rows[0].flags.as_deref().unwrap().join(" ")), ("r0", "duplicate similar".to_owned()));
    assert_eq!(rows[2].flags, Some(vec![]));
    assert!(read(None).iter().all(|row| row.flags.is_none()));
}

#[cfg(feature = "parquet")]
#[test]
fn data_frames_have_a_column_of_lists() {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    use parquet::record::Field;
    let lists = |flags| -> Vec<Option<Vec<String>>> {
        let reader = SerializedFileReader::new(bytes::Bytes::from(written("parquet", flags))).unwrap();
        let rows = reader.get_row_iter(None).unwrap();
        let list = |row: parquet::record::Row| match row.get_column_iter().find(|(name, _)| *name == "flags")?.1 {
            Field::ListInternal(list) => Some(
                list.elements()
                    .iter()
                    .map(|id| match id {
                        Field::Str(id) => id.clone(),
                        other => panic!("{other:?} is no id"),
                    })
                    .collect(),
            ),
            other => panic!("{other:?} is no list"),
        };
        rows.map(|row| list(row.unwrap())).collect()
    };
    let ids = |ids: &[&str]| Some(ids.iter().map(|&id| id.to_owned()).collect());
    let sets = sets();
    assert_eq!(lists(Some(&*sets)), [ids(&["duplicate", "similar"]), ids(&["empty"]), ids(&[]), ids(&["self-name"])]);
    assert_eq!(lists(None), vec![None; 4]);
}

/// Exports with the window's command, and what the file then says of each response.
fn exported(bench: &mut Workbench, folder: &Path, flags: bool) -> Vec<Value> {
    let target = folder.join(format!("{flags}.jsonl"));
    let exporter = Exporter::find("jsonl").unwrap();
    bench.execute(Command::Export { exporter, evidence: false, flags, target: target.clone() });
    while bench.job().is_some() {
        bench.poll();
        std::thread::yield_now();
    }
    let text = std::fs::read_to_string(target).unwrap_or_else(|error| panic!("{error}: {:?}", bench.notice()));
    text.lines().map(|row| serde_json::from_str::<Value>(row).unwrap()["flags"].clone()).collect()
}

#[test]
fn the_window_looks_for_flags_before_it_writes_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut bench = Workbench::new(Arc::new(|| ()));
    bench.open(Project::new("odd", rubric(), dataset(), vec![], ImportReport::default()));
    // At once, before anything else has asked for them.
    let flags = exported(&mut bench, folder.path(), true);
    assert_eq!(flags, [json!(["duplicate"]), json!(["empty"]), json!(["duplicate"]), json!([])]);
    assert_eq!(exported(&mut bench, folder.path(), true), flags, "known flags are the same");
    assert_eq!(exported(&mut bench, folder.path(), false), vec![Value::Null; 4]);
}

/// Records with the texts they are of, as somebody joins them: rows of responses like any others.
#[track_caller]
fn check_imported(name: &str, bytes: Vec<u8>) {
    let watch = import::Watch { cancel: &AtomicBool::new(false), progress: &|_| {} };
    let read = import::open(&[Input::Bytes { name: name.to_owned(), bytes }], &Overrides::default(), &watch);
    let read = read.unwrap_or_else(|error| panic!("{name}: {error}"));
    let dataset = &read.dataset;
    assert_eq!(dataset.responses().len(), 4, "{name}");
    for (row, id) in ["r0", "r1", "r2", "r3"].into_iter().enumerate() {
        assert_eq!(dataset.text(dataset.responses()[row].id), id, "{name}");
    }
    let judged: Vec<_> = read.judged.logs.iter().map(|log| (&**log.reviewer(), log.len())).collect();
    assert_eq!(judged, [("score", 4)], "{name}: what was scored is rated by “score”, and a flag is no judgement");
    let kept = dataset.text(dataset.responses()[0].metadata.expect("the flags are kept"));
    assert!(kept.contains("duplicate") && kept.contains("similar"), "{name}: {kept}");
}

#[test]
fn rows_with_flags_are_imported_as_rows_with_something_more() {
    let texts = [LONG, "", LONG, "By steps."];
    let rows = text("jsonl", Some(&sets()));
    let joined = rows.lines().zip(texts).map(|(row, text)| {
        let mut row: Value = serde_json::from_str(row).unwrap();
        row["response"] = text.into();
        format!("{row}\n")
    });
    check_imported("scores.jsonl", joined.collect::<String>().into_bytes());
    let mut out = csv::Writer::from_writer(Vec::new());
    let table = written("csv", Some(&sets()));
    let mut reader = csv::Reader::from_reader(&*table);
    out.write_record(reader.headers().unwrap().iter().chain(["response"])).unwrap();
    for (record, text) in reader.records().zip(texts) {
        out.write_record(record.unwrap().iter().chain([text])).unwrap();
    }
    check_imported("scores.csv", out.into_inner().unwrap());
}
