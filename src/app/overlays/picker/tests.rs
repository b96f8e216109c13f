use super::*;
use crate::app::overlay::Overlay;
use crate::app::overlays::probe::Probe;
use crate::app::{Deed, Desk, Effect};
use crate::catalog::task::{Format, Seen, Setting, Takes, Task};
use crate::domain::MovieId;

const LISTS: Format = Format::new("lists", Takes::Several("PATH"), "Lists of films").merging();
const TABLES: Format = Format::new("tables", Takes::One("FILE"), "Tables of films")
    .with(&[Setting { name: "map", value: "A=B", help: "Columns" }, Setting { name: "akas", value: "", help: "More" }]);

const SETS: Format =
    Format::new("sets", Takes::One("FILE"), "Sets").with(&[Setting { name: "fetch", value: "[URL]", help: "First" }]);

pub fn folder(path: &str, names: &[&str], guess: Option<&'static str>) -> Sight {
    let seen = |name: &&str| Seen { name: name.trim_end_matches('/').into(), folder: name.ends_with('/') };
    let folder = Some(names.iter().map(seen).collect());
    Sight { path: path.into(), there: true, folder, more: false, guess }
}

fn file(path: &str, guess: Option<&'static str>) -> Sight {
    Sight { path: path.into(), there: true, guess, ..Sight::default() }
}

fn picker(probe: &Probe) -> &Picker {
    match &probe.overlay {
        Overlay::Picker(picker) => picker,
        _ => panic!("a picker"),
    }
}

/// What is looked at; the newest.
fn looked_at(desk: &Desk) -> (Ticket, PathBuf) {
    let looks = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Look(ticket, path) => Some((*ticket, path.clone())),
        _ => None,
    });
    looks.expect("a look")
}

fn shows(mut probe: Probe, path: &str, sight: Sight) -> Probe {
    let (ticket, wanted) = looked_at(&probe.desk);
    assert_eq!(wanted, PathBuf::from(path));
    probe.fate = probe.overlay.looked(ticket, &Ok(sight), &mut probe.desk);
    probe
}

fn names(probe: &Probe) -> Vec<String> {
    let browser = picker(probe).browser();
    let name = |row: &Row| match row {
        Row::Here => ".".to_owned(),
        Row::Entry(at) => browser.entry(*at).expect("an entry").name.to_string_lossy().into_owned(),
    };
    browser.rows().iter().map(name).collect()
}

fn home() -> Sight {
    folder("/home/ada", &["Films/", "music/", ".cache/", "films.csv", "notes.txt"], None)
}

fn open() -> Probe {
    let probe = Probe::new(|desk| Overlay::picker(Aim::Import(vec![LISTS, TABLES]), None, None, desk));
    shows(probe, ".", home())
}

#[test]
fn what_is_typed_narrows_and_enter_walks_in() {
    let probe = open();
    assert_eq!(names(&probe), [".", "Films", "music", "films.csv", "notes.txt"]);
    let probe = probe.letters("fi");
    assert_eq!(names(&probe), ["Films", "films.csv"]);
    let probe = shows(probe.press("enter"), "/home/ada/Films", folder("/home/ada/Films", &["a.json"], Some("lists")));
    assert_eq!(
        (names(&probe), picker(&probe).browser().selected()),
        (vec![".".to_owned(), "a.json".to_owned()], Some(0))
    );
    let probe = shows(probe.press("h"), "/home/ada", home());
    assert_eq!(picker(&probe).browser().selected(), Some(1), "the folder one came from");
    assert!(names(&probe.press(".")).contains(&".cache".to_owned()));
    shows(open().press("~"), "~", home());
}

#[test]
fn a_path_can_be_typed_ahead_of_the_disk() {
    let probe = shows(open().letters("/srv/da"), "/srv/", folder("/srv", &["data/", "www/"], None));
    assert_eq!((names(&probe), picker(&probe).browser().field().text()), (vec!["data".to_owned()], "da".to_owned()));
    let probe = open().letters("../x");
    assert_eq!(looked_at(&probe.desk).1, PathBuf::from("/home"));
    let (ticket, _) = looked_at(&probe.desk);
    let mut probe = probe;
    probe.overlay.looked(ticket, &Ok(file("/home/ada/films.csv", None)), &mut probe.desk);
    assert_eq!(picker(&probe).browser().says(), Some("/home/ada/films.csv is no folder"));
}

