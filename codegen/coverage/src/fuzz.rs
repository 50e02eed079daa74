//! Documents that nobody would write: real ones, changed by lot, which must end in a crate or in
//! findings. Neither a panic nor a hang is an end.

use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use huaweicloud_codegen::profile::{self, Neutral, Profile, RuntimePlace};
use huaweicloud_codegen::{Policy, Source, load, render_under};
use serde_json::{Map, Value, json};

use crate::lot::Lot;
use crate::survey;

/// How long one document may take.
const TIME: Duration = Duration::from_secs(60);

/// Larger documents are left alone, so that a run has many cases.
const LARGEST: u64 = 400_000;

/// Changes documents of some folders and renders each. A case that fails is kept in a folder, whose
/// cases are tried first the next time.
///
/// Returns how many failed.
pub fn run(
    folders: &[PathBuf],
    corpus: &Path,
    rounds: usize,
    seed: u64,
) -> Result<usize, Box<dyn Error>> {
    let mut failed = 0;
    for path in survey::documents(corpus).unwrap_or_default() {
        let text = std::fs::read_to_string(corpus.join(&path))?;
        if let Err(why) = ends(&text) {
            println!("{}: {why}", path.display());
            failed += 1;
        }
    }
    let mut texts = Vec::new();
    for folder in folders {
        for path in survey::documents(folder)? {
            let path = folder.join(path);
            if path.metadata()?.len() <= LARGEST {
                texts.push(std::fs::read_to_string(&path)?);
            }
        }
    }
    if texts.is_empty() {
        return Err("there is no document of at most 400 KB in these folders".into());
    }
    let trees: Vec<_> = texts.iter().map(|text| tree(text)).collect();
    for round in 0..rounds {
        let mut lot = Lot(seed
            .wrapping_add(u64::try_from(round)?)
            .wrapping_mul(0x9e37_79b9));
        let chosen = lot.below(texts.len());
        let text = match (trees.get(chosen), lot.below(4)) {
            (Some(Some(tree)), 1..) => {
                let other = lot.one(&trees).and_then(Option::as_ref);
                changed(tree, other.unwrap_or(tree), &mut lot).to_string()
            }
            _ => slipped(&texts[chosen], &mut lot),
        };
        // What ends the process (a stack that overflows) leaves this behind.
        let last = corpus.join("last.txt");
        std::fs::create_dir_all(corpus)?;
        std::fs::write(&last, &text)?;
        if let Err(why) = ends(&text) {
            let kept = corpus.join(format!("{seed}-{round}.yaml"));
            std::fs::write(&kept, &text)?;
            println!("{}: {why}", kept.display());
            failed += 1;
        }
        std::fs::remove_file(&last)?;
    }
    println!(
        "{rounds} documents by lot from {}, {failed} failed",
        texts.len()
    );
    Ok(failed)
}

/// Renders a document as the workspace's own and as somebody else's.
fn ends(text: &str) -> Result<(), String> {
    let neutral = Neutral::new("api-client", RuntimePlace::Registry);
    let ways: [(&dyn Profile, Policy); 2] = [
        (&neutral, Policy::permissive()),
        (profile::of_the_workspace(), Policy::default()),
    ];
    for (profile, policy) in ways {
        let sources = [Source::new("spec/demo.yaml", text)];
        let start = Instant::now();
        let rendered = catch_unwind(AssertUnwindSafe(|| {
            let found = match render_under(&sources, profile, &policy) {
                Ok(rendered) => rendered.warnings,
                Err(found) => found,
            };
            found.render(&sources, false).len()
        }));
        if rendered.is_err() {
            return Err("it panics".to_owned());
        }
        if start.elapsed() > TIME {
            return Err(format!("it takes {} s", start.elapsed().as_secs()));
        }
    }
    Ok(())
}

fn tree(text: &str) -> Option<Value> {
    let loaded = load::load(&[Source::new("spec/demo.yaml", text)]);
    loaded.documents.first().map(|it| it.tree.to_json())
}

