//! Key to frame: a session without a terminal over a real catalogue. Every key is answered, its questions too, and the
//! frame drawn, all on one thread; time and bytes of each frame are measured.
//!
//! `cargo bench --bench frames -- CATALOGUE`

use cinedex::app::session::Opening;
use cinedex::app::{App, Effect, Msg, Press};
use cinedex::catalog::password::Cost;
use cinedex::catalog::{Actor, Catalog};
use cinedex::store::Access;
use cinedex::ui::{self, Look};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, Write};
use std::path::PathBuf;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Counts what a terminal would be sent.
#[derive(Clone, Default)]
struct Wire(Rc<RefCell<usize>>);

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        *self.0.borrow_mut() += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Player<'c> {
    catalog: &'c Catalog,
    app: App,
    terminal: Terminal<CrosstermBackend<Wire>>,
    wire: Wire,
    look: Look,
}

impl<'c> Player<'c> {
    fn new(catalog: &'c Catalog, cols: u16, rows: u16) -> Self {
        let wire = Wire::default();
        let viewport = Viewport::Fixed(Rect::new(0, 0, cols, rows));
        let terminal = Terminal::with_options(CrosstermBackend::new(wire.clone()), TerminalOptions { viewport })
            .expect("a terminal");
        let (app, effects) = App::new(cols, rows, Opening::default());
        let mut player = Player { catalog, app, terminal, wire, look: Look::default() };
        player.settle(effects);
        player.draw();
        player
    }

    fn settle(&mut self, effects: Vec<Effect>) {
        let mut waiting: VecDeque<Effect> = effects.into();
        while let Some(effect) = waiting.pop_front() {
            let actor = self.app.who().map_or(Actor::Guest, |who| Actor::Account(who.id));
            let msg = match effect {
                Effect::Ask(ticket, query) => Msg::Answered(ticket, self.catalog.ask(actor, &query)),
                Effect::Do(ticket, command) => Msg::Done(ticket, self.catalog.run(actor, command)),
                _ => continue,
            };
            waiting.extend(self.app.update(msg));
        }
    }

    fn draw(&mut self) {
        self.terminal.draw(|frame| ui::draw(frame, &self.app, &self.look)).expect("drawing into memory");
    }

    /// One key: the time to its frame, and the frame's bytes.
    fn press(&mut self, key: &str) -> (Duration, usize) {
        let press = Press::parse(key).expect("a key");
        *self.wire.0.borrow_mut() = 0;
        let start = Instant::now();
        let effects = self.app.update(Msg::Press(press));
        self.settle(effects);
        self.draw();
        (start.elapsed(), *self.wire.0.borrow())
    }
}

fn percentile<T: Copy + Ord>(values: &mut [T], share: f64) -> T {
    values.sort_unstable();
    values[((values.len() - 1) as f64 * share) as usize]
}

fn report(what: &str, measured: Vec<(Duration, usize)>) {
    let (mut times, mut bytes): (Vec<Duration>, Vec<usize>) = measured.into_iter().unzip();
    println!(
        "{what:<42} {:>5} keys   p50 {:>8.2?}   p99 {:>8.2?}   max {:>8.2?}   bytes p50 {:>5}  p99 {:>5}",
        times.len(),
        percentile(&mut times, 0.5),
        percentile(&mut times, 0.99),
        percentile(&mut times, 1.0),
        percentile(&mut bytes, 0.5),
        percentile(&mut bytes, 0.99),
    );
}

fn scenario(catalog: &Catalog, cols: u16, rows: u16) {
    println!("{cols}x{rows}");
    let mut player = Player::new(catalog, cols, rows);
    let mut run = |what: &str, keys: Vec<&str>| {
        let measured = keys.iter().map(|key| player.press(key)).collect();
        report(what, measured);
    };
    run("films: cursor down", vec!["j"; 400]);
    run("films: page down", vec!["ctrl-f"; 100]);
    run("films: page up", vec!["ctrl-b"; 100]);
    run("films: last, first", ["G", "g", "g"].repeat(20));
    run("films: sort by title, date, rating and back", ["s", "t", "s", "d", "s", "r", "s", "p"].repeat(20));
    run("switching screens", ["2", "3", "1"].repeat(40));
    run("people: cursor down", [vec!["2"], vec!["j"; 400]].concat());
    run("people: page down", vec!["ctrl-f"; 100]);
    let letters: Vec<String> = "casablnca humphry bogrt the godfther"
        .chars()
        .map(|letter| match letter {
            ' ' => "space".to_owned(),
            other => other.to_string(),
        })
        .collect();
    let typed: Vec<&str> = std::iter::once("/").chain(letters.iter().map(String::as_str)).chain(["esc"]).collect();
    run("finder: typing", typed.repeat(10));
    let words: Vec<&str> = vec!["1", "=", "l", "o", "v", "e", "esc"];
    run("filter in place: typing", words.repeat(20));
    run("filter pane: a genre on, off", ["F", "space", "space", "F"].repeat(20));
}

fn main() {
    let path: PathBuf = std::env::args().skip(1).find(|word| !word.starts_with("--")).map_or_else(
        || {
            eprintln!("name a catalogue: cargo bench --bench frames -- FILE");
            std::process::exit(2);
        },
        PathBuf::from,
    );
    let start = Instant::now();
    let catalog = Catalog::open(&path, Access::Best, Cost::default(), None).expect("a catalogue");
    let player = Player::new(&catalog, 80, 24);
    println!("open to first full frame {:.2?} ({} bytes)", start.elapsed(), player.wire.0.borrow());
    drop(player);
    scenario(&catalog, 80, 24);
    scenario(&catalog, 200, 60);
}