#[test]
fn the_guess_is_shown_before_anything_begins() {
    let probe = open().letters("csv").press("enter");
    let probe = shows(probe, "/home/ada/films.csv", file("/home/ada/films.csv", Some("tables")));
    let order = picker(&probe).order().expect("an order");
    assert_eq!(order.format(), Some(TABLES));
    assert!(probe.deeds().is_empty());
    let probe = probe.press("tab").letters("a=b").press("tab space enter");
    assert_eq!((probe.fate, probe.deeds()), (Fate::Close, vec!["order import tables films.csv".to_owned()]));
}

#[test]
fn a_text_that_may_be_left_out_is_on_or_off() {
    let ordered = |keys: &dyn Fn(Probe) -> Probe| {
        let probe = Probe::new(|desk| Overlay::picker(Aim::Import(vec![SETS]), None, None, desk));
        let probe = shows(probe, ".", home()).letters("csv").press("enter");
        let probe = shows(probe, "/home/ada/films.csv", file("/home/ada/films.csv", Some("sets"))).press("tab");
        keys(probe).press("enter").desk.deeds.into_iter().find_map(|deed| match deed {
            Deed::Order(Task::Import(import)) => Some(import.settings.get("fetch").map(str::to_owned)),
            _ => None,
        })
    };
    assert_eq!(ordered(&|probe| probe), Some(None));
    assert_eq!(ordered(&|probe| probe.press("space")), Some(Some(String::new())), "on, and nothing told");
    assert_eq!(ordered(&|probe| probe.letters("http://a")), Some(Some("http://a".to_owned())));
    assert_eq!(ordered(&|probe| probe.letters("http://a").press("space")), Some(None));
    assert_eq!(ordered(&|probe| probe.letters("a").press("backspace")), Some(Some(String::new())));
}

#[test]
fn what_is_not_recognised_is_chosen() {
    let probe = open().letters("notes").press("enter");
    let probe = shows(probe, "/home/ada/notes.txt", file("/home/ada/notes.txt", None)).press("enter");
    assert_eq!(probe.fate, Fate::Stay);
    assert!(picker(&probe).order().is_some_and(|order| order.says().is_some()));
    let probe = probe.press("l j space enter");
    assert_eq!(probe.deeds(), ["order try lists notes.txt"]);
}

#[test]
fn a_folder_is_taken_whole() {
    let probe = shows(open().press("space"), "/home/ada/Films", folder("/home/ada/Films", &[], Some("lists")));
    assert_eq!(picker(&probe).order().and_then(Order::format), Some(LISTS));
    assert!(picker(&probe.press("esc")).order().is_none());
}

#[test]
fn an_export_asks_before_it_writes_over_a_file() {
    let aim = Aim::Export(TABLES, vec![MovieId(3)]);
    let probe = Probe::new(|desk| Overlay::picker(aim, None, None, desk));
    let probe = shows(probe, ".", home()).press("ctrl-u").letters("films.csv").press("enter");
    let probe = shows(probe, "/home/ada/films.csv", file("/home/ada/films.csv", None)).press("enter n");
    assert!(probe.deeds().is_empty());
    let probe = probe.press("enter y");
    assert_eq!((probe.fate, probe.deeds()), (Fate::Close, vec!["order export tables films.csv".to_owned()]));
}

#[test]
fn what_is_not_there_is_said() {
    let open = |desk: &mut Desk| Overlay::picker(Aim::Import(vec![LISTS]), None, Some("gone.json".into()), desk);
    let probe = Probe::new(open);
    let probe = shows(probe, "gone.json", Sight { path: "/home/ada/gone.json".into(), ..Sight::default() });
    assert_eq!(picker(&probe).browser().says(), Some("/home/ada/gone.json is not there"));
}
