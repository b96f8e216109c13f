//! How MovieLens writes titles: `Matrix, The (1999)`, `City of Lost Children, The (Cité des enfants perdus, La) (1995)`.

/// What it moves behind a title.
const ARTICLES: [&str; 30] = [
    "The", "A", "An", "La", "Le", "Les", "L'", "Un", "Une", "El", "Los", "Las", "Il", "Lo", "I", "Gli", "Das", "Der",
    "Die", "Ein", "Eine", "Det", "Den", "De", "En", "Ett", "Het", "O", "Os", "As",
];

/// A title taken apart.
#[derive(Debug, PartialEq)]
pub(super) struct Titles {
    pub title: String,
    /// Those in brackets behind it, and the title as it is written where that is another.
    pub others: Vec<String>,
    pub year: Option<u16>,
}

impl Titles {
    pub(super) fn read(raw: &str) -> Titles {
        let (written, year) =
            match last_group(raw).filter(|(rest, _)| !rest.is_empty()).map(|(rest, group)| (rest, year(group))) {
                Some((rest, Some(year))) => (rest, Some(year)),
                _ => (raw.trim(), None),
            };
        let (mut main, mut groups) = (written, Vec::new());
        // A title of nothing but brackets keeps the first.
        while let Some((rest, group)) = last_group(main).filter(|(rest, _)| !rest.is_empty()) {
            groups.push(group);
            main = rest;
        }
        let title = in_order(main);
        let mut others: Vec<String> = Vec::new();
        let groups = groups.iter().rev().map(|group| in_order(without_aka(group)));
        for other in groups.chain([written.to_owned()]) {
            if !other.is_empty() && other != title && !others.contains(&other) {
                others.push(other);
            }
        }
        Titles { title, others, year }
    }
}

/// What stands before the group in brackets that a text ends with, and what is in that.
fn last_group(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let mut depth = 0;
    for (at, letter) in text.char_indices().rev() {
        match letter {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        if depth <= 0 {
            return (letter == '(').then(|| (text[..at].trim_end(), text[at + 1..text.len() - 1].trim()));
        }
    }
    None
}

/// `1999`, or the first year of `2006–2007`.
fn year(group: &str) -> Option<u16> {
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let (first, last) = group.split_once(['-', '–']).unwrap_or((group, ""));
    let (first, last) = (first.trim(), last.trim());
    let fits = is_year(first) && (last.is_empty() || is_year(last));
    fits.then(|| first.parse().ok()).flatten()
}

fn without_aka(group: &str) -> &str {
    let head = group.get(..7).filter(|head| head.eq_ignore_ascii_case("a.k.a. "));
    head.map_or(group, |head| group[head.len()..].trim_start())
}

/// The title with the article in front that stands behind it, or behind its part before a colon.
fn in_order(title: &str) -> String {
    if let Some(whole) = with_article(title) {
        return whole;
    }
    match title.split_once(": ").and_then(|(head, tail)| Some((with_article(head)?, tail))) {
        Some((head, tail)) => format!("{head}: {tail}"),
        None => title.trim().to_owned(),
    }
}

fn with_article(title: &str) -> Option<String> {
    let (rest, article) = title.trim().rsplit_once(", ")?;
    let article = article.trim();
    let blank = if article.ends_with('\'') { "" } else { " " };
    ARTICLES.contains(&article).then(|| format!("{article}{blank}{}", rest.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_put_in_order() {
        for (raw, title, others, year) in [
            ("Lantern, The (1999)", "The Lantern", &["Lantern, The"][..], Some(1999)),
            ("  Lantern  (1999)  ", "Lantern", &[], Some(1999)),
            ("Lantern", "Lantern", &[], None),
            ("Lantern (2006–2007)", "Lantern", &[], Some(2006)),
            ("Lantern (2006-2007)", "Lantern", &[], Some(2006)),
            ("Lantern (2006-)", "Lantern", &[], Some(2006)),
            (
                "City of Lamps, The (Cité des lampes, La) (1995)",
                "The City of Lamps",
                &["La Cité des lampes", "City of Lamps, The (Cité des lampes, La)"],
                Some(1995),
            ),
            (
                "Fog (a.k.a. Mist, The) (A.K.A. Haar) (1980)",
                "Fog",
                &["The Mist", "Haar", "Fog (a.k.a. Mist, The) (A.K.A. Haar)"],
                Some(1980),
            ),
            ("Aube, L' (1960)", "L'Aube", &["Aube, L'"], Some(1960)),
            ("Raven, The: Last Prayer (2005)", "The Raven: Last Prayer", &["Raven, The: Last Prayer"], Some(2005)),
            ("I, Claudia (2017)", "I, Claudia", &[], Some(2017)),
            ("Rome, the (2017)", "Rome, the", &[], Some(2017)),
            ("(400) Days of Fog (2009)", "(400) Days of Fog", &[], Some(2009)),
            ("(Untitled) (2009)", "(Untitled)", &[], Some(2009)),
            ("Fog (Part 2 (of 3)) (2009)", "Fog", &["Part 2 (of 3)", "Fog (Part 2 (of 3))"], Some(2009)),
            ("Fog 1999)", "Fog 1999)", &[], None),
            ("Fog (1999", "Fog (1999", &[], None),
            ("11'09\"01 - Fog 11 (2002)", "11'09\"01 - Fog 11", &[], Some(2002)),
            ("Red, Green, The (1931)", "The Red, Green", &["Red, Green, The"], Some(1931)),
            ("(1931)", "(1931)", &[], None),
            ("", "", &[], None),
        ] {
            let others: Vec<String> = others.iter().map(|&other| other.to_owned()).collect();
            assert_eq!(Titles::read(raw), Titles { title: title.to_owned(), others, year }, "{raw}");
        }
    }
}
