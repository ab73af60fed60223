//! Whatever the bytes are, importing them ends, and says something.

use crate::fixture::import;
use proptest::prelude::*;

/// Files that each take another way through the importer.
const SEEDS: [&str; 17] = [
    "{\"prompt\":\"a\",\"response\":[{\"role\":\"assistant\",\"content\":\"x\"}]}\n{\"id\":1.0,\"response\":NaN}\n",
    "[{\"prompt\":\"a\",\"response\":\"\\u00e9\"}, {\"choices\":[{\"turns\":[\"t\"]}]}]",
    "{\"meta\":{\"n\":1},\"data\":[{\"input\":\"a\",\"output_1\":\"x\",\"output_2\":\"y\"}]}",
    "id;prompt;response\n1;\"a\n\"\"b\";x\n2;c\n",
    "version https://git-lfs.github.com/spec/v1\n",
    "prompt,model_a,model_b,winner\n1,a,b,tie\n2,a,b,model_a\n",
    "{\"id\":\"a\",\"requirements\":\"r\",\"weight\":1,\"sub_tasks\":[{\"id\":\"b\",\"requirements\":\"s\",\"score\":1,\"sub_tasks\":[]}]}",
    "{\"eval\":{\"model\":\"m\"},\"samples\":[{\"id\":1,\"input\":\"a\",\"output\":{\"choices\":[{\"message\":{\"content\":\"x\"}}]},\"scores\":{\"s\":{\"value\":\"C\"}}}]}",
    "[{\"id\":1,\"data\":{\"text\":\"aé\"},\"annotations\":[{\"completed_by\":1,\"result\":[{\"value\":{\"start\":0,\"end\":2,\"labels\":[\"x\"]}}]}]}]",
    "{\"texts\":[\"one text of some length\",\"another text, longer still\"],\"s\":[[1,2],[3,4]]}",
    "1,2,2\n2,,1\n",
    "{\"results\":[{\"prompt\":{\"raw\":\"a\"},\"vars\":{},\"success\":true,\"response\":{\"output\":\"x\"}}]}",
    "{\"q1\":{\"response\":\"x\",\"ratings\":[{\"rater\":\"a\",\"tone\":4}]},\"q2\":{\"response\":\"y\",\"ratings\":{\"tone\":2}}}",
    "model_a,model_b,winner_model_a,winner_model_b,winner_tie\na,b,1,0,0\na,b,0,0,1\n",
    "{\"chosen\":\"\\n\\nHuman: a\\n\\nAssistant: x\",\"rejected\":\"\\n\\nHuman: a\\n\\nAssistant: y\"}",
    "{\"prompt\":\"a\",\"responses\":[\"x\",\"y\"],\"ranking\":[2,1]}",
    "[{\"id\":1,\"data\":{\"items\":[{\"id\":\"A\",\"body\":\"x\"},{\"id\":\"B\",\"body\":\"y\"}]},\"annotations\":[{\"result\":[{\"value\":{\"ranker\":[\"B\",\"A\"]}}]}]}]",
];

#[track_caller]
fn check(bytes: &[u8]) {
    for name in ["a.jsonl", "prompts.json", "x.csv"] {
        let two = [(name, bytes), ("models.jsonl", SEEDS[0].as_bytes())];
        if let Err(error) = import(&two[..1], &[]) {
            assert!(error.to_string().len() > 20, "{error}");
        }
        let import = import(&two, &["response=response"]).expect("the second file loads");
        assert!(import.report.rows >= import.report.skipped + 2);
    }
}

proptest! {
    #[test]
    fn on_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&bytes);
    }

    #[test]
    fn on_what_looks_like_data(text in r#"[\[\]{}",:\\a1\n;\t ]{0,120}"#) {
        check(text.as_bytes());
    }

    #[test]
    fn on_damaged_files(seed in 0..SEEDS.len(), cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3), 1..6)) {
        let mut bytes = SEEDS[seed].as_bytes().to_vec();
        for (at, byte, what) in cuts {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match what {
                0 => bytes[at] = byte,
                1 => drop(bytes.remove(at)),
                _ => bytes.truncate(at),
            }
        }
        check(&bytes);
    }
}

#[test]
fn on_deep_and_on_many_brackets() {
    check("[".repeat(100_000).as_bytes());
    check("{\"a\":".repeat(100_000).as_bytes());
    check(format!("{}{}", "[".repeat(5000), "]".repeat(5000)).as_bytes());
    check(",".repeat(20_000).as_bytes());
}
