//! Real responses, where `RUBRICA_REALDATA` names a folder of them.

use crate::data::{Case, realdata};
use rubrica::io::import::Input;

#[test]
fn six_models_on_alpaca_eval() {
    let Some(folder) = realdata() else { return };
    let models = ["text_davinci_003", "text_davinci_001", "alpaca-7b", "phi-2", "gemma-2b-it", "gpt4_gamed"];
    let path = |model: &str| Input::Path(folder.join(format!("alpaca_eval/results/{model}/model_outputs.json")));
    let case = Case::of(include_str!("../../rubrics/reasoning.ron"), &models.map(path));
    let analysis = case.analyse();
    assert_eq!((analysis.scope.models, analysis.scope.prompts, analysis.comparisons.pairs.len()), (6, 805, 15));
    // The published mean lengths, where outputs that are not there count as 0 among 805.
    let expected = std::fs::read_to_string(folder.join("EXPECTED.json")).unwrap();
    let expected: serde_json::Value = serde_json::from_str(&expected).unwrap();
    let (_, lengths) =
        expected.as_object().unwrap().iter().find(|(key, _)| key.starts_with("alpaca_eval avg_length")).unwrap();
    for standing in &analysis.leaderboard.models {
        let sum = standing.length.value().unwrap() * standing.length.n as f64;
        let floor = (sum / 805.0 + 1e-9).floor().to_string();
        let published = lengths[&standing.model].to_string();
        assert!(published.trim_matches('"').starts_with(&floor), "{} {floor} {published}", standing.model);
    }
    // Nobody is better than who is surely ahead, and everybody has a place.
    for (place, standing) in analysis.leaderboard.models.iter().enumerate() {
        let [best, worst] = standing.ranks.unwrap();
        assert!((best..=worst).contains(&(place + 1)), "{standing:?}");
    }
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| case.analyse())
    };
    assert_eq!(on(1), on(3));
}
