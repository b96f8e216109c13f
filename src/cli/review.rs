//! `review`: films that may be there already, and what they are.

use super::args::{Decide, Review as Wanted, Which};
use super::exit::Exit;
use super::output::{Align, Output, Table, say};
use super::session::{Session, World};
use super::show::json::moment;
use super::watch::watch;
use crate::app::words;
use crate::catalog::{
    Answer, Detail, Fault, List, MovieDetail, PageQuery, Query, ReviewDetail, Rows, Start, Verdict, now,
};
use crate::domain::{Candidate, Entity, MovieId, PartialDate, ReviewId};
use crate::transfer::{Options, review};
use color_eyre::Result;
use color_eyre::eyre::eyre;
use serde_json::{Value, json};

/// Rows asked for at once.
const PAGE: usize = 200;

/// Lists, or decides.
pub fn run(world: &World, wanted: &Wanted, out: &mut Output) -> Result<Exit> {
    let session = world.session()?;
    match &wanted.decide {
        None => list(&session, wanted, out),
        Some(Decide::Accept { which }) => decide(&session, &rows(which), Verdict::Accept(None)),
        Some(Decide::New { which }) => decide(&session, &rows(which), Verdict::New),
        Some(Decide::Skip { which }) => decide(&session, &rows(which), Verdict::Skip),
        Some(Decide::Choose { id, candidate }) => {
            let verdict = Verdict::Accept(Some(MovieId(*candidate)));
            decide(&session, &Rows::These(vec![ReviewId(*id)]), verdict)
        }
    }
}

fn rows(which: &Which) -> Rows {
    if which.all {
        return Rows::Alike { why: which.why, source: which.source };
    }
    Rows::These(which.ids.iter().copied().map(ReviewId).collect())
}

fn decide(session: &Session, rows: &Rows, verdict: Verdict) -> Result<Exit> {
    let (catalog, actor) = (session.catalog(), session.actor());
    let options = Options { account: actor.account(), ..Options::at(now()) };
    let decided = watch(|progress, cancelled| {
        match review::decide(catalog, actor, rows, verdict, &options, progress, cancelled) {
            Err(Fault::Cancelled) => Err(eyre!("stopped; nothing was decided")),
            decided => Ok(decided?),
        }
    })?;
    say(&words::reviewed(&decided.reviewed));
    Ok(if decided.reviewed.rows == 0 { Exit::Nothing } else { Exit::Done })
}

fn list(session: &Session, wanted: &Wanted, out: &mut Output) -> Result<Exit> {
    let list = List::Reviews { skipped: wanted.aside, why: wanted.why, source: wanted.source };
    let mut table = Table::new(&[
        ("ID", Align::Right),
        ("FILM", Align::Left),
        ("YEAR", Align::Left),
        ("SOURCE", Align::Left),
        ("WHY", Align::Left),
    ]);
    let mut start = Start::First;
    let mut exit = Exit::Nothing;
    loop {
        let page = session.page(PageQuery { list: list.clone(), start, count: PAGE })?;
        for row in &page.rows {
            let detail = match session.ask(&Query::Detail(row.key)) {
                Ok(Answer::Detail(detail)) => *detail,
                Ok(_) => return Err(Session::astray()),
                // Somebody else decided on it just now.
                Err(Fault::Gone(_)) => continue,
                Err(fault) => return Err(fault.into()),
            };
            let Detail::Review(detail) = detail else { return Err(Session::astray()) };
            if wanted.json {
                out.json(&object(&detail))?;
            } else {
                show(&detail, &mut table, out)?;
            }
            exit = Exit::Done;
        }
        match page.rows.last() {
            Some(last) if page.after => start = Start::After(last.cursor.clone()),
            _ => return Ok(exit),
        }
    }
}

fn show(detail: &ReviewDetail, table: &mut Table, out: &mut Output) -> Result<()> {
    let review = &detail.review;
    let film = &review.film.movie;
    table.page(
        &[vec![
            detail.id.to_string(),
            film.title.clone(),
            year(film.released),
            review.source.to_string(),
            words::why(review.why).to_owned(),
        ]],
        out,
    )?;
    for (candidate, movie) in &detail.candidates {
        out.line(&format!("      {}: {}", maybe(movie), words::likeness(candidate)))?;
    }
    Ok(())
}

/// A candidate by its id, title and year.
fn maybe(detail: &MovieDetail) -> String {
    let year = detail.movie.released.map(|date| format!(" ({})", date.year())).unwrap_or_default();
    format!("{} {} {}{year}", Entity::Movie, detail.id, detail.movie.title)
}

fn year(date: Option<PartialDate>) -> String {
    date.map(|date| date.year().to_string()).unwrap_or_default()
}

fn object(detail: &ReviewDetail) -> Value {
    let (review, film) = (&detail.review, &detail.review.film);
    let candidate = |(candidate, movie): &(Candidate, MovieDetail)| {
        json!({
            "id": movie.id,
            "title": movie.movie.title,
            "year": movie.movie.released.map(PartialDate::year),
            "points": candidate.points(),
            "reason": words::likeness(candidate),
        })
    };
    let name = |person: &u32| film.people.get(*person as usize).map(|told| told.person.name());
    json!({
        "kind": "review",
        "id": detail.id,
        "title": film.movie.title,
        "year": film.movie.released.map(PartialDate::year),
        "directors": film.directors.iter().filter_map(name).collect::<Vec<_>>(),
        "cast": film.cast.iter().flat_map(|part| &part.actors).filter_map(name).collect::<Vec<_>>(),
        "source": review.source,
        "external": film.movie.external,
        "place": review.place,
        "by": detail.by,
        "found": moment(review.created),
        "why": review.why,
        "aside": review.skipped,
        "candidates": detail.candidates.iter().map(candidate).collect::<Vec<_>>(),
    })
}
