//! `search`: what the finder finds.

use super::args::Search;
use super::exit::Exit;
use super::names::id_text;
use super::output::{Align, Output, Table};
use super::session::{Session, World};
use super::show::json::id;
use crate::catalog::{Answer, Draft, Fault, Find, Hit, Hits, Query};
use crate::domain::{Entity, Key};
use color_eyre::Result;
use serde_json::{Value, json};
use std::io::{self, BufRead, Read};

/// A longer line is cut; nobody types that much.
const LINE_MAX: u64 = 16 * 1024;

/// Finds, and prints what was found.
pub fn run(world: &World, search: &Search, out: &mut Output) -> Result<Exit> {
    let session = world.session()?;
    let find = |text: String| Find {
        text,
        only: search.only.map(super::args::Kind::entity),
        limit: usize::from(search.limit),
    };
    if search.query == ["-"] {
        return each_line(&session, find, out);
    }
    let find = find(search.query.join(" "));
    let hits = ask(&session, &find)??;
    if search.json {
        out.json(&object(&session, &find.text, &hits)?)?;
    } else {
        table(&hits, out)?;
    }
    Ok(if hits.hits.is_empty() { Exit::Nothing } else { Exit::Done })
}

/// Answers every line as it comes, so that another program can hold a conversation: a query that cannot be answered
/// does not end it.
fn each_line(session: &Session, find: impl Fn(String) -> Find, out: &mut Output) -> Result<Exit> {
    let mut exit = Exit::Nothing;
    let mut lines = io::stdin().lock();
    while let Some(line) = next_line(&mut lines)? {
        let find = find(line);
        let (hits, error) = match ask(session, &find)? {
            Ok(hits) => (hits, None),
            Err(fault @ (Fault::Query { .. } | Fault::Refused(_))) => (Hits::default(), Some(fault.to_string())),
            Err(fault) => return Err(fault.into()),
        };
        if !hits.hits.is_empty() {
            exit = Exit::Done;
        }
        let mut answer = object(session, &find.text, &hits)?;
        if let Some(error) = error {
            answer["error"] = error.into();
        }
        out.json(&answer)?;
        out.flush()?;
    }
    Ok(exit)
}

/// The next line without its end; what is beyond the limit is skipped.
fn next_line(from: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    if from.by_ref().take(LINE_MAX).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if bytes.last() != Some(&b'\n') {
        from.skip_until(b'\n')?;
    }
    Ok(Some(String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']).to_owned()))
}

fn ask(session: &Session, find: &Find) -> Result<Result<Hits, Fault>> {
    match session.ask(&Query::Find(find.clone())) {
        Ok(Answer::Hits(hits)) => Ok(Ok(hits)),
        Ok(_) => Err(Session::astray()),
        Err(fault) => Ok(Err(fault)),
    }
}

fn object(session: &Session, query: &str, hits: &Hits) -> Result<Value> {
    let found = hits.hits.iter().map(|hit| hit_object(session, hit)).collect::<Result<Vec<_>>>()?;
    Ok(json!({ "query": query, "micros": hits.micros, "hits": found }))
}

fn hit_object(session: &Session, hit: &Hit) -> Result<Value> {
    let name = if hit.key.entity() == Entity::Movie { "title" } else { "name" };
    Ok(json!({
        "kind": hit.key.entity().word(),
        "id": id(hit.key),
        name: hit.text,
        "year": hit.year,
        "score": hit.score,
        "note": hit.note,
        "external": external(session, hit.key)?,
    }))
}

/// The hit's ids in other databases.
fn external(session: &Session, key: Key) -> Result<Value> {
    if !matches!(key, Key::Movie(_) | Key::Person(_)) {
        return Ok(json!([]));
    }
    Ok(match session.ask(&Query::Draft(key))? {
        Answer::Draft(draft) => match *draft {
            Draft::Movie { movie, .. } => json!(movie.external),
            Draft::Person { person, .. } => json!(person.external),
            _ => json!([]),
        },
        _ => return Err(Session::astray()),
    })
}

fn table(hits: &Hits, out: &mut Output) -> io::Result<()> {
    let row = |hit: &Hit| {
        let year = hit.year.map(|year| year.to_string()).unwrap_or_default();
        vec![hit.key.entity().to_string(), id_text(hit.key), hit.text.clone(), year, hit.note.clone()]
    };
    let rows: Vec<_> = hits.hits.iter().map(row).collect();
    let left = Align::Left;
    let columns = [("KIND", left), ("ID", Align::Right), ("NAME", left), ("YEAR", left), ("", left)];
    Table::new(&columns).page(&rows, out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_bounded() {
        let text = format!("one\r\n\n{}\nlast", "x".repeat(100_000));
        let mut lines = text.as_bytes();
        let mut next = || next_line(&mut lines).unwrap();
        assert_eq!(next().as_deref(), Some("one"));
        assert_eq!(next().as_deref(), Some(""));
        assert_eq!(next().map(|line| line.len() as u64), Some(LINE_MAX));
        assert_eq!(next().as_deref(), Some("last"));
        assert_eq!(next(), None);
        assert_eq!(next_line(&mut &b"\xff\n"[..]).unwrap().as_deref(), Some("\u{fffd}"));
    }
}
