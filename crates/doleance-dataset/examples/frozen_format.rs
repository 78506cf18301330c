//! Writes the small dataset that `tests/formats/` keeps of each stored format.
//!
//! `cargo run -p doleance-dataset --example frozen_format -- FILE`, once for each new format; the file never changes
//! afterwards.

use doleance_dataset::{CodedReport, MergeRules, NewDecision, Ruling, Store, merge};
use doleance_records::Record;
use doleance_text::{LanguageCode, Report};

const REPORTS: [(&str, &str, &str, &str); 2] = [
    (
        "lille.fr.txt",
        "fr",
        "À Lille, la grève des cheminots a commencé lundi ; ils ont défilé pour leurs salaires.",
        r#"
{"record":"event","doc":"lille.fr.txt","id":"e1","kind":"strike","status":"happened","trigger":{"start":12,"end":17,"text":"grève"},"time":{"start":"2024-03-04","end":"2024-03-04","part":null,"granularity":"day","text":"lundi","span":[44,49]},"place":{"name":"Lille","id":"geonames:2998324","level":"city","country":"FR","admin1":"Hauts-de-France","lat":50.63297,"lon":3.05858,"text":"Lille","span":[2,7],"alternatives":[]},"actors":[{"role":"workers","sector":"rail","name":null,"organisation":null,"text":"cheminots","span":[22,31]}],"targets":[],"size":[],"killed":[],"injured":[],"arrested":[],"reported_by":null,"claims":["c1"],"confidence":0.9,"evidence":[[12,17]],"rules":["by.hand"]}
{"record":"event","doc":"lille.fr.txt","id":"e2","kind":"march","status":"happened","trigger":{"start":60,"end":66,"text":"défilé"},"time":{"start":"2024-03-04","end":"2024-03-04","part":null,"granularity":"day","text":"lundi","span":[44,49]},"place":null,"actors":[],"targets":[],"size":[],"killed":[],"injured":[],"arrested":[],"reported_by":null,"claims":[],"confidence":0.7,"evidence":[[60,66]],"rules":["by.hand"]}
{"record":"claim","doc":"lille.fr.txt","id":"c1","issue":"wages","stance":"for","span":{"start":72,"end":85,"text":"leurs salaires"},"claimant":null,"addressee":null,"events":["e1"]}
{"record":"link","doc":"lille.fr.txt","relation":"part_of","from":"e2","to":"e1","span":{"start":60,"end":66,"text":"défilé"}}"#,
    ),
    (
        "lille.en.txt",
        "en",
        "Rail workers struck in Lille on Monday.",
        r#"
{"record":"event","doc":"lille.en.txt","id":"e1","kind":"strike","status":"happened","trigger":{"start":13,"end":19,"text":"struck"},"time":{"start":"2024-03-04","end":"2024-03-04","part":null,"granularity":"day","text":"Monday","span":[32,38]},"place":{"name":"Lille","id":"geonames:2998324","level":"city","country":"FR","admin1":"Hauts-de-France","lat":50.63297,"lon":3.05858,"text":"Lille","span":[23,28],"alternatives":[]},"actors":[{"role":"workers","sector":"rail","name":null,"organisation":null,"text":"Rail workers","span":[0,12]}],"targets":[],"size":[],"killed":[],"injured":[],"arrested":[],"reported_by":null,"claims":[],"confidence":0.9,"evidence":[[13,19]],"rules":["by.hand"]}"#,
    ),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name the file to write")?;
    let mut store = Store::open_or_create(&path)?;
    for (name, language, text, records) in REPORTS {
        let mut report = Report::new(name, text);
        report.language = Some(LanguageCode(language.to_owned()));
        report.published = Some("2024-03-05".parse()?);
        report.source = Some(format!("The {language} paper"));
        let records = records.trim().lines().map(serde_json::from_str).collect::<Result<Vec<Record>, _>>()?;
        store.put(&[CodedReport { report, records }], "codebook-1")?;
    }
    merge(&store, &MergeRules::default())?;
    let record = store.records()?.remove(0);
    store.decide(&NewDecision {
        subject: record.uid,
        field: "review".to_owned(),
        before: serde_json::Value::Null,
        after: serde_json::json!("accepted"),
        coder: "ada".to_owned(),
        time: "2024-04-01T12:00:00Z".parse()?,
        note: None,
    })?;
    let addition = serde_json::from_value(serde_json::json!({
        "decide": "add", "report": "lille.en.txt", "words": "Monday", "kind": "lockout", "time": "2024-03-04"
    }))?;
    let time = "2024-04-02T12:00:00Z".parse()?;
    store.rule(&[Ruling { verdict: addition, coder: "ada".to_owned(), time, note: None }], |_| Ok(()))?;
    Ok(())
}
