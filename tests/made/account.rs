//! The account that edits and favorites of benches are of.

use cinedex::domain::{Account, Standing, Timestamp};

/// A curator who came at a moment.
pub fn curator(at: Timestamp) -> Account {
    Account {
        username: "curator".to_owned(),
        first_name: String::new(),
        last_name: String::new(),
        email: None,
        password_hash: String::new(),
        avatar: None,
        standing: Standing::Curator,
        views: Vec::new(),
        created: at,
        updated: at,
    }
}
