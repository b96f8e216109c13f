//! The folder that a path on the command line is being typed in, and what of it fits.

use crate::app::desk::Desk;
use crate::app::msg::{Effect, Ticket};
use crate::catalog::Fault;
use crate::catalog::task::{Seen, Sight};
use crate::domain::clean_line;
use std::path::PathBuf;

/// The folder of the path that is being typed.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// The path up to its last slash; none while no path is typed.
    typed: Option<String>,
    waiting: Option<Ticket>,
    /// What is in it, folders with a slash.
    names: Vec<String>,
}

impl Folder {
    /// Has the folder of this path looked at, unless it is known.
    pub fn follow(&mut self, path: &str, desk: &mut Desk) {
        let (head, _) = parted(path);
        if self.typed.as_deref() == Some(head) {
            return;
        }
        let ticket = desk.ticket();
        let folder = if head.is_empty() { "." } else { head };
        desk.effects.push(Effect::Look(ticket, PathBuf::from(folder)));
        *self = Folder { typed: Some(head.to_owned()), waiting: Some(ticket), names: Vec::new() };
    }

    /// It is being read.
    pub fn reading(&self) -> bool {
        self.waiting.is_some()
    }

    /// Takes what lies there; false if that was not asked for here.
    pub fn looked(&mut self, ticket: Ticket, sight: &Result<Sight, Fault>) -> bool {
        if self.waiting.take_if(|waiting| *waiting == ticket).is_none() {
            return false;
        }
        if let Ok(Sight { folder: Some(seen), .. }) = sight {
            self.names = seen.iter().filter_map(name).collect();
        }
        true
    }

    /// The names that the end of this path could become. Those with a dot before them are asked for by that dot.
    pub fn fitting(&self, path: &str) -> impl Iterator<Item = &str> {
        let (head, tail) = parted(path);
        let here = self.typed.as_deref() == Some(head);
        let (lower, hidden) = (tail.to_lowercase(), tail.starts_with('.'));
        let fits =
            move |name: &&str| here && (hidden || !name.starts_with('.')) && name.to_lowercase().starts_with(&lower);
        self.names.iter().map(String::as_str).filter(fits)
    }
}

/// A path up to its last slash, and the rest.
pub fn parted(path: &str) -> (&str, &str) {
    path.split_at(path.rfind('/').map_or(0, |slash| slash + 1))
}

/// The name as it can be typed; none where that is another.
fn name(seen: &Seen) -> Option<String> {
    let name = seen.name.to_str().filter(|name| clean_line(name) == **name)?;
    Some(format!("{name}{}", if seen.folder { "/" } else { "" }))
}
