//! The same judgements as different tools and people write them, a line each.

use crate::fixture::{import, notices, rows};
use proptest::prelude::*;
use rubrica::model::review::Act;

/// What logs say: `reviewer criterion=value` or `reviewer choice`, sorted, with how often.
fn said(file: &str, bytes: &[u8]) -> String {
    let import = import(&[(file, bytes)], &[]).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut all: Vec<String> = Vec::new();
    for log in &import.judged.logs {
        for entry in log.entries() {
            let act = match &entry.act {
                Act::Rate(rate) => format!("{}={}", rate.criterion, rate.value.unwrap()),
                Act::Prefer(prefer) => format!("{:?}", prefer.choice),
                other => format!("{other:?}"),
            };
            all.push(format!("{} {act}", log.reviewer()));
        }
    }
    all.sort();
    let mut counted: Vec<(String, usize)> = Vec::new();
    for one in all {
        match counted.last_mut().filter(|(last, _)| *last == one) {
            Some((_, count)) => *count += 1,
            None => counted.push((one, 1)),
        }
    }
    let one = |(said, count): (String, usize)| if count == 1 { said } else { format!("{said} ×{count}") };
    counted.into_iter().map(one).collect::<Vec<_>>().join(", ")
}

#[track_caller]
fn check(file: &str, text: &str, expected: &str) {
    assert_eq!(said(file, text.as_bytes()), expected, "{file}:\n{text}");
}

#[test]
fn ratings_are_read_however_they_are_dressed() {
    let rated = |cells: [&str; 3]| {
        let [a, b, c] = cells;
        format!("id,response,annotator,overall\n1,Warm boots.,anna,{a}\n1,Warm boots.,ben,{b}\n2,Cold feet.,anna,{c}\n")
    };
    for cells in [
        ["5", "1", "3"],
        ["5.0", "1.0", "3.0"],
        ["5/5", "1/5", "3/5"],
        ["5 (excellent)", "1 (terrible)", "3 (ok)"],
        ["5 - excellent", "1 - terrible", "3 - ok"],
        ["5: excellent", "1: terrible", "3: ok"],
        ["5 stars", "1 star", "3 stars"],
        ["5 out of 5", "1 out of 5", "3 out of 5"],
        ["\"5,0\"", "\"1,0\"", "\"3,0\""],
    ] {
        check("r.csv", &rated(cells), "anna overall=3, anna overall=5, ben overall=1");
    }
    for none in ["", "NaN", "null", "N/A", "n/a", "None", "-", "-1"] {
        check("r.csv", &rated(["5", none, "3"]), "anna overall=3, anna overall=5");
    }
    check("r.csv", &rated(["80%", "20 %", "45%"]), "anna overall=45, anna overall=80, ben overall=20");
    for yes_no in [["Yes", "no", "yes"], ["TRUE", "FALSE", "TRUE"], ["👍", "👎", "👍"], ["pass", "fail", "pass"]]
    {
        check("r.csv", &rated(yes_no), "anna overall=1 ×2, ben overall=0");
    }
    check(
        "r.csv",
        &rated(["Strongly agree", "Disagree", "Neither agree nor disagree"]),
        "anna overall=2, anna overall=3, ben overall=1",
    );
}

