//! `show`: everything about one record.

mod human;
pub mod json;

use super::args::Show;
use super::exit::Exit;
use super::names;
use super::output::{Output, say};
use super::session::{Session, World};
use crate::catalog::{Answer, Fault, Query};
use color_eyre::Result;

/// Shows.
pub fn run(world: &World, show: &Show, out: &mut Output) -> Result<Exit> {
    let session = world.session()?;
    let key = names::record(&session, show.kind, &show.id)?;
    let detail = match session.ask(&Query::Detail(key)) {
        Ok(Answer::Detail(detail)) => detail,
        Ok(_) => return Err(Session::astray()),
        Err(Fault::Gone(key)) => {
            say(&format!("cinedex: {}", Fault::Gone(key)));
            return Ok(Exit::Nothing);
        }
        Err(fault) => return Err(fault.into()),
    };
    if show.json {
        out.json(&json::detail(&detail))?;
    } else {
        human::print(&detail, out)?;
    }
    Ok(Exit::Done)
}

/// A rating as people write it: 8.5.
pub fn rating(hundredths: u16) -> String {
    let (whole, part) = (hundredths / 100, hundredths % 100);
    if part.is_multiple_of(10) { format!("{whole}.{}", part / 10) } else { format!("{whole}.{part:02}") }
}

#[cfg(test)]
mod tests {
    use super::rating;

    #[test]
    fn ratings_have_a_digit_or_two() {
        assert_eq!([850, 1000, 7, 805].map(rating), ["8.5", "10.0", "0.07", "8.05"]);
    }
}
