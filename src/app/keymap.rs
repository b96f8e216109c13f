//! The one table that binds keys. Footer, help, command line and the README's key table are made from it.

use super::action::Action;
use super::press::{Code, Press};
use Action as A;

/// What an action is about: the sections of the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// From screen to screen.
    Go,
    /// Inside a list or a detail.
    Move,
    /// Finding, filtering, sorting.
    Look,
    /// Changing the catalogue.
    Change,
    /// The program itself.
    Program,
}

impl Group {
    /// Its heading in the help.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Group::Go => "Go",
            Group::Move => "Move",
            Group::Look => "Look",
            Group::Change => "Change",
            Group::Program => "Program",
        }
    }
}

/// Where an action makes sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everywhere.
    Anywhere,
    /// Where a list is in hand.
    List,
    /// Where a record is in hand.
    Record,
    /// Where movies are listed.
    Movies,
    /// For guests.
    Guest,
    /// For those who are signed in.
    SignedIn,
    /// In the review queue, where its keys mean this and nothing else.
    Review,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// What it does.
    pub action: Action,
    /// The keys, as [`Press::parse`] reads them; a blank parts the keys of a chord.
    pub keys: &'static [&'static str],
    /// Names for the command line; the first one is shown.
    pub names: &'static [&'static str],
    /// A word or two for the footer.
    pub label: &'static str,
    /// A sentence for the help.
    pub help: &'static str,
    /// Its section in the help.
    pub group: Group,
    /// Where it makes sense.
    pub scope: Scope,
    /// Begins a row of the README's table with this text; without it the row goes on.
    pub row: Option<&'static str>,
}

impl Binding {
    /// The first key, as the table writes it; empty for actions that only have a name.
    #[must_use]
    pub fn key(&self) -> &'static str {
        self.keys.first().copied().unwrap_or_default()
    }

    /// All its keys, as they are shown: the nine digits as one.
    #[must_use]
    pub fn shown_keys(&self) -> Vec<String> {
        if self.keys == DIGITS {
            return vec!["1-9".to_owned()];
        }
        self.keys.iter().map(|key| key.replace(' ', "")).collect()
    }

    const fn row(mut self, text: &'static str) -> Self {
        self.row = Some(text);
        self
    }

    const fn at(mut self, scope: Scope) -> Self {
        self.scope = scope;
        self
    }
}

type Words = &'static [&'static str];

const fn bind(
    group: Group,
    action: Action,
    keys: Words,
    names: Words,
    label: &'static str,
    help: &'static str,
) -> Binding {
    Binding { action, keys, names, label, help, group, scope: Scope::Anywhere, row: None }
}

/// Every action with its keys and names.
#[must_use]
pub fn table() -> &'static [Binding] {
    TABLE
}

const DIGITS: Words = &["1", "2", "3", "4", "5", "6", "7", "8", "9"];