#[test]
fn raters_are_found_wherever_they_stand() {
    let expected = "annotator 1 rating=4, annotator 1 rating=5, annotator 2 rating=2, annotator 2 rating=3";
    for [first, second] in
        [["annotator_1", "annotator_2"], ["Annotator 1", "Annotator 2"], ["annotator1", "annotator2"]]
    {
        check("r.csv", &format!("item,response,{first},{second}\n7,Warm.,4,2\n8,Warm.,5,3\n"), expected);
    }
    check(
        "r.csv",
        "id,text,r1,r2,r3\n1,Warm.,4,2,\n2,Cold.,5,3,NaN\n",
        "r 1 rating=4, r 1 rating=5, r 2 rating=2, r 2 rating=3",
    );
    check(
        "r.csv",
        "doc,output,ann 1 overall,ann 2 overall,ann 1 fluency,ann 2 fluency\n1,Warm.,3,4,5,2\n",
        "ann 1 fluency=5, ann 1 overall=3, ann 2 fluency=2, ann 2 overall=4",
    );
    let nested = "anna fluency=4, anna fluency=5, ben fluency=1, ben fluency=2";
    check(
        "r.json",
        r#"[{"id": 1, "response": "Warm.", "annotations": [{"annotator": "anna", "fluency": 4}, {"annotator": "ben", "fluency": 2}]},
            {"id": 2, "response": "Cold.", "annotations": [{"annotator": "anna", "fluency": 5}, {"annotator": "ben", "fluency": 1}]}]"#,
        nested,
    );
    check(
        "r.json",
        r#"{"q1": {"response": "Warm.", "ratings": [{"rater": "anna", "fluency": 4}, {"rater": "ben", "fluency": 2}]},
            "q2": {"response": "Cold.", "ratings": [{"rater": "anna", "fluency": 5}, {"rater": "ben", "fluency": 1}]}}"#,
        nested,
    );
    check(
        "r.jsonl",
        r#"{"id": "d1", "decoded": "Warm.", "model_id": "M1", "expert_annotations": [{"coherence": 2, "fluency": 4}, {"coherence": 1, "fluency": 5}], "turker_annotations": [{"coherence": 3, "fluency": 3}]}
"#,
        "expert 1 coherence=2, expert 1 fluency=4, expert 2 coherence=1, expert 2 fluency=5, turker 1 coherence=3, turker 1 fluency=3",
    );
    check(
        "r.jsonl",
        "{\"id\": 1, \"response\": \"Warm.\", \"scores\": {\"tone\": 4, \"depth\": 2}}\n{\"id\": 2, \"response\": \"Cold.\", \"scores\": {\"tone\": 5, \"depth\": null}}\n",
        "r depth=2, r tone=4, r tone=5",
    );
}

#[test]
fn preferences_are_read_in_every_coding() {
    let judged = |column: &str, cells: [&str; 3]| {
        let [a, b, c] = cells;
        format!("prompt,response_a,response_b,{column}\nQ1,x,y,{a}\nQ2,x,y,{b}\nQ3,x,y,{c}\n")
    };
    for (column, cells) in [
        ("winner", ["A", "B", "tie"]),
        ("winner", ["model_a", "model_b", "tie"]),
        ("preference", ["1", "2", "0"]),
        ("preference", ["1", "-1", "0"]),
        ("preference", ["0.9", "0.2", "0.5"]),
        ("better", ["Response A", "Response B", "Both equal"]),
        ("choice", ["A is better", "B is better", "No difference"]),
        ("vote", ["Slightly better A", "B slightly better", "Equally good"]),
    ] {
        check("p.csv", &judged(column, cells), "p First, p Second, p Tie");
    }
    check(
        "p.csv",
        &judged("preference", ["A much better", "B is much better", "Equally bad"]),
        "p BothBad, p MuchBetterFirst, p MuchBetterSecond",
    );
    check(
        "p.csv",
        "id,model_a,model_b,prompt,response_a,response_b,winner_model_a,winner_model_b,winner_tie\n1,gpt,llama,Q1,x,y,1,0,0\n2,gpt,llama,Q2,x,y,0,1,0\n3,gpt,llama,Q3,x,y,0,0,1\n4,gpt,llama,Q4,x,y,0,0,0\n",
        "p First, p Second, p Tie",
    );
}

#[test]
fn rankings_are_comparisons_of_each_two() {
    check(
        "p.jsonl",
        "{\"prompt\": \"Q\", \"responses\": [\"x\", \"y\", \"z\"], \"models\": [\"gpt\", \"llama\", \"phi\"], \"ranking\": [2, 1, 2]}\n",
        "p First ×2, p Tie",
    );
    for ranker in [r#"["B", "A", "C"]"#, r#"{"rank": ["B", "A", "C"]}"#] {
        let task = format!(
            r#"[{{"id": 1, "data": {{"prompt": "Q", "items": [{{"id": "A", "body": "x"}}, {{"id": "B", "body": "y"}}, {{"id": "C", "body": "z"}}]}},
            "annotations": [{{"completed_by": {{"email": "anna"}}, "result": [{{"from_name": "rank", "to_name": "items", "type": "ranker", "value": {{"ranker": {ranker}}}}}]}}]}}]"#
        );
        check("tasks.json", &task, "anna First ×3");
        let import = import(&[("tasks.json", task.as_bytes())], &[]).unwrap();
        assert_eq!(
            rows(&import)[..2],
            [r#"1/B | 1: "Q" | B | "y""#.to_owned(), r#"1/A | 1: "Q" | A | "x""#.to_owned()]
        );
    }
}

