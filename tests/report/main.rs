//! Reports as whoever gets one sees them: in a browser, alone with the file.

#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]

mod chromium;

use chromium::Page;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const RUBRIC: &str = r#"Rubric(
    name: "Answers </script><script>document.title='owned'</script>",
    description: "Look for **an answer**. <img src=x onerror=\"document.title='owned'\">",
    pass_mark: 0.5,
    dimensions: [(id: "form", name: "Form <b>", criteria: [
        (id: "answer", name: "Answer \"onclick=x\"", guidance: "[here](javascript:alert(1))",
         check: Phrases(phrases: ["Answer"])),
    ])],
)"#;

/// Every text of a project tries to be more than text.
const HOSTILE: [&str; 4] = [
    "Answer <script>document.title='owned'</script>",
    "</script><script>document.title='owned'</script> no",
    "<img src=x onerror=\"document.title='owned'\"> Answer 🙂",
    "<!-- <script> \u{2028} ]]> \u{0}",
];

fn rubrica(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rubrica")).args(arguments).output().unwrap()
}

/// Anna judges, one act a line.
fn judge(project: &Path, acts: &str) {
    let mut judging = Command::new(env!("CARGO_BIN_EXE_rubrica"))
        .args(["judge", text(project), "--as", "anna"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    judging.stdin.take().unwrap().write_all(acts.as_bytes()).unwrap();
    assert!(judging.wait().unwrap().success());
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A project of two models and two prompts whose texts are hostile.
fn project() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (rubric, rows, project) =
        (folder.path().join("r.ron"), folder.path().join("a.jsonl"), folder.path().join("eval"));
    fs::write(&rubric, RUBRIC).unwrap();
    let row = |(index, response): (usize, &&str)| {
        let model = if index.is_multiple_of(2) { "plain" } else { "<i>model</i>\"'" };
        let prompt = format!("Question {} <script>document.title='owned'</script>", index / 2);
        serde_json::json!({"id": format!("r{index}"), "model": model, "prompt": prompt, "response": response})
            .to_string()
    };
    let lines: Vec<String> = HOSTILE.iter().enumerate().map(row).collect();
    fs::write(&rows, lines.join("\n")).unwrap();
    let made = rubrica(&["new", text(&project), text(&rows), "--rubric", text(&rubric)]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    (folder, project)
}

#[test]
fn a_report_is_alone_and_hostile_text_stays_text() {
    let (folder, project) = project();
    let file = folder.path().join("report.html");
    let made = rubrica(&["report", text(&project), "-o", text(&file)]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let Some(mut page) = Page::open(&file) else {
        println!("skipped: there is no Chromium on this machine");
        return;
    };
    assert_eq!(page.run("document.querySelectorAll('#list li').length"), 4);
    assert_eq!(page.run("document.querySelector('h1').textContent"), "eval");

    // A click on a number shows the responses behind it, and only these.
    page.run("[...document.querySelectorAll('#models a.to')].find(link => link.textContent === 'plain').click()");
    let settled = "document.querySelector('#what').textContent";
    while page.run(settled) == "4 responses" {}
    assert_eq!(page.run(settled), "2 responses: model:plain");
    let read = page.run("document.querySelector('#reader .text').textContent");
    assert_eq!(read, HOSTILE[0], "a response is shown as it is");
    assert_eq!(page.run("document.querySelector('#reader mark').textContent"), "Answer");
    page.run("document.querySelectorAll('#list li')[1].click()");
    assert_eq!(page.run("document.querySelector('#reader mark').textContent"), "Answer");
    assert_eq!(page.run("document.querySelector('#reader .text').textContent"), HOSTILE[2]);

    page.run("document.querySelector('#every').click()");
    assert_eq!(page.run("document.querySelectorAll('#list li').length"), 4);
    for row in 0..4 {
        page.run(&format!("document.querySelectorAll('#list li')[{row}].click()"));
    }
    assert_eq!(page.run("document.querySelectorAll('script').length"), 2, "its data and its script");
    assert_eq!(page.run("document.querySelectorAll('img, iframe, link[rel=stylesheet]').length"), 0);
    assert_ne!(page.run("document.title"), "owned");
    assert_eq!(page.complaints(), Vec::<&serde_json::Value>::new());
    assert_eq!(page.requests(), Vec::<&str>::new());
}

#[test]
fn words_find_responses_and_keys_walk_through_them() {
    let (folder, project) = project();
    let file = folder.path().join("report.html");
    rubrica(&["report", text(&project), "-o", text(&file)]);
    let Some(mut page) = Page::open(&file) else {
        println!("skipped: there is no Chromium on this machine");
        return;
    };
    page.run(
        "{ const find = document.querySelector('#find'); find.value = '🙂'; find.dispatchEvent(new Event('input')); }",
    );
    assert_eq!(page.run("document.querySelector('#what').textContent"), "1 response: 🙂");
    page.run("document.querySelector('#every').click()");
    let key = "document.querySelector('#list').dispatchEvent(new KeyboardEvent('keydown', {key: 'j'}))";
    page.run(key);
    assert_eq!(page.run("document.querySelector('#reader .text').textContent"), HOSTILE[1]);
}

#[test]
fn the_rubric_alone_is_a_guide_to_print() {
    let (folder, project) = project();
    for (name, heading) in [("guide.html", "<h1>Answers &lt;/script&gt;"), ("guide.md", "# Answers </script>")] {
        let file = folder.path().join(name);
        let made = rubrica(&["report", text(&project), "--guide", "-o", text(&file)]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let written = fs::read_to_string(&file).unwrap();
        assert!(written.contains(heading), "{written}");
        assert!(written.contains("100 % of the whole") && written.contains("“Answer”"), "{written}");
        assert!(name.ends_with(".md") || !written.contains("javascript:"), "{written}");
    }
}

#[test]
fn a_summary_in_markdown_says_the_same_numbers() {
    let (folder, project) = project();
    let file = folder.path().join("summary.md");
    rubrica(&["report", text(&project), "-o", text(&file)]);
    let written = fs::read_to_string(&file).unwrap();
    assert!(written.starts_with("# eval\n\n4 responses of 2 models to 2 prompts."), "{written}");
    assert!(written.contains("| plain | 1.00"), "{written}");
    assert!(written.contains("\\<i\\>model\\</i\\>"), "{written}");
}

#[test]
fn what_people_rated_is_told_in_the_units_of_its_scale() {
    let folder = tempfile::tempdir().unwrap();
    let (rated, project, file) =
        (folder.path().join("rated.csv"), folder.path().join("rated"), folder.path().join("report.html"));
    fs::write(&rated, "id,response,model,rater,tone\n1,Warm.,gpt,anna,5\n2,Cold.,gpt,anna,1\n3,So so.,llama,anna,2\n")
        .unwrap();
    assert!(rubrica(&["new", text(&project), text(&rated)]).status.success());
    assert!(rubrica(&["report", text(&project), "-o", text(&file)]).status.success());
    let Some(mut page) = Page::open(&file) else {
        println!("skipped: there is no Chromium on this machine");
        return;
    };
    let cells = |row: usize| {
        format!(
            "[...document.querySelectorAll('#ratings tbody tr')[{row}].children].map(cell => cell.textContent).join(' ')"
        )
    };
    assert_eq!(page.run(&cells(0)), "tone 1..5 gpt 2 6 3.000 2.000");
    assert_eq!(page.run(&cells(1)), "tone 1..5 llama 1 2 2.000 –");
    page.run("document.querySelector('#ratings a.to').click()");
    let settled = "document.querySelector('#what').textContent";
    while page.run(settled) == "3 responses" {}
    assert_eq!(page.run("document.querySelectorAll('#list li').length"), 2, "those of the row");
}

#[test]
fn flags_are_counted_explained_and_lead_to_their_responses() {
    let (folder, project) = project();
    let overruled = r#"{"act": {"overrule": {"response": "r0", "criterion": "answer", "value": 0.0, "machine": 1.0, "reason": "no"}}}"#;
    fs::create_dir_all(project.join("reviews")).unwrap();
    judge(&project, overruled);
    let file = folder.path().join("report.html");
    let made = rubrica(&["report", text(&project), "-o", text(&file)]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let summary = folder.path().join("summary.md");
    rubrica(&["report", text(&project), "-o", text(&summary), "--where", "flag:disagree"]);
    let written = fs::read_to_string(&summary).unwrap();
    assert!(written.contains("1 of 1 responses have an anomaly"), "{written}");
    assert!(written.contains("| Disagreement | 1 | plain 1 |"), "{written}");
    assert!(written.contains("Thresholds are the default."), "{written}");
    let Some(mut page) = Page::open(&file) else {
        println!("skipped: there is no Chromium on this machine");
        return;
    };
    let row =
        "[...document.querySelectorAll('#flags tbody tr')].find(row => row.textContent.startsWith('Disagreement'))";
    assert!(
        page.run(&format!("{row}.textContent")).as_str().unwrap().contains("A check and people judge it differently.")
    );
    page.run(&format!("{row}.querySelector('a.to').click()"));
    let settled = "document.querySelector('#what').textContent";
    while page.run(settled) == "4 responses" {}
    assert_eq!(page.run(settled), "1 response: flag:disagree");
    let told = page.run("document.querySelector('#reader .flag').textContent");
    assert!(told.as_str().unwrap().starts_with("Disagreement The check says that “Answer"), "{told}");
    let shown = page.run("document.querySelector('#flags').textContent");
    assert!(shown.as_str().unwrap().contains("Fastest reading100"), "every threshold is told: {shown}");
}

#[test]
fn on_paper_every_table_is_as_wide_as_the_page_at_most() {
    let (folder, project) = project();
    let rows: Vec<String> = (0..40)
        .map(|index| {
            let (model, prompt) = (format!("a model of some length, number {}", index % 20), index / 20);
            serde_json::json!({"model": model, "prompt": format!("Why {prompt}?"), "response": "Answer"}).to_string()
        })
        .collect();
    let (many, wide) = (folder.path().join("many.jsonl"), folder.path().join("wide"));
    fs::write(&many, rows.join("\n")).unwrap();
    assert!(rubrica(&["new", text(&wide), text(&many), "--rubric", text(&project)]).status.success());
    for project in [&project, &wide] {
        let file = folder.path().join("report.html");
        assert!(rubrica(&["report", text(project), "-o", text(&file)]).status.success());
        let Some(mut page) = Page::open(&file) else {
            println!("skipped: there is no Chromium on this machine");
            return;
        };
        // A4 between margins of 12 mm.
        page.print(703);
        let beyond = "[...document.querySelectorAll('table')].filter(table => table.getBoundingClientRect().right > 704)\
                      .map(table => table.textContent.slice(0, 60))";
        assert_eq!(page.run(beyond), serde_json::json!([]), "{}", project.display());
        assert_eq!(page.complaints(), Vec::<&serde_json::Value>::new());
    }
}

#[test]
fn what_cannot_be_reported_is_said() {
    let (folder, project) = project();
    let file = folder.path().join("report.html");
    let refused = |arguments: &[&str], said: &str| {
        let output = rubrica(arguments);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(said), "{told}");
    };
    refused(&["report", text(&project), "-o", text(&file), "--where", "scoer<1"], "The word is “scoer<1”");
    refused(&["report", text(&folder.path().join("gone")), "-o", text(&file)], "no project");
    refused(&["report", text(&project), "-o", text(&project.join("rubric.ron"))], "never written over");
    assert!(!file.exists());
}
