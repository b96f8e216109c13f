//! `view`: lists that an account saved under names of its own.

use super::args::{List, Listed, View, Viewed};
use super::exit::Exit;
use super::list;
use super::output::{Align, Output, Table, say};
use super::session::World;
use crate::app::words;
use crate::catalog::{Command, Outcome, view_of};
use color_eyre::Result;
use serde_json::json;

/// Lists, saves, renames or removes.
pub fn run(world: &World, view: &View, out: &mut Output) -> Result<Exit> {
    let session = world.session()?;
    let command = match view {
        View::List { json } => {
            let views = session.catalog().views(session.actor())?;
            let kind = |view: &crate::domain::View| words::plural(view.entity);
            if *json {
                views.iter().try_for_each(|view| out.json(&json!(view)))?;
            } else {
                let columns = [("NAME", Align::Left), ("LISTS", Align::Left), ("QUERY", Align::Left)];
                let row =
                    |view: &crate::domain::View| vec![view.name.clone(), kind(view).to_owned(), view.query.clone()];
                Table::new(&columns).page(&views.iter().map(row).collect::<Vec<_>>(), out)?;
            }
            return Ok(if views.is_empty() { Exit::Nothing } else { Exit::Done });
        }
        View::Save { name, kind, words, sort, reverse } => {
            let kind = match kind {
                Viewed::Movies => Listed::Movies,
                Viewed::People => Listed::People,
                Viewed::Favorites => Listed::Favorites,
            };
            let wanted = List { sort: *sort, reverse: *reverse, ..List::all(kind, false) };
            let list = list::list(&session, &wanted)?;
            Command::SaveView(view_of(name, &list, words.clone()).expect("movies, people and favorites are views"))
        }
        View::Rename { name, to } => Command::RenameView { from: name.clone(), to: to.clone() },
        View::Remove { name } => Command::RemoveView(name.clone()),
    };
    match session.run(command)?.outcome {
        Outcome::ViewSaved(name) => say(&format!("the view {name} is kept")),
        Outcome::ViewRemoved(name) => say(&format!("the view {name} is gone")),
        _ => say("nothing was changed"),
    }
    Ok(Exit::Done)
}