#[test]
fn transcripts_have_a_prompt_and_two_answers() {
    let line = r#"{"chosen": "\n\nHuman: Hi\n\nAssistant: Hello.", "rejected": "\n\nHuman: Hi\n\nAssistant: Go."}"#;
    let import = import(&[("hh.jsonl", format!("{line}\n").as_bytes())], &[]).unwrap();
    assert_eq!(
        rows(&import),
        [r#"p1/chosen | p1: "Hi" | chosen | "Hello.""#, r#"p1/rejected | p1: "Hi" | rejected | "Go.""#]
    );
}

#[test]
fn labelled_spans_are_no_ratings() {
    let task = r#"[{"id": 1, "data": {"text": "Warm boots."}, "annotations": [{"completed_by": 1, "result": [{"from_name": "label", "to_name": "text", "type": "labels", "value": {"start": 0, "end": 4, "text": "Warm", "labels": ["Error"]}}]}]}]"#;
    let import = import(&[("tasks.json", task.as_bytes())], &[]).unwrap();
    assert_eq!(notices(&import).len(), 1, "{:?}", notices(&import));
}

#[test]
fn tables_are_read_as_spreadsheets_save_them() {
    let table = "id;response;rater;overall\r\n1;Schöne Grüße;Jörg;4\r\n2;\"Zwei\r\nZeilen; „so“\";Jörg;2\r\n";
    let expected = "Jörg overall=2, Jörg overall=4";
    let one_byte = |c: char| match c {
        '„' => 0x84,
        '“' => 0x93,
        c => u8::try_from(u32::from(c)).unwrap(),
    };
    let utf_16 = [0xff, 0xfe].into_iter().chain(table.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [
        table.as_bytes().to_vec(),
        format!("\u{feff}{table}").into_bytes(),
        table.chars().map(one_byte).collect(),
        utf_16,
        table.replace(';', "\t").into_bytes(),
    ] {
        assert_eq!(said("t.csv", &bytes), expected, "{bytes:x?}");
    }
}

#[test]
fn columns_that_seem_to_judge_and_are_not_read_are_told() {
    let import = import(&[("p.csv", b"prompt,response_a,response_b,votes_a_of_9\nQ,x,y,7\nQ2,x,y,3\n")], &[]).unwrap();
    assert_eq!(
        notices(&import),
        [
            "p.csv: `votes_a_of_9` may hold judgements that are not understood and kept as they are; if so, name what they are with `--map rating=COLUMN` or `--map verdict=COLUMN`"
        ]
    );
}

#[test]
fn raters_may_be_names() {
    let two = |a: &str, b: &str| {
        format!(
            r#"[{{"id": 1, "response": "Warm.", "ratings": {a}}}, {{"id": 2, "response": "Cold.", "ratings": {b}}}]"#
        )
    };
    check("r.json", &two(r#"{"anna": 4}"#, r#"{"ben": 3}"#), "anna rating=4, ben rating=3");
    let always = two(r#"{"anna": 4, "ben": 2}"#, r#"{"anna": 5, "ben": 3}"#);
    let told = |import: &rubrica::io::import::Import| notices(import).join("\n");
    let guessed = import(&[("r.json", always.as_bytes())], &[]).unwrap();
    assert!(told(&guessed).contains("`--map 'rater=rating: anna' --map 'rater=rating: ben'`"), "{}", told(&guessed));
    let named = import(&[("r.json", always.as_bytes())], &["rater=rating: anna", "rater=rating: ben"]).unwrap();
    assert_eq!(named.judged.logs.iter().map(|log| log.reviewer().to_string()).collect::<Vec<_>>(), ["anna", "ben"]);

    let table = b"id,response,Anna,Ben\n1,Warm boots.,4,2\n2,Cold feet.,5,3\n";
    let guessed = import(&[("t.csv", table)], &[]).unwrap();
    assert!(told(&guessed).contains("`--map rater=Anna --map rater=Ben`"), "{}", told(&guessed));
    let named = import(&[("t.csv", table)], &["rater=Anna", "rater=Ben"]).unwrap();
    assert_eq!(named.judged.logs.iter().map(|log| log.reviewer().to_string()).collect::<Vec<_>>(), ["Anna", "Ben"]);
    // Known qualities are what is rated, and nobody is asked.
    let known = two(r#"{"fluency": 4, "tone": 2}"#, r#"{"fluency": 5, "tone": 3}"#);
    assert!(!told(&import(&[("r.json", known.as_bytes())], &[]).unwrap()).contains("taken for"));
}

#[test]
fn scores_stand_beside_each_models_output() {
    let table = "id,prompt,gpt_response,gpt_score,llama_response,llama_score\nq,Boots?,Warm.,4,Cold.,2\n";
    check("w.csv", table, "w score=2, w score=4");
    let import = import(&[("w.csv", table.as_bytes())], &[]).unwrap();
    assert_eq!(rows(&import), [r#"q/gpt | q: "Boots?" | gpt | "Warm.""#, r#"q/llama | q: "Boots?" | llama | "Cold.""#]);
}

#[test]
fn records_of_argilla_may_be_nested() {
    let by_question = r#"[{"id": "q", "fields": {"prompt": "Q", "response": "Warm."}, "metadata": {}, "suggestions": {},
        "responses": {"quality": [{"value": 4, "user_id": "u1"}, {"value": 2, "user_id": "u2"}]}}]"#;
    check("argilla.json", by_question, "u1 quality=4, u2 quality=2");
    let by_user = r#"[{"id": "q", "fields": {"prompt": "Q", "response": "Warm."}, "responses": [
        {"user_id": "u1", "status": "submitted", "values": {"quality": {"value": 4}}},
        {"user_id": "u2", "status": "discarded", "values": {"quality": {"value": 1}}}],
        "suggestions": [{"question_name": "quality", "value": 3, "agent": "judge"}]}]"#;
    check("argilla.json", by_user, "judge quality=3, u1 quality=4");
}

#[test]
fn annotations_of_outputs_have_an_overall_score() {
    check(
        "feedback.json",
        r#"[{"instruction": "Q", "completions": [
            {"model": "gpt", "response": "Warm.", "annotations": {"honesty": {"Rating": "3", "Rationale": "fine"}}, "overall_score": 7.5},
            {"model": "llama", "response": "Cold.", "annotations": {"honesty": {"Rating": "N/A", "Rationale": "-"}}, "overall_score": 4}]}]"#,
        "feedback honesty=3, feedback overall-score=4, feedback overall-score=7.5",
    );
}

