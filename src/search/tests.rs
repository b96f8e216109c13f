use super::{Found, Name, Names, Question, Tier, Trouble, choose, find, marks};
use crate::domain::Entity;
use crate::domain::fold::fold;
use proptest::prelude::*;
use std::cell::Cell;
use std::ops::ControlFlow;

/// Movies and people in a list: texts as written, weight, year.
struct Shelf(Vec<(Entity, &'static str, u32, u16)>);

impl Names for Shelf {
    fn scan(&self, entity: Entity, visit: &mut dyn FnMut(Name<'_>) -> ControlFlow<()>) -> Result<(), Trouble> {
        for (id, (kind, texts, weight, year)) in (0..).zip(&self.0) {
            let texts = texts.split('|').map(fold).collect::<Vec<_>>().join("\n");
            if *kind == entity && visit(Name { id, weight: *weight, year: *year, texts: &texts }).is_break() {
                break;
            }
        }
        Ok(())
    }
}

fn shelf() -> Shelf {
    Shelf(vec![
        (Entity::Movie, "Casablanca", 600_000, 1942),
        (Entity::Movie, "The Lord of the Rings: The Fellowship of the Ring", 2_000_000, 2001),
        (Entity::Movie, "Spider-Man", 900_000, 2002),
        (Entity::Movie, "Amélie|Le fabuleux destin d'Amélie Poulain", 800_000, 2001),
        (Entity::Movie, "Knight's Tale, A", 200_000, 2001),
        (Entity::Movie, "A Knight's Tale", 190_000, 2001),
        (Entity::Movie, "Straße der Nacht", 100, 1957),
        (Entity::Movie, "Ærø", 10, 2005),
        (Entity::Movie, "Rocky II", 230_000, 1979),
        (Entity::Movie, "Foul Play", 20_000, 1978),
        (Entity::Movie, "Play", 100, 1990),
        (Entity::Movie, "Alien", 900_000, 1979),
        (Entity::Movie, "Aliens", 700_000, 1986),
        (Entity::Movie, "Alien Resurrection", 200_000, 1997),
        (Entity::Movie, "Heat", 5, 1972),
        (Entity::Movie, "Heat", 600_000, 1995),
        (Entity::Movie, "In the Mood for Love|Fa yeung nin wah", 160_000, 2000),
        (Entity::Person, "Humphrey Bogart", 80, 1899),
        (Entity::Person, "Ingrid Bergman", 55, 1915),
        (Entity::Person, "Ingmar Bergman", 70, 1918),
        (Entity::Person, "Mia Farrow", 60, 1945),
        (Entity::Character, "Rick Blaine", 3, 1942),
        (Entity::Movie, "Mr. & Mrs. Smith", 500_000, 2005),
        (Entity::Movie, "The Invention of Lying", 140_000, 2009),
    ])
}

fn ask(text: &str) -> Vec<Found> {
    find(&shelf(), &Question::parse(text), None, 10, &|| false, &|_, _| false).unwrap()
}

fn first(text: &str) -> Option<&'static str> {
    ask(text).first().map(|found| shelf().0[found.id as usize].1.split('|').next().unwrap())
}

#[test]
fn forgives() {
    for (asked, answer) in [
        ("casablnca", "Casablanca"),
        ("czsablanca", "Casablanca"),
        ("asablanca", "Casablanca"),
        ("acsab", "Casablanca"),
        ("CASABLANCA", "Casablanca"),
        ("spiderman", "Spider-Man"),
        ("spider man", "Spider-Man"),
        ("spidre man", "Spider-Man"),
        ("casa blanca", "Casablanca"),
        ("amelie", "Amélie|Le"),
        ("amelie poulain", "Amélie|Le"),
        ("strasse der nacht", "Straße der Nacht"),
        ("aero", "Ærø"),
        ("rocky 2", "Rocky II"),
        ("play foul", "Foul Play"),
        ("lotr", "The Lord of the Rings: The Fellowship of the Ring"),
        ("in mood love", "In the Mood for Love"),
        ("lord rings fellowship", "The Lord of the Rings: The Fellowship of the Ring"),
        ("knight s tale", "A Knight's Tale"),
        ("bogart humphrey", "Humphrey Bogart"),
        ("bogart, h", "Humphrey Bogart"),
        ("h bogart", "Humphrey Bogart"),
        ("ingrd bergmann", "Ingrid Bergman"),
        ("the alien", "Alien"),
        ("mia fzrrow", "Mia Farrow"),
        ("rick blane", "Rick Blaine"),
        ("mrr mrs smith", "Mr. & Mrs. Smith"),
        ("the invenshun of lying", "The Invention of Lying"),
    ] {
        let answer = answer.split('|').next();
        assert_eq!(first(asked), answer, "{asked}");
    }
}

#[test]
fn orders_by_tier_then_fame_then_year() {
    let years = |text: &str| ask(text).iter().map(|found| shelf().0[found.id as usize].3).collect::<Vec<_>>();
    assert_eq!(years("heat"), [1995, 1972]);
    assert_eq!(years("alien"), [1979, 1986, 1997]);
    let tiers: Vec<Tier> = ask("play").iter().map(|found| found.tier).collect();
    assert_eq!(tiers, [Tier::Exact, Tier::Words]);
    assert!(ask("alien").is_sorted_by(|a, b| a.score >= b.score));
}

#[test]
fn narrows_cancels_and_prefers_favorites() {
    let question = Question::parse("bergman");
    let ids = |boost: &dyn Fn(Entity, u32) -> bool| -> Vec<u32> {
        let found = find(&shelf(), &question, Some(Entity::Person), 10, &|| false, boost).unwrap();
        found.iter().map(|found| found.id).collect()
    };
    assert_eq!(ids(&|_, _| false), [19, 18]);
    assert_eq!(ids(&|_, id| id == 18), [18, 19]);
    let none = find(&shelf(), &question, Some(Entity::Movie), 10, &|| false, &|_, _| false).unwrap();
    assert!(none.is_empty());
    let asked = Cell::new(0);
    let cancelled = || {
        asked.set(asked.get() + 1);
        true
    };
    assert!(find(&shelf(), &question, None, 10, &cancelled, &|_, _| false).unwrap().is_empty());
    assert_eq!(asked.get(), 1);
}

#[test]
fn answers_whatever_is_typed() {
    for text in
        ["", " ", "\t\n", "\u{301}\u{301}", "\u{0}\u{1b}[2J", "\"(", "𝕏", "???", "a b c d e f g h i j k l m n o p"]
    {
        ask(text);
        let _ = marks(&Question::parse(text), text);
    }
    let long = "x".repeat(10_000);
    let words = "ab ".repeat(3_400);
    let accents = format!("e{}", "\u{301}".repeat(10_000));
    for text in [&long, &words, &accents] {
        ask(text);
        let _ = marks(&Question::parse(text), text);
        let _ = marks(&Question::parse("ab"), text);
    }
    assert!(ask("").is_empty() && ask("   ").is_empty());
}

#[test]
fn marks_the_letters_that_answer() {
    let marked = |asked: &str, text: &str| -> Vec<String> {
        marks(&Question::parse(asked), text).iter().map(|&(start, end)| text[start..end].to_owned()).collect()
    };
    assert_eq!(marked("amelie", "Amélie!"), ["Amélie"]);
    assert_eq!(marked("casablnca", "Casablanca"), ["Casabl", "nca"]);
    assert_eq!(marked("casablanka", "Casablanca"), ["Casablan", "a"]);
    assert_eq!(marked("play foul", "Foul Play"), ["Foul", "Play"]);
    assert_eq!(marked("spiderman", "Spider-Man"), ["Spider", "Man"]);
    assert_eq!(marked("strasse", "Die Straße"), ["Straße"]);
    assert_eq!(marked("nothing", "Casablanca"), [""; 0]);
}

#[test]
fn chooses_from_a_short_list() {
    let genres = ["Drama", "Comedy", "Science Fiction", "Film-Noir", "Romance", "Romantic Comedy"];
    assert_eq!(choose("", genres), [0, 1, 2, 3, 4, 5]);
    assert_eq!(choose("rom", genres), [4, 5]);
    assert_eq!(choose("noir", genres), [3]);
    assert_eq!(choose("scfi", genres), [2]);
    assert_eq!(choose("comdy", genres)[0], 1);
}

/// A name of one to four words that no other word resembles.
fn name() -> impl Strategy<Value = String> {
    prop::collection::vec("[bcdfgklmnprst][aeiou][bcdfgklmnprst]{1,2}[aeiou][a-z]{0,5}", 1..4)
        .prop_map(|words| words.join(" "))
}

fn fits(asked: &str, text: &str) -> bool {
    let question = Question::parse(asked);
    super::align::Aligner::new(&question).fit(text).is_some()
}

proptest! {
    #[test]
    fn every_name_is_found_by_its_beginnings(name in name()) {
        for end in 3..=name.len() {
            prop_assert!(fits(&name[..end], &name), "{}", &name[..end]);
        }
        let question = Question::parse(&name);
        let fit = super::align::Aligner::new(&question).fit(&name).unwrap();
        prop_assert_eq!(fit.tier, Tier::Exact);
    }

    #[test]
    fn every_name_is_found_with_one_typo(name in name(), word in 0..4_usize, at in 0..12_usize, way in 0..4, letter in "[a-z]") {
        let mut words: Vec<String> = name.split(' ').map(str::to_owned).collect();
        let count = words.len();
        let word = &mut words[word % count];
        prop_assume!(word.len() >= 5);
        let at = at % (word.len() - 1);
        match way {
            0 => word.insert_str(at, &letter),
            1 => word.replace_range(at..=at, ""),
            2 => word.replace_range(at..=at, &letter),
            _ => {
                let next = word.remove(at + 1);
                word.insert(at, next);
            }
        }
        let asked = words.join(" ");
        prop_assert!(fits(&asked, &name), "{asked}");
    }

    #[test]
    fn words_are_found_in_any_order(name in name()) {
        let asked = name.split(' ').rev().collect::<Vec<_>>().join(" ");
        prop_assert!(fits(&asked, &name));
    }

    #[test]
    fn marks_lie_on_the_text(asked in "\\PC{0,12}", text in ".{0,40}") {
        let marks = marks(&Question::parse(&asked), &text);
        prop_assert!(marks.windows(2).all(|two| two[0].1 < two[1].0));
        prop_assert!(marks.iter().all(|&(start, end)| start < end && text.get(start..end).is_some()));
    }
}

#[test]
fn names_may_be_turned_at_a_comma() {
    let shelf = Shelf(vec![
        (Entity::Person, "Jim O'Heir", 3, 1962),
        (Entity::Person, "Jim Heirman", 300, 1960),
        (Entity::Movie, "The Matrix", 9, 1999),
        (Entity::Movie, "Love, Actually", 9, 2003),
    ]);
    for (asked, id) in [("heir, jim o", 0), ("O'Heir, Jim", 0), ("matrix, the", 2), ("love, actually", 3)] {
        let found = find(&shelf, &Question::parse(asked), None, 10, &|| false, &|_, _| false).unwrap();
        assert_eq!(found.first().map(|found| (found.id, found.tier)), Some((id, Tier::Exact)), "{asked}");
    }
}
