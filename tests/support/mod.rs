//! What several test programs share. Each takes a part of it, and is compiled with all of it.
#![allow(dead_code, reason = "every test program uses another part")]

#[cfg(feature = "gui")]
pub(crate) mod cpu_renderer;
#[cfg(feature = "inspect")]
pub(crate) mod display;
#[cfg(feature = "inspect")]
pub(crate) mod inspect;