#[test]
fn labels_of_steps_are_by_no_raters() {
    let text = "{\"prompt\": \"Q\", \"completions\": [\"one\", \"two\"], \"labels\": [true, false]}\n";
    let import = import(&[("s.jsonl", text.as_bytes())], &["response=completions"]).unwrap();
    assert!(import.judged.logs.is_empty());
    assert!(notices(&import).iter().any(|notice| notice.contains("`labels` may hold judgements")));
}

#[test]
fn criteria_beside_responses_become_the_rubric() {
    use rubrica::model::{Node, Rubric};
    let flat = r#"[{"points": 3, "criterion": "States it"}, {"points": -1, "criterion": "Rambles"}]"#;
    let tree = r#"{"id": "root", "requirements": "All", "weight": 1, "sub_tasks": [
        {"id": "b", "requirements": "States it", "weight": 3, "sub_tasks": []},
        {"id": "c", "requirements": "Rambles", "weight": -1, "sub_tasks": []}]}"#;
    for text in [flat, tree] {
        let answers = b"id,response\n1,Warm boots.\n2,Cold feet.\n";
        let import = import(&[("rubric.json", text.as_bytes()), ("answers.csv", answers)], &[]).unwrap();
        let rubric = Rubric { dimensions: import.judged.dimensions.clone(), ..Rubric::default() };
        let criteria: Vec<String> =
            rubric.criteria().iter().map(|(_, it)| format!("{} {} {:?}", it.name, it.weight, it.judge)).collect();
        assert_eq!(criteria, ["States it 3 Human(YesNo)", "Rambles -1 Human(YesNo)"]);
        assert!(matches!(import.judged.dimensions[0].children[0], Node::Criterion(_)));
        assert!(notices(&import).iter().any(|notice| notice.contains("its 2 criteria become part of the rubric")));
    }
}

#[test]
fn criteria_alone_are_called_what_they_are() {
    let message = |text: &str| import(&[("c.json", text.as_bytes())], &[]).err().unwrap().to_string();
    for text in [
        r#"[{"weight": 3, "requirement": "States it"}, {"weight": -1, "requirement": "Rambles"}]"#,
        r#"{"rubrics": [{"criterion": "States it", "points": 3}, {"criterion": "Rambles", "points": -1}]}"#,
    ] {
        assert!(message(text).contains("holds criteria (column `"), "{}", message(text));
    }
}

