//! Names of files and folders that every system takes.

use std::collections::HashMap;
use xxhash_rust::xxh3::xxh3_128;

/// A name takes at most so many bytes; systems take 255, and an ending is still to come.
const LONGEST: usize = 180;
/// What names mean devices to Windows, whatever their ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The names of films' folders, each once whatever the case: by name the number of the last film that wanted it.
#[derive(Default)]
pub(super) struct Names(HashMap<u128, u32>);

impl Names {
    /// The name of a film's folder: `Casablanca (1942)`, a second one `Casablanca (1942) (2)`.
    pub(super) fn take(&mut self, title: &str, year: Option<u16>) -> String {
        let year = year.map_or(String::new(), |year| format!(" ({year})"));
        let plain = format!("{}{year}", safe(title));
        let mut name = plain.clone();
        while let Some(last) = self.0.get(&mark(&name)) {
            let turn = self.0.get(&mark(&plain)).unwrap_or(last) + 1;
            self.0.insert(mark(&plain), turn);
            name = format!("{plain} ({turn})");
        }
        self.0.insert(mark(&name), 1);
        name
    }
}

fn mark(name: &str) -> u128 {
    xxh3_128(name.to_lowercase().as_bytes())
}

/// A title as the name of a folder: no steps of a path, nothing that a system takes for something else.
fn safe(title: &str) -> String {
    let plain: String = title.chars().map(|c| if is_taken(c) { ' ' } else { c }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let mut name = words.join(" ");
    while name.len() > LONGEST {
        name.pop();
    }
    // A name that begins with a dot is hidden, one that ends with it loses it on Windows.
    let name = name.trim_matches(|c: char| c == '.' || c == ' ');
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let numbered = |device: &str| stem.strip_prefix(device).is_some_and(|number| number.len() == 1);
    match name {
        "" => "Film".to_owned(),
        name if DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt") => format!("{name} film"),
        name => name.to_owned(),
    }
}

/// The name of the file with the photo of somebody; none where no system takes it.
pub(super) fn photo(name: &str) -> Option<String> {
    let safe: String = name.replace(' ', "_").chars().filter(|c| !is_taken(*c)).collect();
    (!safe.is_empty() && safe.len() <= LONGEST).then_some(safe)
}

fn is_taken(c: char) -> bool {
    matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|') || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_title_has_a_name_of_its_own() {
        let mut names = Names::default();
        for (title, year, name) in [
            ("Casablanca", Some(1942), "Casablanca (1942)"),
            ("CASABLANCA", Some(1942), "CASABLANCA (1942) (2)"),
            ("Casablanca", None, "Casablanca"),
            ("Casablanca (1942)", None, "Casablanca (1942) (3)"),
            ("../../etc/passwd", None, "etc passwd"),
            ("..", Some(2000), "Film (2000)"),
            ("...", Some(2000), "Film (2000) (2)"),
            ("AUX", None, "AUX film"),
            ("com1.avi", Some(1999), "com1.avi film (1999)"),
            ("Command", None, "Command"),
            ("Mission: Impossible?", Some(1996), "Mission Impossible (1996)"),
            (".hack", None, "hack"),
            ("Who?", None, "Who"),
            ("宮崎駿", None, "宮崎駿"),
            ("/", None, "Film"),
        ] {
            assert_eq!(names.take(title, year), name, "{title}");
        }
        let long = names.take(&"ä".repeat(500), Some(1999));
        assert!(long.len() <= LONGEST + 7 && long.ends_with("ä (1999)"), "{long}");
    }

    #[test]
    fn photos_are_named_as_they_are_looked_for() {
        assert_eq!(photo("Ann B. Lee").as_deref(), Some("Ann_B._Lee"));
        assert_eq!(photo("../AC/DC?").as_deref(), Some("..ACDC"));
        assert_eq!((photo("/"), photo(&"x".repeat(300))), (None, None));
    }
}
