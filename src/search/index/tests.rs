use super::super::{Found, Name, Names, Question, Tier, Trouble, find as scan};
use super::rows::kind;
use super::{
    CAST, FRESH, MAIN, Page, Pages, Part, RECENT, Ready, See, best_known, build, change, find, foremost, holding,
    merge, prepare, verify,
};
use crate::domain::Entity;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Included, Unbounded};
use std::ops::ControlFlow;

/// Movies, people and names of characters: texts, weight, year.
#[derive(Debug)]
struct Shelf(Vec<(Entity, String, u32, u16)>);

impl Names for Shelf {
    fn scan(&self, entity: Entity, visit: &mut dyn FnMut(Name<'_>) -> ControlFlow<()>) -> Result<(), Trouble> {
        for (id, (kind, texts, weight, year)) in (0..).zip(&self.0) {
            if *kind == entity && visit(Name { id, weight: *weight, year: *year, texts }).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// Rows in memory.
impl Pages for BTreeMap<Vec<u8>, Vec<u8>> {
    fn get(&self, key: &[u8]) -> Result<Option<Page<'_>>, Trouble> {
        Ok(self.get(key).map(|row| Box::new(&row[..]) as Page<'_>))
    }

    fn last_to(&self, key: &[u8]) -> Result<Option<(Vec<u8>, Page<'_>)>, Trouble> {
        let last = self.range::<[u8], _>((Unbounded, Included(key))).next_back();
        Ok(last.map(|(key, row)| (key.clone(), Box::new(&row[..]) as Page<'_>)))
    }

    fn walk(&self, key: &[u8], visit: &mut See<'_>) -> Result<(), Trouble> {
        for (key, row) in self.range::<[u8], _>((Included(key), Unbounded)) {
            if visit(key, row).is_break() {
                break;
            }
        }
        Ok(())
    }
}

fn rows(shelf: &Shelf) -> BTreeMap<Vec<u8>, Vec<u8>> {
    let mut rows = BTreeMap::new();
    let mut last = Vec::new();
    let folder = tempfile::tempdir().unwrap();
    build(shelf, folder.path(), &mut |key, row| {
        assert!(last.as_slice() < key, "rows come sorted");
        last = key.to_vec();
        rows.insert(key.to_vec(), row.to_vec());
        Ok(())
    })
    .unwrap();
    rows
}

/// The rows as the store lays them: names of characters in a layer of their own.
fn layered(shelf: &Shelf) -> BTreeMap<Vec<u8>, Vec<u8>> {
    let mut rows = layer(MAIN, shelf);
    rows.extend(layer(CAST, shelf));
    rows
}

/// One of the layers that hold everything.
fn layer(layer: u8, shelf: &Shelf) -> BTreeMap<Vec<u8>, Vec<u8>> {
    struct Side<'a>(&'a Shelf, bool);
    impl Names for Side<'_> {
        fn scan(&self, entity: Entity, visit: &mut dyn FnMut(Name<'_>) -> ControlFlow<()>) -> Result<(), Trouble> {
            if (entity == Entity::Character) == self.1 { self.0.scan(entity, visit) } else { Ok(()) }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    read(&prepare(layer, &Side(shelf, layer == CAST), BTreeSet::new(), folder.path()).unwrap())
}

fn read(ready: &Ready) -> BTreeMap<Vec<u8>, Vec<u8>> {
    let mut rows = BTreeMap::new();
    let put = &mut |key: &[u8], row: &[u8]| {
        rows.insert(key.to_vec(), row.to_vec());
        Ok(())
    };
    ready.each(put).unwrap();
    rows
}

/// The row of one name's change.
fn changed(shelf: &Shelf, at: usize, gone: bool) -> (Vec<u8>, Vec<u8>) {
    let (entity, texts, weight, year) = &shelf.0[at];
    let id = if *entity == Entity::Character { 0 } else { at as u32 };
    change(*entity, &Name { id, weight: *weight, year: *year, texts }, gone)
}

/// Gives the first so many names those of another shelf, as changes.
fn rename(rows: &mut BTreeMap<Vec<u8>, Vec<u8>>, now: &mut Shelf, after: &Shelf, count: usize) {
    for (at, name) in after.0.iter().enumerate().take(count.min(now.0.len())) {
        let borne = || now.0.iter().any(|other| other.0 == Entity::Character && other.1 == name.1);
        // An id belongs to one kind for ever, a name of characters is there once.
        if name.0 == now.0[at].0 && !(name.0 == Entity::Character && borne()) {
            if name.0 == Entity::Character {
                rows.extend([changed(now, at, true)]);
            }
            now.0[at] = name.clone();
            rows.extend([changed(now, at, false)]);
        }
    }
}

/// Merges what is newer into a layer; with the main one, that of the characters is made anew.
fn settle(rows: &mut BTreeMap<Vec<u8>, Vec<u8>>, into: u8, now: &Shelf) {
    let folder = tempfile::tempdir().unwrap();
    let merged = read(&merge(rows, None, into, folder.path()).unwrap());
    rows.retain(|key, _| key[0] > into && (into, key[0]) != (MAIN, CAST));
    rows.extend(merged);
    if into == MAIN {
        rows.extend(layer(CAST, now));
    }
}

fn both(shelf: &Shelf, asked: &str, only: Option<Entity>) -> (Vec<Found>, Vec<Found>) {
    let question = Question::parse(asked);
    let plain = scan(shelf, &question, only, 20, &|| false, &|_, _| false).unwrap();
    let indexed = find(&rows(shelf), &question, only, 20, &|| false, &|_, _| false).unwrap();
    (plain, indexed)
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[bcdfgklmnprst][aeiou][bcdfgklmnprst]{1,2}[aeiou][a-z]{0,5}",
        prop::sample::select(vec!["the", "of", "a", "man", "love", "story", "ii", "2", "john", "spider", "бог"])
            .prop_map(str::to_owned),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..5).prop_map(|words| words.join(" "))
}

fn shelf() -> impl Strategy<Value = Shelf> {
    let texts = prop::collection::vec(text(), 1..3).prop_map(|texts| texts.join("\n"));
    let entity = prop::sample::select(vec![Entity::Movie, Entity::Person, Entity::Character]);
    prop::collection::vec((entity, texts, 0..5_000_u32, 1900..2030_u16), 1..80).prop_map(Shelf)
}

/// Names of characters have one text, no year, and are there once.
fn distinct(mut shelf: Shelf) -> Shelf {
    let mut seen = BTreeSet::new();
    for (entity, texts, _, year) in shelf.0.iter_mut().filter(|name| name.0 == Entity::Character) {
        texts.truncate(texts.find('\n').unwrap_or(texts.len()));
        *year = 0;
        if !seen.insert(texts.clone()) {
            *entity = Entity::Person;
        }
    }
    shelf
}

/// The id beside a character's name is not its own.
fn without_ids_of_characters(mut found: Vec<Found>) -> Vec<Found> {
    found.iter_mut().filter(|found| found.entity == Entity::Character).for_each(|found| found.id = 0);
    found
}

/// A text, damaged in one of the ways that are promised to be forgiven.
fn damage(text: &str, way: u8, at: usize, letter: char) -> String {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let count = words.len();
    let word = at % count;
    let long = words[word].is_ascii() && words[word].len() >= 5;
    let place = at % (words[word].len() - 1).max(1);
    match way {
        0 => {}
        1 => return text.chars().take(text.chars().count() * 6 / 10 + 1).collect(),
        2 => words.reverse(),
        3 if count > 1 => drop(words.remove(word)),
        4 => return text.replacen(' ', "", 1),
        5 if long => words[word].insert(place, letter),
        6 if long => drop(words[word].remove(place)),
        7 if long => words[word].replace_range(place..=place, &letter.to_string()),
        8 if long => {
            let next = words[word].remove(place + 1);
            words[word].insert(place, next);
        }
        9 if words[word].is_ascii() && words[word].len() >= 4 => words[word].insert(2, ' '),
        11 if count > 1 => {
            let last = words.pop().unwrap_or_default();
            return format!("{last}, {}", words.join(" "));
        }
        _ => words[word] = words[word].chars().take(3).collect(),
    }
    words.join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]
    #[test]
    fn finds_what_the_scan_finds(
        shelf in shelf(), pick in 0..80_usize, way in 0..12_u8, at in 0..60_usize, letter in prop::char::range('a', 'z'),
    ) {
        let (_, texts, ..) = &shelf.0[pick % shelf.0.len()];
        let asked = damage(texts.split('\n').next().unwrap(), way, at, letter);
        let (plain, indexed) = both(&shelf, &asked, None);
        let best = plain.first().cloned();
        prop_assert_eq!(indexed.first().cloned(), best, "{}", asked);
        // What needs no typo forgiven, or the first of what does.
        let near = plain.iter().take(10).filter(|found| found.tier != Tier::Typo || plain[0].tier == Tier::Typo);
        let missed: Vec<_> = near.filter(|found| !indexed.contains(found)).collect();
        prop_assert!(missed.is_empty() || way > 3 , "{}: {:?}", asked, missed);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]
    #[test]
    fn changes_are_found_before_and_after_merging(
        before in shelf(), after in shelf(), pick in 0..80_usize, gone in 0..80_u32,
    ) {
        let [before, after] = [before, after].map(distinct);
        let mut rows = layered(&before);
        let mut now = Shelf(before.0.clone());
        let all = now.0.len();
        rename(&mut rows, &mut now, &after, all);
        let question = Question::parse(now.0[pick % all].1.split('\n').next().unwrap());
        let gone = gone as usize % all;
        rows.extend([changed(&now, gone, true)]);
        now.0[gone].1 = String::new();
        let plain = scan(&now, &question, None, 200, &|| false, &|_, _| false).unwrap();
        let plain = without_ids_of_characters(plain);
        for layer in [FRESH, RECENT, RECENT, MAIN] {
            if layer != FRESH {
                settle(&mut rows, layer, &now);
            }
            let found = find(&rows, &question, None, 5, &|| false, &|_, _| false).unwrap();
            let found = without_ids_of_characters(found);
            prop_assert_eq!(found.first().map(|found| found.score), plain.first().map(|found| found.score), "layer {}", layer);
            prop_assert!(found.first().is_none_or(|found| plain.contains(found)), "layer {}: {:?}", layer, found);
            prop_assert!(found.iter().all(|found| found.entity == Entity::Character || found.id != gone as u32));
        }
        prop_assert!(rows.keys().all(|key| key[0] == MAIN || key[0] == CAST));
    }
}

#[test]
fn the_best_known_of_some_movies_is_told_without_reading_them() {
    let votes = |id: u32| id.wrapping_mul(2_654_435_761) >> 16;
    let shelf = Shelf((0..9_000).map(|id| (Entity::Movie, format!("film {id}"), votes(id), 1990)).collect());
    let mut rows = rows(&shelf);
    let asked = [vec![5, 8_300, 77, 4_000], vec![9], vec![], vec![123, 1_000_000], vec![1_000_000, 1_000_001]];
    let mut sets = asked.clone();
    best_known(&rows, &mut sets).unwrap();
    let best = *asked[0].iter().max_by_key(|id| votes(**id)).unwrap();
    assert_eq!(sets, [vec![best], vec![9], vec![], asked[3].clone(), asked[4].clone()]);
    assert!(verify(&rows, MAIN).unwrap());
    let last = rows.range_mut(vec![MAIN, kind::RENOWN]..vec![MAIN, kind::RENOWN + 1]).next_back().unwrap();
    last.1[0] ^= 1;
    assert!(!verify(&rows, MAIN).unwrap());
    rows.retain(|key, _| key[1] != kind::RENOWN);
    sets.clone_from_slice(&asked);
    best_known(&rows, &mut sets).unwrap();
    assert_eq!(sets, asked, "an older layer knows of no places");
    assert!(verify(&rows, MAIN).unwrap());
}

#[test]
fn answers_whatever_is_typed() {
    let shelf = Shelf(vec![(Entity::Movie, "casablanca".into(), 1, 1942), (Entity::Person, "???".into(), 0, 0)]);
    let rows = rows(&shelf);
    let long = "x".repeat(10_000);
    let words = "ab ".repeat(3_400);
    for asked in ["", " ", "\u{301}", "\u{0}", "???", "=", "=c", &long, &words, "c", "casa"] {
        find(&rows, &Question::parse(asked), None, 10, &|| false, &|_, _| false).unwrap();
    }
    let empty = BTreeMap::new();
    assert!(find(&empty, &Question::parse("a"), None, 10, &|| false, &|_, _| false).unwrap().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]
    #[test]
    fn holding_leaves_nothing_out(
        before in shelf(), after in shelf(), pick in 0..80_usize, cuts in prop::collection::vec((0..6_usize, 1..9_usize), 1..4),
    ) {
        let [before, after] = [before, after].map(distinct);
        let mut rows = layered(&before);
        let mut now = Shelf(before.0.clone());
        let few = now.0.len() / 12;
        rename(&mut rows, &mut now, &after, few);
        let words: Vec<&str> = now.0[pick % now.0.len()].1.split([' ', '\n']).collect();
        let parts: Vec<Part> = cuts.iter().map(|(word, end)| {
            let word = words[word % words.len()];
            Part { word: word.chars().take(*end).collect(), whole: end % 3 == 0 }
        }).collect();
        let has = |text: &str, part: &Part| {
            text.split(' ').any(|word| if part.whole { word == part.word } else { word.starts_with(&part.word) })
        };
        let fit = |texts: &str| texts.split('\n').any(|text| parts.iter().all(|part| has(text, part)));
        for layer in [FRESH, RECENT, MAIN] {
            if layer != FRESH {
                settle(&mut rows, layer, &now);
            }
            for entity in [Entity::Movie, Entity::Person] {
                let mut found = Vec::new();
                prop_assert!(holding(&rows, entity, &parts, &fit, &|| true, &mut |id, _| found.push(id)).unwrap());
                found.sort_unstable();
                let there = (0..).zip(&now.0).filter(|(_, name)| name.0 == entity && fit(&name.1));
                let there: Vec<u32> = there.map(|(id, _)| id).collect();
                prop_assert_eq!(&found, &there, "layer {}, {:?}", layer, &parts);
            }
            let mut found = Vec::new();
            let mut take = |_, texts: &str| found.push(texts.to_owned());
            prop_assert!(holding(&rows, Entity::Character, &parts, &fit, &|| true, &mut take).unwrap());
            found.sort_unstable();
            let mut there: Vec<&String> =
                now.0.iter().filter(|name| name.0 == Entity::Character && fit(&name.1)).map(|name| &name.1).collect();
            there.sort_unstable();
            prop_assert_eq!(found.iter().collect::<Vec<_>>(), there, "layer {}, {:?}", layer, &parts);
        }
    }
}

#[test]
fn the_best_known_come_with_all_that_weigh_as_much() {
    let film = (Entity::Movie, "some film".to_owned(), 5, 1950);
    let people = (1..2_500_u32).map(|id| (Entity::Person, format!("somebody {id}"), id % 50 / 7, 0));
    let mut shelf = Shelf(std::iter::once(film).chain(people).collect());
    let mut rows = layered(&shelf);
    let wanted = |id: u32| id.is_multiple_of(3) && id > 0;
    let found = |rows: &BTreeMap<Vec<u8>, Vec<u8>>, most| {
        let found = foremost(rows, Entity::Person, &wanted, (most, 1_000)).unwrap();
        found.map(BTreeSet::from_iter)
    };
    for most in [1, 20, 168, 500, 832, 900] {
        let mut weights: Vec<u32> = (1..2_500).filter(|id| wanted(*id)).map(|id| id % 50 / 7).collect();
        weights.sort_unstable_by(|a, b| b.cmp(a));
        let least = weights.get(most - 1).copied().unwrap_or(0);
        let expected: BTreeSet<u32> = (1..2_500).filter(|id| wanted(*id) && id % 50 / 7 >= least).collect();
        assert_eq!(found(&rows, most), Some(expected), "{most}");
    }
    assert_eq!(foremost(&rows, Entity::Person, &wanted, (20, 30)).unwrap(), None);
    let least = (1..2_500).find(|id| wanted(*id) && id % 50 / 7 == 0).unwrap();
    assert!(!found(&rows, 20).unwrap().contains(&least));
    shelf.0[least as usize].2 = 9;
    let (key, row) = changed(&shelf, least as usize, false);
    rows.insert(key, row);
    assert!(found(&rows, 20).unwrap().contains(&least));
}
