//! Keeps the map of floors in `docs/architecture.md` true.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The floors and what each may use, as the table says.
fn map() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let table = text.split("## Floors").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |"));
    rows.map(|row| {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        let uses = cells[2].split_whitespace().filter(|&word| word != "nothing");
        (cells[0].trim_end_matches('`').to_owned(), uses.map(str::to_owned).collect())
    })
    .collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every source file with its path from `src` and its text.
fn house() -> Vec<(String, String)> {
    let mut found = Vec::new();
    sources(&root().join("src"), &mut found);
    found.sort();
    let read = |path: PathBuf| {
        let name = path.strip_prefix(root().join("src")).unwrap().to_string_lossy().replace('\\', "/");
        (name, fs::read_to_string(path).unwrap())
    };
    found.into_iter().map(read).collect()
}

/// The floor of a file: `store/open.rs` and `store.rs` are both of `store`.
fn floor(name: &str) -> &str {
    name.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The words that follow `crate::` in the text.
fn used(text: &str) -> impl Iterator<Item = &str> {
    let word = |rest: &str| rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
    text.split("crate::").skip(1).map(move |rest| &rest[..word(rest)])
}

#[test]
fn no_floor_uses_one_above() {
    let map = map();
    let mut wrong = Vec::new();
    for (name, text) in house() {
        let floor = floor(&name);
        if matches!(floor, "lib" | "main") {
            continue;
        }
        let may = map.get(floor).unwrap_or_else(|| panic!("src/{name}: `{floor}` is not on the map"));
        for other in used(&text) {
            assert!(!other.is_empty(), "src/{name}: write one `use crate::floor` a line, so that the map can be kept");
            if other != floor && !may.contains(other) {
                wrong.push(format!("src/{name} uses `{other}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "against docs/architecture.md:\n{}", wrong.join("\n"));
}

#[test]
fn the_map_has_no_circle() {
    let mut left = map();
    while !left.is_empty() {
        let here: BTreeSet<_> = left.keys().cloned().collect();
        let lowest: Vec<_> =
            left.iter().filter(|(_, uses)| uses.is_disjoint(&here)).map(|(name, _)| name.clone()).collect();
        assert!(!lowest.is_empty(), "a circle among {here:?}");
        left.retain(|name, _| !lowest.contains(name));
    }
}

#[test]
fn fenced_crates_stay_behind_their_fences() {
    let fences: [(&str, &[&str]); 4] =
        [("redb", &["store"]), ("bincode", &["store"]), ("fuzzy_matcher", &["search"]), ("argon2", &["catalog"])];
    for (name, text) in house() {
        for (krate, floors) in fences {
            let named = text.contains(&format!("{krate}::")) || text.contains(&format!("use {krate}"));
            assert!(!named || floors.contains(&floor(&name)), "src/{name} names {krate}: see docs/dependencies.md");
        }
    }
    let one = |krate: &str| house().iter().filter(|(_, text)| text.contains(&format!("{krate}::"))).count();
    assert!(one("bincode") <= 1, "bincode is named in one module");
    assert!(one("fuzzy_matcher") <= 1, "fuzzy-matcher is named in one module");
}

#[test]
fn the_session_keeps_to_plain_values() {
    for (name, text) in house() {
        if !matches!(floor(&name), "app" | "ui") {
            continue;
        }
        for word in
            ["catalog::Catalog", "catalog::password", "catalog::token", "catalog::throttle", "std::fs", "Instant::now"]
        {
            assert!(!text.contains(word), "src/{name} names {word}: a session does no I/O and reads no clock");
        }
    }
}

#[test]
fn main_is_thin() {
    let text = fs::read_to_string(root().join("src/main.rs")).unwrap();
    assert!(text.lines().count() < 40);
}
