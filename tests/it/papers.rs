//! What the papers say is so.

use std::fs;
use std::path::Path;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

#[test]
fn the_readme_has_the_key_table_of_the_keymap() {
    let readme = read("README.md");
    let kept = readme.split("<!-- keys -->").nth(1).expect("a table between two markers").trim();
    let table = cinedex::app::keymap::readme_table();
    assert_eq!(kept, table.trim(), "put this between the markers of README.md:\n{table}");
}

#[test]
fn every_dependency_has_its_reason() {
    let papers = read("docs/dependencies.md");
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    for section in ["dependencies", "dev-dependencies"] {
        for (name, value) in manifest[section].as_table().unwrap() {
            let package = value.get("package").and_then(toml::Value::as_str).unwrap_or(name);
            let line = papers.lines().find(|line| line.starts_with(&format!("| {package} |")));
            assert!(line.is_some(), "docs/dependencies.md has no line for {package}");
        }
    }
}

#[test]
fn every_reason_has_its_dependency() {
    let manifest = read("Cargo.toml");
    let papers = read("docs/dependencies.md");
    let named = papers.lines().filter_map(|line| line.strip_prefix("| ")?.split(" |").next());
    for package in named.filter(|&name| name != "crate") {
        let plain = manifest.lines().any(|line| line.split([' ', '=']).next() == Some(package));
        let renamed = manifest.contains(&format!("package = \"{package}\""));
        assert!(plain || renamed, "docs/dependencies.md speaks of {package}, Cargo.toml does not");
    }
}