#[rustfmt::skip]
const TABLE: &[Binding] = {
    use Group::{Change, Go, Look, Move, Program};
    use Scope::{Guest, List, Movies, Record, Review, SignedIn};
    &[
        bind(Move, A::Down, &["j", "down"], &["down"], "down", "One row down").row("down, up"),
        bind(Move, A::Up, &["k", "up"], &["up"], "up", "One row up"),
        bind(Move, A::Left, &["h", "left"], &["left"], "left", "To the link or pane on the left").row("pane"),
        bind(Move, A::Right, &["l", "right"], &["right"], "right", "To the link or pane on the right"),
        bind(Move, A::NextPane, &["tab"], &["pane"], "pane", "To the next pane"),
        bind(Move, A::PreviousPane, &["shift-tab"], &["previous-pane"], "pane", "To the previous pane"),
        bind(Move, A::First, &["g g", "home"], &["first", "top"], "first", "To the first row").row("first, last"),
        bind(Move, A::Last, &["G", "end"], &["last", "bottom"], "last", "To the last row"),
        bind(Move, A::HalfDown, &["ctrl-d"], &["half-down"], "half page", "Half a page down").row("half page"),
        bind(Move, A::HalfUp, &["ctrl-u"], &["half-up"], "half page", "Half a page up"),
        bind(Move, A::PageDown, &["ctrl-f", "pgdn"], &["page-down"], "page", "A page down").row("page"),
        bind(Move, A::PageUp, &["ctrl-b", "pgup"], &["page-up"], "page", "A page up"),
        bind(Change, A::Favorite, &["f"], &["favorite"], "favorite", "Make the film, or the marked ones, a favorite, or no longer").row("favorite on, off").at(Record),
        bind(Change, A::Add, &["a"], &["add", "new"], "add", "Add a record: of the kind listed, or a character to the film shown").row("add, edit, delete (asks)"),
        bind(Change, A::Edit, &["e"], &["edit"], "edit", "Edit the record").at(Record),
        bind(Change, A::Delete, &["d", "del"], &["delete"], "delete", "Delete the record, or the marked ones; says what else goes, and asks").at(Record),
        bind(Change, A::Undo, &["u"], &["undo"], "undo", "Undo your last change").row("undo, redo"),
        bind(Change, A::Redo, &["ctrl-r"], &["redo"], "redo", "Do the last undone change again"),
        bind(Change, A::Mark, &["space"], &["mark"], "mark", "Mark this row, or no longer, and step down").row("mark, mark a range (then `f`, `d`, `:export` take the marked)").at(List),
        bind(Change, A::MarkRange, &["v"], &["mark-range"], "mark range", "Begin or end a range of marks").at(List),
        bind(Look, A::Copy, &["y"], &["copy", "yank"], "copy", "Copy the title or name to the clipboard").row("copy (OSC 52)").at(Record),
        bind(Go, A::Movies, &["1"], &["movies", "films"], "movies", "The Movies screen").row("Movies, People, Favorites"),
        bind(Go, A::People, &["2"], &["people"], "people", "The People screen"),
        bind(Go, A::Favorites, &["3"], &["favorites"], "favorites", "Your favorites"),
        bind(Look, A::Find, &["/"], &["find", "search"], "find", "Find films, people and characters, misspelt ones too").row("find everywhere"),
        bind(Look, A::Filter, &["="], &["filter"], "filter", "Filter this list by words, in place").row("filter this list").at(List),
        bind(Look, A::NextHit, &["n"], &["next-hit"], "next hit", "Open the next hit of the last find").row("next, previous hit of the last find"),
        bind(Look, A::PreviousHit, &["N"], &["previous-hit"], "previous hit", "Open the previous hit of the last find"),
        bind(Go, A::Open, &["enter"], &["open"], "open", "Open what is selected").row("open").at(Record),
        bind(Go, A::Escape, &["esc"], &["escape"], "back", "One level back; never quits").row("one level back; never quits"),
        bind(Go, A::Back, &["["], &["back"], "back", "Back to where you were").row("back, forward"),
        bind(Go, A::Forward, &["]"], &["forward"], "forward", "Forward again"),
        bind(Look, A::Sort, &["s"], &["sort"], "sort", "Choose the column to sort by; the same again reverses").row("sort menu").at(List),
        bind(Look, A::FilterPane, &["F"], &["filters"], "filters", "Show, enter or hide the filter pane").row("filter pane; enlarge this pane").at(Movies),
        bind(Look, A::Enlarge, &["z"], &["enlarge", "zoom"], "enlarge", "Enlarge this pane, or shrink it again"),
        bind(Program, A::Help, &["?", "f1"], &["help"], "help", "What can be done here; type to narrow, Enter does it").row("help, commands"),
        bind(Program, A::Command, &[":"], &["command"], "command", "The command line"),
        bind(Program, A::Quit, &["q", "ctrl-c"], &["close"], "quit", "Close this level, then quit").row("close this level, then quit"),
        bind(Program, A::Redraw, &["ctrl-l"], &["redraw"], "redraw", "Draw everything anew").row("redraw, suspend"),
        bind(Program, A::Suspend, &["ctrl-z"], &["suspend"], "suspend", "Back to the shell until `fg`"),
        bind(Change, A::Accept, &["a"], &["accept"], "accept", "The film is the candidate in hand, of marked ones the best (Enter too)").row("in `:review`: accept, make new, put aside, all of a kind").at(Review),
        bind(Change, A::MakeNew, &["n"], &["make-new"], "new", "The film, or the marked ones, are none that is there: make them new").at(Review),
        bind(Change, A::PutAside, &["x"], &["put-aside", "skip"], "put aside", "Put the film, or the marked ones, aside; an import does not ask again").at(Review),
        bind(Change, A::Alike, &["A"], &["alike"], "all alike", "Decide on all that wait for the same reason and source (asks)").at(Review),
        bind(Look, A::NextCandidate, &["c"], &["candidate"], "candidate", "The next film that it may be (h and l too)").row("in `:review`: next candidate, open it, find another").at(Review),
        bind(Go, A::OpenCandidate, &["o"], &["open-candidate"], "open it", "Open the candidate in hand").at(Review),
        bind(Change, A::Match, &["m"], &["match"], "find it", "The film is another: find it by name among all that are there").at(Review),
        bind(Look, A::Candidate, DIGITS, &[], "candidate", "The candidate of this number").row("in `:review`: the candidate of this number").at(Review),
        bind(Go, A::Review, &[], &["review"], "review", "Films of imports that may be there already"),
        bind(Go, A::Aside, &[], &["aside"], "aside", "Films of imports that were put aside"),
        bind(Go, A::Genres, &[], &["genres"], "genres", "The list of genres"),
        bind(Go, A::Countries, &[], &["countries"], "countries", "The list of countries"),
        bind(Go, A::Files, &[], &["files"], "files", "The list of files"),
        bind(Go, A::Accounts, &[], &["accounts"], "accounts", "The list of accounts"),
        bind(Look, A::Clear, &[], &["clear"], "clear", "Clear every filter and mark").at(List),
        bind(Change, A::Import, &[], &["import"], "import", "Take films in: from files, folders, other programs"),
        bind(Change, A::Export, &[], &["export"], "export", "Give films out: the marked ones, or all"),
        bind(Program, A::Tasks, &[], &["tasks"], "tasks", "Imports and exports: how far they are, and what came of them"),
        bind(Look, A::View, &[], &["view", "views"], "views", "Open a saved view by name; save NAME, rename NAME to NAME, remove NAME"),
        bind(Program, A::SignIn, &[], &["signin", "sign-in", "login"], "sign in", "Sign in").at(Guest),
        bind(Program, A::SignUp, &[], &["signup", "sign-up", "register"], "sign up", "Create an account").at(Guest),
        bind(Program, A::SignOut, &[], &["signout", "sign-out", "logout"], "sign out", "Sign out and forget the sign-in on this machine").at(SignedIn),
        bind(Program, A::Password, &[], &["password", "passwd"], "password", "Change your password").at(SignedIn),
        bind(Program, A::Profile, &[], &["profile"], "profile", "Edit your own account").at(SignedIn),
        bind(Program, A::Exit, &[], &["quit", "q", "exit"], "quit", "Quit at once"),
    ]
};

