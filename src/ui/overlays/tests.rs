use super::*;
use crate::app::keymap::Scope;
use crate::app::overlays::FormStart;
use crate::app::overlays::Known;
use crate::app::overlays::picker::tests::folder;
use crate::app::overlays::probe::{Probe, casablanca, choice, consequences, edited, hit, hits, summary, who};
use crate::app::{Action, Effect, MenuItem};
use crate::catalog::{Answer, Choice, Consequences, Fault, Hit};
use crate::domain::{Entity, Key, MovieId};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const MOVIE: Key = Key::Movie(MovieId(1));
const SIZES: [(u16, u16); 3] = [(80, 24), (45, 20), (160, 50)];

fn draw_at(overlay: &Overlay, cols: u16, rows: u16, look: &Look) -> Terminal<TestBackend> {
    let mut terminal = Terminal::new(TestBackend::new(cols, rows)).expect("a terminal");
    terminal.draw(|frame| draw(frame, frame.area(), overlay, look)).expect("drawn");
    terminal
}

fn snap(name: &str, probe: &Probe) {
    for (cols, rows) in SIZES {
        let terminal = draw_at(&probe.overlay, cols, rows, &Look::default());
        insta::assert_snapshot!(format!("{name}_{cols}x{rows}"), terminal.backend());
    }
}

fn narrowed(words: &str) -> crate::catalog::List {
    crate::app::sorting::movies(crate::catalog::MovieFilter { words: words.to_owned(), ..Default::default() })
}

fn finder() -> Probe {
    let found = vec![
        Hit { marks: vec![(0, 4), (5, 10)], favorite: true, ..hit(1, "Casablanca", "Curtiz") },
        Hit { marks: vec![(11, 21)], year: Some(1946), ..hit(2, "A Night in Casablanca", "Mayo") },
        Hit {
            year: None,
            key: Key::Person(crate::domain::PersonId(3)),
            ..hit(3, "Casa Blanca, Ana", "Vidas secas (1963)")
        },
        Hit { ..hit(4, "カサブランカの長い長い長い長い長い長い長い長い長い題名", "監督") },
    ];
    Probe::new(Overlay::finder).letters("casablnca").answer(hits(found)).press("down")
}

fn edit() -> Probe {
    Probe::new(|desk| Overlay::form(FormStart::Edit(MOVIE), desk)).answer(Answer::Draft(Box::new(casablanca())))
}

fn picking() -> Probe {
    let offered = vec![choice(8, "Hal Wallis", "born 1898"), choice(9, "Halle Berry", "born 1966")];
    edit().press("tab tab tab tab tab").letters("hal").answer(Answer::Choices(offered)).press("down")
}

fn wrong() -> Probe {
    edit().press("tab tab").letters("x").press("tab tab tab tab").letters("Mor").press("tab ctrl-s")
}

fn conflict() -> Probe {
    let theirs = edited(|movie| {
        movie.title = "Rick's".to_owned();
        movie.duration = Some(60);
    });
    let probe = edit().letters("!").press("ctrl-s");
    let probe = probe.done(Err(Fault::Conflict(Box::new(crate::app::overlays::form::blank::record(&theirs)))));
    probe.answer(Answer::Draft(Box::new(theirs))).pushed()
}

fn confirm() -> Probe {
    Probe::new(|desk| Overlay::confirm_removal(vec![MOVIE], desk)).answer(consequences())
}

fn sign_up() -> Probe {
    let probe = Probe::new(|desk| Overlay::sign_in(None, desk)).answer(summary(0));
    probe.letters("ada").press("tab").letters("lovelace").press("tab").letters("loveless").press("enter")
}

fn sign_in() -> Probe {
    let probe = Probe::new(|desk| Overlay::sign_in(Some(crate::app::Deed::Act(Action::Favorite)), desk));
    probe.answer(summary(2)).letters("ada").press("tab").letters("lovelace").press("enter")
}

fn menu() -> Probe {
    let by = |word: &str| MenuItem::Run(Action::Sort, word.to_owned());
    let items = [('t', "title"), ('d', "date"), ('b', "budget")];
    let items = items.into_iter().map(|(letter, word)| (letter, word.to_owned(), by(word))).collect();
    Probe::new(|_| Overlay::menu("Sort by", items)).press("down")
}

/// Everything that can be done where films are listed.
fn here() -> Vec<Action> {
    let rows = crate::app::keymap::table().iter().filter(|row| row.scope != Scope::Review);
    rows.map(|row| row.action).collect()
}