/// Rows of a Parquet file, three columns.
#[cfg(feature = "parquet")]
fn parquet(rows: &[(String, Option<String>, f64)]) -> Vec<u8> {
    use parquet::data_type::{ByteArray, ByteArrayType, DoubleType};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    let schema = "message m { required binary id (UTF8); optional binary response (UTF8); required double score; }";
    let schema = std::sync::Arc::new(parquet::schema::parser::parse_message_type(schema).unwrap());
    let properties = WriterProperties::builder().set_compression(parquet::basic::Compression::SNAPPY).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, std::sync::Arc::new(properties)).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let bytes = |text: &String| ByteArray::from(text.as_str());
    let ids: Vec<ByteArray> = rows.iter().map(|(id, ..)| bytes(id)).collect();
    let texts: Vec<ByteArray> = rows.iter().filter_map(|(_, text, _)| text.as_ref().map(bytes)).collect();
    let there: Vec<i16> = rows.iter().map(|(_, text, _)| i16::from(text.is_some())).collect();
    let scores: Vec<f64> = rows.iter().map(|(.., score)| *score).collect();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<ByteArrayType>().write_batch(&ids, None, None).unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<ByteArrayType>().write_batch(&texts, Some(&there), None).unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<DoubleType>().write_batch(&scores, None, None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    writer.into_inner().unwrap()
}

#[cfg(feature = "parquet")]
#[test]
fn a_damaged_parquet_file_is_told() {
    let mut bytes = parquet(&[("a".to_owned(), Some("x".to_owned()), 1.0)]);
    bytes.truncate(bytes.len() - 9);
    let error = import(&[("t.parquet", &bytes)], &[]).err().unwrap().to_string();
    assert!(error.contains("the Parquet data is damaged"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// What is written as Parquet is read as the same rows in JSON Lines are.
    #[cfg(feature = "parquet")]
    #[test]
    fn parquet_reads_as_json_lines(
        rows in prop::collection::vec((prop::option::of("\\PC{1,12}"), 0u8..=4), 2..9)
    ) {
        let rows: Vec<(String, Option<String>, f64)> = rows
            .into_iter()
            .enumerate()
            .map(|(at, (text, score))| (format!("i{at}"), text, f64::from(score)))
            .collect();
        let line = |(id, response, score): &(String, Option<String>, f64)| {
            serde_json::json!({"id": id, "response": response, "score": score}).to_string() + "\n"
        };
        let lines: String = rows.iter().map(line).collect();
        let [one, other] = [parquet(&rows), lines.into_bytes()].map(|bytes| import(&[("runs/m/data.parquet", &bytes)], &[]));
        let (one, other) = (one.unwrap(), other.unwrap());
        prop_assert_eq!(crate::fixture::rows(&one), crate::fixture::rows(&other));
        prop_assert_eq!(notices(&one), notices(&other));
    }

    /// A damaged Parquet file gives rows or a message, and nothing else.
    #[cfg(feature = "parquet")]
    #[test]
    fn damaged_parquet_ends(cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let row = |at: usize| (format!("i{at}"), Some("text".to_owned()), 1.0);
        let mut bytes = parquet(&(0..20).map(row).collect::<Vec<_>>());
        for (at, byte) in cuts {
            let at = 4 + at.index(bytes.len() - 4);
            bytes[at] = byte;
        }
        if let Err(error) = import(&[("t.parquet", &bytes)], &[]) {
            prop_assert!(error.to_string().contains("t.parquet"), "{}", error);
        }
    }

    /// A rating that is dressed as any of these is the number in it.
    #[test]
    fn dressed_numbers_are_undressed(numbers in prop::collection::vec(1u32..=5, 3..8)) {
        let table = |dress: &dyn Fn(u32) -> String| {
            let row = |(at, number): (usize, &u32)| format!("{at},Text {at}.,\"{}\"\n", dress(*number));
            let rows: String = numbers.iter().enumerate().map(row).collect();
            said("t.csv", format!("id,response,rating\n{rows}").as_bytes())
        };
        let plain = table(&|number| number.to_string());
        prop_assert_eq!(&table(&|number| format!("{number}/5")), &plain);
        prop_assert_eq!(&table(&|number| format!(" {number} (out of five)")), &plain);
        prop_assert_eq!(&table(&|number| format!("{number} of 5")), &plain);
        prop_assert_eq!(&table(&|number| format!("{number},0")), &plain);
    }
}