/// Keys that are not in the table because they belong to text fields, as the README shows them.
const PROMPTS: (&str, &str) = ("`ctrl-n` `ctrl-p`, `ctrl-a e w u k`", "in prompts");

/// The row of an action.
#[must_use]
pub fn binding(action: Action) -> Option<&'static Binding> {
    TABLE.iter().find(|row| row.action == action)
}

/// The action of a name typed on the command line.
#[must_use]
pub fn named(name: &str) -> Option<Action> {
    TABLE.iter().find(|row| row.names.contains(&name)).map(|row| row.action)
}

/// What a key means after the keys pressed so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// This action.
    Action(Action),
    /// The first key of a chord.
    Begins,
    /// Nothing.
    Nothing,
}

/// Looks a key up; `before` is the first key of a chord. In the review queue its own keys come before all others.
#[must_use]
pub fn meaning(before: Option<Press>, press: Press, review: bool) -> Meaning {
    let press = latin(press);
    let mut meaning = Meaning::Nothing;
    let own = |row: &&Binding| row.scope == Scope::Review;
    let first = TABLE.iter().filter(|row| review && own(row));
    for row in first.chain(TABLE.iter().filter(|row| !own(row))) {
        for keys in row.keys {
            let mut parts = keys.split(' ').map(Press::parse);
            let (first, second) = (parts.next().flatten(), parts.next().flatten());
            match (before, second) {
                (None, None) if first == Some(press) => return Meaning::Action(row.action),
                (Some(_), Some(_)) if first == before && second == Some(press) => return Meaning::Action(row.action),
                (None, Some(_)) if first == Some(press) => meaning = Meaning::Begins,
                _ => {}
            }
        }
    }
    meaning
}

