//! The names of a cast, out of a list with debris in it.

use crate::domain::clean_line;

/// What belongs to the name before it.
const SUFFIXES: [&str; 7] = ["sr.", "sr", "jr.", "jr", "ii", "iii", "iv"];

/// Whole entries that are no names.
const DEBRIS: [&str; 7] = ["and", "with", "featuring", "starring", "none", "uncredited", "others"];

/// The names of a list, in its order, each once as it stands.
pub(super) fn clean(list: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(list.len());
    // Whether the entry before became the last name.
    let mut after_name = false;
    for entry in list {
        let entry = clean_line(entry);
        if is_suffix(&entry) {
            if let (true, Some(last)) = (after_name, names.last_mut()) {
                last.push(' ');
                last.push_str(&entry);
            }
            after_name = false;
            continue;
        }
        let name = name(&entry);
        after_name = name.is_some();
        names.extend(name);
    }
    names
}

fn is_suffix(entry: &str) -> bool {
    SUFFIXES.iter().any(|suffix| entry.eq_ignore_ascii_case(suffix))
}

/// The name in an entry, if there is one.
fn name(entry: &str) -> Option<String> {
    if entry.starts_with(['(', '[']) || entry.ends_with(':') || entry.starts_with("Dir.:") {
        return None;
    }
    let bare = entry.trim_matches(['[', ']', ' ']);
    let bare = without_group(bare);
    let closes = bare.matches(')').count();
    if closes > bare.matches('(').count() {
        return None; // the end of a remark that began in another entry
    }
    let name = if closes < bare.matches('(').count() { bare.split('(').next().unwrap_or_default() } else { bare };
    let name = name.trim_end_matches([' ', ',', ';', ':']);
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let debris = DEBRIS.iter().any(|word| name.eq_ignore_ascii_case(word)) || is_award(name);
    (letters >= 2 && !debris).then(|| name.to_owned())
}

/// The entry without a remark in brackets at its end: `David Powell (actor)`.
fn without_group(entry: &str) -> &str {
    let mut bare = entry;
    while let Some((name, _)) = bare.strip_suffix(')').and_then(|open| open.rsplit_once('(')) {
        bare = name.trim_end();
    }
    bare
}

/// `Best Actor`, out of a column of awards.
fn is_award(name: &str) -> bool {
    let prize = name.strip_prefix("Best ").unwrap_or_default();
    ["Actor", "Actress", "Supporting", "Director", "Picture", "Screenplay"].iter().any(|start| prize.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_and_debris_is_not() {
        let cleaned = |list: &[&str]| clean(&list.iter().map(|&entry| entry.to_owned()).collect::<Vec<_>>()).join("|");
        for (list, names) in [
            (&["(", "nominee)", "Sr."][..], ""),
            (&["Noah Beery", "Sr.", "Ann Lee"], "Noah Beery Sr.|Ann Lee"),
            (&["Noah Beery", ".", "Sr."], "Noah Beery"),
            (&["Katherine MacDonald]]", "[[Wallace Reid"], "Katherine MacDonald"),
            (&["David Powell (actor)", "John Wood (English actor)"], "David Powell|John Wood"),
            (&["Dave (Tex) O'Brien (actor)", "Eliot (Coco) Sumner"], "Dave (Tex) O'Brien|Eliot (Coco) Sumner"),
            (&["Best Actor", "and", "?", "(narrator)", "U2", "X", "&", "Cast:", "Dir.: Steve Asquith"], ""),
            (&["producer)", ")", "Olexa Hewryk ("], "Olexa Hewryk"),
            (
                &["Robert Downey, Jr.", "k.d. lang", "宮崎駿", "\"Weird Al\" Yankovic"],
                "Robert Downey, Jr.|k.d. lang|宮崎駿|\"Weird Al\" Yankovic",
            ),
            (&["Cher\u{202e}", "  Bela \t Lugosi "], "Cher|Bela Lugosi"),
        ] {
            assert_eq!(cleaned(list), names, "{list:?}");
        }
    }
}
