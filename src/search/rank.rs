//! What an answer is worth.

use super::align::Fit;
use crate::domain::Entity;

/// How a name answers a question, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// It is what was typed.
    Exact,
    /// It begins as typed.
    Prefix,
    /// It has all the words.
    Words,
    /// Its words begin with the letters typed.
    Initials,
    /// It has all the words, some of them misspelt.
    Typo,
}

/// One name that answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Movie, person or character.
    pub entity: Entity,
    /// The id as the store gave it. Of characters, whose text says which, that of the best-known movie, or 0.
    pub id: u32,
    /// The text that answered.
    pub text: String,
    /// Which of the name's texts that is.
    pub place: usize,
    /// How it answers.
    pub tier: Tier,
    /// Larger is better, across tiers.
    pub score: u32,
}

/// Scores of two tiers never meet.
const TIER: u32 = 2000;
/// What fame may add to closeness.
const FAME: f32 = 240.0;
/// What being a favorite adds.
const FAVORITE: u32 = 60;

/// What an answer is worth: tier first, then closeness and fame together.
pub fn score(fit: Fit, entity: Entity, weight: u32, favorite: bool) -> u32 {
    let tier = Tier::Typo as u32 - fit.tier as u32;
    tier * TIER + fit.closeness + fame(entity, weight) + u32::from(favorite) * FAVORITE
}

/// How well known, on one scale for votes and credits.
fn fame(entity: Entity, weight: u32) -> u32 {
    let most: f32 = if entity == Entity::Movie { 1_000_000.0 } else { 1_000.0 };
    let share = (weight as f32).ln_1p() / most.ln_1p();
    (share.min(1.0) * FAME) as u32
}
