use crate::app::desk::Fate;
use crate::app::overlay::Overlay;
use crate::app::overlays::picker::tests::folder;
use crate::app::overlays::probe::Probe;
use crate::app::overlays::prompt::{Command, Filter, Known, Prompt};
use crate::app::sorting;
use crate::app::{Action, Effect};
use crate::catalog::{Answer, Choice, Fault, MovieFilter, Query};
use crate::domain::{Entity, GenreId, Key};
use std::path::Path;

/// What can be done where the lines are typed.
const HERE: [Action; 3] = [Action::Genres, Action::Sort, Action::SignIn];

fn open() -> Probe {
    Probe::new(|_| Overlay::command_line(Known { here: HERE.to_vec(), ..Known::default() }))
}

fn command(probe: &Probe) -> &Command {
    match &probe.overlay {
        Overlay::Prompt(prompt) => match &**prompt {
            Prompt::Command(command) => command,
            Prompt::Filter(_) => panic!("the command line"),
        },
        _ => panic!("the command line"),
    }
}

#[test]
fn a_name_acts() {
    let probe = open().letters("genres").press("enter");
    assert_eq!((probe.fate, probe.deeds()), (Fate::Close, vec!["act Genres".to_owned()]));
    assert_eq!(open().letters("genr").press("enter").deeds(), ["act Genres"]);
    assert_eq!(open().letters(":q").press("enter").deeds(), ["act Exit"]);
}

#[test]
fn a_word_goes_with_it() {
    assert_eq!(open().letters("sort title").press("enter").deeds(), ["run Sort title"]);
    assert_eq!(open().letters("add per").press("enter").deeds(), ["run Add person"]);
    let probe = open().letters("add spoon").press("enter");
    assert!(command(&probe).says().is_some_and(|says| says.starts_with("spoon is none of")));
    let probe = open().letters("genres now").press("enter");
    assert_eq!(command(&probe).says(), Some("this takes no word: now"));
}

#[test]
fn tab_completes_name_and_word() {
    let probe = open().letters("so").press("tab");
    assert_eq!(command(&probe).field().text(), "sort ");
    let probe = probe.letters("rat").press("tab");
    assert_eq!(command(&probe).field().text(), "sort rating");
    assert_eq!(probe.press("enter").deeds(), ["run Sort rating"]);
}

/// A command line that knows two formats.
fn knowing() -> Probe {
    let words = ["nfo ", "nearby "].map(|word| (Action::Import, word.to_owned(), "a format"));
    Probe::new(|_| Overlay::command_line(Known { words: words.into(), ..Known::default() }))
}

/// The newest folder looked at, and what is in it.
fn seen(mut probe: Probe, path: &str, names: &[&str]) -> Probe {
    let looks = probe.desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Look(ticket, path) => Some((*ticket, path.clone())),
        _ => None,
    });
    let (ticket, looked) = looks.expect("a look");
    assert_eq!(looked, Path::new(path));
    probe.fate = probe.overlay.looked(ticket, &Ok(folder(path, names, None)), &mut probe.desk);
    probe
}

fn offered(probe: &Probe) -> Vec<&str> {
    command(probe).completions().iter().map(|one| one.shown.as_str()).collect()
}

#[test]
fn tab_completes_paths() {
    let probe = seen(knowing().letters("import nfo ~/vi"), "~/", &["Music/", "Videos/", "viola.txt", ".vim/"]);
    assert_eq!(offered(&probe), ["Videos/", "viola.txt"]);
    let probe = probe.letters("D").press("tab");
    assert_eq!(command(&probe).field().text(), "import nfo ~/Videos/");
    let probe = seen(probe, "~/Videos/", &["Films 1/", "Films 2/", "list.json", "\u{1b}[2J.nfo"]);
    assert_eq!(offered(&probe), ["Films 1/", "Films 2/", "list.json"], "what cannot be typed is left to the picker");
    let probe = probe.letters("f").press("tab");
    assert_eq!(command(&probe).field().text(), "import nfo ~/Videos/Films ", "what they have in common");
    let probe = probe.press("tab enter");
    assert_eq!(probe.deeds(), ["run Import nfo ~/Videos/Films 1/"]);
}

#[test]
fn a_path_needs_no_format_and_hidden_names_a_dot() {
    let probe = seen(knowing().letters("import n"), ".", &["notes/", ".nothing/"]);
    assert_eq!(offered(&probe), ["import nfo ", "import nearby ", "notes/"]);
    let probe = probe.letters("o").press("tab");
    assert_eq!(command(&probe).field().text(), "import notes/");
    let probe = seen(knowing().letters("import ."), ".", &["notes/", ".nothing/"]);
    assert_eq!(offered(&probe), [".nothing/"]);
    let probe = seen(knowing().letters("export x"), ".", &["notes/"]).press("tab");
    assert_eq!(command(&probe).says(), Some("nothing there begins with “x”"));
    assert!(open().letters("sort ~/").desk.effects.is_empty());
}