/// The key at the same place of a Latin keyboard, so that commands work under a Cyrillic or Greek layout.
#[must_use]
pub fn latin(press: Press) -> Press {
    let Code::Char(letter) = press.code else { return press };
    let lower: Option<char> = letter.to_lowercase().next();
    let Some(at) = lower.and_then(|lower| LAYOUTS.iter().find_map(|(from, to)| place(from, lower, to))) else {
        return press;
    };
    let capital = letter.is_uppercase();
    let code = Code::Char(match at {
        ';' if capital => ':',
        '[' | ']' | '\'' | ',' | '.' => at,
        _ if capital => at.to_ascii_uppercase(),
        _ => at,
    });
    Press { code, ..press }
}

fn place(from: &str, letter: char, to: &str) -> Option<char> {
    from.chars().zip(to.chars()).find_map(|(theirs, ours)| (theirs == letter).then_some(ours))
}

/// Letters of other layouts and what the same keys are on a Latin one.
const LAYOUTS: &[(&str, &str)] = &[
    ("йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,."),
    ("іїєґў", "s]'\\o"),
    ("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"),
];

/// The README's key table, in Markdown: two columns of keys.
#[must_use]
pub fn readme_table() -> String {
    let mut rows = readme_rows();
    let right = rows.split_off(rows.len().div_ceil(2));
    let blank = (String::new(), String::new());
    let lines = rows.iter().enumerate().map(|(at, (keys, does))| {
        let (more_keys, more_does) = right.get(at).unwrap_or(&blank);
        format!("| {keys} | {does} | {more_keys} | {more_does} |")
    });
    let heads = ["| key | does | key | does |", "|---|---|---|---|"].map(str::to_owned);
    heads.into_iter().chain(lines).collect::<Vec<_>>().join("\n") + "\n"
}

fn readme_rows() -> Vec<(String, String)> {
    let mut rows: Vec<(Vec<String>, Vec<String>, &str)> = Vec::new();
    for binding in TABLE.iter().filter(|binding| !binding.keys.is_empty()) {
        if let Some(does) = binding.row {
            rows.push((Vec::new(), Vec::new(), does));
        }
        let Some((main, others, _)) = rows.last_mut() else { continue };
        let mut keys = binding.shown_keys().into_iter().map(|key| format!("`{key}`"));
        main.extend(keys.next());
        others.extend(keys);
    }
    let mut rows: Vec<_> = rows
        .into_iter()
        .map(|(main, others, does)| {
            let keys = [main.join(" "), others.join(" ")];
            (keys.into_iter().filter(|keys| !keys.is_empty()).collect::<Vec<_>>().join(", "), does.to_owned())
        })
        .collect();
    rows.insert(rows.len() / 2, (PROMPTS.0.to_owned(), PROMPTS.1.to_owned()));
    rows
}