fn help() -> Probe {
    Probe::new(|_| Overlay::help(&here()))
}

fn known() -> Known {
    let words = vec![(Action::Import, "nfo ".to_owned(), "Media libraries")];
    Known { here: here(), words, ..Known::default() }
}

/// A path on the command line, and the folder that it is in.
fn path() -> Probe {
    let mut probe = Probe::new(|_| Overlay::command_line(known())).letters("import nfo ~/vi");
    let look = probe.desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Look(ticket, _) => Some(*ticket),
        _ => None,
    });
    let sight = folder("/home/ada", &["Music/", "Videos/", "Views/", "visits.txt"], None);
    probe.overlay.looked(look.expect("a look"), &Ok(sight), &mut probe.desk);
    probe
}

fn welcome() -> Probe {
    Probe::new(|_| Overlay::welcome("/home/ada/.local/share/cinedex/catalogue.redb".to_owned()))
}

fn command() -> Probe {
    Probe::new(|_| Overlay::command_line(known())).letters("so").press("down")
}

fn every() -> Vec<(&'static str, Probe)> {
    vec![
        ("finder", finder()),
        ("finder_empty", Probe::new(Overlay::finder)),
        ("finder_nothing", Probe::new(Overlay::finder).letters("zzz").answer(hits(Vec::new()))),
        ("command", command()),
        ("command_path", path()),
        ("command_unknown", Probe::new(|_| Overlay::command_line(known())).letters("gneres").press("enter")),
        ("filter_wrong", Probe::new(|_| Overlay::filter_words(&narrowed("war "))).letters("year:19x0")),
        ("filter_offers", Probe::new(|_| Overlay::filter_words(&narrowed("war "))).letters("kind:t").press("tab")),
        ("filter", Probe::new(|_| Overlay::filter_words(&narrowed("night in")))),
        ("help", help()),
        ("help_typed", help().letters("filter")),
        ("confirm", confirm()),
        ("menu", menu()),
        ("form", edit()),
        ("form_picking", picking()),
        ("form_wrong", wrong()),
        ("form_opened", edit().press("up up up up up up up up up enter")),
        ("form_leaving", edit().letters("x").press("esc")),
        ("form_person", Probe::new(|desk| Overlay::form(FormStart::Add(Entity::Person, None), desk))),
        ("form_country", Probe::new(|desk| Overlay::form(FormStart::Add(Entity::Country, None), desk))),
        ("sign_up", sign_up()),
        ("sign_in", sign_in()),
        ("password", Probe::new(|_| Overlay::password(&who())).letters("old password")),
        ("welcome", welcome()),
        ("conflict", conflict()),
    ]
}

#[test]
fn every_overlay_looks_as_it_did() {
    for (name, probe) in every() {
        snap(name, &probe);
    }
}

/// Long, wide, combining, right to left, and with controls that nothing stored should have.
const HOSTILE: &str = "\u{1b}[2J\u{202e}e\u{301}\u{301}\u{301} 界界界界界\t\r\n👩‍👩‍👧‍👦ﾞﾟ\u{200b}ยาวมาก";

fn hostile() -> Vec<Probe> {
    let long = HOSTILE.repeat(40);
    let marks: Vec<(usize, usize)> = (0..40).map(|at| (at * 3, at * 3 + 2)).collect();
    let found = Hit { marks: marks.clone(), ..hit(1, &long, &long) };
    let offered = Choice { marks, ..choice(8, &long, &long) };
    let counted = Consequences { names: vec![long.clone()], records: 9, besides: vec![long.clone(), String::new()] };
    let draft = edited(|movie| {
        movie.title.clone_from(&long);
        movie.description = Some(long.clone());
    });
    let form = || {
        Probe::new(|desk| Overlay::form(FormStart::Edit(MOVIE), desk)).answer(Answer::Draft(Box::new(draft.clone())))
    };
    let item = (HOSTILE.chars().next().unwrap_or('x'), long.clone(), MenuItem::Act(Action::Find));
    let mut pasted = Probe::new(Overlay::finder);
    pasted.overlay.paste(&long, &mut pasted.desk);
    let refused = form().press("ctrl-s").done(Err(Fault::Store(long.clone())));
    vec![
        pasted.answer(hits(vec![found])),
        form(),
        form().press("up up up up up up up up up enter end"),
        form().press("tab tab tab tab tab").letters("h").answer(Answer::Choices(vec![offered])).press("enter x"),
        refused,
        Probe::new(|desk| Overlay::confirm_removal(vec![MOVIE], desk)).answer(Answer::Consequences(counted)),
        Probe::new(|_| Overlay::menu(long.clone(), vec![item])),
        Probe::new(|_| Overlay::filter_words(&narrowed(&long))),
        Probe::new(|_| Overlay::welcome(long.clone())),
        Probe::new(|_| Overlay::password(&crate::catalog::Who { username: long.clone(), ..who() })),
    ]
}