#[test]
fn keys_after_a_tab_wait_for_the_folder() {
    let probe = knowing().letters("import nfo ~/v").press("tab").letters("a").press("enter");
    assert!(probe.deeds().is_empty());
    let probe = seen(probe, "~/", &["Videos/"]);
    assert_eq!(command(&probe).field().text(), "import nfo ~/Videos/");
    assert_eq!(probe.deeds(), ["press a", "press enter"]);
    let probe = knowing().letters("import nfo ~/v").press("tab esc");
    assert_eq!(probe.fate, Fate::Close, "nobody has to wait");
}

#[test]
fn what_can_be_done_here_is_offered_and_the_rest_is_known() {
    assert_eq!(offered(&open()), ["genres", "signin", "sort"]);
    assert_eq!(open().letters("accept").press("enter").deeds(), ["act Accept"]);
}

#[test]
fn an_unknown_name_gets_a_pointed_sentence() {
    let probe = open().letters("gneres").press("enter");
    assert_eq!((probe.fate, command(&probe).says()), (Fate::Stay, Some("there is no :gneres; is it :genres?")));
    let probe = open().letters("xyzzyxyzzy").press("enter");
    assert!(command(&probe).says().is_some_and(|says| says.contains("ctrl-u and tab")));
    let probe = open().letters("s").press("enter");
    assert!(command(&probe).says().is_some_and(|says| says.starts_with(":s could be")));
}

#[test]
fn what_is_selected_runs() {
    let probe = open().letters("gen").press("down");
    assert_eq!(command(&probe).selected(), Some(0));
    assert_eq!(probe.press("enter").deeds(), ["act Genres"]);
}

#[test]
fn an_empty_line_closes() {
    assert_eq!(open().press("enter").fate, Fate::Close);
    assert_eq!(open().press("backspace").fate, Fate::Close);
    assert_eq!(open().letters("x").press("backspace").fate, Fate::Stay);
}

#[test]
fn the_filter_narrows_with_each_key_and_esc_puts_back() {
    let open = || filter("old");
    let probe = open().letters("er");
    assert_eq!(probe.deeds(), ["narrow olde", "narrow older"]);
    let probe = probe.press("enter");
    assert_eq!((probe.fate, probe.deeds().len()), (Fate::Close, 2));
    let probe = open().press("ctrl-u esc");
    assert_eq!(probe.deeds(), ["narrow ", "narrow old"]);
    assert_eq!(open().press("esc").deeds().len(), 0);
}

fn filter(words: &str) -> Probe {
    let list = sorting::movies(MovieFilter { words: words.to_owned(), ..MovieFilter::default() });
    Probe::new(|_| Overlay::filter_words(&list))
}

fn filter_of(probe: &Probe) -> &Filter {
    match &probe.overlay {
        Overlay::Prompt(prompt) => match &**prompt {
            Prompt::Filter(filter) => filter,
            Prompt::Command(_) => panic!("the filter"),
        },
        _ => panic!("the filter"),
    }
}

#[test]
fn what_cannot_be_read_is_pointed_at_and_leaves_the_list_alone() {
    let probe = filter("").letters("year:1");
    assert_eq!(probe.deeds(), ["narrow y", "narrow ye", "narrow yea", "narrow year"]);
    assert_eq!(filter_of(&probe).wrong(), Some(("year: “1” is not a year", &(5..6))));
    assert_eq!(probe.press("enter").fate, Fate::Stay);
    let probe = filter("").letters("year:1950");
    assert_eq!((filter_of(&probe).wrong(), probe.deeds().last().map(String::as_str)), (None, Some("narrow year:1950")));
    let mut probe = filter("genre:dramma");
    let says = "no genre is called “dramma”; is it Drama?".to_owned();
    assert!(probe.overlay.refused(&Fault::Query { says, span: 0..12 }));
    assert_eq!(filter_of(&probe).wrong().map(|(_, span)| span.clone()), Some(0..12));
    assert_eq!(filter_of(&probe.press("backspace")).wrong(), None);
}

#[test]
fn tab_completes_fields_and_values_and_names() {
    let probe = filter("").letters("war dir").press("tab");
    assert_eq!(filter_of(&probe).field().text(), "war director:");
    let probe = filter("").letters("kind:t").press("tab down");
    let texts: Vec<&str> = filter_of(&probe).offers().expect("offers").0.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(texts, ["\"TV movie\"", "\"TV short\"", "\"TV special\""]);
    assert_eq!(filter_of(&probe.press("enter")).field().text(), "kind:\"TV short\" ");
    let probe = filter("").letters("genre:sci").press("tab");
    assert_eq!(probe.asked().1, Query::Choices { entity: Entity::Genre, text: "sci".to_owned(), limit: 8 });
    let choice = Choice {
        key: Key::Genre(GenreId(1)),
        name: "Science Fiction".to_owned(),
        note: String::new(),
        marks: Vec::new(),
    };
    let probe = probe.answer(Answer::Choices(vec![choice])).press("tab");
    assert_eq!(filter_of(&probe).field().text(), "genre:\"Science Fiction\" ");
    assert_eq!(probe.deeds().last().map(String::as_str), Some("narrow genre:\"Science Fiction\" "));
    assert_eq!(filter_of(&filter("").letters("k").press("tab esc")).offers(), None);
}