/// A tree in which a few things are other than they were.
fn changed(tree: &Value, other: &Value, lot: &mut Lot) -> Value {
    let mut tree = tree.clone();
    for _ in 0..=lot.below(6) {
        let mut places = Vec::new();
        pointers(&tree, &mut String::new(), &mut places);
        let Some(place) = lot.one(&places).cloned() else {
            break;
        };
        let value = put(&tree, &place, other, &places, lot);
        match (value, place.rsplit_once('/')) {
            (Some(value), _) => {
                if let Some(changed) = tree.pointer_mut(&place) {
                    *changed = value;
                }
            }
            (None, Some((parent, key))) => {
                if let Some(Value::Object(object)) = tree.pointer_mut(parent) {
                    let key = key.replace("~1", "/").replace("~0", "~");
                    object.remove(&key);
                }
            }
            (None, None) => {}
        }
    }
    tree
}

/// What takes a place; nothing where what stands there goes.
fn put(
    tree: &Value,
    place: &str,
    other: &Value,
    places: &[String],
    lot: &mut Lot,
) -> Option<Value> {
    let there = tree.pointer(place)?.clone();
    let mut elsewhere = Vec::new();
    pointers(other, &mut String::new(), &mut elsewhere);
    Some(match lot.below(9) {
        0 => return None,
        1 => other.pointer(lot.one(&elsewhere)?)?.clone(),
        2 => tree.pointer(lot.one(places)?)?.clone(),
        3 => json!({"$ref": format!("#{}", lot.one(places)?)}),
        4 => json!([there]),
        5 => {
            // As deep as a document may well be, and deeper.
            let depth = *lot.one(&[2, 40, 400])?;
            (0..depth).fold(there, |inner, _| json!({"type": "array", "items": inner}))
        }
        6 => renamed(there, other.pointer(lot.one(&elsewhere)?), lot),
        _ => lot.one(&odd())?.clone(),
    })
}

/// An object one of whose keys has another name.
fn renamed(value: Value, other: Option<&Value>, lot: &mut Lot) -> Value {
    let Value::Object(object) = value else {
        return value;
    };
    let names: Vec<_> = match other {
        Some(Value::Object(other)) => other.keys().cloned().collect(),
        _ => ["", "type", "self", "a/b~c", "\u{202e}x"]
            .map(str::to_owned)
            .into(),
    };
    let chosen = lot.below(object.len());
    let entries = object.into_iter().enumerate().map(|(index, (key, value))| {
        let name = lot.one(&names).filter(|_| index == chosen).cloned();
        (name.unwrap_or(key), value)
    });
    Value::Object(entries.collect::<Map<_, _>>())
}

/// Values that stand where others are due.
fn odd() -> Vec<Value> {
    vec![
        Value::Null,
        json!(true),
        json!(-1),
        json!(u64::MAX),
        json!(1e300),
        json!(""),
        json!("x".repeat(5_000)),
        json!("\u{202e}\u{0}\u{7f}\n*/ #[x] \"#"),
        json!("application/json"),
        json!([]),
        json!({}),
        json!({"$ref": "#"}),
        json!({"$ref": "other.yaml#/a"}),
        json!({"type": ["string", "null"], "const": 1}),
        json!({"allOf": [{}, false, {"oneOf": []}]}),
    ]
}

fn pointers(value: &Value, at: &mut String, found: &mut Vec<String>) {
    found.push(at.clone());
    let length = at.len();
    let mut inside = |key: &str, value: &Value| {
        at.push('/');
        at.push_str(&key.replace('~', "~0").replace('/', "~1"));
        pointers(value, at, found);
        at.truncate(length);
    };
    match value {
        Value::Object(object) => object.iter().for_each(|(key, value)| inside(key, value)),
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(index, value)| inside(&index.to_string(), value));
        }
        _ => {}
    }
}

/// A text in which some bytes are others, more or fewer.
fn slipped(text: &str, lot: &mut Lot) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=lot.below(8) {
        let at = lot.below(bytes.len());
        match lot.below(4) {
            0 => bytes.truncate(at.max(1)),
            1 => bytes.insert(at, u8::try_from(lot.below(256)).unwrap_or_default()),
            2 => {
                let end = bytes.len().min(at + lot.below(40));
                bytes.drain(at..end);
            }
            _ => {
                let signs = b"{}[]:,-#&*!|>'\"%@`\t\n 0~\\";
                if let (Some(byte), Some(sign)) = (bytes.get_mut(at), lot.one(signs)) {
                    *byte = *sign;
                }
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
