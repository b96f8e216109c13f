//! Passwords: what they must be, how they are hashed and proved.

use super::command::Secret;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Params, Version};
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// The fewest characters of a password.
pub const CHARACTERS_MIN: usize = 8;
/// The most bytes of a password.
pub const BYTES_MAX: usize = 1024;

/// The commonest passwords of [`CHARACTERS_MIN`] characters or more, one a line, lower case.
const COMMONEST: &str = include_str!("../../assets/passwords.txt");

/// How much work one guess takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Cost {
    /// What no setting goes below.
    pub const FLOOR: Cost = Cost { memory_kib: 19 * 1024, passes: 2, lanes: 1 };
    /// What no setting, and no hash found in a file, goes above: a hostile one shall not take all memory or all day.
    pub const CEILING: Cost = Cost { memory_kib: 256 * 1024, passes: 16, lanes: 16 };

    /// The cost nearest to these figures between floor and ceiling.
    #[must_use]
    pub fn new(memory_mib: u32, passes: u32, lanes: u32) -> Cost {
        let (low, high) = (Cost::FLOOR, Cost::CEILING);
        Cost {
            memory_kib: memory_mib.saturating_mul(1024).clamp(low.memory_kib, high.memory_kib),
            passes: passes.clamp(low.passes, high.passes),
            lanes: lanes.clamp(low.lanes, high.lanes),
        }
    }

    fn of(params: &Params) -> Cost {
        Cost { memory_kib: params.m_cost(), passes: params.t_cost(), lanes: params.p_cost() }
    }

    fn within(self, high: Cost) -> bool {
        self.memory_kib <= high.memory_kib && self.passes <= high.passes && self.lanes <= high.lanes
    }

    fn argon2(self) -> Result<Argon2<'static>, HashError> {
        let params = Params::new(self.memory_kib, self.passes, self.lanes, None).map_err(|_| HashError::Failed)?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }
}

impl Default for Cost {
    fn default() -> Cost {
        Cost::FLOOR
    }
}

/// Why a password could not be hashed or proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HashError {
    /// Longer than [`BYTES_MAX`].
    TooLong,
    /// The kept hash is none of ours, or asks for more work than [`Cost::CEILING`].
    Unusable,
    /// No memory or no randomness.
    Failed,
}

impl fmt::Display for HashError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HashError::TooLong => write!(f, "a password has at most {BYTES_MAX} bytes"),
            HashError::Unusable => f.write_str("the password kept for this account cannot be read: set a new one"),
            HashError::Failed => f.write_str("the password could not be hashed: too little memory"),
        }
    }
}

impl std::error::Error for HashError {}

/// Says what is wrong with a new password, if anything is.
pub fn judge(password: &Secret) -> Result<(), String> {
    let plain = normal(password).map_err(|error| error.to_string())?;
    if plain.chars().count() < CHARACTERS_MIN {
        return Err(format!("at least {CHARACTERS_MIN} characters"));
    }
    let lower = Zeroizing::new(plain.to_lowercase());
    if COMMONEST.lines().any(|common| common == lower.as_str()) {
        return Err("this is one of the passwords that are tried first: take another".to_owned());
    }
    Ok(())
}

/// Hashes a password with a salt of its own, as a PHC string that carries the cost.
pub fn hash(password: &Secret, cost: Cost) -> Result<String, HashError> {
    let plain = normal(password)?;
    let argon2 = cost.argon2()?;
    let _turn = take_turn();
    argon2.hash_password(plain.as_bytes()).map(|hash| hash.to_string()).map_err(|_| HashError::Failed)
}

/// Whether the password is the one that was hashed. Works as hard as the kept hash says.
pub fn verify(password: &Secret, kept: &str) -> Result<bool, HashError> {
    let plain = normal(password)?;
    let hash = PasswordHash::new(kept).map_err(|_| HashError::Unusable)?;
    let cost = cost_of(&hash).filter(|cost| cost.within(Cost::CEILING)).ok_or(HashError::Unusable)?;
    let argon2 = cost.argon2()?;
    let _turn = take_turn();
    match argon2.verify_password(plain.as_bytes(), &hash) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(_) => Err(HashError::Failed),
    }
}

/// Does the work of [`verify`] for a name that no account has, so that time does not tell which names there are.
pub fn verify_nobody(password: &Secret, cost: Cost) -> Result<(), HashError> {
    let plain = normal(password)?;
    let argon2 = cost.argon2()?;
    let _turn = take_turn();
    let mut wasted = [0; Params::DEFAULT_OUTPUT_LEN];
    argon2.hash_password_into(plain.as_bytes(), b"nobody's salt 16", &mut wasted).map_err(|_| HashError::Failed)
}

/// Whether the kept hash takes less work than it should by now: hash anew at the next sign-in.
#[must_use]
pub fn needs_rehash(kept: &str, cost: Cost) -> bool {
    let kept = PasswordHash::new(kept).ok().and_then(|hash| cost_of(&hash));
    kept.is_none_or(|kept| !cost.within(kept))
}

fn cost_of(hash: &PasswordHash) -> Option<Cost> {
    let ours = hash.algorithm == ARGON2ID_IDENT;
    ours.then(|| Params::try_from(hash).ok()).flatten().map(|params| Cost::of(&params))
}

/// The password in NFC, so that it is the same from every keyboard; refused before any work if it is too long.
fn normal(password: &Secret) -> Result<Zeroizing<String>, HashError> {
    let given = password.reveal();
    if given.len() > BYTES_MAX {
        return Err(HashError::TooLong);
    }
    // Room for the longest that composing can make of it: a string that grew would leave copies behind.
    let mut normal = Zeroizing::new(String::with_capacity(given.len() * 3));
    normal.extend(given.nfc());
    Ok(normal)
}

/// One hash at a time in the whole process: a crowd at the door costs time, not memory.
fn take_turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