#[test]
fn any_size_and_any_text_can_be_drawn() {
    let mut probes: Vec<Probe> = every().into_iter().map(|(_, probe)| probe).collect();
    probes.extend(hostile());
    let plain = Look { color: false, ascii: true };
    for probe in &probes {
        for (cols, rows) in (1..12).flat_map(|cols| (1..12).map(move |rows| (cols, rows))) {
            draw_at(&probe.overlay, cols, rows, &plain);
        }
        for (cols, rows) in [(1, 100), (300, 1), (300, 100), (40, 3), (3, 40), (59, 17), (61, 9), (24, 24)] {
            draw_at(&probe.overlay, cols, rows, &Look::default());
        }
    }
}

#[test]
fn passwords_are_not_on_the_screen() {
    for probe in [sign_up(), sign_in()] {
        let screen = draw_at(&probe.overlay, 80, 24, &Look::default()).backend().to_string();
        assert!(!screen.contains("lovel") && screen.contains("****"), "{screen}");
    }
}

#[test]
fn letters_that_matched_are_marked_without_colour() {
    use ratatui::style::Modifier;
    let terminal = draw_at(&finder().overlay, 80, 24, &Look { color: false, ascii: false });
    let marked: String = terminal
        .backend()
        .buffer()
        .content
        .iter()
        .filter(|cell| cell.modifier.contains(Modifier::BOLD | Modifier::UNDERLINED))
        .map(ratatui::buffer::Cell::symbol)
        .collect();
    assert!(marked.starts_with("Casalanca"), "{marked}");
}

fn sight(path: &str, names: &[&str]) -> crate::catalog::task::Sight {
    let seen = |name: &&str| crate::catalog::task::Seen {
        name: name.trim_end_matches('/').into(),
        folder: name.ends_with('/'),
    };
    let folder = (!names.is_empty()).then(|| names.iter().map(seen).collect());
    crate::catalog::task::Sight { path: path.into(), there: true, folder, more: false, guess: Some("wikipedia") }
}

fn looked(mut probe: Probe, sight: crate::catalog::task::Sight) -> Probe {
    let ticket = probe.desk.effects.iter().rev().find_map(|effect| match effect {
        crate::app::Effect::Look(ticket, _) => Some(*ticket),
        _ => None,
    });
    probe.overlay.looked(ticket.expect("a look"), &Ok(sight), &mut probe.desk);
    probe
}

fn choosing_a_path() -> Probe {
    use crate::app::overlays::picker::Aim;
    use crate::catalog::task::{Format, Setting, Takes};
    let settings: &[Setting] = &[
        Setting { name: "min-votes", value: "N", help: "only films with so many votes" },
        Setting { name: "akas", value: "", help: "other titles too" },
    ];
    let format = Format::new("wikipedia", Takes::Several("PATH"), "The lists of wikipedia-movie-data").merging();
    let aim = Aim::Import(vec![Format { settings, ..format }]);
    let probe = Probe::new(|desk| Overlay::picker(aim, None, None, desk));
    looked(probe, sight("/home/ada/films", &["lists/", "posters/", "movies-1940s.json", "映画.json", "a\u{1b}[2Jb"]))
}

#[test]
fn a_path_is_chosen_and_then_what_is_done_with_it() {
    snap("picker", &choosing_a_path().press("down"));
    snap("picker_typed", &choosing_a_path().letters("mo"));
    let order = looked(choosing_a_path().press("enter"), sight("/home/ada/films/movies-1940s.json", &[]));
    snap("order", &order.press("down space down down").letters("100"));
}

#[test]
fn a_menu_of_one_line_has_its_frame() {
    let item = ('1', "French sixties".to_owned(), MenuItem::Run(Action::View, "French sixties".to_owned()));
    let probe = Probe::new(|_| Overlay::menu("Views", vec![item]));
    let drawn = draw_at(&probe.overlay, 80, 24, &Look::default()).backend().to_string();
    assert!(drawn.contains("┌ Views ─") && drawn.contains("│▌ 1  French sixties "), "{drawn}");
}
