//! Splitting a full name into what it is filed by and what comes before.

/// Words that start a last name however they are written.
const PARTICLES: [&str; 21] = [
    "van", "von", "vom", "der", "den", "ter", "ten", "de", "del", "della", "degli", "di", "da", "dal", "dos", "das",
    "du", "des", "la", "le", "st",
];

/// Words that start a last name where they are written small.
const SMALL_PARTICLES: [&str; 7] = ["al", "el", "bin", "ibn", "af", "av", "zu"];

/// The first and the last name of a full name, of which either may be empty; joined by a blank they are the
/// full name again, but for a namesake's number at its end: `Laura Bailey (II)`.
#[must_use]
pub fn split_name(full: &str) -> (String, String) {
    let mut words: Vec<&str> = full.split_whitespace().collect();
    if words.len() > 1 && words.last().is_some_and(|word| is_number(word)) {
        words.pop();
    }
    let (first, last) = words.split_at(last_name_at(&words));
    (first.join(" "), last.join(" "))
}

/// Where the last name starts.
fn last_name_at(words: &[&str]) -> usize {
    let suffixes = words.iter().rev().take_while(|word| is_suffix(word)).count();
    let end = (words.len() - suffixes).max(1);
    if end < 2 {
        return 0;
    }
    (1..end - 1)
        .find_map(|at| match words[at] {
            // `Ortega y Gasset`
            "y" | "e" => Some(at - 1),
            word => is_particle(word).then_some(at),
        })
        .unwrap_or(end - 1)
}

fn is_particle(word: &str) -> bool {
    let lower = word.trim_end_matches('.').to_lowercase();
    PARTICLES.contains(&lower.as_str()) || SMALL_PARTICLES.contains(&word)
}

/// `Jr.` and its like stay with the last name.
fn is_suffix(word: &str) -> bool {
    let bare = word.trim_matches(['.', ',']);
    ["jr", "sr"].iter().any(|suffix| bare.eq_ignore_ascii_case(suffix)) || ["II", "III", "IV"].contains(&bare)
}

/// `(I)` to `(XX)`, by which IMDb told namesakes apart.
fn is_number(word: &str) -> bool {
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let Some(number) = word.strip_prefix('(').and_then(|word| word.strip_suffix(')')) else { return false };
    let ones = number.strip_prefix('X').unwrap_or(number);
    number == "XX" || !number.is_empty() && ONES.contains(&ones)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::join_name;
    use proptest::prelude::*;

    #[test]
    fn splits_as_names_are_filed() {
        for (full, first, last) in [
            ("Humphrey Bogart", "Humphrey", "Bogart"),
            ("Cher", "", "Cher"),
            ("will.i.am", "", "will.i.am"),
            ("宮崎駿", "", "宮崎駿"),
            ("Laura Bailey (I)", "Laura", "Bailey"),
            ("Laura  Bailey (XX)", "Laura", "Bailey"),
            ("Laura Bailey (XXI)", "Laura Bailey", "(XXI)"),
            ("Laura Bailey (XIV)", "Laura", "Bailey"),
            ("Robert Downey Jr.", "Robert", "Downey Jr."),
            ("Robert Downey, Jr", "Robert", "Downey, Jr"),
            ("Sammy Davis jr.", "Sammy", "Davis jr."),
            ("William H. Macy III", "William H.", "Macy III"),
            ("Guillermo del Toro", "Guillermo", "del Toro"),
            ("Lars von Trier", "Lars", "von Trier"),
            ("Jean-Claude Van Damme", "Jean-Claude", "Van Damme"),
            ("Paul Thomas van der Berg", "Paul Thomas", "van der Berg"),
            ("Jill St. John", "Jill", "St. John"),
            ("José Ortega y Gasset", "José", "Ortega y Gasset"),
            ("Van Johnson", "Van", "Johnson"),
            ("Al Pacino", "Al", "Pacino"),
            ("Frank Al Smith", "Frank Al", "Smith"),
            ("Haifaa al Mansour", "Haifaa", "al Mansour"),
            ("Helena Bonham Carter", "Helena Bonham", "Carter"),
            ("Gong Li", "Gong", "Li"),
            ("Leonardo Da", "Leonardo", "Da"),
            ("Jr.", "", "Jr."),
            ("Sammy Jr.", "", "Sammy Jr."),
            ("Jr. II", "", "Jr. II"),
            ("(I)", "", "(I)"),
            ("", "", ""),
        ] {
            assert_eq!(split_name(full), (first.to_owned(), last.to_owned()), "{full}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost(words in prop::collection::vec("[A-Za-zé.,']{1,6}|van|y|e|Jr\\.|II|de|\\(ab\\)", 0..7)) {
            let (first, last) = split_name(&words.join("  "));
            prop_assert_eq!(join_name(&first, &last), words.join(" "));
        }
    }
}
